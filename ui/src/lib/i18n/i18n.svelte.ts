// Texts of the interface. The catalogues are Fluent files, shared with the exports of the command line.
import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { MessageKey, Messages, MessageValue, PlainKey } from './keys'

/** Languages of the interface. */
export type Locale = 'it' | 'en'

/** The first screens' messages, and all others. */
type Part = 'first' | 'rest'

const catalogues: Record<Locale, Record<Part, () => Promise<{ default: string }>>> = {
  it: { first: () => import('./it.ftl?first'), rest: () => import('./it.ftl?rest') },
  en: { first: () => import('./en.ftl?first'), rest: () => import('./en.ftl?rest') },
}

/** The locale of dates and numbers: both languages are used in Italy, so the day comes first. */
const formats: Record<Locale, string> = { it: 'it-IT', en: 'en-GB' }

let bundle = $state.raw(new FluentBundle('it'))
let current: Locale = $state('it')
/** What was asked for last, and when it is there. */
let asked: { locale: Locale; parts: readonly Part[]; shown: Promise<void> } | null = null

/** Loads a language, as much of it as the last one had, and shows it at once. */
export async function setLocale(locale: Locale): Promise<void> {
  await ask(locale, asked?.parts ?? ['first'])
}

/** Loads the messages that the first screens do not need. */
export async function loadAllMessages(): Promise<void> {
  await ask(asked?.locale ?? current, ['first', 'rest'])
}

function ask(locale: Locale, parts: readonly Part[]): Promise<void> {
  if (asked?.locale !== locale || asked.parts.length < parts.length) {
    asked = { locale, parts, shown: show(locale, parts) }
  }
  return asked.shown
}

async function show(locale: Locale, parts: readonly Part[]): Promise<void> {
  const sources = await Promise.all(parts.map((part) => catalogues[locale][part]()))
  // Something else has been asked for while this was being fetched.
  if (asked?.locale !== locale || asked.parts !== parts) return
  // Isolation marks would end up inside codes that people read to each other.
  const next = new FluentBundle(formats[locale], { useIsolating: false })
  for (const { default: source } of sources) next.addResource(new FluentResource(source))
  bundle = next
  current = locale
  document.documentElement.lang = locale
}

/** The language now shown. */
export function locale(): Locale {
  return current
}

/** BCP 47 tag for `Intl`. */
export function formatLocale(): string {
  return formats[current]
}

/** The text of a message in the language now shown. */
export function t(key: PlainKey): string
export function t<K extends MessageKey>(key: K, args: Messages[K]): string
export function t(key: MessageKey, args?: Record<string, MessageValue>): string {
  const pattern = bundle.getMessage(key)?.value
  // A test holds that every key exists in both languages; the key itself is the answer before the first load.
  return pattern ? bundle.formatPattern(pattern, args ?? null) : key
}

/** Whether the language now shown has a message, for codes that a programme may add. */
export function hasMessage(key: string): key is MessageKey {
  return bundle.hasMessage(key)
}
