import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../../lib/backend/backend'
import type { MissingView } from '../../lib/generated/MissingView'
import type { TodoView } from '../../lib/generated/TodoView'
import { MinorState } from '../emergency/minor.svelte'
import { Field } from '../field.svelte'
import { TodoState, type Card } from './todo.svelte'

vi.mock('../../lib/backend/backend', async (original) => ({ ...(await original<object>()), call: vi.fn() }))

const group: MissingView = {
  contact: 'contact-2',
  card: 'card-2',
  number: 2,
  zone: 'Z1',
  slot: '22:30',
  n_persons: 4,
  who: { gender: 'not_recorded', kind: 'unknown' },
  question: 'composition',
}
const one: MissingView = {
  ...group,
  contact: 'contact-1',
  card: 'card-1',
  number: 1,
  n_persons: 1,
  who: null,
  question: 'origin',
}
const view: TodoView = {
  unsaved: [
    { card: 'card-9', zone: 'Z1', slot: '23:00', n_persons: 1, who: { gender: 'woman', kind: 'returning' } },
  ],
  referrals: [{ draft: 'draft-7', service_type: 'sti_clinic', can_resume: true }],
  missing: [group, one],
  groups: [{ contact: 'contact-2', number: 2, zone: 'Z1', slot: '22:30', n_persons: 4 }],
  origins: ['RO', 'NG', 'AL', 'BR', 'PE', 'CN'],
  genders: ['woman'],
}

async function open(): Promise<{ todo: TodoState; group: Card; one: Card }> {
  const todo = new TodoState(new Field())
  await vi.waitUntil(() => todo.isLoaded)
  const [first, second] = todo.cards
  if (first === undefined || second === undefined) throw new Error('two cards')
  return { todo, group: first, one: second }
}

const said = (todo: TodoState): (string | null)[] => todo.cards.map((card) => card.said)
const labels = (options: { label: string }[]): string[] => options.map(({ label }) => label)

describe('TodoState', () => {
  beforeEach(() => void vi.mocked(call).mockReset().mockResolvedValue(view))

  it('says who it was only where the core does', async () => {
    const { todo } = await open()
    expect([todo.title(group), todo.where(group)]).toEqual(['Gruppo di 4', 'Scheda 2. Z1, 22:30'])
    expect([todo.title(one), todo.where(one)]).toEqual(['Scheda 1', 'Z1, 22:30'])
    expect(todo.unsaved.map(({ card }) => todo.title(card))).toEqual(['Donna, già nota'])
    expect([todo.count, todo.open, todo.groups.length]).toEqual([4, 2, 0])
  })

  it('asks the core once for two taps on an answer', async () => {
    const { todo, one: card } = await open()
    const [answer] = todo.options(card.missing)
    if (answer) await Promise.all([todo.answer(card, answer), todo.answer(card, answer)])
    expect(vi.mocked(call).mock.calls.filter(([name]) => name === 'answer_todo')).toHaveLength(1)
  })

  it('asks the next question of a card right after the one that was answered', async () => {
    const { todo, one: card } = await open()
    const [, romania] = todo.options(one)
    if (romania === undefined) throw new Error('an origin')
    const age: MissingView = { ...one, question: 'age' }
    vi.mocked(call).mockResolvedValue({ ...view, missing: [group, age] })
    await todo.answer(card, romania)
    expect(todo.cards.map(({ missing, said }) => [missing.number, missing.question, said])).toEqual([
      [2, 'composition', null],
      [1, 'origin', 'Romania'],
      [1, 'age', null],
    ])
    const answered = todo.cards[1]
    if (answered === undefined) throw new Error('the answer')
    vi.mocked(call).mockResolvedValue(view)
    await todo.takeBack(answered)
    expect(todo.cards.map(({ missing }) => missing.question)).toEqual(['composition', 'origin'])
  })

  it('opens the minor card of whoever is said to be a minor', async () => {
    const field = new Field()
    const todo = new TodoState(field)
    await vi.waitUntil(() => todo.isLoaded)
    const card: Card = { missing: { ...one, question: 'age' }, said: null }
    const minor = todo.options(card.missing).find(({ label }) => label === 'Minore?')
    if (minor === undefined) throw new Error('an age')
    await todo.answer(card, minor)
    expect(field.minorCard).toBe('card-1')
    todo.askMinor()
    expect(field.route.current).toBe('/minor')
    const opened = new MinorState(field)
    expect([opened.fromCard, opened.under]).toEqual([true, 'Con la scheda di questa persona'])
    opened.leave()
    expect(field.minorCard).toBeNull()
  })

  it('answers in one tap and takes the answer back in one', async () => {
    const { todo, one: card } = await open()
    const [unknown, romania] = todo.options(one)
    expect([unknown?.label, romania?.label]).toEqual(['Non so', 'Romania'])
    if (romania === undefined) throw new Error('an origin')
    await todo.answer(card, romania)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('answer_todo', {
      contact: 'contact-1',
      answer: { type: 'origin', value: 'RO' },
    })
    expect([said(todo), todo.count]).toEqual([[null, 'Romania'], 3])
    await todo.takeBack(card)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('take_back_answer', {
      contact: 'contact-1',
      question: 'origin',
    })
    expect([said(todo), todo.count]).toEqual([[null, null], 4])
  })

  it('keeps the other origins behind one tap', async () => {
    const { todo } = await open()
    expect([todo.options(one).length, todo.hasMore(one)]).toEqual([5, true])
    todo.showMore(one)
    expect([todo.options(one).length, todo.hasMore(one)]).toEqual([7, false])
  })

  it('offers whole groups of whoever was met tonight', async () => {
    const both = { ...view, genders: ['trans_woman', 'woman'] } satisfies TodoView
    vi.mocked(call).mockResolvedValue(both)
    const { todo } = await open()
    expect(labels(todo.options(group))).toEqual([
      'Trans, tutte già note',
      'Trans, tutte nuove',
      'Donne, tutte già note',
      'Donne, tutte nuove',
      'Non so',
    ])
    expect(todo.options(group)[1]?.answer).toEqual({
      type: 'composition',
      value: [{ gender: 'trans_woman', kind: 'first', n: 4 }],
    })
  })

  it('confirms the usual mixtures with the second tap', async () => {
    const { todo } = await open()
    todo.openMixed(group)
    expect(labels(todo.mixtures(group))).toEqual([
      'Donne: 3 già note, 1 nuova',
      'Donne: 2 già note, 2 nuove',
      'Donne: 1 già nota, 3 nuove',
    ])
    expect(todo.mixtures({ ...group, n_persons: 9 })).toEqual([])
  })

  it('counts no more people than the group has; the rest is unknown', async () => {
    const { todo, group: card } = await open()
    todo.openMixed(group)
    const tap = (index: number, by: number): void => {
      const who = todo.mixed?.counts[index]
      if (who) todo.step(who, by, group)
    }
    tap(0, -1)
    for (let n = 0; n < 6; n++) tap(0, 1)
    expect(todo.rest(group)).toBe(0)
    tap(0, -2)
    tap(5, 1)
    expect(todo.rest(group)).toBe(1)
    todo.confirmMixed(card)
    await vi.waitUntil(() => todo.mixed === null)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('answer_todo', {
      contact: 'contact-2',
      answer: {
        type: 'composition',
        value: [
          { gender: 'woman', kind: 'returning', n: 2 },
          { gender: 'man', kind: 'first', n: 1 },
        ],
      },
    })
    expect(todo.cards[0]?.said).toContain('2 × Donna, già nota')
  })

  it('takes an empty mixture for an answer too', async () => {
    const { todo, group: card } = await open()
    todo.openMixed(group)
    todo.confirmMixed(card)
    await vi.waitUntil(() => todo.mixed === null)
    expect(todo.cards[0]?.said).toBe('Non so')
  })

  it('answers everything with «non so», and leaves what is not saved alone', async () => {
    const { todo } = await open()
    await todo.answerAll()
    expect(said(todo)).toEqual(['Non so', 'Non so'])
    expect([todo.open, todo.count]).toEqual([0, 2])
  })

  it('saves a card as it is, and asks what it lacks', async () => {
    const { todo } = await open()
    const [unsaved] = todo.unsaved
    if (unsaved === undefined) throw new Error('a card')
    const saved: MissingView = { ...one, contact: 'contact-3', number: 3 }
    vi.mocked(call).mockResolvedValue({ ...view, unsaved: [], missing: [saved, group, one] })
    await todo.save(unsaved)
    expect(vi.mocked(call)).toHaveBeenLastCalledWith('save_card', { card: 'card-9' })
    expect(todo.unsaved.map(({ done }) => done)).toEqual(['saved'])
    expect(todo.cards.map(({ missing }) => missing.number)).toEqual([3, 2, 1])
  })
})
