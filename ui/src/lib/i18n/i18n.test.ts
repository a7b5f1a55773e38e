import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { keysModule, messageArguments } from '../../../scripts/message-keys'
import en from './en.ftl?raw'
import { countryName, dayMonth, languageName, longDate, weekdayDay } from './format'
import { setLocale, t } from './i18n.svelte'
import itCatalogue from './it.ftl?raw'
import keys from './keys.ts?raw'

/** Families of texts of pages that are not built yet, and of labels that only the exports use. */
const notOnScreen = ['pair-', 'todo-', 'train-', 'desk-']

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path)
    return /\.(svelte|ts)$/.test(path) && !/keys\.ts$|\.test\.ts$/.test(path)
      ? [readFileSync(path, 'utf8')]
      : []
  })
}

afterEach(() => setLocale('it'))

describe('catalogues', () => {
  it('has the same keys and arguments in both languages', () => {
    const sorted = (catalogue: string): [string, string[]][] =>
      [...messageArguments(catalogue)].map(([key, names]) => [key, [...names].sort()])
    expect(sorted(en)).toEqual(sorted(itCatalogue))
  })

  it('has a key type that is up to date', () => {
    expect(keys).toBe(keysModule(itCatalogue))
  })

  it('has no message that no screen uses', () => {
    const code = sources('src').join('\n')
    const unused = [...messageArguments(itCatalogue).keys()].filter(
      (key) => !notOnScreen.some((prefix) => key.startsWith(prefix)) && !code.includes(`'${key}'`),
    )
    expect(unused).toEqual([])
  })

  it('has no text that is empty, or Italian by mistake in English', () => {
    for (const catalogue of [itCatalogue, en]) expect(catalogue).not.toMatch(/= *$\n(?! )/m)
    expect(en).not.toMatch(/[àèìòù]/)
  })
})

describe('texts', () => {
  it('chooses the plural by the number', () => {
    expect(t('sync-local', { n: 1 })).toBe('Solo su questo telefono, 1 registrazione')
    expect(t('sync-local', { n: 9 })).toBe('Solo su questo telefono, 9 registrazioni')
  })

  it('puts no invisible marks around what it inserts', () => {
    expect(t('contact-title', { zone: 'Ovest' })).toBe('Stanotte, Ovest')
  })

  it('follows the language', async () => {
    await setLocale('en')
    expect(t('lock-wait', { n: 30 })).toBe('Try again in 30 seconds.')
    expect(document.documentElement.lang).toBe('en')
  })
})

describe('formats', () => {
  it('reads a calendar date in Italian', () => {
    expect(longDate('2026-03-12')).toBe('giovedì 12 marzo')
    expect(dayMonth('2026-03-20')).toBe('20 marzo')
    expect(weekdayDay('2026-03-12')).toBe('giovedì 12')
  })

  it('names countries and languages', () => {
    expect(countryName('RO')).toBe('Romania')
    expect(languageName('pcm')).toMatch(/^Pidgin nigeriano/)
  })
})
