// Words of the register: an act, and what it was about.
import type { DeedView } from '../../lib/generated/DeedView'
import type { DeviceAct } from '../../lib/generated/DeviceAct'
import type { RegisterPart } from '../../lib/generated/RegisterPart'
import { dayMonth } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { roles } from '../devices/words'
import { changeWords, lineName, listWords } from '../lists/words'

export const parts = {
  all: 'register-part-all',
  reviews: 'register-part-reviews',
  releases: 'register-part-releases',
  devices: 'register-part-devices',
  lists: 'register-part-lists',
} as const satisfies Record<RegisterPart, PlainKey>

const devices = {
  enrolled: 'register-enrolled',
  revoked: 'register-revoked',
  wipe_ordered: 'register-wipe-ordered',
  released: 'register-let-in',
  dropped: 'register-dropped',
  taken_back: 'register-taken-back',
  keys_changed: 'register-keys-changed',
} as const satisfies Record<DeviceAct, PlainKey>

const deeds = {
  signed: 'register-signed',
  amended: 'register-amended',
  corrected: 'register-corrected',
  released: 'register-released',
  published: 'register-published',
  withdrawn: 'register-withdrawn',
  release_exported: 'register-exported',
  tally_exported: 'register-exported',
  register_exported: 'register-exported',
} as const satisfies Record<Exclude<DeedView['what'], 'device' | 'list'>, PlainKey>

/** *ha revocato*. */
export function deedText(deed: DeedView): string {
  switch (deed.what) {
    case 'device':
      return t(devices[deed.act])
    case 'list':
      return t('register-changed')
    default:
      return t(deeds[deed.what])
  }
}

/** *telefono D4*, *Zona Z5: ritirata*. */
export function aboutText(deed: DeedView): string {
  switch (deed.what) {
    case 'signed':
      return t('register-night', { unit: deed.unit, day: dayMonth(deed.date) })
    case 'amended':
      return t('register-night-amended', { unit: deed.unit, day: dayMonth(deed.date), n: deed.number })
    case 'corrected':
      return t('register-day-entry')
    case 'released':
      return t('register-release-to', { n: deed.number, period: deed.period, recipient: deed.recipient })
    case 'published':
    case 'withdrawn':
      return t('register-release', { n: deed.number })
    case 'release_exported':
      return t('register-release-file', { n: deed.number, format: deed.format })
    case 'tally_exported':
      return t('register-tally-file', {
        first: dayMonth(deed.first),
        last: dayMonth(deed.last),
        format: deed.format,
      })
    case 'register_exported':
      return t('register-register-file', { n: deed.lines })
    case 'device':
      return deed.role === null ? deed.name : `${deed.name}, ${t(roles[deed.role])}`
    case 'list': {
      const name = lineName(deed.list, deed.code, '')
      if (deed.list === 'setting') return name
      return `${t(listWords[deed.list])} ${name}: ${t(changeWords[deed.change])}`
    }
  }
}
