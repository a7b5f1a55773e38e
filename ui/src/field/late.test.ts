import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CardInput } from '../lib/generated/CardInput'
import type { SessionView } from '../lib/generated/SessionView'
import { Field } from './field.svelte'
import { openSession } from './session-fixture'
import { StepUpState } from './step-up/step-up.svelte'

interface Question {
  command: { name: string }
}

const open: SessionView = { ...openSession, role: 'lead', review: 'locked' }
const base: CardInput = { gender: 'woman', kind: 'returning', target_group: 'person', n_persons: 1 }
const failed = { code: 'SPAZIO-01', place: null, wait_seconds: null, findings: [] }

describe('An answer that comes late', () => {
  /** What the core still owes, by command. */
  let owed: Record<string, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>
  let field: Field
  let asked: string[]
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve))
  }

  beforeEach(() => {
    owed = {}
    asked = []
    const invoke = (_: string, { command }: Question): Promise<unknown> =>
      new Promise((resolve, reject) => {
        asked.push(command.name)
        owed[command.name] = { resolve, reject }
      })
    vi.stubGlobal('__TAURI_INTERNALS__', { invoke })
    field = new Field()
    field.session = open
  })

  afterEach(() => void vi.unstubAllGlobals())

  it('does not put the night back once it is hidden, nor after the phone was opened again', async () => {
    void field.reload()
    field.hide()
    field.session = open
    owed['tonight']?.resolve({ state: 'open', view: {} })
    await settle()
    expect(field.tonight).toBeNull()
  })

  it('shows no error over the lock', async () => {
    void field.reload()
    const step = new StepUpState(field, vi.fn())
    for (const digit of '12345678') step.type(digit)
    field.hide()
    owed['tonight']?.reject(failed)
    owed['step_up']?.reject(failed)
    await settle()
    expect(field.failure).toBeNull()
  })

  it('opens nothing that only the lead sees once it is hidden', async () => {
    const done = vi.fn()
    const step = new StepUpState(field, done)
    for (const digit of '12345678') step.type(digit)
    field.hide()
    owed['step_up']?.resolve({ ...open, review: 'open' })
    await settle()
    expect([field.session?.state, field.session?.review]).toEqual(['locked', 'locked'])
    expect(done).not.toHaveBeenCalled()
  })

  it('still lets a card be written that was just begun, before the notebook is closed', async () => {
    field.begin(base)
    field.draft?.step('snack', 1)
    field.hide()
    expect(asked).toEqual(['open_card'])
    owed['open_card']?.resolve({ card: 'card-1' })
    await settle()
    expect(asked).toEqual(['open_card', 'update_card'])
    owed['update_card']?.resolve(null)
    await settle()
    expect(asked).toEqual(['open_card', 'update_card', 'lock'])
  })

  it('closes the notebook only when the contact is saved that was being saved', async () => {
    field.begin(base)
    const { draft } = field
    if (draft) void field.saveDraft(draft)
    field.hide()
    owed['open_card']?.resolve({ card: 'card-1' })
    await settle()
    expect(asked).toEqual(['open_card', 'save_contact'])
    owed['save_contact']?.resolve({ state: 'open', view: {} })
    await settle()
    expect(asked).toEqual(['open_card', 'save_contact', 'lock'])
    expect(field.tonight).toBeNull()
  })

  it('leaves the next card alone, and gives up none that is being saved', async () => {
    field.begin(base)
    const first = field.draft
    owed['open_card']?.resolve({ card: 'card-1' })
    if (first) void field.saveDraft(first)
    await settle()
    await field.dropDraft()
    field.begin({ ...base, gender: 'man' })
    const second = field.draft
    owed['save_contact']?.resolve({ state: 'start', view: {} })
    await settle()
    expect([field.draft === second, field.dropped, field.route.current]).toEqual([true, null, '/kit'])
    expect(field.tonight).toEqual({ state: 'start', view: {} })
    expect(asked).not.toContain('drop_card')
  })

  it('leaves only the screen on which it was asked for, also with Riprova', async () => {
    const ways: string[] = []
    vi.spyOn(field.route, 'back').mockImplementation(() => void ways.push(field.route.current))
    field.route.go('/stock')
    const left = field.finish('back', async () => settle())
    field.route.go('/more')
    await left
    expect(ways).toEqual([])
    const work = vi.fn().mockRejectedValueOnce(failed).mockResolvedValue(undefined)
    await field.finish('back', work)
    expect(ways).toEqual([])
    field.failure?.retry?.()
    await settle()
    expect(ways).toEqual(['/more'])
  })
})
