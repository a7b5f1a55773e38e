import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { ReviewAccess } from '../../lib/generated/ReviewAccess'
import { Field } from '../field.svelte'
import { openSession } from '../session-fixture'
import { ChangePinState } from './change-pin.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

function changing(review: ReviewAccess): ChangePinState {
  const field = new Field()
  field.session = { ...openSession, review }
  return new ChangePinState(field)
}

async function give(state: ChangePinState, ...codes: string[]): Promise<void> {
  for (const code of codes) {
    for (const digit of code) state.type(digit)
    await state.complete()
  }
}

const error = (code: string): object => ({ code, place: null, wait_seconds: null, findings: [] })

beforeEach(() => {
  vi.mocked(call).mockReset()
})

describe('ChangePinState', () => {
  it('asks for the present code, then twice for the new one', async () => {
    const state = changing('not_lead')
    vi.mocked(call).mockResolvedValue(openSession)
    await give(state, '739164', '830591', '830592')
    expect([state.step, state.fault]).toEqual(['choose', 'mismatch'])
    await give(state, '830591', '830591')
    expect(call).toHaveBeenCalledExactlyOnceWith('change_pin', { old_pin: '739164', new_pin: '830591' })
    expect(state.step).toBe('done')
  })

  it('asks a lead which code, and for the review’s both present ones', async () => {
    const state = changing('locked')
    expect(state.step).toBe('which')
    state.choose('review')
    vi.mocked(call).mockResolvedValue(openSession)
    await give(state, '739164', '60381947', '48205917', '48205917')
    expect(call).toHaveBeenCalledExactlyOnceWith('change_review_pin', {
      unlock_pin: '739164',
      old_pin: '60381947',
      new_pin: '48205917',
    })
  })

  it('begins again after a wrong code, and chooses again after a weak one', async () => {
    const state = changing('not_lead')
    vi.mocked(call).mockRejectedValueOnce(error('CODICE-03'))
    await give(state, '739164', '123456', '123456')
    expect([state.step, state.fault]).toEqual(['choose', 'weak'])
    vi.mocked(call).mockRejectedValueOnce(error('CODICE-01'))
    await give(state, '830591', '830591')
    expect([state.step, state.fault, state.pin]).toEqual(['unlock', 'wrong', ''])
  })

  it('says after ten wrong codes that the keys are gone', async () => {
    const field = new Field()
    field.session = openSession
    const state = new ChangePinState(field)
    vi.mocked(call).mockRejectedValueOnce(error('CODICE-06'))
    vi.mocked(call).mockResolvedValue({ ...openSession, state: 'absent' })
    await give(state, '739165', '830591', '830591')
    await vi.waitFor(() => expect(field.session?.state).toBe('absent'))
    expect(field.route.current).toBe('/forgotten')
  })
})
