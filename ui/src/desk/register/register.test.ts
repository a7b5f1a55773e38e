import { fireEvent, render, screen } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { RegisterLineView } from '../../lib/generated/RegisterLineView'
import type { RegisterView } from '../../lib/generated/RegisterView'
import Register from './Register.svelte'
import { aboutText, deedText } from './words'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const line = (number: number): RegisterLineView => ({
  number,
  on: '2026-03-12',
  who: 'S1',
  deed: { what: 'list', list: 'zone', code: 'Z5', change: 'retired' },
  before: '4e1a 7703',
  after: null,
  hash: '9b60 12fc',
})

const view: RegisterView = {
  lines: [line(3), line(2)],
  more: true,
  count: 3,
  broken: null,
  head: '9b60 12fc',
}

async function shown(first: RegisterView): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Register, { onlocked: () => undefined })
  await screen.findByRole('table')
}

beforeEach(() => vi.mocked(call).mockReset())

describe('the register', () => {
  it('writes a signed file, says where it is and which key proves it, and shows the line about it', async () => {
    await shown(view)
    const exported: RegisterLineView = { ...line(4), deed: { what: 'register_exported', lines: 3 } }
    const register = { ...view, lines: [exported, line(3)], count: 4 }
    vi.mocked(call).mockResolvedValueOnce({
      file_name: 'registro-4.txt',
      path: '/tmp/registro-4.txt',
      lines: 4,
      by_programme: true,
      key: 'cGFwZXI',
      register,
    })
    await fireEvent.click(screen.getByRole('button', { name: 'Esporta firmato' }))
    expect(await screen.findByText(/Registro firmato, 4 righe: \/tmp\/registro-4.txt/)).toBeTruthy()
    expect(screen.getByText('cGFwZXI')).toBeTruthy()
    expect(screen.getByText('il registro, 3 righe')).toBeTruthy()
  })

  it('signs nothing that does not hold', async () => {
    await shown({ ...view, broken: 2 })
    expect(screen.getByRole('button', { name: 'Esporta firmato' }).hasAttribute('disabled')).toBe(true)
  })

  it('says that the chain is whole, and shows earlier lines when asked', async () => {
    await shown(view)
    expect(screen.getByRole('status').textContent).toContain('catena intatta, 3 righe, 9b60 12fc')
    vi.mocked(call).mockResolvedValueOnce({ ...view, lines: [line(1)], more: false })
    await fireEvent.click(screen.getByRole('button', { name: 'Mostra le righe prima' }))
    expect(await screen.findAllByText('Zona Z5: voce ritirata')).toHaveLength(3)
    expect(vi.mocked(call).mock.calls[1]).toEqual(['register', { part: 'all', before: 2 }])
  })

  it('says loudly where the chain breaks', async () => {
    await shown({ ...view, broken: 2 })
    expect(screen.getByRole('alert').textContent).toContain('si rompe alla riga 2')
    expect(screen.queryByText(/catena intatta/)).toBeNull()
  })

  it('asks for the lines of one part', async () => {
    await shown(view)
    vi.mocked(call).mockResolvedValueOnce({ ...view, lines: [], more: false })
    await fireEvent.click(screen.getByRole('radio', { name: 'Dispositivi' }))
    expect(await screen.findByText('Nessuna riga.')).toBeTruthy()
    expect(vi.mocked(call).mock.calls[1]).toEqual(['register', { part: 'devices', before: null }])
  })
})

describe('the words of an act', () => {
  it('name what it was about', () => {
    const device = { what: 'device' as const, act: 'wipe_ordered' as const, name: 'D4', role: null }
    expect(`${deedText(device)} ${aboutText(device)}`).toBe('ha ordinato la cancellazione di D4')
    const release = { what: 'released' as const, number: 3, period: '2026-W11', recipient: 'Comune' }
    expect(`${deedText(release)} ${aboutText(release)}`).toBe('ha creato rilascio 3, 2026-W11, Comune')
  })
})
