// Scorte: this phone's bag, and the count at close, one item after the other.
import { call } from '../../lib/backend/backend'
import type { DifferenceReason } from '../../lib/generated/DifferenceReason'
import type { StockRowView } from '../../lib/generated/StockRowView'
import { t } from '../../lib/i18n/i18n.svelte'
import { itemTitle } from '../../lib/labels'
import type { Field } from '../field.svelte'

/** Digits of the largest count. */
const COUNT_DIGITS = 4

export class StockState {
  #field: Field
  rows: StockRowView[] = $state.raw([])
  loaded = $state(false)
  #chosen: string | null = $state(null)
  /** What was stepped or typed for the current item. */
  #typed: number | null = $state(null)
  reason: DifferenceReason | null = $state(null)
  keypadOpen = $state(false)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => this.#take((await call('stock', {})).rows))
  }

  readonly current = $derived.by(
    () =>
      this.rows.find(({ item }) => item === this.#chosen) ?? this.rows.find(isOpen) ?? this.rows[0] ?? null,
  )
  readonly title = $derived(this.current === null ? '' : itemTitle(this.current.item))
  readonly counted = $derived(this.#typed ?? this.current?.counted ?? this.current?.expected ?? 0)
  /** Pieces missing (above zero) or in excess (below). */
  readonly missing = $derived((this.current?.expected ?? 0) - this.counted)
  readonly ready = $derived(this.missing === 0 || this.reason !== null)

  readonly question = $derived.by(() => {
    if (this.current?.over) return t('stock-over')
    if (this.missing > 0) return t('stock-diff', { n: this.missing })
    if (this.missing < 0) return t('stock-surplus', { n: -this.missing })
    return null
  })
  /** Pieces in excess can only come from the load. */
  readonly reasons = $derived.by(() => {
    const load = { value: 'load_mistake', label: t('stock-load') } as const
    if (this.missing > 0) return [{ value: 'waste', label: t('stock-waste') } as const, load]
    return this.missing < 0 ? [load] : []
  })

  choose(item: string): void {
    this.#chosen = item
    this.#typed = null
    this.reason = null
    this.keypadOpen = false
  }

  step(by: number): void {
    this.#set(this.counted + by)
  }

  /** The first digit typed replaces the figure, the next ones follow it. */
  type(digit: string): void {
    const next = this.#typed === null ? digit : `${this.#typed}${digit}`
    if (next.length <= COUNT_DIGITS) this.#set(Number(next))
  }

  erase(): void {
    this.#set(Math.floor(this.counted / 10))
  }

  async confirm(): Promise<void> {
    const row = this.current
    if (row === null || !this.ready) return
    this.saving = true
    await this.#field.attempt(async () => {
      const difference = this.missing === 0 ? null : this.reason
      const view = await call('count_item', { item: row.item, counted: this.counted, difference })
      this.#take(view.rows)
      const next = view.rows.find(isOpen)
      if (next) this.choose(next.item)
      else this.#field.route.back()
    })
    this.saving = false
  }

  #set(value: number): void {
    this.#typed = Math.max(0, value)
    this.reason = this.missing < 0 ? 'load_mistake' : null
  }

  #take(rows: StockRowView[]): void {
    this.rows = rows
    this.loaded = true
  }
}

const isOpen = (row: StockRowView): boolean => row.counted === null
