import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchIdle } from './idle'

describe('watchIdle', () => {
  let hidden = false
  const away = (is: boolean): void => {
    hidden = is
    document.dispatchEvent(new Event('visibilitychange'))
  }

  beforeEach(() => {
    vi.useFakeTimers()
    hidden = false
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('locks after the idle time, counted from the last touch', () => {
    const onidle = vi.fn()
    const stop = watchIdle(60_000, onidle)
    vi.advanceTimersByTime(50_000)
    window.dispatchEvent(new Event('pointerdown'))
    vi.advanceTimersByTime(59_000)
    expect(onidle).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    expect(onidle).toHaveBeenCalled()
    stop()
  })

  it('tells of touches, no more often than every third of the time', () => {
    const onuse = vi.fn()
    const stop = watchIdle(30_000, vi.fn(), onuse)
    const touchAfter = (ms: number): void => {
      vi.advanceTimersByTime(ms)
      window.dispatchEvent(new Event('pointerdown'))
    }
    touchAfter(9000)
    expect(onuse).not.toHaveBeenCalled()
    touchAfter(1000)
    touchAfter(5000)
    expect(onuse).toHaveBeenCalledOnce()
    touchAfter(5000)
    expect(onuse).toHaveBeenCalledTimes(2)
    stop()
  })

  it('locks once away for fifteen seconds, and not before', () => {
    const onidle = vi.fn()
    const stop = watchIdle(300_000, onidle)
    away(true)
    vi.advanceTimersByTime(14_000)
    away(false)
    vi.advanceTimersByTime(20_000)
    expect(onidle).not.toHaveBeenCalled()
    away(true)
    vi.advanceTimersByTime(15_000)
    expect(onidle).toHaveBeenCalledOnce()
    stop()
  })

  it('locks on coming back where timers stood still meanwhile', () => {
    const onidle = vi.fn()
    const stop = watchIdle(300_000, onidle)
    away(true)
    vi.setSystemTime(Date.now() + 15_000)
    away(false)
    expect(onidle).toHaveBeenCalledOnce()
    stop()
  })

  it('tells that somebody is there on coming back in time', () => {
    const onuse = vi.fn()
    const stop = watchIdle(300_000, vi.fn(), onuse)
    away(true)
    vi.advanceTimersByTime(5000)
    expect(onuse).not.toHaveBeenCalled()
    away(false)
    expect(onuse).toHaveBeenCalledOnce()
    stop()
  })

  it('does nothing any more once stopped', () => {
    const onidle = vi.fn()
    watchIdle(1000, onidle)()
    vi.advanceTimersByTime(10_000)
    expect(onidle).not.toHaveBeenCalled()
  })
})
