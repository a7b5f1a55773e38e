// The immediate referrals of tonight in one line: where to, and how far each got.
import type { ImmediateView } from '../../lib/generated/ImmediateView'
import { t } from '../../lib/i18n/i18n.svelte'
import { destinations, referralStates } from '../../lib/labels'

/** *Pronta accoglienza: posto trovato*; the same path of several people is said once. */
export function immediateWords(all: readonly ImmediateView[]): string[] {
  const paths = new Map<string, number>()
  for (const one of all) {
    const path = `${t(destinations[one.service_type])}: ${t(referralStates[one.state]).toLocaleLowerCase()}`
    paths.set(path, (paths.get(path) ?? 0) + 1)
  }
  return [...paths].map(([path, n]) => (n === 1 ? path : `${path} (${n})`))
}
