import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { keysModule, messageArguments } from '../../../scripts/message-keys'
import en from './en.ftl?raw'
import { countryName, dayMonth, languageName, longDate, weekdayDay } from './format'
import { setLocale, t } from './i18n.svelte'
import itCatalogue from './it.ftl?raw'
import keys from './keys.ts?raw'

/** Families whose keys are put together from a code of the domain; their types hold that they are complete. */
const fromCodes = ['error-', 'item-', 'origin-', 'review-missing-']
/** Families of pages that are agreed but not built yet. */
const agreed = ['pair-', 'train-', 'desk-', 'sync-sending', 'sync-forgotten']

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
  it('has the same keys in both languages, in the same order', () => {
    expect([...messageArguments(en).keys()]).toEqual([...messageArguments(itCatalogue).keys()])
  })

  it('has a key type that is up to date', () => {
    expect(keys).toBe(keysModule(itCatalogue, en))
  })

  it('has no message that no screen uses', () => {
    const code = sources('src').join('\n')
    const unused = [...messageArguments(itCatalogue).keys()].filter(
      (key) =>
        ![...fromCodes, ...agreed].some((prefix) => key.startsWith(prefix)) && !code.includes(`'${key}'`),
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
    expect(t('sync-local', { n: 1 })).toBe('Solo su questo telefono, 1\u00a0registrazione')
    expect(t('sync-local', { n: 9 })).toBe('Solo su questo telefono, 9\u00a0registrazioni')
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
