import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { BegunReferralView } from '../../lib/generated/BegunReferralView'
import type { ReferralFill } from '../../lib/generated/ReferralFill'
import type { ReferralsView } from '../../lib/generated/ReferralsView'
import { Field } from '../field.svelte'
import { NewReferralState } from './new-referral.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const fill: ReferralFill = {
  alias: 'LINCE-04',
  service_type: 'sti_clinic',
  urgency: 'within_72h',
  reason: null,
  language_need: 'ro',
  mediator_needed: true,
  accompany_needed: false,
  consent: 'verbal',
  answer: 'accepted',
}
const begun: BegunReferralView = { draft: 'draft-1', card: 'card-1', card_is_open: false, fill }

const referrals: ReferralsView = {
  referrals: [],
  service_types: ['sti_clinic'],
  machine: [],
  whole_unit: false,
  code_first: false,
  opened_tonight: 0,
  to_follow: 0,
  opened: null,
}

const written = (): unknown[] =>
  vi.mocked(call).mock.calls.flatMap(([name, args]) => (name === 'keep_referral' ? [args] : []))

describe('NewReferralState', () => {
  beforeEach(() => {
    vi.mocked(call).mockReset()
    vi.mocked(call).mockImplementation(async (name) => {
      await Promise.resolve()
      if (name === 'referrals') return referrals
      if (name === 'resume_referral') return [begun]
      return begun
    })
  })

  it('asks for nothing of the nights before, and writes only what was chosen', async () => {
    const state = new NewReferralState(new Field())
    await vi.waitUntil(() => state.services.length > 0)
    await vi.waitFor(() => {
      state.urgency = 'immediate'
      state.keep()
      expect(written()).toHaveLength(1)
    })
    state.keep()
    await state.writing
    expect(written()).toMatchObject([{ draft: null, card: null, fill: { urgency: 'immediate' } }])
    state.mediator = true
    state.keep()
    await state.writing
    expect(written()).toHaveLength(2)
    expect(written()[1]).toMatchObject({ draft: 'draft-1', fill: { mediator_needed: true } })
  })

  it('is as it was after a lock', async () => {
    const field = new Field()
    field.begunReferral = 'draft-1'
    const state = new NewReferralState(field)
    await vi.waitUntil(() => state.service !== null)
    expect([state.alias, state.service, state.urgency, state.answer]).toEqual([
      'LINCE-04',
      'sti_clinic',
      'within_72h',
      'accepted',
    ])
    expect(vi.mocked(call)).toHaveBeenCalledWith('resume_referral', { draft: 'draft-1', card: null })
    await state.save()
    expect(written()).toMatchObject([{ draft: 'draft-1', card: 'card-1', fill }])
    expect(vi.mocked(call)).toHaveBeenCalledWith('open_begun_referral', { draft: 'draft-1' })
    expect([field.begunReferral, field.begun]).toEqual([null, null])
  })

  it('is written before the notebook closes', async () => {
    const field = new Field()
    const state = new NewReferralState(field)
    await vi.waitFor(() => {
      state.consent = 'written'
      state.keep()
      expect(written()).toHaveLength(1)
    })
    field.hide()
    expect(field.begun).toBeNull()
    await vi.waitUntil(() => vi.mocked(call).mock.calls.some(([name]) => name === 'lock'))
    const names = vi.mocked(call).mock.calls.map(([name]) => name)
    expect(names.indexOf('keep_referral')).toBeLessThan(names.indexOf('lock'))
  })
})
