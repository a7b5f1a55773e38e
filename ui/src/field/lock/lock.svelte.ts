// Typing the code. The digits live here only, and only until they are tried.
import { asErrorView, call } from '../../lib/backend/backend'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

/** Fewest digits of a phone's code. */
export const PIN_LENGTH = 6

export class LockState {
  readonly length = PIN_LENGTH
  pin = $state('')
  wrong = $state(false)
  opening = $state(false)
  waitSeconds = $state(0)

  readonly waiting = $derived(this.waitSeconds > 0)
  readonly waitText = $derived(
    this.waitSeconds < 60
      ? t('lock-wait', { n: this.waitSeconds })
      : t('lock-wait-minutes', { n: Math.ceil(this.waitSeconds / 60) }),
  )

  #field: Field

  constructor(field: Field) {
    this.#field = field
    this.waitSeconds = field.session?.wait_seconds ?? 0
    this.wrong = this.waitSeconds > 0
  }

  type(digit: string): void {
    if (this.opening || this.waiting) return
    this.wrong = false
    this.pin += digit
  }

  /** The digits are complete. */
  async open(): Promise<void> {
    if (!this.opening && !this.waiting) await this.#open()
  }

  erase(): void {
    if (!this.opening) this.pin = this.pin.slice(0, -1)
  }

  /** Somebody went away in the middle: the digits do not stay for the next one. */
  leave(): void {
    if (!this.opening) this.pin = ''
  }

  /** *Codice dimenticato*: what is safe, and the way on. */
  askForHelp(): void {
    // What comes of the code decides what is shown.
    if (this.opening) return
    this.#field.lockedOut = null
    this.#field.route.go('/forgotten')
  }

  /** One second less to wait, every second; to be used as an effect. */
  countDown(): (() => void) | undefined {
    if (!this.waiting) return undefined
    const timer = setTimeout(() => (this.waitSeconds -= 1), 1000)
    return () => clearTimeout(timer)
  }

  async #open(): Promise<void> {
    const pin = this.pin
    this.opening = true
    try {
      await this.#field.enter(await call('unlock', { pin }))
    } catch (error) {
      await this.#refused(error)
    } finally {
      this.pin = ''
      this.opening = false
    }
  }

  async #refused(thrown: unknown): Promise<void> {
    const error = asErrorView(thrown)
    if (error.code === 'CHIAVE-02' || error.code === 'CODICE-06') {
      await this.#lockedOut(error.code === 'CHIAVE-02' ? 'key' : 'spent')
      return
    }
    if (error.code !== 'CODICE-01' && error.code !== 'CODICE-02') {
      this.#field.failure = { error, retry: null }
      return
    }
    this.wrong = true
    try {
      this.waitSeconds = error.wait_seconds ?? (await call('status', {})).wait_seconds
    } catch {
      // The wait is kept by the core in any case; the next try will say how long it is.
      this.waitSeconds = 0
    }
  }

  /** No code opens this phone: the key store is silent, or the keys are gone. */
  async #lockedOut(why: 'key' | 'spent'): Promise<void> {
    this.#field.lockedOut = why
    this.#field.route.go('/forgotten')
    if (why === 'spent') await this.#field.refresh()
  }
}
