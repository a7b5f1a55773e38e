import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MonthView } from '../../lib/generated/MonthView'
import { loadAllMessages, setLocale } from '../../lib/i18n/i18n.svelte'
import { leadSentence } from './month.svelte'

const month = (first: string, outings: number, minutes: number): MonthView => ({
  month: first,
  previous: null,
  next: null,
  whole_unit: true,
  outings,
  minutes,
  met: 0,
  seen: 0,
  supplies: [],
  referrals_opened: 0,
  referrals_accepted: 0,
  referrals_attended: 0,
  accompaniments: 0,
})

beforeAll(() => loadAllMessages())
afterEach(() => setLocale('it'))

describe('month', () => {
  it('begins with one sentence', () => {
    expect(leadSentence(month('2026-02-01', 9, 2460))).toBe(
      'A febbraio siete usciti 9 volte, per 41 ore in tutto.',
    )
    expect(leadSentence(month('2026-04-01', 1, 20))).toBe(
      'Ad aprile siete usciti 1 volta, per 1 ora in tutto.',
    )
    expect(leadSentence(month('2026-08-01', 0, 0))).toBe('Ad agosto nessuna uscita da raccontare.')
  })

  it('follows the language', async () => {
    await setLocale('en')
    expect(leadSentence(month('2026-02-01', 9, 2460))).toBe(
      'In February you went out 9 times, 41 hours in all.',
    )
  })
})
