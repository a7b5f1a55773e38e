// Texts of the interface. The catalogues are Fluent files, shared with the exports of the command line.
import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { MessageKey, Messages, MessageValue, PlainKey } from './keys'

/** Languages of the interface. */
export type Locale = 'it' | 'en'

const catalogues: Record<Locale, () => Promise<{ default: string }>> = {
  it: () => import('./it.ftl?raw'),
  en: () => import('./en.ftl?raw'),
}

/** The locale of dates and numbers: both languages are used in Italy, so the day comes first. */
const formats: Record<Locale, string> = { it: 'it-IT', en: 'en-GB' }

let bundle = $state.raw(new FluentBundle('it'))
let current: Locale = $state('it')

/** Loads a language and shows it at once. */
export async function setLocale(locale: Locale): Promise<void> {
  const { default: source } = await catalogues[locale]()
  // Isolation marks would end up inside codes that people read to each other.
  const next = new FluentBundle(formats[locale], { useIsolating: false })
  next.addResource(new FluentResource(source))
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
