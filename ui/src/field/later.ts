// Screens nobody needs in the first second. One file, fetched right after the first paint.
import Close from './close/Close.svelte'
import Minor from './emergency/Minor.svelte'
import Pair from './pair/Pair.svelte'
import Incident from './incident/Incident.svelte'
import More from './more/More.svelte'
import NewReferral from './referrals/NewReferral.svelte'
import Referral from './referrals/Referral.svelte'
import Referrals from './referrals/Referrals.svelte'
import type { Screens } from './screens'
import Attention from './send/Attention.svelte'
import Send from './send/Send.svelte'
import Stock from './stock/Stock.svelte'
import Todo from './todo/Todo.svelte'
import Zone from './zone/Zone.svelte'

export { default as Details } from './details/Details.svelte'
export { default as Failure } from './Failure.svelte'
export { default as Start } from './start/Start.svelte'
export { default as TrainingBand } from './training/Band.svelte'

/** Screens of an open outing. */
export const tonight: Screens = {
  '/more': More,
  '/todo': Todo,
  '/zone': Zone,
  '/incident': Incident,
  '/stock': Stock,
  '/minor': Minor,
  '/new-referral': NewReferral,
  '/close': Close,
  '/pair': Pair,
}

/** Screens that need no open outing. */
export const anytime: Screens = {
  '/referrals': Referrals,
  '/referral': Referral,
  '/attention': Attention,
  '/send': Send,
}
