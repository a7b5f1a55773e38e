// Le notti: the outings of the whole unit, the latest first; dates and states only.
import { call } from '../../lib/backend/backend'
import type { OutingStatus } from '../../lib/generated/OutingStatus'
import type { OutingSummaryView } from '../../lib/generated/OutingSummaryView'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { outingTypes } from '../../lib/labels'
import type { Field } from '../field.svelte'

const states = {
  planned: 'nights-open',
  open: 'nights-open',
  closed: 'nights-closed',
  reviewed: 'nights-signed',
  uploaded: 'nights-signed',
  frozen: 'nights-frozen',
  cancelled: 'nights-cancelled',
} as const satisfies Record<OutingStatus, PlainKey>

/** *12 marzo, notturna*. */
export function nightTitle(outing: OutingSummaryView): string {
  return list([dayMonth(outing.date), t(outingTypes[outing.outing_type]).toLocaleLowerCase()])
}

/** *firmata, 2 telefoni, ricevuta*. */
export function nightDetail(outing: OutingSummaryView): string {
  const isAmended = outing.amendments > 0 && outing.status !== 'frozen'
  const parts = [
    t(isAmended ? 'nights-amended' : states[outing.status]),
    t('nights-phones', { n: outing.phones }),
    t(outing.received ? 'nights-received' : 'nights-not-received'),
  ]
  if (outing.late > 0) parts.push(t('nights-late', { n: outing.late }))
  if (outing.forgotten_on !== null) parts.push(t('nights-forgotten', { d: dayMonth(outing.forgotten_on) }))
  return list(parts)
}

/** Whether the lead has something to do there. */
export function nightWaits(outing: OutingSummaryView): boolean {
  return outing.status === 'open' || outing.status === 'closed' || outing.late > 0
}

export class NightsState {
  #field: Field
  #outings: OutingSummaryView[] | null = $state.raw(null)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.#outings = await call('outings', {})
    })
  }

  readonly isEmpty = $derived(this.#outings?.length === 0)
  readonly groups = $derived.by(() => {
    const outings = this.#outings ?? []
    const groups = [
      { heading: t('nights-waiting'), outings: outings.filter(nightWaits) },
      { heading: t('nights-done'), outings: outings.filter((outing) => !nightWaits(outing)) },
    ]
    return groups.filter((group) => group.outings.length > 0)
  })

  open(outing: OutingSummaryView): void {
    this.#field.outingId = outing.outing_id
    this.#field.route.go('/review')
  }
}
