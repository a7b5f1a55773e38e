// The page of the register: lines by part, the last ones first, earlier ones on request.
import { asErrorView, call } from '../../lib/backend/backend'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { RegisterFileView } from '../../lib/generated/RegisterFileView'
import type { RegisterLineView } from '../../lib/generated/RegisterLineView'
import type { RegisterPart } from '../../lib/generated/RegisterPart'
import type { RegisterView } from '../../lib/generated/RegisterView'

export class RegisterPage {
  /** The last answer: how many lines there are, and whether the chain is whole. */
  view: RegisterView | undefined = $state.raw()
  /** The lines shown. */
  lines: RegisterLineView[] = $state.raw([])
  /** Which lines. */
  part: RegisterPart = $state('all')
  /** The signed file that was written last. */
  file: RegisterFileView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** An answer is on its way. */
  busy = $state(false)

  /** Shows the last lines of a part. */
  async show(part: RegisterPart): Promise<void> {
    this.part = part
    await this.#ask(null)
  }

  /** Shows earlier ones too. */
  async more(): Promise<void> {
    await this.#ask(this.lines.at(-1)?.number ?? null)
  }

  /** Writes the whole register as a signed file; shows all of it, the line about the file included. */
  async exportSigned(): Promise<void> {
    this.busy = true
    this.error = undefined
    try {
      this.file = await call('export_register', {})
      this.part = 'all'
      this.view = this.file.register
      this.lines = this.file.register.lines
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      this.busy = false
    }
  }

  async #ask(before: number | null): Promise<void> {
    const { part } = this
    this.busy = true
    this.error = undefined
    try {
      const view = await call('register', { part, before })
      // Another part was asked for meanwhile.
      if (part !== this.part) return
      this.view = view
      this.lines = before === null ? view.lines : [...this.lines, ...view.lines]
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      this.busy = false
    }
  }
}
