import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, tooLate } from '../../lib/backend/backend'
import { Field } from '../field.svelte'
import { openSession } from '../session-fixture'
import { DuressState } from './duress.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

function choosing(): { field: Field; state: DuressState } {
  const field = new Field()
  field.session = openSession
  const state = new DuressState(field)
  state.begin(false)
  for (const code of ['739164', '850362', '850362']) {
    for (const digit of code) state.type(digit)
    state.confirm()
  }
  return { field, state }
}

beforeEach(() => {
  vi.mocked(call).mockReset()
})

describe('DuressState', () => {
  it('says nothing when the notebook was hidden meanwhile', async () => {
    vi.mocked(call).mockRejectedValue(tooLate)
    const { field, state } = choosing()
    expect(state.working).toBe(true)
    await vi.waitFor(() => expect(state.working).toBe(false))
    expect(field.failure).toBeNull()
  })

  it('leaves the night and says what happened after ten wrong codes', async () => {
    vi.mocked(call)
      .mockRejectedValueOnce({ code: 'CODICE-06', place: null, wait_seconds: null, findings: [] })
      .mockResolvedValue({ ...openSession, state: 'absent' })
    const { field } = choosing()
    await vi.waitFor(() => expect(field.session?.state).toBe('absent'))
    expect([field.route.current, field.tonight]).toEqual(['/forgotten', null])
  })
})
