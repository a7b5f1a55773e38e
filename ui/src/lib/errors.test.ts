import { describe, expect, it } from 'vitest'
import { messageArguments } from '../../scripts/message-keys'
import { errorTexts } from './errors'
import catalogue from './i18n/it.ftl?raw'

describe('errors', () => {
  it('answers the three questions for a code', () => {
    expect(errorTexts('RETE-02')).toEqual({
      what: 'Questa rete chiede un accesso prima di funzionare.',
      safe: 'Sì, tutto resta cifrato qui.',
      action: 'Usa i dati del telefono, oppure aspetta e riprova.',
    })
  })

  it('never blames, and never shouts', () => {
    const texts = catalogue.split('\n').filter((line) => line.startsWith('error-'))
    expect(texts.length).toBeGreaterThan(100)
    for (const text of texts) expect(text).not.toMatch(/!|sconosciut/)
  })

  it('has three lines for every code it knows', () => {
    const lines = [...messageArguments(catalogue).keys()].filter((key) => key.startsWith('error-'))
    const codes = new Set(lines.map((key) => key.replace(/-(what|safe|do)$/, '')))
    expect(lines.length).toBe(codes.size * 3)
  })
})
