import { loadAllMessages } from './lib/i18n/i18n.svelte'

await loadAllMessages()
