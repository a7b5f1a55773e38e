// Invii of tonight: the list, one card, a new one.
import { call } from '../../lib/backend/backend'
import type { Consent } from '../../lib/generated/Consent'
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import type { ReferralOutcome } from '../../lib/generated/ReferralOutcome'
import type { ReferralState as State } from '../../lib/generated/ReferralState'
import type { ServiceType } from '../../lib/generated/ServiceType'
import type { TravelMode } from '../../lib/generated/TravelMode'
import type { Urgency } from '../../lib/generated/Urgency'
import { haptic } from '../../lib/haptic'
import { list, weekdayDay } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import {
  codesOf,
  consents,
  destinations,
  optionsOf,
  referralOutcomes,
  referralStates,
  travelModes,
  urgencies,
  urgencyHeadings,
} from '../../lib/labels'
import type { Field } from '../field.svelte'

/** Types of service offered before *Altri servizi*. */
const FIRST_SERVICES = 8

/** The list. */
export class ReferralsState {
  #field: Field
  referrals: ReferralCardView[] = $state.raw([])
  loaded = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.referrals = (await call('referrals', {})).referrals
      this.loaded = true
    })
  }

  readonly summary = $derived(
    t('ref-summary', {
      tonight: this.referrals.length,
      open: this.referrals.filter((one) => one.next.length > 0).length,
    }),
  )

  readonly groups = $derived(
    codesOf(urgencyHeadings)
      .map((urgency) => ({
        heading: t(urgencyHeadings[urgency]),
        referrals: this.referrals.filter((one) => one.urgency === urgency),
      }))
      .filter(({ referrals }) => referrals.length > 0),
  )

  open(referral: ReferralCardView): void {
    this.#field.referralId = referral.id
    this.#field.route.go('/referral')
  }

  openNew(): void {
    this.#field.route.go('/new-referral')
  }
}

/** *LINCE-04. Accettato*. */
export function referralLine(referral: ReferralCardView): string {
  return `${referral.alias ?? t('ref-no-alias')}. ${t(referralStates[referral.state])}`
}

/** One referral: its path, and what happened now. */
export class ReferralState {
  #field: Field
  referral: ReferralCardView | null = $state.raw(null)
  chosen: State | 'arrived' | null = $state(null)
  outcome: ReferralOutcome | null = $state(null)
  minutes = $state(60)
  mode: TravelMode = $state('car')
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => this.#take((await call('referrals', {})).referrals))
  }

  readonly facts = $derived.by(() => {
    const one = this.referral
    if (one === null) return []
    return [
      { name: t('ref-when'), value: t(urgencies[one.urgency]) },
      { name: t('ref-consent'), value: t(consents[one.consent]) },
      { name: t('ref-one'), value: one.code },
    ]
  })

  readonly steps = $derived(
    (this.referral?.events ?? []).map((event) => ({
      name: t(referralStates[event.state]),
      date: list([
        weekdayDay(event.date),
        ...(event.outcome === null ? [] : [t(referralOutcomes[event.outcome])]),
      ]),
    })),
  )

  /** Only what the core allows; going along may have ended at the service on the same day. */
  readonly next = $derived(
    (this.referral?.next ?? []).flatMap((state): { value: State | 'arrived'; label: string }[] =>
      state === 'accompanied'
        ? [
            { value: state, label: t(referralStates[state]) },
            { value: 'arrived', label: t('ref-arrived') },
          ]
        : [{ value: state, label: t(referralStates[state]) }],
    ),
  )
  readonly outcomes = $derived(optionsOf(referralOutcomes))
  readonly modes = $derived(optionsOf(travelModes))
  readonly asksOutcome = $derived(this.chosen === 'closed')
  readonly asksWay = $derived(this.chosen === 'accompanied' || this.chosen === 'arrived')
  readonly ready = $derived(this.chosen !== null && (!this.asksOutcome || this.outcome !== null))

  stepMinutes(by: number): void {
    this.minutes = Math.min(720, Math.max(5, this.minutes + by))
  }

  async save(): Promise<void> {
    const one = this.referral
    const chosen = this.chosen
    if (one === null || chosen === null || !this.ready) return
    this.saving = true
    const done = await this.#field.attempt(async () => {
      await call('advance_referral', {
        referral: one.id,
        states: chosen === 'arrived' ? ['accompanied', 'attended'] : [chosen],
        outcome: this.asksOutcome ? this.outcome : null,
        accompaniment: this.asksWay
          ? { minutes: this.minutes, staff_n: 1, mode: this.mode, outcome: 'done' }
          : null,
      })
    })
    this.saving = false
    if (!done) return
    haptic('saved')
    this.#field.route.back()
  }

  #take(referrals: ReferralCardView[]): void {
    this.referral = referrals.find(({ id }) => id === this.#field.referralId) ?? null
  }
}

/** A new referral; opened from the details of a card, it keeps that card and its alias. */
export class NewReferralState {
  #field: Field
  #types: ServiceType[] = $state.raw([])
  allServices = $state(false)
  service: ServiceType | null = $state(null)
  urgency: Urgency = $state('routine')
  consent: Consent = $state('not_needed_yet')
  accompany = $state(false)
  mediator = $state(false)
  answer: 'accepted' | 'declined' | null = $state(null)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.#types = (await call('referrals', {})).service_types
    })
  }

  readonly alias = $derived.by(() => this.#field.draft?.aliases[0] ?? null)
  /** Those of the directory first, then all that exist. */
  readonly services = $derived.by(() => {
    const others = codesOf(destinations).filter((type) => !this.#types.includes(type))
    const all = [...this.#types, ...others]
    return (this.allServices ? all : all.slice(0, FIRST_SERVICES)).map((value) => ({
      value,
      label: t(destinations[value]),
    }))
  })
  readonly urgencies = $derived(optionsOf(urgencies))
  readonly consents = $derived(optionsOf(consents))

  async save(): Promise<void> {
    const service = this.service
    if (service === null) return
    this.saving = true
    const done = await this.#field.attempt(async () => {
      await call('open_referral', {
        card: this.#field.draft === null ? null : await this.#field.draft.card,
        alias: this.alias,
        service_type: service,
        urgency: this.urgency,
        reason: null,
        language_need: this.#field.draft?.language ?? null,
        mediator_needed: this.mediator,
        accompany_needed: this.accompany,
        consent: this.consent,
        parent_id: null,
        answer: this.answer,
      })
    })
    this.saving = false
    if (!done) return
    haptic('saved')
    this.#field.route.back()
  }
}
