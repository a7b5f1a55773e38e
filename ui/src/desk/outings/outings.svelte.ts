// The page of the outings: which weeks, which night is open, what is planned.
import { asErrorView, call } from '../../lib/backend/backend'
import type { CalendarNightView } from '../../lib/generated/CalendarNightView'
import type { DeskNightView } from '../../lib/generated/DeskNightView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { NightsInput } from '../../lib/generated/NightsInput'
import type { NightsView } from '../../lib/generated/NightsView'
import type { OutingType } from '../../lib/generated/OutingType'
import type { PlanChange } from '../../lib/generated/PlanChange'

/** What is open below the calendar: the form of *Pianifica*, or one outing of it. */
type Opened =
  | { kind: 'plan' }
  | { kind: 'night'; date: string; night: CalendarNightView; detail: DeskNightView | undefined }

/** Where on the page something was asked: what goes wrong is said there. */
export type Asked = 'look' | 'night' | 'plan' | 'change'

export class OutingsPage {
  /** The calendar; the last answer stays while the next is on its way. */
  view: NightsView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Where the last step was asked. */
  asked: Asked = $state('look')
  /** Something is on its way. */
  busy = $state(false)
  /** What is open below the calendar. */
  opened: Opened | undefined = $state.raw()
  #shown: NightsInput = { last: null, unit: null }

  /** Shows the weeks around today. */
  async look(): Promise<void> {
    await this.#show({ ...this.#shown, last: null })
  }

  /** Shows the weeks that end with this one. */
  async until(last: string): Promise<void> {
    await this.#show({ ...this.#shown, last })
  }

  /** Shows one unit's outings, or all. */
  async of(unit: string | null): Promise<void> {
    await this.#show({ ...this.#shown, unit })
  }

  /** Opens an outing: its numbers if its night log is here, its plan otherwise. */
  async open(date: string, night: CalendarNightView): Promise<void> {
    this.opened = { kind: 'night', date, night, detail: undefined }
    const outing_id = night.outing_id
    if (outing_id === null) return
    await this.#step('night', async () => {
      const detail = await call('desk_night', { outing_id })
      this.opened = { kind: 'night', date, night, detail }
    })
  }

  /** Opens the form of *Pianifica*. */
  openPlan(): void {
    this.error = undefined
    this.opened = { kind: 'plan' }
  }

  /** Nothing is open any more. */
  close(): void {
    this.error = undefined
    this.opened = undefined
  }

  /** Whether this outing is the one that is open. */
  isOpen(night: CalendarNightView): boolean {
    if (this.opened?.kind !== 'night') return false
    const { outing_id, plan } = this.opened.night
    return outing_id === night.outing_id && plan === night.plan
  }

  /** Plans outings: once, or every week. */
  async plan(unit: string, outing_type: OutingType, from: string, weeks: number): Promise<boolean> {
    const shown = this.#shown
    return this.#step('plan', async () => {
      this.view = await call('plan_outings', { unit, outing_type, from, weeks, shown })
      this.opened = undefined
    })
  }

  /** Moves a plan, cancels it, restores it, takes it away. */
  async change(plan: string, change: PlanChange): Promise<boolean> {
    const shown = this.#shown
    return this.#step('change', async () => {
      this.view = await call('change_plan', { plan, change, shown })
      this.opened = undefined
    })
  }

  async #show(shown: NightsInput): Promise<void> {
    this.#shown = shown
    await this.#step('look', async () => {
      this.view = await call('nights', shown)
    })
  }

  async #step(asked: Asked, work: () => Promise<void>): Promise<boolean> {
    this.busy = true
    this.asked = asked
    this.error = undefined
    try {
      await work()
      return true
    } catch (error) {
      this.error = asErrorView(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
