import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { CalendarNightView } from '../../lib/generated/CalendarNightView'
import type { DeskNightView } from '../../lib/generated/DeskNightView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { NightsView } from '../../lib/generated/NightsView'
import Outings from './Outings.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const planned: CalendarNightView = {
  unit: 'BS-U1',
  outing_type: 'mapping',
  standing: 'no_news',
  reason: null,
  moved_from: null,
  moved_reason: null,
  plan: 'p1',
  outing_id: null,
  records: 0,
  contacts: 0,
  amendments: 0,
}
const done: CalendarNightView = {
  ...planned,
  outing_type: 'street_night',
  standing: 'done',
  plan: 'p2',
  outing_id: 'o2',
  records: 27,
  contacts: 19,
}
const days = [
  '2026-03-09',
  '2026-03-10',
  '2026-03-11',
  '2026-03-12',
  '2026-03-13',
  '2026-03-14',
  '2026-03-15',
]
const nights: Record<string, CalendarNightView[]> = { '2026-03-12': [done], '2026-03-14': [planned] }
const view: NightsView = {
  today: '2026-03-16',
  programme: 'Prova',
  project: ['2026-01-01', '2026-12-31'],
  settled: '2026-W11',
  earlier: '2026-W07',
  later: '2026-W15',
  weeks: [{ week: '2026-W11', days: days.map((date) => ({ date, nights: nights[date] ?? [] })) }],
  units: ['BS-U1'],
  unit: null,
  tally: { planned: 2, done: 1, done_as_planned: 1, cancelled: 0, no_news: 1 },
  unsigned: [],
}
const detail: DeskNightView = {
  outing_id: 'o2',
  unit: 'BS-U1',
  date: '2026-03-12',
  outing_type: 'street_night',
  started_at: '21:30',
  ended_at: '02:45',
  crew: [{ operator: 'OP-A', role: 'operator' }],
  weather: 'clear',
  cancelled: null,
  figures: [{ id: 'contacts', value: { kind: 'shown', value: 19 }, partial: false }],
  records: 27,
  signed_after_hours: 7,
  versions: [
    { number: 0, by: 'OP-A', on: '2026-03-13', reason: null, device: 'D1', contacts: 18, stands: false },
    {
      number: 1,
      by: 'OP-B',
      on: '2026-03-14',
      reason: 'late_device',
      device: 'D1',
      contacts: 19,
      stands: true,
    },
  ],
}
const refused: ErrorView = { code: 'REG-04', place: null, wait_seconds: null, findings: [] }

async function shown(first: NightsView = view): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Outings, { onlocked: () => undefined })
  await screen.findByRole('table')
}

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })

beforeEach(() => vi.mocked(call).mockReset())

describe('the calendar', () => {
  it('says how each outing stands in words, and how many people came only in the week being settled', async () => {
    await shown()
    expect(button(/^Notturna 27 di 27 19 persone$/)).toBeTruthy()
    expect(button(/^Mappatura nessuna notizia$/)).toBeTruthy()
    expect(screen.getByText(/pianificate 2, fatte 1/)).toBeTruthy()
  })

  it('says of what nobody signed that it is not counted', async () => {
    await shown({ ...view, unsigned: [{ unit: 'BS-U1', records: 31 }] })
    expect(screen.getByText(/sono arrivate 31 registrazioni/)).toBeTruthy()
  })
})

describe('an outing', () => {
  it('opens with its numbers and signatures, and closes with Escape', async () => {
    await shown()
    vi.mocked(call).mockResolvedValueOnce(detail)
    await fireEvent.click(button(/^Notturna/))
    const table = await screen.findByRole('table', { name: 'Firme e rettifiche' })
    const rows = within(table).getAllByRole('row')
    expect(rows.map((row) => row.textContent)).toHaveLength(3)
    expect(within(table).getByText('Il secondo telefono è arrivato dopo')).toBeTruthy()
    await fireEvent.keyDown(window, { key: 'Escape' })
    expect(screen.queryByRole('table', { name: 'Firme e rettifiche' })).toBeNull()
  })

  it('of which nothing came is marked as cancelled with a reason', async () => {
    await shown()
    await fireEvent.click(button(/^Mappatura/))
    const reason = screen.getAllByRole('combobox', { name: 'Motivo' })[0]
    if (reason === undefined) throw new Error('no reason')
    const press = button('Segna annullata')
    expect(press).toHaveProperty('disabled', true)
    await fireEvent.change(reason, { target: { value: 'weather' } })
    vi.mocked(call).mockResolvedValueOnce(view)
    await fireEvent.click(press)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('change_plan', {
      plan: 'p1',
      change: { kind: 'cancel', reason: 'weather' },
      shown: { last: null, unit: null },
    })
  })

  it('keeps open what was not done, and says why', async () => {
    await shown()
    await fireEvent.click(button(/^Mappatura/))
    vi.mocked(call).mockRejectedValueOnce(refused)
    await fireEvent.click(button('Toglila dal piano'))
    expect(await screen.findByText(/REG-04/)).toBeTruthy()
    expect(button('Toglila dal piano')).toBeTruthy()
  })
})

describe('the plan', () => {
  it('is made for one day, or for every week from it', async () => {
    await shown()
    await fireEvent.click(button('Pianifica'))
    await fireEvent.input(screen.getByLabelText('Giorno'), { target: { value: '2026-03-19' } })
    expect(screen.getByText('Una uscita, giovedì 19 marzo.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('checkbox'))
    vi.mocked(call).mockResolvedValueOnce(view)
    const [, save] = screen.getAllByRole('button', { name: 'Pianifica' })
    if (save === undefined) throw new Error('no button')
    await fireEvent.click(save)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('plan_outings', {
      unit: 'BS-U1',
      outing_type: 'street_night',
      from: '2026-03-19',
      weeks: 4,
      shown: { last: null, unit: null },
    })
  })
})
