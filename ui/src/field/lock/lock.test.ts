import { expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import { Field } from '../field.svelte'
import { openSession } from '../session-fixture'
import { LockState } from './lock.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

it('says nothing of a forgotten code while one is being tried', () => {
  vi.mocked(call).mockReturnValue(new Promise(() => undefined))
  const field = new Field()
  field.session = { ...openSession, state: 'locked' }
  const lock = new LockState(field)
  for (const digit of '739164') lock.type(digit)
  void lock.open()
  lock.askForHelp()
  expect(field.route.current).toBe('/')
})
