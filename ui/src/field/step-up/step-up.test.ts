import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { ReviewAccess } from '../../lib/generated/ReviewAccess'
import type { SessionView } from '../../lib/generated/SessionView'
import { Field } from '../field.svelte'
import { StepUpState } from './step-up.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

function leadSession(review: ReviewAccess): SessionView {
  return {
    state: 'open',
    seat: 'phone',
    role: 'lead',
    review,
    words: [],
    wait_seconds: 0,
    lock_after_seconds: 60,
    lock_choices: [60],
    settings: {
      hand: 'right',
      text_size: 'normal',
      language: 'it',
      theme: 'night',
      lock_after_seconds: 60,
      launcher_entry: 'uscita',
    },
    training: null,
  }
}

function lead(review: ReviewAccess): Field {
  const field = new Field()
  field.session = leadSession(review)
  return field
}

/** Types the digits, and ends them. */
function type(step: StepUpState, digits: string): void {
  for (const digit of digits) step.type(digit)
  void step.complete()
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
const error = (code: string, wait_seconds: number | null = null): object => ({
  code,
  place: null,
  wait_seconds,
  findings: [],
})

beforeEach(() => {
  vi.mocked(call).mockReset()
})

describe('StepUpState', () => {
  it('gives the digits when they are ended, and keeps none', async () => {
    const field = lead('locked')
    const done = vi.fn()
    const step = new StepUpState(field, done)
    vi.mocked(call).mockResolvedValue(leadSession('open'))
    for (const digit of '60381947') step.type(digit)
    expect(call).not.toHaveBeenCalled()
    type(step, '')
    await settled()
    expect(call).toHaveBeenCalledExactlyOnceWith('step_up', { pin: '60381947' })
    expect(done).toHaveBeenCalledOnce()
    expect(field.session?.review).toBe('open')
    expect(step.pin).toBe('')
  })

  it('asks for the phone’s code, then twice for the new one', async () => {
    const field = lead('unset')
    const step = new StepUpState(field, () => undefined)
    expect(step.step).toBe('explain')
    step.begin()
    type(step, '739164')
    type(step, '60381947')
    type(step, '60381940')
    expect([step.step, step.fault]).toEqual(['choose', 'mismatch'])
    vi.mocked(call).mockResolvedValue(leadSession('open'))
    type(step, '60381947')
    type(step, '60381947')
    await settled()
    const input = { unlock_pin: '739164', review_pin: '60381947' }
    expect(call).toHaveBeenCalledExactlyOnceWith('set_review_pin', input)
  })

  it('says that a code is wrong, and for how long to wait', async () => {
    const step = new StepUpState(lead('locked'), () => undefined)
    vi.mocked(call).mockRejectedValue(error('CODICE-02', 30))
    type(step, '11223344')
    await settled()
    expect([step.fault, step.waitSeconds]).toEqual(['wrong', 30])
    type(step, '6')
    expect(step.pin).toBe('')
  })

  it('goes back to the choice when the new code is too easy', async () => {
    const step = new StepUpState(lead('unset'), () => undefined)
    step.begin()
    vi.mocked(call).mockRejectedValue(error('CODICE-03'))
    type(step, '739164')
    type(step, '12345678')
    type(step, '12345678')
    await settled()
    expect([step.step, step.fault]).toEqual(['choose', 'weak'])
  })
})

describe('leaving', () => {
  it('closes what only the lead sees outside its screens', () => {
    const field = lead('open')
    vi.mocked(call).mockReturnValue(new Promise(() => undefined))
    field.stepDownOutside('/record')
    expect(field.session?.review).toBe('open')
    field.stepDownOutside('/')
    expect(field.session?.review).toBe('locked')
    expect(call).toHaveBeenCalledExactlyOnceWith('step_down', {})
  })
})
