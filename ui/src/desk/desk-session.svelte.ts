// The desk's session: locked, open, or not there yet.
import { call, asErrorView } from '../lib/backend/backend'
import type { ErrorView } from '../lib/generated/ErrorView'
import type { Role } from '../lib/generated/Role'
import type { SessionState } from '../lib/generated/SessionState'
import type { SessionView } from '../lib/generated/SessionView'
import type { Settings } from '../lib/generated/Settings'
import { loadAllMessages, setLocale } from '../lib/i18n/i18n.svelte'

export class DeskSession {
  /** Where the session stands; nothing before the first answer. */
  state: SessionState | undefined = $state()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** What this desk may do, once it is open. */
  role: Role | null = $state(null)
  /** Six words to compare with the other desk's, while this one is enrolled. */
  words: string[] = $state.raw([])
  /** What is set on this device. */
  settings: Settings | undefined = $state.raw()
  /** The key is being derived. */
  busy = $state(false)

  /** Asks where the session stands. */
  async look(): Promise<void> {
    await this.#step(() => call('status', {}))
  }

  /** Opens the notebook. */
  async unlock(passphrase: string): Promise<void> {
    await this.#step(() => call('unlock', { pin: passphrase }))
  }

  /** Opens the notebook with the passphrase in force, and puts another in its place. If that cannot be, it is closed
   *  again. */
  async change(passphrase: string, next: string): Promise<void> {
    await this.#step(async () => {
      await call('unlock', { pin: passphrase })
      try {
        return await call('change_pin', { old_pin: passphrase, new_pin: next })
      } catch (error) {
        await call('lock', {})
        throw error
      }
    })
  }

  /** Another desk of a programme that is there: hands in its keys under a code. */
  async enrol(server: string, code: string, passphrase: string): Promise<void> {
    await this.#step(() => call('enrol', { server, code, pin: passphrase }))
  }

  /** The six words are the same: asks whether the other desk has signed. */
  async confirm(): Promise<void> {
    await this.#step(() => call('enrolment_status', { words_match: true }))
  }

  /** They are not: begins the enrolment anew. */
  async restart(): Promise<void> {
    await this.#step(() => call('restart_enrolment', {}))
  }

  /** Where the session stands, as another command said it. */
  async take(view: SessionView): Promise<void> {
    await this.#step(() => Promise.resolve(view))
  }

  /** Closes it. */
  async lock(): Promise<void> {
    await this.#step(() => call('lock', {}))
  }

  /** Changes the language at once, and keeps it. */
  async speak(language: Settings['language']): Promise<void> {
    const settings = this.settings
    if (settings) await this.#step(() => call('save_settings', { ...settings, language }))
  }

  async #step(ask: () => Promise<SessionView>): Promise<void> {
    this.busy = true
    this.error = undefined
    try {
      const { state, role, settings, words } = await ask()
      await setLocale(settings.language)
      await loadAllMessages()
      this.settings = settings
      this.role = role
      this.words = words
      this.state = state
    } catch (error) {
      await loadAllMessages()
      this.error = asErrorView(error)
      this.state ??= 'locked'
    } finally {
      this.busy = false
    }
  }
}
