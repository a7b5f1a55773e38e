// Chiudi l'uscita: what is done, what is open, and the last question.
import { call } from '../../lib/backend/backend'
import type { CloseView } from '../../lib/generated/CloseView'
import type { StockRowView } from '../../lib/generated/StockRowView'
import type { Weather } from '../../lib/generated/Weather'
import { list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { incidentTypes, itemCount, itemName, optionsOf, outingTypes, weathers } from '../../lib/labels'
import type { Field } from '../field.svelte'
import { immediateWords } from './immediate'

/** Digits of the longest way, 400 km. */
const KM_DIGITS = 3
/** The longest way that can be written. */
const KM_LIMIT = 400

export class CloseState {
  #field: Field
  view: CloseView | null = $state.raw(null)
  #stock: StockRowView[] = $state.raw([])
  km: number | null = $state(null)
  kmOpen = $state(false)
  weather: Weather = $state('not_recorded')
  told = $state(false)
  /** How the two are: shown, never saved. */
  well: 'fine' | 'talk' | null = $state(null)
  closing = $state(false)

  constructor(field: Field) {
    this.#field = field
    void field.attempt(async () => {
      const view = await call('close_status', {})
      this.#stock = (await call('stock', {})).rows
      this.km = view.noted.km
      this.weather = view.noted.weather
      this.told = view.noted.coordinator_alerted
      this.view = view
    })
  }

  readonly range = $derived.by(() => {
    const night = this.#field.night
    if (night === null || this.view === null) return ''
    const type = t(outingTypes[night.outing_type]).toLocaleLowerCase()
    return t('close-range', { type, from: this.view.started_at, to: this.view.now })
  })

  readonly figures = $derived.by(() => {
    const first = this.#stock[0]
    const persons = this.view?.persons ?? 0
    const referrals = this.view?.referrals ?? 0
    return [
      { value: persons, label: t('contact-people', { n: persons }) },
      { value: this.#field.night?.seen ?? 0, label: t('close-seen') },
      ...(first === undefined ? [] : [{ value: first.out, label: itemName(first.item, first.out) }]),
      { value: referrals, label: t('close-referrals', { n: referrals }) },
    ]
  })

  readonly #open = $derived(this.view?.open_cards ?? 0)
  readonly recordsDone = $derived(this.view !== null && this.#open === 0)
  readonly recordsText = $derived.by(() => {
    const n = this.view?.contacts ?? 0
    return this.recordsDone
      ? t('close-records-done', { n })
      : t('close-records-open', { n, open: this.#open })
  })

  readonly stockDone = $derived(this.view !== null && this.view.stock_open.length === 0)
  readonly stockText = $derived.by(() => {
    if (!this.stockDone) return t('close-stock-open', { n: this.view?.stock_open.length ?? 0 })
    const wasted = this.#stock.filter((row) => row.wasted > 0)
    return wasted.length === 0
      ? t('close-stock-done')
      : t('close-stock-wasted', { list: list(wasted.map((row) => itemCount(row.item, row.wasted))) })
  })

  readonly incidents = $derived(this.view?.incidents ?? 0)
  readonly incidentsText = $derived.by(() => {
    if (this.incidents === 0) return t('close-incidents-none')
    const last = this.view?.last_incidents ?? []
    return t('close-incidents-some', {
      n: this.incidents,
      list: list(last.map((one) => t(incidentTypes[one]))),
    })
  })

  readonly urgentOpen = $derived(this.view?.immediate_open ?? 0)
  readonly urgentDone = $derived(this.urgentOpen === 0 || this.told)
  readonly urgentText = $derived.by(() => {
    const all = this.view?.immediate ?? []
    if (all.length === 0) return t('close-urgent-none')
    const then =
      this.urgentOpen === 0
        ? []
        : [this.told ? t('close-urgent-told') : t('close-urgent-open', { n: this.urgentOpen })]
    return [...immediateWords(all), ...then].join('. ')
  })
  /** V22: the coordinator is called, or has been told. */
  readonly asksCall = $derived(this.urgentOpen > 0)
  readonly coordinator = $derived(this.view?.coordinator_phone ?? null)

  readonly weatherOptions = $derived(optionsOf(weathers))

  /** A card still open: saved, or left, from *Da completare*. */
  openCard(): void {
    this.#field.route.go('/todo')
  }

  openStock(): void {
    this.#field.route.go('/stock')
  }

  openUnion(): void {
    this.#field.route.go('/union')
  }

  openIncident(): void {
    this.#field.route.go('/incident')
  }

  toggleTold(): void {
    this.#tell(!this.told)
  }

  /** The coordinator was called. */
  called(): void {
    this.#tell(true)
  }

  chooseWeather(weather: Weather): void {
    this.weather = weather
    void this.#note()
  }

  /** The number of kilometres stands. */
  closeKm(): void {
    this.kmOpen = false
    void this.#note()
  }

  typeKm(digit: string): void {
    const next = `${this.km ?? ''}${digit}`
    if (next.length <= KM_DIGITS && Number(next) <= KM_LIMIT) this.km = Number(next)
  }

  eraseKm(): void {
    const rest = Math.floor((this.km ?? 0) / 10)
    this.km = rest === 0 ? null : rest
  }

  #tell(told: boolean): void {
    this.told = told
    void this.#note()
  }

  /** What was said so far is there again after a look at the stock, a lock or a crash. */
  async #note(): Promise<void> {
    const notes = { km: this.km, weather: this.weather, coordinator_alerted: this.told }
    await this.#field.attempt(async () => {
      this.view = await call('note_close', notes)
    })
  }

  async close(): Promise<void> {
    const outing = this.#field.night?.outing_id ?? null
    const { visit } = this.#field.route
    this.closing = true
    const done = await this.#field.attempt(async () => {
      await call('close_outing', {
        km: this.km,
        weather: this.weather,
        note: null,
        coordinator_alerted: this.told,
      })
      this.#field.outingId = outing
      this.#field.take(await call('tonight', {}))
    })
    this.closing = false
    if (done && this.#field.route.visit === visit) this.#field.route.replace('/send')
  }
}
