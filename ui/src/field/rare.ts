// Screens of once a night or less. One file, fetched after those of every night.
import Directory from './directory/Directory.svelte'
import Duress from './duress/Duress.svelte'
import Forgotten from './forgotten/Forgotten.svelte'
import Panic from './panic/Panic.svelte'
import Month from './month/Month.svelte'
import NightList from './nights/NightList.svelte'
import Nights from './nights/Nights.svelte'
import Record from './nights/Record.svelte'
import Review from './review/Review.svelte'
import type { Screens } from './screens'
import ChangePin from './settings/ChangePin.svelte'
import Settings from './settings/Settings.svelte'
import Card from './show/Card.svelte'
import Show from './show/Show.svelte'
import StepUp from './step-up/StepUp.svelte'
import Union from './union/Union.svelte'
import Training from './training/Training.svelte'

export { default as Enrol } from './enrol/Enrol.svelte'
export { default as Waiting } from './enrol/Waiting.svelte'
export { default as Inventory } from './inventory/Inventory.svelte'

/** Screens of an open outing. */
export const tonight: Screens = {}

/** Screens that need no open outing. */
export const anytime: Screens = {
  '/settings': Settings,
  '/pin': ChangePin,
  '/directory': Directory,
  '/show': Show,
  '/card': Card,
  '/month': Month,
  '/training': Training,
  '/step-up': StepUp,
  '/nights': Nights,
  '/review': Review,
  '/night-list': NightList,
  '/record': Record,
  '/union': Union,
  '/copy': Union,
  '/duress': Duress,
}

/** Screens that need no open notebook. */
export const always: Screens = {
  '/panic': Panic,
  '/forgotten': Forgotten,
}
