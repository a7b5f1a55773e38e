// Seen, not reached: one tap saves one.
import { call } from '../../lib/backend/backend'
import type { ObservationReason } from '../../lib/generated/ObservationReason'
import { haptic } from '../../lib/haptic'
import { t } from '../../lib/i18n/i18n.svelte'
import { codesOf, seenReasons } from '../../lib/labels'
import type { Field } from '../field.svelte'

export class SeenState {
  #field: Field
  lastReason: ObservationReason | null = $state(null)
  #saved = $state(0)
  #saving = false

  constructor(field: Field) {
    this.#field = field
  }

  readonly where = $derived.by(() => this.#field.zoneName(this.#field.night?.zone ?? ''))
  /** *Solo mappatura* has a button of its own. */
  readonly reasons = $derived(
    codesOf(seenReasons)
      .filter((reason) => reason !== 'mapping_only')
      .map((value) => ({ value, label: t(seenReasons[value]) })),
  )

  readonly line = $derived.by(() => {
    const total = this.#field.night?.seen ?? 0
    if (this.lastReason === null) return t('seen-line', { n: total })
    return t('seen-saved', { n: this.#saved, reason: t(seenReasons[this.lastReason]), total })
  })

  save(reason: ObservationReason): void {
    if (reason !== this.lastReason) this.#saved = 0
    void this.#save(reason)
  }

  again(): void {
    if (this.lastReason !== null) void this.#save(this.lastReason)
  }

  leave(): void {
    this.#field.route.back()
  }

  async #save(reason: ObservationReason): Promise<void> {
    if (this.#saving) return
    this.#saving = true
    const ok = await this.#field.attempt(async () => {
      const input = { reason, n: 1, gender: 'woman', apparent_minor: 0 } as const
      this.#field.take(await call('save_observation', input))
    })
    this.#saving = false
    if (!ok) return
    haptic('saved')
    this.lastReason = reason
    this.#saved += 1
  }
}
