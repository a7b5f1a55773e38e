// Open referrals of somebody who was met again: asked for when an alias is chosen, forgotten with the next card.
import { call } from '../../lib/backend/backend'
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import type { Field } from '../field.svelte'

export class FollowUps {
  #field: Field
  /** Those of the alias chosen last. */
  cards: ReferralCardView[] = $state.raw([])
  /** Of anybody else nothing is said before the code is given again. */
  codeFirst = $state(false)
  /** The referral that is looked at. */
  shown: ReferralCardView | null = $state.raw(null)

  constructor(field: Field) {
    this.#field = field
  }

  // No `$derived`: it would keep its last value after the lock.
  get #earlier(): ReferralCardView[] {
    return this.cards.filter((card) => !card.tonight)
  }

  /** The first one of an earlier night: what the screen says. */
  get first(): ReferralCardView | null {
    return this.#earlier[0] ?? null
  }

  /** How many there are of earlier nights. */
  get count(): number {
    return this.#earlier.length
  }

  /** The words of the first one. They come from the screen that asks: the first screens need few words of their own. */
  line = $state('')

  /** An alias was chosen on a card, or taken off it. */
  async look(alias: string | null, words: (card: ReferralCardView) => string): Promise<void> {
    this.cards = []
    this.codeFirst = false
    if (alias === null) return
    await this.#field.attempt(async () => {
      // The core answers only about an alias that stands on a card.
      const { draft } = this.#field
      await draft?.flush()
      if (this.#field.draft !== draft) return
      const { referrals, code_first } = await call('follow_ups', { alias })
      this.cards = referrals
      this.codeFirst = code_first
      this.line = this.first === null ? '' : words(this.first)
    })
  }

  /** To the card of a referral. */
  show(referral: ReferralCardView): void {
    this.shown = referral
    this.#field.route.go('/referral')
  }

  /** Nothing of anybody stays. */
  clear(): void {
    this.cards = []
    this.codeFirst = false
    this.line = ''
    this.shown = null
  }
}
