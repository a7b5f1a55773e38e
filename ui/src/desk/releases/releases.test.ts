import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { PreviewTableView } from '../../lib/generated/PreviewTableView'
import type { PreviewView } from '../../lib/generated/PreviewView'
import type { ReleaseDocumentView } from '../../lib/generated/ReleaseDocumentView'
import type { ReleasePeriodView } from '../../lib/generated/ReleasePeriodView'
import type { ReleaseRowView } from '../../lib/generated/ReleaseRowView'
import type { ReleasesView } from '../../lib/generated/ReleasesView'
import Releases from './Releases.svelte'
import { periodWords, reasons, toCome } from './words'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const w11: ReleasePeriodView = { code: '2026-W11', granularity: 'week', from: '2026-03-09', to: '2026-03-15' }
const w10: ReleasePeriodView = { code: '2026-W10', granularity: 'week', from: '2026-03-02', to: '2026-03-08' }
const row: ReleaseRowView = {
  number: 1,
  replaces: null,
  corrected_by: null,
  kind: 'municipality',
  code: 'Brescia',
  period: w10,
  k: 5,
  definitions: 1,
  released_on: '2026-03-09',
  fingerprint: '9f2c41aa00',
  published_on: null,
  withdrawn_on: null,
  contested: false,
}
const view: ReleasesView = {
  base_period: 'week',
  kinds: [
    { kind: 'municipality', k: 5 },
    { kind: 'funder', k: 5 },
    { kind: 'network', k: 5 },
    { kind: 'press', k: 10 },
  ],
  recipients: [{ kind: 'municipality', code: 'Brescia', k: 5, step: 'week', periods: [w11] }],
  periods: [w11, w10],
  ledger: [row],
  zones: [],
}
const gender: PreviewTableView = {
  id: 'gender',
  class: 'P',
  k: 5,
  shown: 2,
  all: 4,
  hidden: [
    { category: 'woman', is_small: false },
    { category: 'trans', is_small: true },
  ],
  waiting: null,
  why: ['small', 'complement'],
  left_out: null,
  period: null,
}
const preview: PreviewView = {
  refusal: null,
  clash: null,
  number: 2,
  k: 5,
  activity: 12,
  contacts: 2,
  tables: [gender],
  unique: { min: 19, max: 26 },
  to_come: null,
}
const document: ReleaseDocumentView = {
  name: 'Prova',
  period: 'settimana W10',
  about: [['Rilascio', 'n. 1']],
  figures: [{ label: 'Uscite', value: '3', is_hidden: false, width: '' }],
  blocks: [
    {
      title: 'Genere',
      definition: 'Contatti con persone, per genere.',
      lines: [{ label: 'Donna', value: 'n.p.', is_hidden: true, width: '' }],
      total: { label: 'Totale', value: '30', is_hidden: false, width: '' },
    },
  ],
  grids: [
    {
      title: 'Genere ed età',
      definition: 'Qui la soglia è almeno 10.',
      columns: ['18–24', 'Totale'],
      lines: [
        {
          label: 'Donna',
          values: [
            ['n.p.', true],
            ['30', false],
          ],
        },
        {
          label: 'Totale',
          values: [
            ['n.p.', true],
            ['30', false],
          ],
        },
      ],
    },
  ],
  notes: ['n.p. = non pubblicabile'],
}

async function shown(first: PreviewView = preview): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(view).mockResolvedValueOnce(first)
  render(Releases, { onlocked: () => undefined })
  await screen.findByRole('heading', { name: 'Nuovo rilascio' })
  await screen.findByText(first.refusal ? 'Non esce nulla.' : '12 di 12')
}

const press = (name: string): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name }))
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

beforeEach(() => vi.mocked(call).mockReset())

describe('the next release', () => {
  it('begins with the recipient and the latest period, and what it would show', async () => {
    await shown()
    expect(call).toHaveBeenLastCalledWith('preview_release', {
      kind: 'municipality',
      code: 'Brescia',
      period: '2026-W11',
      correct: false,
    })
    expect(screen.getByText('Trans: meno di 5; Donna: si ricaverebbe dal totale')).toBeTruthy()
    expect(screen.getByText('Verifica di sottrazione superata')).toBeTruthy()
    expect(button('Crea e scrivi nel registro').hasAttribute('disabled')).toBe(false)
  })

  it('goes out without nights that are to come only when somebody says so', async () => {
    const night = { date: '2026-03-11', unit: 'BS-U1', unsigned: false }
    const to_come = { nights: [night, { ...night, date: '2026-03-12', unsigned: true }], units: ['BS-U2'] }
    await shown({ ...preview, to_come })
    expect(
      screen.getByText(
        /Mancano ancora: mercoledì 11 BS-U1, giovedì 12 BS-U1 \(da firmare\), registrazioni di BS-U2 \(da firmare\)\. /,
      ),
    ).toBeTruthy()
    expect(button('Crea e scrivi nel registro').hasAttribute('disabled')).toBe(true)
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Esce lo stesso, senza' }))
    await press('Crea e scrivi nel registro')
    expect(call).toHaveBeenLastCalledWith('make_release', expect.objectContaining({ incomplete: true }))
  })

  it('names six nights and counts the rest', () => {
    const night = (day: number) => ({ date: `2026-03-1${day}`, unit: 'BS-U1', unsigned: false })
    const nights = [1, 2, 3, 4, 5, 6, 7, 8].map(night)
    expect(toCome({ nights, units: [] })).toMatch(/lunedì 16 BS-U1, altre 2\. /)
  })

  it('cannot be made when it is refused, and says why', async () => {
    await shown({ ...preview, refusal: 'period_frozen', clash: w11, number: null, tables: [] })
    expect(screen.getByText(/^Periodo W11: è già uscito/)).toBeTruthy()
    expect(button('Crea e scrivi nel registro').hasAttribute('disabled')).toBe(true)
    expect(screen.queryByText('Verifica di sottrazione superata')).toBeNull()
  })

  it('says above the table that contacts wait while there are fewer than three outings', async () => {
    const waiting: PreviewTableView = { ...gender, hidden: [], waiting: 9, why: ['few_outings'] }
    await shown({ ...preview, tables: [waiting] })
    expect(screen.getByText(/^Le uscite sono meno di tre/)).toBeTruthy()
  })

  it('is asked for a new recipient only once it has a name', async () => {
    await shown()
    vi.mocked(call).mockClear()
    await fireEvent.change(screen.getByLabelText('Destinatario'), { target: { value: '' } })
    expect(call).not.toHaveBeenCalled()
    vi.mocked(call).mockResolvedValueOnce(preview)
    const name = screen.getByLabelText('Nome dell’ente o dell’ufficio')
    await fireEvent.input(name, { target: { value: ' Dipartimento ' } })
    await fireEvent.change(name)
    expect(call).toHaveBeenCalledWith('preview_release', {
      kind: 'municipality',
      code: 'Dipartimento',
      period: '2026-W11',
      correct: false,
    })
  })
})

describe('a document', () => {
  async function opened(): Promise<void> {
    await shown()
    vi.mocked(call).mockResolvedValueOnce(document)
    await press('n. 1 · Comune, Brescia, W10')
    await screen.findByRole('heading', { name: 'Prova' })
  }

  it('says n.p. and nothing else of what is hidden', async () => {
    await opened()
    const [table, crossed] = screen.getAllByRole('table')
    expect(table && within(table).getByText('n.p.')).toBeTruthy()
    expect(crossed && within(crossed).getAllByText('n.p.').length).toBe(2)
    expect(crossed && within(crossed).getByRole('columnheader', { name: '18–24' })).toBeTruthy()
    expect(screen.queryByText(/meno di/)).toBeNull()
  })

  it('shows the password once, and asks before it is withdrawn', async () => {
    await opened()
    const published = { ...row, published_on: '2026-03-10' }
    vi.mocked(call).mockResolvedValueOnce({
      address: 'https://example.org/r/x',
      password: 'ABCD-EFGH',
      told: true,
      page: { ...view, ledger: [published] },
    })
    await press('Pubblica sul server')
    expect(await screen.findByText('ABCD-EFGH')).toBeTruthy()
    await press('Ritira…')
    expect(vi.mocked(call).mock.calls.some(([name]) => name === 'withdraw_release')).toBe(false)
    vi.mocked(call).mockResolvedValueOnce({ ...view, ledger: [{ ...published, withdrawn_on: '2026-03-11' }] })
    await press('Sì, ritira')
    expect(await screen.findByText('Ritirato: 11 marzo')).toBeTruthy()
    expect(screen.queryByText('ABCD-EFGH')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Pubblica sul server' })).toBeNull()
  })

  it('says where its file is, or why there is none', async () => {
    await opened()
    vi.mocked(call).mockResolvedValueOnce({ file_name: 'rilascio-1.xlsx', path: '/x/rilascio-1.xlsx' })
    await press('Salva XLSX')
    expect(await screen.findByText('/x/rilascio-1.xlsx')).toBeTruthy()
    const full: ErrorView = { code: 'SPAZIO-01', place: null, wait_seconds: null, findings: [] }
    vi.mocked(call).mockRejectedValueOnce(full)
    await press('Salva CSV')
    expect(await screen.findByText(/SPAZIO-01/)).toBeTruthy()
    expect(screen.queryByText('/x/rilascio-1.xlsx')).toBeNull()
  })

  it('is corrected for its own recipient and period', async () => {
    await opened()
    vi.mocked(call).mockResolvedValueOnce(preview)
    await press('Rettifica…')
    await screen.findByRole('heading', { name: 'Rettifica del rilascio n. 1' })
    expect(screen.getByText(/la differenza fra due versioni direbbe quante persone/)).toBeTruthy()
    expect(call).toHaveBeenLastCalledWith('preview_release', {
      kind: 'municipality',
      code: 'Brescia',
      period: '2026-W10',
      correct: true,
    })
  })
})

describe('words', () => {
  it('name periods as people do', () => {
    expect(periodWords(w11)).toBe('W11, 9–15 marzo 2026')
    expect(periodWords({ ...w11, code: '2026-W14', from: '2026-03-30', to: '2026-04-05' })).toBe(
      'W14, 30 marzo – 5 aprile 2026',
    )
    expect(periodWords({ ...w11, code: '2026-03', granularity: 'month' })).toBe('Marzo 2026')
    expect(periodWords({ ...w11, code: '2026-Q1', granularity: 'quarter' })).toBe('1º trimestre 2026')
    expect(periodWords({ ...w11, code: '2026-H2', granularity: 'half_year' })).toBe('2º semestre 2026')
  })

  it('count the hidden cells of a crossing, which has too many to name', () => {
    const crossed: PreviewTableView = { ...gender, id: 'gender_age', k: 10 }
    expect(reasons(crossed, 5, [])).toBe('una cella: meno di 10; un’altra si ricaverebbe dai totali')
    expect(reasons({ ...crossed, why: ['small', 'audit'] }, 5, [])).toBe(
      'una cella: meno di 10; un’altra si ricaverebbe dai totali o da ciò che è già uscito',
    )
  })

  it('say what waits and for what', () => {
    const waiting: PreviewTableView = { ...gender, hidden: [], waiting: 3, why: ['small_total'] }
    expect(reasons(waiting, 5, [])).toBe('sono 3: passano al periodo dopo')
    expect(reasons({ ...waiting, waiting: 9, why: ['few_outings'] }, 5, [])).toBe(
      'sono 9: meno di tre uscite, passano al periodo dopo',
    )
    expect(reasons({ ...gender, left_out: 'granularity_changed', hidden: [] }, 5, [])).toBe(
      'la riceve con un altro passo',
    )
  })
})
