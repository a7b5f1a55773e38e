// Where the app is, in the hash: the same under `tauri://`, on loopback and in tests, and Android's back works.
// A path is a place, never a person: what is looked at stands in memory only.

/** A stack of places that the browser's history keeps. */
export class Route<Path extends string> {
  #places: readonly Path[]
  #home: Path
  #depth = 0
  #current: Path

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
      this.#current = this.#placeOf(location.hash)
      if (this.#depth < 0 && onleave()) this.home()
    }
    history.replaceState({ depth: -1 }, '', `#${this.#home}`)
    this.#depth = -1
    this.home()
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }

  /** Opens a place on top of the current one. */
  go(path: Path): void {
    if (this.#depth < 0) this.#push(this.#home)
    this.#push(path)
  }

  /** Opens a place instead of the current one. */
  replace(path: Path): void {
    history.replaceState({ depth: this.#depth }, '', `#${path}`)
    this.#current = path
  }

  /** One place back; at the bottom of the stack, the home place. */
  back(): void {
    if (this.#depth > 0) history.back()
    else this.replace(this.#home)
  }

  /** Down to the home place. */
  home(): void {
    if (this.#depth > 0) history.go(-this.#depth)
    else if (this.#depth < 0) this.#push(this.#home)
    else this.replace(this.#home)
  }

  #push(path: Path): void {
    this.#depth += 1
    history.pushState({ depth: this.#depth }, '', `#${path}`)
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
