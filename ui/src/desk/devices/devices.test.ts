import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { DevicesView } from '../../lib/generated/DevicesView'
import type { DeviceView } from '../../lib/generated/DeviceView'
import type { ErrorView } from '../../lib/generated/ErrorView'
import Devices from './Devices.svelte'
import { marks } from './words'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const lost: DeviceView = {
  device: 'd2',
  name: 'D2',
  unit: 'BS-U1',
  role: 'member',
  own: false,
  status: 'revoked',
  enrolled_on: '2026-03-01',
  seen_on: '2026-03-12',
  silent_days: 0,
  stored: 2,
  backed_up: 1,
  forked: false,
  quarantine: { operations: 2, through: 7, received_on: '2026-03-12' },
  dropped: null,
  waiting: 0,
  wipe: null,
  since: '2026-03-12',
}
const view: DevicesView = {
  manifest: 2,
  expires_in_days: 30,
  may_sign: true,
  published: true,
  has_server: true,
  lines: { admin_key: 'B', programme: 'p', recovery_recipient: 'age1x' },
  units: ['BS-U1'],
  devices: [lost],
  acts: [],
  keys: { since: '2026-01-02', days: 69, known_to: [], signer_known: false, begun: null },
  error: null,
}
const refused: ErrorView = { code: 'RETE-01', place: null, wait_seconds: null, findings: [] }

async function shown(first: DevicesView = view): Promise<void> {
  vi.mocked(call).mockResolvedValueOnce(first)
  render(Devices, { onlocked: () => undefined })
  await screen.findByRole('table')
}

const press = (name: string): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => vi.mocked(call).mockReset())

describe('what goes wrong', () => {
  it('with the records is said below them, also beside the open acts of the device', async () => {
    await shown()
    await press('Azioni per D2')
    vi.mocked(call).mockRejectedValueOnce(refused)
    await press('Rilascia')
    const held = screen.getByRole('region', { name: /^D2 ha consegnato/ })
    expect(await within(held).findByText(/RETE-01/)).toBeTruthy()
    expect(screen.getAllByRole('alert')).toHaveLength(1)
  })

  it('with the renewal is said, also beside the open acts of a device', async () => {
    await shown()
    await press('Azioni per D2')
    vi.mocked(call).mockRejectedValueOnce(refused)
    await press('Rinnova per trenta giorni')
    expect(await screen.findByText(/RETE-01/)).toBeTruthy()
    expect(screen.getAllByRole('alert')).toHaveLength(1)
  })
})

describe('the question before dropping', () => {
  it('is over once they are dropped, though something still waits', async () => {
    const waiting = { ...lost, waiting: 3 }
    await shown({ ...view, devices: [waiting] })
    await press('Scarta…')
    vi.mocked(call).mockResolvedValueOnce({ ...view, devices: [{ ...waiting, quarantine: null }] })
    await press('Sì, scarta')
    expect(await screen.findByRole('button', { name: 'Rilascia' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Sì, scarta' })).toBeNull()
  })
})

describe('what was dropped', () => {
  it('can be taken back, as far as the list shows it', async () => {
    const dropped = { operations: 3, through: 5, until: '2026-04-11' }
    await shown({ ...view, devices: [{ ...lost, quarantine: null, dropped }] })
    expect(screen.getByText(/3 registrazioni.*almeno fino al 11 apr/)).toBeTruthy()
    vi.mocked(call).mockResolvedValueOnce(view)
    await press('Riprendi')
    const asked = { device: 'd2', through: 5, verdict: 'take_back' }
    expect(call).toHaveBeenLastCalledWith('decide_quarantine', asked)
    expect(await screen.findByRole('button', { name: 'Rilascia' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Riprendi' })).toBeNull()
  })
})

describe('the marks of a device', () => {
  it('ask to look only where somebody has something to do', () => {
    const active: DeviceView = { ...lost, status: 'active', quarantine: null, since: null }
    expect(marks(lost).map(({ kind }) => kind)).toEqual(['out', 'look'])
    expect(marks(active).map(({ kind }) => kind)).toEqual(['waits'])
    expect(marks({ ...active, backed_up: 2 }).map(({ kind }) => kind)).toEqual(['well'])
    expect(marks({ ...active, silent_days: 7 }).map(({ kind }) => kind)).toEqual(['look'])
    expect(marks({ ...active, wipe: 'never_seen' })[0]?.kind).toBe('look')
  })
})
