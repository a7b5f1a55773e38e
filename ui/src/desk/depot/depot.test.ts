import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { BalanceLineView } from '../../lib/generated/BalanceLineView'
import type { DepotView } from '../../lib/generated/DepotView'
import type { PileView } from '../../lib/generated/PileView'
import { setLocale } from '../../lib/i18n/i18n.svelte'
import { alignedTenths, difference, grouped, tenths } from '../parts/format'
import Depot from './Depot.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const condoms: PileView = {
  item: 'condom_ext',
  language: null,
  sensitive: false,
  stock: 1440,
  recount: false,
  out: 248,
  mean_x10: 2075,
  cover_x10: 69,
  short: false,
  ordered: 0,
  last_count: null,
}
const lubricant: PileView = {
  ...condoms,
  item: 'lubricant',
  stock: 190,
  out: 65,
  mean_x10: 580,
  cover_x10: 33,
  short: true,
}
const tests: PileView = {
  ...condoms,
  item: 'pregnancy_test',
  sensitive: true,
  stock: null,
  out: 1,
  mean_x10: 10,
  cover_x10: null,
}
const sponges: PileView = { ...tests, item: 'sponge', sensitive: false, out: 0, mean_x10: 0 }
const line: BalanceLineView = {
  loaded: 300,
  handed_out: 170,
  returned: 128,
  lost: 2,
  adjusted: 0,
  difference: 0,
}
const view: DepotView = {
  programme: 'Prova',
  today: '2026-03-16',
  week: '2026-W11',
  partial: false,
  previous: '2026-W10',
  next: '2026-W12',
  measured_weeks: 4,
  threshold_weeks: 4,
  order_weeks: 10,
  piles: [condoms, lubricant, tests, sponges],
  orders: [
    { item: 'lubricant', language: null, pieces: 400, weeks: 10, is_least: false },
    { item: 'leaflet', language: 'sq', pieces: 50, weeks: 53, is_least: true },
  ],
  balances: [
    {
      item: 'condom_ext',
      sensitive: false,
      nights: [{ outing_id: 'o2', unit: 'BS-U1', date: '2026-03-12', outing_type: 'street_night', line }],
      total: line,
    },
  ],
}

async function shown(first: DepotView = view): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Depot, { onlocked: () => undefined })
  await screen.findByRole('table', { name: 'Scorte e autonomia' })
}

const press = (name: string | RegExp): Promise<boolean> =>
  fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => vi.mocked(call).mockReset())

describe('the cover', () => {
  it('is said in weeks against the threshold, and what nobody counted is not zero', async () => {
    await shown()
    const table = screen.getByRole('table', { name: 'Scorte e autonomia' })
    expect(within(table).getByRole('img', { name: '3,3 settimane, soglia 4' })).toBeTruthy()
    expect(within(table).getByText('1.440')).toBeTruthy()
    expect(within(table).getByText('da contare')).toBeTruthy()
    expect(within(table).queryByText(/Spugnette/)).toBeNull()
    expect(screen.getByText(/Delicato: fuori esce solo per mese/)).toBeTruthy()
  })
})

describe('the order', () => {
  it('lists pieces and what they cover, and is noted as sent in one press', async () => {
    await shown()
    expect(screen.getByText('400 lubrificanti')).toBeTruthy()
    expect(screen.getByText('minimo di stampa')).toBeTruthy()
    vi.mocked(call).mockResolvedValueOnce({ ...view, orders: [] })
    await press('Segna ordinati')
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('note_depot', {
      kind: 'order',
      lines: [
        { item: 'lubricant', language: null, quantity: 400 },
        { item: 'leaflet', language: 'sq', quantity: 50 },
      ],
      shown: { week: '2026-W11' },
    })
    expect(await screen.findByText('Niente da ordinare.')).toBeTruthy()
  })

  it('prints alone', async () => {
    const print = vi.fn()
    vi.stubGlobal('print', print)
    await shown()
    await press('Stampa l’ordine')
    expect(print).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})

describe('a count', () => {
  it('keeps only the lines that say something', async () => {
    await shown()
    await press('Conta il magazzino')
    await fireEvent.input(screen.getByRole('spinbutton', { name: 'Lubrificanti' }), {
      target: { value: '0' },
    })
    await fireEvent.change(screen.getByRole('combobox', { name: 'Aggiungi una lingua' }), {
      target: { value: 'en' },
    })
    await fireEvent.input(screen.getByRole('spinbutton', { name: 'Materiale, inglese' }), {
      target: { value: '60' },
    })
    vi.mocked(call).mockResolvedValueOnce(view)
    await press('Salva')
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('note_depot', {
      kind: 'count',
      lines: [
        { item: 'lubricant', language: null, quantity: 0 },
        { item: 'leaflet', language: 'en', quantity: 60 },
      ],
      shown: { week: '2026-W11' },
    })
  })
})

describe('the balance', () => {
  it('opens night by night', async () => {
    await shown()
    const table = screen.getByRole('table', { name: 'Quadratura della settimana' })
    expect(within(table).getByRole('rowheader', { name: '12 marzo, notturna' })).toBeTruthy()
    await press('Preservativi')
    expect(within(table).queryByRole('rowheader', { name: '12 marzo, notturna' })).toBeNull()
  })

  it('shows a difference only where there is one', async () => {
    await shown()
    expect(screen.queryByRole('columnheader', { name: 'differenza' })).toBeNull()
  })
})

describe('numbers', () => {
  it('read as in the language shown', async () => {
    expect([grouped(1440), tenths(80), alignedTenths(580), difference(-3)]).toEqual([
      '1.440',
      '8',
      '58,0',
      '−3',
    ])
    await setLocale('en')
    expect([grouped(1440), tenths(69)]).toEqual(['1,440', '6.9'])
    await setLocale('it')
  })
})
