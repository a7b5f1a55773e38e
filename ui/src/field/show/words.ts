// The words of the *Mostra* cards, in the language of the person who reads them. Each language is a small catalogue
// of its own, fetched when it is first held out.
import { FluentBundle, FluentResource } from '@fluent/bundle'

/** Languages of the cards, in the order in which they are offered. */
export const showLanguages = ['ro', 'es', 'fr', 'en', 'it'] as const
export type ShowLanguage = (typeof showLanguages)[number]

/** Everything a card can say. */
export const showKeys = [
  'visit-free',
  'visit',
  'help-free',
  'help',
  'always',
  'doc-none',
  'doc-stp-eni',
  'doc-id',
  'doc-permit',
  'walk-in',
  'appointment',
  'women-only',
  'come',
  'condom-title',
  'condom-1',
  'condom-2',
  'condom-3',
  'condom-4',
  'condom-5',
  'condom-6',
  'condom-lubricant',
  'helpline-title',
  'helpline-free',
  'helpline-always',
  'helpline-anonymous',
  'papers-title',
  'papers-care',
  'papers-code',
  'papers-police',
] as const
export type ShowKey = (typeof showKeys)[number]

const catalogues: Record<ShowLanguage, () => Promise<{ default: string }>> = {
  ro: () => import('./ro.ftl?raw'),
  es: () => import('./es.ftl?raw'),
  fr: () => import('./fr.ftl?raw'),
  en: () => import('./en.ftl?raw'),
  it: () => import('./it.ftl?raw'),
}

/** Whether there are cards in this language. */
export function isShowLanguage(code: string | null): code is ShowLanguage {
  return showLanguages.some((language) => language === code)
}

/** One language of the cards. */
export class Words {
  readonly language: ShowLanguage
  #bundle: FluentBundle

  constructor(language: ShowLanguage, source: string) {
    this.language = language
    this.#bundle = new FluentBundle(language, { useIsolating: false })
    this.#bundle.addResource(new FluentResource(source))
  }

  /** What a card says. */
  text(key: ShowKey): string {
    const pattern = this.#bundle.getMessage(key)?.value
    return pattern ? this.#bundle.formatPattern(pattern) : key
  }
}

/** Fetches a language. */
export async function loadWords(language: ShowLanguage): Promise<Words> {
  return new Words(language, (await catalogues[language]()).default)
}
