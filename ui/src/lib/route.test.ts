import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Route } from './route.svelte'

const places = ['/', '/more', '/stock'] as const

describe('Route', () => {
  let route: Route<(typeof places)[number]>
  let stop: () => void
  const onleave = vi.fn(() => true)
  /** What the browser does on its back key. */
  const popTo = (depth: number, place: string): void => {
    history.replaceState({ depth }, '', `#${place}`)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }

  beforeEach(() => {
    history.replaceState(null, '', '#/')
    route = new Route(places, '/')
    onleave.mockReset().mockReturnValue(true)
    stop = route.listen(onleave)
  })
  afterEach(() => stop())

  it('starts at home, whatever the address says', () => {
    expect(route.current).toBe('/')
    expect(location.hash).toBe('#/')
  })

  it('shows a place at once and writes it into the hash', () => {
    route.go('/more')
    expect([route.current, location.hash]).toEqual(['/more', '#/more'])
  })

  it('follows the back key of the phone', () => {
    route.go('/more')
    route.go('/stock')
    popTo(1, '/more')
    expect(route.current).toBe('/more')
  })

  it('goes home from an address it does not know', () => {
    popTo(0, '/elsewhere')
    expect(route.current).toBe('/')
  })

  it('stays at home when there is nothing to go back to', () => {
    route.back()
    expect(route.current).toBe('/')
  })
  it('asks on the back key from home, and stays when something was done', () => {
    popTo(-1, '/')
    expect(onleave).toHaveBeenCalledOnce()
    expect([route.current, history.state]).toEqual(['/', { depth: 0 }])
    route.go('/more')
    popTo(0, '/')
    expect(onleave).toHaveBeenCalledOnce()
  })

  it('lets the next back key leave the app when there was nothing to do, and begins again at home', () => {
    onleave.mockReturnValue(false)
    popTo(-1, '/')
    expect(history.state).toEqual({ depth: -1 })
    route.go('/more')
    expect([route.current, history.state]).toEqual(['/more', { depth: 1 }])
  })

  it('opens what is asked for on the way home once it is there, and goes back once for two taps', () => {
    const gone = vi.spyOn(history, 'go').mockReturnValue()
    route.go('/more')
    route.go('/stock')
    route.home()
    route.back()
    route.go('/more')
    expect([gone.mock.calls, route.current]).toEqual([[[-2]], '/stock'])
    popTo(0, '/')
    expect([route.current, history.state, location.hash]).toEqual(['/more', { depth: 1 }, '#/more'])
    gone.mockRestore()
  })

  it('goes on in the history of the page before it', () => {
    route.go('/more')
    stop()
    const length = history.length
    history.replaceState({ depth: 0 }, '', '#/')
    const anew = new Route(places, '/')
    stop = anew.listen(onleave)
    expect([anew.current, history.state, history.length]).toEqual(['/', { depth: 0 }, length])
    popTo(-1, '/')
    expect(onleave).toHaveBeenCalledOnce()
  })
})
