// Changing the programme's keys: the new sheet, its words, in force. The words stay here no longer than the sheet is shown.
import { asErrorView, call } from '../../lib/backend/backend'
import type { DevicesView } from '../../lib/generated/DevicesView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { RecoverySheetView } from '../../lib/generated/RecoverySheetView'

export class Keys {
  /** The new sheet, while it is shown. */
  sheet: RecoverySheetView | undefined = $state.raw()
  /** What the server's settings have to say, once the new keys are in force. */
  changed: DevicesView | undefined = $state.raw()
  /** The change was given up. */
  kept = $state(false)
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Something is on its way. */
  busy = $state(false)

  readonly #onchanged: (view: DevicesView) => void

  constructor(onchanged: (view: DevicesView) => void) {
    this.#onchanged = onchanged
  }

  /** Prepares new keys, or shows the sheet of those that wait. */
  async begin(signerToo: boolean, passphrase: string): Promise<void> {
    await this.#step(async () => {
      this.sheet = await call('change_keys', { signer_too: signerToo, passphrase })
      this.changed = undefined
      this.kept = false
    })
  }

  /** The sheet, as long as it is shown. */
  async load(): Promise<RecoverySheetView> {
    if (this.sheet === undefined) throw new Error('no sheet is shown')
    return Promise.resolve(this.sheet)
  }

  /** Hands in the words that the sheet asks for. Gives whether they were right: then the new keys are in force. */
  async confirm(words: string[]): Promise<boolean> {
    const done = await call('confirm_keys', { words })
    if (done.devices === null) return false
    this.changed = done.devices
    this.#onchanged(done.devices)
    return true
  }

  /** Gives up the change that waits. */
  async keep(): Promise<void> {
    await this.#step(async () => {
      const devices = await call('keep_keys', {})
      this.sheet = undefined
      this.kept = true
      this.#onchanged(devices)
    })
  }

  /** The sheet is put away: the words are shown no more. */
  close(): void {
    this.sheet = undefined
    this.error = undefined
  }

  async #step(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.error = undefined
    try {
      await work()
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      this.busy = false
    }
  }
}
