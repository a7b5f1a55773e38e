import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'
import { catalogueParts } from './scripts/catalogue-parts.ts'
import { staticIcons } from './scripts/static-icons.ts'

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

// Svelte's own floor is Chrome 87 and Safari 14.1; the defaults of Vite are newer and would open as a blank page there.
// Of ES2022 the sources use only what those have: private members, yes; static blocks and top-level await, no.
const syntax = 'es2022'
const oldestStyles = ['chrome87', 'safari14.1']

export default defineConfig({
  plugins: [catalogueParts(entry('src/field/main.ts')), staticIcons(), svelte(), svelteTesting()],
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
    rollupOptions: { input: { field: entry('index.html'), desk: entry('desk.html') } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
  },
})
