// Several steps of one evening: only what the core's machine allows, one after the other.
import type { ReferralState as State } from '../../lib/generated/ReferralState'
import type { StateView } from '../../lib/generated/StateView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { referralStates } from '../../lib/labels'

/** A chip of the card: one step, or two that belong together. */
export interface StepChip {
  value: string
  label: string
  states: State[]
}

/** What may follow a state. */
export function following(machine: readonly StateView[], state: State): State[] {
  return machine.find((entry) => entry.state === state)?.next ?? []
}

/** The chips after a state: going along may have ended at the service on the same day, in one tap. */
export function stepChips(next: readonly State[], from: State): StepChip[] {
  return next.flatMap((state): StepChip[] => {
    const one = { value: state, label: t(stepName(state, from)), states: [state] }
    return state === 'accompanied'
      ? [one, { value: 'arrived', label: t('ref-arrived'), states: ['accompanied', 'attended'] }]
      : [one]
  })
}

/** A step in words that fit where it comes from. */
export function stepName(state: State, from: State): PlainKey {
  if (state === 'cancelled') return 'ref-step-gave-up'
  if (state === 'booked' && from !== 'accepted') return 'ref-step-rebooked'
  if (state === 'attended') return from === 'accompanied' ? 'ref-step-arrived' : 'ref-step-alone'
  return referralStates[state]
}
