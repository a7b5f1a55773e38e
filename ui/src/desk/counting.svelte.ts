// What is not counted yet is counted before the first page: after the first pull, or with a newer version.
import { call } from '../lib/backend/backend'

export class Counting {
  /** Entries that are counted, of how many; nothing while there is little to count. */
  progress: { done: number; of: number } | undefined = $state.raw()
  /** The pages may be shown. */
  ready = $state(false)

  /** Counts to the end, and says how far it has come. What goes wrong the page says that asks for it. */
  async run(): Promise<void> {
    this.ready = false
    try {
      let counted = await call('count_some', {})
      while (counted.done < counted.of) {
        this.progress = counted
        counted = await call('count_some', {})
      }
    } catch {
      // The page says it.
    } finally {
      this.progress = undefined
      this.ready = true
    }
  }
}
