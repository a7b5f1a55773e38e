// A locked phone waits on a page that has just been loaded: what the one of the night held in its scripts and its document
// has gone with it.

/** Leaves this page for a fresh one at the same place. */
export function park(): void {
  location.reload()
}
