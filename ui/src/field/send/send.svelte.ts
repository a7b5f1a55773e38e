// Invio: one round after the other, until the receipt covers everything or something must be looked at.
import { call } from '../../lib/backend/backend'
import type { ErrorCode } from '../../lib/generated/ErrorCode'
import type { SendView } from '../../lib/generated/SendView'
import { errorTexts } from '../../lib/errors'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

/** Pause between two rounds that both moved something on. */
const NEXT_ROUND_MS = 400
/** Rounds without progress after which the screen says so instead of going on. */
const IDLE_ROUNDS = 3

export class SendState {
  #field: Field
  view: SendView | null = $state.raw(null)
  #stopped = false
  /** No round is under way and none will start by itself. */
  resting = $state(false)

  constructor(field: Field) {
    this.#field = field
    void this.run()
  }

  readonly over = $derived(this.view?.date ? t('review-of', { date: dayMonth(this.view.date) }) : '')
  readonly received = $derived(this.view?.state === 'received')
  readonly confirmed = $derived(this.view?.received ?? 0)
  readonly total = $derived(this.view?.total ?? 0)
  readonly waiting = $derived(this.total - this.confirmed - (this.view?.refused ?? 0))
  readonly refused = $derived(this.view?.refused ?? 0)
  /** The share confirmed, for the bar. */
  readonly share = $derived(this.total === 0 ? 0 : this.confirmed / this.total)
  readonly error: ErrorCode | null = $derived.by(() => {
    if (!this.resting) return null
    // What the server refused is said before all: trying again would not change it.
    return this.refused > 0 ? 'REG-01' : (this.view?.error ?? null)
  })

  readonly errorLines = $derived.by(() => {
    if (this.error === null) return null
    const lines = errorTexts(this.error)
    if (this.refused > 0) {
      return {
        ...lines,
        what: t('send-refused', { n: this.refused }),
        safe: t('send-refused-safe', { n: this.confirmed }),
      }
    }
    return this.confirmed > 0 && this.error.startsWith('RETE')
      ? { ...lines, safe: t('send-safe', { there: this.confirmed, here: this.total - this.confirmed }) }
      : lines
  })

  /** How many each phone wrote, as far as it is known here; one phone alone needs no list. */
  readonly phones = $derived.by(() => {
    const phones = this.view?.phones ?? []
    if (phones.length < 2) return []
    return phones.map(({ number, own, records }) => ({
      name: own ? t('send-phone-own', { n: number }) : t('send-phone', { n: number }),
      value: t('send-phone-records', { n: records }),
    }))
  })

  readonly contents = $derived.by(() => {
    const view = this.view
    if (view === null) return ''
    const parts = [t('receipt-records', { n: view.contacts })]
    if (view.observations > 0) parts.push(t('receipt-seen', { n: view.observations }))
    if (view.referrals > 0) parts.push(t('receipt-referrals', { n: view.referrals }))
    if (view.incidents > 0) parts.push(t('receipt-incidents', { n: view.incidents }))
    return list(parts)
  })

  readonly forget = $derived.by(() => {
    const gone = this.view?.forgotten_on ?? null
    if (gone !== null) return t('receipt-forgotten', { d: dayMonth(gone) })
    const day = this.view?.forget_on ?? null
    if (day !== null) return t('receipt-forget', { d: dayMonth(day) })
    return t(this.view?.night_log_received ? 'receipt-forget-backup' : 'receipt-forget-pending')
  })
  readonly reviewMissing = $derived(this.view?.review_missing ?? false)

  /** Rounds with the server until all is received, something is refused, or nothing moves any more. */
  async run(): Promise<void> {
    const outing = this.#field.outingId
    if (outing === null) return
    this.resting = false
    this.#stopped = false
    let idle = 0
    while (!this.#stopped) {
      const before = this.view?.received ?? -1
      const ok = await this.#field.attempt(async () => {
        this.view = await call('send', { outing_id: outing })
      })
      if (!ok || this.view === null) break
      idle = this.view.received > before ? 0 : idle + 1
      if (this.received || this.refused > 0 || this.view.error !== null || idle >= IDLE_ROUNDS) break
      await new Promise((resolve) => setTimeout(resolve, NEXT_ROUND_MS))
    }
    await this.#field.attempt(async () => this.#field.take(await call('tonight', {})))
    this.resting = true
  }

  /** *Ferma e riprendi più tardi*. */
  stop(): void {
    this.#stopped = true
    this.leave()
  }

  leave(): void {
    this.#stopped = true
    this.#field.route.home()
    void this.#field.attempt(async () => this.#field.take(await call('tonight', {})))
  }

  /** *Da guardare*: what the server refused. */
  openAttention(): void {
    this.#field.route.go('/attention')
  }

  /** *Buona notte*: the night is over, the phone is closed. */
  goodNight(): void {
    this.#stopped = true
    this.#field.hide()
  }
}
