import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { Lists } from '../../lib/generated/Lists'
import type { ListsView } from '../../lib/generated/ListsView'
import { idOf, mergeZone, putNationality, turn } from './edit'
import ListsPage from './Lists.svelte'
import { differenceText, faultText, hoursText } from './words'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const lists: Lists = {
  name: 'Progetto di prova',
  end: '2026-12-31',
  k_external: 5,
  base_period: 'week',
  coordinator_phone: null,
  minor_steps: [],
  policy: {
    visible_records: 3,
    lock_after_seconds: 60,
    forget_after_days: 7,
    referral_lost_after_days: 60,
    order_below_weeks: 4,
    order_for_weeks: 10,
  },
  orgs: [{ id: 'ORG-1', name: 'Ente' }],
  units: [{ id: 'BS-U1', org: 'ORG-1' }],
  operators: ['OP-A', 'OP-B'],
  operator_orgs: {},
  zones: [
    { code: 'Z3', label: 'Est', district: null, in_municipality: true, min_expected: 8 },
    { code: 'Z5', label: 'Nord', district: null, in_municipality: true, min_expected: 3 },
  ],
  nationalities: [
    { code: 'RO', macro_area: 'eu_east' },
    { code: 'PE', macro_area: 'latin_america' },
    { code: 'oth_latam', macro_area: 'latin_america' },
  ],
  kits: [],
  directory: [],
  retired: { units: [], operators: [], zones: [], nationalities: [], kits: [], directory: [] },
}

const view: ListsView = {
  start: '2026-01-01',
  lists,
  base: 'abc',
  manifest: 4,
  may_sign: true,
  published: true,
  today: '2026-06-01',
  items: ['condom_ext'],
  alias_words: 2048,
  units_in_use: ['BS-U1'],
  checks: [],
  proposals: [{ kind: 'rare_nationality', code: 'PE', count: 4, area: 'latin_america' }],
  error: null,
}

async function shown(first: ListsView): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(ListsPage, { onlocked: () => undefined })
  await screen.findByRole('tablist')
}

const press = (name: string): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => {
  vi.mocked(call).mockReset()
  Element.prototype.scrollIntoView = vi.fn()
})

describe('a change', () => {
  it('goes to the other side and comes back as it was', () => {
    const out = turn(lists, 'nationality', 'PE')
    expect(out.nationalities.map(({ code }) => code)).toEqual(['RO', 'oth_latam'])
    expect(out.retired.nationalities).toEqual([{ code: 'PE', macro_area: 'latin_america' }])
    expect(turn(out, 'nationality', 'PE').retired).toEqual(lists.retired)
  })

  it('puts a country before what is left over of the areas', () => {
    const more = putNationality(lists, { code: 'AL', macro_area: 'europe_non_eu' })
    expect(more.nationalities.map(({ code }) => code)).toEqual(['RO', 'PE', 'AL', 'oth_latam'])
  })

  it('merges a zone into another one, which gets a name of both', () => {
    const merged = mergeZone(lists, 'Z5', 'Z3', 'Est e Nord')
    expect(merged.zones.map(({ code, label }) => `${code} ${label}`)).toEqual(['Z3 Est e Nord'])
    expect(merged.retired.zones.map(({ code }) => code)).toEqual(['Z5'])
  })

  it('gives a new service an id that nothing had', () => {
    expect(idOf('Caffè, via libera', [])).toBe('caffe-via-libera')
    expect(idOf('Centro MTS', ['centro-mts', 'centro-mts-2'])).toBe('centro-mts-3')
  })
})

describe('the page', () => {
  it('follows a proposal only into the draft, and signs what was looked at', async () => {
    await shown(view)
    const difference = {
      list: 'nationality' as const,
      code: 'PE',
      label: '',
      change: 'retired' as const,
      fields: [],
    }
    vi.mocked(call).mockResolvedValueOnce({ differences: [difference], faults: [] })
    await press('Proposta: ritira Perù')
    const changes = await screen.findByRole('region', { name: 'Una modifica da firmare' })
    expect(within(changes).getByText('Origine Perù: voce ritirata')).toBeTruthy()
    expect(vi.mocked(call).mock.calls.map(([name]) => name)).toEqual(['lists', 'check_lists'])
    vi.mocked(call).mockResolvedValueOnce({ ...view, manifest: 5, proposals: [] })
    await press('Firma e manda')
    expect(await screen.findByText(/manifesto numero 5/)).toBeTruthy()
    const [, sent] = vi.mocked(call).mock.calls[2] ?? []
    expect(sent).toMatchObject({ base: 'abc', lists: turn(lists, 'nationality', 'PE') })
  })

  it('does not sign what the core refuses', async () => {
    await shown(view)
    const faults = [{ list: 'nationality' as const, code: '', fault: 'countries' as const }]
    vi.mocked(call).mockResolvedValueOnce({ differences: [], faults })
    await press('Proposta: ritira Perù')
    expect(await screen.findByText(/più di 12 paesi/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Firma e manda' })).toHaveProperty('disabled', true)
  })

  it('offers no change at a desk that does not sign', async () => {
    await shown({ ...view, may_sign: false, proposals: [] })
    expect(screen.getByText(/Si legge soltanto/)).toBeTruthy()
    for (const tab of ['Zone', 'Origini', 'Kit', 'Squadra']) {
      await fireEvent.click(screen.getByRole('tab', { name: tab }))
      expect(within(screen.getByRole('tabpanel')).queryAllByRole('button')).toHaveLength(0)
    }
  })
})

describe('the words', () => {
  it('say what a line said and says', () => {
    const fields = [{ field: 'value', from: '5', to: '7' }]
    const changed = {
      list: 'setting' as const,
      code: 'k_external',
      label: '',
      change: 'changed' as const,
      fields,
    }
    expect(differenceText(changed)).toBe('Soglia delle tabelle che escono: 5 → 7')
    const zone = { field: 'in_municipality', from: 'true', to: 'false' }
    expect(differenceText({ ...changed, list: 'zone', code: 'Z5', label: 'Nord', fields: [zone] })).toBe(
      'Zona Z5 Nord: Nel Comune sì → no',
    )
    expect(faultText({ list: 'zone', code: 'Z6', fault: 'street' })).toMatch(
      /^Zona Z6: questo è il nome di una strada/,
    )
  })

  it('say hours shortly', () => {
    const opening = [
      { days: ['mon' as const, 'tue' as const, 'wed' as const], from: '09:00', to: '13:30' },
      { days: ['sun' as const], from: '00:00', to: '00:00' },
    ]
    expect(hoursText(opening)).toBe('lun–mer 9–13:30, dom, tutto il giorno')
  })
})
