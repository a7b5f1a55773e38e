import { describe, expect, it } from 'vitest'
import type { Leaflet } from '../../lib/generated/Leaflet'
import { stepped, toggled } from './correction.svelte'

const card: Leaflet = { topic: 'helpline_card', language: 'it' }
const map: Leaflet = { topic: 'services_map', language: 'ro' }

describe('stepped', () => {
  it('changes the number of one item and leaves the others', () => {
    const before = [
      { item: 'condom_ext', quantity: 6, leaflet: null },
      { item: 'lubricant', quantity: 2, leaflet: null },
    ]
    expect(stepped(before, 'condom_ext', null, -1)).toEqual([{ ...before[0], quantity: 5 }, before[1]])
    expect(stepped(before, 'hot_drink', null, 1)).toEqual([
      ...before,
      { item: 'hot_drink', quantity: 1, leaflet: null },
    ])
  })

  it('never goes below none, and adds no line of nothing', () => {
    expect(stepped([], 'condom_ext', null, -1)).toEqual([])
    expect(stepped([{ item: 'condom_ext', quantity: 1, leaflet: null }], 'condom_ext', null, -6)).toEqual([
      { item: 'condom_ext', quantity: 0, leaflet: null },
    ])
  })

  it('tells leaflets apart by topic and language', () => {
    const before = [{ item: 'leaflet', quantity: 1, leaflet: card }]
    expect(stepped(before, 'leaflet', map, 2)).toEqual([
      ...before,
      { item: 'leaflet', quantity: 2, leaflet: map },
    ])
    expect(stepped(before, 'leaflet', { ...card }, 1)).toEqual([
      { item: 'leaflet', quantity: 2, leaflet: card },
    ])
  })
})

describe('toggled', () => {
  it('puts a value in and takes it out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})
