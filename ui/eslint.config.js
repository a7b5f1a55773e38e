import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['dist', 'src/lib/generated'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      'svelte/no-at-html-tags': 'error',
      // A style attribute would need an exception in the content security policy; a `style:` directive does not.
      'no-restricted-syntax': ['error', 'SvelteAttribute[key.name="style"]'],
      // One door to the core: everything else goes through lib/backend.
      'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*'] }],
      // Nothing of a person's data may outlive the locked screen in the WebView.
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage', 'indexedDB', 'fetch'],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/lib/backend/**'],
    rules: { 'no-restricted-imports': 'off', '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  { files: ['*.config.*', 'scripts/**'], languageOptions: { globals: { ...globals.node } } },
)
