import { readFileSync, readdirSync } from 'node:fs'
import { render } from '@testing-library/svelte'
import Check from '@lucide/svelte/icons/check'
import { describe, expect, it } from 'vitest'
import { drawing } from '../../scripts/static-icons.ts'

const icon = (name: string): string =>
  readFileSync(`node_modules/@lucide/svelte/dist/icons/${name}.svelte`, 'utf8')

describe('icons', () => {
  it('are drawings with a size and a stroke, not read aloud', () => {
    const { container } = render(Check, { size: 30, strokeWidth: 3 })
    const attributes = [...(container.querySelector('svg')?.attributes ?? [])].map(({ name, value }) => [
      name,
      value,
    ])
    expect(Object.fromEntries(attributes)).toEqual({
      viewBox: '0 0 24 24',
      width: '30',
      height: '30',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '3',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    })
    expect(container.querySelector('path')?.getAttribute('d')).toBe('M20 6 9 17l-5-5')
  })

  it('keep every shape of their package, and nothing is taken for one that is none', () => {
    expect(drawing(icon('x'))).toContain('<path d="M18 6 6 18" /><path d="m6 6 12 12" /></svg>')
    expect(drawing('<script>let iconData = 1</script>')).toBeNull()
  })

  it('are given nothing else by the screens', () => {
    const screens = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.svelte'),
    )
    const given = screens.flatMap((file) => {
      const source = readFileSync(`src/${file}`, 'utf8')
      const names = [...source.matchAll(/import (\w+) from '@lucide/g)].map(([, name]) => name)
      const uses = names.flatMap((name) => [
        ...source.matchAll(new RegExp(`<${name ?? ''}\\b([^>]*)/>`, 'g')),
      ])
      return uses.map(([, attributes = '']) => attributes.replace(/\{[^}]*\}/g, '').trim())
    })
    expect(given.length).toBeGreaterThan(100)
    expect([...new Set(given)].sort()).toEqual(['size=', 'size= strokeWidth='])
  })
})
