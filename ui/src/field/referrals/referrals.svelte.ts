// Invii: the list, one card.
import { call } from '../../lib/backend/backend'
import type { AccompanimentOutcome } from '../../lib/generated/AccompanimentOutcome'
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import type { ReferralOutcome } from '../../lib/generated/ReferralOutcome'
import type { ReferralState as State } from '../../lib/generated/ReferralState'
import type { ReferralsView } from '../../lib/generated/ReferralsView'
import type { TravelMode } from '../../lib/generated/TravelMode'
import { haptic } from '../../lib/haptic'
import { list, weekdayDay } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import {
  accompanimentOutcomes,
  codesOf,
  consents,
  optionsOf,
  referralOutcomes,
  referralStates,
  travelModes,
  urgencies,
  urgencyHeadings,
} from '../../lib/labels'
import type { Field } from '../field.svelte'
import { following, stepChips, stepName, type StepChip } from './path'

/** Minutes offered for an accompaniment. */
const MINUTES = [15, 30, 60, 120] as const

/** The list. */
export class ReferralsState {
  #field: Field
  #view: ReferralsView | null = $state.raw(null)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.#view = await call('referrals', {})
    })
  }

  readonly loaded = $derived(this.#view !== null)
  readonly referrals = $derived(this.#view?.referrals ?? [])
  readonly wholeUnit = $derived(this.#view?.whole_unit ?? false)
  /** Of somebody met just now nothing more is said before the code is given again. */
  readonly codeFirst = $derived(this.#view?.code_first ?? false)
  /** A lead who has not given the second PIN is offered the whole list. */
  readonly offersAll = $derived.by(() => {
    const access = this.#field.session?.review
    return this.loaded && !this.wholeUnit && (access === 'locked' || access === 'unset')
  })
  readonly canOpenNew = $derived.by(() => this.#field.night !== null)

  readonly summary = $derived.by(() => {
    const open = this.#view?.to_follow ?? 0
    return this.wholeUnit
      ? t('ref-summary-unit', { open })
      : t('ref-summary', { tonight: this.#view?.opened_tonight ?? 0, open })
  })

  /** Without a place stands above all; then by urgency, in the core's order. */
  readonly groups = $derived.by(() => {
    const isPinned = (one: ReferralCardView): boolean => one.state === 'no_place'
    const groups = [
      { heading: t('ref-pinned'), referrals: this.referrals.filter(isPinned) },
      ...codesOf(urgencyHeadings).map((urgency) => ({
        heading: t(urgencyHeadings[urgency]),
        referrals: this.referrals.filter((one) => one.urgency === urgency && !isPinned(one)),
      })),
    ]
    return groups.filter(({ referrals }) => referrals.length > 0)
  })

  open(referral: ReferralCardView): void {
    this.#field.followUps.show(referral)
  }

  openNew(): void {
    this.#field.begunReferral = null
    this.#field.route.go('/new-referral')
  }

  openAll(): void {
    this.#field.route.go('/step-up')
  }
}

/** One referral: its path, and what happened now, in one step or several of the same evening. */
export class ReferralState {
  #field: Field
  #machine: ReferralsView['machine'] = $state.raw([])
  referral: ReferralCardView | null = $state.raw(null)
  /** The steps tapped so far, not yet saved. */
  steps: State[] = $state.raw([])
  outcome: ReferralOutcome | null = $state(null)
  minutes = $state(60)
  staff = $state(1)
  mode: TravelMode = $state('car')
  went: AccompanimentOutcome = $state('done')
  saving = $state(false)
  /** *Correggi* is open. */
  correcting = $state(false)

  constructor(field: Field) {
    this.#field = field
    this.referral = field.followUps.shown
    void field.attempt(async () => {
      const view = await call('referrals', {})
      this.#machine = view.machine
      this.#take(view)
    })
  }

  readonly facts = $derived.by(() => {
    const one = this.referral
    if (one === null) return []
    const needs = [
      ...(one.accompany_needed ? [t('ref-accompany')] : []),
      ...(one.mediator_needed ? [t('ref-mediator')] : []),
    ]
    return [
      { name: t('ref-when'), value: t(urgencies[one.urgency]) },
      { name: t('ref-opened'), value: list([weekdayDay(one.opened_on), ...this.#age(one)]) },
      { name: t('ref-consent'), value: t(consents[one.consent]) },
      ...(needs.length === 0 ? [] : [{ name: t('ref-needs'), value: list(needs) }]),
      { name: t('ref-one'), value: one.code },
    ]
  })

  readonly path = $derived(
    (this.referral?.events ?? []).map((event) => ({
      name: t(referralStates[event.state]),
      date: list([
        weekdayDay(event.date),
        ...(event.outcome === null ? [] : [t(referralOutcomes[event.outcome])]),
      ]),
    })),
  )

  /** The state before each step that was tapped. */
  readonly #from = $derived(this.steps.at(-1) ?? this.referral?.state ?? null)
  readonly pending = $derived(
    this.steps.map((state, index) => ({
      name: t(stepName(state, this.steps[index - 1] ?? this.referral?.state ?? state)),
      date: t('ref-step-tonight'),
    })),
  )
  /** Only what the core allows. */
  readonly next = $derived.by((): StepChip[] => {
    if (this.#from === null) return []
    const next = this.steps.length === 0 ? (this.referral?.next ?? []) : following(this.#machine, this.#from)
    return stepChips(next, this.#from)
  })
  readonly isOver = $derived((this.referral?.next.length ?? 0) === 0)

  readonly outcomes = $derived(optionsOf(referralOutcomes))
  readonly modes = $derived(optionsOf(travelModes))
  readonly endings = $derived(optionsOf(accompanimentOutcomes))
  readonly minuteOptions = $derived(MINUTES.map((value) => ({ value, label: t('ref-min', { n: value }) })))
  readonly staffOptions = $derived([
    { value: 1, label: t('ref-staff-one') },
    { value: 2, label: t('ref-staff-two') },
  ])
  readonly asksOutcome = $derived(this.steps.at(-1) === 'closed')
  readonly asksWay = $derived(this.steps.includes('accompanied'))
  readonly ready = $derived(this.steps.length > 0 && (!this.asksOutcome || this.outcome !== null))

  take(chip: string): void {
    const states = this.next.find(({ value }) => value === chip)?.states ?? []
    this.steps = [...this.steps, ...states]
  }

  /** The last step that was tapped was not meant. */
  takeBack(): void {
    this.steps = this.steps.slice(0, -1)
    this.outcome = null
  }

  /** Out of *Correggi* first. */
  back(): void {
    if (this.correcting) this.correcting = false
    else this.#field.route.back()
  }

  /** *Correggi* is over. */
  corrected(view: ReferralsView): void {
    this.#take(view)
    this.correcting = false
  }

  async save(): Promise<void> {
    const one = this.referral
    if (one === null || !this.ready) return
    this.saving = true
    await this.#field.finish('back', async () => {
      await call('advance_referral', {
        referral: one.id,
        states: this.steps,
        outcome: this.asksOutcome ? this.outcome : null,
        accompaniment: this.asksWay
          ? { minutes: this.minutes, staff_n: this.staff, mode: this.mode, outcome: this.went }
          : null,
      })
      this.#field.followUps.clear()
      this.#field.take(await call('tonight', {}))
      haptic('saved')
    })
    this.saving = false
  }

  /** Only the card that was tapped: one opened by its alias is on no list. */
  #take(view: ReferralsView): void {
    this.referral = view.referrals.find(({ id }) => id === this.referral?.id) ?? this.referral
  }

  #age(one: ReferralCardView): string[] {
    return one.tonight ? [] : [t('ref-line-age', { n: one.age_days })]
  }
}
