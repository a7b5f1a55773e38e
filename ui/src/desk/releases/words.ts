// Words of the page of the releases.
import type { BasePeriod } from '../../lib/generated/BasePeriod'
import type { PreviewTableView } from '../../lib/generated/PreviewTableView'
import type { PreviewView } from '../../lib/generated/PreviewView'
import type { RecipientKind } from '../../lib/generated/RecipientKind'
import type { Refusal } from '../../lib/generated/Refusal'
import type { ReleaseFormat } from '../../lib/generated/ReleaseFormat'
import type { ReleasePeriodView } from '../../lib/generated/ReleasePeriodView'
import type { ReleaseRowView } from '../../lib/generated/ReleaseRowView'
import type { TableId } from '../../lib/generated/TableId'
import type { ToComeView } from '../../lib/generated/ToComeView'
import { addDays, dayMonth, dayNumber, list, monthYear, sentence, weekdayDay } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { category } from '../labels'

export const kinds = {
  municipality: 'releases-kind-municipality',
  funder: 'releases-kind-funder',
  network: 'releases-kind-network',
  press: 'releases-kind-press',
} as const satisfies Record<RecipientKind, PlainKey>

export const steps = {
  week: 'releases-step-week',
  month: 'releases-step-month',
  quarter: 'releases-step-quarter',
  half_year: 'releases-step-half-year',
} as const satisfies Record<BasePeriod, PlainKey>

/** What the periods of a length are called in the list. */
export const lengths = {
  week: 'releases-weeks',
  month: 'releases-months',
  quarter: 'releases-quarters',
  half_year: 'releases-half-years',
} as const satisfies Record<BasePeriod, PlainKey>

/** What a length means for a recipient. */
export const stepNotes = {
  week: 'releases-step-note-week',
  month: 'releases-step-note-month',
  quarter: 'releases-step-note-quarter',
  half_year: 'releases-step-note-half-year',
} as const satisfies Record<BasePeriod, PlainKey>

export const formats = {
  page: 'releases-format-page',
  xlsx: 'releases-format-xlsx',
  csv: 'releases-format-csv',
  json: 'releases-format-json',
} as const satisfies Record<ReleaseFormat, PlainKey>

export const formatNotes = {
  page: 'releases-format-page-note',
  xlsx: 'releases-format-xlsx-note',
  csv: 'releases-format-csv-note',
  json: 'releases-format-json-note',
} as const satisfies Record<ReleaseFormat, PlainKey>

export const tables = {
  zone: 'table-zone',
  gender: 'table-gender',
  age: 'table-age',
  macro: 'table-origin',
  kind: 'table-kind',
  gender_age: 'releases-table-gender-age',
  gender_macro: 'releases-table-gender-macro',
  referral_macro: 'table-referrals',
  accompaniments: 'releases-table-accompaniments',
  desk_topics: 'table-desk-topics',
  exit_requests: 'releases-table-exit',
  emergency: 'releases-table-emergency',
  minors: 'releases-table-minors',
  concern: 'table-concern',
  incidents: 'table-incidents',
  sensitive_supplies: 'releases-table-sensitive-supplies',
} as const satisfies Record<TableId, PlainKey>

/** Categories that no table inside has. */
const categories: Partial<Record<TableId, Record<string, PlainKey>>> = {
  emergency: {
    requested: 'releases-cat-requested',
    placed: 'releases-cat-placed',
    no_place: 'releases-cat-no-place',
  },
  minors: { contacts: 'releases-cat-contacts', observed: 'releases-cat-observed' },
}

/** How a table of the menu is counted with tables inside. */
const alike: Partial<Record<TableId, string>> = {
  accompaniments: 'referral_macro',
  sensitive_supplies: 'supplies',
}

const weekName = (code: string): string => `W${code.slice(-2)}`

/** *W11, 9–15 marzo 2026*; *marzo 2026*; *1º trimestre 2026*; *1º semestre 2026*. */
export function periodWords(period: ReleasePeriodView): string {
  const codes = period.code.split('–')
  if (period.granularity === 'week') return `${codes.map(weekName).join('–')}, ${days(period)}`
  if (period.granularity === 'month')
    return codes.map((code) => sentence(monthYear(`${code}-15`))).join(' – ')
  const key = period.granularity === 'quarter' ? 'releases-quarter' : 'releases-half-year'
  return codes.map((code) => t(key, { n: Number(code.slice(-1)), year: code.slice(0, 4) })).join(' – ')
}

/** *W11*, *marzo 2026*: where a line is short. */
export function periodName(period: ReleasePeriodView): string {
  if (period.granularity !== 'week') return periodWords(period)
  return period.code.split('–').map(weekName).join('–')
}

/** *9–15 marzo 2026*, *30 marzo – 5 aprile 2026*. */
function days({ from, to }: ReleasePeriodView): string {
  const year = to.slice(0, 4)
  if (from.slice(0, 7) === to.slice(0, 7))
    return t('releases-days', { from: dayNumber(from), to: dayMonth(to), year })
  return t('releases-days-apart', { from: dayMonth(from), to: dayMonth(to), year })
}

/** *Comune di Brescia*: the kind and the name that the coordinator gave. */
export function recipientWords(kind: RecipientKind, code: string): string {
  return t('releases-recipient', { kind: t(kinds[kind]), name: code })
}

/** The first digits, in fours. */
export function shortPrint(fingerprint: string): string {
  return `${fingerprint.slice(0, 4)} ${fingerprint.slice(4, 8)}`
}

/** *2 mar, k = 5, def. 1*. */
export function rowNote(row: ReleaseRowView): string {
  return t('releases-row-note', { day: dayMonth(row.released_on), k: row.k, version: row.definitions })
}

/** How a release stands beyond that it was made. */
export function standing(row: ReleaseRowView): string[] {
  const words: string[] = []
  if (row.replaces !== null) words.push(t('releases-corrects', { n: row.replaces }))
  if (row.corrected_by !== null) words.push(t('releases-corrected-by', { n: row.corrected_by }))
  if (row.withdrawn_on !== null) words.push(t('releases-withdrawn-on', { day: dayMonth(row.withdrawn_on) }))
  else if (row.published_on !== null)
    words.push(t('releases-published-on', { day: dayMonth(row.published_on) }))
  if (row.contested) words.push(t('releases-contested'))
  return words
}

/** Why a document cannot be made. */
export function refusal(preview: PreviewView, wanted: ReleasePeriodView | undefined): string {
  const period = wanted === undefined ? '' : periodName(wanted)
  const clash = preview.clash === null ? '' : periodName(preview.clash)
  const sentences: Record<Refusal, () => string> = {
    granularity_changed: () => t('releases-no-granularity', { clash }),
    period_overlaps: () => t('releases-no-overlap', { period, clash }),
    period_frozen: () => t('releases-no-frozen', { period }),
    rules_changed: () => t('releases-no-rules', { period, clash }),
    period_too_short: () => t('releases-no-short'),
    threshold_too_low: () => t('releases-no-threshold'),
    period_open: () =>
      wanted === undefined
        ? t('releases-no-open')
        : t('releases-no-open-until', { period, day: dayMonth(addDays(wanted.to, 1)) }),
  }
  return preview.refusal === null ? '' : sentences[preview.refusal]()
}

/** Why the rest of a table is hidden: stays on this screen. */
export function reasons(table: PreviewTableView, k: number, zones: readonly [string, string][]): string {
  const label = (code: string): string => {
    const own = categories[table.id]?.[code]
    return own === undefined ? category(alike[table.id] ?? table.id, code, zones) : t(own)
  }
  const names = (small: boolean): string[] =>
    table.hidden.filter(({ is_small }) => is_small === small).map((cell) => label(cell.category))
  const parts: string[] = []
  if (table.left_out === 'granularity_changed') parts.push(t('releases-why-granularity'))
  if (table.left_out === 'period_too_short') parts.push(t('releases-why-sensitive'))
  if (table.period !== null) parts.push(t('releases-why-merged', { period: periodName(table.period) }))
  if (table.waiting !== null) {
    parts.push(waits(table, k))
  } else {
    const [small, others] = [names(true), names(false)]
    if (table.id === 'gender_age' || table.id === 'gender_macro')
      return [...parts, ...cells(table, small.length, others.length)].join('; ')
    if (small.length > 0) parts.push(t('releases-why-small', { names: list(small), k }))
    if (others.length > 0) {
      const key = table.why.includes('audit') ? 'releases-why-audit' : 'releases-why-complement'
      parts.push(t(key, { names: list(others) }))
    }
  }
  return parts.join('; ')
}

/** A crossing has too many cells to name them. */
function cells(table: PreviewTableView, small: number, others: number): string[] {
  const parts: string[] = []
  if (small > 0) parts.push(t('releases-why-cells-small', { n: small, k: table.k }))
  const key = table.why.includes('audit') ? 'releases-why-cells-audit' : 'releases-why-cells-complement'
  if (others > 0) parts.push(t(key, { n: others }))
  return parts
}

function waits(table: PreviewTableView, k: number): string {
  const n = table.waiting ?? 0
  if (table.why.includes('few_outings')) return t('releases-wait-outings', { n })
  if (table.why.includes('audit')) return t('releases-wait-audit', { n })
  if (n >= k) return t('releases-wait-together', { n })
  return t('releases-wait-small', { n })
}

/** Nights named before the rest is only counted. */
const NAMED = 6

/** The nights that a document would go out without. */
export function toCome({ nights, units }: ToComeView): string {
  const all = [
    ...nights.map(({ date, unit, unsigned }) => {
      const night = `${weekdayDay(date)} ${unit}`
      return unsigned ? `${night} (${t('week-unsigned')})` : night
    }),
    ...units.map((unit) => t('releases-to-come-unit', { unit })),
  ]
  const more = all.length - NAMED
  const named = more > 0 ? [...all.slice(0, NAMED), t('releases-to-come-more', { n: more })] : all
  return t('releases-to-come', { which: list(named) })
}
