import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DirectoryEntryView } from '../../lib/generated/DirectoryEntryView'
import { loadAllMessages, setLocale } from '../../lib/i18n/i18n.svelte'
import {
  accessLine,
  checkedLine,
  entryTitle,
  hoursLine,
  languagesLine,
  openingText,
} from './directory.svelte'
import { dialled, spacedNumber } from './numbers'

const clinic: DirectoryEntryView = {
  id: 'consultorio',
  service_type: 'family_clinic',
  macro_area: 'health',
  label: 'Consultorio familiare',
  phone: '030 000 0102',
  spans: [{ days: [1, 2, 3, 4, 5], from_minute: 540, to_minute: 780 }],
  opening: { state: 'closed', opens: { minutes: 540, date: '2026-03-13', minute: 540 } },
  languages: ['it', 'ro', 'en'],
  needs_document: 'stp_eni',
  free: true,
  walk_in: true,
  accompany_advised: true,
  women_only: false,
  verified_on: '2026-03-02',
  checked_days_ago: 11,
  stale: false,
  can_show: true,
}

beforeAll(() => loadAllMessages())
afterEach(() => setLocale('it'))

describe('service', () => {
  it('says when it is open, what it asks for and how old that is', () => {
    expect(hoursLine(clinic)).toBe('Lunedì–venerdì 9–13. Apre tra 9 ore.')
    expect(languagesLine(clinic)).toBe('italiano, rumeno, inglese')
    expect(accessLine(clinic)).toBe('gratuito, senza appuntamento')
    expect(checkedLine(clinic)).toBe('Verificato il 2 marzo. Meglio accompagnare.')
    expect(checkedLine({ ...clinic, stale: true, checked_days_ago: 114, accompany_advised: false })).toBe(
      'Da riverificare: ultimo controllo 114 giorni fa.',
    )
  })

  it('says of a protected house only what it is', () => {
    expect(entryTitle(clinic)).toBe('Consultorio familiare')
    expect(entryTitle({ ...clinic, service_type: 'escape_house', label: null })).toBe('Casa di fuga')
  })

  it('reads the whole week and the whole day as such', () => {
    const always = { days: [1, 2, 3, 4, 5, 6, 7], from_minute: 0, to_minute: 0 }
    expect(hoursLine({ ...clinic, spans: [always], opening: { state: 'open', minutes: null } })).toBe(
      'Tutti i giorni, 24 ore su 24. Aperto ora.',
    )
  })
})

describe('opening', () => {
  const closed = (minutes: number, date = '2026-03-16', minute = 540) =>
    openingText({ state: 'closed', opens: { minutes, date, minute } })

  it('counts minutes, then hours, then names the day', () => {
    expect(closed(1)).toBe('Apre tra 1 minuto.')
    expect(closed(59)).toBe('Apre tra 59 minuti.')
    expect(closed(60)).toBe('Apre tra 1 ora.')
    expect(closed(23 * 60)).toBe('Apre tra 23 ore.')
    expect(closed(24 * 60)).toBe('Apre lunedì, ore 9.')
  })

  it('says how long a door stays open', () => {
    expect(openingText({ state: 'open', minutes: 30 })).toBe('Aperto ora, chiude tra 30 minuti.')
    expect(openingText({ state: 'open', minutes: 190 })).toBe('Aperto ora, chiude tra 3 ore.')
  })

  it('keeps unknown apart from closed', () => {
    expect(openingText({ state: 'unknown' })).toBe('Orari non noti: chiama prima.')
    expect(openingText({ state: 'closed', opens: null })).toBe('Chiuso.')
  })

  it('follows the language', async () => {
    await setLocale('en')
    expect(closed(24 * 60)).toBe('Opens on Monday at 9.')
    expect(hoursLine(clinic)).toBe('Monday–Friday 9–13. Opens in 9 hours.')
  })
})

describe('numbers', () => {
  it('dials digits and reads them in threes', () => {
    expect(dialled('030 000 0102')).toBe('0300000102')
    expect(dialled('+39 030 000')).toBe('+39030000')
    expect(spacedNumber('800290290')).toBe('800\u00a0290\u00a0290')
    expect(spacedNumber('1522')).toBe('1522')
    expect(spacedNumber('030 000 0102')).toBe('030 000 0102')
  })
})
