// How numbers and days read in the desk's tables. No rule: only how a value reads.
import { formatLocale } from '../../lib/i18n/i18n.svelte'

/** `1440` → *1.440*. */
export function grouped(n: number): string {
  return new Intl.NumberFormat(formatLocale(), { useGrouping: true }).format(n)
}

/** `69` tenths → *6,9*; `80` → *8*. */
export function tenths(n: number): string {
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 1 }).format(n / 10)
}

/** `580` tenths → *58,0*, under each other in a column. */
export function alignedTenths(n: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: true }
  return new Intl.NumberFormat(formatLocale(), digits).format(n / 10)
}

/** `3` → *+3*, `-2` → *−2*. */
export function difference(n: number): string {
  return new Intl.NumberFormat(formatLocale(), { signDisplay: 'exceptZero' }).format(n).replace('-', '\u2212')
}

/** `2026-03-12` → *gio*. */
export function weekdayShort(date: string): string {
  // A calendar date has no zone: noon UTC keeps the same day everywhere.
  const noon = new Date(`${date}T12:00:00Z`)
  return new Intl.DateTimeFormat(formatLocale(), { weekday: 'short', timeZone: 'UTC' }).format(noon)
}
