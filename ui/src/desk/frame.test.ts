import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../lib/backend/backend'
import type { DeskFrameView } from '../lib/generated/DeskFrameView'
import { DeskFrame } from './frame.svelte'

vi.mock('../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../lib/backend/backend')>()),
  call: vi.fn(),
}))

const view = (referrals: number): DeskFrameView => ({
  programme: 'Prova',
  today: '2026-03-16',
  units: ['BS-U1'],
  device: 'S1',
  open: { referrals, outings: 0, depot: 0, devices: 0, lists: 0 },
})

beforeEach(() => vi.mocked(call).mockReset())

describe('the frame of the desk', () => {
  it('keeps the last count when the core cannot be asked', async () => {
    const frame = new DeskFrame()
    vi.mocked(call).mockResolvedValueOnce(view(4))
    await frame.look()
    vi.mocked(call).mockRejectedValueOnce({ code: 'BLOCCO-01' })
    await frame.look()
    expect(frame.view?.open.referrals).toBe(4)
  })

  it('takes the answer that was asked for last', async () => {
    const frame = new DeskFrame()
    const answers: ((view: DeskFrameView) => void)[] = []
    vi.mocked(call).mockReturnValueOnce(new Promise((resolve) => answers.push(resolve)))
    const first = frame.look()
    vi.mocked(call).mockResolvedValueOnce(view(3))
    await frame.look()
    answers[0]?.(view(4))
    await first
    expect(frame.view?.open.referrals).toBe(3)
  })
})
