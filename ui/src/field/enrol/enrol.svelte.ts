// First start: address and one-time code, a code of one's own twice, then six words read aloud.
import { call } from '../../lib/backend/backend'
import type { FrameInput } from '../../lib/generated/FrameInput'
import { t } from '../../lib/i18n/i18n.svelte'
import type { Field } from '../field.svelte'
import { PIN_LENGTH } from '../lock/lock.svelte'
import { Viewfinder } from '../pair/viewfinder.svelte'
import { namesItsServer, readInvitation } from './invitation'

/** Pixels on the longer side of a frame: the desk's picture has some eighty modules on a side. */
const SIDE = 800
/** How often the desk's signature is looked for. */
const CHECK_MS = 3000

export type Step = 'invitation' | 'choose' | 'repeat'

export class EnrolState {
  readonly length = PIN_LENGTH
  #field: Field
  step: Step = $state('invitation')
  server = $state('')
  code = $state('')
  pin = $state('')
  #chosen = ''
  mismatch = $state(false)
  sending = $state(false)

  /** The camera in front of the desk's picture. */
  readonly finder: Viewfinder

  constructor(field: Field) {
    this.#field = field
    this.finder = new Viewfinder((frame) => this.#read(frame), SIDE)
  }

  readonly ready = $derived(
    this.code.trim() !== '' && (this.server.trim() !== '' || namesItsServer(this.code)),
  )
  readonly question = $derived(this.step === 'repeat' ? t('enrol-pin-again') : t('enrol-pin-choose'))
  readonly hint = $derived.by(() => {
    if (this.sending) return t('app-loading')
    return this.mismatch ? t('enrol-pin-mismatch') : t('enrol-pin-note')
  })

  /** A pasted link fills both fields. */
  paste(text: string): void {
    const found = readInvitation(text)
    if (found === null) return
    this.server = found.server
    this.code = found.code
  }

  next(): void {
    if (this.ready) this.step = 'choose'
  }

  back(): void {
    this.step = 'invitation'
    this.#clear()
  }

  type(digit: string): void {
    if (this.sending) return
    this.pin += digit
  }

  erase(): void {
    if (!this.sending) this.pin = this.pin.slice(0, -1)
  }

  /** The digits are complete. */
  complete(): void {
    if (this.sending) return
    if (this.step === 'choose') {
      this.#chosen = this.pin
      this.pin = ''
      this.mismatch = false
      this.step = 'repeat'
    } else if (this.pin === this.#chosen) {
      void this.#send(this.pin)
    } else {
      this.#clear()
      this.mismatch = true
      this.step = 'choose'
    }
  }

  /** The desk's picture is all there is to say: what comes next is the code of this phone. */
  async #read(frame: FrameInput): Promise<boolean> {
    let seen = false
    await this.#field.attempt(async () => {
      const { found } = await call('read_invitation', frame)
      if (found === null) return
      this.server = found.server
      this.code = found.code
      this.next()
      seen = true
    })
    return seen
  }

  async #send(pin: string): Promise<void> {
    this.sending = true
    const input = { server: this.server.trim(), code: this.code.trim(), pin }
    const done = await this.#field.attempt(async () => this.#field.enter(await call('enrol', input)))
    this.sending = false
    this.#clear()
    if (!done) {
      // The same digits cannot be tried again by themselves: they are not kept.
      if (this.#field.failure) this.#field.failure = { ...this.#field.failure, retry: null }
      this.step = this.#field.failure?.error.code === 'CODICE-03' ? 'choose' : 'invitation'
    }
  }

  #clear(): void {
    this.pin = ''
    this.#chosen = ''
  }
}

/** What somebody in front of the phone has said of the six words. */
export type Words = 'unsaid' | 'same' | 'different'

/** Waiting for the desk, once the words are the same: asks again and again, quietly. To be used as an effect. */
export function watchEnrolment(field: Field): () => void {
  const timer = setInterval(() => void checkEnrolment(field), CHECK_MS)
  return () => clearInterval(timer)
}

/**
 * Asks whether the desk has signed, after somebody has said that the words are the same. A network that fails is no
 * news: it is asked again.
 */
export async function checkEnrolment(field: Field): Promise<void> {
  try {
    await field.enter(await call('enrolment_status', { words_match: true }))
  } catch {
    // Said by the words on the screen: still waiting.
  }
}

/** Back to an empty phone, for another code: what nobody has confirmed is moved aside by the core. */
export async function restartEnrolment(field: Field): Promise<void> {
  await field.attempt(async () => field.enter(await call('restart_enrolment', {})))
}
