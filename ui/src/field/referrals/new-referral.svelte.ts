// A new referral; opened from the details of a card, it keeps that card and its alias. What was chosen is kept as the
// cards are: a lock or a crash does not lose it.
import { call } from '../../lib/backend/backend'
import type { BegunReferralView } from '../../lib/generated/BegunReferralView'
import type { Consent } from '../../lib/generated/Consent'
import type { Language } from '../../lib/generated/Language'
import type { ReferralFill } from '../../lib/generated/ReferralFill'
import type { ReferralReason } from '../../lib/generated/ReferralReason'
import type { ReferralState } from '../../lib/generated/ReferralState'
import type { ServiceType } from '../../lib/generated/ServiceType'
import type { Urgency } from '../../lib/generated/Urgency'
import { haptic } from '../../lib/haptic'
import { t } from '../../lib/i18n/i18n.svelte'
import { consents, optionsOf, urgencies } from '../../lib/labels'
import type { Draft } from '../draft.svelte'
import type { Field } from '../field.svelte'
import { serviceOptions } from './service-options'

export class NewReferralState {
  #field: Field
  /** The card it comes from, if that is open. */
  #from: Draft | null
  /** The card it comes from, saved or not. */
  #card: string | null = null
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
  answer: ReferralState | null = $state(null)
  #language: Language | null = null
  saving = $state(false)
  /** What the core has, or is being told; nothing is written before it was asked what was begun. */
  #written: string | null = $state(null)
  /** What was begun, once the core has it. */
  #begun: string | null = null
  /** Comes to its end when everything chosen so far is durable, or could not be made so. */
  writing: Promise<unknown> = Promise.resolve()

  constructor(field: Field) {
    this.#field = field
    this.#from = field.draft
    field.begun = this
    const blank = JSON.stringify(this.#fill())
    void field.attempt(async () => {
      const view = await call('referrals', {})
      const isBegun = await this.#resume()
      this.#types = view.service_types
      this.#written = isBegun ? JSON.stringify(this.#fill()) : blank
    })
  }

  /** The alias of the card it is opened from, or one of those used last. */
  readonly alias = $derived.by(() => (this.#from ? (this.#from.aliases[0] ?? null) : this.chosenAlias))
  readonly picksAlias = $derived.by(() => this.#from === null)
  readonly aliases = $derived([
    { value: null, label: t('det-alias-none') },
    ...this.#known.map((value) => ({ value, label: value })),
  ])
  readonly services = $derived(serviceOptions(this.#types, this.allServices, this.service))
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

  /** Has every choice written; to be used as an effect. */
  keep(): void {
    const fill = this.#fill()
    const now = JSON.stringify(fill)
    if (this.#written === null || now === this.#written || this.saving) return
    this.#written = now
    const writing = this.#write(this.writing, fill)
    this.writing = writing.catch(() => undefined)
    void this.#field.attempt(() => writing)
  }

  /** What the home screen names and counts has changed; to be used as an effect. */
  reloadOnLeave(): () => void {
    return () => void this.writing.then(() => this.#field.reload())
  }

  /** What was chosen waits in *Da completare*. */
  back(): void {
    this.#field.begunReferral = null
    this.#field.route.back()
  }

  async save(): Promise<void> {
    if (this.service === null) return
    this.saving = true
    await this.#field.finish('back', async () => {
      await this.#write(this.writing, this.#fill())
      if (this.#begun === null) return
      await call('open_begun_referral', { draft: this.#begun })
      this.#field.begun = null
      this.#field.begunReferral = null
      this.#field.take(await call('tonight', {}))
      haptic('saved')
    })
    this.saving = false
  }

  /** What was begun from this card, or was being filled in. */
  async #resume(): Promise<boolean> {
    const draft = this.#field.begunReferral
    this.#card = (await this.#from?.card) ?? null
    if (draft === null && this.#card === null) return false
    const [begun] = await call('resume_referral', { draft, card: this.#card })
    if (begun) this.#take(begun)
    return begun !== undefined
  }

  #take({ draft, card, fill }: BegunReferralView): void {
    this.#begun = draft
    this.#field.begunReferral = draft
    this.#card = card
    this.chosenAlias = fill.alias
    if (fill.alias !== null) this.#known = [fill.alias]
    this.aliasesOpen = fill.alias !== null
    this.service = fill.service_type
    this.urgency = fill.urgency
    this.consent = fill.consent
    this.reason = fill.reason
    this.accompany = fill.accompany_needed
    this.mediator = fill.mediator_needed
    this.answer = fill.answer
    this.#language = fill.language_need
  }

  /** After what is under way, so that the last word is the last choice. */
  async #write(before: Promise<unknown>, fill: ReferralFill): Promise<void> {
    await before
    const { draft } = await call('keep_referral', { draft: this.#begun, card: this.#card, fill })
    this.#begun = draft
    if (this.#field.begun === this) this.#field.begunReferral = draft
  }

  #fill(): ReferralFill {
    return {
      alias: this.alias,
      service_type: this.service,
      urgency: this.urgency,
      reason: this.reason,
      language_need: this.#from ? this.#from.language : this.#language,
      mediator_needed: this.mediator,
      accompany_needed: this.accompany,
      consent: this.consent,
      answer: this.answer,
    }
  }
}
