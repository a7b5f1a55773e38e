import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { BoardRow } from '../../lib/generated/BoardRow'
import type { BoardView } from '../../lib/generated/BoardView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { OfficeView } from '../../lib/generated/OfficeView'
import { axisOf, isClipped, isLabelled, marks } from './axis'
import Board from './Board.svelte'
import Office from './Office.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const row: BoardRow = {
  id: 'r1',
  code: 'K7QP',
  from_desk: false,
  unit: 'BS-U1',
  service_type: 'sti_clinic',
  urgency: 'routine',
  consent: 'verbal',
  language_need: null,
  mediator_needed: false,
  accompany_needed: false,
  opened_on: '2026-03-05',
  days: 11,
  state: 'accepted',
  events: [
    { date: '2026-03-05', state: 'proposed', outcome: null },
    { date: '2026-03-05', state: 'accepted', outcome: null },
  ],
  next: ['booked', 'accompanied', 'attended', 'cancelled', 'lost'],
  overdue: null,
  lost_on: '2026-05-04',
  lost_by_itself: false,
  takes_back: true,
  allows_company: true,
  parent: null,
  children: [],
  company: [],
}
const view: BoardView = {
  today: '2026-03-16',
  filter: 'open',
  open: 1,
  to_do: { no_place: 0, urgent: 0, silent: 0 },
  no_place: [],
  last_placed: { asked_on: '2026-03-12', days: 0 },
  rows: [row],
  more: 0,
  many_units: false,
  lost_after_days: 60,
  waiting_events: 0,
  flow: {
    partial: false,
    week: '2026-W11',
    from: '2026-03-09',
    to: '2026-03-15',
    previous: '2026-W10',
    next: '2026-W12',
    start: 2,
    opened: 8,
    ended: 6,
    end: 4,
    measured_on: '2026-04-14',
    completed: null,
    completed_percent: null,
  },
  machine: [
    { state: 'accompanied', next: ['attended', 'no_show'] },
    { state: 'attended', next: ['closed'] },
    { state: 'closed', next: [] },
  ],
  updated_at: '09:12',
}
const refused: ErrorView = {
  code: 'REG-04',
  place: null,
  wait_seconds: null,
  findings: [{ rule: 'V20', severity: 'error', place: { at: 'clock' } }],
}

async function shown(first: BoardView = view): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Board, { onlocked: () => undefined })
  await screen.findByRole('heading', { level: 1 })
}

const press = (name: string | RegExp): Promise<boolean> =>
  fireEvent.click(screen.getByRole('button', { name }))
const choose = (name: string): Promise<boolean> => fireEvent.click(screen.getByRole('radio', { name }))

beforeEach(() => vi.mocked(call).mockReset())

describe('the board', () => {
  it('shows who has no place also when nobody is without', async () => {
    await shown()
    const pinned = screen.getByRole('region', { name: 'Senza posto: nessuna' })
    expect(within(pinned).getByText(/ha trovato posto la stessa notte/)).toBeTruthy()
  })

  it('keeps who has no place in sight, listed or not', async () => {
    await shown({
      ...view,
      filter: 'ended',
      rows: [],
      no_place: [{ ...row, state: 'no_place', overdue: 'no_place' }],
    })
    await press('Prendi in mano K7QP')
    expect(screen.getByRole('form', { name: 'K7QP: che cosa è successo?' })).toBeTruthy()
  })

  it('proves the stock of the week', async () => {
    await shown()
    const line = screen.getByText(/aperti all’inizio/).textContent.replace(/\s+/g, ' ')
    expect(line).toContain('2 aperti all’inizio + 8 nuovi − 6 conclusi = 4 aperti alla fine')
  })

  it('says every path in words beside its marks', async () => {
    await shown()
    expect(screen.getByText('Proposto 5 marzo, Accettato 5 marzo')).toBeTruthy()
  })
})

describe('a step', () => {
  it('goes along the machine, several of one day, with who went along', async () => {
    await shown()
    await press('Prenota K7QP')
    await choose('Accompagnata')
    await choose('È arrivata')
    await choose('Chiuso')
    await choose('Prestazione ricevuta')
    vi.mocked(call).mockResolvedValueOnce({ ...view, rows: [] })
    await press('Salva')
    expect(vi.mocked(call).mock.lastCall).toEqual([
      'advance_at_desk',
      {
        board: { filter: 'open', week: '2026-W11' },
        referral: 'r1',
        date: '2026-03-16',
        states: ['accompanied', 'attended', 'closed'],
        outcome: 'service_received',
        company: { minutes: 60, staff_n: 1, mode: 'car', outcome: 'done' },
      },
    ])
    expect(await screen.findByText('Salvato: K7QP.')).toBeTruthy()
  })

  it('that the core refuses is said with its rule, and stays on the screen', async () => {
    await shown()
    await press('Prenota K7QP')
    await choose('Prenotato')
    vi.mocked(call).mockRejectedValueOnce(refused)
    await press('Salva')
    expect(await screen.findByText('Invio: passo fuori percorso.')).toBeTruthy()
    expect(screen.getByRole('form', { name: 'K7QP: che cosa è successo?' })).toBeTruthy()
  })

  it('that was wrong is taken back with a reason', async () => {
    await shown()
    await press('Prenota K7QP')
    await press('Togli l’ultimo passo…')
    await choose('segnato due volte')
    vi.mocked(call).mockResolvedValueOnce(view)
    await press('Togli l’ultimo passo')
    expect(vi.mocked(call).mock.lastCall?.[1]).toMatchObject({ referral: 'r1', reason: 'twice' })
  })
})

describe('the day axis', () => {
  it('is long enough for the oldest, and no longer than three weeks', () => {
    expect(axisOf([row], view.today).days).toHaveLength(12)
    const old = { ...row, opened_on: '2026-01-01' }
    const axis = axisOf([old], view.today)
    expect(axis.days).toHaveLength(21)
    expect(isClipped(axis, [{ date: '2026-01-01', state: 'proposed', outcome: null }])).toBe(true)
    expect(axis.days.filter((day) => isLabelled(axis, day))).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
    ])
  })

  it('puts the steps of one day beside each other', () => {
    const axis = axisOf([row], view.today)
    expect(marks(axis, row.events).map(({ shift }) => shift)).toEqual([-6, 6])
  })
})

describe('accesses and meetings', () => {
  const office: OfficeView = {
    today: '2026-03-16',
    week: '2026-W11',
    from: '2026-03-09',
    to: '2026-03-15',
    previous: '2026-W10',
    next: '2026-W12',
    rows: [
      {
        place: { device: 'd', sequence: 4 },
        unit: null,
        entry: { kind: 'event', date: '2026-03-11', event_type: 'school', participants: 200, minutes: 60 },
        corrections: 0,
      },
    ],
    tables: [],
    participants: 200,
    minutes: 60,
    debriefs: 0,
    corrections: [],
  }

  it('are corrected with a reason, and nothing is written over', async () => {
    vi.mocked(call).mockResolvedValueOnce(office)
    render(Office, { onlocked: () => undefined })
    await fireEvent.click(await screen.findByRole('button', { name: /^Correggi/ }))
    const people = screen.getByLabelText('Quante persone')
    await fireEvent.input(people, { target: { value: '20' } })
    await choose('errore di battitura')
    vi.mocked(call).mockResolvedValueOnce(office)
    await press('Correggi')
    expect(vi.mocked(call).mock.lastCall).toEqual([
      'correct_office',
      {
        office: { week: '2026-W11' },
        place: { device: 'd', sequence: 4 },
        reason: 'mistyped',
        entry: { kind: 'event', date: '2026-03-11', event_type: 'school', participants: 20, minutes: 60 },
      },
    ])
  })

  it('are noted, one kind at a time', async () => {
    vi.mocked(call).mockResolvedValueOnce(office)
    render(Office, { onlocked: () => undefined })
    await screen.findByRole('heading', { level: 1 })
    vi.mocked(call).mockResolvedValueOnce(office)
    await press('Salva')
    expect(vi.mocked(call).mock.lastCall?.[1]).toMatchObject({
      entry: { kind: 'access', date: '2026-03-16', topic: 'legal', target_group: 'person' },
    })
    expect(await screen.findByText('Salvato.')).toBeTruthy()
  })
})
