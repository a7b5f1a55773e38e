// Words of the page of the lists.
import type { BasePeriod } from '../../lib/generated/BasePeriod'
import type { ChangeKind } from '../../lib/generated/ChangeKind'
import type { Difference } from '../../lib/generated/Difference'
import type { DocumentNeeded } from '../../lib/generated/DocumentNeeded'
import type { FaultKind } from '../../lib/generated/FaultKind'
import type { FieldChange } from '../../lib/generated/FieldChange'
import type { Kit } from '../../lib/generated/Kit'
import type { ListFault } from '../../lib/generated/ListFault'
import type { ListName } from '../../lib/generated/ListName'
import type { OpeningSpan } from '../../lib/generated/OpeningSpan'
import type { Weekday } from '../../lib/generated/Weekday'
import { kitName } from '../../field/supplies'
import { daysText, isEveryDay } from '../../field/directory/hours'
import { dayMonth, list } from '../../lib/i18n/format'
import { formatLocale, t } from '../../lib/i18n/i18n.svelte'
import type { PlainKey } from '../../lib/i18n/keys'
import { itemTitle, originName } from '../../lib/labels'
import type { Tab } from './lists.svelte'

export const tabWords = {
  services: 'lists-tab-services',
  zones: 'lists-tab-zones',
  origins: 'lists-tab-origins',
  kits: 'lists-tab-kits',
  team: 'lists-tab-team',
  rules: 'lists-tab-rules',
} as const satisfies Record<Tab, PlainKey>

export const listWords = {
  setting: 'lists-of-setting',
  org: 'lists-of-org',
  unit: 'lists-of-unit',
  operator: 'lists-of-operator',
  zone: 'lists-of-zone',
  nationality: 'lists-of-nationality',
  kit: 'lists-of-kit',
  service: 'lists-of-service',
} as const satisfies Record<ListName, PlainKey>

export const changeWords = {
  added: 'lists-added',
  changed: 'lists-changed',
  retired: 'lists-retired',
  restored: 'lists-restored',
  removed: 'lists-removed',
} as const satisfies Record<ChangeKind, PlainKey>

export const faultWords = {
  removed: 'lists-fault-removed',
  twice: 'lists-fault-twice',
  code: 'lists-fault-code',
  label: 'lists-fault-label',
  street: 'lists-fault-street',
  thin: 'lists-fault-thin',
  in_use: 'lists-fault-in_use',
  empty: 'lists-fault-empty',
  countries: 'lists-fault-countries',
  area: 'lists-fault-area',
  residual: 'lists-fault-residual',
  org: 'lists-fault-org',
  contents: 'lists-fault-contents',
  phone: 'lists-fault-phone',
  opening: 'lists-fault-opening',
  date: 'lists-fault-date',
  range: 'lists-fault-range',
} as const satisfies Record<FaultKind, PlainKey>

export const documents = {
  none: 'lists-doc-none',
  stp_eni: 'lists-doc-stp_eni',
  id: 'lists-doc-id',
  permit: 'lists-doc-permit',
} as const satisfies Record<DocumentNeeded, PlainKey>

export const basePeriods = {
  week: 'lists-period-week',
  month: 'lists-period-month',
  quarter: 'lists-period-quarter',
  half_year: 'lists-period-half-year',
} as const satisfies Record<BasePeriod, PlainKey>

export const settings: Record<string, PlainKey> = {
  name: 'lists-set-name',
  end: 'lists-set-end',
  k_external: 'lists-set-k',
  base_period: 'lists-set-period',
  coordinator_phone: 'lists-set-phone',
  minor_steps: 'lists-set-minor',
  visible_records: 'lists-set-visible',
  lock_after_seconds: 'lists-set-lock',
  forget_after_days: 'lists-set-forget',
  referral_lost_after_days: 'lists-set-lost',
  order_below_weeks: 'lists-set-order-below',
  order_for_weeks: 'lists-set-order-for',
}

const fields: Record<string, PlainKey> = {
  label: 'lists-name',
  name: 'lists-name',
  district: 'lists-district',
  in_municipality: 'lists-inside',
  min_expected: 'lists-expected',
  verified_on: 'lists-verified',
  phone: 'lists-phone',
  opening: 'lists-hours',
  languages: 'lists-languages',
  needs_document: 'lists-document',
  free: 'lists-free',
  walk_in: 'lists-walk-in',
  accompany_advised: 'lists-accompany',
  women_only: 'lists-women',
  service_type: 'lists-kind',
  contents: 'lists-contents',
  org: 'lists-org',
}

/** Parts of which the codes would say nothing. */
const coded: readonly string[] = ['needs_document', 'service_type', 'macro_area', 'base_period']

/** What people call a line: *Z5 Nord*, *Perù*, *Soglia*. */
export function lineName(of: ListName, code: string, label: string): string {
  if (of === 'setting') {
    const key = settings[code]
    return key === undefined ? code : t(key)
  }
  if (of === 'nationality') return originName(code)
  if (of === 'kit') return kitName(code)
  if (of === 'service') return label === '' ? code : label
  return label === '' ? code : `${code} ${label}`
}

/** *Zona Z5 Nord: ritirata*. */
export function differenceText({ list: of, code, label, change, fields: parts }: Difference): string {
  const name = lineName(of, code, label)
  const what = `${t(listWords[of])} ${name}`
  const said = parts.map((part) => fieldText(part, of === 'setting' && code === 'base_period'))
  const words = change === 'changed' && said.length > 0 ? list(said) : t(changeWords[change])
  return `${of === 'setting' ? name : what}: ${words}`
}

function fieldText({ field, from, to }: FieldChange, isCode: boolean): string {
  const key = fields[field]
  const name = key === undefined ? '' : t(key)
  if (isCode || coded.includes(field) || (from === null && to === null)) {
    return name === '' ? t('lists-changed') : t('lists-field-changed', { field: name })
  }
  const both = `${value(from)} → ${value(to)}`
  return name === '' ? both : `${name} ${both}`
}

function value(text: string | null): string {
  if (text === null || text === '') return t('lists-nothing')
  if (text === 'true') return t('lists-yes')
  if (text === 'false') return t('lists-no')
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayMonth(text) : text
}

/** *Zona Z6: meno di cinque persone…*. */
export function faultText({ list: of, code, fault }: ListFault): string {
  const where = code === '' ? t(listWords[of]) : `${t(listWords[of])} ${lineName(of, code, '')}`
  return `${of === 'setting' ? lineName(of, code, '') : where}: ${t(faultWords[fault])}`
}

export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** *lun–ven 9–13*. */
export function hoursText(opening: readonly OpeningSpan[]): string {
  return list(opening.map(spanText))
}

function spanText({ days, from, to }: OpeningSpan): string {
  const numbers = days.map((day) => weekdays.indexOf(day) + 1)
  const when = isEveryDay(numbers) ? t('lists-every-day') : daysText(numbers, formatLocale(), 'short')
  return from === to ? `${when}, ${t('lists-all-day')}` : `${when} ${hour(from)}–${hour(to)}`
}

/** `09:00` → *9*, `08:30` → *8:30*. */
function hour(time: string): string {
  return time.replace(/^0(\d)/, '$1').replace(':00', '')
}

/** *6 preservativi, 2 lubrificanti*, by the titles of the items. */
export function contentsText(kit: Kit): string {
  return list(kit.contents.map(([item, pieces]) => `${String(pieces)} ${itemTitle(item).toLowerCase()}`))
}
