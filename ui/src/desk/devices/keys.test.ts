import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { DevicesView } from '../../lib/generated/DevicesView'
import type { RecoverySheetView } from '../../lib/generated/RecoverySheetView'
import { Keys } from './keys.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const sheet: RecoverySheetView = {
  name: 'Prova',
  date: '2026-03-12',
  words: Array.from({ length: 24 }, (_, place) => `PAROLA${String(place)}`),
  key: 'AGE-SECRET-KEY-1',
  picture: { size: 21, path: '' },
  admin_key: 'A',
  places: [3, 12, 20],
}
const after: DevicesView = {
  manifest: 4,
  expires_in_days: 30,
  may_sign: true,
  published: true,
  has_server: true,
  lines: { admin_key: 'B', programme: 'p', recovery_recipient: 'age1x' },
  units: [],
  devices: [],
  acts: [],
  keys: { since: '2026-03-12', days: 0, known_to: [], signer_known: false, begun: null },
  error: null,
}

beforeEach(() => vi.mocked(call).mockReset())

describe('changing the keys', () => {
  it('shows the sheet until its words were right, and puts it away then', async () => {
    const changed = vi.fn()
    const keys = new Keys(changed)
    vi.mocked(call).mockResolvedValueOnce(sheet)
    await keys.begin(true, 'sportello di prova')
    expect(vi.mocked(call).mock.calls[0]).toEqual([
      'change_keys',
      { signer_too: true, passphrase: 'sportello di prova' },
    ])
    vi.mocked(call).mockResolvedValueOnce({ right: false, devices: null })
    expect(await keys.confirm(['A', 'B', 'C'])).toBe(false)
    expect([keys.sheet, keys.changed]).toEqual([sheet, undefined])
    vi.mocked(call).mockResolvedValueOnce({ right: true, devices: after })
    expect(await keys.confirm(['D', 'E', 'F'])).toBe(true)
    keys.close()
    expect(keys.sheet).toBeUndefined()
    expect(keys.changed?.lines.recovery_recipient).toBe('age1x')
    expect(changed).toHaveBeenCalledWith(after)
  })

  it('keeps the sheet and says why when the server is away', async () => {
    const keys = new Keys(vi.fn())
    vi.mocked(call).mockResolvedValueOnce(sheet)
    await keys.begin(false, 'x')
    vi.mocked(call).mockRejectedValueOnce({ code: 'RETE-01', place: null, wait_seconds: null, findings: [] })
    await expect(keys.confirm(['A', 'B', 'C'])).rejects.toMatchObject({ code: 'RETE-01' })
    expect(await keys.load()).toBe(sheet)
  })

  it('gives up and puts the sheet away', async () => {
    const changed = vi.fn()
    const keys = new Keys(changed)
    vi.mocked(call).mockResolvedValueOnce(sheet)
    await keys.begin(false, 'x')
    vi.mocked(call).mockResolvedValueOnce(after)
    await keys.keep()
    expect([keys.sheet, keys.kept]).toEqual([undefined, true])
    expect(changed).toHaveBeenCalledWith(after)
  })
})
