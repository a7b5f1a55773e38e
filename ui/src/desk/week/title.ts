// What a period is called: *Settimana 11*, *marzo 2026*, *1º trimestre 2026*.
import type { PeriodView } from '../../lib/generated/PeriodView'
import { addDays, monthYear } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'

/** The heading of a period. */
export function periodTitle(view: Pick<PeriodView, 'kind' | 'label' | 'from'>): string {
  const label = view.label ?? ''
  const year = label.slice(0, 4)
  switch (view.kind) {
    case 'week':
      return t('week-title', { n: Number(label.slice(-2)) })
    case 'month':
      // It begins on a Monday whose Thursday lies in the month.
      return monthYear(addDays(view.from, 3))
    case 'calendar_month':
      return monthYear(view.from)
    case 'quarter':
      return t('week-title-quarter', { n: Number(label.slice(-1)), year })
    case 'year':
      return t('week-title-year', { year })
    case 'project':
      return t('week-title-project')
  }
}
