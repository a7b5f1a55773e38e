// Escape closes what is open.

/** Does this on Escape, while the component that calls it is there. */
export function onEscape(close: () => void): void {
  $effect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
}
