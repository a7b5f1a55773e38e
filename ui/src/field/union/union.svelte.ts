// Unisci le notti: both nights in numbers, and the file that carries one to the other phone.
import { call } from '../../lib/backend/backend'
import { toBase64 } from '../../lib/bytes'
import type { ExportView } from '../../lib/generated/ExportView'
import type { ImportView } from '../../lib/generated/ImportView'
import type { UnionPhoneView } from '../../lib/generated/UnionPhoneView'
import type { UnionView } from '../../lib/generated/UnionView'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'

export class UnionState {
  #field: Field
  #outing: string | null
  view: UnionView | null = $state.raw(null)
  /** The file that was just written. */
  file: ExportView | null = $state.raw(null)
  /** What came of the file that was just opened. */
  opened: ImportView | null = $state.raw(null)
  busy = $state(false)

  readonly own = $derived.by(() => this.view?.phones.find((phone) => phone.own) ?? null)
  readonly others = $derived.by(() => this.view?.phones.filter((phone) => !phone.own) ?? [])
  /** Another phone's night is here. */
  readonly isJoined = $derived.by(() => this.others.length > 0)
  /** Each phone holds the other's night. */
  readonly isMirrored = $derived.by(() => this.isJoined && this.view?.held_elsewhere === true)

  constructor(field: Field) {
    this.#field = field
    const outing = field.night?.outing_id ?? field.outingId
    this.#outing = outing
    if (outing === null) return
    void field.attempt(async () => {
      this.view = await call('union', { outing_id: outing })
    })
  }

  /** *Salva il file per l'altro telefono*. */
  async save(): Promise<void> {
    const outing = this.#outing
    if (outing === null) return
    await this.#work(async () => {
      this.opened = null
      this.file = await call('export_night', { outing_id: outing })
    })
  }

  /** *Apri il file dell'altro telefono*. */
  async open(file: Blob): Promise<void> {
    await this.#work(async () => {
      this.file = null
      this.opened = null
      const bytes = new Uint8Array(await file.arrayBuffer())
      const opened = await call('import_records', { content_base64: toBase64(bytes) })
      this.opened = opened
      if (opened.night.outing_id === this.#outing) this.view = opened.night
    })
  }

  /** What came of the file, in one sentence. */
  readonly outcome = $derived.by(() => {
    const opened = this.opened
    if (opened === null) return null
    if (opened.own_file) return t('union-own-file')
    if (opened.night.outing_id !== this.#outing) return t('union-other-outing')
    if (opened.new === 0 && opened.set_aside === 0) return t('union-nothing-new')
    return t('union-taken', { n: opened.new })
  })

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    await this.#field.attempt(work)
    this.busy = false
  }
}

/** *11 schede*; of a night that is here sealed only, its records. */
export function phoneWords(phone: UnionPhoneView): { n: number; words: string } {
  return phone.cards === null
    ? { n: phone.records, words: t('union-sealed', { n: phone.records }) }
    : { n: phone.cards, words: t('union-cards', { n: phone.cards }) }
}
