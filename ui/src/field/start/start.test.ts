import { describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { StartView } from '../../lib/generated/StartView'
import { Field } from '../field.svelte'
import { StartState } from './start.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const view: StartView = {
  outing_type: 'street_night',
  needs_two: ['street_night', 'street_day', 'mapping', 'joint'],
  crew: [
    { operator: 'OP-A', role: 'operator' },
    { operator: 'OP-B', role: 'mediator' },
  ],
  operators: ['OP-A', 'OP-B', 'OP-C'],
  bag: [{ item: 'condom_ext', quantity: 200 }],
  items: ['condom_ext', 'wipes'],
  planned_zones: ['Z1'],
  zones: [{ code: 'Z1', label: 'Ovest' }],
  recent: [],
}

describe('the start of an outing', () => {
  it('needs one tap when everything is as the last time', async () => {
    const start = new StartState(new Field(), view)
    expect(start.ready).toBe(true)
    vi.mocked(call).mockResolvedValue({ state: 'start', view })
    await start.go()
    expect(call).toHaveBeenCalledWith('start_outing', {
      outing_type: 'street_night',
      crew: view.crew,
      bag: view.bag,
      zones: ['Z1'],
      short_crew: null,
      partner_code: null,
    })
  })

  it('asks somebody alone why, only where two are needed (V03)', () => {
    const start = new StartState(new Field(), view)
    expect(start.isShort).toBe(false)
    start.removeMember('OP-B')
    expect(start.isShort).toBe(true)
    expect(start.ready).toBe(true)
    start.outingType = 'indoor'
    expect(start.isShort).toBe(false)
  })

  it('replaces the figure of the last time with the first digit', () => {
    const start = new StartState(new Field(), view)
    start.openLoad('condom_ext')
    for (const digit of '120') start.typeLoad('condom_ext', digit)
    expect(start.bag.get('condom_ext')).toBe(120)
    start.typeLoad('condom_ext', '0')
    start.typeLoad('condom_ext', '9')
    expect(start.bag.get('condom_ext')).toBe(1200)
    start.openLoad('wipes')
    start.stepLoad('wipes', 6)
    start.typeLoad('wipes', '5')
    expect(start.bag.get('wipes')).toBe(65)
  })

  it('opens only what is missing or needs an answer', () => {
    const open = (of: Partial<StartView>): string[] => {
      const start = new StartState(new Field(), { ...view, ...of })
      return (['recent', 'type', 'crew', 'bag', 'zones'] as const).filter((part) => start.isOpen(part))
    }
    expect(open({})).toEqual([])
    expect(open({ crew: [], bag: [], planned_zones: [] })).toEqual(['crew', 'bag', 'zones'])
    expect(open({ crew: view.crew.slice(0, 1) })).toEqual(['crew'])
    expect(open({ crew: view.crew.slice(0, 1), outing_type: 'indoor' })).toEqual([])
  })

  it('asks why when the type chosen needs two, and says the answer in the row', () => {
    const start = new StartState(new Field(), {
      ...view,
      crew: view.crew.slice(0, 1),
      outing_type: 'indoor',
    })
    start.chooseType('street_night')
    expect(start.isOpen('crew')).toBe(true)
    start.shortCrew = 'joins_later'
    start.toggle('crew')
    expect([start.isOpen('crew'), start.crewText]).toEqual([false, 'OP-A, Arriva dopo'])
    expect([start.bagText, start.zonesText]).toEqual(['200\u00a0preservativi', 'Z1'])
  })
})
