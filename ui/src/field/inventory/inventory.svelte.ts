// The list on the screen, and its Salva.
import { call } from '../../lib/backend/backend'
import type { InventoryRow } from '../../lib/generated/InventoryRow'
import type { InventoryView } from '../../lib/generated/InventoryView'
import { longDate } from '../../lib/i18n/format'
import type { Field } from '../field.svelte'

export class InventoryState {
  #view: InventoryView | null = $state.raw(null)
  rows: InventoryRow[] = $state.raw([])
  busy = $state(false)
  isSaved = $state(false)
  #field: Field

  constructor(field: Field) {
    this.#field = field
  }

  readonly date = $derived(this.#view ? longDate(this.#view.date) : '')

  /** To be used as an effect. */
  async load(): Promise<void> {
    await this.#field.attempt(async () => this.#take(await call('inventory', {})))
  }

  step(item: string, by: number): void {
    this.isSaved = false
    this.rows = this.rows.map((row) =>
      row.item === item ? { ...row, count: Math.max(0, row.count + by) } : row,
    )
  }

  async save(): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#field.attempt(async () => {
      this.#take(await call('save_inventory', { rows: this.rows }))
      this.isSaved = true
    })
    this.busy = false
  }

  #take(view: InventoryView): void {
    this.#view = view
    this.rows = view.rows
  }
}
