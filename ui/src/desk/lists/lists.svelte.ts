// The page of the lists: what is in force, what somebody is changing, what that would do.
import { asErrorView, call } from '../../lib/backend/backend'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { Lists } from '../../lib/generated/Lists'
import type { ListsPreview } from '../../lib/generated/ListsPreview'
import type { ListsView } from '../../lib/generated/ListsView'
import type { Proposal } from '../../lib/generated/Proposal'

/** The parts of the page. */
export const tabs = ['services', 'zones', 'origins', 'kits', 'team', 'rules'] as const
export type Tab = (typeof tabs)[number]

const nothing: ListsPreview = { differences: [], faults: [] }

export class ListsPage {
  /** What is in force. */
  view: ListsView | undefined = $state.raw()
  /** What somebody is changing. */
  draft: Lists | undefined = $state.raw()
  /** What that would do. */
  preview: ListsPreview = $state.raw(nothing)
  /** The part of the page that is shown. */
  tab: Tab = $state('services')
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** An answer is on its way. */
  busy = $state(false)
  /** The last change was signed and is on its way to the phones. */
  sent = $state(false)

  /** Whether something waits to be signed. */
  readonly changes = $derived(this.preview.differences.length > 0 || this.preview.faults.length > 0)

  /** Looks at what is in force. */
  async look(): Promise<void> {
    await this.#step(async () => this.#take(await call('lists', {})))
  }

  /** Changes the draft, and asks what that would do. */
  async edit(change: (lists: Lists) => Lists): Promise<void> {
    const { view, draft } = this
    if (view === undefined || draft === undefined) return
    const lists = change(draft)
    this.draft = lists
    this.sent = false
    await this.#step(async () => {
      this.preview = await call('check_lists', { base: view.base, lists })
    })
  }

  /** Gives the draft up. */
  drop(): void {
    this.draft = this.view?.lists
    this.preview = nothing
    this.error = undefined
  }

  /** Signs the draft into the next manifest, and hands it to the server. */
  async sign(): Promise<void> {
    const { view, draft } = this
    if (view === undefined || draft === undefined) return
    await this.#step(async () => {
      this.#take(await call('change_lists', { base: view.base, lists: draft }))
      this.sent = true
    })
  }

  /** Hands what is in force to the server once more. */
  async send(): Promise<void> {
    await this.#step(async () => {
      this.view = await call('publish_lists', {})
    })
  }

  /** A proposal is not followed. */
  async keep(proposal: Proposal): Promise<void> {
    await this.#step(async () => {
      this.view = await call('keep_as_is', { kind: proposal.kind, code: proposal.code })
    })
  }

  #take(view: ListsView): void {
    this.view = view
    this.draft = view.lists
    this.preview = nothing
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
