// How opening times read: days of the week and times of the clock, in a given language. Nothing is decided here.

/** Days with one pair of times; not later than `from_minute`, the end is that of the next day. */
export interface Span {
  days: readonly number[]
  from_minute: number
  to_minute: number
}

/** ISO weekdays, Monday first. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** Name of an ISO weekday: *lunedì*, or *L* where there is room for one letter. */
export function dayName(day: number, locale: string, width: 'long' | 'short' | 'narrow'): string {
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, day, 12),
  )
}

/** `540` → *9*, `510` → *8:30*. */
export function clockText(minute: number, locale: string): string {
  const hour = new Intl.NumberFormat(locale).format(Math.floor(minute / 60))
  const rest = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }).format(minute % 60)
  return minute % 60 === 0 ? hour : `${hour}:${rest}`
}

/** *9–13*. */
export function timesText(span: Span, locale: string): string {
  return `${clockText(span.from_minute, locale)}–${clockText(span.to_minute, locale)}`
}

/** *lunedì–venerdì*, *martedì e giovedì*: three days or more in a row are a range. */
export function daysText(days: readonly number[], locale: string, width: 'long' | 'short' = 'long'): string {
  const name = (day: number): string => dayName(day, locale, width)
  const parts = runs(days).flatMap((run) => {
    const [first, last] = [run[0], run[run.length - 1]]
    if (first === undefined || last === undefined) return []
    return run.length > 2 ? [`${name(first)}–${name(last)}`] : run.map(name)
  })
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts)
}

/** Whether a span is the whole day. */
export function isWholeDay(span: Span): boolean {
  return span.from_minute === span.to_minute
}

/** Whether these are all days of the week. */
export function isEveryDay(days: readonly number[]): boolean {
  return weekdays.every((day) => days.includes(day))
}

/** Days that follow one another. */
function runs(days: readonly number[]): number[][] {
  const found: number[][] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = found[found.length - 1]
    if (last !== undefined && last[last.length - 1] === day - 1) last.push(day)
    else found.push([day])
  }
  return found
}
