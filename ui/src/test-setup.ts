import { setLocale } from './lib/i18n/i18n.svelte'

await setLocale('it')
