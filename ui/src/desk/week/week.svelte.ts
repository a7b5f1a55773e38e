// The page of a week: which week, which face, and the desk's last look at the server.
import { asErrorView, call } from '../../lib/backend/backend'
import type { CellView } from '../../lib/generated/CellView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { Face } from '../../lib/generated/Face'
import type { RangeView } from '../../lib/generated/RangeView'
import type { TableView } from '../../lib/generated/TableView'
import type { WeekView } from '../../lib/generated/WeekView'

export class WeekPage {
  /** The week shown; the last one stays while the next is being computed. */
  view: WeekView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** The desk is looking at the server. */
  updating = $state(false)

  /** The week before the one shown, among those that hold a night. */
  previous = $derived(this.#neighbour(-1))
  /** The week after. */
  next = $derived(this.#neighbour(1))

  /** Shows a week; the latest one if none is named. */
  async show(week: string | null, face: Face): Promise<void> {
    try {
      this.view = await call('week', { week, face })
      this.error = undefined
    } catch (error) {
      this.error = asErrorView(error)
    }
  }

  /** Shows the same week with its other face. */
  async turn(face: Face): Promise<void> {
    await this.show(this.view?.week ?? null, face)
  }

  /** Looks at the server, then shows the page anew. */
  async update(): Promise<void> {
    this.updating = true
    try {
      await call('desk_update', {})
      await this.show(this.view?.week ?? null, this.view?.face ?? 'internal')
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      this.updating = false
    }
  }

  /** A figure of the page. */
  figure(id: string): CellView | undefined {
    return this.view?.figures.find((figure) => figure.id === id)?.value
  }

  /** The tables with these ids that the page has, in this order. */
  tables(ids: readonly string[]): TableView[] {
    return ids.flatMap((id) => this.view?.tables.filter((table) => table.id === id) ?? [])
  }

  #neighbour(step: -1 | 1): string | undefined {
    const view = this.view
    if (view === undefined) return undefined
    const earlier = view.weeks.filter((week) => week < view.week)
    return step < 0 ? earlier[earlier.length - 1] : view.weeks.find((week) => week > view.week)
  }
}

/** The number of a cell, if it is shown. */
export function shown(cell: CellView | undefined): number | undefined {
  return cell?.kind === 'shown' ? cell.value : undefined
}

/** `19–26`, or `14` where both ends are the same. */
export function rangeText(range: RangeView): string {
  return range.min === range.max ? String(range.min) : `${range.min}–${range.max}`
}

/** `645` minutes → `10:45`. */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
