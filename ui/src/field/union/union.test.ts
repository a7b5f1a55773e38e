import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { UnionView } from '../../lib/generated/UnionView'
import { Field } from '../field.svelte'
import { phoneWords, UnionState } from './union.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const own = { own: true, cards: 2, records: 5 }
const alone: UnionView = { outing_id: 'here', phones: [own], together: null, pairs: 0, held_elsewhere: false }
const other = { own: false, cards: 1, records: 3 }
const both: UnionView = { ...alone, phones: [own, other], together: 3, pairs: 1, held_elsewhere: false }

async function joined(first: UnionView): Promise<UnionState> {
  const field = new Field()
  field.outingId = 'here'
  vi.mocked(call).mockResolvedValueOnce(first)
  const union = new UnionState(field)
  await vi.waitFor(() => expect(union.view).not.toBeNull())
  return union
}

async function opened(night: UnionView, counts: { new: number; own_file?: boolean }): Promise<UnionState> {
  const union = await joined(alone)
  const answer = { new: counts.new, known: 0, set_aside: 0, own_file: counts.own_file ?? false, night }
  vi.mocked(call).mockResolvedValueOnce(answer)
  await union.open(new Blob(['night']))
  expect(call).toHaveBeenLastCalledWith('import_records', { content_base64: btoa('night') })
  return union
}

beforeEach(() => vi.mocked(call).mockReset())

describe('both nights', () => {
  it('are safe only when each phone holds the other’s', async () => {
    expect((await joined(alone)).isMirrored).toBe(false)
    expect((await joined({ ...alone, held_elsewhere: true })).isMirrored).toBe(false)
    expect((await joined(both)).isMirrored).toBe(false)
    expect((await joined({ ...both, held_elsewhere: true })).isMirrored).toBe(true)
  })

  it('say what came of a file', async () => {
    expect((await opened(both, { new: 3 })).outcome).toBe('Prese 3\u00a0registrazioni.')
    expect((await opened(both, { new: 0 })).outcome).toBe('Era già tutto qui.')
    const mine = await opened(alone, { new: 0, own_file: true })
    expect(mine.outcome).toBe('È il file di questo telefono. Apri quello dell’altro.')
  })

  it('of another outing leave the numbers of this one as they are', async () => {
    const union = await opened({ ...both, outing_id: 'there' }, { new: 3 })
    expect([union.view, union.isJoined]).toEqual([alone, false])
    expect(union.outcome).toContain('altra uscita')
  })

  it('count records where cards cannot be opened', () => {
    expect(phoneWords(other)).toEqual({ n: 1, words: 'scheda' })
    expect(phoneWords({ ...other, cards: null })).toEqual({ n: 3, words: 'registrazioni cifrate' })
  })
})
