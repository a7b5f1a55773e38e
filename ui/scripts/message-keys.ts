// Reads the Fluent catalogues and writes the TypeScript type of its keys and arguments.
// `npm run keys` writes the file; a test compares it, so that it cannot fall behind.
import { FluentResource } from '@fluent/bundle'

type Pattern = FluentResource['body'][number]['value']
type Element = Exclude<Pattern, string | null>[number]

/** Names of the variables that a pattern uses, in order of appearance. */
function variables(pattern: Pattern): string[] {
  if (pattern === null || typeof pattern === 'string') return []
  return [...new Set(pattern.flatMap(variablesOf))]
}

function variablesOf(element: Element): string[] {
  if (typeof element === 'string') return []
  if (element.type === 'var') return [element.name]
  if (element.type === 'select') {
    return [...variablesOf(element.selector), ...element.variants.flatMap((v) => variables(v.value))]
  }
  return []
}

/** Arguments of every message of a catalogue: `lock-wait` → `['n']`. */
export function messageArguments(catalogue: string): Map<string, string[]> {
  return new Map(new FluentResource(catalogue).body.map((message) => [message.id, variables(message.value)]))
}

/** The text of `src/lib/i18n/keys.ts`: a message takes what any language needs. */
export function keysModule(first: string, second: string): string {
  const others = messageArguments(second)
  const lines = [...messageArguments(first)].map(([key, own]) => {
    const names = [...new Set([...own, ...(others.get(key) ?? [])])]
    const fields = names.map((name) => `${name}: MessageValue`).join('; ')
    return `  '${key}': ${fields === '' ? 'NoArguments' : `{ ${fields} }`}`
  })
  return [
    '// Written by `npm run keys` from the catalogues. Do not edit.',
    '',
    '/** What a message may be given. */',
    'export type MessageValue = string | number',
    '/** Of a message without arguments. */',
    'export type NoArguments = Record<never, never>',
    '',
    '/** Every message with its arguments. */',
    'export interface Messages {',
    ...lines,
    '}',
    '',
    '/** Key of a message. */',
    'export type MessageKey = keyof Messages',
    '/** Key of a message that needs no arguments, such as the label of an answer. */',
    'export type PlainKey = { [K in MessageKey]: keyof Messages[K] extends never ? K : never }[MessageKey]',
    '',
  ].join('\n')
}
