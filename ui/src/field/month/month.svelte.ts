// Cosa abbiamo fatto: one month in sums, as sentences and lists.
import { call } from '../../lib/backend/backend'
import type { MonthView } from '../../lib/generated/MonthView'
import { monthName, monthYear } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { itemCount } from '../../lib/labels'
import type { Field } from '../field.svelte'

export class MonthState {
  #field: Field
  view: MonthView | null = $state.raw(null)

  constructor(field: Field) {
    this.#field = field
    this.go(null)
  }

  readonly title = $derived(this.view === null ? '' : monthYear(this.view.month))
  readonly lead = $derived(this.view === null ? '' : leadSentence(this.view))
  readonly isEmpty = $derived(this.view?.outings === 0)
  readonly supplies = $derived((this.view?.supplies ?? []).map(({ item, n }) => itemCount(item, n)))
  readonly referrals = $derived.by(() => {
    const view = this.view
    if (view === null) return []
    return [
      ...(view.referrals_opened > 0 ? [t('month-opened', { n: view.referrals_opened })] : []),
      ...(view.referrals_accepted > 0 ? [t('month-accepted', { n: view.referrals_accepted })] : []),
      ...(view.referrals_attended > 0 ? [t('month-attended', { n: view.referrals_attended })] : []),
    ]
  })

  /** Another month; none for the last one there is something to say of. */
  go(month: string | null): void {
    void this.#field.attempt(async () => {
      this.view = await call('month', { month })
    })
  }
}

/** *A febbraio siete usciti 9 volte, per 41 ore.* */
export function leadSentence(view: MonthView): string {
  const month = monthName(view.month)
  if (view.outings === 0) return t('month-lead-none', { month })
  return t('month-lead', { month, n: view.outings, hours: hours(view.minutes) })
}

/** Hours as people say them: rounded, at least one. */
function hours(minutes: number): number {
  return Math.max(1, Math.round(minutes / 60))
}
