import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../lib/backend/backend'
import type { CardInput } from '../lib/generated/CardInput'
import type { KitView } from '../lib/generated/KitView'
import { Draft } from './draft.svelte'

vi.mock('../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const base: CardInput = { gender: 'woman', kind: 'returning', target_group: 'person', n_persons: 1 }
const kit: KitView = {
  code: 'base',
  contents: [
    { item: 'condom_ext', quantity: 6 },
    { item: 'lubricant', quantity: 2 },
  ],
}
const draft = (n_persons = 1): Draft => new Draft({ ...base, n_persons }, 'card-1')

describe('Draft', () => {
  it('hands out nothing while nothing is tapped', async () => {
    const input = await draft().input()
    expect(input).toMatchObject({ card: 'card-1', base, handouts: [] })
    expect(input.details).toMatchObject({ aliases: [], services: null, concern: null, flags: [] })
  })

  it('multiplies the kit by the people and adds the other items', () => {
    const group = draft(4)
    group.kit = kit
    group.step('condom_ext', 1)
    group.step('hot_drink', 2)
    expect(group.pieces).toEqual([
      { item: 'condom_ext', quantity: 25 },
      { item: 'lubricant', quantity: 8 },
      { item: 'hot_drink', quantity: 2 },
    ])
  })

  it('never goes below no pieces, and leaves those out', () => {
    const one = draft()
    one.step('snack', 1)
    one.step('snack', -2)
    expect(one.pieces).toEqual([])
  })

  it('gives topic and language to leaflets only (V18)', async () => {
    const one = draft()
    one.kit = kit
    one.step('leaflet', 1)
    one.leaflet = { topic: 'hiv_sti', language: 'ro' }
    const { handouts } = await one.input()
    expect(handouts.map(({ item, leaflet }) => [item, leaflet])).toEqual([
      ['condom_ext', null],
      ['lubricant', null],
      ['leaflet', { topic: 'hiv_sti', language: 'ro' }],
    ])
  })

  it('marks the minor card with a presumed minor, and takes it back with another age (V11)', () => {
    const one = draft()
    one.chooseAge('under_18_presumed')
    expect([...one.flags]).toEqual(['minor_protocol'])
    one.chooseAge('18_24')
    expect([...one.flags]).toEqual([])
  })

  it('switches topics and marks on and off', async () => {
    const one = draft()
    one.toggleService('hr_info')
    one.toggleService('sti_info')
    one.toggleService('hr_info')
    one.toggleFlag('follow_up')
    const { details } = await one.input()
    expect([details.services, details.flags]).toEqual([['sti_info'], ['follow_up']])
  })

  it('says when the card could not be made durable', async () => {
    vi.mocked(call).mockRejectedValueOnce(new Error('disk full'))
    await expect(new Draft(base).input()).rejects.toThrow('disk full')
  })

  it('opens the card anew after it could not be, and knows of none before (there is none to be given up)', async () => {
    vi.mocked(call).mockReset().mockRejectedValueOnce(new Error('disk full'))
    const lost = new Draft(base)
    await expect(lost.card).rejects.toThrow('disk full')
    expect(await lost.existing()).toBeNull()
    const details = (await draft().input()).details
    const fill = { kit: { type: 'open' as const }, others: [], leaflet: null, details }
    vi.mocked(call).mockResolvedValueOnce({ card: 'card-2', group: null, input: base, fill })
    expect([await lost.card, await lost.card, await lost.existing()]).toEqual(['card-2', 'card-2', 'card-2'])
    expect(call).toHaveBeenCalledTimes(2)
  })
})

describe('Draft that is kept', () => {
  const written = vi.mocked(call)
  beforeEach(() => {
    vi.useFakeTimers()
    written.mockReset()
    written.mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 20)))
  })
  afterEach(() => void vi.useRealTimers())

  /** As the effect of the app does: once for what is there, and again for each change. */
  const keep = (one: Draft): void => one.keep(() => void one.flush())

  it('writes what changed within a quarter of a second, several changes at once', async () => {
    const one = draft()
    keep(one)
    await vi.advanceTimersByTimeAsync(1000)
    expect(written).not.toHaveBeenCalled()
    one.kit = kit
    keep(one)
    await vi.advanceTimersByTimeAsync(150)
    one.step('hot_drink', 2)
    one.aliases = ['AIRONE-12']
    keep(one)
    await vi.advanceTimersByTimeAsync(100)
    expect(written).toHaveBeenCalledOnce()
    expect(written.mock.calls[0]).toMatchObject([
      'update_card',
      {
        card: 'card-1',
        base,
        fill: {
          kit: { type: 'kit', code: 'base' },
          others: [{ item: 'hot_drink', quantity: 2 }],
          details: { aliases: ['AIRONE-12'] },
        },
      },
    ])
  })

  it('is unwritten until the core has answered, and writes the last change last', async () => {
    const one = draft()
    expect(one.isUnwritten).toBe(false)
    one.kit = 'none'
    const first = one.flush()
    one.concern = 'possible'
    const second = one.flush()
    expect(one.isUnwritten).toBe(true)
    await vi.advanceTimersByTimeAsync(100)
    await Promise.all([first, second])
    expect(one.isUnwritten).toBe(false)
    const kinds = written.mock.calls.map(([, args]) => args)
    expect(kinds).toMatchObject([
      { fill: { kit: { type: 'nothing' }, details: { concern: null } } },
      { fill: { kit: { type: 'nothing' }, details: { concern: 'possible' } } },
    ])
  })

  it('writes nothing more once it is being saved, unless the save fails', async () => {
    const one = draft()
    one.kit = kit
    keep(one)
    await one.pause()
    await vi.advanceTimersByTimeAsync(1000)
    await one.flush()
    expect(written).not.toHaveBeenCalled()
    one.goOn()
    keep(one)
    await vi.advanceTimersByTimeAsync(1000)
    expect(written).toHaveBeenCalledOnce()
  })

  it('tries again what could not be written', async () => {
    const one = draft()
    one.kit = kit
    written.mockRejectedValueOnce(new Error('disk full'))
    await expect(one.flush()).rejects.toThrow('disk full')
    expect(one.isUnwritten).toBe(true)
    const again = one.flush()
    await vi.advanceTimersByTimeAsync(100)
    await again
    expect([written.mock.calls.length, one.isUnwritten]).toEqual([2, false])
  })

  it('comes back with everything that was chosen', async () => {
    const one = draft(3)
    one.kit = kit
    one.step('leaflet', 2)
    one.leaflet = { topic: 'hiv_sti', language: 'ro' }
    one.aliases = ['AIRONE-12']
    one.chooseAge('under_18_presumed')
    one.nationality = 'RO'
    one.language = 'ro'
    one.depth = 'talk'
    one.concern = 'possible'
    one.toggleService('hr_info')
    one.noticeGiven = true
    const flushed = one.flush()
    await vi.advanceTimersByTimeAsync(100)
    await flushed
    const [, args] = written.mock.calls[0] ?? []
    if (args === undefined || !('base' in args && 'fill' in args)) throw new Error('not written')
    const { card, base: input, fill } = args
    const back = Draft.from({ card, input, fill, group: null }, [kit])
    expect(back.isUnwritten).toBe(false)
    expect(await back.input()).toEqual(await one.input())
  })
})
