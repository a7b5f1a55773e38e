import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { StockView } from '../../lib/generated/StockView'
import { Field } from '../field.svelte'
import { StockState } from './stock.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const row = { loaded: 100, out: 60, expected: 40, counted: null, wasted: 0, over: false }
const view: StockView = {
  rows: [{ ...row, item: 'condom_ext' }],
  items: ['condom_ext', 'wipes'],
}

describe('the bag', () => {
  beforeEach(() => {
    vi.mocked(call).mockReset()
    vi.mocked(call).mockResolvedValue(view)
  })

  async function opened(): Promise<StockState> {
    const stock = new StockState(new Field())
    await vi.waitFor(() => expect(stock.loaded).toBe(true))
    return stock
  }

  it('proposes what is expected and asks why it differs', async () => {
    const stock = await opened()
    expect(stock.figure).toBe(40)
    expect(stock.ready).toBe(true)
    stock.step(-6)
    expect(stock.ready).toBe(false)
    expect(stock.reasons.map(({ value }) => value)).toEqual(['waste', 'load_mistake'])
    stock.reason = 'waste'
    await stock.confirm()
    expect(call).toHaveBeenCalledWith('count_item', { item: 'condom_ext', counted: 34, difference: 'waste' })
  })

  it('explains a surplus only by the load, and never goes below zero', async () => {
    const stock = await opened()
    stock.step(6)
    expect(stock.reasons.map(({ value }) => value)).toEqual(['load_mistake'])
    stock.choose('condom_ext')
    for (let times = 0; times < 10; times += 1) stock.step(-6)
    expect(stock.figure).toBe(0)
  })

  it('loads more of what is in the bag, and what is not in it yet', async () => {
    const stock = await opened()
    stock.chooseTask('load')
    expect(stock.figure).toBe(0)
    expect(stock.ready).toBe(false)
    expect(stock.others.map(({ value }) => value)).toEqual(['wipes'])
    stock.choose('wipes')
    stock.type('2')
    stock.type('4')
    await stock.confirm()
    expect(call).toHaveBeenCalledWith('load_item', { item: 'wipes', quantity: 24 })
  })
})
