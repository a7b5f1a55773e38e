// The camera, or a photograph where there is none, in front of a picture that somebody reads for us.
import type { FrameInput } from '../../lib/generated/FrameInput'
import { SCALES, mayHaveCamera, photo, watch, type Running } from './camera'

/** What the camera does. `none`: there is none, or nobody lets us; a photograph does as well. */
type Camera = 'off' | 'on' | 'none'

export class Viewfinder {
  #read: (frame: FrameInput) => Promise<boolean>
  #side: number
  #running: Running | null = null
  camera: Camera = $state(mayHaveCamera() ? 'off' : 'none')
  /** The photograph shows nothing that we look for. */
  blank = $state(false)

  /** `read` says whether it found what it looks for; `side` is how many pixels it needs on the longer side. */
  constructor(read: (frame: FrameInput) => Promise<boolean>, side: number) {
    this.#read = read
    this.#side = side
  }

  /** *Inquadra*: asks for the camera here and nowhere else. */
  async look(video: HTMLVideoElement): Promise<void> {
    this.camera = 'on'
    this.blank = false
    try {
      const running = await watch(video, this.#side, (frame) => this.#try(frame))
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
    this.blank = false
    let found = false
    try {
      for (const scale of SCALES) {
        const frame = await photo(file, this.#side * scale)
        if (frame) found = await this.#read(frame)
        if (found) break
      }
    } catch {
      // Not a picture that this WebView knows.
    }
    this.blank = !found
  }

  async #try(frame: FrameInput): Promise<void> {
    if (await this.#read(frame)) this.stop()
  }
}
