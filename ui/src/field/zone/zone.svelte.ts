// Correggi zona: the change that was forgotten, applied to the last records.
import { call } from '../../lib/backend/backend'
import type { Field } from '../field.svelte'

/** How far back one goes by hand. */
const MOST = 12

export class ZoneState {
  #field: Field
  n = $state(1)
  zone: string | null = $state(null)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
  }

  readonly options = $derived.by(() =>
    (this.#field.night?.zones ?? []).map(({ code, label }) => ({ value: code, label })),
  )

  step(by: number): void {
    this.n = Math.min(MOST, Math.max(1, this.n + by))
  }

  async save(): Promise<void> {
    const zone = this.zone
    if (zone === null) return
    this.saving = true
    await this.#field.finish('home', async () =>
      this.#field.take(await call('change_zone', { zone, also_last: this.n })),
    )
    this.saving = false
  }
}
