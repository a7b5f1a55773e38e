// The page of the depot: which week, what is being counted or delivered, what is to be printed.
import { asErrorView, call } from '../../lib/backend/backend'
import type { DepotLineInput } from '../../lib/generated/DepotLineInput'
import type { DepotMove } from '../../lib/generated/DepotMove'
import type { DepotView } from '../../lib/generated/DepotView'
import type { ErrorView } from '../../lib/generated/ErrorView'

export class DepotPage {
  /** The depot; the last answer stays while the next is on its way. */
  view: DepotView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Something is on its way. */
  busy = $state(false)
  /** The form that is open: a count, or a delivery. */
  form: 'count' | 'delivery' | undefined = $state()

  /** Shows a week; the last one with a night if none is named. */
  async show(week: string | null): Promise<void> {
    await this.#step(() => call('depot', { week }))
  }

  /** Opens the form of a count or of a delivery, or closes it. */
  open(form: 'count' | 'delivery' | undefined): void {
    this.error = undefined
    this.form = form
  }

  /** Notes what was counted, delivered or ordered. */
  async note(kind: DepotMove, lines: DepotLineInput[]): Promise<void> {
    const week = this.view?.week ?? null
    if (await this.#step(() => call('note_depot', { kind, lines, shown: { week } }))) this.form = undefined
  }

  /** What is to be ordered is ordered. */
  async order(): Promise<void> {
    const orders = this.view?.orders ?? []
    await this.note(
      'order',
      orders.map(({ item, language, pieces }) => ({ item, language, quantity: pieces })),
    )
  }

  async #step(ask: () => Promise<DepotView>): Promise<boolean> {
    this.busy = true
    this.error = undefined
    try {
      this.view = await ask()
      return true
    } catch (error) {
      this.error = asErrorView(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
