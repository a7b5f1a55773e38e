import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { ReferralCardView } from '../../lib/generated/ReferralCardView'
import type { ReferralsView } from '../../lib/generated/ReferralsView'
import { Field } from '../field.svelte'
import { followUpLine, referralLine } from './referral-line'
import { ReferralState } from './referrals.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const card: ReferralCardView = {
  id: '7f1c0000-0000-4000-8000-000000000001',
  code: '7F1C',
  alias: 'LINCE-04',
  service_type: 'family_clinic',
  urgency: 'routine',
  consent: 'verbal',
  accompany_needed: false,
  mediator_needed: false,
  opened_on: '2026-03-12',
  tonight: true,
  can_correct: true,
  age_days: 0,
  seen_tonight: false,
  lost_in_days: null,
  accompanied_minutes: null,
  events: [
    { date: '2026-03-12', state: 'proposed', outcome: null },
    { date: '2026-03-12', state: 'accepted', outcome: null },
  ],
  state: 'accepted',
  next: ['booked', 'accompanied', 'attended', 'cancelled', 'lost'],
}

const view: ReferralsView = {
  referrals: [],
  service_types: [],
  machine: [
    { state: 'accepted', next: ['booked', 'accompanied', 'attended', 'cancelled', 'lost'] },
    { state: 'booked', next: ['accompanied', 'attended', 'no_show', 'booked'] },
    { state: 'accompanied', next: ['attended', 'no_show', 'placed', 'no_place'] },
    { state: 'attended', next: ['closed'] },
  ],
  whole_unit: false,
  code_first: false,
  opened_tonight: 0,
  to_follow: 0,
  opened: null,
}

describe('the line of a referral', () => {
  it('says where it stands and what calls for somebody', () => {
    expect(referralLine(card)).toBe('LINCE-04. Accettato')
    expect(referralLine({ ...card, alias: null, accompany_needed: true })).toBe(
      'Senza codice. Accettato, da accompagnare',
    )
    expect(referralLine({ ...card, urgency: 'within_72h' })).toBe('LINCE-04. Accettato, entro domenica')
    const minor: ReferralCardView = { ...card, urgency: 'immediate', state: 'proposed' }
    expect(referralLine(minor)).toBe('LINCE-04. Proposto, avvisa chi coordina')
  })

  it('says how old it is, and when it is lost of view', () => {
    const old: ReferralCardView = { ...card, tonight: false, age_days: 12 }
    expect(referralLine(old)).toBe('LINCE-04. Accettato, da 12 giorni')
    expect(referralLine({ ...old, lost_in_days: 5 })).toBe('LINCE-04. Accettato, si perde fra 5 giorni')
    expect(referralLine({ ...old, lost_in_days: 0 })).toContain('da chiudere o richiamare')
  })

  it('asks for nothing once it is over', () => {
    const declined: ReferralCardView = {
      ...card,
      state: 'declined',
      next: [],
      accompany_needed: true,
      tonight: false,
      age_days: 40,
    }
    expect(referralLine(declined)).toBe('LINCE-04. Non voluto')
  })

  it('names an open referral of somebody met again', () => {
    expect(followUpLine(card)).toBe('Consultorio, accettato il 12')
  })
})

describe('the card of a referral', () => {
  beforeEach(() => {
    vi.mocked(call).mockReset()
    vi.mocked(call).mockResolvedValue(view)
  })

  async function opened(): Promise<ReferralState> {
    const field = new Field()
    field.followUps.shown = card
    const state = new ReferralState(field)
    await vi.waitFor(() => expect(call).toHaveBeenCalledWith('referrals', {}))
    await Promise.resolve()
    return state
  }

  it('takes a whole evening in one go, only along the machine', async () => {
    const state = await opened()
    expect(state.next.map(({ value }) => value)).toContain('booked')
    state.take('booked')
    expect(state.next.map(({ value }) => value)).toEqual([
      'accompanied',
      'arrived',
      'attended',
      'no_show',
      'booked',
    ])
    state.take('placed')
    expect(state.steps).toEqual(['booked'])
    state.take('arrived')
    expect(state.steps).toEqual(['booked', 'accompanied', 'attended'])
    expect(state.asksWay).toBe(true)
    state.minutes = 120
    state.staff = 2
    await state.save()
    expect(call).toHaveBeenCalledWith('advance_referral', {
      referral: card.id,
      states: ['booked', 'accompanied', 'attended'],
      outcome: null,
      accompaniment: { minutes: 120, staff_n: 2, mode: 'car', outcome: 'done' },
    })
  })

  it('asks how it ended before it can be saved as closed', async () => {
    const state = await opened()
    state.take('attended')
    state.take('closed')
    expect(state.ready).toBe(false)
    state.outcome = 'service_received'
    expect(state.ready).toBe(true)
    state.takeBack()
    expect(state.steps).toEqual(['attended'])
    expect(state.outcome).toBe(null)
  })
})
