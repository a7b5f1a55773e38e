// The words on the screen by their keys, from the same catalogues that the interface shows.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ui = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../ui')
const { FluentBundle, FluentResource } = createRequire(path.join(ui, 'package.json'))('@fluent/bundle')

/** Languages of the interface, with the locale of their numbers. */
const LOCALES = { it: 'it-IT', en: 'en-GB' }

/** A function that gives the text of a key in one language. */
export function wordsIn(language) {
  const bundle = new FluentBundle(LOCALES[language], { useIsolating: false })
  const source = readFileSync(path.join(ui, `src/lib/i18n/${language}.ftl`), 'utf8')
  bundle.addResource(new FluentResource(source))
  return (key, args = {}) => {
    const pattern = bundle.getMessage(key)?.value
    if (!pattern) throw new Error(`no message ${key}`)
    return bundle.formatPattern(pattern, args)
  }
}

/** The places of the phone, as the interface lists them. */
export function places() {
  const source = readFileSync(path.join(ui, 'src/field/field.svelte.ts'), 'utf8')
  const list = source.match(/export const places = \[([^\]]*)\]/)?.[1]
  const found = [...(list ?? '').matchAll(/'([^']+)'/g)].map(([, place]) => place)
  if (found.length === 0) throw new Error('the places of the phone are not where they were')
  return found
}
