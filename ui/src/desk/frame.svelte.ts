// What stands around every page: whose desk it is, and how much is open on which page.
import { getContext, setContext } from 'svelte'
import { call } from '../lib/backend/backend'
import type { DeskFrameView } from '../lib/generated/DeskFrameView'

export class DeskFrame {
  /** The last answer stays while the next is on its way. */
  view: DeskFrameView | undefined = $state.raw()
  #asked = 0

  /** Counts anew. */
  async look(): Promise<void> {
    this.#asked += 1
    const asked = this.#asked
    try {
      const view = await call('desk_frame', {})
      if (asked === this.#asked) this.view = view
    } catch {
      // The page that is shown asks too, and says why.
    }
  }
}

const KEY = Symbol('frame')

/** The frame of the pages below. */
export const provideFrame = (frame: DeskFrame): DeskFrame => setContext(KEY, frame)

/** The frame in which this stands; a page that stands alone has none. To be called while it is made. */
export const frameAround = (): DeskFrame | undefined => getContext(KEY)

/** Counts anew whenever what a page shows has changed: it was just opened, or something was done on it. To be called
 *  once, while the page is made. */
export function recount(shown: () => unknown): void {
  const frame = frameAround()
  $effect(() => {
    if (shown() !== undefined) void frame?.look()
  })
}
