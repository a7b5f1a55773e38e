// How lists are changed: always as new ones, so that what is in force stays beside them.
import type { Kit } from '../../lib/generated/Kit'
import type { Lists } from '../../lib/generated/Lists'
import type { Nationality } from '../../lib/generated/Nationality'
import type { ServiceEntry } from '../../lib/generated/ServiceEntry'
import type { Unit } from '../../lib/generated/Unit'
import type { Zone } from '../../lib/generated/Zone'

/** The lists of which lines are retired. */
export type Movable = 'unit' | 'operator' | 'zone' | 'nationality' | 'kit' | 'service'

/** Puts a line in the place of the one with its code, or at the end. */
function put<T>(lines: readonly T[], line: T, code: (line: T) => string): T[] {
  const at = lines.findIndex((known) => code(known) === code(line))
  return at < 0 ? [...lines, line] : lines.map((known, place) => (place === at ? line : known))
}

export const putZone = (lists: Lists, zone: Zone): Lists => ({
  ...lists,
  zones: put(lists.zones, zone, (line) => line.code),
})

export const putService = (lists: Lists, entry: ServiceEntry): Lists => ({
  ...lists,
  directory: put(lists.directory, entry, (line) => line.id),
})

export const putKit = (lists: Lists, kit: Kit): Lists => ({
  ...lists,
  kits: put(lists.kits, kit, (line) => line.code),
})

export const putUnit = (lists: Lists, unit: Unit): Lists => ({
  ...lists,
  units: put(lists.units, unit, (line) => line.id),
})

/** Before what is left over of the areas, where the screens show the countries. */
export function putNationality(lists: Lists, entry: Nationality): Lists {
  const rest = lists.nationalities.filter(({ code }) => code !== entry.code)
  const at = rest.findIndex(({ code }) => code.length !== 2)
  const place = at < 0 ? rest.length : at
  return { ...lists, nationalities: [...rest.slice(0, place), entry, ...rest.slice(place)] }
}

function move<T>(from: readonly T[], to: readonly T[], is: (line: T) => boolean): [T[], T[]] {
  return [from.filter((line) => !is(line)), [...to, ...from.filter(is)]]
}

/** Takes a line out of use, or into use again: wherever it is, it goes to the other side. */
export function turn(lists: Lists, list: Movable, code: string): Lists {
  const { retired } = lists
  const side = <T>(used: readonly T[], gone: readonly T[], of: (line: T) => string): [T[], T[]] => {
    const is = (line: T): boolean => of(line) === code
    if (used.some(is)) return move(used, gone, is)
    const [left, back] = move(gone, used, is)
    return [back, left]
  }
  switch (list) {
    case 'unit': {
      const [units, gone] = side(lists.units, retired.units, (line) => line.id)
      return { ...lists, units, retired: { ...retired, units: gone } }
    }
    case 'operator': {
      const [operators, gone] = side(lists.operators, retired.operators, (line) => line)
      return { ...lists, operators, retired: { ...retired, operators: gone } }
    }
    case 'zone': {
      const [zones, gone] = side(lists.zones, retired.zones, (line) => line.code)
      return { ...lists, zones, retired: { ...retired, zones: gone } }
    }
    case 'nationality': {
      const [nationalities, gone] = side(lists.nationalities, retired.nationalities, (line) => line.code)
      return { ...lists, nationalities, retired: { ...retired, nationalities: gone } }
    }
    case 'kit': {
      const [kits, gone] = side(lists.kits, retired.kits, (line) => line.code)
      return { ...lists, kits, retired: { ...retired, kits: gone } }
    }
    case 'service': {
      const [directory, gone] = side(lists.directory, retired.directory, (line) => line.id)
      return { ...lists, directory, retired: { ...retired, directory: gone } }
    }
  }
}

/** A zone goes into another one, which gets a name of both. */
export function mergeZone(lists: Lists, from: string, into: string, label: string): Lists {
  const target = lists.zones.find(({ code }) => code === into)
  const merged = turn(lists, 'zone', from)
  return target === undefined ? lists : putZone(merged, { ...target, label })
}

/** `Centro MTS` → `centro-mts`; a number where there is one already. */
export function idOf(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const id =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 36) || 'servizio'
  let free = id
  for (let number = 2; taken.includes(free); number += 1) free = `${id}-${String(number)}`
  return free
}
