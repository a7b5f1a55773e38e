import { afterEach, describe, expect, it } from 'vitest'
import { addDays, dayMonth, fullDate, longDate, weekdayDay } from './format'
import { setLocale, t, type Locale } from './i18n.svelte'

afterEach(() => setLocale('it'))

/** What a number reads like: language, how many, text. */
const numbers: [Locale, () => string, string][] = [
  ['it', () => t('lock-wait', { n: 1 }), 'Riprova tra 1 secondo.'],
  ['it', () => t('lock-wait', { n: 30 }), 'Riprova tra 30 secondi.'],
  ['en', () => t('lock-wait', { n: 1 }), 'Try again in 1 second.'],
  ['en', () => t('lock-wait-minutes', { n: 2 }), 'Try again in 2 minutes.'],
  ['it', () => t('lock-dots', { n: 0, total: 6 }), '0 cifre inserite su 6'],
  ['it', () => t('lock-dots', { n: 1, total: 6 }), '1 cifra inserita su 6'],
  ['it', () => t('contact-people', { n: 0 }), 'persone'],
  ['it', () => t('contact-people', { n: 1 }), 'persona'],
  ['en', () => t('contact-people', { n: 1 }), 'person'],
  ['en', () => t('contact-people', { n: 21 }), 'people'],
  ['it', () => t('kit-line', { n: 1, list: '1 tè', left: 1 }), 'Esce 1 tè. Ne resta 1.'],
  ['it', () => t('kit-line', { n: 8, list: '6 e 2', left: 102 }), 'Escono 6 e 2. Ne restano 102.'],
  ['it', () => t('sync-received', { b: 1, t: '04:12' }), '1 di 1 ricevuto alle 04:12'],
  ['it', () => t('sync-received', { b: 27, t: '04:12' }), '27 di 27 ricevuti alle 04:12'],
  ['en', () => t('sync-received', { b: 27, t: '04:12' }), '27 of 27 received at 04:12'],
  ['it', () => t('zone-save', { n: 1 }), 'Correggi 1 scheda'],
  ['it', () => t('zone-save', { n: 3 }), 'Correggi 3 schede'],
  ['it', () => t('set-lock-minutes', { n: 1 }), '1 minuto'],
  ['en', () => t('set-lock-minutes', { n: 2 }), '2 minutes'],
  ['it', () => t('week-lead-outings', { n: 1 }), 'in una uscita'],
  ['it', () => t('stock-diff', { n: 1 }), 'Manca 1. Perché?'],
  ['it', () => t('stock-diff', { n: 4 }), 'Mancano 4. Perché?'],
]

/** What a calendar date reads like. */
const dates: [Locale, () => string, string][] = [
  ['it', () => longDate('2026-03-12'), 'giovedì 12 marzo'],
  ['it', () => longDate('2026-03-01'), 'domenica 1 marzo'],
  ['en', () => longDate('2026-03-12'), 'Thursday 12 March'],
  ['en', () => dayMonth('2026-03-01'), '1 March'],
  ['it', () => fullDate('2028-02-29'), 'martedì 29 febbraio 2028'],
  ['en', () => fullDate('2028-02-29'), 'Tuesday 29 February 2028'],
  // The clock changes in these nights; the date does not.
  ['it', () => weekdayDay('2026-03-29'), 'domenica 29'],
  ['it', () => weekdayDay('2026-10-25'), 'domenica 25'],
  ['it', () => longDate(addDays('2026-12-31', 1)), 'venerdì 1 gennaio'],
]

describe('numbers', () => {
  it.each(numbers)('read well in %s: %s', async (locale, text, expected) => {
    await setLocale(locale)
    expect(text()).toBe(expected)
  })
})

describe('dates', () => {
  it.each(dates)('read well in %s: %s', async (locale, text, expected) => {
    await setLocale(locale)
    expect(text()).toBe(expected)
  })
})
