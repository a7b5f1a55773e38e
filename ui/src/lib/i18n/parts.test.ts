import { describe, expect, it } from 'vitest'
import { cut, listSources, usedCode } from '../../../scripts/catalogue-parts'
import { messageArguments } from '../../../scripts/message-keys'
import en from './en.ftl?raw'
import enFirst from './en.ftl?first'
import enRest from './en.ftl?rest'
import itCatalogue from './it.ftl?raw'
import first from './it.ftl?first'
import rest from './it.ftl?rest'

const keys = (catalogue: string): string[] => [...messageArguments(catalogue).keys()]

describe('parts of a catalogue', () => {
  it.each([
    ['Italian', itCatalogue, first, rest],
    ['English', en, enFirst, enRest],
  ])('hold every message of the %s one once', (_, whole, ...parts) => {
    expect(parts.flatMap(keys).sort()).toEqual(keys(whole).sort())
  })

  it('give the first screens what they name, in both languages', () => {
    expect(keys(first)).toEqual(keys(enFirst))
    expect(keys(first)).toEqual(
      expect.arrayContaining(['lock-wrong', 'contact-woman', 'em-hold', 'item-minus']),
    )
    expect(keys(rest)).toEqual(expect.arrayContaining(['week-title', 'error-RETE-01-what', 'review-sign']))
  })

  it('keep a message of several lines whole', () => {
    const catalogue =
      '## Head\na-b = One\nc-d =\n    { $n ->\n        [one] x\n       *[other] y\n    }\n\n## Next\ne = Two\n'
    expect(cut(catalogue, "t('c-d')", 'first')).toBe(
      'c-d =\n    { $n ->\n        [one] x\n       *[other] y\n    }',
    )
    expect(cut(catalogue, "t('c-d')", 'rest')).toBe('a-b = One\ne = Two')
  })
})

describe('usedCode', () => {
  it('leaves out a list of words that no other place names', () => {
    const labels =
      "import x\nexport const far = {\n  a: 'far-a',\n}\n\nexport const near = {\n  a: 'near-a',\n}\n"
    const code = usedCode([labels, "import { near } from './labels'\nt(near.a)"])
    expect(code).toContain("'near-a'")
    expect(code).not.toContain("'far-a'")
  })
})

describe('listSources', () => {
  it('follows what runs at once, not what is fetched later', () => {
    const names = [...listSources(`${process.cwd()}/src/field/main.ts`)].map((name) => name.split('/src/')[1])
    expect(names).toEqual(
      expect.arrayContaining(['field/App.svelte', 'field/kit/Kit.svelte', 'lib/labels.ts']),
    )
    expect(names).not.toContain('field/later.ts')
    expect(names.filter((name) => name?.includes('generated'))).toEqual([])
  })
})
