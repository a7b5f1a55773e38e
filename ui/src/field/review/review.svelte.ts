// Verifica: decisions first, notes after, then the signature.
import { call } from '../../lib/backend/backend'
import type { AmendmentReason } from '../../lib/generated/AmendmentReason'
import type { DuplicateDecision } from '../../lib/generated/DuplicateDecision'
import type { FindingView } from '../../lib/generated/FindingView'
import type { PairSideView } from '../../lib/generated/PairSideView'
import type { PairView } from '../../lib/generated/PairView'
import type { RefusalReason } from '../../lib/generated/RefusalReason'
import type { RefusalView } from '../../lib/generated/RefusalView'
import type { ReviewView } from '../../lib/generated/ReviewView'
import { dayMonth, list, sentence } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { ageBands, depths, findings, itemTitle, originName, shortCrewReasons } from '../../lib/labels'
import { contactWords } from '../contact-words'
import type { Field } from '../field.svelte'
import { pieces } from '../supplies'

export class ReviewState {
  #field: Field
  view: ReviewView | null = $state.raw(null)
  signer: string | null = $state(null)
  reason: AmendmentReason | null = $state(null)
  /** The choice for each pair that was changed from what is proposed, by its two contacts. */
  #choices: Record<string, DuplicateDecision> = $state({})
  working = $state(false)

  constructor(field: Field) {
    this.#field = field
    void this.#change((outing_id) => call('review', { outing_id }))
  }

  readonly title = $derived(
    this.view?.amendment ? t('review-amend-title', { n: this.view.amendment.number }) : t('review-title'),
  )
  readonly over = $derived(
    this.view === null ? '' : t('review-of', { date: dayMonth(this.view.outing.date) }),
  )
  /** Pairs, and findings that stop the signature. */
  readonly decisions = $derived((this.view?.pairs.length ?? 0) + (this.view?.blocking.length ?? 0))
  readonly notesCount = $derived((this.view?.notes.length ?? 0) + (this.view?.refusals.length ?? 0))
  readonly operators = $derived((this.view?.operators ?? []).map((value) => ({ value, label: value })))
  /** Records that are known to be missing: what is signed is signed without them. */
  readonly without = $derived((this.view?.missing ?? []).reduce((sum, { count }) => sum + count, 0))
  /** With one operator there is nobody to choose. */
  readonly signs = $derived(
    this.signer ?? (this.view?.operators.length === 1 ? (this.view.operators[0] ?? null) : null),
  )
  readonly canSign = $derived(this.view !== null && this.view.can_sign && this.signs !== null)
  readonly isSigned = $derived(
    this.view !== null && !['open', 'closed', 'cancelled'].includes(this.view.outing.status),
  )
  readonly canAmend = $derived(
    this.view !== null && this.view.can_amend && this.signs !== null && this.reason !== null,
  )
  /** The outing looked at is the one this phone is on. */
  readonly isUnderWay = $derived.by(() => this.#field.night?.outing_id === this.view?.outing.outing_id)

  readonly counts = $derived.by(() => {
    const view = this.view
    if (view === null) return []
    return [
      { value: view.counts.persons, label: t('contact-people', { n: view.counts.persons }) },
      { value: view.counts.seen, label: t('close-seen') },
      { value: view.counts.contacts, label: t('review-contacts', { n: view.counts.contacts }) },
      { value: view.counts.referrals, label: t('close-referrals', { n: view.counts.referrals }) },
    ]
  })

  /** *persone: 12 → 15*, for each number that a rettifica changes. */
  readonly amendmentChanges = $derived.by(() => {
    const view = this.view
    if (!view?.amendment) return []
    const { before } = view.amendment
    const after = view.counts
    const lines = [
      { what: t('contact-people', { n: after.persons }), before: before.persons, after: after.persons },
      { what: t('review-contacts', { n: after.contacts }), before: before.contacts, after: after.contacts },
      { what: t('review-seen'), before: before.seen, after: after.seen },
      {
        what: t('close-referrals', { n: after.referrals }),
        before: before.referrals,
        after: after.referrals,
      },
      { what: t('review-incidents'), before: before.incidents, after: after.incidents },
    ]
    return lines
      .filter((line) => line.before !== line.after)
      .map((line) => sentence(t('review-amend-change', line)))
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
    const { without } = this
    const done = await this.#change((outing_id) => call('sign_off', { outing_id, operator, without }))
    if (done) this.send()
  }

  async amend(): Promise<void> {
    const [operator, reason] = [this.signs, this.reason]
    if (operator === null || reason === null) return
    const { without } = this
    const done = await this.#change((outing_id) => call('amend', { outing_id, operator, reason, without }))
    if (done) this.send()
  }

  async closeLost(): Promise<void> {
    await this.#change((outing_id) => call('close_lost', { outing_id }))
  }

  send(): void {
    this.#field.route.replace('/send')
  }

  openNight(): void {
    this.#field.route.go('/night-list')
  }

  openRecord(finding: FindingView): void {
    this.#field.record = finding.record
    this.#field.route.go('/record')
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
    // V16 about nobody's alias: she was split off before her group was said to have come back.
    if (finding.rule === 'V16' && finding.place.at === 'contact' && finding.place.field === null) {
      const text = t('review-split-before')
      return zone === null ? text : t('review-finding', { text, zone: this.#field.zoneName(zone) })
    }
    if (finding.place.at === 'item') {
      return t('review-finding-item', { text, item: itemTitle(finding.place.item) })
    }
    const alone = this.view?.short_crew ?? null
    if (finding.rule === 'V03' && alone !== null) {
      return t('review-finding-alone', { text, reason: t(shortCrewReasons[alone]).toLocaleLowerCase() })
    }
    if (zone !== null) return t('review-finding', { text, zone: this.#field.zoneName(zone) })
    return count > 1 ? t('review-finding-count', { text, n: count }) : text
  }

  /** *Telefono 2: 3 registrazioni senza effetto …* */
  refusal({ phone, reason, count }: RefusalView): string {
    return t('review-refused', { phone, n: count, why: t(refusalReasons[reason]) })
  }

  async #change(command: (outingId: string) => Promise<ReviewView>): Promise<boolean> {
    const outing = this.#field.outingId
    if (outing === null || this.working) return false
    this.working = true
    const done = await this.#field.attempt(async () => {
      this.view = await command(outing)
    })
    this.working = false
    return done
  }
}

const refusalReasons = {
  not_lead: 'review-refused-lead',
  not_owner: 'review-refused-owner',
  no_record: 'review-refused-gone',
} as const satisfies Record<RefusalReason, PlainKey>

const pairKey = (pair: PairView): string => `${pair.first.contact} ${pair.second.contact}`
