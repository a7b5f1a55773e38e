import { describe, expect, it } from 'vitest'
import type { CardInput } from '../lib/generated/CardInput'
import type { KitView } from '../lib/generated/KitView'
import { Draft } from './draft.svelte'

const base: CardInput = { gender: 'woman', kind: 'returning', target_group: 'person', n_persons: 1 }
const kit: KitView = {
  code: 'base',
  contents: [
    { item: 'condom_ext', quantity: 6 },
    { item: 'lubricant', quantity: 2 },
  ],
}
const draft = (n_persons = 1): Draft => new Draft({ ...base, n_persons }, Promise.resolve('card-1'))

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
    const lost = new Draft(base, Promise.reject(new Error('disk full')))
    await expect(lost.input()).rejects.toThrow('disk full')
  })
})
