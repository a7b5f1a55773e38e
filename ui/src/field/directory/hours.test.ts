import { describe, expect, it } from 'vitest'
import { clockText, dayName, daysText, isEveryDay, isWholeDay, timesText } from './hours'

const span = (days: number[], from: number, to: number) => ({ days, from_minute: from, to_minute: to })

describe('days', () => {
  it('joins three days in a row and more to a range', () => {
    expect(daysText([1, 2, 3, 4, 5], 'it-IT')).toBe('lunedì–venerdì')
    expect(daysText([2, 4], 'it-IT')).toBe('martedì e giovedì')
    expect(daysText([6, 7], 'it-IT')).toBe('sabato e domenica')
    expect(daysText([1, 2, 3, 6], 'it-IT')).toBe('lunedì–mercoledì e sabato')
    expect(daysText([1, 3, 5], 'en-GB')).toBe('Monday, Wednesday and Friday')
  })

  it('has a letter for every day of the week', () => {
    const letters = (locale: string): string =>
      [1, 2, 3, 4, 5, 6, 7].map((day) => dayName(day, locale, 'narrow')).join('')
    expect(letters('ro')).toBe('LMMJVSD')
    expect(letters('it')).toBe('LMMGVSD')
    expect(letters('en')).toBe('MTWTFSS')
  })

  it('knows the whole week and the whole day', () => {
    expect(isEveryDay([7, 6, 5, 4, 3, 2, 1])).toBe(true)
    expect(isEveryDay([1, 2, 3, 4, 5, 6])).toBe(false)
    expect(isWholeDay(span([1], 0, 0))).toBe(true)
    expect(isWholeDay(span([1], 1200, 480))).toBe(false)
  })
})

describe('times', () => {
  it('leaves full hours without minutes', () => {
    expect(clockText(540, 'it-IT')).toBe('9')
    expect(clockText(510, 'it-IT')).toBe('8:30')
    expect(clockText(5, 'it-IT')).toBe('0:05')
    expect(timesText(span([1], 870, 1110), 'it-IT')).toBe('14:30–18:30')
  })
})
