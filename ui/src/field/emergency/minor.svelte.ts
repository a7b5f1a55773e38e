// The minor card (V11): the project's own steps, and no way out without *già attivato* or a call.
import { call } from '../../lib/backend/backend'
import { t } from '../../lib/i18n/i18n.svelte'
import { haptic } from '../../lib/haptic'
import type { Field } from '../field.svelte'

export class MinorState {
  #field: Field
  /** Somebody was called from here. */
  called = $state(false)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
  }

  /** The saved card of *Da completare* that the answer was given on. */
  readonly #saved = $derived.by(() => (this.#field.draft === null ? this.#field.minorCard : null))
  /** Opened from a card; else from the emergency, which has opened the referral. */
  readonly fromCard = $derived.by(() => this.#field.draft !== null || this.#saved !== null)
  readonly under = $derived(this.fromCard ? t('minor-card') : t('minor-open'))
  /** The project's steps; a project without its own has the one that always holds. */
  readonly steps = $derived.by(() => {
    const steps = this.#field.night?.minor_steps ?? []
    return steps.length === 0 ? [t('em-minor-ask')] : steps
  })
  readonly coordinator = $derived.by(() => this.#field.night?.coordinator_phone ?? null)

  /** *Già attivato*, or a call was made: the card may be left. */
  leave(): void {
    this.#done()
    if (this.fromCard) this.#field.route.back()
    else this.#field.route.home()
  }

  /** From the emergency: the person's card, with what is already known of her or him. */
  write(): void {
    this.#field.route.home()
    this.#field.begin({ gender: 'not_recorded', kind: 'unknown', target_group: 'person', n_persons: 1 })
    this.#field.draft?.chooseAge('under_18_presumed')
    this.#done()
  }

  /** From a card: the immediate referral to child protection is opened with it. */
  async refer(): Promise<void> {
    const draft = this.#field.draft
    const card = draft === null ? this.#saved : await draft.card
    if (card === null) return
    this.saving = true
    await this.#field.finish('back', async () => {
      await call('open_referral', {
        card,
        alias: draft?.aliases[0] ?? null,
        service_type: 'minor_protection',
        urgency: 'immediate',
        reason: 'emergency',
        language_need: draft?.language ?? null,
        mediator_needed: false,
        accompany_needed: false,
        consent: 'not_needed_yet',
        parent_id: null,
        answer: null,
      })
      this.#field.take(await call('tonight', {}))
      this.#done()
      haptic('saved')
    })
    this.saving = false
  }

  /** The card may be left. */
  #done(): void {
    if (this.#field.draft !== null) this.#field.draft.minorDone = true
    this.#field.minorCard = null
  }
}
