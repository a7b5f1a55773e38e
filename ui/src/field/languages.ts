// Languages in the order in which the screens offer them.
import type { Language } from '../lib/generated/Language'

/** Offered at once; the others come behind *Altre*. */
export const firstLanguages: readonly Language[] = ['not_recorded', 'it', 'en', 'ro', 'sq', 'es']

/** All that can be spoken. */
export const allLanguages: readonly Language[] = [
  ...firstLanguages,
  'pcm',
  'fr',
  'pt',
  'bg',
  'hu',
  'ru',
  'uk',
  'zh',
  'ar',
  'pl',
  'bn',
  'ur',
  'none',
  'other',
]

/** Leaflets are printed in these. */
export const leafletLanguages: readonly Language[] = allLanguages.filter(
  (code) => code !== 'not_recorded' && code !== 'none' && code !== 'other',
)
