// How supplies read: *6 + 2*, *Escono 6 preservativi…*, *kit Trans*.
import type { BagItemView } from '../lib/generated/BagItemView'
import type { ItemCount } from '../lib/generated/ItemCount'
import type { KitView } from '../lib/generated/KitView'
import { list } from '../lib/i18n/format'
import { hasMessage, t } from '../lib/i18n/i18n.svelte'
import { itemCount } from '../lib/labels'

/** *6 preservativi, 2 lubrificanti*. */
export function pieces(counts: readonly ItemCount[]): string {
  return list(counts.map(({ item, quantity }) => itemCount(item, quantity)))
}

/** A kit for each of several people. */
export function timesPeople(kit: readonly ItemCount[], people: number): ItemCount[] {
  return kit.map(({ item, quantity }) => ({ item, quantity: quantity * people }))
}

/** Each item once, in the order in which it first appears, without those of which there is nothing. */
export function sumPieces(counts: readonly ItemCount[]): ItemCount[] {
  const sums = new Map<string, number>()
  for (const { item, quantity } of counts) sums.set(item, (sums.get(item) ?? 0) + quantity)
  return [...sums].filter(([, quantity]) => quantity > 0).map(([item, quantity]) => ({ item, quantity }))
}

/** Number of pieces in all. */
export function totalPieces(counts: readonly ItemCount[]): number {
  return counts.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** What stays of the first item that goes out: the one the team watches. */
export function leftAfter(counts: readonly ItemCount[], bag: readonly BagItemView[]): number {
  const first = counts[0]
  if (first === undefined) return 0
  const left = bag.find((entry) => entry.item === first.item)?.left ?? 0
  return Math.max(0, left - first.quantity)
}

/** Whether more of something goes out than the bag holds. */
export function exceedsBag(counts: readonly ItemCount[], bag: readonly BagItemView[]): boolean {
  return counts.some(({ item, quantity }) => (bag.find((entry) => entry.item === item)?.left ?? 0) < quantity)
}

/** Whether the first item that goes out, the one the team watches, is running out. */
export function runsLow(counts: readonly ItemCount[], bag: readonly BagItemView[]): boolean {
  return bag.some((entry) => entry.item === counts[0]?.item && entry.low)
}

/** The options of the kit picker; *6 + 2* where only numbers are needed. */
export function kitOptions(kits: readonly KitView[]): { value: string; title: string; detail: string }[] {
  return kits.map((kit) => ({ value: kit.code, title: kitName(kit.code), detail: kitDetail(kit) }))
}

function kitDetail(kit: KitView): string {
  if (kit.contents.length === 1) return pieces(kit.contents)
  return kit.contents.map(({ quantity }) => quantity).join(' + ')
}

/** Name of a kit; a kit that a programme added is shown by its code. */
export function kitName(code: string): string {
  const key = `kit-${code}`
  return isKitKey(key) ? t(key) : code
}

const kitKeys = ['kit-base', 'kit-double', 'kit-trans', 'kit-hot'] as const
const isKitKey = (key: string): key is (typeof kitKeys)[number] =>
  kitKeys.some((known) => known === key) && hasMessage(key)
