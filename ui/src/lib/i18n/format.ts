// Dates, lists and names of places, in the language now shown. No rule: only how a value reads.
import { formatLocale, t } from './i18n.svelte'

const noonUtc = (date: string): Date => new Date(`${date}T12:00:00Z`)

/** `2026-03-12` → *giovedì 12 marzo*. */
export function longDate(date: string): string {
  return format(date, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** `2026-03-15` → *domenica 15 marzo 2026*. */
export function fullDate(date: string): string {
  return format(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/** `2026-03-12` → *12 marzo*. */
export function dayMonth(date: string): string {
  return format(date, { day: 'numeric', month: 'long' })
}

/** `2026-03-12` → *giovedì 12*. */
export function weekdayDay(date: string): string {
  return format(date, { weekday: 'long', day: 'numeric' })
}

/** `2026-03-15` → *domenica*. */
export function weekdayName(date: string): string {
  return format(date, { weekday: 'long' })
}

/** `2026-03-12` → *12*. */
export function dayNumber(date: string): string {
  return format(date, { day: 'numeric' })
}

/** `2026-03-12` and 3 → `2026-03-15`. */
export function addDays(date: string, days: number): string {
  const day = noonUtc(date)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** `2026-02-01` → *febbraio*. */
export function monthName(date: string): string {
  return format(date, { month: 'long' })
}

/** `2026-02-01` → *febbraio 2026*. */
export function monthYear(date: string): string {
  return format(date, { month: 'long', year: 'numeric' })
}

function format(date: string, options: Intl.DateTimeFormatOptions): string {
  // A calendar date has no zone: noon UTC keeps the same day everywhere.
  const text = new Intl.DateTimeFormat(formatLocale(), { ...options, timeZone: 'UTC' }).format(noonUtc(date))
  // Some versions of the language data put a comma after the weekday, some do not.
  return text.replace(',', '')
}

/** *6 preservativi, 2 lubrificanti*. */
export function list(parts: readonly string[]): string {
  return parts.join(', ')
}

/** First letter as a capital, for a word of the catalogue that stands alone. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase(formatLocale()) + text.slice(1)
}

/** Name of a country by its ISO code. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(formatLocale(), { type: 'region', fallback: 'code' }).of(code) ?? code
}

/** Name of a language by its code. */
export function languageName(code: string): string {
  return sentence(languageWord(code))
}

/** The same inside a sentence: *italiano*. */
export function languageWord(code: string): string {
  // Not every WebView has a name for it.
  if (code === 'pcm') return t('language-pcm')
  return new Intl.DisplayNames(formatLocale(), { type: 'language', fallback: 'code' }).of(code) ?? code
}

/** Today in Italy, *giovedì 12 marzo*: a heading only; the operational date comes from the core. */
export function today(): string {
  return new Intl.DateTimeFormat(formatLocale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Rome',
  }).format(new Date())
}
