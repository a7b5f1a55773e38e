// A card held out to somebody: in which language, and what it says.
import { call } from '../../lib/backend/backend'
import { languageName } from '../../lib/i18n/format'
import type { Field } from '../field.svelte'
import { isEveryDay, isWholeDay } from '../directory/hours'
import { cards } from './cards'
import type { PictureName } from './pictures'
import {
  isShowLanguage,
  loadWords,
  showLanguages,
  type ShowKey,
  type ShowLanguage,
  type Words,
} from './words'

/** The language of a person nobody has asked yet: the one most often needed. */
const FIRST: ShowLanguage = 'ro'

export class CardState {
  #field: Field
  words: Words | null = $state.raw(null)
  italian: Words | null = $state.raw(null)
  choosing = $state(false)
  helpline = $state('')

  constructor(field: Field) {
    this.#field = field
    const spoken = field.draft?.language ?? null
    const language = field.showLanguage ?? (isShowLanguage(spoken) ? spoken : FIRST)
    void loadWords('it').then((words) => (this.italian = words))
    void this.choose(language)
    if (field.shown?.card === 'helpline') {
      void field.attempt(async () => {
        this.helpline = (await call('directory', {})).numbers.helpline
      })
    }
  }

  readonly shown = $derived.by(() => this.#field.shown)
  readonly general = $derived(
    this.shown === null || this.shown.card === 'service' ? null : cards[this.shown.card],
  )
  readonly service = $derived(this.shown?.card === 'service' ? this.shown.service : null)
  readonly isHelpline = $derived(this.shown?.card === 'helpline')
  readonly languages = showLanguages.map((value) => ({ value, label: languageName(value) }))
  readonly languageLabel = $derived(languageName(this.words?.language ?? FIRST))

  /** Where care is given, or advice. */
  readonly isHealth = $derived(this.service?.macro_area === 'health')
  readonly title: ShowKey = $derived.by(() => {
    if (this.general !== null) return this.general.title
    const free = this.service?.free ?? false
    if (this.isHealth) return free ? 'visit-free' : 'visit'
    return free ? 'help-free' : 'help'
  })
  readonly pictures: PictureName[] = $derived([
    this.isHealth ? 'clinic' : 'advice',
    ...(this.service?.free ? (['free'] as const) : []),
    'together',
  ])
  readonly isAlways = $derived(
    this.service?.spans.some((span) => isEveryDay(span.days) && isWholeDay(span)) ?? false,
  )
  /** What to bring, and how one gets in. */
  readonly notes: ShowKey[] = $derived.by(() => {
    const service = this.service
    if (service === null) return []
    const documents = {
      none: 'doc-none',
      stp_eni: 'doc-stp-eni',
      id: 'doc-id',
      permit: 'doc-permit',
    } as const
    return [
      service.walk_in ? 'walk-in' : 'appointment',
      ...(service.women_only ? (['women-only'] as const) : []),
      documents[service.needs_document],
    ]
  })

  async choose(language: ShowLanguage): Promise<void> {
    this.choosing = false
    this.#field.showLanguage = language
    this.words = await loadWords(language)
  }

  /** Back to where it came from; nothing of it stays. */
  close(): void {
    this.#field.shown = null
    this.#field.route.back()
  }
}
