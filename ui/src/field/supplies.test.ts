import { describe, expect, it } from 'vitest'
import { exceedsBag, kitName, kitOptions, leftAfter, pieces, runsLow } from './supplies'

const bag = [
  { item: 'condom_ext', left: 108, low: false, over: false },
  { item: 'lubricant', left: 1, low: false, over: false },
]
const base = [
  { item: 'condom_ext', quantity: 6 },
  { item: 'lubricant', quantity: 2 },
]

describe('supplies', () => {
  it('reads pieces with the right plural, number and word on one line', () => {
    expect(pieces([{ item: 'condom_ext', quantity: 1 }, ...base.slice(1)])).toBe(
      '1\u00a0preservativo, 2\u00a0lubrificanti',
    )
  })

  it('says what stays of the first item, never below zero', () => {
    expect(leftAfter(base, bag)).toBe(102)
    expect(leftAfter([{ item: 'condom_ext', quantity: 200 }], bag)).toBe(0)
    expect(leftAfter([], bag)).toBe(0)
  })

  it('notices when more goes out than there is (V19)', () => {
    expect(exceedsBag(base, bag)).toBe(true)
    expect(exceedsBag(base.slice(0, 1), bag)).toBe(false)
  })

  it('notices when the item the team watches runs out', () => {
    const low = bag.map((entry) => (entry.item === 'condom_ext' ? { ...entry, low: true } : entry))
    expect(runsLow(base, bag)).toBe(false)
    expect(runsLow(base, low)).toBe(true)
    expect(runsLow(base.slice(1), low)).toBe(false)
  })

  it('shows a kit of several things by numbers, of one thing by its word', () => {
    const hot = { code: 'hot', contents: [{ item: 'hot_drink', quantity: 1 }] }
    expect(kitOptions([{ code: 'base', contents: base }, hot])).toEqual([
      { value: 'base', title: 'Base', detail: '6 + 2' },
      { value: 'hot', title: 'Solo caldo', detail: '1\u00a0bevanda calda' },
    ])
  })

  it('shows a kit or an item that the programme added by its code', () => {
    expect(kitName('inverno')).toBe('inverno')
    expect(pieces([{ item: 'gloves', quantity: 2 }])).toBe('2\u00a0gloves')
  })
})
