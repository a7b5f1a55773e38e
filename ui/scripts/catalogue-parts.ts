// Cuts a catalogue in two: the messages that the first screens name, and the rest, which is fetched right after the
// first paint. What the first screens are is read from the sources, so there is no list to keep.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** A part of a catalogue. */
export type Part = 'first' | 'rest'

/** Families whose keys the first screens put together from a code of the programme. */
const fromCodes = ['item-']

/** The sources that a file imports before it runs, itself included; types and lazily fetched ones are not. */
export function listSources(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found
  found.add(entry)
  const imports = readFileSync(entry, 'utf8').matchAll(
    /^\s*(?:import|export)\s+(?!type\b)(?:[\w*{][^'"]*?from\s+)?['"](\.[^'"]+)['"]/gm,
  )
  for (const [, specifier = ''] of imports) {
    const path = resolve(dirname(entry), specifier)
    const file = [path, `${path}.ts`].find((name) => /\.(svelte|ts)$/.test(name) && existsSync(name))
    if (file !== undefined) listSources(file, found)
  }
  return found
}

/** What of the sources the first screens use: an exported list of words that none of them names is left out. */
export function usedCode(sources: readonly string[]): string {
  const blocks = sources.flatMap((source) => source.split(/^(?=export )/m))
  return blocks
    .filter((block) => {
      const [, name] = /^export const (\w+) = \{/.exec(block) ?? []
      if (name === undefined) return true
      return blocks.some((other) => other !== block && new RegExp(`\\b${name}\\b`).test(other))
    })
    .join('\n')
}

/** The messages of a catalogue that the code names, or all others. */
export function cut(catalogue: string, code: string, part: Part): string {
  const messages = catalogue.split(/^(?=[a-zA-Z][\w-]* =)/m).filter((text) => /^[a-zA-Z]/.test(text))
  const isFirst = (key: string): boolean =>
    code.includes(`'${key}'`) || fromCodes.some((family) => key.startsWith(family))
  return messages
    .filter((message) => isFirst(message.slice(0, message.indexOf(' '))) === (part === 'first'))
    .map((message) => message.replace(/^#.*$/gm, '').trimEnd())
    .join('\n')
}

/** Answers `./it.ftl?first` and `./it.ftl?rest`. */
export function catalogueParts(entry: string): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    load(id) {
      const [, file, part] = /^(.*\.ftl)\?(first|rest)$/.exec(id) ?? []
      if (file === undefined || (part !== 'first' && part !== 'rest')) return null
      const sources = [...listSources(entry)].filter((source) => !source.endsWith('/keys.ts'))
      for (const source of [file, ...sources]) this.addWatchFile(source)
      const code = usedCode(sources.map((source) => readFileSync(source, 'utf8')))
      return `export default ${JSON.stringify(cut(readFileSync(file, 'utf8'), code, part))}`
    },
  }
}
