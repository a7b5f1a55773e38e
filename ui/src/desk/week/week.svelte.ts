// The page of a period: which one, which face, and the desk's last look at the server.
import { asErrorView, call } from '../../lib/backend/backend'
import type { CellView } from '../../lib/generated/CellView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { ExplainView } from '../../lib/generated/ExplainView'
import type { Face } from '../../lib/generated/Face'
import type { PeriodView } from '../../lib/generated/PeriodView'
import type { PullProgressView } from '../../lib/generated/PullProgressView'
import type { RangeView } from '../../lib/generated/RangeView'
import type { SpanKind } from '../../lib/generated/SpanKind'
import type { TableView } from '../../lib/generated/TableView'
import { addDays } from '../../lib/i18n/format'

/** The lengths of time, from the shortest to the longest. */
export const spanKinds: readonly SpanKind[] = [
  'week',
  'month',
  'calendar_month',
  'quarter',
  'year',
  'project',
]

/** A number that was opened. */
export type Explained = {
  /** Id of a figure or of a table. */
  id: string
  /** The row of a table. */
  row: string | null
  /** What it is called on the page. */
  name: string
  /** As the page shows it. */
  value: string
  /** Where it comes from; not there yet, or not for the outside. */
  view: ExplainView | undefined
}

export class PeriodPage {
  /** The period shown; the last one stays while the next is being computed. */
  view: PeriodView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** The desk is looking at the server. */
  updating = $state(false)
  /** How far that has come. */
  pulled: PullProgressView | undefined = $state.raw()
  /** The number that is open. */
  explained: Explained | undefined = $state.raw()

  /** Shows the period of this kind that holds a date; without a date, that of the latest night. */
  async show(kind: SpanKind, date: string | null, face: Face): Promise<void> {
    try {
      this.view = await call('period', { kind, date, face })
      this.explained = undefined
      this.error = undefined
    } catch (error) {
      this.error = asErrorView(error)
    }
  }

  /** Shows a neighbour. */
  async go(date: string | null): Promise<void> {
    const view = this.view
    if (view && date !== null) await this.show(view.kind, date, view.face)
  }

  /** Shows a longer or a shorter period at the same time; what is counted inside only has no other face. */
  async stretch(kind: SpanKind): Promise<void> {
    const view = this.view
    if (view === undefined) return
    const face = insideOnly.includes(kind) ? 'internal' : view.face
    await this.show(kind, dateFor(kind, view), face)
  }

  /** Shows the same period with its other face. */
  async turn(face: Face): Promise<void> {
    const view = this.view
    if (view) await this.show(view.kind, view.from, face)
  }

  /** Looks at the server, then shows the page anew. */
  async update(): Promise<void> {
    this.updating = true
    const timer = setInterval(() => void this.#follow(), 700)
    try {
      await call('desk_update', {})
      const view = this.view
      await this.show(view?.kind ?? 'week', view?.from ?? null, view?.face ?? 'internal')
    } catch (error) {
      this.error = asErrorView(error)
    } finally {
      clearInterval(timer)
      this.updating = false
      this.pulled = undefined
    }
  }

  async #follow(): Promise<void> {
    try {
      const pulled = await call('desk_progress', {})
      if (this.updating) this.pulled = pulled
    } catch {
      // The look itself says it.
    }
  }

  /** Opens a number: its definition, and inside the nights it was counted from. */
  async explain(id: string, row: string | null, name: string, value: string): Promise<void> {
    const view = this.view
    if (view === undefined) return
    this.explained = { id, row, name, value, view: undefined }
    if (view.face === 'external') return
    try {
      const parts = await call('explain', { kind: view.kind, date: view.from, id, row })
      if (this.explained?.id === id && this.explained.row === row) {
        this.explained = { ...this.explained, view: parts }
      }
    } catch (error) {
      this.explained = undefined
      this.error = asErrorView(error)
    }
  }

  /** Closes it. */
  close(): void {
    this.explained = undefined
  }

  /** A figure of the page. */
  figure(id: string): CellView | undefined {
    return this.view?.figures.find((figure) => figure.id === id)?.value
  }

  /** Whether a figure of the page is too small, as not everything has come. */
  isPartial(id: string): boolean {
    return this.view?.figures.find((figure) => figure.id === id)?.partial ?? false
  }

  /** The tables with these ids that the page has, in this order. */
  tables(ids: readonly string[]): TableView[] {
    return ids.flatMap((id) => this.view?.tables.filter((table) => table.id === id) ?? [])
  }
}

const insideOnly: readonly SpanKind[] = ['calendar_month', 'year', 'project']

/** A day of the period to change to: the middle of the one shown for a longer one, its end for a shorter one. */
function dateFor(kind: SpanKind, view: PeriodView): string | null {
  if (spanKinds.indexOf(kind) < spanKinds.indexOf(view.kind)) return view.running ? null : view.to
  const length = (Date.parse(view.to) - Date.parse(view.from)) / 86_400_000
  return addDays(view.from, Math.floor(length / 2))
}

/** The number of a cell, if it is shown. */
export function shown(cell: CellView | undefined): number | undefined {
  return cell?.kind === 'shown' ? cell.value : undefined
}

/** `19–26`, or `14` where both ends are the same. */
export function rangeText(range: RangeView): string {
  return range.min === range.max ? String(range.min) : `${range.min}–${range.max}`
}
