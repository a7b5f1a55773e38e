// The kit sheet: one tap on a kit, one on Salva.
import { t } from '../../lib/i18n/i18n.svelte'
import { list } from '../../lib/i18n/format'
import { itemCount } from '../../lib/labels'
import { contactWords } from '../contact-words'
import type { Draft } from '../draft.svelte'
import type { Field } from '../field.svelte'
import { exceedsBag, kitOptions, leftAfter, pieces, runsLow, totalPieces } from '../supplies'

export class KitState {
  #field: Field
  readonly draft: Draft
  othersOpen = $state(false)
  saving = $state(false)

  constructor(field: Field, draft: Draft) {
    this.#field = field
    this.draft = draft
  }

  readonly #kits = $derived.by(() => this.#field.night?.kits ?? [])
  readonly #bag = $derived.by(() => this.#field.night?.bag ?? [])
  readonly title = $derived.by(() => contactWords(this.draft.base.gender, this.draft.base.kind))
  readonly where = $derived.by(() => this.#field.zoneName(this.#field.night?.zone ?? ''))
  readonly options = $derived(kitOptions(this.#kits))
  readonly chosen = $derived.by(() => chosenCode(this.draft))
  readonly isEmpty = $derived.by(() => this.draft.pieces.length === 0)
  /** Items to add: those that come in no kit of several things first, in the order of the bag. */
  readonly items = $derived.by(() => {
    const inKits = this.#kits
      .filter(({ contents }) => contents.length > 1)
      .flatMap(({ contents }) => contents.map(({ item }) => item))
    const all = this.#bag.map(({ item }) => item)
    return [...all.filter((item) => !inKits.includes(item)), ...all.filter((item) => inKits.includes(item))]
  })

  readonly othersText = $derived.by(() => {
    const chosen = [...this.draft.others].filter(([, n]) => n > 0)
    return chosen.length === 0 ? t('kit-other-hint') : list(chosen.map(([item, n]) => itemCount(item, n)))
  })

  readonly line = $derived.by(() => {
    const out = this.draft.pieces
    if (out.length === 0) return t('kit-line-nothing')
    if (exceedsBag(out, this.#bag)) return t('kit-over')
    return t(runsLow(out, this.#bag) ? 'kit-line-low' : 'kit-line', {
      n: totalPieces(out),
      list: pieces(out),
      left: leftAfter(out, this.#bag),
    })
  })

  choose(code: string): void {
    chooseKit(this.draft, code, this.#kits)
  }

  openOthers(): void {
    this.othersOpen = true
  }

  closeOthers(): void {
    this.othersOpen = false
  }

  openDetails(): void {
    this.#field.route.go('/details')
  }

  leave(): void {
    void this.#field.dropDraft()
  }

  async save(): Promise<void> {
    this.saving = true
    await this.#field.saveDraft(this.draft)
    this.saving = false
  }
}

/** Code of the chosen kit, `none` for *Niente*. */
export function chosenCode(draft: Draft): string | null {
  return draft.kit === null || draft.kit === 'none' ? draft.kit : draft.kit.code
}

/** A tap on a kit or on *Niente*, which also takes back the other items. */
export function chooseKit(
  draft: Draft,
  code: string,
  kits: readonly Exclude<Draft['kit'], null | 'none'>[],
): void {
  if (code === 'none') {
    draft.kit = 'none'
    draft.others.clear()
  } else {
    draft.kit = kits.find((kit) => kit.code === code) ?? null
  }
}
