// The lead's second code: chosen once, with the phone's own code asked again, then given before each review. The
// digits live here only, and only until they are tried.
import { asErrorView, call, tooLate } from '../../lib/backend/backend'
import type { SessionView } from '../../lib/generated/SessionView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import type { Field } from '../field.svelte'
import { PIN_LENGTH } from '../lock/lock.svelte'

/** Fewest digits of the lead's second code. */
export const REVIEW_PIN_LENGTH = 8

/** `give` where the code exists; the others, in this order, where it is chosen. */
export type StepUpStep = 'give' | 'explain' | 'unlock' | 'choose' | 'repeat'

const titles = {
  give: 'step-title',
  explain: 'step-title',
  unlock: 'step-unlock',
  choose: 'step-choose',
  repeat: 'step-repeat',
} as const satisfies Record<StepUpStep, PlainKey>

export class StepUpState {
  #field: Field
  #ondone: () => void
  step: StepUpStep = $state('give')
  pin = $state('')
  working = $state(false)
  waitSeconds = $state(0)
  helpShown = $state(false)
  /** What was wrong with the last try. */
  fault: 'none' | 'wrong' | 'mismatch' | 'weak' = $state('none')
  #unlockPin = ''
  #chosen = ''

  constructor(field: Field, ondone: () => void) {
    this.#field = field
    this.#ondone = ondone
    this.step = field.session?.review === 'unset' ? 'explain' : 'give'
    this.waitSeconds = this.step === 'give' ? (field.session?.wait_seconds ?? 0) : 0
    if (this.waitSeconds > 0) this.fault = 'wrong'
  }

  readonly length = $derived(this.step === 'unlock' ? PIN_LENGTH : REVIEW_PIN_LENGTH)
  readonly waiting = $derived(this.waitSeconds > 0)
  readonly waitText = $derived(
    this.waitSeconds < 60
      ? t('lock-wait', { n: this.waitSeconds })
      : t('lock-wait-minutes', { n: Math.ceil(this.waitSeconds / 60) }),
  )
  readonly title = $derived(t(titles[this.step]))

  begin(): void {
    this.step = 'unlock'
  }

  type(digit: string): void {
    if (this.working || this.waiting) return
    this.fault = 'none'
    this.helpShown = false
    this.pin += digit
  }

  erase(): void {
    if (!this.working) this.pin = this.pin.slice(0, -1)
  }

  /** One second less to wait, every second; to be used as an effect. */
  countDown(): (() => void) | undefined {
    if (!this.waiting) return undefined
    const timer = setTimeout(() => (this.waitSeconds -= 1), 1000)
    return () => clearTimeout(timer)
  }

  /** Nothing typed is kept. */
  forget(): void {
    this.pin = ''
    this.#unlockPin = ''
    this.#chosen = ''
  }

  /** The digits are complete. */
  async complete(): Promise<void> {
    if (this.working || this.waiting) return
    const pin = this.pin
    switch (this.step) {
      case 'unlock':
        this.#unlockPin = pin
        this.#next('choose')
        return
      case 'choose':
        this.#chosen = pin
        this.#next('repeat')
        return
      case 'repeat':
        if (pin === this.#chosen) {
          await this.#try(() => call('set_review_pin', { unlock_pin: this.#unlockPin, review_pin: pin }))
        } else {
          this.#next('choose', 'mismatch')
        }
        return
      case 'give':
        await this.#try(() => call('step_up', { pin }))
        return
      case 'explain':
    }
  }

  #next(step: StepUpStep, fault: typeof this.fault = 'none'): void {
    this.pin = ''
    this.step = step
    this.fault = fault
  }

  async #try(command: () => Promise<SessionView>): Promise<void> {
    this.working = true
    try {
      this.#field.session = await command()
      this.forget()
      this.#ondone()
    } catch (error) {
      await this.#refused(error)
    } finally {
      this.pin = ''
      this.working = false
    }
  }

  async #refused(thrown: unknown): Promise<void> {
    if (thrown === tooLate) return
    const error = asErrorView(thrown)
    if (error.code === 'CODICE-03') {
      this.#next('choose', 'weak')
    } else if (error.code === 'CODICE-01' || error.code === 'CODICE-02') {
      this.#next(this.step === 'give' ? 'give' : 'unlock', 'wrong')
      this.waitSeconds = error.wait_seconds ?? (await this.#waitNow())
    } else if (error.code === 'CODICE-06') {
      // Ten wrong codes of the phone: the notebook is gone.
      this.forget()
      this.#field.forgetNight()
      this.#field.route.go('/forgotten')
      await this.#field.refresh()
    } else {
      this.#field.failure = { error, retry: null }
    }
  }

  /** How long the core wants to wait now. It keeps the time itself: where it does not say, the next try will. */
  async #waitNow(): Promise<number> {
    try {
      return (await call('status', {})).wait_seconds
    } catch {
      return 0
    }
  }
}
