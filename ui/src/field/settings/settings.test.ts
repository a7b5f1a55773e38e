import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import { setLocale } from '../../lib/i18n/i18n.svelte'
import { Field } from '../field.svelte'
import { openSession } from '../session-fixture'
import { SettingsState } from './settings.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const session = openSession

describe('SettingsState', () => {
  const field = new Field()
  const root = document.documentElement

  beforeEach(async () => {
    vi.mocked(call).mockReset()
    await setLocale('it')
    await field.resettle(session)
  })

  it('offers the lock times that the programme leaves, in words', () => {
    expect(new SettingsState(field).locks).toEqual([
      { value: 15, label: '15 secondi' },
      { value: 30, label: '30 secondi' },
      { value: 60, label: '1 minuto' },
    ])
  })

  it('offers the names of the launcher on Android alone', () => {
    expect(new SettingsState(field).hasLauncher).toBe(false)
    const agent = vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Linux; Android 14)')
    const settings = new SettingsState(field)
    expect(settings.hasLauncher).toBe(true)
    expect(settings.entries.map(({ label }) => label)).toEqual(['Uscita', 'Turni', 'Note', 'Inventario'])
    agent.mockRestore()
  })

  it('changes one thing, keeps the others, and shows what the core has kept', async () => {
    const kept = { ...session.settings, hand: 'left', text_size: 'large', theme: 'day' } as const
    vi.mocked(call).mockResolvedValue({ ...session, settings: kept })
    await new SettingsState(field).choose({ hand: 'left' })
    expect(call).toHaveBeenCalledWith('save_settings', { ...session.settings, hand: 'left' })
    expect([root.dataset.hand, root.dataset.text, root.dataset.theme]).toEqual(['left', 'large', 'giorno'])
  })

  it('makes a quick second change on top of the first', async () => {
    const left = { ...session, settings: { ...session.settings, hand: 'left' as const } }
    vi.mocked(call).mockResolvedValue(left)
    const settings = new SettingsState(field)
    await Promise.all([settings.choose({ hand: 'left' }), settings.choose({ text_size: 'large' })])
    expect(call).toHaveBeenLastCalledWith('save_settings', { ...left.settings, text_size: 'large' })
  })

  it('speaks the other language at once', async () => {
    const settings = new SettingsState(field)
    vi.mocked(call).mockResolvedValue({ ...session, settings: { ...session.settings, language: 'en' } })
    await settings.choose({ language: 'en' })
    expect(settings.hands.map(({ label }) => label)).toEqual(['Right', 'Left'])
    expect(root.lang).toBe('en')
  })

  it('shows a failure, and leaves everything as it was', async () => {
    vi.mocked(call).mockRejectedValue({ code: 'SPAZIO-01', place: null, wait_seconds: null, findings: [] })
    await new SettingsState(field).choose({ hand: 'left' })
    expect(field.failure?.error.code).toBe('SPAZIO-01')
    expect([field.session, root.dataset.hand]).toEqual([session, 'right'])
  })
})
