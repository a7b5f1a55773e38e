import { fireEvent, render, screen } from '@testing-library/svelte'
import { createRawSnippet } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ChipGroup from './ChipGroup.svelte'
import HoldButton from './HoldButton.svelte'
import Keypad from './Keypad.svelte'
import LastAction from './LastAction.svelte'
import SideBySide from './SideBySide.svelte'
import StateLine from './StateLine.svelte'
import Stepper from './Stepper.svelte'
import TilePair from './TilePair.svelte'
import ZoneStrip from './ZoneStrip.svelte'

const icon = createRawSnippet(() => ({ render: () => '<svg></svg>' }))

describe('TilePair', () => {
  it('tells the two sides apart by name and calls each', async () => {
    const onknown = vi.fn()
    const onfirst = vi.fn()
    render(TilePair, { label: 'Donna', known: 'già nota', first: 'prima volta', onknown, onfirst })
    await fireEvent.click(screen.getByRole('button', { name: /^Donna\W+già nota$/ }))
    await fireEvent.click(screen.getByRole('button', { name: /^Donna\W+prima volta$/ }))
    expect([onknown.mock.calls.length, onfirst.mock.calls.length]).toEqual([1, 1])
  })
})

describe('HoldButton', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const show = (): { onhold: ReturnType<typeof vi.fn>; button: HTMLElement } => {
    const onhold = vi.fn()
    render(HoldButton, { label: 'Emergenza', detail: 'tieni premuto', onhold, icon })
    return { onhold, button: screen.getByRole('button') }
  }

  it('acts after one second of holding', async () => {
    const { onhold, button } = show()
    await fireEvent.pointerDown(button, { button: 0 })
    vi.advanceTimersByTime(999)
    expect(onhold).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onhold).toHaveBeenCalledOnce()
    await fireEvent.pointerUp(button)
    await fireEvent.click(button)
    expect(onhold).toHaveBeenCalledOnce()
  })

  it('does not tap what lies under the finger when it is lifted', async () => {
    const { button } = show()
    const close = document.body.appendChild(document.createElement('button'))
    const onclose = vi.fn()
    close.addEventListener('click', onclose)
    await fireEvent.pointerDown(button, { button: 0 })
    vi.advanceTimersByTime(1000)
    await fireEvent.click(close)
    expect(onclose).not.toHaveBeenCalled()
    await fireEvent.pointerDown(close)
    await fireEvent.click(close)
    expect(onclose).toHaveBeenCalledOnce()
    close.remove()
  })

  it('does nothing on a short tap', async () => {
    const { onhold, button } = show()
    await fireEvent.pointerDown(button, { button: 0 })
    await fireEvent.pointerUp(button)
    await fireEvent.click(button)
    vi.advanceTimersByTime(5000)
    expect(onhold).not.toHaveBeenCalled()
  })

  it('acts at once when activated without a pointer', async () => {
    const { onhold, button } = show()
    await fireEvent.click(button)
    expect(onhold).toHaveBeenCalledOnce()
  })
})

describe('Keypad', () => {
  it('gives the digit that was pressed, and nothing while dimmed', async () => {
    const ondigit = vi.fn()
    const { rerender } = render(Keypad, { deleteLabel: 'Cancella', ondigit, ondelete: vi.fn() })
    await fireEvent.click(screen.getByRole('button', { name: '7' }))
    expect(ondigit).toHaveBeenCalledExactlyOnceWith('7')
    await rerender({ dim: true })
    await fireEvent.click(screen.getByRole('button', { name: '7' }))
    expect(ondigit).toHaveBeenCalledOnce()
  })
})

describe('answers', () => {
  it('marks the chosen answer of one for a screen reader', () => {
    const options = [
      { value: 'a', label: 'Uno' },
      { value: 'b', label: 'Due' },
    ]
    render(ChipGroup, { label: 'Tipo', options, chosen: ['b'], one: true, onchoose: vi.fn() })
    expect(screen.getByRole('radiogroup', { name: 'Tipo' })).toBeTruthy()
    expect(screen.getByRole('radio', { name: 'Due' }).getAttribute('aria-checked')).toBe('true')
    expect(screen.getByRole('radio', { name: 'Uno' }).getAttribute('aria-checked')).toBe('false')
  })

  it('marks switched answers as pressed', () => {
    render(ChipGroup, {
      label: 'Segni',
      options: [{ value: 'a', label: 'Uno' }],
      chosen: ['a'],
      onchoose: vi.fn(),
    })
    expect(screen.getByRole('button', { name: 'Uno' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('changes the zone in one tap', async () => {
    const onchoose = vi.fn()
    const zones = [
      { code: 'Z1', label: 'Ovest' },
      { code: 'Z2', label: 'Sud' },
    ]
    render(ZoneStrip, { label: 'Zona', zones, current: 'Z1', onchoose })
    await fireEvent.click(screen.getByRole('radio', { name: 'Sud' }))
    expect(onchoose).toHaveBeenCalledExactlyOnceWith('Z2')
  })

  it('steps by one and by a strip of six', async () => {
    const onstep = vi.fn()
    render(Stepper, { onstep })
    for (const name of ['meno 6', 'meno 1', 'più 1', 'più 6']) {
      await fireEvent.click(screen.getByRole('button', { name }))
    }
    expect(onstep.mock.calls).toEqual([[-6], [-1], [1], [6]])
  })
})

describe('lines', () => {
  it('offers undo only while it is possible', async () => {
    const { rerender } = render(LastAction, { title: 'Salvata', detail: 'Trans', onundo: vi.fn() })
    expect(screen.getByRole('button', { name: 'Annulla' })).toBeTruthy()
    await rerender({ onundo: undefined })
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByRole('status').textContent).toContain('Salvata')
  })

  it('carries the state of the records in an attribute and in words', () => {
    render(StateLine, { state: 'attention', text: '1 da guardare' })
    expect(screen.getByRole('status').dataset.state).toBe('attention')
    expect(screen.getByRole('status').textContent).toContain('1 da guardare')
  })

  it('marks only the lines that differ', () => {
    const { container } = render(SideBySide, {
      left: { source: 'D1', lines: ['AIRONE-12', 'Stazione'] },
      right: { source: 'D2', lines: ['AIRONE-12', 'Sud'] },
      differsLabel: 'diverso',
    })
    const marked = [...container.querySelectorAll('.differs')].map((line) => line.textContent?.trim())
    expect(marked).toEqual(['diverso: Stazione', 'diverso: Sud'])
  })
})
