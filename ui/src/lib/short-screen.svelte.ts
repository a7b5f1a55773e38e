// Whether the screen is a short one, as the styles ask it: 700 px or less.
import { MediaQuery } from 'svelte/reactivity'

/** A short screen: space gives way before size does. */
export const shortScreen = new MediaQuery('(max-height: 700px)')
