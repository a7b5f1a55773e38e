// A card that is not saved yet: what was tapped on the tile, the kit, other items, details.
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import { call } from '../lib/backend/backend'
import type { AgeBand } from '../lib/generated/AgeBand'
import type { CardFill } from '../lib/generated/CardFill'
import type { CardInput } from '../lib/generated/CardInput'
import type { CardView } from '../lib/generated/CardView'
import type { Concern } from '../lib/generated/Concern'
import type { ContactInput } from '../lib/generated/ContactInput'
import type { DetailsInput } from '../lib/generated/DetailsInput'
import type { Depth } from '../lib/generated/Depth'
import type { Flag } from '../lib/generated/Flag'
import type { HandoutInput } from '../lib/generated/HandoutInput'
import type { ItemCount } from '../lib/generated/ItemCount'
import type { KitView } from '../lib/generated/KitView'
import type { Language } from '../lib/generated/Language'
import type { Leaflet } from '../lib/generated/Leaflet'
import type { Service } from '../lib/generated/Service'
import { sumPieces, timesPeople } from './supplies'

/** A kit, *Niente*, or nothing tapped yet. */
export type KitChoice = KitView | 'none' | null

/** How long a change may wait before it is written, in milliseconds. */
const WRITE_WITHIN = 200

export class Draft {
  base: CardInput = $state.raw({
    gender: 'not_recorded',
    kind: 'unknown',
    target_group: 'person',
    n_persons: 1,
  })
  kit: KitChoice = $state.raw(null)
  /** Pieces besides the kit, by item. */
  readonly others = new SvelteMap<string, number>()
  leaflet: Leaflet = $state.raw({ topic: 'helpline_card', language: 'it' })

  aliases: string[] = $state.raw([])
  ageBand: AgeBand | null = $state(null)
  nationality: string | null = $state(null)
  language: Language | null = $state(null)
  depth: Depth | null = $state(null)
  concern: Concern | null = $state(null)
  readonly services = new SvelteSet<Service>()
  readonly flags = new SvelteSet<Flag>()
  noticeGiven = $state(false)
  /** The minor card was left with *già attivato*, or after a call (V11). */
  minorDone = $state(false)
  /** The group that the person is split off. */
  readonly group: string | null
  /** The card of the core, or the try to open one; none where that failed. */
  #card: Promise<string> | null
  /** The card is being saved. */
  isSaving = false
  /** What the core has, or is being told. */
  #written: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<unknown> = Promise.resolve()
  #isWriting = false
  #paused = false

  constructor(base: CardInput, card: string | null = null, group: string | null = null) {
    this.base = base
    this.#card = card === null ? null : Promise.resolve(card)
    this.group = group
    this.#written = this.#now()
  }

  /** The card of the core, opened now if it is not; rejects if it could not be made durable. */
  get card(): Promise<string> {
    return (this.#card ??= this.#open())
  }

  /** The card if there is one: one that could not be opened does not exist. */
  async existing(): Promise<string | null> {
    return (await this.#card?.catch(() => null)) ?? null
  }

  #open(): Promise<string> {
    const card = call('open_card', this.base).then((view) => view.card)
    // The failure is shown when something is written or saved; until then it must not count as unhandled.
    card.catch(() => (this.#card = null))
    return card
  }

  /** A card that was begun and not saved, with everything that was chosen on it. */
  static from(view: CardView, kits: readonly KitView[]): Draft {
    const draft = new Draft(view.input, view.card, view.group)
    const { kit, others, leaflet, details } = view.fill
    if (kit.type === 'nothing') draft.kit = 'none'
    if (kit.type === 'kit') draft.kit = kits.find(({ code }) => code === kit.code) ?? null
    for (const { item, quantity } of others) draft.others.set(item, quantity)
    if (leaflet) draft.leaflet = leaflet
    draft.aliases = details.aliases
    draft.ageBand = details.age_band
    draft.nationality = details.nationality
    draft.language = details.language
    draft.depth = details.depth
    draft.concern = details.concern
    for (const service of details.services ?? []) draft.services.add(service)
    for (const flag of details.flags) draft.flags.add(flag)
    draft.noticeGiven = details.notice_given
    draft.#written = draft.#now()
    return draft
  }

  /** What leaves the bag: the kit for everybody, and the other items. */
  readonly pieces: ItemCount[] = $derived.by(() => {
    const kit = this.kit === null || this.kit === 'none' ? [] : this.kit.contents
    const others = [...this.others].map(([item, quantity]) => ({ item, quantity }))
    return sumPieces([...timesPeople(kit, this.base.n_persons), ...others])
  })

  /** Adds or takes back pieces of an item, never below none. */
  step(item: string, by: number): void {
    this.others.set(item, Math.max(0, (this.others.get(item) ?? 0) + by))
  }

  /** Switches a mark on or off. */
  toggleFlag(flag: Flag): void {
    if (!this.flags.delete(flag)) this.flags.add(flag)
  }

  /** Switches a topic on or off. */
  toggleService(service: Service): void {
    if (!this.services.delete(service)) this.services.add(service)
  }

  /** *Minore?* opens the minor card, whose mark belongs to it (V11). */
  chooseAge(age: AgeBand): void {
    this.ageBand = age
    this.minorDone = false
    if (age === 'under_18_presumed') this.flags.add('minor_protocol')
    else this.flags.delete('minor_protocol')
  }

  /** What the core is asked to save. */
  async input(): Promise<ContactInput> {
    return {
      card: await this.card,
      base: this.base,
      handouts: this.pieces.map((piece) => this.#handout(piece)),
      details: this.#details(),
    }
  }

  /** Has every change written soon; to be used as an effect. Changes while `write` waits go with it. */
  keep(write: () => void): void {
    if (this.#now() !== this.#written && !this.#paused) this.#timer ??= setTimeout(write, WRITE_WITHIN)
  }

  /** Writes what has changed, if something has; durable when it resolves. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const now = this.#now()
    if (now !== this.#written && !this.#paused) {
      this.#written = now
      this.#isWriting = true
      this.#writing = this.#write(this.#writing, this.base, this.#fill())
    }
    const writing = this.#writing
    try {
      await writing
    } catch (error) {
      this.#written = ''
      throw error
    } finally {
      if (writing === this.#writing) this.#isWriting = false
    }
  }

  /** Whether something was changed that the core may not have yet. */
  get isUnwritten(): boolean {
    return this.#isWriting || this.#now() !== this.#written
  }

  /** No more writing: the card is being saved or given up. What is under way comes to its end. */
  async pause(): Promise<void> {
    this.#paused = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing.catch(() => undefined)
  }

  /** The card was not saved after all. */
  goOn(): void {
    this.#paused = false
  }

  /** After what is under way, so that the last word is the last change. */
  async #write(before: Promise<unknown>, base: CardInput, fill: CardFill): Promise<void> {
    await before.catch(() => undefined)
    await call('update_card', { card: await this.card, base, fill })
  }

  #now(): string {
    return JSON.stringify([this.base, this.#fill()])
  }

  #fill(): CardFill {
    const others = [...this.others].map(([item, quantity]) => ({ item, quantity }))
    return {
      kit:
        this.kit === null
          ? { type: 'open' }
          : this.kit === 'none'
            ? { type: 'nothing' }
            : { type: 'kit', code: this.kit.code },
      others: others.filter(({ quantity }) => quantity > 0),
      leaflet: this.leaflet,
      details: this.#details(),
    }
  }

  #details(): DetailsInput {
    return {
      aliases: this.aliases,
      age_band: this.ageBand,
      nationality: this.nationality,
      language: this.language,
      depth: this.depth,
      // Nothing said is not "nothing done": the core knows what a first contact is by itself.
      services: this.services.size === 0 ? null : [...this.services],
      concern: this.concern,
      flags: [...this.flags],
      group_cells: [],
      repeat_in_outing: false,
      notice_given: this.noticeGiven,
    }
  }

  #handout({ item, quantity }: ItemCount): HandoutInput {
    return { item, quantity, leaflet: item === 'leaflet' ? this.leaflet : null }
  }
}
