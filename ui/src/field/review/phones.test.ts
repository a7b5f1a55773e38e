import { describe, expect, it } from 'vitest'
import type { PhoneView } from '../../lib/generated/PhoneView'
import type { ReviewView } from '../../lib/generated/ReviewView'
import { missingPhones, missingRecords, phoneDetail, phoneTitle } from './phones'

const phone: PhoneView = {
  number: 1,
  is_this: true,
  records: 17,
  closed: true,
  late_new: 0,
  late_changed: 0,
  late_other: 0,
}
const second: PhoneView = { ...phone, number: 2, is_this: false, records: 1, closed: false }

const review = (phones: PhoneView[], last_record_at: string | null = null): ReviewView => ({
  outing: {
    outing_id: 'o',
    date: '2026-03-12',
    outing_type: 'street_night',
    status: 'closed',
    received: true,
    phones: phones.length,
    late: 0,
    amendments: 0,
    forgotten_on: null,
  },
  pairs: [],
  blocking: [],
  notes: [],
  conflicts: [],
  refusals: [],
  short_crew: null,
  counts: { persons: 0, contacts: 0, seen: 0, referrals: 0, incidents: 0 },
  phones,
  missing: [],
  amendment: null,
  last_record_at,
  operators: [],
  can_sign: true,
  can_amend: false,
})

describe('the phones of a night', () => {
  it('say whose they are and whether they have closed', () => {
    expect([phoneTitle(phone), phoneTitle(second)]).toEqual(['Telefono 1, questo', 'Telefono 2'])
    expect(phoneDetail(phone)).toBe('17 registrazioni, ha chiuso')
    expect(phoneDetail(second)).toBe('1 registrazione, non ha ancora chiuso')
    expect(phoneDetail({ ...second, late_new: 2, late_other: 1 })).toMatch(/Dopo la firma: 2.*, 1/)
  })

  it('say of which phone records are missing, and why', () => {
    const missing = missingRecords({ phone: 2, reason: 'not_arrived', count: 3 })
    expect(missing).toBe('Telefono 2: 3 registrazioni non sono ancora arrivate.')
    expect(missingRecords({ phone: 2, reason: 'too_new', count: 1 })).toMatch(/versione più nuova/)
  })

  it('say plainly that one may sign without the second phone', () => {
    expect(missingPhones(review([phone]))).toBe('review-one-phone')
    expect(missingPhones(review([phone, second]))).toBe('review-phone-missing')
    expect(missingPhones(review([phone, { ...second, closed: true }]))).toBe(null)
    expect(missingPhones(review([second], '00:30'))).toBe(null)
  })
})
