// The other phone's code: looked at through the camera, photographed, or typed.
import { call } from '../../lib/backend/backend'
import type { FoundCode } from '../../lib/generated/FoundCode'
import type { FrameInput } from '../../lib/generated/FrameInput'
import type { Field } from '../field.svelte'
import { mayHaveCamera, photo, watch, type Running } from './camera'

/** Characters of a code. */
export const CODE_LENGTH = 4

/** What the camera does. `none`: there is none, or nobody lets us; a photograph does as well. */
type Camera = 'off' | 'on' | 'none'

export class FindCode {
  #field: Field
  #running: Running | null = null
  /** Counts what was asked for, so that an answer that comes late is not taken. */
  #asked = 0
  typed = $state('')
  /** The code, and the word that the other phone must show too. */
  found: FoundCode | null = $state.raw(null)
  /** Why there is no code: one character is wrong, or the photograph shows none. */
  trouble: 'code' | 'photo' | null = $state(null)
  /** The other phone said another word: this code is not taken. */
  differs = $state(false)
  camera: Camera = $state(mayHaveCamera() ? 'off' : 'none')

  constructor(field: Field) {
    this.#field = field
  }

  /** Four characters are looked up at once; anything shorter is no code yet. */
  async type(text: string): Promise<void> {
    this.typed = text.toUpperCase()
    this.found = null
    this.trouble = null
    this.differs = false
    this.#asked += 1
    const asked = this.#asked
    const code = text.trim()
    if (code.length < CODE_LENGTH) return
    await this.#field.attempt(async () => {
      const { found } = await call('check_code', { code })
      if (asked !== this.#asked) return
      this.found = found
      if (found === null) this.trouble = 'code'
    })
  }

  /** *Inquadra*: asks for the camera here and nowhere else. */
  async look(video: HTMLVideoElement): Promise<void> {
    this.camera = 'on'
    try {
      const running = await watch(video, (frame) => this.#read(frame))
      // It was left while the permission was asked for.
      if (this.camera === 'on') this.#running = running
      else running.stop()
    } catch {
      this.camera = 'none'
    }
  }

  /** Gives the camera back. */
  stop(): void {
    this.#running?.stop()
    this.#running = null
    if (this.camera === 'on') this.camera = 'off'
  }

  /** A photograph instead. */
  async photograph(file: Blob): Promise<void> {
    this.trouble = null
    try {
      const frame = await photo(file)
      if (frame) await this.#read(frame)
    } catch {
      // Not a picture that this WebView knows.
    }
    if (this.found === null) this.trouble = 'photo'
  }

  /** *Parola diversa*: this is another outing. Nothing has been taken over. */
  refuse(): void {
    this.#asked += 1
    this.typed = ''
    this.found = null
    this.differs = true
  }

  async #read(frame: FrameInput): Promise<void> {
    await this.#field.attempt(async () => {
      const { found } = await call('read_qr', frame)
      if (found === null) return
      this.stop()
      this.differs = false
      this.trouble = null
      this.typed = found.code
      this.found = found
    })
  }
}
