// What day staff note away from outings: a week of it, and its corrections.
import { asErrorView, call } from '../../lib/backend/backend'
import type { CorrectionReason } from '../../lib/generated/CorrectionReason'
import type { EntryPlace } from '../../lib/generated/EntryPlace'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { OfficeEntry } from '../../lib/generated/OfficeEntry'
import type { OfficeRow } from '../../lib/generated/OfficeRow'
import type { OfficeView } from '../../lib/generated/OfficeView'

/** Where on the page something was asked: what goes wrong is said there. */
export type Asked = 'look' | 'note' | 'correct'

export class OfficePage {
  /** What is known; the last answer stays while the next is on its way. */
  view: OfficeView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Where the last step was asked. */
  asked: Asked = $state('look')
  /** Something is being written. */
  busy = $state(false)
  /** Something was just written. */
  written = $state(false)
  /** The line that is being corrected. */
  correcting: OfficeRow | undefined = $state.raw()

  /** Shows a week; the present one if none is named. */
  async show(week: string | null): Promise<void> {
    await this.#step('look', () => call('office', { week }))
  }

  /** Notes something. */
  async note(entry: OfficeEntry): Promise<boolean> {
    return this.#write('note', () => call('note_office', { office: this.#input, entry }))
  }

  /** Says what a line should say; nothing takes it away. */
  async correct(place: EntryPlace, reason: CorrectionReason, entry: OfficeEntry | null): Promise<boolean> {
    const done = await this.#write('correct', () =>
      call('correct_office', { office: this.#input, place, reason, entry }),
    )
    if (done) this.correcting = undefined
    return done
  }

  /** Opens a line to correct it, or none. */
  choose(row: OfficeRow | undefined): void {
    this.error = undefined
    this.correcting = row
  }

  get #input(): { week: string | null } {
    return { week: this.view?.week ?? null }
  }

  async #write(asked: Asked, ask: () => Promise<OfficeView>): Promise<boolean> {
    const done = await this.#step(asked, ask)
    this.written = done
    return done
  }

  async #step(asked: Asked, ask: () => Promise<OfficeView>): Promise<boolean> {
    this.busy = true
    this.asked = asked
    this.error = undefined
    this.written = false
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

/** Whether two lines are the same entry. */
export function isSame(a: EntryPlace | null, b: EntryPlace | null | undefined): boolean {
  return a !== null && a.device === b?.device && a.sequence === b.sequence
}
