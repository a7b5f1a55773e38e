// The emergency card: an immediate referral is open from the first moment; the choice says to whom.
import { call } from '../../lib/backend/backend'
import type { ServiceType } from '../../lib/generated/ServiceType'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import type { Field } from '../field.svelte'

/** What is happening. */
export type Happening = 'leave' | 'minor' | 'ill'

const choices: readonly { value: Happening; key: PlainKey; service: ServiceType }[] = [
  { value: 'leave', key: 'em-leave', service: 'emergency_shelter' },
  { value: 'minor', key: 'em-minor', service: 'minor_protection' },
  { value: 'ill', key: 'em-ill', service: 'emergency_dept' },
]

export class EmergencyState {
  #field: Field
  chosen: Happening = $state('leave')
  /** Commands run one after the other, so that a quick change of mind leaves one referral. */
  #queue: Promise<unknown> = Promise.resolve()
  /** What opened the referral, to take it back. */
  #opened: { operation: string; undoUntil: number; referral: string } | null = null

  constructor(field: Field) {
    this.#field = field
    this.#enqueue(() => this.#open('leave'))
  }

  readonly where = $derived.by(() =>
    t('em-open', { zone: this.#field.zoneName(this.#field.night?.zone ?? '') }),
  )
  readonly happenings = $derived(choices.map(({ value, key }) => ({ value, label: t(key) })))
  readonly coordinator = $derived.by(() => this.#field.night?.coordinator_phone ?? null)
  readonly coordinatorDetail = $derived(
    this.coordinator === null ? t('em-coord-none') : t('em-coord-on-call'),
  )

  /** Another choice: the referral just opened is undone, the right one opened. */
  choose(happening: Happening): void {
    if (happening !== this.chosen) {
      this.chosen = happening
      this.#enqueue(async () => {
        await this.#takeBack()
        await this.#open(happening)
      })
    }
    if (happening === 'minor') this.#field.route.go('/minor')
  }

  close(): void {
    this.#field.route.home()
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(() => this.#field.attempt(work))
  }

  /** Undone while that is possible; later it is cancelled, and the path says so. */
  async #takeBack(): Promise<void> {
    const opened = this.#opened
    if (opened === null) return
    if (Date.now() < opened.undoUntil) {
      this.#field.take(await call('undo', { operation: opened.operation }))
    } else {
      await call('advance_referral', {
        referral: opened.referral,
        states: ['cancelled'],
        outcome: null,
        accompaniment: null,
      })
    }
    this.#opened = null
  }

  async #open(happening: Happening): Promise<void> {
    const service = choices.find(({ value }) => value === happening)?.service ?? 'other'
    const { opened } = await call('open_referral', {
      card: null,
      alias: null,
      service_type: service,
      urgency: 'immediate',
      reason: 'emergency',
      language_need: null,
      mediator_needed: false,
      accompany_needed: false,
      consent: 'not_needed_yet',
      parent_id: null,
      answer: null,
    })
    this.#field.take(await call('tonight', {}))
    const last = this.#field.night?.last
    if (last && opened !== null) {
      this.#opened = {
        operation: last.operation,
        undoUntil: Date.parse(last.undo_until),
        referral: opened,
      }
    }
  }
}
