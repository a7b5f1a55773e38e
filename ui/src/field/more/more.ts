// Lines of *Altro*.
import type { NightView } from '../../lib/generated/NightView'
import { longDate } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { itemCount, outingTypes } from '../../lib/labels'

/** *giovedì 12 marzo, notturna*. */
export function moreDate(night: NightView): string {
  return t('more-date', {
    date: longDate(night.date),
    type: t(outingTypes[night.outing_type]).toLocaleLowerCase(),
  })
}

/** *108 preservativi in borsa*. */
export function stockText(night: NightView): string | undefined {
  const first = night.bag[0]
  return first === undefined ? undefined : t('more-stock-left', { list: itemCount(first.item, first.left) })
}
