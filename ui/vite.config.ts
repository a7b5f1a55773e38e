import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'
import { catalogueParts } from './scripts/catalogue-parts.ts'
import { staticIcons } from './scripts/static-icons.ts'

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const first = entry('src/field/main.ts')

// Svelte's own floor is Chrome 87 and Safari 14.1; the defaults of Vite are newer and would open as a blank page there.
// Of ES2022 the sources use only what those have: private members, yes; static blocks and top-level await, no.
const syntax = 'es2022'
const oldestStyles = ['chrome87', 'safari14.1']

/** Whether the phone's first screens need a module: by way of imports that run at once. */
function isFirst(id: string, ask: (id: string) => { importers: readonly string[] } | null): boolean {
  const seen = new Set([id])
  for (const module of seen) {
    if (module === first) return true
    for (const importer of ask(module)?.importers ?? []) seen.add(importer)
  }
  return false
}

export default defineConfig({
  plugins: [catalogueParts(first), staticIcons(), svelte(), svelteTesting()],
  base: './',
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    target: syntax,
    cssTarget: oldestStyles,
    // Everything is a file of its own: `default-src 'self'` needs no exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      input: { field: entry('index.html'), desk: entry('desk.html') },
      output: {
        codeSplitting: {
          // What only later screens and the desk take of the libraries is none of the phone's first bytes.
          groups: [
            {
              debugName: 'first',
              test: /[\\/]node_modules[\\/]/,
              name: (id, context) =>
                isFirst(id, (module) => context.getModuleInfo(module)) ? 'first' : null,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
    // Only what never ends takes so long, however busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
