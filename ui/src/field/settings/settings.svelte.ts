// What can be set on this phone. Every choice holds at once and is kept by the core.
import { call } from '../../lib/backend/backend'
import type { Settings } from '../../lib/generated/Settings'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

/** An answer of a group of chips. */
interface Option<Value> {
  value: Value
  label: string
}

export class SettingsState {
  #field: Field
  #changing: Promise<unknown> = Promise.resolve()

  constructor(field: Field) {
    this.#field = field
  }

  readonly #session = $derived.by(() => this.#field.session)
  readonly settings = $derived(this.#session?.settings ?? null)
  /** Idle seconds before the lock that hold now: as chosen, or sooner if the programme says so. */
  readonly lockAfter = $derived(this.#session?.lock_after_seconds ?? null)

  readonly hands: Option<Settings['hand']>[] = $derived([
    { value: 'right', label: t('set-hand-right') },
    { value: 'left', label: t('set-hand-left') },
  ])
  readonly sizes: Option<Settings['text_size']>[] = $derived([
    { value: 'normal', label: t('set-text-normal') },
    { value: 'large', label: t('set-text-large') },
  ])
  readonly languages: Option<Settings['language']>[] = $derived([
    { value: 'it', label: t('set-language-it') },
    { value: 'en', label: t('set-language-en') },
  ])
  readonly themes: Option<Settings['theme']>[] = $derived([
    { value: 'night', label: t('set-theme-night') },
    { value: 'day', label: t('set-theme-day') },
  ])
  readonly locks: Option<number | null>[] = $derived(
    (this.#session?.lock_choices ?? []).map((seconds) => ({
      value: seconds,
      label:
        seconds < 60 ? t('set-lock-seconds', { n: seconds }) : t('set-lock-minutes', { n: seconds / 60 }),
    })),
  )

  /** Only Android's launcher shows the app under a name that can be chosen. */
  readonly hasLauncher = navigator.userAgent.includes('Android')
  // The names that the launcher itself shows: they are the same in every language.
  readonly entries: Option<Settings['launcher_entry']>[] = $derived([
    { value: 'uscita', label: t('set-entry-uscita') },
    { value: 'shifts', label: t('set-entry-shifts') },
    { value: 'notes', label: t('set-entry-notes') },
    { value: 'stock', label: t('set-entry-stock') },
  ])

  /** Changes what is chosen, and leaves the rest as the change before has left it. */
  async choose(change: Partial<Settings>): Promise<void> {
    this.#changing = this.#changing.then(() => this.#field.attempt(() => this.#change(change)))
    await this.#changing
  }

  async #change(change: Partial<Settings>): Promise<void> {
    if (this.settings === null || !this.#field.isOpen) return
    await this.#field.resettle(await call('save_settings', { ...this.settings, ...change }))
  }
}
