// The board of referrals: what is listed, which week's stock is proved, and the referral that is open.
import { asErrorView, call } from '../../lib/backend/backend'
import type { BoardFilter } from '../../lib/generated/BoardFilter'
import type { BoardInput } from '../../lib/generated/BoardInput'
import type { BoardRow } from '../../lib/generated/BoardRow'
import type { BoardStepInput } from '../../lib/generated/BoardStepInput'
import type { BoardView } from '../../lib/generated/BoardView'
import type { CorrectionReason } from '../../lib/generated/CorrectionReason'
import type { DeskReferralInput } from '../../lib/generated/DeskReferralInput'
import type { ErrorView } from '../../lib/generated/ErrorView'

/** Where on the page something was asked: what goes wrong is said there. */
export type Asked = 'look' | 'step' | 'back' | 'new'

export class BoardPage {
  /** What is known; the last answer stays while the next is on its way. */
  view: BoardView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Where the last step was asked. */
  asked: Asked = $state('look')
  /** Something is being written. */
  busy = $state(false)
  /** What was just written, by its four characters. */
  written: string | undefined = $state()
  /** A referral is being opened; it follows from another one, or from none. */
  opening: { parent: BoardRow | undefined } | undefined = $state.raw()
  /** The referral that is open, by its id. */
  #chosen: string | undefined = $state()

  /** The referral that is open. */
  chosen: BoardRow | undefined = $derived(
    [...(this.view?.rows ?? []), ...(this.view?.no_place ?? [])].find((row) => row.id === this.#chosen),
  )

  /** What is asked for now. */
  get input(): BoardInput {
    return { filter: this.view?.filter ?? 'open', week: this.view?.flow.week ?? null }
  }

  /** Reads the board as it stands. */
  async look(): Promise<void> {
    await this.#step('look', () => call('board', this.input))
  }

  /** *Aperti, Chiusi, Tutti*. */
  async filter(filter: BoardFilter): Promise<void> {
    await this.#step('look', () => call('board', { ...this.input, filter }))
  }

  /** The stock of another week. */
  async prove(week: string): Promise<void> {
    await this.#step('look', () => call('board', { ...this.input, week }))
  }

  /** Opens a referral, or none. */
  choose(row: BoardRow | undefined): void {
    this.error = undefined
    this.opening = undefined
    this.#chosen = row?.id
  }

  /** A new one, which may follow from another. */
  open(parent: BoardRow | undefined): void {
    this.error = undefined
    this.#chosen = undefined
    this.opening = { parent }
  }

  /** Nothing new after all. */
  leave(): void {
    this.error = undefined
    this.opening = undefined
  }

  /** A referral goes on. */
  async advance(row: BoardRow, step: Omit<BoardStepInput, 'board' | 'referral'>): Promise<boolean> {
    return this.#write('step', row.code, () =>
      call('advance_at_desk', { board: this.input, referral: row.id, ...step }),
    )
  }

  /** Its last step was wrong. */
  async takeBack(row: BoardRow, reason: CorrectionReason): Promise<boolean> {
    return this.#write('back', row.code, () =>
      call('take_back_step', { board: this.input, referral: row.id, reason }),
    )
  }

  /** A new referral. */
  async create(referral: Omit<DeskReferralInput, 'board'>): Promise<boolean> {
    const before = this.view?.rows.map((row) => row.id) ?? []
    const done = await this.#write('new', undefined, () =>
      call('open_at_desk', { board: this.input, ...referral }),
    )
    if (done) {
      this.opening = undefined
      this.written = this.view?.rows.find((row) => !before.includes(row.id))?.code
    }
    return done
  }

  async #write(asked: Asked, code: string | undefined, ask: () => Promise<BoardView>): Promise<boolean> {
    const done = await this.#step(asked, ask)
    if (done) {
      this.written = code
      this.#chosen = undefined
    }
    return done
  }

  async #step(asked: Asked, ask: () => Promise<BoardView>): Promise<boolean> {
    this.busy = true
    this.asked = asked
    this.error = undefined
    this.written = undefined
    try {
      this.view = await ask()
      return true
    } catch (error) {
      this.error = asErrorView(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
