import { describe, expect, it } from 'vitest'
import { messageArguments } from '../../../scripts/message-keys'
import { cards } from './cards'
import { wedge } from './clock'
import en from './en.ftl?raw'
import es from './es.ftl?raw'
import fr from './fr.ftl?raw'
import itCatalogue from './it.ftl?raw'
import { pictures } from './pictures'
import ro from './ro.ftl?raw'
import { loadWords, showKeys, showLanguages } from './words'

const catalogues = { ro, es, fr, en, it: itCatalogue }

describe('words of the cards', () => {
  it.each(showLanguages)('has the same messages in %s, in the same order', (language) => {
    expect([...messageArguments(catalogues[language]).keys()]).toEqual([...showKeys])
  })

  it.each(showLanguages)('says something of its own for each message in %s', async (language) => {
    const words = await loadWords(language)
    for (const key of showKeys) {
      expect(words.text(key)).not.toBe(key)
      expect(words.text(key).length).toBeLessThan(64)
    }
    expect(new Set(showKeys.map((key) => words.text(key))).size).toBe(showKeys.length)
  })

  it('keeps the languages apart', () => {
    const lines = Object.values(catalogues).flatMap((source) =>
      source.split('\n').filter((line) => line !== ''),
    )
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('writes no telephone number, no address and no link', () => {
    for (const source of Object.values(catalogues)) expect(source).not.toMatch(/\d{3}|https?:|www\./)
  })
})

describe('cards', () => {
  it('draws a picture for every line', () => {
    for (const card of Object.values(cards)) {
      for (const line of card.lines) expect(pictures[line.picture].length).toBeGreaterThan(0)
    }
  })
})

describe('clock', () => {
  const span = (from: number, to: number) => ({ days: [1], from_minute: from, to_minute: to })

  it('draws the hours between opening and closing', () => {
    expect(wedge(span(9 * 60, 13 * 60))).toBe('M60 60L20 60A40 40 0 0 1 80 25.4Z')
    expect(wedge(span(9 * 60, 18 * 60))).toBe('M60 60L20 60A40 40 0 1 1 60 100Z')
  })

  it('goes over midnight', () => {
    expect(wedge(span(22 * 60, 60))).toBe('M60 60L25.4 40A40 40 0 0 1 80 25.4Z')
  })

  it('fills the face from twelve hours on', () => {
    expect(wedge(span(8 * 60, 20 * 60))).toBeNull()
    expect(wedge(span(0, 0))).toBeNull()
  })
})
