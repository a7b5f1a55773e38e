import { describe, expect, it } from 'vitest'
import type { SendView } from '../../lib/generated/SendView'
import { sendLine } from './send-line'

const view = (change: Partial<SendView>): SendView => ({
  state: 'local',
  total: 27,
  received: 0,
  backed_up: 0,
  refused: 0,
  received_at: null,
  date: null,
  review_missing: false,
  night_log_received: false,
  forget_on: null,
  forgotten_on: null,
  contacts: 17,
  observations: 3,
  referrals: 6,
  incidents: 1,
  phones: [],
  set_aside: [],
  error: null,
  ...change,
})

describe('sendLine', () => {
  it('counts what is only here', () => {
    expect(sendLine(view({}))).toEqual({
      state: 'local',
      text: 'Solo su questo telefono, 27\u00a0registrazioni',
    })
  })

  it('counts what is still waiting, not what is confirmed', () => {
    expect(sendLine(view({ state: 'waiting', received: 12 })).text).toBe('In attesa di invio, 15')
  })

  it('says received only with the time of the receipt', () => {
    const line = sendLine(view({ state: 'received', received: 27, received_at: '04:12' }))
    expect(line).toEqual({ state: 'received', text: '27 di 27 ricevuti alle 04:12' })
  })

  it('says how many were refused', () => {
    expect(sendLine(view({ state: 'attention', refused: 1 })).text).toBe('1 da guardare')
  })
})
