import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import { Field } from '../field.svelte'
import { photo } from '../pair/camera'
import { EnrolState } from './enrol.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))
vi.mock('../pair/camera', async (original) => ({
  ...(await original<typeof import('../pair/camera')>()),
  photo: vi.fn(),
}))

const picture = new Blob(['picture'])

beforeEach(() => {
  vi.mocked(call).mockReset()
  vi.mocked(photo).mockResolvedValue({ width: 1, height: 1, luma_base64: 'AA==' })
})

describe('the first start of a phone', () => {
  it('goes on to its code once the desk’s picture was seen', async () => {
    const enrol = new EnrolState(new Field())
    const found = { server: 'https://example.org', code: 'uscita:abc' }
    vi.mocked(call).mockResolvedValueOnce({ found })
    await enrol.finder.photograph(picture)
    expect([enrol.step, enrol.server, enrol.code]).toEqual(['choose', found.server, found.code])
  })

  it('says when the photograph shows no picture of the desk, and stays', async () => {
    const enrol = new EnrolState(new Field())
    vi.mocked(call).mockResolvedValue({ found: null })
    await enrol.finder.photograph(picture)
    expect([enrol.step, enrol.finder.blank]).toEqual(['invitation', true])
  })

  it('needs no address with the text of the desk’s picture', () => {
    const enrol = new EnrolState(new Field())
    enrol.code = 'K7M2P-9QX4T'
    expect(enrol.ready).toBe(false)
    enrol.paste('uscita:abc')
    expect([enrol.ready, enrol.server, enrol.code]).toEqual([true, '', 'uscita:abc'])
  })
})
