// A card that is not saved yet: what was tapped on the tile, the kit, other items, details.
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { AgeBand } from '../lib/generated/AgeBand'
import type { CardInput } from '../lib/generated/CardInput'
import type { Concern } from '../lib/generated/Concern'
import type { ContactInput } from '../lib/generated/ContactInput'
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

export class Draft {
  base: CardInput = $state.raw({
    gender: 'not_recorded',
    kind: 'unknown',
    target_group: 'person',
    n_persons: 1,
  })
  /** The card of the core; rejects if it could not be made durable. */
  card: Promise<string>
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

  constructor(base: CardInput, card: Promise<string>) {
    this.base = base
    this.card = card
    // The failure is shown when the card is saved; until then it must not count as unhandled.
    card.catch(() => undefined)
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
    if (age === 'under_18_presumed') this.flags.add('minor_protocol')
    else this.flags.delete('minor_protocol')
  }

  /** What the core is asked to save. */
  async input(): Promise<ContactInput> {
    return {
      card: await this.card,
      base: this.base,
      handouts: this.pieces.map((piece) => this.#handout(piece)),
      details: {
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
      },
    }
  }

  #handout({ item, quantity }: ItemCount): HandoutInput {
    return { item, quantity, leaflet: item === 'leaflet' ? this.leaflet : null }
  }
}
