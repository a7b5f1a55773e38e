// The duress code: chosen or taken away with the code of this phone. The digits live here only until they are tried.
import { asErrorView, call, tooLate } from '../../lib/backend/backend'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

/** Fewest digits of a code. */
const LEAST_DIGITS = 6
export type DuressStep = 'explain' | 'unlock' | 'choose' | 'repeat' | 'done'
export type DuressFault = 'wrong' | 'weak' | 'mismatch'

export class DuressState {
  step: DuressStep = $state('explain')
  pin = $state('')
  fault: DuressFault | null = $state(null)
  working = $state(false)
  #removes = false
  #unlockPin = ''
  #chosen = ''
  #field: Field

  constructor(field: Field) {
    this.#field = field
  }

  readonly length = LEAST_DIGITS
  readonly question = $derived.by(() => {
    if (this.step === 'choose') return t('duress-choose')
    return this.step === 'repeat' ? t('enrol-pin-again') : t('duress-unlock')
  })

  readonly hint = $derived.by(() => {
    if (this.working) return t('app-loading')
    if (this.fault === 'wrong') return t('lock-wrong')
    if (this.fault === 'weak') return t('duress-weak')
    if (this.fault === 'mismatch') return t('enrol-pin-mismatch')
    return this.step === 'choose' ? t('duress-choose-note') : ''
  })

  begin(removes: boolean): void {
    this.forget()
    this.#removes = removes
    this.step = 'unlock'
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
  confirm(): void {
    if (this.working) return
    const pin = this.pin
    this.pin = ''
    if (this.step === 'unlock') {
      this.#unlockPin = pin
      if (this.#removes) void this.#send(null)
      else this.step = 'choose'
    } else if (this.step === 'choose') {
      this.#chosen = pin
      this.step = 'repeat'
    } else if (pin === this.#chosen) {
      void this.#send(pin)
    } else {
      this.fault = 'mismatch'
      this.step = 'choose'
    }
  }

  back(): void {
    this.forget()
    this.step = 'explain'
  }

  /** To be called when the screen goes. */
  forget(): void {
    this.pin = ''
    this.fault = null
    this.#unlockPin = ''
    this.#chosen = ''
  }

  async #send(duress_pin: string | null): Promise<void> {
    const unlock_pin = this.#unlockPin
    this.working = true
    try {
      await call('set_duress_pin', { unlock_pin, duress_pin })
      this.forget()
      this.step = 'done'
    } catch (thrown) {
      if (thrown !== tooLate) this.#refused(asErrorView(thrown).code, thrown)
    }
    this.working = false
  }

  #refused(code: string, thrown: unknown): void {
    this.#chosen = ''
    if (code === 'CODICE-01') {
      this.forget()
      this.fault = 'wrong'
      this.step = 'unlock'
    } else if (code === 'CODICE-03') {
      this.fault = 'weak'
      this.step = 'choose'
    } else if (code === 'CODICE-06') {
      // Ten wrong ones: the notebook is gone, and the phone is as new.
      this.#field.forgetNight()
      this.#field.route.go('/forgotten')
      void this.#field.refresh()
    } else {
      this.back()
      this.#field.failure = { error: asErrorView(thrown), retry: null }
    }
  }
}
