// Verifica: decisions first, notes after, then the signature.
import { call } from '../../lib/backend/backend'
import type { DuplicateDecision } from '../../lib/generated/DuplicateDecision'
import type { FindingView } from '../../lib/generated/FindingView'
import type { PairSideView } from '../../lib/generated/PairSideView'
import type { PairView } from '../../lib/generated/PairView'
import type { ReviewView } from '../../lib/generated/ReviewView'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { ageBands, depths, findings, originName } from '../../lib/labels'
import { contactWords } from '../contact-words'
import type { Field } from '../field.svelte'
import { pieces } from '../supplies'

export class ReviewState {
  #field: Field
  view: ReviewView | null = $state.raw(null)
  signer: string | null = $state(null)
  /** The choice for each pair that was changed from what is proposed, by its two contacts. */
  #choices: Record<string, DuplicateDecision> = $state({})
  working = $state(false)

  constructor(field: Field) {
    this.#field = field
    void this.#change((outing_id) => call('review', { outing_id }))
  }

  readonly over = $derived(
    this.view === null ? '' : t('review-of', { date: dayMonth(this.view.outing.date) }),
  )
  /** Pairs, and findings that stop the signature. */
  readonly decisions = $derived((this.view?.pairs.length ?? 0) + (this.view?.blocking.length ?? 0))
  readonly notesCount = $derived(this.view?.notes.length ?? 0)
  readonly operators = $derived((this.view?.operators ?? []).map((value) => ({ value, label: value })))
  /** With one operator there is nobody to choose. */
  readonly signs = $derived(
    this.signer ?? (this.view?.operators.length === 1 ? (this.view.operators[0] ?? null) : null),
  )
  readonly canSign = $derived(this.view !== null && this.view.can_sign && this.signs !== null)
  readonly isSigned = $derived(this.view !== null && this.view.outing.status !== 'closed')

  readonly counts = $derived.by(() => {
    const view = this.view
    if (view === null) return []
    return [
      { value: view.persons, label: t('contact-people', { n: view.persons }) },
      { value: view.seen, label: t('close-seen') },
      { value: view.contacts, label: t('review-contacts', { n: view.contacts }) },
      { value: view.referrals, label: t('close-referrals', { n: view.referrals }) },
    ]
  })

  chosen(pair: PairView): DuplicateDecision {
    return this.#choices[pairKey(pair)] ?? pair.proposed
  }

  choose(pair: PairView, decision: DuplicateDecision): void {
    this.#choices[pairKey(pair)] = decision
  }

  async settle(pair: PairView): Promise<void> {
    const decision = this.chosen(pair)
    await this.#change((outing_id) =>
      call('settle', { outing_id, first: pair.first.contact, second: pair.second.contact, decision }),
    )
  }

  async accept(view: FindingView): Promise<void> {
    await this.#change((outing_id) => call('accept_finding', { outing_id, finding: view.finding }))
  }

  async sign(): Promise<void> {
    const operator = this.signs
    if (operator === null) return
    const done = await this.#change((outing_id) => call('sign_off', { outing_id, operator }))
    if (done) this.#field.route.replace('/send')
  }

  /** One card of a pair, line by line, so that equal lines stand side by side. */
  side(side: PairSideView): { source: string; lines: string[] } {
    const phone =
      side.stop === null
        ? t('review-phone', { n: side.phone })
        : t('review-phone-stop', { n: side.phone, stop: side.stop })
    return {
      source: phone,
      lines: [
        side.aliases.length === 0 ? t('ref-no-alias') : list(side.aliases),
        contactWords(side.gender, side.kind),
        list([this.#field.zoneName(side.zone), side.slot]),
        t(depths[side.depth]),
        t(ageBands[side.age_band]),
        originName(side.nationality),
        side.handouts.length === 0 ? t('kit-line-nothing') : pieces(side.handouts),
      ],
    }
  }

  /** The sentence of a finding: the rule, then where or how often. */
  sentence({ finding, zone, count }: FindingView): string {
    const text = t(findings[finding.rule])
    if (zone !== null) return t('review-finding', { text, zone: this.#field.zoneName(zone) })
    return count > 1 ? t('review-finding-count', { text, n: count }) : text
  }

  async #change(command: (outingId: string) => Promise<ReviewView>): Promise<boolean> {
    const outing = this.#field.outingId
    if (outing === null) return false
    this.working = true
    const done = await this.#field.attempt(async () => {
      this.view = await command(outing)
    })
    this.working = false
    return done
  }
}

const pairKey = (pair: PairView): string => `${pair.first.contact} ${pair.second.contact}`
