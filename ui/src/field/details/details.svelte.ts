// Details of a contact: all optional, every answer one tap, *Non so* first.
import { call } from '../../lib/backend/backend'
import type { AgeBand } from '../../lib/generated/AgeBand'
import type { CardInput } from '../../lib/generated/CardInput'
import type { Language } from '../../lib/generated/Language'
import {
  ageBands,
  concerns,
  depths,
  flags,
  optionsOf,
  originName,
  services,
  spokenLanguage,
} from '../../lib/labels'
import { t } from '../../lib/i18n/i18n.svelte'
import { contactWords } from '../contact-words'
import { followUpLine } from '../referrals/referral-line'
import type { Draft } from '../draft.svelte'
import type { Field } from '../field.svelte'
import { allLanguages, firstLanguages } from '../languages'

/** Origins offered at once; the others come behind *Altre*. */
const FIRST_ORIGINS = 5
/** Which aliases are offered. */
export type AliasView = 'last' | 'letters' | 'found' | 'new'

const notRecorded = 'not_recorded'

/** The tiles of *Contatti* with both their sides, after *Non so*. */
const splitTiles: readonly Pick<CardInput, 'gender' | 'kind'>[] = [
  { gender: 'not_recorded', kind: 'unknown' },
  { gender: 'woman', kind: 'returning' },
  { gender: 'woman', kind: 'first' },
  { gender: 'trans_woman', kind: 'returning' },
  { gender: 'trans_woman', kind: 'first' },
  { gender: 'man', kind: 'returning' },
  { gender: 'man', kind: 'first' },
]

export class DetailsState {
  #field: Field
  readonly draft: Draft
  aliasView: AliasView = $state('last')
  #known: string[] = $state.raw([])
  #found: string[] = $state.raw([])
  #proposals: string[] = $state.raw([])
  allOrigins = $state(false)
  allLanguages = $state(false)
  saving = $state(false)

  constructor(field: Field, draft: Draft) {
    this.#field = field
    this.draft = draft
    void this.#pick('')
  }

  readonly title = $derived.by(() =>
    this.draft.group === null ? contactWords(this.draft.base.gender, this.draft.base.kind) : t('todo-split'),
  )
  readonly alias = $derived.by(() => this.draft.aliases[0] ?? null)
  readonly letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

  /** Aliases now offered, the chosen one always among them. */
  readonly aliases = $derived.by(() => {
    const lists = {
      last: this.#known,
      letters: [],
      found: this.#found,
      new: this.#proposals,
    } satisfies Record<AliasView, string[]>
    const offered: string[] = lists[this.aliasView]
    return this.alias === null || offered.includes(this.alias) ? offered : [this.alias, ...offered]
  })

  /** An open referral of an earlier night. */
  readonly followUp = $derived.by(() => this.#field.followUps.first)

  readonly ages = $derived(optionsOf(ageBands))
  readonly age = $derived.by(() => this.draft.ageBand)

  readonly origins = $derived.by(() => {
    const known = (this.#field.night?.nationalities ?? []).filter((code) => code !== notRecorded)
    const shown = this.allOrigins ? known : known.slice(0, FIRST_ORIGINS)
    return [notRecorded, ...shown].map((value) => ({ value, label: originName(value) }))
  })
  readonly moreOrigins = $derived.by(
    () => !this.allOrigins && (this.#field.night?.nationalities ?? []).length > this.origins.length,
  )

  readonly languages = $derived(
    (this.allLanguages ? allLanguages : firstLanguages).map((value) => ({
      value,
      label: spokenLanguage(value),
    })),
  )
  readonly depths = $derived(optionsOf(depths))
  readonly topics = $derived(optionsOf(services))
  readonly concerns = $derived(optionsOf(concerns))
  readonly flags = $derived(optionsOf(flags))
  readonly chosenTopics = $derived.by(() => [...this.draft.services])
  readonly chosenFlags = $derived.by(() => [...this.draft.flags])
  readonly isMinor = $derived.by(() => this.draft.ageBand === 'under_18_presumed')

  chooseAlias(alias: string | null): void {
    this.draft.aliases = alias === null ? [] : [alias]
    void this.#field.followUps.look(alias, followUpLine)
    this.aliasView = 'last'
  }

  showLetters(): void {
    this.aliasView = 'letters'
  }

  showNew(): void {
    this.aliasView = 'new'
  }

  async search(letter: string): Promise<void> {
    await this.#pick(letter)
    this.aliasView = 'found'
  }

  chooseAge(age: AgeBand): void {
    this.draft.chooseAge(age)
  }

  /** *Minore?* opens the minor card, and only *già attivato* or a call leaves it: the phone's own back key comes here and
   *  is sent back (V11). To be used as an effect. */
  askMinor(): void {
    if (this.isMinor && !this.draft.minorDone) this.#field.route.go('/minor')
  }

  chooseOrigin(code: string): void {
    this.draft.nationality = code
  }

  chooseLanguage(code: Language): void {
    this.draft.language = code
  }

  /** Who it was, of somebody who is split off a group: nobody tapped a tile for her. */
  readonly whos = $derived(splitTiles.map((who, value) => ({ value, label: whoWord(who) })))
  readonly isSplit = $derived.by(() => this.draft.group !== null)
  readonly who = $derived.by(() => {
    const { gender, kind } = this.draft.base
    return splitTiles.findIndex((who) => who.gender === gender && who.kind === kind)
  })

  chooseWho(index: number): void {
    const who = splitTiles[index]
    if (who) this.draft.base = { ...this.draft.base, ...who }
  }

  /** Back to the kit; somebody split off has none, and her card is left. */
  back(): void {
    if (this.isSplit) void this.#field.dropDraft()
    else this.#field.route.back()
  }

  openFollowUp(): void {
    if (this.followUp) this.#field.followUps.show(this.followUp)
  }

  openReferral(): void {
    this.#field.route.go('/new-referral')
  }

  async save(): Promise<void> {
    this.saving = true
    await this.#field.saveDraft(this.draft)
    this.saving = false
  }

  async #pick(prefix: string): Promise<void> {
    await this.#field.attempt(async () => {
      const view = await call('pick_alias', { prefix })
      if (prefix === '') this.#known = view.known
      else this.#found = view.known
      this.#proposals = view.proposals
    })
  }
}

const whoWord = ({ gender, kind }: Pick<CardInput, 'gender' | 'kind'>): string =>
  gender === 'not_recorded' ? t('app-unknown') : contactWords(gender, kind)
