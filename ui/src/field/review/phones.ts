// How the phones of an outing read in the review.
import type { MissingRecordsView } from '../../lib/generated/MissingRecordsView'
import type { PhoneView } from '../../lib/generated/PhoneView'
import type { ReviewView } from '../../lib/generated/ReviewView'
import { list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'

/** *Telefono 1, questo*. */
export function phoneTitle(phone: PhoneView): string {
  return t(phone.is_this ? 'review-phone-this' : 'review-phone-other', { n: phone.number })
}

/** *17 registrazioni, ha chiuso*; after a signature also what came later. */
export function phoneDetail(phone: PhoneView): string {
  const { records, closed, late_new, late_changed, late_other } = phone
  const parts = [
    t('review-phone-records', { n: records }),
    t(closed ? 'review-phone-closed' : 'review-phone-open'),
  ]
  const late = []
  if (late_new > 0) late.push(t('review-amend-new', { n: late_new }))
  if (late_changed > 0) late.push(t('review-amend-changed', { n: late_changed }))
  if (late_other > 0) late.push(t('review-amend-other', { n: late_other }))
  if (late.length === 0) return list(parts)
  return `${list(parts)}. ${t('review-phone-late', { list: list(late) })}`
}

/** *Telefono 2: 3 registrazioni non sono ancora arrivate.* */
export function missingRecords({ phone, reason, count }: MissingRecordsView): string {
  return t(`review-missing-${reason}`, { phone, n: count })
}

/** What to say about phones that are not in, or not to their end; nothing when all have closed. */
export function missingPhones({
  phones,
  last_record_at,
}: ReviewView): 'review-one-phone' | 'review-phone-missing' | null {
  // An outing that nobody closed says so by itself.
  if (last_record_at !== null) return null
  if (phones.length === 1) return 'review-one-phone'
  // The lead's own phone may only have reviewed.
  return phones.some((phone) => !phone.closed && phone.records > 0) ? 'review-phone-missing' : null
}
