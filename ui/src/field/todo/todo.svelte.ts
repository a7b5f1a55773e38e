// Da completare: cards that were not saved, and one question for each saved one that lacks something.
import { call } from '../../lib/backend/backend'
import type { AgeBand } from '../../lib/generated/AgeBand'
import type { ContactKind } from '../../lib/generated/ContactKind'
import type { Gender } from '../../lib/generated/Gender'
import type { MissingView } from '../../lib/generated/MissingView'
import type { TodoAnswer } from '../../lib/generated/TodoAnswer'
import type { TodoQuestion } from '../../lib/generated/TodoQuestion'
import type { TodoView } from '../../lib/generated/TodoView'
import type { UnsavedCardView } from '../../lib/generated/UnsavedCardView'
import type { UnsavedReferralView } from '../../lib/generated/UnsavedReferralView'
import type { WhoCount } from '../../lib/generated/WhoCount'
import type { WhoView } from '../../lib/generated/WhoView'
import { haptic } from '../../lib/haptic'
import { list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { ageBands, codesOf, destinations, originName } from '../../lib/labels'
import { contactWords } from '../contact-words'
import type { Field } from '../field.svelte'

/** Origins offered at once; with *Non so* and *Altre* they fill two lines. */
const FIRST_ORIGINS = 4
/** Groups up to this size have a button for each way of being mixed. */
const SMALL_GROUP = 5

/** A question on the screen. Answered ones stay, with what was said, until the screen is left. */
export interface Card {
  readonly missing: MissingView
  readonly said: string | null
}

/** A card that was not saved, and what became of it here. */
export interface Unsaved {
  readonly card: UnsavedCardView
  readonly done: 'saved' | 'left' | null
}

/** A referral that was not saved, and whether it was left here. */
export interface UnsavedReferral {
  readonly referral: UnsavedReferralView
  readonly left: boolean
}

/** One answer: its words and what it says. */
export interface Option {
  readonly label: string
  readonly answer: TodoAnswer
}

const asked = {
  composition: 'todo-missing-composition',
  origin: 'todo-missing-origin',
  age: 'todo-missing-age',
} as const satisfies Record<TodoQuestion, PlainKey>

const nothing: TodoView = { unsaved: [], referrals: [], missing: [], groups: [], origins: [], genders: [] }

export class TodoState {
  #field: Field
  #view: TodoView = $state.raw(nothing)
  cards: readonly Card[] = $state.raw([])
  unsaved: readonly Unsaved[] = $state.raw([])
  referrals: readonly UnsavedReferral[] = $state.raw([])
  isLoaded = $state(false)
  busy = $state(false)
  /** The group whose *Miste* is open, with what was counted so far. */
  mixed: { contact: string; counts: readonly WhoCount[] } | null = $state.raw(null)
  /** The contact whose *Altre* is open. */
  #allOrigins: string | null = $state(null)

  constructor(field: Field) {
    this.#field = field
    void this.#run(async () => {
      this.#view = await call('todo', {})
      this.cards = this.#view.missing.map((missing) => ({ missing, said: null }))
      this.unsaved = this.#view.unsaved.map((card) => ({ card, done: null }))
      this.referrals = this.#view.referrals.map((referral) => ({ referral, left: false }))
      this.isLoaded = true
    })
  }

  readonly open = $derived(this.cards.filter(({ said }) => said === null).length)
  readonly count = $derived(
    this.open +
      this.unsaved.filter(({ done }) => done === null).length +
      this.referrals.filter(({ left }) => !left).length,
  )
  readonly isEmpty = $derived(
    this.isLoaded && this.cards.length + this.unsaved.length + this.referrals.length === 0,
  )
  /** Groups that lack nothing and of which one can still be split off. */
  readonly groups = $derived(
    this.#view.groups.filter(
      ({ contact }) => !this.cards.some((card) => card.missing.contact === contact && card.said === null),
    ),
  )

  /** *Donna, già nota*, or only the number where who it was is not shown. */
  title({ who, n_persons, number }: { who: WhoView | null; n_persons: number; number?: number }): string {
    if (n_persons > 1) return t('contact-group-of', { n: n_persons })
    if (who) return contactWords(who.gender, who.kind)
    return number === undefined ? t('todo-unsaved') : t('todo-card', { number })
  }

  /** *Scheda 7. Ovest, 22:30.*; without the number where the title says it already. */
  where(card: {
    zone: string
    slot: string
    number?: number
    who?: WhoView | null
    n_persons: number
  }): string {
    const place = list([this.#field.zoneName(card.zone), card.slot])
    const isTitle = card.n_persons === 1 && !card.who
    return card.number === undefined || isTitle ? place : t('todo-where', { number: card.number, place })
  }

  /** *Manca l’origine.* */
  asks(question: TodoQuestion): string {
    return t(asked[question])
  }

  /** The answers of one tap, *Non so* among them. */
  options({ contact, question }: MissingView): Option[] {
    const unknown: Option = { label: t('app-unknown'), answer: { type: 'unknown', value: question } }
    if (question === 'composition') return [...this.#wholeGroups(contact), unknown]
    if (question === 'origin') {
      const shown = this.hasMore({ contact, question }) ? FIRST_ORIGINS : undefined
      const origins = this.#view.origins.slice(0, shown)
      return [
        unknown,
        ...origins.map((code): Option => ({
          label: originName(code),
          answer: { type: 'origin', value: code },
        })),
      ]
    }
    const bands = codesOf(ageBands).filter((band) => band !== 'not_recorded')
    return [
      unknown,
      ...bands.map((band): Option => ({ label: ageWord(band), answer: { type: 'age', value: band } })),
    ]
  }

  /** Whether *Altre* holds further origins. */
  hasMore({ contact, question }: Pick<MissingView, 'contact' | 'question'>): boolean {
    const isLong = this.#view.origins.length > FIRST_ORIGINS
    return question === 'origin' && isLong && this.#allOrigins !== contact
  }

  showMore({ contact }: MissingView): void {
    this.#allOrigins = contact
  }

  /** *Miste*: the usual mixtures as buttons, and a number for each kind of people. */
  openMixed({ contact }: MissingView): void {
    const counts = this.#mixGenders().flatMap((gender) =>
      (['returning', 'first'] as const).map((kind): WhoCount => ({ gender, kind, n: 0 })),
    )
    this.mixed = { contact, counts }
  }

  /** *2 già note, 2 nuove*, for small groups of the gender met most. */
  mixtures({ n_persons }: MissingView): Option[] {
    const gender = this.#view.genders[0] ?? 'woman'
    if (n_persons > SMALL_GROUP) return []
    return Array.from({ length: n_persons - 1 }, (_, index): Option => {
      const known = n_persons - 1 - index
      const people: WhoCount[] = [
        { gender, kind: 'returning', n: known },
        { gender, kind: 'first', n: n_persons - known },
      ]
      const label = t('todo-mixture', { gender, known, first: n_persons - known })
      return { label, answer: { type: 'composition', value: people } }
    })
  }

  /** *Donna, già nota*, over its number. */
  countName({ gender, kind }: WhoCount): string {
    return contactWords(gender, kind)
  }

  /** One more or fewer; never more than the group has. */
  step(who: WhoCount, by: number, { n_persons }: MissingView): void {
    if (this.mixed === null) return
    const rest = n_persons - this.#counted()
    const counts = this.mixed.counts.map((count) =>
      count === who ? { ...count, n: Math.max(0, count.n + Math.min(by, rest)) } : count,
    )
    this.mixed = { ...this.mixed, counts }
  }

  /** People of the group nobody has said anything about. */
  rest({ n_persons }: MissingView): number {
    return n_persons - this.#counted()
  }

  /** *Conferma*: who was counted, the rest *non so*. */
  confirmMixed(card: Card): void {
    const people = this.mixed?.counts.filter(({ n }) => n > 0) ?? []
    if (people.length === 0) void this.answer(card, unknownOf(card))
    else
      void this.answer(card, { label: this.#counts(people), answer: { type: 'composition', value: people } })
  }

  async answer(card: Card, option: Option): Promise<void> {
    const { contact } = card.missing
    await this.#run(async () => {
      this.#view = await call('answer_todo', { contact, answer: option.answer })
      this.#say(card, option.label)
      this.#askNext()
      this.mixed = null
      haptic('saved')
      // The minor card, which has its own way back (V11).
      const { answer } = option
      if (answer.type === 'age' && answer.value === 'under_18_presumed')
        this.#field.minorCard = card.missing.card
    })
  }

  /** The minor card of a saved card: only *già attivato* or a call leaves it. To be used as an effect. */
  askMinor(): void {
    if (this.#field.minorCard !== null) this.#field.route.go('/minor')
  }

  async takeBack(card: Card): Promise<void> {
    const { contact, question } = card.missing
    await this.#run(async () => {
      this.#view = await call('take_back_answer', { contact, question })
      this.#say(card, null)
      this.#askNext()
      haptic('undone')
    })
  }

  /** *Rispondi «non so» a tutto*. */
  async answerAll(): Promise<void> {
    await this.#run(async () => {
      this.#view = await call('answer_all_unknown', {})
      this.cards = this.cards.map((card) => ({ ...card, said: card.said ?? t('app-unknown') }))
      this.mixed = null
      haptic('saved')
    })
  }

  resumeReferral({ referral }: UnsavedReferral): void {
    void this.#field.resumeReferral(referral.draft)
  }

  /** *Lascia stare* of a referral, and *Annulla* after it. */
  async leaveReferral({ referral }: UnsavedReferral, left: boolean): Promise<void> {
    await this.#run(async () => {
      this.#field.take(await call(left ? 'drop_card' : 'restore_card', { card: referral.draft }))
      this.referrals = this.referrals.map((one) => (one.referral === referral ? { referral, left } : one))
      if (!left) haptic('undone')
    })
  }

  /** *Ambulatorio migranti*; nothing where the core does not say it. */
  referralWords({ referral }: UnsavedReferral): string {
    return referral.service_type === null ? '' : t(destinations[referral.service_type])
  }

  resume({ card }: Unsaved): void {
    void this.#field.resume(card.card)
  }

  split(group: string): void {
    void this.#field.split(group)
  }

  /** *Salva così*. */
  async save(unsaved: Unsaved): Promise<void> {
    await this.#run(async () => {
      const view = await call('save_card', { card: unsaved.card.card })
      this.#view = view
      const isKnown = (id: string): boolean => this.cards.some(({ missing }) => missing.contact === id)
      const added = view.missing.filter(({ contact }) => !isKnown(contact))
      this.cards = [...added.map((missing) => ({ missing, said: null })), ...this.cards]
      this.#settle(unsaved, 'saved')
      haptic('saved')
    })
  }

  /** *Lascia stare*. */
  async leave(unsaved: Unsaved): Promise<void> {
    await this.#run(async () => {
      this.#field.take(await call('drop_card', { card: unsaved.card.card }))
      this.#settle(unsaved, 'left')
    })
  }

  /** *Annulla* after *Lascia stare*. */
  async restore(unsaved: Unsaved): Promise<void> {
    await this.#run(async () => {
      this.#field.take(await call('restore_card', { card: unsaved.card.card }))
      this.#settle(unsaved, null)
      haptic('undone')
    })
  }

  /** What the home screen counts has changed; to be used as an effect. */
  reloadOnLeave(): () => void {
    return () => void this.#field.reload()
  }

  back(): void {
    this.#field.route.back()
  }

  hide(): void {
    this.#field.hide()
  }

  /** *Donne, tutte già note* and *Donne, tutte nuove*, for the genders that tonight makes likely. */
  #wholeGroups(contact: string): Option[] {
    const n = this.cards.find(({ missing }) => missing.contact === contact)?.missing.n_persons ?? 0
    const whole = (gender: Gender, kind: ContactKind, key: 'todo-all-known' | 'todo-all-first'): Option => ({
      label: t(key, { gender }),
      answer: { type: 'composition', value: [{ gender, kind, n }] },
    })
    return this.#view.genders.flatMap((gender) => [
      whole(gender, 'returning', 'todo-all-known'),
      whole(gender, 'first', 'todo-all-first'),
    ])
  }

  /** Those met tonight first, then the other tiles. */
  #mixGenders(): Gender[] {
    const tiles: Gender[] = ['woman', 'trans_woman', 'man']
    const met = this.#view.genders
    return [...met, ...tiles.filter((gender) => !met.includes(gender))]
  }

  #counted(): number {
    return (this.mixed?.counts ?? []).reduce((sum, { n }) => sum + n, 0)
  }

  #counts(people: readonly WhoCount[]): string {
    return list(people.map((who) => t('todo-count', { n: who.n, who: this.countName(who) })))
  }

  #say(card: Card, said: string | null): void {
    this.cards = this.cards.map((one) =>
      one.missing.contact === card.missing.contact && one.missing.question === card.missing.question
        ? { ...one, said }
        : one,
    )
  }

  /** What is asked next of a card comes right after what was answered; a question that is not asked any more goes. */
  #askNext(): void {
    const { missing } = this.#view
    const isAsked = (one: Card): boolean => missing.some((open) => isSame(open, one.missing))
    const cards = this.cards.filter((one) => one.said !== null || isAsked(one))
    for (const open of missing) {
      const last = cards.map((one) => one.missing.contact).lastIndexOf(open.contact)
      if (last >= 0 && !cards.some((one) => isSame(one.missing, open)))
        cards.splice(last + 1, 0, { missing: open, said: null })
    }
    this.cards = cards
  }

  #settle(unsaved: Unsaved, done: Unsaved['done']): void {
    this.unsaved = this.unsaved.map((one) => (one.card.card === unsaved.card.card ? { ...one, done } : one))
  }

  /** One thing at a time: a second tap while the first is worked on does nothing. */
  async #run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#field.attempt(work)
    this.busy = false
  }
}

const isSame = (one: MissingView, other: MissingView): boolean =>
  one.contact === other.contact && one.question === other.question

const ageWord = (band: AgeBand): string => t(ageBands[band])

const unknownOf = ({ missing }: Card): Option => ({
  label: t('app-unknown'),
  answer: { type: 'unknown', value: missing.question },
})
