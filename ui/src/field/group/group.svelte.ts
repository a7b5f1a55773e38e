// Several people met together: number, kit for each, saved.
import { t } from '../../lib/i18n/i18n.svelte'
import { Draft } from '../draft.svelte'
import type { Field } from '../field.svelte'
import { chooseKit, chosenCode } from '../kit/kit.svelte'
import { kitName, kitOptions, pieces, totalPieces } from '../supplies'

/** Numbers with a key of their own. */
const KEYS = [2, 3, 4, 5, 6, 7, 8, 9]
/** Limits of rule V05, to be stepped within. */
const LARGE = 10
const LARGEST = 30

export class GroupState {
  readonly keys = KEYS
  #field: Field
  #draft: Draft
  n: number | null = $state(null)
  isLarge = $state(false)
  saving = $state(false)
  #isOpened: boolean

  constructor(field: Field) {
    this.#field = field
    const resumed = field.draft
    this.#isOpened = resumed !== null
    this.#draft = resumed ?? new Draft({ ...groupBase, n_persons: 0 })
    if (resumed) {
      this.n = resumed.base.n_persons
      this.isLarge = resumed.base.n_persons >= LARGE
    }
  }

  readonly #kits = $derived.by(() => this.#field.night?.kits ?? [])
  readonly where = $derived.by(() => this.#field.zoneName(this.#field.night?.zone ?? ''))
  readonly options = $derived(kitOptions(this.#kits))
  readonly chosen = $derived.by(() => chosenCode(this.#draft))

  readonly line = $derived.by(() => {
    if (this.n === null) return t('group-howmany')
    const out = this.#draft.pieces
    const kit = this.chosen
    if (out.length === 0 || kit === null) return t('group-line-none', { n: this.n })
    return t('group-line', { n: this.n, kit: kitName(kit), pieces: totalPieces(out), list: pieces(out) })
  })

  /** The card is durable from the first number on; another number changes it. */
  choose(n: number): void {
    const base = { ...groupBase, n_persons: n }
    this.#draft.base = base
    this.n = n
    if (this.#isOpened) return
    this.#isOpened = true
    void this.#draft.card
    this.#field.draft = this.#draft
  }

  openLarge(): void {
    this.isLarge = true
    this.choose(LARGE)
  }

  step(by: number): void {
    this.choose(Math.min(LARGEST, Math.max(2, (this.n ?? LARGE) + by)))
  }

  chooseKit(code: string): void {
    chooseKit(this.#draft, code, this.#kits)
  }

  /** Leaves without saving; a card that was begun is given up. */
  leave(): void {
    if (this.n === null) this.#field.route.back()
    else void this.#field.dropDraft()
  }

  async save(): Promise<void> {
    if (this.n === null) return
    this.saving = true
    await this.#field.saveDraft(this.#draft)
    this.saving = false
  }
}

/** Who they were is completed later, or never. */
const groupBase = { gender: 'not_recorded', kind: 'unknown', target_group: 'person' } as const
