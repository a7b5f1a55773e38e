// *Correggi*: alias, service and urgency of a referral of tonight, by whoever opened it.
import { call } from '../../lib/backend/backend'
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import type { ReferralsView } from '../../lib/generated/ReferralsView'
import type { ServiceType } from '../../lib/generated/ServiceType'
import type { Urgency } from '../../lib/generated/Urgency'
import { haptic } from '../../lib/haptic'
import { t } from '../../lib/i18n/i18n.svelte'
import { optionsOf, urgencies } from '../../lib/labels'
import type { Field } from '../field.svelte'
import { serviceOptions } from './service-options'

export class CorrectReferralState {
  #field: Field
  #referral: ReferralCardView
  #types: ServiceType[] = $state.raw([])
  #known: string[] = $state.raw([])
  alias: string | null = $state(null)
  service: ServiceType = $state('other')
  urgency: Urgency = $state('routine')
  allServices = $state(false)
  saving = $state(false)

  constructor(field: Field, referral: ReferralCardView) {
    this.#field = field
    this.#referral = referral
    this.alias = referral.alias
    this.service = referral.service_type
    this.urgency = referral.urgency
    void field.attempt(async () => {
      this.#types = (await call('referrals', {})).service_types
      this.#known = (await call('pick_alias', { prefix: '' })).known
    })
  }

  readonly services = $derived(serviceOptions(this.#types, this.allServices, this.service))
  readonly urgencies = $derived(optionsOf(urgencies))
  /** The one that stands on it first, then those used last. */
  readonly aliases = $derived.by(() => {
    const own = this.#referral.alias
    const known = own === null ? this.#known : [own, ...this.#known.filter((alias) => alias !== own)]
    return [{ value: null, label: t('det-alias-none') }, ...known.map((value) => ({ value, label: value }))]
  })

  /** Gives what the core answered; nothing if it refused. */
  async save(): Promise<ReferralsView | null> {
    this.saving = true
    let view: ReferralsView | null = null
    await this.#field.attempt(async () => {
      view = await call('correct_referral', {
        referral: this.#referral.id,
        alias: this.alias,
        service_type: this.service,
        urgency: this.urgency,
      })
      this.#field.take(await call('tonight', {}))
      haptic('saved')
    })
    this.saving = false
    return view
  }
}
