// Black at once when the app is left: what the task switcher pictures shows nothing. The styles are in first.css.

/** Covers the page while it is not seen; gives the function that stops it. */
export function watchLeaving(): () => void {
  const follow = (): void => cover(document.hidden)
  const left = (): void => cover(true)
  document.addEventListener('visibilitychange', follow)
  window.addEventListener('pagehide', left)
  window.addEventListener('pageshow', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    window.removeEventListener('pagehide', left)
    window.removeEventListener('pageshow', follow)
    cover(false)
  }
}

function cover(on: boolean): void {
  document.documentElement.toggleAttribute('data-covered', on)
}
