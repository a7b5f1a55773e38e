// The services that a referral may go to, as answers.
import type { ServiceType } from '../../lib/generated/ServiceType'
import { t } from '../../lib/i18n/i18n.svelte'
import { codesOf, destinations } from '../../lib/labels'

/** Types of service offered before *Altri servizi*. */
const FIRST_SERVICES = 8

/** Those of the directory first, then, if asked for, all that exist. The one that was chosen is always among them. */
export function serviceOptions(
  listed: readonly ServiceType[],
  all: boolean,
  chosen: ServiceType | null,
): { value: ServiceType; label: string }[] {
  const others = codesOf(destinations).filter((type) => !listed.includes(type))
  const known = [...listed, ...others]
  const shown = known.filter((type, index) => all || index < FIRST_SERVICES || type === chosen)
  return shown.map((value) => ({ value, label: t(destinations[value]) }))
}
