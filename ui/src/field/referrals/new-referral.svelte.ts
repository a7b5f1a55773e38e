// A new referral; opened from the details of a card, it keeps that card and its alias.
import { call } from '../../lib/backend/backend'
import type { Consent } from '../../lib/generated/Consent'
import type { ReferralReason } from '../../lib/generated/ReferralReason'
import type { ServiceType } from '../../lib/generated/ServiceType'
import type { Urgency } from '../../lib/generated/Urgency'
import { haptic } from '../../lib/haptic'
import { t } from '../../lib/i18n/i18n.svelte'
import { codesOf, consents, destinations, optionsOf, urgencies } from '../../lib/labels'
import type { Field } from '../field.svelte'

/** Types of service offered before *Altri servizi*. */
const FIRST_SERVICES = 8

export class NewReferralState {
  #field: Field
  #types: ServiceType[] = $state.raw([])
  #known: string[] = $state.raw([])
  chosenAlias: string | null = $state(null)
  aliasesOpen = $state(false)
  allServices = $state(false)
  service: ServiceType | null = $state(null)
  urgency: Urgency = $state('routine')
  consent: Consent = $state('not_needed_yet')
  reason: ReferralReason | null = $state(null)
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

  /** The alias of the card it is opened from, or one of those used last. */
  readonly alias = $derived.by(() => this.#field.draft?.aliases[0] ?? this.chosenAlias)
  readonly picksAlias = $derived.by(() => this.#field.draft === null)
  readonly aliases = $derived([
    { value: null, label: t('det-alias-none') },
    ...this.#known.map((value) => ({ value, label: value })),
  ])
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
  readonly reasons: { value: ReferralReason | null; label: string }[] = $derived([
    { value: null, label: t('app-unknown') },
    { value: 'person_asked', label: t('ref-reason-asked') },
    { value: 'worker_proposed', label: t('ref-reason-proposed') },
  ])

  /** Shows the codes used last; nothing about anybody. */
  async openAliases(): Promise<void> {
    this.aliasesOpen = true
    await this.#field.attempt(async () => {
      this.#known = (await call('pick_alias', { prefix: '' })).known
    })
  }

  async save(): Promise<void> {
    const service = this.service
    if (service === null) return
    this.saving = true
    await this.#field.finish('back', async () => {
      await call('open_referral', {
        card: this.#field.draft === null ? null : await this.#field.draft.card,
        alias: this.alias,
        service_type: service,
        urgency: this.urgency,
        reason: this.reason,
        language_need: this.#field.draft?.language ?? null,
        mediator_needed: this.mediator,
        accompany_needed: this.accompany,
        consent: this.consent,
        parent_id: null,
        answer: this.answer,
      })
      this.#field.take(await call('tonight', {}))
      haptic('saved')
    })
    this.saving = false
  }
}
