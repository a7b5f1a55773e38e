// The home of the night: counters, zone, tiles, the last action.
import { call } from '../../lib/backend/backend'
import type { CardInput } from '../../lib/generated/CardInput'
import type { ContactKind } from '../../lib/generated/ContactKind'
import type { Gender } from '../../lib/generated/Gender'
import type { NightView } from '../../lib/generated/NightView'
import type { RecordSummary } from '../../lib/generated/RecordSummary'
import { list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { haptic } from '../../lib/haptic'
import { shortScreen } from '../../lib/short-screen.svelte'
import { contactWords, shortItemName } from '../contact-words'
import type { Field } from '../field.svelte'
import { kitName } from '../supplies'
import { findings, itemCount, seenReasons } from '../../lib/labels'

/** Zones that fit in two lines. */
const ZONES = 8
/** Counters of the bag shown on the contact screen; persons come first. */
const BAG_FIGURES = 3
const noNight: Pick<NightView, 'zones' | 'bag' | 'kits'> = { zones: [], bag: [], kits: [] }

export class ContactsState {
  #field: Field
  /** What was last once something had been undone: while that stays so, the screen says *Annullata*. */
  #undoneTo: { operation: string | null } | null = $state.raw(null)
  #isUndoing = false
  /** The zone that is being changed to. */
  #wanted: string | null = null
  /** Whether *Annulla* is still offered. */
  #undoable = $state(false)

  constructor(field: Field) {
    this.#field = field
  }

  readonly #night = $derived.by(() => this.#field.night)
  readonly zone = $derived(this.#night?.zone ?? null)
  /** Tonight's zones first, as many as the screen holds, the current one always among them. */
  readonly zones = $derived(
    (this.#night ?? noNight).zones.filter(({ code }, index) => index < ZONES || code === this.zone),
  )
  /** Little room: a short screen, or large text. */
  readonly isTight = $derived.by(
    () => shortScreen.current || this.#field.session?.settings.text_size === 'large',
  )
  readonly title = $derived.by(() => t('contact-title', { zone: this.#field.zoneName(this.zone ?? '') }))
  readonly seen = $derived(this.#night?.seen ?? 0)
  readonly figures = $derived([
    { value: this.#night?.persons ?? 0, label: t('contact-people', { n: this.#night?.persons ?? 0 }) },
    ...kitItemsFirst(this.#night ?? noNight)
      .slice(0, BAG_FIGURES)
      .map(({ item, left }) => ({ value: left, label: shortItemName(item, left) })),
  ])

  readonly tiles: { gender: Gender; label: string; known: string }[] = $derived([
    { gender: 'woman', label: t('contact-woman'), known: t('contact-known') },
    { gender: 'trans_woman', label: t('contact-trans'), known: t('contact-known') },
    { gender: 'man', label: t('contact-man'), known: t('contact-known-m') },
  ])

  readonly undone = $derived.by(
    () => this.#undoneTo !== null && this.#undoneTo.operation === (this.#night?.last?.operation ?? null),
  )

  readonly #followUp = $derived.by(() => this.#field.followUps.first)
  /** What runs out, the first thing only. */
  readonly #low = $derived.by(() => {
    const low = kitItemsFirst(this.#night ?? noNight).find((item) => item.low)
    return low === undefined ? [] : [t('contact-low', { list: itemCount(low.item, low.left) })]
  })

  /** A card begun and not saved. It waits while what was saved after it can still be taken back. */
  readonly #unsaved = $derived.by(() => {
    const card = this.#night?.card ?? null
    if (card === null || this.#field.dropped || this.#followUp || this.undone) return null
    // Both ids begin with the time at which the card was opened.
    const isOlder = card.card < (this.#night?.last?.operation ?? '')
    return isOlder && this.#undoable ? null : card
  })

  /** A referral begun and not saved, if no card was begun after it. */
  readonly #referral = $derived.by(() => {
    const referral = this.#night?.referral ?? null
    if (referral === null || this.#field.dropped || this.#followUp || this.undone) return null
    if (referral < (this.#unsaved?.card ?? '')) return null
    return referral < (this.#night?.last?.operation ?? '') && this.#undoable ? null : referral
  })

  readonly last = $derived.by(() => {
    const dropped = this.#field.dropped
    if (dropped) return { title: t('contact-dropped'), detail: cardWords(dropped.base) }
    if (this.#referral !== null) return { title: t('contact-unsaved-ref'), detail: '' }
    if (this.#unsaved) return { title: t('contact-unsaved'), detail: cardWords(this.#unsaved.input) }
    if (this.undone) return { title: t('contact-undone'), detail: '' }
    const last = this.#night?.last
    // A question of the rules stands in the same place, once; it never gets in the way.
    const rule = this.#night?.warnings[0]?.rule
    const question = rule === undefined ? null : t(findings[rule])
    const followUp = this.#followUp
    if (followUp)
      return {
        title: t('ref-follow-up-title', { n: this.#field.followUps.count }),
        detail: this.#field.followUps.line,
      }
    if (last)
      return { title: t('contact-saved'), detail: question ?? list([this.#words(last.record), ...this.#low]) }
    if (question !== null) return { title: '', detail: question }
    return { title: '', detail: this.#night?.persons === 0 ? t('contact-empty') : '' }
  })

  /** Whoever was just saved has an open referral: one tap to its card. */
  readonly openFollowUp = $derived.by(() => {
    const followUp = this.#followUp
    return followUp === null || this.undone || this.#field.dropped
      ? undefined
      : () => this.#field.followUps.show(followUp)
  })

  readonly undo = $derived.by(() => {
    if (this.#field.dropped) return () => void this.#field.restoreDropped()
    return this.#undoable && !this.undone && !this.#unsaved && this.#referral === null
      ? () => void this.#undo()
      : undefined
  })

  /** *Riprendi*, for a card that was not saved; *Separa*, for the group saved last. */
  readonly act = $derived.by((): { label: string; run: () => void } | undefined => {
    const referral = this.#referral
    if (referral !== null)
      return { label: t('contact-resume'), run: () => void this.#field.resumeReferral(referral) }
    const unsaved = this.#unsaved
    if (unsaved) return { label: t('contact-resume'), run: () => void this.#field.resume(unsaved.card) }
    const group = this.#night?.last_group
    if (!group || this.undo || this.undone || this.#followUp) return undefined
    return { label: t('contact-split'), run: () => void this.#field.split(group) }
  })

  /** Cards that are not saved. What the saved ones lack is counted in *Altro*: it may stay open for ever. */
  readonly todo = $derived(this.#night?.drafts ?? 0)

  /** Offers *Annulla* until its time is over; to be used as an effect. */
  watchUndo(): (() => void) | undefined {
    const last = this.#night?.last
    const left = last ? Date.parse(last.undo_until) - Date.now() : 0
    this.#undoable = left > 0
    if (left <= 0) return undefined
    const timer = setTimeout(() => (this.#undoable = false), left)
    return () => clearTimeout(timer)
  }

  begin(gender: Gender, kind: ContactKind): void {
    this.#field.begin({ gender, kind, target_group: 'person', n_persons: 1 })
  }

  changeZone(zone: string): void {
    if (zone === (this.#wanted ?? this.zone)) return
    this.#wanted = zone
    void this.#field
      .attempt(async () => this.#field.take(await call('change_zone', { zone, also_last: 0 })))
      .then(() => {
        if (this.#wanted === zone) this.#wanted = null
      })
  }

  openGroup(): void {
    this.#field.draft = null
    this.#field.route.go('/group')
  }

  openSeen(): void {
    this.#field.route.go('/seen')
  }

  openMore(): void {
    this.#field.route.go('/more')
  }

  emergency(): void {
    haptic('emergency')
    // Held again, it is another emergency.
    this.#field.emergency = null
    this.#field.route.go('/emergency')
  }

  #words(record: RecordSummary): string {
    return recordWords(record, (code) => this.#field.zoneName(code))
  }

  async #undo(): Promise<void> {
    const last = this.#night?.last
    if (!last || this.#isUndoing) return
    this.#isUndoing = true
    await this.#field.attempt(async () => {
      this.#field.take(await call('undo', { operation: last.operation }))
      this.#undoneTo = { operation: this.#night?.last?.operation ?? null }
      haptic('undone')
    })
    this.#isUndoing = false
  }
}

/** The bag, what the kits are made of first: the pieces that run out. */
function kitItemsFirst({ bag, kits }: Pick<NightView, 'bag' | 'kits'>): NightView['bag'] {
  const inKits = kits.flatMap(({ contents }) => contents.map(({ item }) => item))
  return [
    ...bag.filter(({ item }) => inKits.includes(item)),
    ...bag.filter(({ item }) => !inKits.includes(item)),
  ]
}

/** *Donna, già nota*; *Gruppo di 4*. */
function cardWords({ gender, kind, n_persons }: CardInput): string {
  return n_persons > 1 ? t('contact-group-of', { n: n_persons }) : contactWords(gender, kind)
}

/** *Trans, già nota, kit Trans*. */
function recordWords(record: RecordSummary, zoneName: (code: string) => string): string {
  switch (record.type) {
    case 'contact': {
      const who =
        record.n_persons > 1
          ? t('contact-group-of', { n: record.n_persons })
          : contactWords(record.gender, record.kind)
      return record.kit === null ? who : list([who, t('contact-kit', { kit: kitName(record.kit) })])
    }
    case 'observation':
      return list([t('contact-seen'), t(seenReasons[record.reason])])
    case 'referral':
    case 'step':
      return t('ref-one-word')
    case 'incident':
      return t('inc-title')
    case 'zone':
      return list([t('contact-zone'), zoneName(record.zone)])
    case 'load':
      return t('contact-loaded', { list: itemCount(record.loaded.item, record.loaded.quantity) })
  }
}
