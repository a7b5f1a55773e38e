// The wedge of a clock face of twelve hours, in a square of 120.
import type { Span } from '../directory/hours'

const CENTRE = 60
const RADIUS = 40
const HALF_DAY = 720

/** The outline of the wedge from opening to closing; `null` when it is the whole face, twelve hours or more. */
export function wedge(span: Span): string | null {
  const length = (span.to_minute - span.from_minute + 2 * HALF_DAY) % (2 * HALF_DAY)
  if (length === 0 || length >= HALF_DAY) return null
  const [from, to] = [point(span.from_minute), point(span.to_minute)]
  const large = length > HALF_DAY / 2 ? 1 : 0
  return `M${CENTRE} ${CENTRE}L${from}A${RADIUS} ${RADIUS} 0 ${large} 1 ${to}Z`
}

/** Where the small hand points. */
function point(minute: number): string {
  const angle = ((minute % HALF_DAY) / HALF_DAY) * 2 * Math.PI
  const round = (value: number): number => Math.round(value * 10) / 10
  return `${round(CENTRE + RADIUS * Math.sin(angle))} ${round(CENTRE - RADIUS * Math.cos(angle))}`
}
