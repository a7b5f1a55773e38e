// The page of the releases: what is wanted and what it would show, the ledger, and one document with what can be done with it.
import { asErrorView, call } from '../../lib/backend/backend'
import type { BasePeriod } from '../../lib/generated/BasePeriod'
import type { ErrorView } from '../../lib/generated/ErrorView'
import type { PreviewView } from '../../lib/generated/PreviewView'
import type { PublishedView } from '../../lib/generated/PublishedView'
import type { RecipientKind } from '../../lib/generated/RecipientKind'
import type { RecipientView } from '../../lib/generated/RecipientView'
import type { ReleaseDocumentView } from '../../lib/generated/ReleaseDocumentView'
import type { ReleaseFileView } from '../../lib/generated/ReleaseFileView'
import type { ReleaseFormat } from '../../lib/generated/ReleaseFormat'
import type { ReleasePeriodView } from '../../lib/generated/ReleasePeriodView'
import type { ReleaseRowView } from '../../lib/generated/ReleaseRowView'
import type { ReleasesView } from '../../lib/generated/ReleasesView'
import type { WishInput } from '../../lib/generated/WishInput'

/** Where on the page something was asked: what goes wrong is said there. */
export type Asked = 'look' | 'preview' | 'make' | 'open' | 'file' | 'publish' | 'withdraw'

export class ReleasesPage {
  /** What is known; the last answer stays while the next is on its way. */
  view: ReleasesView | undefined = $state.raw()
  /** Why the last step did not succeed. */
  error: ErrorView | undefined = $state.raw()
  /** Where the last step was asked. */
  asked: Asked = $state('look')
  /** The core is at work. */
  busy = $state(false)

  /** Place of the recipient among the known ones; none for a new one. */
  #place: number | undefined = $state()
  /** The kind of a new one. */
  kind: RecipientKind = $state('municipality')
  /** Its name. */
  name = $state('')
  /** How long its periods are to be. */
  step: BasePeriod = $state('week')
  /** Code of the period. */
  period = $state('')
  /** As which file. */
  format: ReleaseFormat = $state('page')
  /** The document that is to be corrected. */
  corrected: ReleaseRowView | undefined = $state.raw()
  /** What the document would be. */
  preview: PreviewView | undefined = $state.raw()
  /** It goes out without the nights that are to come. */
  incomplete = $state(false)

  /** The document shown, by its line in the ledger. */
  shown: ReleaseRowView | undefined = $state.raw()
  document: ReleaseDocumentView | undefined = $state.raw()
  /** The file that was written last. */
  file: ReleaseFileView | undefined = $state.raw()
  /** It was made just now. */
  made = $state(false)
  /** Where it is read, and the password that is shown once. */
  published: PublishedView | undefined = $state.raw()

  /** The recipient, if it was given something before. */
  recipient: RecipientView | undefined = $derived(
    this.#place === undefined ? undefined : this.view?.recipients[this.#place],
  )
  /** Its place in the list; empty for a new one. */
  place: string = $derived(this.#place === undefined ? '' : String(this.#place))
  /** The threshold that holds. */
  k: number | undefined = $derived(
    this.recipient?.k ?? this.view?.kinds.find(({ kind }) => kind === this.kind)?.k,
  )
  /** What can be chosen, the latest first. */
  periods: ReleasePeriodView[] = $derived(
    this.recipient?.periods ??
      this.view?.periods.filter(({ granularity }) => granularity === this.step) ??
      [],
  )
  /** Everything that is needed has been said. */
  ready = $derived((this.recipient !== undefined || this.name.trim() !== '') && this.period !== '')

  /** It can be made as it is. */
  may = $derived(
    this.preview !== undefined &&
      this.preview.refusal === null &&
      (this.preview.to_come === null || this.incomplete),
  )

  /** Shows the page. */
  async look(): Promise<void> {
    const view = await this.#step('look', () => call('releases', {}))
    if (view === undefined) return
    this.view = view
    this.step = view.base_period
    await this.choose(view.recipients.length > 0 ? '0' : '')
  }

  /** Chooses a recipient by its place, or a new one. */
  async choose(place: string): Promise<void> {
    this.#place = place === '' ? undefined : Number(place)
    await this.begin()
  }

  /** Begins with the latest period. */
  async begin(): Promise<void> {
    this.corrected = undefined
    this.period = this.periods[0]?.code ?? ''
    await this.lookAhead()
  }

  /** Asks what the document would be. */
  async lookAhead(): Promise<void> {
    this.preview = undefined
    this.incomplete = false
    if (!this.ready) return
    const wish = this.#wish()
    const preview = await this.#step('preview', () => call('preview_release', wish))
    if (preview !== undefined && wish.period === this.#wish().period) this.preview = preview
  }

  /** *Crea e scrivi nel registro*. */
  async make(): Promise<void> {
    const made = await this.#step('make', () =>
      call('make_release', { wish: this.#wish(), format: this.format, incomplete: this.incomplete }),
    )
    if (made === undefined) return
    this.view = made.page
    const row = made.page.ledger.find(({ fingerprint }) => fingerprint === made.fingerprint)
    if (row === undefined) return
    await this.open(row)
    this.made = true
    this.file = made.file ?? undefined
  }

  /** Shows a document. */
  async open(row: ReleaseRowView): Promise<void> {
    this.made = false
    this.file = undefined
    this.published = undefined
    const document = await this.#step('open', () =>
      call('release_document', { fingerprint: row.fingerprint }),
    )
    if (document === undefined) return
    this.document = document
    this.shown = row
  }

  /** Back to the next release. */
  async close(): Promise<void> {
    this.shown = undefined
    this.document = undefined
    this.published = undefined
    const known = this.view?.recipients.findIndex(
      ({ kind, code }) => kind === this.recipient?.kind && code === this.recipient.code,
    )
    await this.choose(known === undefined || known < 0 ? this.place : String(known))
  }

  /** Saves the document as a file. */
  async save(format: ReleaseFormat): Promise<void> {
    const row = this.shown
    if (row === undefined) return
    this.file = undefined
    this.file = await this.#step('file', () => call('save_release', { fingerprint: row.fingerprint, format }))
  }

  /** *Pubblica*; again, with another password. */
  async publish(again: boolean): Promise<void> {
    const row = this.shown
    if (row === undefined) return
    const published = await this.#step('publish', () =>
      call('publish_release', { number: row.number, new_password: again }),
    )
    if (published === undefined) return
    this.published = published
    this.#renew(published.page)
  }

  /** *Ritira*. */
  async withdraw(): Promise<void> {
    const row = this.shown
    if (row === undefined) return
    const view = await this.#step('withdraw', () => call('withdraw_release', { number: row.number }))
    if (view === undefined) return
    this.published = undefined
    this.#renew(view)
  }

  /** *Rettifica*: the same recipient and period anew, as a document of its own. */
  async correct(): Promise<void> {
    const row = this.shown
    const view = this.view
    if (row === undefined || view === undefined) return
    this.shown = undefined
    this.document = undefined
    this.published = undefined
    this.#place = view.recipients.findIndex(({ kind, code }) => kind === row.kind && code === row.code)
    this.corrected = row
    this.period = row.period.code
    await this.lookAhead()
  }

  #wish(): WishInput {
    const kind = this.recipient?.kind ?? this.kind
    const code = this.recipient?.code ?? this.name.trim()
    return { kind, code, period: this.period, correct: this.corrected !== undefined }
  }

  #renew(view: ReleasesView): void {
    this.view = view
    this.shown = view.ledger.find(({ fingerprint }) => fingerprint === this.shown?.fingerprint)
  }

  async #step<T>(asked: Asked, ask: () => Promise<T>): Promise<T | undefined> {
    this.busy = true
    this.asked = asked
    this.error = undefined
    try {
      return await ask()
    } catch (error) {
      this.error = asErrorView(error)
      return undefined
    } finally {
      this.busy = false
    }
  }
}
