// How a referral reads in one line of *Invii*: where it stands, then what calls for somebody.
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import { addDays, dayNumber, list, weekdayName } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { destinations, referralStates } from '../../lib/labels'

/** Days within which a referral of this urgency is to be followed. */
const SOON_DAYS = 3

/** *LINCE-04. Accettato, da accompagnare*. */
export function referralLine(referral: ReferralCardView): string {
  const state = t(referralStates[referral.state])
  return `${referral.alias ?? t('ref-no-alias')}. ${list([state, ...remarks(referral)])}`
}

/** *Ha un invio aperto: Consultorio, prenotato il 12*. */
export function followUpLine(referral: ReferralCardView): string {
  const last = referral.events.at(-1)?.date ?? referral.opened_on
  return t('ref-follow-up', {
    service: t(destinations[referral.service_type]),
    state: t(referralStates[referral.state]).toLocaleLowerCase(),
    day: dayNumber(last),
  })
}

function remarks(referral: ReferralCardView): string[] {
  const { accompanied_minutes: minutes, lost_in_days: left } = referral
  const before = referral.state === 'proposed' || referral.state === 'accepted'
  const isOpen = referral.next.length > 0
  return [
    ...(minutes === null ? [] : [t('ref-line-minutes', { n: minutes })]),
    ...(isOpen && referral.seen_tonight && !referral.tonight ? [t('ref-line-seen')] : []),
    ...(referral.urgency === 'immediate' && referral.state === 'proposed' ? [t('ref-line-tell')] : []),
    ...(referral.urgency === 'within_72h' && before ? [byWhen(referral)] : []),
    ...(isOpen && minutes === null && referral.accompany_needed ? [t('ref-line-accompany')] : []),
    ...(isOpen && referral.mediator_needed ? [t('ref-line-mediator')] : []),
    ...(left === null ? [] : [t('ref-line-lost', { n: left })]),
    ...(isOpen && !referral.tonight && left === null ? [t('ref-line-age', { n: referral.age_days })] : []),
  ]
}

/** *entro domenica* while that is ahead, *oltre le 72 ore* afterwards. */
function byWhen(referral: ReferralCardView): string {
  return referral.age_days <= SOON_DAYS
    ? t('ref-line-by', { day: weekdayName(addDays(referral.opened_on, SOON_DAYS)) })
    : t('ref-line-late')
}
