// Words of the page of the outings.
import type { CancelReason } from '../../lib/generated/CancelReason'
import type { NightStanding } from '../../lib/generated/NightStanding'
import type { PlainKey } from '../../lib/i18n/keys'

export const cancelReasons = {
  weather: 'outings-reason-weather',
  staff: 'outings-reason-staff',
  vehicle: 'outings-reason-vehicle',
  safety: 'outings-reason-safety',
  holiday: 'outings-reason-holiday',
  other: 'outings-reason-other',
} as const satisfies Record<CancelReason, PlainKey>

export const standings = {
  done: 'outings-done',
  planned: 'outings-planned',
  unsigned: 'outings-unsigned',
  no_news: 'outings-no-news',
  cancelled: 'outings-cancelled',
} as const satisfies Record<NightStanding, PlainKey>
