// How what day staff note reads in one line.
import type { CorrectedEntry } from '../../lib/generated/CorrectedEntry'
import type { DeskTopic } from '../../lib/generated/DeskTopic'
import type { EventType } from '../../lib/generated/EventType'
import type { IncidentSeverity } from '../../lib/generated/IncidentSeverity'
import type { OfficeEntry } from '../../lib/generated/OfficeEntry'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import {
  accompanimentOutcomes,
  destinations,
  incidentActions,
  incidentSeverities,
  incidentTypes,
  targetGroups,
} from '../../lib/labels'
import { minutesBands, stepText } from './words'

export const topics = {
  medical: 'desk-topic-medical',
  legal: 'desk-topic-legal',
  psychological: 'desk-topic-psychological',
  orientation: 'desk-topic-orientation',
  work: 'desk-topic-work',
  documents: 'desk-topic-documents',
  other: 'desk-topic-other',
} as const satisfies Record<DeskTopic, PlainKey>

export const eventTypes = {
  citizens: 'event-citizens',
  institutions: 'event-institutions',
  school: 'event-school',
  training_operators: 'event-training_operators',
  network_cas: 'event-network_cas',
  network_table: 'event-network_table',
  residents_mediation: 'event-residents_mediation',
  press: 'event-press',
} as const satisfies Record<EventType, PlainKey>

export const severities = incidentSeverities satisfies Record<IncidentSeverity, PlainKey>

export const kinds = {
  access: 'office-access',
  event: 'office-event',
  incident: 'office-incident',
} as const satisfies Record<OfficeEntry['kind'], PlainKey>

/** Headings of the week's tables, by id. */
export const tableTitles: Record<string, PlainKey> = {
  desk_topics: 'office-accesses',
  events: 'office-events',
  incidents: 'office-incidents',
  incident_severity: 'office-severity',
}

const categories: Record<string, Record<string, PlainKey>> = {
  desk_topics: topics,
  events: eventTypes,
  incidents: incidentTypes,
  incident_severity: severities,
}

/** The word for a category of a table. */
export function categoryName(table: string, code: string): string {
  const key = categories[table]?.[code]
  return key === undefined ? code : t(key)
}

/** *Scuole, 24 persone, 90 min*. */
export function entryText(entry: OfficeEntry): string {
  switch (entry.kind) {
    case 'access':
      return list([
        t(topics[entry.topic]),
        ...(entry.target_group === 'person' ? [] : [t(targetGroups[entry.target_group])]),
        ...(entry.minutes_band === 'not_recorded' ? [] : [t(minutesBands[entry.minutes_band])]),
      ])
    case 'event':
      return list([
        t(eventTypes[entry.event_type]),
        t('office-people', { n: entry.participants }),
        t('ref-min', { n: entry.minutes }),
      ])
    case 'incident':
      return list([
        t(incidentTypes[entry.incident_type]),
        t('office-severity-line', { severity: t(severities[entry.severity]) }),
        ...(entry.action === 'none' ? [] : [t(incidentActions[entry.action])]),
        ...(entry.debrief_needed ? [t('inc-debrief')] : []),
      ])
  }
}

/** What a correction is about, with its day. */
export function correctedText(entry: CorrectedEntry): string {
  switch (entry.kind) {
    case 'office':
      return list([t(kinds[entry.entry.kind]), dayMonth(entry.entry.date), entryText(entry.entry)])
    case 'steps':
      return list([
        t('office-referral', { code: entry.code }),
        ...(entry.service_type === null ? [] : [t(destinations[entry.service_type])]),
        ...entry.events.map((event) => `${stepText(event)} ${dayMonth(event.date)}`),
      ])
    case 'company':
      return list([
        t('office-company', { code: entry.code }),
        dayMonth(entry.company.date),
        t('ref-min', { n: entry.company.minutes }),
        t(accompanimentOutcomes[entry.company.outcome]),
      ])
  }
}
