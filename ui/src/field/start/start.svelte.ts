// Stanotte: everything is prefilled from the last outing; the usual start is one tap.
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import { call } from '../../lib/backend/backend'
import type { CrewMember } from '../../lib/generated/CrewMember'
import type { CrewRole } from '../../lib/generated/CrewRole'
import type { OutingSummaryView } from '../../lib/generated/OutingSummaryView'
import type { OutingType } from '../../lib/generated/OutingType'
import type { ShortCrewReason } from '../../lib/generated/ShortCrewReason'
import type { StartView } from '../../lib/generated/StartView'
import { dayMonth, list } from '../../lib/i18n/format'
import { t } from '../../lib/i18n/i18n.svelte'
import { crewRoles, itemName, optionsOf, outingTypes, shortCrewReasons } from '../../lib/labels'
import type { Field } from '../field.svelte'
import { FindCode } from '../pair/find-code.svelte'
import { pieces } from '../supplies'

/** The parts of the screen. */
type Part = 'recent' | 'type' | 'crew' | 'bag' | 'zones'

/** Items named while the bag is closed, if there are more. */
const SAID_ITEMS = 1
/** Items shown before *Altri materiali*. */
const FIRST_ITEMS = 3
/** Most pieces of one load. */
const LOAD_LIMIT = 2000

export class StartState {
  #field: Field
  readonly view: StartView
  outingType: OutingType = $state('street_night')
  crew: CrewMember[] = $state.raw([])
  zones: string[] = $state.raw([])
  readonly bag = new SvelteMap<string, number>()
  allItems = $state(false)
  /** Adding somebody: the code chosen so far, or an empty text while choosing it. */
  adding: string | null = $state(null)
  /** The item whose load is being typed. */
  loading: string | null = $state(null)
  /** Nothing was typed yet since it was opened. */
  #isFresh = true
  partnerAsked = $state(false)
  /** The other phone's code, if it has started already. */
  readonly find: FindCode
  /** Why somebody goes alone: asked once, the lead decides at review (V03). */
  shortCrew: ShortCrewReason | null = $state(null)
  starting = $state(false)
  readonly #opened = new SvelteSet<Part>()

  constructor(field: Field, view: StartView) {
    this.#field = field
    this.find = new FindCode(field)
    this.view = view
    this.outingType = view.outing_type
    this.crew = view.crew
    this.zones = view.planned_zones
    // The usual bag first, then everything else that can be loaded.
    for (const { item, quantity } of view.bag) this.bag.set(item, quantity)
    for (const item of view.items) if (!this.bag.has(item)) this.bag.set(item, 0)
    // Only what is missing, or needs an answer, stands open.
    if (this.crew.length === 0) this.#opened.add('crew')
    if (this.#load.length === 0) this.#opened.add('bag')
    if (this.zones.length === 0) this.#opened.add('zones')
    this.#askWhy()
  }

  readonly types = $derived(optionsOf(outingTypes))
  readonly items = $derived.by(() => [...this.bag.keys()].slice(0, this.allItems ? undefined : FIRST_ITEMS))
  readonly hiddenItems = $derived.by(() => this.bag.size - this.items.length)
  readonly zoneOptions = $derived.by(() => this.view.zones.map(({ code, label }) => ({ value: code, label })))
  /** Somebody goes out, and somewhere. */
  readonly ready = $derived.by(() => this.crew.length > 0 && this.zones.length > 0)
  readonly firstZone = $derived.by(() => this.zones[0] ?? null)
  /** Operators who are not yet in the crew. */
  readonly free = $derived.by(() =>
    this.view.operators
      .filter((code) => !this.crew.some(({ operator }) => operator === code))
      .map((value) => ({ value, label: value })),
  )
  readonly isShort = $derived.by(
    () => this.crew.length === 1 && this.view.needs_two.includes(this.outingType),
  )
  readonly shortReasons = $derived(optionsOf(shortCrewReasons))
  readonly roles = $derived(optionsOf(crewRoles))

  /** The outings that wait for something, newest first. */
  readonly recent = $derived.by(() => this.view.recent.map((outing) => this.#recentRow(outing)))

  /** What is in the bag. */
  readonly #load = $derived.by(() =>
    [...this.bag].filter(([, n]) => n > 0).map(([item, quantity]) => ({ item, quantity })),
  )

  readonly crewText = $derived.by(() => {
    if (this.crew.length === 0) return t('start-missing')
    const why = this.isShort && this.shortCrew !== null ? [t(shortCrewReasons[this.shortCrew])] : []
    return list([...this.crew.map(({ operator }) => operator), ...why])
  })
  readonly bagText = $derived.by(() => {
    if (this.#load.length === 0) return t('start-bag-empty')
    const more = this.#load.length - SAID_ITEMS
    const said = pieces(this.#load.slice(0, SAID_ITEMS))
    return more > 0 ? t('start-bag-said', { list: said, n: more }) : said
  })
  readonly zonesText = $derived.by(() =>
    this.zones.length === 0 ? t('start-missing') : list(this.zones.map((zone) => this.#field.zoneName(zone))),
  )

  isOpen(part: Part): boolean {
    return this.#opened.has(part)
  }

  toggle(part: Part): void {
    if (!this.#opened.delete(part)) this.#opened.add(part)
  }

  chooseType(type: OutingType): void {
    this.outingType = type
    this.#askWhy()
  }

  nameOf(item: string): string {
    return itemName(item, this.bag.get(item) ?? 0)
  }

  addMember(role: CrewRole): void {
    if (this.adding === null || this.adding === '') return
    this.crew = [...this.crew, { operator: this.adding, role }]
    this.adding = null
  }

  removeMember(operator: string): void {
    this.crew = this.crew.filter((member) => member.operator !== operator)
  }

  toggleZone(code: string): void {
    this.zones = this.zones.includes(code)
      ? this.zones.filter((zone) => zone !== code)
      : [...this.zones, code]
  }

  /** Opens the load of an item, or closes what is open. */
  openLoad(item: string | null): void {
    this.loading = item
    this.#isFresh = true
  }

  /** The first digit typed replaces the figure, the next ones follow it. */
  typeLoad(item: string, digit: string): void {
    const next = Number(this.#isFresh ? digit : `${this.bag.get(item) ?? 0}${digit}`)
    if (next > LOAD_LIMIT) return
    this.#isFresh = false
    this.bag.set(item, next)
  }

  eraseLoad(item: string): void {
    this.#isFresh = false
    this.bag.set(item, Math.floor((this.bag.get(item) ?? 0) / 10))
  }

  stepLoad(item: string, by: number): void {
    this.#isFresh = false
    this.bag.set(item, Math.min(LOAD_LIMIT, Math.max(0, (this.bag.get(item) ?? 0) + by)))
  }

  async go(): Promise<void> {
    this.starting = true
    await this.#field.attempt(async () => {
      const partner = this.find.found?.code ?? this.find.typed.trim()
      this.#field.take(
        await call('start_outing', {
          outing_type: this.outingType,
          crew: this.crew,
          bag: this.#load,
          zones: this.zones,
          short_crew: this.isShort ? this.shortCrew : null,
          partner_code: partner === '' ? null : partner,
        }),
      )
      // The first of two phones shows the other one its code.
      if (partner === '' && this.crew.length > 1) this.#field.setOff()
    })
    this.starting = false
  }

  /** Somebody alone says why: the question comes into sight. */
  #askWhy(): void {
    if (this.isShort && this.shortCrew === null) this.#opened.add('crew')
  }

  #recentRow(outing: OutingSummaryView): {
    id: string
    title: string
    detail: string
    open: (() => void) | null
  } {
    const isLead = this.#field.session?.role === 'lead'
    const base = { id: outing.outing_id, title: t('review-of', { date: dayMonth(outing.date) }) }
    if (outing.status === 'closed' && isLead) {
      return { ...base, detail: t('start-recent-review'), open: () => this.#open('/review', outing) }
    }
    if (!outing.received) {
      return { ...base, detail: t('start-recent-send'), open: () => this.#open('/send', outing) }
    }
    return { ...base, detail: t('start-recent-amend'), open: () => this.#open('/review', outing) }
  }

  #open(place: '/review' | '/send', outing: OutingSummaryView): void {
    this.#field.outingId = outing.outing_id
    this.#field.route.go(place)
  }
}
