// The thirteen weeks: six numbers of each.
import type { TrendWeekView } from '../../lib/generated/TrendWeekView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import type { Point } from '../parts/SmallMultiple.svelte'

type Range = [low: number, high: number]
type Series = { id: string; name: PlainKey; of: (week: TrendWeekView) => Range }

const single = (n: number): Range => [n, n]

/** The charts, in the order of the page. */
export const trendSeries: readonly Series[] = [
  { id: 'contacts', name: 'figure-contacts', of: (week) => single(week.contacts) },
  { id: 'presences', name: 'figure-presences', of: (week) => single(week.presences) },
  { id: 'unique', name: 'week-unique', of: (week) => [week.unique.min, week.unique.max] },
  { id: 'outings', name: 'figure-outings', of: (week) => single(week.outings) },
  { id: 'condoms', name: 'figure-condoms', of: (week) => single(week.condoms) },
  { id: 'referrals', name: 'trend-referrals', of: (week) => single(week.referrals_opened) },
]

/** `2026-W11` → `W11`. */
export function weekNumber(week: TrendWeekView | undefined): string {
  return week?.week.slice(5) ?? ''
}

/** One chart's weeks. A week without outings may still have referrals opened at the desk. */
export function pointsOf(weeks: readonly TrendWeekView[], of: Series['of']): Point[] {
  return weeks.map((week) => {
    const [low, high] = of(week)
    const standing = week.standing === 'no_outing' && high > 0 ? 'counted' : week.standing
    return { label: weekNumber(week), standing, low, high, text: text(standing, low, high) }
  })
}

/** What stands above a chart: its last number, or the sign of why there is none. */
export function shortText(point: Point | undefined): string {
  if (point?.standing === 'no_outing') return '×'
  if (point?.standing === 'unsigned') return '○'
  return point?.standing === 'no_news' ? '?' : (point?.text ?? '')
}

function text(standing: Point['standing'], low: number, high: number): string {
  if (standing === 'no_outing') return t('trend-none')
  if (standing === 'no_news') return t('trend-silent')
  if (standing === 'unsigned') return t('week-unsigned')
  const number = low === high ? String(high) : `${low}–${high}`
  return standing === 'partial' ? `${number} (${t('trend-partial')})` : number
}
