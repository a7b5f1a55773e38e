import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { CloseView } from '../../lib/generated/CloseView'
import { Field } from '../field.svelte'
import { CloseState } from './close.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const view: CloseView = {
  persons: 19,
  contacts: 17,
  open_cards: 0,
  referrals: 8,
  noted: { km: null, weather: 'not_recorded', coordinator_alerted: false },
  stock_open: [],
  incidents: 1,
  last_incidents: ['aggressive_client'],
  immediate_open: 1,
  immediate: [
    { service_type: 'emergency_shelter', state: 'placed' },
    { service_type: 'minor_protection', state: 'proposed' },
  ],
  started_at: '21:30',
  now: '02:45',
  minutes: 315,
  coordinator_phone: null,
}

const stock = {
  rows: [{ item: 'condom_ext', loaded: 300, out: 170, expected: 130, counted: 128, wasted: 2, over: false }],
  items: ['condom_ext'],
}

describe('the close', () => {
  beforeEach(() => {
    vi.mocked(call).mockReset()
    for (const answer of [view, stock]) vi.mocked(call).mockResolvedValueOnce(answer)
  })

  async function opened(): Promise<CloseState> {
    const close = new CloseState(new Field())
    await vi.waitFor(() => expect(close.figures.length).toBe(4))
    return close
  }

  it('asks to tell the coordinator of what is immediate and goes nowhere (V22)', async () => {
    const close = await opened()
    expect(close.urgentDone).toBe(false)
    expect(close.urgentText).toBe(
      'Pronta accoglienza: posto trovato. Tutela minori: proposto. 1 «subito» senza seguito: avvisa chi coordina',
    )
    close.toggleTold()
    expect(close.urgentDone).toBe(true)
    await close.close()
    expect(call).toHaveBeenCalledWith('close_outing', {
      km: null,
      weather: 'not_recorded',
      note: null,
      coordinator_alerted: true,
    })
  })

  it('says what was lost at the count, and which incidents were noted', async () => {
    const close = await opened()
    expect(close.stockText).toBe('contate: 2\u00a0preservativi da scartare')
    expect(close.incidentsText).toBe('1: Cliente aggressivo')
  })

  it('takes no way longer than can be written', async () => {
    const close = await opened()
    for (const digit of '401') close.typeKm(digit)
    expect(close.km).toBe(40)
  })
})
