// Words for the categories of the desk's tables.
import type { DeskTopic } from '../lib/generated/DeskTopic'
import type { EventType } from '../lib/generated/EventType'
import type { CancelReason } from '../lib/generated/CancelReason'
import type { IncidentType } from '../lib/generated/IncidentType'
import type { MacroArea } from '../lib/generated/MacroArea'
import type { ServiceMacro } from '../lib/generated/ServiceMacro'
import type { SlotBand } from '../lib/generated/SlotBand'
import { languageName } from '../lib/i18n/format'
import { t } from '../lib/i18n/i18n.svelte'
import type { PlainKey } from '../lib/i18n/keys'
import {
  concerns,
  crewRoles,
  depths,
  destinations,
  incidentSeverities,
  itemTitle,
  leafletTopics,
  originName,
  outingTypes,
  referralOutcomes,
  referralStates,
  seenReasons,
  services,
} from '../lib/labels'

const genders: Record<string, PlainKey> = {
  woman: 'gender-woman',
  trans_woman: 'gender-trans_woman',
  trans_man: 'gender-trans_man',
  trans: 'contact-trans',
  man: 'gender-man',
  other: 'gender-other',
  not_recorded: 'gender-not_recorded',
  other_not_recorded: 'table-other-not-recorded',
}

const ages: Record<string, PlainKey> = {
  under_18_presumed: 'det-minor-title',
  '18_24': 'age-18_24',
  '25_34': 'age-25_34',
  '35_44': 'age-35_44',
  '45_plus': 'table-age-45',
  '35_plus': 'table-age-35',
  not_recorded: 'table-not-recorded',
  other_not_recorded: 'table-other-not-recorded',
}

const kinds: Record<string, PlainKey> = {
  first: 'table-kind-first',
  returning: 'table-kind-returning',
  unknown: 'app-unknown',
  returning_or_unknown: 'table-kind-returning-or-unknown',
}

const macroAreas = {
  italy: 'macro-italy',
  eu_east: 'macro-eu_east',
  europe_non_eu: 'macro-europe_non_eu',
  africa_west: 'macro-africa_west',
  africa_other: 'macro-africa_other',
  latin_america: 'macro-latin_america',
  asia: 'macro-asia',
  not_recorded: 'table-not-recorded',
} as const satisfies Record<MacroArea, PlainKey>

const serviceMacros = {
  health: 'service-macro-health',
  protection: 'service-macro-protection',
  legal_asylum: 'service-macro-legal_asylum',
  social_work_training: 'service-macro-social_work_training',
} as const satisfies Record<ServiceMacro, PlainKey>

const deskTopics = {
  medical: 'desk-topic-medical',
  legal: 'desk-topic-legal',
  psychological: 'desk-topic-psychological',
  orientation: 'desk-topic-orientation',
  work: 'desk-topic-work',
  documents: 'desk-topic-documents',
  other: 'desk-topic-other',
} as const satisfies Record<DeskTopic, PlainKey>

const eventTypes = {
  citizens: 'event-citizens',
  institutions: 'event-institutions',
  school: 'event-school',
  training_operators: 'event-training_operators',
  network_cas: 'event-network_cas',
  network_table: 'event-network_table',
  residents_mediation: 'event-residents_mediation',
  press: 'event-press',
} as const satisfies Record<EventType, PlainKey>

const incidentTypes = {
  third_party_control: 'incident-third_party_control',
  aggressive_client: 'incident-aggressive_client',
  aggression_team: 'incident-aggression_team',
  violence_reported: 'incident-violence_reported',
  robbery: 'incident-robbery',
  police_check: 'incident-police_check',
  medical_emergency: 'incident-medical_emergency',
  vehicle: 'incident-vehicle',
  device_lost: 'incident-device_lost',
  data_breach_suspected: 'incident-data_breach_suspected',
  near_miss: 'incident-near_miss',
} as const satisfies Record<IncidentType, PlainKey>

const slotBands = {
  day: 'band-day',
  evening: 'band-evening',
  late_evening: 'band-late_evening',
  night: 'band-night',
  late_night: 'band-late_night',
} as const satisfies Record<SlotBand, PlainKey>

/** Why an outing did not take place. */
export const cancelReasons = {
  weather: 'cancelled-weather',
  staff: 'cancelled-staff',
  vehicle: 'cancelled-vehicle',
  safety: 'cancelled-safety',
  holiday: 'cancelled-holiday',
  other: 'cancelled-other',
} as const satisfies Record<CancelReason, PlainKey>

/** Headings of the tables, by id. */
export const tableTitles: Record<string, PlainKey> = {
  gender: 'table-gender',
  age: 'table-age',
  nationality: 'table-origin',
  macro: 'table-origin',
  zone: 'table-zone',
  kind: 'table-kind',
  depth: 'table-depth',
  language: 'table-language',
  services: 'table-services',
  supplies: 'table-supplies',
  leaflets: 'table-leaflets',
  observed_reason: 'table-observed',
  concern: 'table-concern',
  referral_macro: 'table-referrals',
  referral_service: 'table-referral-services',
  referral_events: 'table-referral-events',
  desk_topics: 'table-desk-topics',
  outing_type: 'table-outing-type',
  events: 'table-events',
  incidents: 'table-incidents',
  district: 'table-district',
  slot_band: 'table-slot-band',
  leaflet_topics: 'table-leaflet-topics',
  referral_outcomes: 'table-outcomes',
  unit: 'table-unit',
  cancelled: 'table-cancelled',
  type_minutes: 'table-type-minutes',
  org_minutes: 'table-org-minutes',
  role_minutes: 'table-role-minutes',
  severity: 'table-severity',
}

const words: Record<string, Record<string, PlainKey>> = {
  gender: genders,
  age: ages,
  kind: kinds,
  macro: macroAreas,
  depth: depths,
  services,
  observed_reason: seenReasons,
  concern: concerns,
  referral_macro: serviceMacros,
  referral_service: destinations,
  referral_events: referralStates,
  desk_topics: deskTopics,
  outing_type: outingTypes,
  events: eventTypes,
  incidents: incidentTypes,
  slot_band: slotBands,
  leaflet_topics: leafletTopics,
  referral_outcomes: referralOutcomes,
  cancelled: cancelReasons,
  type_minutes: outingTypes,
  role_minutes: crewRoles,
  severity: incidentSeverities,
}

/** The word for a category of a table; a code that a programme added is shown as it is. */
export function category(
  table: string,
  code: string,
  zones: readonly [string, string][],
  orgs: readonly [string, string][] = [],
): string {
  if (table === 'district') return code === 'none' ? t('table-no-district') : code
  if (table === 'org_minutes') return orgs.find(([org]) => org === code)?.[1] ?? t('table-no-org')
  if (table === 'zone') return `${code} ${zones.find(([zone]) => zone === code)?.[1] ?? ''}`.trim()
  if (table === 'supplies') return itemTitle(code)
  if (table === 'nationality') return code === 'not_recorded' ? t('table-not-recorded') : originName(code)
  if (table === 'leaflets' || table === 'language') return language(code)
  const key = words[table]?.[code]
  return key === undefined ? code : t(key)
}

function language(code: string): string {
  if (code === 'not_recorded') return t('table-not-recorded')
  if (code === 'none') return t('det-language-none')
  if (code === 'other') return t('table-other-languages')
  return languageName(code)
}
