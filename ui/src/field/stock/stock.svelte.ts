// Scorte: this phone's bag. During the night more is loaded; at close everything is counted, one item after the other.
import { call } from '../../lib/backend/backend'
import type { DifferenceReason } from '../../lib/generated/DifferenceReason'
import type { StockRowView } from '../../lib/generated/StockRowView'
import type { StockView } from '../../lib/generated/StockView'
import { haptic } from '../../lib/haptic'
import { t } from '../../lib/i18n/i18n.svelte'
import { itemTitle } from '../../lib/labels'
import type { Field } from '../field.svelte'

/** Most pieces of one load, and of a count. */
const LOAD_LIMIT = 2000
const COUNT_LIMIT = 9999

/** What is done to the bag. */
export type StockTask = 'count' | 'load'

export class StockState {
  #field: Field
  rows: StockRowView[] = $state.raw([])
  #items: string[] = $state.raw([])
  loaded = $state(false)
  task: StockTask = $state('count')
  #chosen: string | null = $state(null)
  /** What was stepped or typed for the current item. */
  #typed: number | null = $state(null)
  reason: DifferenceReason | null = $state(null)
  keypadOpen = $state(false)
  saving = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      this.#take(await call('stock', {}))
      if (this.rows.length === 0) this.task = 'load'
    })
  }

  readonly tasks = $derived([
    { value: 'count' as const, label: t('stock-task-count') },
    { value: 'load' as const, label: t('stock-task-load') },
  ])

  readonly current = $derived.by(
    () =>
      this.rows.find(({ item }) => item === this.#chosen) ?? this.rows.find(isOpen) ?? this.rows[0] ?? null,
  )
  /** The item that is counted or loaded; one that is not in the bag can only be loaded. */
  readonly item = $derived.by(() => {
    const known = this.#chosen ?? this.current?.item ?? this.#items[0] ?? null
    return this.task === 'load' ? known : (this.current?.item ?? null)
  })
  readonly title = $derived(this.item === null ? '' : itemTitle(this.item))
  /** What can be loaded and is not in the bag yet. */
  readonly others = $derived(
    this.#items
      .filter((item) => !this.rows.some((row) => row.item === item))
      .map((value) => ({ value, label: itemTitle(value) })),
  )
  readonly isLoading = $derived(this.task === 'load')
  readonly figure = $derived.by(() =>
    this.isLoading
      ? (this.#typed ?? 0)
      : (this.#typed ?? this.current?.counted ?? this.current?.expected ?? 0),
  )
  readonly ask = $derived.by(() =>
    this.isLoading ? t('stock-ask-load') : t('stock-ask', { n: this.current?.expected ?? 0 }),
  )
  /** Pieces missing (above zero) or in excess (below). */
  readonly missing = $derived(this.isLoading ? 0 : (this.current?.expected ?? 0) - this.figure)
  readonly ready = $derived.by(() =>
    this.isLoading ? this.figure > 0 : this.missing === 0 || this.reason !== null,
  )
  readonly confirmLabel = $derived.by(() =>
    this.isLoading ? t('stock-load-save', { n: this.figure }) : t('stock-next'),
  )

  readonly question = $derived.by(() => {
    if (this.isLoading) return null
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

  chooseTask(task: StockTask): void {
    this.task = task
    this.#typed = null
    this.reason = null
  }

  step(by: number): void {
    this.#set(this.figure + by)
  }

  /** The first digit typed replaces the figure, the next ones follow it. */
  type(digit: string): void {
    this.#set(Number(this.#typed === null ? digit : `${this.#typed}${digit}`))
  }

  erase(): void {
    this.#set(Math.floor(this.figure / 10))
  }

  async confirm(): Promise<void> {
    const item = this.item
    if (item === null || !this.ready) return
    this.saving = true
    await this.#field.attempt(async () => (this.isLoading ? this.#load(item) : this.#count(item)))
    this.saving = false
  }

  async #load(item: string): Promise<void> {
    const view = await call('load_item', { item, quantity: this.figure })
    this.#field.take(await call('tonight', {}))
    haptic('saved')
    this.#take(view)
    this.choose(item)
  }

  async #count(item: string): Promise<void> {
    const difference = this.missing === 0 ? null : this.reason
    const { visit } = this.#field.route
    const view = await call('count_item', { item, counted: this.figure, difference })
    this.#take(view)
    const next = view.rows.find(isOpen)
    if (next) this.choose(next.item)
    else if (this.#field.route.visit === visit) this.#field.route.back()
  }

  #set(value: number): void {
    this.#typed = Math.min(this.isLoading ? LOAD_LIMIT : COUNT_LIMIT, Math.max(0, value))
    this.reason = this.missing < 0 ? 'load_mistake' : null
  }

  #take(view: StockView): void {
    this.rows = view.rows
    this.#items = view.items
    this.loaded = true
  }
}

const isOpen = (row: StockRowView): boolean => row.counted === null
