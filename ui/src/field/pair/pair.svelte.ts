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
  /** The outing has just been started: what comes next is to leave, not to go back to it. */
  readonly isSettingOff: boolean
  /** The code that was found is this phone's own. */
  readonly isSame = $derived.by(() => this.find.found !== null && this.find.found.code === this.view?.code)

  /** Of two that had started, the outing with the smaller code stays: both must not go over to each other. */
  readonly stays = $derived.by(() => {
    const [own, found] = [this.view?.code, this.find.found?.code]
    return own !== undefined && found !== undefined && own < found
  })

  constructor(field: Field) {
    this.#field = field
    this.isSettingOff = field.isSettingOff
    field.isSettingOff = false
    this.find = new FindCode(field)
    void field.attempt(async () => {
      this.view = await call('pair', {})
    })
  }

  /** Nothing is recorded here yet: this phone goes on in the other one's outing. */
  async join(other_recorded: boolean): Promise<void> {
    const code = this.find.found?.code
    if (code === undefined) return
    this.joining = true
    await this.#field.finish('home', async () => {
      this.#field.take(await call('join_outing', { code, other_recorded }))
    })
    this.joining = false
  }
}
