// One record of the night: a contact is corrected field by field, anything else is only taken back.
import { call } from '../../lib/backend/backend'
import type { ContactRecordView } from '../../lib/generated/ContactRecordView'
import type { GroupCell } from '../../lib/generated/GroupCell'
import type { HandoutInput } from '../../lib/generated/HandoutInput'
import type { Leaflet } from '../../lib/generated/Leaflet'
import type { NightListView } from '../../lib/generated/NightListView'
import type { NightRecordView } from '../../lib/generated/NightRecordView'
import { t } from '../../lib/i18n/i18n.svelte'
import { originName } from '../../lib/labels'
import type { Field } from '../field.svelte'
import { recordTitle } from './night-list.svelte'

const MAX_PERSONS = 30
const LEAFLET = 'leaflet'

/** A copy in which a value of a list is there, or no longer. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
}

const isSameLeaflet = (one: Leaflet | null, other: Leaflet | null): boolean =>
  one?.topic === other?.topic && one?.language === other?.language

/** Handouts with some pieces more or less of one item, never below none. */
export function stepped(
  handouts: readonly HandoutInput[],
  item: string,
  leaflet: Leaflet | null,
  by: number,
): HandoutInput[] {
  const isIt = (one: HandoutInput): boolean => one.item === item && isSameLeaflet(one.leaflet, leaflet)
  const before = handouts.find(isIt)?.quantity ?? 0
  const quantity = Math.max(0, before + by)
  if (!handouts.some(isIt)) return quantity === 0 ? [...handouts] : [...handouts, { item, quantity, leaflet }]
  return handouts.map((one) => (isIt(one) ? { ...one, quantity } : one))
}

export class CorrectionState {
  #field: Field
  #view: NightListView | null = $state.raw(null)
  #shown: ContactRecordView | null = $state.raw(null)
  /** The contact as it should be. */
  contact: ContactRecordView | null = $state.raw(null)
  working = $state(false)
  /** *Togli* was tapped once: it is asked before it is done. */
  asking = $state(false)
  allZones = $state(false)
  #known: string[] = $state.raw([])
  letters = $state(false)
  /** The part of a group that is open to be corrected. */
  openCell: number | null = $state(null)
  leaflet: Leaflet | null = $state.raw(null)

  constructor(field: Field) {
    this.#field = field
    void this.#load()
  }

  readonly loaded = $derived(this.#view !== null)
  readonly record: NightRecordView | null = $derived.by(() => {
    const id = this.#field.record?.id
    return this.#view?.records.find((one) => one.record.id === id) ?? null
  })
  readonly title = $derived(this.record === null ? t('fix-title') : recordTitle(this.record))
  readonly isSigned = $derived.by(() => {
    const status = this.#view?.outing.status
    return status === 'reviewed' || status === 'uploaded'
  })
  readonly isGroup = $derived((this.contact?.n_persons ?? 1) > 1)
  readonly isPerson = $derived(this.contact?.target_group === 'person')
  readonly zones = $derived((this.#view?.zones ?? []).map(({ code, label }) => ({ value: code, label })))
  readonly origins = $derived(
    ['not_recorded', ...(this.#view?.nationalities ?? [])]
      .filter((code, index, all) => all.indexOf(code) === index)
      .map((value) => ({ value, label: originName(value) })),
  )
  /** Everything but leaflets, with how many went out. */
  readonly items = $derived.by(() =>
    (this.#view?.items ?? [])
      .filter((item) => item !== LEAFLET)
      .map((item) => ({
        item,
        quantity: this.contact?.handouts.find((one) => one.item === item)?.quantity ?? 0,
      })),
  )
  readonly leaflets = $derived((this.contact?.handouts ?? []).filter((one) => one.leaflet !== null))
  readonly hasLeaflets = $derived.by(() => this.#view?.items.includes(LEAFLET) ?? false)
  /** The aliases it has, then those known on this phone. */
  readonly aliases = $derived.by(() => {
    const own = this.contact?.aliases ?? []
    return [...own, ...this.#known.filter((alias) => !own.includes(alias))].map((value) => ({
      value,
      label: value,
    }))
  })

  change(part: Partial<ContactRecordView>): void {
    if (this.contact !== null) this.contact = { ...this.contact, ...part }
  }

  stepPersons(by: number): void {
    if (this.contact === null) return
    this.change({ n_persons: Math.min(MAX_PERSONS, Math.max(1, this.contact.n_persons + by)) })
  }

  /** *Minore?* belongs to the minor card, whose mark it sets (V11). */
  chooseAge(age_band: ContactRecordView['age_band']): void {
    if (this.contact === null) return
    const others = this.contact.flags.filter((flag) => flag !== 'minor_protocol')
    this.change({
      age_band,
      flags: age_band === 'under_18_presumed' ? [...others, 'minor_protocol'] : others,
    })
  }

  step(item: string, leaflet: Leaflet | null, by: number): void {
    if (this.contact !== null) {
      this.change({ handouts: stepped(this.contact.handouts, item, leaflet, by) })
    }
  }

  addLeaflet(): void {
    this.leaflet = { topic: 'helpline_card', language: 'it' }
    this.step(LEAFLET, this.leaflet, 1)
  }

  /** Another topic or language for the leaflets just added. */
  changeLeaflet(part: Partial<Leaflet>): void {
    const before = this.leaflet
    if (before === null || this.contact === null) return
    const after = { ...before, ...part }
    const quantity = this.leaflets.find((one) => isSameLeaflet(one.leaflet, before))?.quantity ?? 0
    const without = this.contact.handouts.filter(
      (one) => !isSameLeaflet(one.leaflet, before) || one.leaflet === null,
    )
    this.leaflet = after
    this.change({ handouts: stepped(without, LEAFLET, after, quantity) })
  }

  addCell(): void {
    if (this.contact === null) return
    const cell: GroupCell = {
      kind: 'unknown',
      gender: 'not_recorded',
      age_band: 'not_recorded',
      nationality: 'not_recorded',
      n: 1,
    }
    this.openCell = this.contact.group_cells.length
    this.change({ group_cells: [...this.contact.group_cells, cell] })
  }

  changeCell(index: number, part: Partial<GroupCell>): void {
    if (this.contact === null) return
    this.change({
      group_cells: this.contact.group_cells.map((cell, at) => (at === index ? { ...cell, ...part } : cell)),
    })
  }

  async search(letter: string): Promise<void> {
    this.letters = false
    await this.#pick(letter)
  }

  async save(): Promise<void> {
    const [record, shown, corrected] = [this.#field.record, this.#shown, this.contact]
    if (record?.type !== 'contact' || shown === null || corrected === null) return
    await this.#do((outing_id) => call('revise_contact', { outing_id, contact: record.id, shown, corrected }))
  }

  async takeBack(): Promise<void> {
    const record = this.#field.record
    if (record !== null) await this.#do((outing_id) => call('take_back', { outing_id, record }))
  }

  back(): void {
    this.#field.route.back()
  }

  async #load(): Promise<void> {
    const outing_id = this.#field.outingId
    if (outing_id === null) return
    await this.#field.attempt(async () => {
      this.#view = await call('night_list', { outing_id })
      const body = this.record?.body
      this.#shown = body?.type === 'contact' ? body.is : null
      this.contact = this.#shown
    })
    if (this.contact !== null) await this.#pick('')
  }

  async #pick(prefix: string): Promise<void> {
    await this.#field.attempt(async () => {
      this.#known = (await call('pick_alias', { prefix })).known
    })
  }

  async #do(command: (outingId: string) => Promise<NightListView>): Promise<void> {
    const outing = this.#field.outingId
    if (outing === null || this.working) return
    this.working = true
    await this.#field.finish('back', async () => {
      await command(outing)
    })
    this.working = false
  }
}
