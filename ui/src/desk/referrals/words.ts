// Words of the board of referrals, and of what day staff note.
import type { BoardFilter } from '../../lib/generated/BoardFilter'
import type { BoardRow } from '../../lib/generated/BoardRow'
import type { CorrectionReason } from '../../lib/generated/CorrectionReason'
import type { MinutesBand } from '../../lib/generated/MinutesBand'
import type { Overdue } from '../../lib/generated/Overdue'
import type { ReferralEvent } from '../../lib/generated/ReferralEvent'
import type { ReferralReason } from '../../lib/generated/ReferralReason'
import type { ReferralState as State } from '../../lib/generated/ReferralState'
import type { StateView } from '../../lib/generated/StateView'
import type { Urgency } from '../../lib/generated/Urgency'
import { dayMonth } from '../../lib/i18n/format'
import { formatLocale, t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { referralOutcomes, referralStates } from '../../lib/labels'

export const filters = {
  open: 'board-open',
  ended: 'board-ended',
  all: 'board-all',
} as const satisfies Record<BoardFilter, PlainKey>

export const overdues = {
  no_place: 'board-overdue-no-place',
  urgent: 'board-overdue-urgent',
  silent: 'board-overdue-silent',
} as const satisfies Record<Overdue, PlainKey>

export const urgencies = {
  immediate: 'board-immediate',
  within_72h: 'board-72h',
  routine: 'board-routine',
} as const satisfies Record<Urgency, PlainKey>

export const reasons = {
  person_asked: 'ref-reason-asked',
  worker_proposed: 'ref-reason-proposed',
  emergency: 'board-reason-emergency',
} as const satisfies Record<ReferralReason, PlainKey>

export const correctionReasons = {
  mistyped: 'board-why-mistyped',
  twice: 'board-why-twice',
  misplaced: 'board-why-misplaced',
  learnt_later: 'board-why-learnt-later',
} as const satisfies Record<CorrectionReason, PlainKey>

export const minutesBands = {
  under_15: 'office-under-15',
  '15_45': 'office-15-45',
  over_45: 'office-over-45',
  not_recorded: 'table-not-recorded',
} as const satisfies Record<MinutesBand, PlainKey>

/** What the button of a row offers: the step that is next most of the time. */
const offers: Partial<Record<State, PlainKey>> = {
  proposed: 'board-do-answer',
  accepted: 'board-do-book',
  booked: 'board-do-accompany',
  no_show: 'board-do-new-date',
  no_place: 'board-do-retry',
}

export function offer(row: BoardRow): string {
  return t(offers[row.state] ?? (row.next.length > 0 ? 'board-do' : 'board-see'))
}

/** Whether a referral has ended. */
export function hasEnded(row: BoardRow): boolean {
  return row.events.some(({ state }) => terminal.includes(state))
}

const terminal: readonly State[] = ['declined', 'closed', 'cancelled', 'lost']

/** What may follow a state. */
export function following(machine: readonly StateView[], state: State): State[] {
  return machine.find((entry) => entry.state === state)?.next ?? []
}

/** A step in words that fit where it comes from. */
export function stepName(state: State, from: State): PlainKey {
  if (state === 'cancelled') return 'ref-step-gave-up'
  if (state === 'booked' && from !== 'accepted') return 'ref-step-rebooked'
  if (state === 'attended') return from === 'accompanied' ? 'ref-step-arrived' : 'ref-step-alone'
  return referralStates[state]
}

/** *Chiuso, prestazione ricevuta*. */
export function stepText({ state, outcome }: ReferralEvent): string {
  const name = t(referralStates[state])
  return outcome === null
    ? name
    : `${name}: ${t(referralOutcomes[outcome]).toLocaleLowerCase(formatLocale())}`
}

/** *Proposto 5 marzo → Chiuso: presa in carico 13 marzo*: how one that has ended went. */
export function endsText(row: BoardRow): string {
  const ends = [row.events[0], row.events.length > 1 ? row.events.at(-1) : undefined]
  return ends.flatMap((event) => (event ? [`${stepText(event)} ${dayMonth(event.date)}`] : [])).join(' → ')
}

/** *Proposto 5 marzo, Accettato 5 marzo*: what the day axis draws. */
export function pathText(row: BoardRow): string {
  return row.events.map((event) => `${stepText(event)} ${dayMonth(event.date)}`).join(', ')
}
