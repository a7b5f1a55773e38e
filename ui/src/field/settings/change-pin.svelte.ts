// Another code for this phone, or for the lead's review. The digits live here only, and only until they are tried.
import { asErrorView, call, tooLate } from '../../lib/backend/backend'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import type { Field } from '../field.svelte'
import { PIN_LENGTH } from '../lock/lock.svelte'
import { REVIEW_PIN_LENGTH } from '../step-up/step-up.svelte'

/** `which` where there are two codes; then, in this order, the code of the phone, that of the review, the new one. */
export type ChangeStep = 'which' | 'unlock' | 'review' | 'choose' | 'repeat' | 'done'
type Which = 'unlock' | 'review'
type Fault = 'wrong' | 'weak' | 'mismatch'

const faults = {
  wrong: 'pin-wrong',
  weak: 'pin-weak',
  mismatch: 'enrol-pin-mismatch',
} as const satisfies Record<Fault, PlainKey>

export class ChangePinState {
  #field: Field
  /** The lead has two codes. */
  readonly hasTwo: boolean
  which: Which = $state('unlock')
  step: ChangeStep = $state('unlock')
  pin = $state('')
  working = $state(false)
  fault: Fault | null = $state(null)
  #unlockPin = ''
  #oldPin = ''
  #chosen = ''

  constructor(field: Field) {
    this.#field = field
    const review = field.session?.review
    this.hasTwo = review === 'locked' || review === 'open'
    this.step = this.hasTwo ? 'which' : 'unlock'
  }

  readonly length = $derived.by(() => {
    if (this.step === 'unlock') return PIN_LENGTH
    return this.which === 'review' ? REVIEW_PIN_LENGTH : PIN_LENGTH
  })
  readonly title = $derived.by(() => {
    switch (this.step) {
      case 'unlock':
        return t(this.which === 'review' ? 'pin-now-phone' : 'pin-now')
      case 'review':
        return t('pin-now-review')
      case 'choose':
        return t('pin-new')
      case 'repeat':
        return t('enrol-pin-again')
      case 'which':
      case 'done':
        return t('pin-title')
    }
  })
  readonly hint = $derived.by(() => {
    if (this.working) return t('app-loading')
    if (this.fault) return t(faults[this.fault])
    if (this.step !== 'choose') return ''
    return t(this.which === 'review' ? 'pin-note-review' : 'pin-note')
  })

  choose(which: Which): void {
    this.which = which
    this.#go('unlock')
  }

  type(digit: string): void {
    if (this.working) return
    this.fault = null
    this.pin += digit
  }

  erase(): void {
    if (!this.working) this.pin = this.pin.slice(0, -1)
  }

  /** The digits are complete. */
  async complete(): Promise<void> {
    if (this.working) return
    const pin = this.pin
    if (this.step === 'unlock') {
      this.#unlockPin = pin
      this.#go(this.which === 'review' ? 'review' : 'choose')
    } else if (this.step === 'review') {
      this.#oldPin = pin
      this.#go('choose')
    } else if (this.step === 'choose') {
      this.#chosen = pin
      this.#go('repeat')
    } else if (pin === this.#chosen) {
      await this.#send(pin)
    } else {
      this.#go('choose', 'mismatch')
    }
  }

  /** Nothing typed is kept. */
  forget(): void {
    this.pin = ''
    this.#unlockPin = ''
    this.#oldPin = ''
    this.#chosen = ''
  }

  #go(step: ChangeStep, fault: Fault | null = null): void {
    this.pin = ''
    this.step = step
    this.fault = fault
  }

  async #send(new_pin: string): Promise<void> {
    this.working = true
    const unlock_pin = this.#unlockPin
    try {
      this.#field.session =
        this.which === 'review'
          ? await call('change_review_pin', { unlock_pin, old_pin: this.#oldPin, new_pin })
          : await call('change_pin', { old_pin: unlock_pin, new_pin })
      this.forget()
      this.#go('done')
    } catch (thrown) {
      if (thrown !== tooLate) this.#refused(thrown)
    } finally {
      this.working = false
    }
  }

  #refused(thrown: unknown): void {
    const error = asErrorView(thrown)
    if (error.code === 'CODICE-03') {
      this.#go('choose', 'weak')
    } else if (error.code === 'CODICE-01') {
      this.forget()
      this.#go('unlock', 'wrong')
    } else {
      this.forget()
      this.#go(this.hasTwo ? 'which' : 'unlock')
      if (error.code === 'CODICE-06') {
        // Ten wrong ones: the notebook is gone, and the phone is as new.
        this.#field.forgetNight()
        this.#field.route.go('/forgotten')
        void this.#field.refresh()
      } else this.#field.failure = { error, retry: null }
    }
  }
}
