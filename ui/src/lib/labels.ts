// Words for the codes of the domain. Every list is complete by type: a new code does not build without its word.
import type { AccompanimentOutcome } from './generated/AccompanimentOutcome'
import type { AgeBand } from './generated/AgeBand'
import type { AmendmentReason } from './generated/AmendmentReason'
import type { Concern } from './generated/Concern'
import type { Consent } from './generated/Consent'
import type { ContactKind } from './generated/ContactKind'
import type { CrewRole } from './generated/CrewRole'
import type { Depth } from './generated/Depth'
import type { Flag } from './generated/Flag'
import type { Gender } from './generated/Gender'
import type { IncidentAction } from './generated/IncidentAction'
import type { IncidentSeverity } from './generated/IncidentSeverity'
import type { IncidentType } from './generated/IncidentType'
import type { Language } from './generated/Language'
import type { LeafletTopic } from './generated/LeafletTopic'
import type { ObservationReason } from './generated/ObservationReason'
import type { OutingType } from './generated/OutingType'
import type { RecordKind } from './generated/RecordKind'
import type { ReferralOutcome } from './generated/ReferralOutcome'
import type { ReferralState } from './generated/ReferralState'
import type { Service } from './generated/Service'
import type { RuleId } from './generated/RuleId'
import type { ServiceType } from './generated/ServiceType'
import type { ShortCrewReason } from './generated/ShortCrewReason'
import type { TargetGroup } from './generated/TargetGroup'
import type { TravelMode } from './generated/TravelMode'
import type { Urgency } from './generated/Urgency'
import type { Weather } from './generated/Weather'
import { countryName, languageName, sentence } from './i18n/format'
import { hasMessage, t } from './i18n/i18n.svelte'
import type { PlainKey } from './i18n/keys'

export const outingTypes = {
  street_night: 'start-type-night',
  street_day: 'start-type-day',
  mapping: 'start-type-mapping',
  indoor: 'start-type-indoor',
  labour_outreach: 'start-type-labour',
  joint: 'start-type-joint',
} as const satisfies Record<OutingType, PlainKey>

export const crewRoles = {
  operator: 'role-operator',
  mediator: 'role-mediator',
  health: 'role-health',
  peer: 'role-peer',
  driver: 'role-driver',
  volunteer: 'role-volunteer',
  civil_service: 'role-civil_service',
  trainee: 'role-trainee',
} as const satisfies Record<CrewRole, PlainKey>

export const shortCrewReasons = {
  absent: 'short-absent',
  joins_later: 'short-joins_later',
  other_org: 'short-other_org',
  other: 'short-other',
} as const satisfies Record<ShortCrewReason, PlainKey>

export const weathers = {
  clear: 'weather-clear',
  rain: 'weather-rain',
  cold: 'weather-cold',
  fog: 'weather-fog',
  heat: 'weather-heat',
  not_recorded: 'weather-not_recorded',
} as const satisfies Record<Weather, PlainKey>

export const recordKinds = {
  contact: 'kind-contact',
  observation: 'kind-observation',
  referral: 'kind-referral',
  incident: 'kind-incident',
  stock: 'kind-stock',
  outing: 'kind-outing',
} as const satisfies Record<RecordKind, PlainKey>

export const genders = {
  woman: 'gender-woman',
  trans_woman: 'gender-trans_woman',
  trans_man: 'gender-trans_man',
  man: 'gender-man',
  other: 'gender-other',
  not_recorded: 'gender-not_recorded',
} as const satisfies Record<Gender, PlainKey>

export const ageBands = {
  not_recorded: 'app-unknown',
  under_18_presumed: 'det-age-minor',
  '18_24': 'age-18_24',
  '25_34': 'age-25_34',
  '35_44': 'age-35_44',
  '45_plus': 'det-age-45',
} as const satisfies Record<AgeBand, PlainKey>

export const depths = {
  not_recorded: 'depth-not_recorded',
  supplies_only: 'depth-supplies_only',
  brief: 'depth-brief',
  talk: 'depth-talk',
  private_talk: 'depth-private_talk',
  interrupted: 'depth-interrupted',
} as const satisfies Record<Depth, PlainKey>

export const services = {
  unit_intro: 'service-unit_intro',
  hr_info: 'service-hr_info',
  condom_demo: 'service-condom_demo',
  sti_info: 'service-sti_info',
  contraception_info: 'service-contraception_info',
  pregnancy_info: 'service-pregnancy_info',
  substance_talk: 'service-substance_talk',
  rights_info: 'service-rights_info',
  antitrafficking_info: 'service-antitrafficking_info',
  services_info: 'service-services_info',
  job_info: 'service-job_info',
  psych_support: 'service-psych_support',
  rapid_test_offered: 'service-rapid_test_offered',
  first_aid: 'service-first_aid',
  emergency_handling: 'service-emergency_handling',
  mediation: 'service-mediation',
} as const satisfies Record<Service, PlainKey>

export const concerns = {
  not_assessed: 'concern-not_assessed',
  none_noted: 'concern-none_noted',
  possible: 'concern-possible',
  probable: 'concern-probable',
  declared: 'concern-declared',
} as const satisfies Record<Concern, PlainKey>

export const flags = {
  exit_request: 'flag-exit_request',
  minor_protocol: 'flag-minor_protocol',
  health_urgency: 'flag-health_urgency',
  violence_disclosed: 'flag-violence_disclosed',
  follow_up: 'flag-follow_up',
} as const satisfies Record<Flag, PlainKey>

export const seenReasons = {
  with_client: 'seen-with',
  busy: 'seen-busy',
  refused: 'seen-refused',
  unsafe_to_stop: 'seen-unsafe',
  third_party_present: 'seen-others',
  no_language: 'seen-language',
  mapping_only: 'seen-mapping',
} as const satisfies Record<ObservationReason, PlainKey>

export const urgencies = {
  immediate: 'ref-now',
  within_72h: 'ref-72-short',
  routine: 'ref-routine',
} as const satisfies Record<Urgency, PlainKey>

export const urgencyHeadings = {
  immediate: 'ref-now',
  within_72h: 'ref-72',
  routine: 'ref-routines',
} as const satisfies Record<Urgency, PlainKey>

export const consents = {
  verbal: 'ref-consent-verbal',
  written: 'ref-consent-written',
  not_needed_yet: 'ref-consent-not-yet',
  refused: 'ref-consent-refused',
} as const satisfies Record<Consent, PlainKey>

export const destinations = {
  sti_clinic: 'dest-sti_clinic',
  family_clinic: 'dest-family_clinic',
  emergency_dept: 'dest-emergency_dept',
  migrant_clinic: 'dest-migrant_clinic',
  antitrafficking_desk: 'dest-antitrafficking_desk',
  emergency_shelter: 'dest-emergency_shelter',
  minor_protection: 'dest-minor_protection',
  legal_advice: 'dest-legal_advice',
  infectious_disease: 'dest-infectious_disease',
  pregnancy_termination: 'dest-pregnancy_termination',
  mental_health: 'dest-mental_health',
  serd: 'dest-serd',
  escape_house: 'dest-escape_house',
  semi_autonomy: 'dest-semi_autonomy',
  helpline: 'dest-helpline',
  antiviolence_centre: 'dest-antiviolence_centre',
  law_enforcement: 'dest-law_enforcement',
  assisted_return: 'dest-assisted_return',
  asylum_commission: 'dest-asylum_commission',
  cas: 'dest-cas',
  questura_permit: 'dest-questura_permit',
  court: 'dest-court',
  social_services: 'dest-social_services',
  desk: 'dest-desk',
  employment_centre: 'dest-employment_centre',
  career_orientation: 'dest-career_orientation',
  school_cpia: 'dest-school_cpia',
  training: 'dest-training',
  internship: 'dest-internship',
  housing_low_threshold: 'dest-housing_low_threshold',
  other: 'dest-other',
} as const satisfies Record<ServiceType, PlainKey>

export const referralStates = {
  proposed: 'state-proposed',
  accepted: 'state-accepted',
  declined: 'state-declined',
  booked: 'state-booked',
  requested: 'state-requested',
  accompanied: 'state-accompanied',
  attended: 'state-attended',
  no_show: 'state-no_show',
  handed_over: 'state-handed_over',
  placed: 'state-placed',
  no_place: 'state-no_place',
  closed: 'state-closed',
  cancelled: 'state-cancelled',
  lost: 'state-lost',
} as const satisfies Record<ReferralState, PlainKey>

export const referralOutcomes = {
  service_received: 'outcome-service_received',
  taken_in_charge: 'outcome-taken_in_charge',
  follow_up_planned: 'outcome-follow_up_planned',
  placed_elsewhere: 'outcome-placed_elsewhere',
  refused_by_service: 'outcome-refused_by_service',
  documents_missing: 'outcome-documents_missing',
  language_barrier: 'outcome-language_barrier',
  cost: 'outcome-cost',
  person_withdrew: 'outcome-person_withdrew',
  authority_informed: 'outcome-authority_informed',
  unknown: 'outcome-unknown',
} as const satisfies Record<ReferralOutcome, PlainKey>

export const leafletTopics = {
  hiv_sti: 'topic-hiv_sti',
  contraception_pregnancy: 'topic-contraception_pregnancy',
  rights_documents: 'topic-rights_documents',
  helpline_card: 'topic-helpline_card',
  services_map: 'topic-services_map',
  substances: 'topic-substances',
  safety: 'topic-safety',
  health_access: 'topic-health_access',
} as const satisfies Record<LeafletTopic, PlainKey>

export const incidentTypes = {
  third_party_control: 'inc-third_party_control',
  aggressive_client: 'inc-aggressive_client',
  aggression_team: 'inc-aggression_team',
  violence_reported: 'inc-violence_reported',
  robbery: 'inc-robbery',
  police_check: 'inc-police_check',
  medical_emergency: 'inc-medical_emergency',
  vehicle: 'inc-vehicle',
  device_lost: 'inc-device_lost',
  data_breach_suspected: 'inc-data_breach_suspected',
  near_miss: 'inc-near_miss',
} as const satisfies Record<IncidentType, PlainKey>

export const incidentSeverities = {
  low: 'inc-low',
  medium: 'inc-medium',
  high: 'inc-high',
} as const satisfies Record<IncidentSeverity, PlainKey>

export const incidentActions = {
  none: 'inc-none',
  left_zone: 'inc-left_zone',
  called_112: 'inc-called_112',
  called_coordinator: 'inc-called_coordinator',
} as const satisfies Record<IncidentAction, PlainKey>

export const accompanimentOutcomes = {
  done: 'went-done',
  person_absent: 'went-person_absent',
  service_closed: 'went-service_closed',
  cancelled: 'went-cancelled',
} as const satisfies Record<AccompanimentOutcome, PlainKey>

export const amendmentReasons = {
  late_device: 'amend-late_device',
  recording_mistake: 'amend-recording_mistake',
  duplicate_found: 'amend-duplicate_found',
  stock_recount: 'amend-stock_recount',
} as const satisfies Record<AmendmentReason, PlainKey>

export const targetGroups = {
  person: 'target-person',
  client: 'target-client',
  resident: 'target-resident',
  third_party: 'target-third_party',
} as const satisfies Record<TargetGroup, PlainKey>

export const contactKinds = {
  first: 'kind-first',
  returning: 'kind-returning',
  unknown: 'kind-unknown',
  not_applicable: 'kind-not_applicable',
} as const satisfies Record<ContactKind, PlainKey>

export const travelModes = {
  car: 'mode-car',
  public_transport: 'mode-public_transport',
  on_foot: 'mode-on_foot',
  meet_there: 'mode-meet_there',
} as const satisfies Record<TravelMode, PlainKey>

export const findings = {
  V01: 'finding-V01',
  V02: 'finding-V02',
  V03: 'finding-V03',
  V04: 'finding-V04',
  V05: 'finding-V05',
  V06: 'finding-V06',
  V07: 'finding-V07',
  V08: 'finding-V08',
  V09: 'finding-V09',
  V10: 'finding-V10',
  V11: 'finding-V11',
  V12: 'finding-V12',
  V13: 'finding-V13',
  V14: 'finding-V14',
  V15: 'finding-V15',
  V16: 'finding-V16',
  V17: 'finding-V17',
  V18: 'finding-V18',
  V19: 'finding-V19',
  V20: 'finding-V20',
  V21: 'finding-V21',
  V22: 'finding-V22',
  V29: 'finding-V29',
  V30: 'finding-V30',
  V31: 'finding-V31',
  V32: 'finding-V32',
  V33: 'finding-V33',
  V34: 'finding-V34',
  V35: 'finding-V35',
  V36: 'finding-V36',
} as const satisfies Record<RuleId, PlainKey>

/** Options of a list of codes, in the order in which the list is written. */
export function optionsOf<Code extends string>(
  labels: Record<Code, PlainKey>,
): { value: Code; label: string }[] {
  return codesOf(labels).map((value) => ({ value, label: t(labels[value]) }))
}

/** The codes of a list, in the order in which it is written. */
export function codesOf<Code extends string>(labels: Record<Code, PlainKey>): Code[] {
  const isCode = (key: string): key is Code => key in labels
  return Object.keys(labels).filter(isCode)
}

/** *6 preservativi*; an item that a programme added is shown by its code. */
export function itemCount(item: string, n: number): string {
  // The number stays on the line of its word.
  return `${n}\u00a0${itemName(item, n)}`
}

/** *preservativi*, in the number that goes with `n`. */
export function itemName(item: string, n: number): string {
  const key = `item-${item}`
  return isItemKey(key) ? t(key, { n }) : item
}

/** *Preservativi*: the item as a heading. */
export function itemTitle(item: string): string {
  return sentence(itemName(item, 2))
}

/** Origin: a country by its own name, an area by the catalogue. */
export function originName(code: string): string {
  const key = `origin-${code}`
  return isOriginKey(key) ? t(key) : countryName(code)
}

/** Language spoken, *Non so* and *Nessuna in comune* included. */
export function spokenLanguage(code: Language): string {
  if (code === 'not_recorded') return t('app-unknown')
  if (code === 'none') return t('det-language-none')
  if (code === 'other') return t('det-language-other')
  return languageName(code)
}

type ItemKey = 'item-condom_ext'
const isItemKey = (key: string): key is ItemKey => hasMessage(key)
type OriginKey = 'origin-not_recorded'
const isOriginKey = (key: string): key is OriginKey => hasMessage(key)
