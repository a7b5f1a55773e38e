import { fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FoundingView } from '../../lib/generated/FoundingView'
import type { SessionView } from '../../lib/generated/SessionView'
import { call } from '../../lib/backend/backend'
import { loadAllMessages, setLocale } from '../../lib/i18n/i18n.svelte'
import { openSession } from '../../field/session-fixture'
import { DeskSession } from '../desk-session.svelte'
import { Founding } from './founding.svelte'
import Sheet from './Sheet.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({
  ...(await original<typeof import('../../lib/backend/backend')>()),
  call: vi.fn(),
}))

const view: FoundingView = {
  step: 'server',
  recovered: false,
  name: 'Prova',
  orgs: ['Ente'],
  unit: 'U1',
  server: null,
  lines: { admin_key: 'k', programme: 'p', recovery_recipient: 'age1' },
  operators: [],
  zones: [],
  k: 5,
  base_period: 'week',
  coordinator_phone: null,
  faults: [],
}
const inFounding: SessionView = { ...openSession, state: 'founding' }

beforeEach(async () => {
  await setLocale('it')
  await loadAllMessages()
})
afterEach(() => vi.mocked(call).mockReset())

describe('the steps', () => {
  it('shows the first step that is left, and goes back only to done ones', async () => {
    vi.mocked(call).mockResolvedValue(view)
    const founding = new Founding(new DeskSession())
    await founding.look()
    expect(founding.shown).toBe('server')
    expect([founding.isDone('programme'), founding.isDone('server')]).toEqual([true, false])
    founding.show('programme')
    expect(founding.shown).toBe('programme')
  })

  it('stays where it is while something entered is not taken', async () => {
    const founding = new Founding(new DeskSession())
    vi.mocked(call).mockResolvedValue({ ...view, step: 'programme' })
    await founding.look()
    vi.mocked(call).mockResolvedValue({ ...view, faults: [{ list: 'unit', code: '', fault: 'code' }] })
    await founding.programme({ name: 'Prova', orgs: [], unit: '?' })
    expect(founding.shown).toBe('programme')
  })

  it('goes to the devices once the first start is over, and not before', async () => {
    const session = new DeskSession()
    const founding = new Founding(session)
    vi.mocked(call).mockResolvedValueOnce({ trouble: 'other', error: 'RETE-01', over: false })
    await founding.finish(false)
    expect([founding.end?.trouble, location.hash]).toEqual(['other', ''])
    vi.mocked(call).mockResolvedValueOnce({ trouble: null, error: null, over: true })
    vi.mocked(call).mockResolvedValueOnce(openSession)
    await founding.finish(false)
    expect([session.state, location.hash]).toEqual(['open', '#devices'])
    location.hash = ''
  })

  it('keeps what came back in sight until it was read', async () => {
    const session = new DeskSession()
    const founding = new Founding(session)
    founding.door = 'again'
    const came = { wrong_word: null, opened: 3, missing: 0, unread: [], session: inFounding }
    vi.mocked(call).mockResolvedValue(came)
    await founding.recover('frase', 'parole', 'cartella')
    expect([founding.came?.opened, session.state]).toEqual([3, undefined])
    await founding.goOn()
    expect([founding.came, session.state]).toEqual([undefined, 'founding'])
  })
})

describe('the sheet', () => {
  const words = Array.from({ length: 24 }, (_, place) => `PAROLA${place + 1}`)
  const sheet = {
    name: 'Prova',
    date: '2026-03-12',
    words,
    key: 'AGE-SECRET-KEY-1X',
    picture: { size: 21, path: 'M0 0h1v1h-1z' },
    admin_key: 'k',
    places: [3, 9, 20],
  }

  it('leaves no word on the page once it is on paper', async () => {
    const onchecked = vi.fn()
    const check = vi.fn().mockResolvedValueOnce(false).mockResolvedValueOnce(true)
    render(Sheet, { load: () => Promise.resolve(sheet), check, onchecked })
    expect(await screen.findByText('PAROLA7')).toBeTruthy()
    screen.getByRole('button', { name: 'Ce l’ho su carta' }).click()
    await vi.waitFor(() => expect(document.body.innerHTML).not.toMatch(/PAROLA|AGE-SECRET/))
    const fields = screen.getAllByRole('textbox')
    expect(fields).toHaveLength(3)
    for (const button of [0, 1]) {
      for (const field of screen.getAllByRole('textbox'))
        await fireEvent.input(field, { target: { value: 'ABACO' } })
      screen.getByRole('button', { name: 'Controlla' }).click()
      await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(button + 1))
    }
    await vi.waitFor(() => expect(onchecked).toHaveBeenCalledOnce())
  })
})
