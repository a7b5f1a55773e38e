// Why this phone cannot open its notebook any more, in words, and the way out: the notebook is moved aside, sealed.
import { call } from '../../lib/backend/backend'
import type { KeptView } from '../../lib/generated/KeptView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

export class ForgottenState {
  kept: KeptView | null = $state.raw(null)
  #field: Field

  constructor(field: Field) {
    this.#field = field
  }

  /** Not after ten misses: then the keys are gone already. */
  readonly isLocked = $derived.by(() => this.#field.session?.state === 'locked')
  readonly #isKey = $derived.by(() => this.#field.lockedOut === 'key')

  readonly title = $derived.by(() => {
    if (!this.isLocked) return t('forgotten-spent-title')
    return this.#isKey ? t('forgotten-key-title') : t('lock-forgot')
  })

  readonly what = $derived.by(() => {
    if (!this.isLocked) return t('forgotten-spent-what')
    return this.#isKey ? t('forgotten-key-what') : t('forgotten-what')
  })

  readonly first = $derived(this.#isKey ? t('forgotten-key-first') : t('forgotten-first'))
  readonly backLabel = $derived(this.#isKey ? t('forgotten-key-retry') : t('app-back'))

  /** Asks how much is where; to be used as an effect. */
  async count(): Promise<void> {
    await this.#field.attempt(async () => {
      this.kept = await call('kept', {})
    })
  }

  /** Moves the notebook aside; the phone begins anew. */
  async setAside(): Promise<void> {
    await this.#field.attempt(async () => {
      const session = await call('set_aside', {})
      this.#field.lockedOut = null
      await this.#field.enter(session)
      this.#field.route.home()
    })
  }
}
