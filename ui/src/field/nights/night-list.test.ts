import { describe, expect, it } from 'vitest'
import type { NightRecordView } from '../../lib/generated/NightRecordView'
import { bySlotAndZone } from './night-list.svelte'

const record = (id: string, slot: string, zone: string | null): NightRecordView => ({
  record: { type: 'observation', id },
  phone: 1,
  slot,
  zone,
  late: false,
  rules: [],
  body: { type: 'observation', is: { n: 1, reason: 'refused', apparent_minor: 0 } },
})

const groups = (...records: NightRecordView[]): string[] =>
  bySlotAndZone(records).map(
    ({ slot, zone, records: inside }) =>
      `${slot} ${zone ?? '-'}: ${inside.map((one) => one.record.id).join(' ')}`,
  )

describe('bySlotAndZone', () => {
  it('does not let what has no zone split a zone in two', () => {
    expect(
      groups(record('a', '05:00', 'Z1'), record('b', '05:00', null), record('c', '05:00', 'Z1')),
    ).toEqual(['05:00 Z1: a c b'])
  })

  it('puts it at the end of the last zone of its own half-hour', () => {
    expect(
      groups(
        record('a', '04:30', 'Z1'),
        record('b', '05:00', null),
        record('c', '05:00', 'Z1'),
        record('d', '05:00', 'Z2'),
        record('e', '05:30', null),
      ),
    ).toEqual(['04:30 Z1: a', '05:00 Z1: c', '05:00 Z2: d b', '05:30 -: e'])
  })
})
