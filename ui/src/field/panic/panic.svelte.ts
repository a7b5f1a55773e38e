// Panic: one confirmation, then the keys are gone. What is sealed stays and goes on being sent, unless a second
// confirmation with its number gives it up.
import { call } from '../../lib/backend/backend'
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

  /** What has not gone out goes too. */
  async discard(): Promise<void> {
    await this.#busy(async () => {
      this.kept = await call('discard_unsent', { unsent: this.unsent })
      this.step = 'done'
    })
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#field.attempt(work)
    this.busy = false
  }
}
