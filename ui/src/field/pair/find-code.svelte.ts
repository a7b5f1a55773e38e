// The other phone's code: looked at through the camera, photographed, or typed.
import { call } from '../../lib/backend/backend'
import type { FoundCode } from '../../lib/generated/FoundCode'
import type { FrameInput } from '../../lib/generated/FrameInput'
import type { Field } from '../field.svelte'
import { Viewfinder } from './viewfinder.svelte'

/** Characters of a code. */
export const CODE_LENGTH = 4

/** Pixels on the longer side of a frame; a module of the picture is several pixels wide then. */
const SIDE = 640

export class FindCode {
  #field: Field
  readonly finder: Viewfinder
  /** Counts what was asked for, so that an answer that comes late is not taken. */
  #asked = 0
  typed = $state('')
  /** The code, and the word that the other phone must show too. */
  found: FoundCode | null = $state.raw(null)
  /** It is no code: one character is wrong. */
  trouble = $state(false)
  /** The other phone said another word: this code is not taken. */
  differs = $state(false)

  constructor(field: Field) {
    this.#field = field
    this.finder = new Viewfinder((frame) => this.#read(frame), SIDE)
  }

  /** Four characters are looked up at once; anything shorter is no code yet. */
  async type(text: string): Promise<void> {
    this.typed = text.toUpperCase()
    this.found = null
    this.trouble = false
    this.finder.blank = false
    this.differs = false
    this.#asked += 1
    const asked = this.#asked
    const code = text.trim()
    if (code.length < CODE_LENGTH) return
    await this.#field.attempt(async () => {
      const { found } = await call('check_code', { code })
      if (asked !== this.#asked) return
      this.found = found
      this.trouble = found === null
    })
  }

  /** *Parola diversa*: this is another outing. Nothing has been taken over. */
  refuse(): void {
    this.#asked += 1
    this.typed = ''
    this.found = null
    this.differs = true
  }

  async #read(frame: FrameInput): Promise<boolean> {
    let seen = false
    await this.#field.attempt(async () => {
      const { found } = await call('read_qr', frame)
      if (found === null) return
      this.differs = false
      this.trouble = false
      this.typed = found.code
      this.found = found
      seen = true
    })
    return seen
  }
}
