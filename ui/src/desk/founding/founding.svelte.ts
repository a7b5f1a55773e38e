// The first start of a desk: which way was chosen, and how far it has come. What was done lies in the core's notebook.
import { asErrorView, call } from '../../lib/backend/backend'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { FinishView } from '../../lib/generated/FinishView'
import type { FoundingStep } from '../../lib/generated/FoundingStep'
import type { FoundingView } from '../../lib/generated/FoundingView'
import type { FoundListsInput } from '../../lib/generated/FoundListsInput'
import type { FoundProgrammeInput } from '../../lib/generated/FoundProgrammeInput'
import type { RecoverView } from '../../lib/generated/RecoverView'
import type { ServerView } from '../../lib/generated/ServerView'
import type { DeskSession } from '../desk-session.svelte'

/** The ways to begin. */
export type Door = 'new' | 'join' | 'again'

/** The steps after the passphrase, in their order. */
export const steps = ['programme', 'server', 'sheet', 'lists', 'publish'] as const satisfies FoundingStep[]

export class Founding {
  /** The way that was chosen. */
  door: Door | undefined = $state()
  /** How far it has come; nothing before the keys are there. */
  view: FoundingView | undefined = $state.raw()
  /** The step that is shown: the first one left, or an earlier one. */
  shown: FoundingStep | undefined = $state()
  /** What came back with the sheet. */
  came: RecoverView | undefined = $state.raw()
  /** What the server said, when it was tried. */
  server: ServerView | undefined = $state.raw()
  /** What came of the last step. */
  end: FinishView | undefined = $state.raw()
  /** Why the last try did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** The core is at work. */
  busy = $state(false)
  #session: DeskSession

  constructor(session: DeskSession) {
    this.#session = session
  }

  /** Where it stands, from the core. */
  async look(): Promise<void> {
    await this.#step(async () => this.#see(await call('founding', {})))
  }

  /** Makes the keys of a new programme. */
  async found(passphrase: string, minorSteps: string[]): Promise<void> {
    await this.#step(async () => {
      await this.#session.take(await call('found', { passphrase, minor_steps: minorSteps }))
    })
  }

  /** Begins a lost desk anew. What came back is shown before it goes on. */
  async recover(passphrase: string, words: string, folder: string): Promise<void> {
    this.came = undefined
    await this.#step(async () => {
      this.came = await call('recover_programme', { passphrase, words, folder })
    })
  }

  /** What came back was read. */
  async goOn(): Promise<void> {
    const came = this.came
    if (!came) return
    this.came = undefined
    this.door = undefined
    await this.#session.take(came.session)
  }

  async programme(input: FoundProgrammeInput): Promise<void> {
    await this.#step(async () => this.#see(await call('found_programme', input)))
  }

  /** Keeps where the server is, and tries it. Nothing: there is none for now. */
  async chooseServer(text: string | null): Promise<void> {
    await this.#step(async () => {
      this.server = await call('choose_server', { text })
      if (this.server.server === null) this.#see(await call('founding', {}))
    })
  }

  async lists(input: FoundListsInput): Promise<void> {
    await this.#step(async () => this.#see(await call('found_lists', input)))
  }

  /** Hands the first manifest to the server, or leaves it here until later. */
  async finish(later: boolean): Promise<void> {
    await this.#step(async () => {
      this.end = await call('finish_founding', { later })
      if (!this.end.over) return
      location.hash = '#devices'
      await this.#session.look()
    })
  }

  /** Shows a step that was done already, or the one that is left. */
  show(step: FoundingStep): void {
    this.error = undefined
    this.end = undefined
    this.shown = step
  }

  /** Whether a step was done. */
  isDone(step: FoundingStep): boolean {
    const left = this.view ? steps.indexOf(this.view.step) : 0
    return steps.indexOf(step) < left
  }

  #see(view: FoundingView): void {
    this.view = view
    if (view.faults.length === 0) {
      this.server = undefined
      this.shown = view.step
    }
  }

  async #step(ask: () => Promise<void>): Promise<void> {
    this.busy = true
    this.error = undefined
    try {
      await ask()
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      this.busy = false
    }
  }
}
