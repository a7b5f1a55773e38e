import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { watchLeaving } from './cover'

const root = document.documentElement
const guard = readFileSync('public/old.js', 'utf8')

describe('watchLeaving', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('covers the page in the same moment it is left, and shows it again', () => {
    const hidden = vi.spyOn(document, 'hidden', 'get')
    const stop = watchLeaving()
    hidden.mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(root.hasAttribute('data-covered')).toBe(true)
    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(root.hasAttribute('data-covered')).toBe(false)
    stop()
    hidden.mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(root.hasAttribute('data-covered')).toBe(false)
  })
})

describe('the pages', () => {
  it.each(['index.html', 'desk.html'])('%s has a neutral title, and looks at the WebView first', (page) => {
    const source = readFileSync(page, 'utf8')
    expect(source).toContain('<title>Uscita</title>')
    const scripts = [...source.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, file]) => file)
    expect(scripts[0]).toBe('/old.js')
  })

  it('are black before any script, on the phone', () => {
    const page = readFileSync('index.html', 'utf8')
    expect(page.indexOf('first.css')).toBeLessThan(page.indexOf('<script'))
    expect(readFileSync('public/first.css', 'utf8')).toMatch(
      /html \{\s+background: #000;[^}]+color-scheme: dark/,
    )
  })
})

describe('old.js', () => {
  /** Runs the guard in a WebView that knows `inset`, or not. */
  const run = (supports: boolean): string => {
    document.body.innerHTML = '<div id="app"></div>'
    vi.stubGlobal('CSS', { supports: () => supports })
    new Function(guard)()
    document.dispatchEvent(new Event('readystatechange'))
    vi.unstubAllGlobals()
    return document.body.textContent
  }

  it('leaves a WebView that is new enough alone', () => {
    expect(run(true)).toBe('')
    expect(document.getElementById('app')).not.toBeNull()
  })

  it('says in Italian that an old one is to be updated, and keeps the app from starting', () => {
    expect(run(false)).toMatch(/da aggiornare.*Nulla è andato perso\.$/)
    expect(document.getElementById('app')).toBeNull()
  })

  it('is written for any WebView', () => {
    expect(guard.replace(/\/\/.*/g, '')).not.toMatch(/=>|`|\b(let|const|class|async)\b|\?\./)
  })
})

describe('places to type', () => {
  it('ask the keyboard and the WebView to remember and correct nothing', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.svelte'),
    )
    const inputs = files.flatMap((name) => {
      const source = readFileSync(`src/${name}`, 'utf8')
      return [...source.matchAll(/<(?:input|textarea)\b(?:[^>]|=>)*>/g)].map(([tag]) => ({ name, tag }))
    })
    const typed = inputs.filter(({ tag }) => !/type="(file|checkbox|radio)"/.test(tag))
    expect(typed.length).toBeGreaterThan(1)
    const careless = typed.filter(
      ({ tag }) => !tag.includes('autocomplete="off"') || !/spellcheck="false"|type="password"/.test(tag),
    )
    expect(careless.map(({ name }) => name)).toEqual([])
  })
})
