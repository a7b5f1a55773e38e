// Locking an app nobody touches. The clock is compared, because timers stand still while the app is away.

/** How long the app may be away, as for a phone call, before it locks. */
const AWAY_MS = 15_000
const touches = ['pointerdown', 'keydown'] as const

/** Calls `onidle` once after `afterMs` without a touch, or after being away too long. Gives the function that stops it. */
export function watchIdle(afterMs: number, onidle: () => void): () => void {
  let last = Date.now()
  let awaySince: number | null = null
  const touched = (): void => void (last = Date.now())
  const check = (): void => {
    if (Date.now() - last >= afterMs) onidle()
  }
  const moved = (): void => {
    if (document.hidden) awaySince = Date.now()
    else if (awaySince !== null && Date.now() - awaySince >= AWAY_MS) onidle()
    else awaySince = null
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
