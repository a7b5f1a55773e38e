// Panic: one confirmation, then the keys are gone. What is sealed stays and goes on being sent, unless a second
// confirmation with its number gives it up.
import { asErrorView, call } from '../../lib/backend/backend'
import type { KeptView } from '../../lib/generated/KeptView'
import type { Field } from '../field.svelte'

export type PanicStep = 'ask' | 'done' | 'discard'

export class PanicState {
  step: PanicStep = $state('ask')
  kept: KeptView | null = $state.raw(null)
  busy = $state(false)
  #field: Field

  constructor(field: Field) {
    this.#field = field
    // Back from the first start: the keys are gone already.
    if (field.session?.state === 'absent') this.step = 'done'
  }

  readonly unsent = $derived(this.kept?.unsent ?? 0)

  /** Asks how much has not gone out; to be used as an effect. */
  async count(): Promise<void> {
    await this.#field.attempt(async () => {
      this.kept = await call('kept', {})
    })
  }

  /** The keys go. Nothing of the night stays in this window. */
  async destroy(): Promise<void> {
    await this.#busy(async () => {
      const session = await call('panic', {})
      this.#field.forgetNight()
      await this.#field.enter(session)
      this.step = 'done'
      this.kept = await call('kept', {})
    })
  }

  /** The second confirmation, with the number of now: meanwhile some may have gone out. */
  async askToDiscard(): Promise<void> {
    await this.#busy(async () => {
      this.kept = await call('kept', {})
      this.step = this.unsent > 0 ? 'discard' : 'done'
    })
  }

  /** What has not gone out goes too. The core gives up no other number than the one that was shown. */
  async discard(): Promise<void> {
    await this.#busy(async () => {
      try {
        this.kept = await call('discard_unsent', { unsent: this.unsent })
        this.step = 'done'
      } catch (error) {
        if (asErrorView(error).code !== 'STATO-01') throw error
        this.kept = await call('kept', {})
        if (this.unsent === 0) this.step = 'done'
      }
    })
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#field.attempt(work)
    this.busy = false
  }
}
