// The day axis: which days it shows, and where on it a day lies. No rule: only how dates become places.
import type { BoardRow } from '../../lib/generated/BoardRow'
import type { ReferralEvent } from '../../lib/generated/ReferralEvent'
import { addDays } from '../../lib/i18n/format'

/** Days shown at least, so that a young board is not stretched. */
const FEWEST = 12
/** Days shown at most, for marks need room: what is older begins at the edge. */
const MOST = 21

/** The days of an axis, today last. */
export interface Axis {
  days: readonly string[]
  /** Every day has its number, or only Mondays and today. */
  dense: boolean
}

/** A mark on a line: what is marked, how far along, and how far from the middle of its day. */
export interface Mark {
  event: ReferralEvent
  /** Percent of the axis. */
  at: number
  /** Pixels: several steps of one day stand beside each other. */
  shift: number
}

/** Pixels between two steps of one day. */
const BESIDE = 12

/** From the day the oldest of these was opened, as far as there is room. */
export function axisOf(rows: readonly BoardRow[], today: string): Axis {
  const oldest = rows.map((row) => row.opened_on).sort()[0] ?? today
  const days: string[] = []
  for (let back = MOST - 1; back >= 0; back -= 1) {
    const day = addDays(today, -back)
    if (back < FEWEST || day >= oldest) days.push(day)
  }
  return { days, dense: days.length <= 16 }
}

/** The middle of a day in percent, none for a day before the axis. */
export function place(axis: Axis, day: string): number | undefined {
  const index = axis.days.indexOf(day)
  return index < 0 ? undefined : (100 * (index + 0.5)) / axis.days.length
}

/** Whether the axis has a label for a day. */
export function isLabelled(axis: Axis, day: string): boolean {
  const isLast = day === axis.days[axis.days.length - 1]
  return isLast || axis.dense || new Date(`${day}T12:00:00Z`).getUTCDay() === 1
}

/** The marks of a path that lie on the axis. */
export function marks(axis: Axis, events: readonly ReferralEvent[]): Mark[] {
  return events.flatMap((event, index) => {
    const at = place(axis, event.date)
    if (at === undefined) return []
    const sameDay = events.filter(({ date }) => date === event.date).length
    const before = events.slice(0, index).filter(({ date }) => date === event.date).length
    return [{ event, at, shift: BESIDE * (before - (sameDay - 1) / 2) }]
  })
}

/** Whether something lies before the axis. */
export function isClipped(axis: Axis, events: readonly ReferralEvent[]): boolean {
  return events.some((event) => event.date < (axis.days[0] ?? ''))
}
