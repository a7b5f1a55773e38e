// Locking an app nobody touches. The clock is compared, because timers stand still while the app is away.

/** How long the app may be away, as for a phone call, before it locks. */
const AWAY_MS = 15_000
const touches = ['pointerdown', 'keydown'] as const

/** Calls `onidle` after `afterMs` without a touch, or once away too long, also while away, and `onuse` on coming back and at a touch after a third
 *  of that time without. Gives the function that stops it. */
export function watchIdle(afterMs: number, onidle: () => void, onuse?: () => void): () => void {
  let last = Date.now()
  let told = last
  let awaySince: number | null = null
  const touched = (): void => {
    last = Date.now()
    if (last - told < afterMs / 3) return
    told = last
    onuse?.()
  }
  const check = (): void => {
    const now = Date.now()
    if (now - last >= afterMs || (awaySince !== null && now - awaySince >= AWAY_MS)) onidle()
  }
  const moved = (): void => {
    check()
    if (awaySince !== null && !document.hidden) onuse?.()
    awaySince = document.hidden ? Date.now() : null
  }
  const timer = setInterval(check, 1000)
  for (const name of touches) window.addEventListener(name, touched, { passive: true })
  document.addEventListener('visibilitychange', moved)
  return () => {
    clearInterval(timer)
    for (const name of touches) window.removeEventListener(name, touched)
    document.removeEventListener('visibilitychange', moved)
  }
}
