// La notte: every record of an outing, by half-hour and zone.
import { call } from '../../lib/backend/backend'
import type { ContactRecordView } from '../../lib/generated/ContactRecordView'
import type { NightListView } from '../../lib/generated/NightListView'
import type { NightRecordView } from '../../lib/generated/NightRecordView'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import {
  ageBands,
  depths,
  destinations,
  findings,
  incidentTypes,
  originName,
  referralStates,
  seenReasons,
} from '../../lib/labels'
import { contactWords } from '../contact-words'
import type { Field } from '../field.svelte'
import { pieces } from '../supplies'

/** Who a contact is in one line: *Donna, già nota*, or *Gruppo di 4*. */
export function contactTitle(contact: ContactRecordView): string {
  if (contact.n_persons > 1) return t('contact-group-of', { n: contact.n_persons })
  return contactWords(contact.gender, contact.kind)
}

/** What a record is, in one line. */
export function recordTitle({ body }: NightRecordView): string {
  switch (body.type) {
    case 'contact':
      return contactTitle(body.is)
    case 'observation':
      return t('night-seen', { n: body.is.n })
    case 'referral':
      return t(destinations[body.is.service_type])
    case 'accompaniment':
      return t('night-went', { n: body.is.minutes })
    case 'incident':
      return t(incidentTypes[body.is.incident_type])
  }
}

/** What is known of it besides. */
function about({ body }: NightRecordView): string[] {
  switch (body.type) {
    case 'contact': {
      const { aliases, age_band, nationality, depth, handouts } = body.is
      return [
        ...aliases,
        ...(age_band === 'not_recorded' ? [] : [t(ageBands[age_band])]),
        ...(nationality === 'not_recorded' ? [] : [originName(nationality)]),
        t(depths[depth]).toLocaleLowerCase(),
        handouts.length === 0 ? t('night-nothing') : pieces(handouts),
      ]
    }
    case 'observation':
      return [t(seenReasons[body.is.reason]).toLocaleLowerCase()]
    case 'referral':
      return [
        t('night-referral'),
        ...(body.is.alias === null ? [] : [body.is.alias]),
        t(referralStates[body.is.state]).toLocaleLowerCase(),
      ]
    case 'accompaniment':
      return []
    case 'incident':
      return [t('night-incident')]
  }
}

/** The second line: whose phone, what is known, what the rules say, and whether it is counted. */
export function recordDetail(record: NightRecordView): string {
  return list([
    t('review-phone', { n: record.phone }),
    ...about(record),
    ...(record.late ? [t('night-late')] : []),
  ])
}

/** The rules that say something about a record, each as its sentence. */
export function recordRemarks(record: NightRecordView): string[] {
  return record.rules.map((rule) => t(findings[rule]))
}

/** The records of one half-hour in one zone. */
export interface RecordGroup {
  readonly slot: string
  readonly zone: string | null
  readonly records: NightRecordView[]
}

/** Half-hours in their order, each with its zones; what has no zone ends the half-hour's last one. */
export function bySlotAndZone(records: readonly NightRecordView[]): RecordGroup[] {
  const slots = unique(records.map(({ slot }) => slot))
  return slots.flatMap((slot): RecordGroup[] => {
    const inSlot = records.filter((record) => record.slot === slot)
    const zones = unique(inSlot.flatMap(({ zone }) => (zone === null ? [] : [zone])))
    const nowhere = inSlot.filter(({ zone }) => zone === null)
    if (zones.length === 0) return [{ slot, zone: null, records: nowhere }]
    return zones.map((zone, index) => ({
      slot,
      zone,
      records: [
        ...inSlot.filter((record) => record.zone === zone),
        ...(index === zones.length - 1 ? nowhere : []),
      ],
    }))
  })
}

const unique = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) === index)

export class NightListState {
  #field: Field
  view: NightListView | null = $state.raw(null)
  working = $state(false)

  constructor(field: Field) {
    this.#field = field
    void this.#load((outing_id) => call('night_list', { outing_id }))
  }

  readonly over = $derived(
    this.view === null ? '' : t('review-of', { date: dayMonth(this.view.outing.date) }),
  )
  /** Half-hours and zones, in the order of the night. */
  readonly groups = $derived.by(() =>
    bySlotAndZone(this.view?.records ?? []).map(({ slot, zone, records }) => ({
      heading: list(zone === null ? [slot] : [slot, this.zoneName(zone)]),
      records,
    })),
  )

  zoneName(code: string): string {
    return this.view?.zones.find((zone) => zone.code === code)?.label ?? code
  }

  open(record: NightRecordView): void {
    this.#field.record = record.record
    this.#field.route.go('/record')
  }

  async dropNote(): Promise<void> {
    await this.#load((outing_id) => call('drop_note', { outing_id }))
  }

  async #load(command: (outingId: string) => Promise<NightListView>): Promise<void> {
    const outing = this.#field.outingId
    if (outing === null) return
    this.working = true
    await this.#field.attempt(async () => {
      this.view = await command(outing)
    })
    this.working = false
  }
}
