// Collega i telefoni: what this phone shows, and going over to the other one's outing when both had started.
import { call } from '../../lib/backend/backend'
import type { LinkView } from '../../lib/generated/LinkView'
import type { Field } from '../field.svelte'
import { FindCode } from './find-code.svelte'

export class PairState {
  #field: Field
  readonly find: FindCode
  view: LinkView | null = $state.raw(null)
  /** The other phone had started on its own. */
  other = $state(false)
  joining = $state(false)
  /** The code that was found is this phone's own. */
  readonly isSame = $derived.by(() => this.find.found !== null && this.find.found.code === this.view?.code)

  constructor(field: Field) {
    this.#field = field
    this.find = new FindCode(field)
    void field.attempt(async () => {
      this.view = await call('pair', {})
    })
  }

  /** Nothing is recorded here yet: this phone goes on in the other one's outing. */
  async join(): Promise<void> {
    const code = this.find.found?.code
    if (code === undefined) return
    this.joining = true
    const joined = await this.#field.attempt(async () => {
      this.#field.take(await call('join_outing', { code }))
    })
    this.joining = false
    if (joined) this.#field.route.home()
  }
}
