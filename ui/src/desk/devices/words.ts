// Words of the page of the devices.
import type { DeviceActKind } from '../../lib/generated/DeviceActKind'
import type { DeviceReason } from '../../lib/generated/DeviceReason'
import type { DeviceView } from '../../lib/generated/DeviceView'
import type { Role } from '../../lib/generated/Role'
import type { WipeState } from '../../lib/generated/WipeState'
import { dayMonth } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'

/** After this many days without anything a phone is called silent. */
const SILENT_DAYS = 7

export const roles = {
  member: 'devices-role-member',
  lead: 'devices-role-lead',
  desk_worker: 'devices-role-desk_worker',
  case_worker: 'devices-role-case_worker',
  coordinator: 'devices-role-coordinator',
  admin: 'devices-role-admin',
} as const satisfies Record<Role, PlainKey>

export const reasons = {
  lost: 'devices-reason-lost',
  stolen: 'devices-reason-stolen',
  replaced: 'devices-reason-replaced',
  left: 'devices-reason-left',
} as const satisfies Record<DeviceReason, PlainKey>

export const acts = {
  revoke: 'devices-act-revoke',
  wipe: 'devices-act-wipe',
  release: 'devices-act-release',
  drop: 'devices-act-drop',
  take_back: 'devices-act-take_back',
  change_keys: 'devices-act-change_keys',
} as const satisfies Record<DeviceActKind, PlainKey>

const wipes = {
  ordered: 'devices-wipe-ordered',
  confirmed: 'devices-wipe-confirmed',
  never_seen: 'devices-wipe-never-seen',
} as const satisfies Record<WipeState, PlainKey>

/** What a line is about, besides its words: all is well, something is on its way, somebody is to look, it is out. */
export type MarkKind = 'well' | 'waits' | 'look' | 'out' | 'plain'

/** A line about how a device stands. */
export interface Mark {
  text: string
  kind: MarkKind
}

const wipeKinds = {
  ordered: 'waits',
  confirmed: 'out',
  never_seen: 'look',
} as const satisfies Record<WipeState, MarkKind>

/** How a device stands, in as many lines as there are things to say. */
export function marks(device: DeviceView): Mark[] {
  const shown: Mark[] = []
  const say = (kind: MarkKind, text: string): void => {
    shown.push({ text, kind })
  }
  if (device.wipe !== null) say(wipeKinds[device.wipe], t(wipes[device.wipe]))
  else if (device.status === 'revoked') {
    const words =
      device.since === null ? t('devices-revoked') : t('devices-revoked-on', { day: dayMonth(device.since) })
    say('out', words)
  }
  if (device.forked) say('look', t('devices-forked'))
  if (device.quarantine !== null) say('look', t('devices-quarantine', { n: device.quarantine.operations }))
  if (device.waiting > 0) say('look', t('devices-waiting', { n: device.waiting }))
  if (device.status === 'active' && !device.own) {
    if ((device.silent_days ?? 0) >= SILENT_DAYS) {
      say('look', t('devices-silent', { n: device.silent_days ?? 0 }))
    } else if (device.stored > 0) {
      const missing = device.stored - device.backed_up
      if (missing === 0) say('well', t('devices-all-received'))
      else say('waits', t('devices-not-copied', { n: missing }))
    }
  }
  if (device.own) say('plain', t('devices-own'))
  return shown
}

/** *Il manifesto scade fra 12 giorni*. */
export function expiry(days: number): string {
  return days < 0 ? t('manifest-expired') : t('manifest-expires', { n: days })
}
