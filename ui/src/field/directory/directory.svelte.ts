// Rubrica: what is open, what asks for what, whom to call. Filters stand in memory only.
import { call } from '../../lib/backend/backend'
import type { DirectoryEntryView } from '../../lib/generated/DirectoryEntryView'
import type { DirectoryView } from '../../lib/generated/DirectoryView'
import type { Language } from '../../lib/generated/Language'
import type { OpeningView } from '../../lib/generated/OpeningView'
import { dayMonth, languageWord, list, sentence, weekdayName } from '../../lib/i18n/format'
import { formatLocale, t } from '../../lib/i18n/i18n.svelte'
import { destinations, spokenLanguage } from '../../lib/labels'
import type { Field } from '../field.svelte'
import { clockText, daysText, isEveryDay, isWholeDay, timesText } from './hours'

/** A switch above the list. */
export type Filter = 'open' | 'papers' | 'free'

export class DirectoryState {
  #field: Field
  view: DirectoryView | null = $state.raw(null)
  filters: readonly Filter[] = $state.raw([])
  language: Language | null = $state(null)
  choosingLanguage = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.view = await call('directory', {})
    })
  }

  readonly entries = $derived.by(() => (this.view?.entries ?? []).filter((entry) => this.#passes(entry)))
  readonly isEmpty = $derived(this.view?.entries.length === 0)
  readonly options = $derived([
    { value: 'open' as const, label: t('dir-open-now') },
    { value: 'papers' as const, label: t('dir-papers') },
    { value: 'free' as const, label: t('dir-free') },
  ])
  readonly languages = $derived(
    (this.view?.languages ?? []).map((value) => ({ value, label: spokenLanguage(value) })),
  )
  readonly languageLabel = $derived(
    this.language === null ? t('dir-language') : spokenLanguage(this.language),
  )

  toggle(filter: Filter): void {
    this.filters = this.filters.includes(filter)
      ? this.filters.filter((other) => other !== filter)
      : [...this.filters, filter]
  }

  /** Opens the choice of languages; a language already chosen is given up. */
  tapLanguage(): void {
    if (this.language === null) this.choosingLanguage = !this.choosingLanguage
    else this.language = null
  }

  chooseLanguage(language: Language): void {
    this.language = language
    this.choosingLanguage = false
  }

  show(service: DirectoryEntryView): void {
    this.#field.shown = { card: 'service', service }
    this.#field.route.go('/card')
  }

  #passes(entry: DirectoryEntryView): boolean {
    const needs = entry.needs_document
    return (
      (!this.filters.includes('open') || entry.opening.state === 'open') &&
      (!this.filters.includes('papers') || needs === 'none' || needs === 'stp_eni') &&
      (!this.filters.includes('free') || entry.free) &&
      (this.language === null || entry.languages.includes(this.language))
    )
  }
}

/** Its name; of a protected house only what it is. */
export function entryTitle(entry: DirectoryEntryView): string {
  return entry.label ?? t(destinations[entry.service_type])
}

/** *Lunedì–venerdì 9–13. Apre tra 9 ore.* */
export function hoursLine(entry: DirectoryEntryView): string {
  const spans = entry.spans.map((span) => {
    const days = isEveryDay(span.days) ? t('dir-every-day') : daysText(span.days, formatLocale())
    const times = isWholeDay(span) ? t('dir-all-day') : timesText(span, formatLocale())
    return isWholeDay(span) ? `${days}, ${times}` : `${days} ${times}`
  })
  const hours = spans.length === 0 ? [] : [`${sentence(list(spans))}.`]
  return [...hours, openingText(entry.opening)].join(' ')
}

/** *Apre tra 9 ore.* Hours are rounded; from a day on, the day is said. */
export function openingText(opening: OpeningView): string {
  switch (opening.state) {
    case 'unknown':
      return t('dir-unknown')
    case 'open': {
      const { minutes } = opening
      if (minutes === null || minutes >= 24 * 60) return t('dir-open')
      return minutes < 60
        ? t('dir-open-minutes', { n: minutes })
        : t('dir-open-hours', { n: Math.round(minutes / 60) })
    }
    case 'closed': {
      const { opens } = opening
      if (opens === null) return t('dir-closed')
      if (opens.minutes < 60) return t('dir-opens-minutes', { n: opens.minutes })
      if (opens.minutes < 24 * 60) return t('dir-opens-hours', { n: Math.round(opens.minutes / 60) })
      return t('dir-opens-day', {
        day: weekdayName(opens.date),
        time: clockText(opens.minute, formatLocale()),
      })
    }
  }
}

/** *italiano, rumeno, inglese*. */
export function languagesLine(entry: DirectoryEntryView): string {
  return list(entry.languages.map(languageWord))
}

const documents = {
  none: 'dir-doc-none',
  stp_eni: 'dir-doc-stp',
  id: 'dir-doc-id',
  permit: 'dir-doc-permit',
} as const

/** *Basta STP o ENI*. */
export function documentLine(entry: DirectoryEntryView): string {
  return t(documents[entry.needs_document])
}

/** *Gratuito, senza appuntamento*. */
export function accessLine(entry: DirectoryEntryView): string {
  return list([
    entry.free ? t('dir-cost-free') : t('dir-cost-ticket'),
    entry.walk_in ? t('dir-walk-in') : t('dir-appointment'),
    ...(entry.women_only ? [t('dir-women')] : []),
  ])
}

/** *Verificato il 2 marzo. Meglio accompagnare.* */
export function checkedLine(entry: DirectoryEntryView): string {
  const checked = entry.stale
    ? t('dir-stale', { n: entry.checked_days_ago })
    : t('dir-verified', { date: dayMonth(entry.verified_on) })
  return entry.accompany_advised ? `${checked} ${t('dir-accompany')}` : checked
}
