import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import { Field } from '../field.svelte'
import { FindCode } from './find-code.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const found = { code: '4KXP', word: 'panchetto' }

function finder(): FindCode {
  return new FindCode(new Field())
}

beforeEach(() => vi.mocked(call).mockReset())

describe('the other phone’s code', () => {
  it('asks the core only when four characters are there, and shows the word', async () => {
    const find = finder()
    await find.type('4kx')
    expect(call).not.toHaveBeenCalled()
    vi.mocked(call).mockResolvedValue({ found })
    await find.type('4kxp')
    expect(call).toHaveBeenCalledExactlyOnceWith('check_code', { code: '4kxp' })
    expect([find.typed, find.found, find.trouble]).toEqual(['4KXP', found, false])
  })

  it('says when a character is wrong, until another is typed', async () => {
    const find = finder()
    vi.mocked(call).mockResolvedValue({ found: null })
    await find.type('4KXQ')
    expect([find.found, find.trouble]).toEqual([null, true])
    await find.type('4KX')
    expect(find.trouble).toBe(false)
  })

  it('takes no answer to what is no longer typed', async () => {
    const find = finder()
    const answers: ((value: { found: { code: string; word: string } }) => void)[] = []
    vi.mocked(call).mockReturnValueOnce(new Promise((resolve) => answers.push(resolve)))
    const first = find.type('4KXP')
    await find.type('4KX')
    answers[0]?.({ found })
    await first
    expect(find.found).toBeNull()
  })

  it('takes nothing over when the other word differs', async () => {
    const find = finder()
    vi.mocked(call).mockResolvedValue({ found })
    await find.type('4KXP')
    find.refuse()
    expect([find.typed, find.found, find.differs]).toEqual(['', null, true])
  })

  it('needs no camera', () => {
    expect(finder().finder.camera).toBe('none')
  })
})
