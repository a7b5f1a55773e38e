// Makes each icon of Lucide a plain drawing: the package's own component works out every attribute anew for every icon
// that is shown, which was half of what opening a sheet cost. What the screens say of an icon is its size and its stroke.
import type { Plugin } from 'vite'

/** A shape of a drawing, with its attributes. */
type Shape = readonly [tag: string, attributes: Record<string, string | number>]

/** The component of an icon whose shapes its own source holds; null if that is no icon's source. */
export function drawing(source: string): string | null {
  const [, data] = /^const iconData = (\{.*\});$/m.exec(source) ?? []
  if (data === undefined) return null
  const { node }: { node: readonly Shape[] } = JSON.parse(data)
  const shapes = node.map(([tag, attributes]) => {
    const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${String(value)}"`)
    return `<${tag}${said.join('')} />`
  })
  return `<script>let { size = 24, strokeWidth = 2 } = $props()</script>
<svg viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes.join('')}</svg>`
}

/** Puts the drawing in the place of each icon's component. */
export function staticIcons(): Plugin {
  return {
    name: 'static-icons',
    enforce: 'pre',
    transform(source, id) {
      if (!/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(id)) return null
      const code = drawing(source)
      if (code === null) throw new Error(`${id} is not an icon as it used to be`)
      return { code, map: null }
    },
  }
}
