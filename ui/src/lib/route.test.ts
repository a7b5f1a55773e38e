import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Route } from './route.svelte'

const places = ['/', '/more', '/stock'] as const

describe('Route', () => {
  let route: Route<(typeof places)[number]>
  let stop: () => void

  beforeEach(() => {
    route = new Route(places, '/')
    stop = route.listen()
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
    history.replaceState({ depth: 1 }, '', '#/more')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(route.current).toBe('/more')
  })

  it('goes home from an address it does not know', () => {
    history.replaceState({ depth: 0 }, '', '#/elsewhere')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(route.current).toBe('/')
  })

  it('stays at home when there is nothing to go back to', () => {
    route.back()
    expect(route.current).toBe('/')
  })
})
