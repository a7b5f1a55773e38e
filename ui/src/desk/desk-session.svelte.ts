// The desk's session: locked, open, or not there yet.
import { call, asErrorView } from '../lib/backend/backend'
import type { ErrorView } from '../lib/generated/ErrorView'
import type { SessionState } from '../lib/generated/SessionState'

export class DeskSession {
  /** Where the session stands; nothing before the first answer. */
  state: SessionState | undefined = $state()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** The key is being derived. */
  busy = $state(false)

  /** Asks where the session stands. */
  async look(): Promise<void> {
    await this.#step(async () => (await call('status', {})).state)
  }

  /** Opens the notebook. */
  async unlock(passphrase: string): Promise<void> {
    await this.#step(async () => (await call('unlock', { pin: passphrase })).state)
  }

  /** Closes it. */
  async lock(): Promise<void> {
    await this.#step(async () => (await call('lock', {})).state)
  }

  async #step(ask: () => Promise<SessionState>): Promise<void> {
    this.busy = true
    this.error = undefined
    try {
      this.state = await ask()
    } catch (error) {
      this.error = asErrorView(error)
      this.state ??= 'locked'
    } finally {
      this.busy = false
    }
  }
}
