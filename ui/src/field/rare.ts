// Screens of once a night or less. One file, fetched after those of every night.
import type { Screens } from './screens'
import Settings from './settings/Settings.svelte'

export { default as Enrol } from './enrol/Enrol.svelte'
export { default as Waiting } from './enrol/Waiting.svelte'

/** Screens of an open outing. */
export const tonight: Screens = {}

/** Screens that need no open outing. */
export const anytime: Screens = {
  '/settings': Settings,
}
