// Words of the first start.
import type { FoundingStep } from '../../lib/generated/FoundingStep'
import type { Strength } from '../../lib/generated/Strength'
import type { PlainKey } from '../../lib/i18n/keys'

export const stepWords = {
  programme: 'found-step-programme',
  server: 'found-step-server',
  sheet: 'found-step-sheet',
  lists: 'found-step-lists',
  publish: 'found-step-publish',
} as const satisfies Record<FoundingStep, PlainKey>

export const strengths = {
  refused: 'found-pass-refused',
  fair: 'found-pass-fair',
  good: 'found-pass-good',
} as const satisfies Record<Strength, PlainKey>

/** What is done for a presumed minor as long as the project has not agreed on anything else. */
export const minorSteps = [
  'found-minor-stay',
  'found-minor-danger',
  'found-minor-call',
  'found-minor-ask',
] as const satisfies PlainKey[]
