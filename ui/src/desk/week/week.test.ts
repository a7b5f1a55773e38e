import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { PeriodView } from '../../lib/generated/PeriodView'
import type { TrendWeekView } from '../../lib/generated/TrendWeekView'
import { tableTitles } from '../labels'
import { definitions, figureNames } from './definitions'
import { numberText } from './numbers'
import { periodTitle } from './title'
import { pointsOf } from './trend'
import Week from './Week.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const figure = (id: string, value: number): PeriodView['figures'][number] => ({
  id,
  value: { kind: 'shown', value },
  partial: false,
})

const view: PeriodView = {
  kind: 'week',
  label: '2026-W11',
  from: '2026-03-09',
  to: '2026-03-15',
  running: false,
  previous: '2026-03-08',
  next: null,
  face: 'internal',
  may_release: true,
  k: 5,
  definitions: 1,
  programme: 'Prova',
  zones: [],
  orgs: [['ORG-1', 'Cooperativa']],
  figures: [figure('contacts', 30), figure('outings', 3), figure('minutes', 645), figure('km', 0)],
  unique: { min: 19, max: 26 },
  tables: [
    {
      id: 'gender',
      rows: [
        ['woman', { kind: 'shown', value: 26 }],
        ['trans_woman', { kind: 'shown', value: 4 }],
      ],
      total: { kind: 'shown', value: 30 },
      why: [],
      partial: false,
    },
    {
      id: 'org_minutes',
      rows: [['ORG-1', { kind: 'shown', value: 1290 }]],
      total: null,
      why: [],
      partial: false,
    },
  ],
  completion_on: '2026-04-14',
  plan: { planned: 0, done: 3, as_planned: 0, cancelled: 0, ahead: 0, silent: [] },
  gaps: [{ kind: 'no_place', count: 0, unit: null, dates: [] }],
  nights: [],
  trend: [],
  status: { new_nights: 0, set_aside: 0, updated_at: null, error: null },
}

/** The figures of a period of which no night was counted: those of nights as the desk says, those of the office so far. */
const absent = (kind: 'missing' | 'unsigned'): PeriodView['figures'] => [
  { id: 'contacts', value: { kind }, partial: false },
  { id: 'outings', value: { kind }, partial: false },
  { ...figure('referrals_opened', 2), partial: true },
  figure('desk_accesses', 0),
]

const nothing: PeriodView = {
  ...view,
  figures: [figure('contacts', 0), figure('outings', 0), figure('minutes', 0)],
  unique: { min: 0, max: 0 },
  tables: [],
  plan: { ...view.plan, done: 0 },
}

async function shown(first: PeriodView): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Week, { onlocked: () => undefined })
  await screen.findByRole('heading', { level: 1 })
}

const press = (name: string | RegExp): Promise<boolean> =>
  fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => {
  vi.mocked(call).mockReset()
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
})

describe('a number', () => {
  it('opens its definition and the nights it was counted from', async () => {
    await shown(view)
    vi.mocked(call).mockResolvedValueOnce({
      parts: [
        { date: '2026-03-10', week: null, unit: 'BS-U1', outing_type: 'street_night', value: 26 },
        { date: '2026-03-12', week: null, unit: 'BS-U1', outing_type: 'mapping', value: 0 },
      ],
      at_desk: 0,
    })
    await press(/^Genere|^Donna, 26/)
    const asked = { kind: 'week', date: '2026-03-09', id: 'gender', row: 'woman' }
    expect(call).toHaveBeenLastCalledWith('explain', asked)
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText('Indicatore I29')).toBeTruthy()
    expect(await within(dialog).findByText('martedì 10 marzo 2026')).toBeTruthy()
    expect(within(dialog).getByRole('cell', { name: '0' })).toBeTruthy()
  })

  it('of the outside opens its definition alone', async () => {
    await shown({ ...view, face: 'external' })
    await press(/^Contatti, 30/)
    expect(await screen.findByText('Fuori si vede soltanto il numero pubblicato.')).toBeTruthy()
    expect(call).toHaveBeenCalledTimes(1)
  })

  it('has a definition wherever it has a name', () => {
    for (const id of [...Object.keys(figureNames), ...Object.keys(tableTitles)]) {
      expect(definitions[id], id).toBeDefined()
    }
  })
})

describe('zero, missing and not signed yet', () => {
  const night = { date: '2026-03-12', unit: 'BS-U1' }

  it('is nothing where nobody went out and nobody was to', async () => {
    await shown(nothing)
    expect(screen.getByText('Nessuna uscita in questo periodo.')).toBeTruthy()
    expect(screen.getByRole('button', { name: /^Contatti, 0/ })).toBeTruthy()
  })

  it('is missing where a planned night sent no news', async () => {
    const silent = [{ ...night, unsigned: false }]
    await shown({ ...nothing, figures: absent('missing'), plan: { ...nothing.plan, planned: 1, silent } })
    expect(screen.getByText(/notizie da: giovedì 12 marzo/)).toBeTruthy()
    expect(screen.getByRole('button', { name: /^Contatti, manca/ })).toBeTruthy()
    const opened = screen.getByRole('button', { name: /^Aperti, 2/ })
    expect(opened.parentElement?.textContent).toContain('finora')
    const accesses = screen.getByRole('button', { name: /^Accessi allo sportello, 0/ })
    expect(accesses.parentElement?.textContent).not.toContain('finora')
  })

  it('is not signed where its records wait', async () => {
    const silent = [{ ...night, unsigned: true }]
    await shown({ ...nothing, figures: absent('unsigned'), plan: { ...nothing.plan, planned: 1, silent } })
    expect(screen.getByText(/non ancora firmate: giovedì 12 marzo/)).toBeTruthy()
    expect(screen.getByRole('button', { name: /^Contatti, da firmare/ })).toBeTruthy()
  })

  it('is not signed where nobody had planned it', async () => {
    await shown({ ...nothing, figures: absent('unsigned') })
    expect(screen.getByText(/nessuno ha ancora firmato/)).toBeTruthy()
    expect(screen.queryByText('Nessuna uscita in questo periodo.')).toBeNull()
  })

  it('is so far where other nights were counted', async () => {
    const silent = [{ ...night, unsigned: true }]
    const figures = view.figures.map((figure) => ({ ...figure, partial: true }))
    const tables = view.tables.map((table) => ({ ...table, partial: true }))
    await shown({ ...view, figures, tables, plan: { ...view.plan, planned: 4, as_planned: 3, silent } })
    expect(screen.getByRole('button', { name: /^Contatti, 30/ })).toBeTruthy()
    expect(screen.getAllByText('finora')).toHaveLength(figures.length + tables.length)
  })
})

describe('another period', () => {
  it('is asked for at the same time, inside where it has no outside', async () => {
    await shown({ ...view, face: 'external' })
    vi.mocked(call).mockResolvedValueOnce({ ...view, kind: 'year', label: '2026', may_release: false })
    await fireEvent.change(screen.getByLabelText('Periodo'), { target: { value: 'year' } })
    const asked = { kind: 'year', date: '2026-03-12', face: 'internal' }
    expect(call).toHaveBeenLastCalledWith('period', asked)
    expect(await screen.findByRole('heading', { level: 1, name: 'Anno 2026' })).toBeTruthy()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it('has a name of its own', () => {
    const named = (kind: PeriodView['kind'], label: string | null, from: string): string =>
      periodTitle({ kind, label, from })
    expect(named('month', '2026-03', '2026-03-02')).toBe('marzo 2026')
    expect(named('month', '2026-01', '2025-12-29')).toBe('gennaio 2026')
    expect(named('quarter', '2026-Q1', '2025-12-29')).toBe('1º trimestre 2026')
    expect(named('project', null, '2025-09-10')).toBe('Tutto il progetto')
  })
})

describe('what is missing', () => {
  it('leads to the page that mends it', async () => {
    const gaps: PeriodView['gaps'] = [
      { kind: 'no_place', count: 1, unit: null, dates: [] },
      { kind: 'unsigned', count: 27, unit: 'BS-U1', dates: ['2026-03-12'] },
    ]
    await shown({ ...view, gaps })
    const links = screen.getAllByRole('link', { name: /^Apri/ }).map((link) => link.getAttribute('href'))
    expect(links).toEqual(['#referrals', '#outings'])
    expect(screen.getByText('BS-U1: 27 registrazioni arrivate, da firmare.')).toBeTruthy()
  })

  it('says that nobody is without a place', async () => {
    await shown(view)
    expect(screen.getByText('Nessuna persona senza posto.')).toBeTruthy()
  })
})

describe('the thirteen weeks', () => {
  const week = (number: number, standing: TrendWeekView['standing'], contacts: number): TrendWeekView => ({
    week: `2026-W${number}`,
    standing,
    contacts,
    presences: 0,
    unique: { min: contacts, max: contacts + 2 },
    outings: 0,
    condoms: 0,
    referrals_opened: 0,
  })
  const weeks = [
    week(10, 'no_outing', 0),
    week(11, 'no_news', 0),
    week(12, 'partial', 4),
    week(13, 'counted', 0),
    week(14, 'unsigned', 0),
  ]

  it('tell no outing, no news, too few, zero and not signed apart', () => {
    const points = pointsOf(weeks, ({ contacts }) => [contacts, contacts])
    expect(points.map(({ text }) => text)).toEqual([
      'nessuna uscita',
      'nessuna notizia',
      '4 (incompleta)',
      '0',
      'da firmare',
    ])
  })

  it('stand in a table, too', async () => {
    await shown({ ...view, trend: weeks })
    const row = screen.getByRole('row', { name: /2026-W13/ })
    expect(within(row).getAllByRole('cell')).toHaveLength(6)
    expect(within(row).getByRole('cell', { name: '0–2' })).toBeTruthy()
  })
})

describe('a value', () => {
  it('reads as its kind', () => {
    expect(numberText('org_minutes', 645)).toBe('10:45')
    expect(numberText('condoms_per_contact_x10', 82)).toBe('8,2')
    expect(numberText('completion_pct', 38)).toBe('38 %')
    expect(numberText('contacts', 30)).toBe('30')
  })

  it('of an organisation has its name', async () => {
    await shown(view)
    const row = screen.getByRole('row', { name: /^Cooperativa/ })
    expect(within(row).getByRole('button').textContent).toBe('21:30')
  })
})
