// How a number of the page reads.
import type { CellView } from '../../lib/generated/CellView'
import { formatLocale, t } from '../../lib/i18n/i18n.svelte'

/** `645` minutes → `10:45`. */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** A figure, or a row of a table, as its id says: hours, tenths, hundredths, or a count. */
export function numberText(id: string, value: number): string {
  if (id.endsWith('minutes')) return clock(value)
  if (id.endsWith('_x10')) {
    return (value / 10).toLocaleString(formatLocale(), { minimumFractionDigits: 1 })
  }
  return id.endsWith('_pct') ? `${value} %` : String(value)
}

/** The same of a cell; hidden, missing and not signed yet say so. */
export function cellText(id: string, cell: CellView | undefined): string {
  switch (cell?.kind) {
    case 'shown':
      return numberText(id, cell.value)
    case 'missing':
      return t('week-missing')
    case 'unsigned':
      return t('week-unsigned')
    case 'hidden':
    case undefined:
      return t('week-np')
  }
}
