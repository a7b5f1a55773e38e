// Adding a device: a code for it, who came with one, the six words.
import { asErrorView, call } from '../../lib/backend/backend'
import type { DevicesView } from '../../lib/generated/DevicesView'
import type { ErrorCode } from '../../lib/generated/ErrorCode'
import type { InviteView } from '../../lib/generated/InviteView'
import type { PendingDeviceView } from '../../lib/generated/PendingDeviceView'
import type { Role } from '../../lib/generated/Role'

export class Invite {
  /** The code shown; it is nowhere else. */
  code: InviteView | undefined = $state.raw()
  /** Who came with a code and waits. */
  waiting: PendingDeviceView[] = $state.raw([])
  /** Somebody looked, and nobody was there. */
  nobody = $state(false)
  /** Why the last step did not succeed. */
  error: ErrorCode | undefined = $state()
  /** The server is being asked. */
  busy = $state(false)
  #signed: (view: DevicesView) => void

  constructor(signed: (view: DevicesView) => void) {
    this.#signed = signed
  }

  /** Draws a code: a picture, or ten characters to read aloud. */
  async draw(role: Role, unit: string | null, typed: boolean): Promise<void> {
    await this.#step(async () => {
      this.code = await call('invite_device', { role, unit, typed })
    })
  }

  /** Who came? */
  async look(): Promise<void> {
    await this.#step(async () => {
      const { devices, error } = await call('pending_devices', {})
      this.error = error ?? undefined
      if (error !== null) return
      this.waiting = devices
      this.nobody = devices.length === 0
    })
  }

  /** The six words are the same. */
  async approve(device: string): Promise<void> {
    await this.#step(async () => {
      this.#signed(await call('approve_device', { device }))
      this.#forget(device)
    })
  }

  /** They are not: the code is worth nothing any more. */
  async turnAway(device: string): Promise<void> {
    await this.#step(async () => {
      await call('turn_away_device', { device })
      this.#forget(device)
    })
  }

  /** Puts the code away. */
  close(): void {
    this.code = undefined
    this.error = undefined
    this.nobody = false
  }

  #forget(device: string): void {
    this.waiting = this.waiting.filter((other) => other.device !== device)
    this.code = undefined
  }

  async #step(ask: () => Promise<void>): Promise<void> {
    this.busy = true
    this.error = undefined
    this.nobody = false
    try {
      await ask()
    } catch (error) {
      this.error = asErrorView(error).code
    } finally {
      this.busy = false
    }
  }
}
