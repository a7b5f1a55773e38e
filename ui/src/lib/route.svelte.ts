// Where the app is, in the hash: the same under `tauri://`, on loopback and in tests, and Android's back works.
// A path is a place, never a person: what is looked at stands in memory only.

/** A stack of places that the browser's history keeps. */
export class Route<Path extends string> {
  #places: readonly Path[]
  #home: Path
  #depth = 0
  #current: Path
  /** The browser goes back, and has not yet said that it has. */
  #leaving = false
  /** What was asked for meanwhile, done as soon as it has. */
  #next: (() => void) | null = null
  /** Changes with every place that is shown, also when the same one comes again. */
  visit = 0

  constructor(places: readonly Path[], home: Path) {
    this.#places = places
    this.#home = home
    this.#current = $state(home)
  }

  /** The place now shown. */
  get current(): Path {
    return this.#current
  }

  /**
   * Follows the browser's back and forward; gives the function that stops it. Back from the home place asks `onleave`:
   * if it has done something, the app stays at the home place; if not, the next back leaves the app.
   */
  listen(onleave: () => boolean): () => void {
    const follow = (): void => {
      this.#depth = this.#depthOf(history.state)
      this.#show(this.#placeOf(location.hash))
      const next = this.#next
      this.#next = null
      this.#leaving = false
      if (this.#depth < 0 && onleave()) this.home()
      next?.()
    }
    if (history.state === null) history.replaceState({ depth: -1 }, '', `#${this.#home}`)
    // A page that was loaded anew goes on in the history of the one before it.
    this.#depth = this.#depthOf(history.state)
    window.addEventListener('popstate', follow)
    this.home()
    return () => window.removeEventListener('popstate', follow)
  }

  /** Opens a place on top of the current one. */
  go(path: Path): void {
    this.#settled(() => {
      if (this.#depth < 0) this.#push(this.#home)
      this.#push(path)
    })
  }

  /** Opens a place instead of the current one. */
  replace(path: Path): void {
    this.#settled(() => {
      history.replaceState({ depth: this.#depth }, '', `#${path}`)
      this.#show(path)
    })
  }

  /** One place back; at the bottom of the stack, the home place. A second tap is not a second step. */
  back(): void {
    if (this.#leaving) return
    if (this.#depth > 0) this.#leave(-1)
    else this.replace(this.#home)
  }

  /** Down to the home place. */
  home(): void {
    this.#settled(() => {
      if (this.#depth > 0) this.#leave(-this.#depth)
      else if (this.#depth < 0) this.#push(this.#home)
      else this.replace(this.#home)
    })
  }

  /** The browser goes back in its own time. */
  #leave(steps: number): void {
    this.#leaving = true
    history.go(steps)
  }

  #settled(step: () => void): void {
    if (this.#leaving) this.#next = step
    else step()
  }

  #push(path: Path): void {
    this.#depth += 1
    history.pushState({ depth: this.#depth }, '', `#${path}`)
    this.#show(path)
  }

  #show(path: Path): void {
    this.visit += 1
    this.#current = path
  }

  #placeOf(hash: string): Path {
    const wanted = hash.slice(1)
    return this.#places.find((place) => place === wanted) ?? this.#home
  }

  #depthOf(state: unknown): number {
    const depth = typeof state === 'object' && state !== null && 'depth' in state ? state.depth : 0
    return typeof depth === 'number' ? depth : 0
  }
}
