import { beforeEach, expect, it, vi } from 'vitest'
import { call } from '../lib/backend/backend'
import { Counting } from './counting.svelte'

vi.mock('../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../lib/backend/backend')>()),
  call: vi.fn(),
}))

beforeEach(() => {
  vi.mocked(call).mockReset()
})

it('counts to the end and says how far it has come', async () => {
  const counting = new Counting()
  const seen: unknown[] = []
  for (const done of [500, 1000, 1200]) {
    vi.mocked(call).mockImplementationOnce(() => {
      seen.push(counting.progress)
      return Promise.resolve({ done, of: 1200 })
    })
  }
  await counting.run()
  expect(seen).toEqual([undefined, { done: 500, of: 1200 }, { done: 1000, of: 1200 }])
  expect(counting.progress).toBeUndefined()
  expect(counting.ready).toBe(true)
})

it('lets the pages say what is wrong', async () => {
  const counting = new Counting()
  vi.mocked(call).mockRejectedValueOnce(new Error('locked'))
  await counting.run()
  expect(counting.ready).toBe(true)
})
