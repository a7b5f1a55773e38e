import { describe, expect, it, vi } from 'vitest'
import { call } from '../lib/backend/backend'
import { Field } from './field.svelte'
import { openSession } from './session-fixture'

vi.mock('../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

/** What may stay when the phone is locked: where one is, whether it is open and why it is not, and words made from
 *  nothing. */
const stays = ['session', 'isOpen', 'isShowing', 'lockedOut', 'sync']

/** Everything a field holds in the open, by name. */
function held(field: Field): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(Field.prototype)).flatMap(([name, { get }]) =>
    get === undefined || stays.includes(name) ? [] : [[name, get.call(field)]],
  )
}

describe('Field', () => {
  it('holds nothing of the night once it is hidden, before the core has answered', () => {
    vi.mocked(call).mockReturnValue(new Promise(() => undefined))
    const field = new Field()
    // Whatever anybody adds to the field: it is filled here, and must be empty after.
    for (const [name, { set }] of Object.entries(Object.getOwnPropertyDescriptors(Field.prototype))) {
      if (!stays.includes(name)) set?.call(field, { state: 'open', view: { sending: null }, of: 'the night' })
    }
    expect(held(field).filter(([, value]) => value !== null).length).toBeGreaterThan(4)
    field.hide()
    expect(call).toHaveBeenCalledExactlyOnceWith('lock', {})
    expect(held(field).filter(([, value]) => Boolean(value))).toEqual([])
  })

  it('hides an open notebook on the back key, and leaves a locked one to the system', () => {
    vi.mocked(call).mockReturnValue(new Promise(() => undefined))
    const field = new Field()
    expect(field.leave()).toBe(false)
    field.session = openSession
    expect(field.leave()).toBe(true)
    expect(field.session.state).toBe('locked')
  })
})
