// The page of the devices: the list, two acts about a lost one, and what is in quarantine.
import { asErrorView, call } from '../../lib/backend/backend'
import type { DeviceReason } from '../../lib/generated/DeviceReason'
import type { DevicesView } from '../../lib/generated/DevicesView'
import type { DeviceView } from '../../lib/generated/DeviceView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { QuarantineVerdict } from '../../lib/generated/QuarantineVerdict'

/** Where on the page something was asked: what goes wrong is said there. */
export type Asked = 'look' | 'revoke' | 'wipe' | 'held' | 'renew'

export class DevicesPage {
  /** What is known; the last answer stays while the next is on its way. */
  view: DevicesView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Where the last step was asked. */
  asked: Asked = $state('look')
  /** The server is being asked. */
  busy = $state(false)
  /** The device about whose records something was decided last, by its id. */
  decided: string | undefined = $state()
  /** The device whose acts are shown, by its id. */
  #chosen: string | undefined = $state()

  /** The device whose acts are shown. */
  chosen: DeviceView | undefined = $derived(
    this.view?.devices.find((device) => device.device === this.#chosen),
  )

  /** Looks at the server. */
  async look(): Promise<void> {
    await this.#step('look', () => call('devices', {}))
  }

  /** Shows the acts about a device, or none. */
  choose(device: DeviceView | undefined): void {
    this.error = undefined
    this.#chosen = device?.device
  }

  /** The device reads nothing more. */
  async revoke(device: DeviceView, reason: DeviceReason): Promise<boolean> {
    return this.#step('revoke', () => call('revoke_device', { device: device.device, reason }))
  }

  /** The device is to destroy its keys. */
  async wipe(device: DeviceView, reason: DeviceReason, passphrase: string): Promise<boolean> {
    return this.#step('wipe', () => call('order_wipe', { device: device.device, reason, passphrase }))
  }

  /** What a device handed in is released, dropped or taken back, as far as the list shows it; and what waits of it is
   * released. */
  async decide(device: DeviceView, verdict: QuarantineVerdict): Promise<boolean> {
    const through = (verdict === 'take_back' ? device.dropped : device.quarantine)?.through ?? 0
    this.decided = device.device
    return this.#step('held', () => call('decide_quarantine', { device: device.device, through, verdict }))
  }

  /** The manifest is signed for another thirty days. */
  async renew(): Promise<void> {
    await this.#step('renew', () => call('renew_manifest', {}))
  }

  async #step(asked: Asked, ask: () => Promise<DevicesView>): Promise<boolean> {
    this.busy = true
    this.asked = asked
    this.error = undefined
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
