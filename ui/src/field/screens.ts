// Which screen stands at which place, for the screens that are fetched after the first paint.
import type { Component } from 'svelte'
import type { Place } from './field.svelte'

/** Screens by place. They take nothing: what they show is in the field. */
export type Screens = Partial<Record<Place, Component>>
