import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../lib/backend/backend'
import type { SessionView } from '../lib/generated/SessionView'
import { park } from '../lib/park'
import { Field } from './field.svelte'
import { openSession } from './session-fixture'

vi.mock('../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))
vi.mock('../lib/park', () => ({ park: vi.fn() }))

/** What may stay when the phone is locked: where one is, whether it is open and why it is not, and words made from
 *  nothing. */
const stays = ['session', 'isOpen', 'isShowing', 'isParking', 'lockedOut', 'sync']

/** Everything a field holds in the open, by name. */
function held(field: Field): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(Field.prototype)).flatMap(([name, { get }]) =>
    get === undefined || stays.includes(name) ? [] : [[name, get.call(field)]],
  )
}

/** An answer that the test gives when it likes. */
function later(): { promise: Promise<SessionView>; give: (answer: SessionView) => void } {
  let give: (answer: SessionView) => void = () => undefined
  const promise = new Promise<SessionView>((resolve) => (give = resolve))
  return { promise, give }
}

describe('Field', () => {
  beforeEach(() => {
    vi.mocked(park).mockClear()
    vi.mocked(call).mockReset()
  })

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

  it('leaves the page of the night once the core has locked, and shows nothing until then', async () => {
    const lock = later()
    vi.mocked(call).mockReturnValue(lock.promise)
    const field = new Field()
    field.session = openSession
    field.hide()
    expect([field.isParking, vi.mocked(park).mock.calls.length]).toEqual([true, 0])
    lock.give({ ...openSession, state: 'locked' })
    await vi.waitFor(() => expect(park).toHaveBeenCalledOnce())
    expect(field.isParking).toBe(true)
  })

  it('stays to say what went wrong when it was locked', async () => {
    vi.mocked(call).mockRejectedValue({ code: 'FILE-02', place: null, wait_seconds: null, findings: [] })
    const field = new Field()
    field.session = openSession
    field.hide()
    await vi.waitFor(() => expect(field.isParking).toBe(false))
    expect([field.failure?.error.code, field.session.state]).toEqual(['FILE-02', 'locked'])
    expect(park).not.toHaveBeenCalled()
  })

  it('follows the core that has locked by itself, at a command, at a touch and at a tile', async () => {
    const refused = { code: 'CODICE-04', place: null, wait_seconds: null, findings: [] }
    const atCommand = new Field()
    atCommand.session = openSession
    await atCommand.attempt(() => Promise.reject(refused))
    expect([atCommand.isParking, atCommand.session.state]).toEqual([true, 'locked'])
    expect(park).toHaveBeenCalledOnce()

    const atTouch = new Field()
    atTouch.session = openSession
    vi.mocked(call).mockResolvedValue(openSession)
    atTouch.stay()
    await vi.waitFor(() => expect(call).toHaveBeenCalledOnce())
    expect([atTouch.isParking, atTouch.session.state]).toEqual([false, 'open'])
    vi.mocked(call).mockResolvedValue({ ...openSession, state: 'locked' })
    atTouch.stay()
    await vi.waitFor(() => expect(park).toHaveBeenCalledTimes(2))
    expect([atTouch.isParking, atTouch.session.state]).toEqual([true, 'locked'])

    const atTile = new Field()
    atTile.session = openSession
    vi.mocked(call).mockRejectedValue(refused)
    atTile.begin({ gender: 'woman', kind: 'first', target_group: 'person', n_persons: 1 })
    await vi.waitFor(() => expect(park).toHaveBeenCalledTimes(3))
    expect([atTile.isParking, atTile.draft]).toEqual([true, null])
  })
})
