// The phone as a whole: who is in front of it, which outing is open, what stands on the screen.
import { createContext } from 'svelte'
import { showSettings } from '../lib/appearance'
import { asErrorView, call, currentEpoch, nextEpoch } from '../lib/backend/backend'
import type { CardInput } from '../lib/generated/CardInput'
import type { CardView } from '../lib/generated/CardView'
import type { ErrorView } from '../lib/generated/ErrorView'
import type { NightView } from '../lib/generated/NightView'
import type { RecordRef } from '../lib/generated/RecordRef'
import type { SessionView } from '../lib/generated/SessionView'
import type { StartView } from '../lib/generated/StartView'
import type { TonightView } from '../lib/generated/TonightView'
import { haptic } from '../lib/haptic'
import { park } from '../lib/park'
import { Route } from '../lib/route.svelte'
import { Draft } from './draft.svelte'
import type { EmergencyState } from './emergency/emergency.svelte'
import { FollowUps } from './referrals/follow-ups.svelte'
import { sendLine, type SyncLine } from './send/send-line'
import type { Shown } from './show/shown'
import type { ShowLanguage } from './show/words'

/** Places of the phone. `/` is the home: *Stanotte* or *Contatti*. */
export const places = [
  '/',
  '/kit',
  '/details',
  '/group',
  '/seen',
  '/emergency',
  '/more',
  '/todo',
  '/zone',
  '/incident',
  '/stock',
  '/referrals',
  '/referral',
  '/new-referral',
  '/close',
  '/review',
  '/step-up',
  '/nights',
  '/night-list',
  '/record',
  '/send',
  '/settings',
  '/pin',
  '/directory',
  '/show',
  '/card',
  '/month',
  '/training',
  '/minor',
  '/attention',
  '/union',
  '/copy',
  '/pair',
  '/duress',
  '/panic',
  '/forgotten',
] as const
export type Place = (typeof places)[number]

/** How long a card that was given up can be taken back, in milliseconds. */
const UNDO_MS = 10_000

/** Where the lead's second code stays given; going anywhere else is its *Chiudi*. */
const led: ReadonlySet<string> = new Set([
  '/step-up',
  '/nights',
  '/review',
  '/night-list',
  '/record',
  '/referrals',
  '/referral',
  '/month',
])

/** Shared by all screens through the context; screens keep their own state in their own class. */
export class Field {
  readonly route = new Route<Place>(places, '/')
  session: SessionView | null = $state.raw(null)
  tonight: TonightView | null = $state.raw(null)
  /** The card begun and not yet saved. */
  draft: Draft | null = $state.raw(null)
  /** The saved card whose minor card is open. */
  minorCard: string | null = $state.raw(null)
  /** The referral that is being filled in: what is still to be written before the notebook closes. */
  begun: { readonly writing: Promise<unknown> } | null = null
  /** The begun referral to go back to. */
  begunReferral: string | null = null
  /** The outing has just been started, and the phones are to be linked. */
  isSettingOff = false
  /** The card that was just given up, while that can be taken back. */
  dropped: Draft | null = $state.raw(null)
  /** The last error, with the way to try again if there is one. */
  failure: { error: ErrorView; retry: (() => void) | null } | null = $state.raw(null)
  /** The outing that *Verifica* and *Invio* look at. */
  outingId: string | null = $state.raw(null)
  /** The record of that outing that the lead corrects. */
  record: RecordRef | null = $state.raw(null)
  /** What *Mostra* holds out, and the language last chosen for it. */
  shown: Shown | null = $state.raw(null)
  showLanguage: ShowLanguage | null = null
  /** The contact that is being saved. */
  #saving: Promise<unknown> | null = null
  #isOpening = false
  /** Why the lock screen's way out was taken by itself: the key store does not answer, or ten codes were wrong. */
  lockedOut: 'key' | 'spent' | null = $state.raw(null)
  /** The emergency under way: coming back to its screen opens no second referral. */
  emergency: EmergencyState | null = null
  /** Open referrals of somebody met again, and the one looked at. */
  readonly followUps = new FollowUps(this)

  /** The page of the night is being left for a fresh one: nothing stands on it any more, and no tap is lost on it. */
  isParking = $state(false)

  readonly isOpen = $derived(this.session?.state === 'open')
  /** Something stands on the screen that the lock takes away. */
  readonly isShowing = $derived(this.isOpen || this.session?.state === 'inventory')

  // No `$derived`: it would keep its last value after the lock, until somebody asks again.
  /** The outing under way. */
  get night(): NightView | null {
    return this.tonight?.state === 'open' ? this.tonight.view : null
  }

  /** What is needed to start one. */
  get start(): StartView | null {
    return this.tonight?.state === 'start' ? this.tonight.view : null
  }

  /** Where its records are. */
  get sync(): SyncLine {
    return sendLine(this.night?.sending ?? null)
  }

  /** Asks where the session stands, and what tonight is if it is open. */
  async refresh(): Promise<void> {
    await this.attempt(async () => this.enter(await call('status', {})))
  }

  /** Takes a new state of the session, shows its settings and, when it has just opened, loads tonight. */
  async enter(session: SessionView): Promise<void> {
    await showSettings(session.settings)
    if (session.state === 'open') {
      const tonight = await call('tonight', {})
      this.session = session
      this.take(tonight)
    } else {
      this.session = session
    }
  }

  /** Takes new settings of the session, which else stays as it is. */
  async resettle(session: SessionView): Promise<void> {
    const begun = currentEpoch()
    await showSettings(session.settings)
    if (begun === currentEpoch()) this.session = session
  }

  /** Takes what a command answered about tonight; under the lock nothing. */
  take(tonight: TonightView): void {
    if (this.session?.state !== 'locked') this.tonight = tonight
  }

  /** Runs something that may fail; a failure is shown with its three lines, and with *Riprova*. What ends after
   *  everything was forgotten shows nothing, and did not succeed here. */
  async attempt(work: () => Promise<void>): Promise<boolean> {
    const begun = currentEpoch()
    try {
      await work()
      if (begun !== currentEpoch()) return false
      this.failure = null
      return true
    } catch (thrown) {
      if (begun !== currentEpoch()) return false
      const error = asErrorView(thrown)
      if (error.code === 'CODICE-04') this.#follow()
      // Too long ago: the screen asks for the second code again.
      else if (error.code === 'CODICE-05') this.#steppedDown()
      else this.failure = { error, retry: () => void this.attempt(work) }
      return false
    }
  }

  /** Runs a command of the screen that is shown and leaves that screen, unless somebody has left it meanwhile. */
  async finish(way: 'back' | 'home', work: () => Promise<void>): Promise<void> {
    const { visit } = this.route
    await this.attempt(async () => {
      await work()
      if (this.route.visit === visit) this.route[way]()
    })
  }

  /** First tap on a tile: the sheet opens at once, the card is durable as soon as the core has it. */
  begin(base: CardInput): void {
    this.followUps.clear()
    this.dropped = null
    this.draft = new Draft(base)
    // What else goes wrong is shown when something is written or saved.
    this.draft.card.catch((thrown: unknown) => {
      if (asErrorView(thrown).code === 'CODICE-04') this.#follow()
    })
    this.route.go('/kit')
  }

  /** Saves a contact; back to *Contatti* with *Salvata*, or to where a person was split off her group. Whoever has
   *  left the card meanwhile stays where she is. */
  async saveDraft(draft: Draft): Promise<void> {
    const saving = this.attempt(async () => {
      draft.isSaving = true
      await draft.pause()
      try {
        this.take(await call('save_contact', await draft.input()))
      } catch (error) {
        draft.goOn()
        if (this.draft !== draft) await draft.flush().catch(() => undefined)
        throw error
      } finally {
        draft.isSaving = false
      }
      if (this.draft !== draft) return
      haptic('saved')
      this.draft = null
      this.#leaveCard(draft)
    })
    this.#saving = saving
    await saving
    if (this.#saving === saving) this.#saving = null
  }

  /** Leaves a card without saving it; that can be taken back for ten seconds. One that is being saved stays so. */
  async dropDraft(): Promise<void> {
    const draft = this.draft
    this.draft = null
    if (draft === null) {
      this.route.home()
      return
    }
    this.#leaveCard(draft)
    if (draft.isSaving) return
    this.dropped = draft
    setTimeout(() => {
      if (this.dropped === draft) this.dropped = null
    }, UNDO_MS)
    await this.attempt(async () => {
      await draft.pause()
      const card = await draft.existing()
      if (card !== null) this.take(await call('drop_card', { card }))
      else if (this.dropped === draft) this.dropped = null
    })
  }

  /** *Annulla*: the card that was given up is there again. */
  async restoreDropped(): Promise<void> {
    const draft = this.dropped
    this.dropped = null
    if (draft === null) return
    await this.attempt(async () => {
      const card = await draft.existing()
      if (card === null) return
      this.take(await call('restore_card', { card }))
      this.#resume(await call('resume_card', { card }))
    })
  }

  /** Has what changes on the open card written; to be used as an effect. */
  keepDraft(): void {
    this.draft?.keep(() => void this.flushDraft())
  }

  /** Writes what changed on the open card. */
  async flushDraft(): Promise<void> {
    const draft = this.draft
    if (draft) await this.attempt(() => draft.flush())
  }

  /** Writes the open card when the app goes out of sight; to be used as an effect. */
  keepDraftWhenHidden(): () => void {
    const write = (): void => {
      if (document.visibilityState === 'hidden') void this.flushDraft()
    }
    document.addEventListener('visibilitychange', write)
    return () => document.removeEventListener('visibilitychange', write)
  }

  /** The phone's back key with nothing left to go back to: an open notebook is hidden. Tells whether it was. */
  leave(): boolean {
    const wasOpen = this.isShowing
    if (wasOpen) this.hide()
    return wasOpen
  }

  /** Somebody is there: the core locks by itself when it hears of nobody. If it has, the screen follows. */
  stay(): void {
    const told = call('status', {}).then(({ state }) => {
      if (this.isShowing && state !== this.session?.state) this.#follow()
    })
    told.catch(() => undefined)
  }

  /** *Nascondi*: black at once, then the notebook is closed, and the lock stands on a page that never held a night. */
  hide(): void {
    const writing = this.draft?.isUnwritten ? this.draft.flush() : null
    const begun = this.begun?.writing
    const saving = this.#saving
    this.#locked()
    void this.attempt(async () => {
      // What cannot be written is no reason to stay open.
      if (writing) await writing.catch(() => undefined)
      if (begun) await begun.catch(() => undefined)
      if (saving) await saving
      this.session = await call('lock', {})
    }).then(() => this.#park())
  }

  /** Leaving what only the lead sees closes it. */
  stepDownOutside(place: Place): void {
    if (this.session?.review !== 'open' || led.has(place)) return
    this.#steppedDown()
    void this.attempt(async () => {
      this.session = await call('step_down', {})
    })
  }

  /** *Riprendi*: back to a card that was begun and not saved. */
  async resume(card: string): Promise<void> {
    await this.#open(() => call('resume_card', { card }))
  }

  /** *Riprendi*: back to a referral that was begun and not saved. Its card, if that is open too, lies under it. */
  async resumeReferral(draft: string): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    await this.attempt(async () => {
      const [begun] = await call('resume_referral', { draft, card: null })
      if (begun?.card && begun.card_is_open) this.#resume(await call('resume_card', { card: begun.card }))
      this.begunReferral = draft
      this.route.go('/new-referral')
    })
    this.#isOpening = false
  }

  /** *Si parte*: the phones are linked first. */
  setOff(): void {
    this.isSettingOff = true
    this.route.go('/pair')
  }

  /** *Separa una persona*: one of a group gets a card of her own. */
  async split(group: string): Promise<void> {
    await this.#open(() => call('open_split', { group }))
  }

  /** Asks again what tonight is, after a screen that changed more than it was told. */
  async reload(): Promise<void> {
    if (this.isOpen) await this.attempt(async () => this.take(await call('tonight', {})))
  }

  /** Name of a zone of the programme. */
  zoneName(code: string): string {
    const zones = this.night?.zones ?? this.start?.zones ?? []
    return zones.find((zone) => zone.code === code)?.label ?? code
  }

  #locked(): void {
    this.session = this.session === null ? null : { ...this.session, state: 'locked', wait_seconds: 0 }
    this.isParking = true
    this.forget()
  }

  /** The core has locked by itself. */
  #follow(): void {
    if (this.session?.state === 'locked') return
    this.#locked()
    this.#park()
  }

  /** What went wrong is shown first, on this page. */
  #park(): void {
    if (this.failure === null) park()
    else this.isParking = false
  }

  /** Nothing of the night stays in this window, nor comes back with a late answer. */
  forget(): void {
    this.forgetNight()
    this.route.home()
  }

  /** As {@link forget}, without leaving the screen. */
  forgetNight(): void {
    nextEpoch()
    this.tonight = null
    this.draft = null
    this.dropped = null
    this.failure = null
    this.followUps.clear()
    this.emergency = null
    this.minorCard = null
    this.begun = null
    this.begunReferral = null
    this.isSettingOff = false
    this.outingId = null
    this.record = null
    this.shown = null
    this.showLanguage = null
  }

  #steppedDown(): void {
    if (this.session?.review === 'open') this.session = { ...this.session, review: 'locked' }
    this.record = null
  }

  /** One card at a time: a second tap opens nothing. */
  async #open(card: () => Promise<CardView>): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    await this.attempt(async () => this.#resume(await card()))
    this.#isOpening = false
  }

  #resume(view: CardView): void {
    this.followUps.clear()
    this.dropped = null
    this.draft = Draft.from(view, this.night?.kits ?? [])
    const sheet = view.input.n_persons > 1 ? '/group' : '/kit'
    this.route.go(view.group === null ? sheet : '/details')
  }

  /** Somebody split off has no sheet of her own: back to where that began. */
  #leaveCard(draft: Draft): void {
    if (this.route.current === '/' || this.route.current === '/todo') return
    if (draft.group === null) this.route.home()
    else this.route.back()
  }
}

/** The field of the screens below `App`. */
export const [useField, provideField] = createContext<Field>()
