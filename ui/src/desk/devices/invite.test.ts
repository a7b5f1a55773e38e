import { fireEvent, render, screen } from '@testing-library/svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { DevicesView } from '../../lib/generated/DevicesView'
import Add from './Add.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const words = ['AIRONE', 'BOSCO', 'CALMA', 'DUNA', 'ERBA', 'FARO']
const device = { device: 'd9', role: 'member' as const, unit: 'BS-U1', words }
const after: DevicesView = {
  manifest: 3,
  expires_in_days: 30,
  may_sign: true,
  published: true,
  has_server: true,
  lines: { admin_key: 'B', programme: 'p', recovery_recipient: 'age1x' },
  units: ['BS-U1'],
  devices: [],
  acts: [],
  keys: { since: '2026-01-02', days: 69, known_to: [], signer_known: false, begun: null },
  error: null,
}
const press = (name: string): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => vi.mocked(call).mockReset())

describe('adding a device', () => {
  it('shows a code to read aloud with the address, then the six words, then signs', async () => {
    const signed = vi.fn()
    render(Add, { units: ['BS-U1'], onsigned: signed })
    await fireEvent.click(screen.getByRole('checkbox'))
    const code = { qr: null, spoken: 'K7M2P-9QX4T', server: 'https://example.org', until: '10:35' }
    vi.mocked(call).mockResolvedValueOnce(code)
    await press('Fai un codice')
    expect(await screen.findByText('K7M2P-9QX4T')).toBeTruthy()
    expect(screen.getByText('https://example.org')).toBeTruthy()
    expect(vi.mocked(call).mock.calls[0]).toEqual([
      'invite_device',
      { role: 'member', unit: 'BS-U1', typed: true },
    ])
    vi.mocked(call).mockResolvedValueOnce({ devices: [device], error: null })
    await press('È arrivato qualcuno?')
    for (const word of words) expect(await screen.findByText(word)).toBeTruthy()
    vi.mocked(call).mockResolvedValueOnce(after)
    await press('Sono uguali: firma')
    await vi.waitFor(() => expect(signed).toHaveBeenCalledWith(after))
    expect(screen.queryByText('AIRONE')).toBeNull()
    expect(screen.queryByText('K7M2P-9QX4T')).toBeNull()
  })

  it('turns away a device with other words, and signs nothing', async () => {
    const signed = vi.fn()
    render(Add, { units: ['BS-U1'], onsigned: signed })
    vi.mocked(call).mockResolvedValueOnce({ devices: [device], error: null })
    await press('È arrivato qualcuno?')
    await screen.findByText('AIRONE')
    vi.mocked(call).mockResolvedValueOnce({ devices: [], error: null })
    await press('Sono diverse: fermati')
    await vi.waitFor(() => expect(screen.queryByText('AIRONE')).toBeNull())
    expect(vi.mocked(call).mock.calls[1]).toEqual(['turn_away_device', { device: 'd9' }])
    expect(signed).not.toHaveBeenCalled()
  })

  it('says that nobody is there only if the server answered', async () => {
    render(Add, { units: ['BS-U1'], onsigned: () => undefined })
    vi.mocked(call).mockResolvedValueOnce({ devices: [], error: 'RETE-01' })
    await press('È arrivato qualcuno?')
    expect(await screen.findByText(/RETE-01/)).toBeTruthy()
    expect(screen.queryByText('Non aspetta nessuno.')).toBeNull()
    vi.mocked(call).mockResolvedValueOnce({ devices: [], error: null })
    await press('È arrivato qualcuno?')
    expect(await screen.findByText('Non aspetta nessuno.')).toBeTruthy()
  })
})
