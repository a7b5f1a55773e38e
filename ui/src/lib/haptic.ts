// What the hand feels: one short on save, two on undo, one long on emergency. Never a sound.
const patterns = { saved: [40], undone: [40, 60, 40], emergency: [400] } as const

/** Vibrates, where the device can. */
export function haptic(what: keyof typeof patterns): void {
  if ('vibrate' in navigator) navigator.vibrate([...patterns[what]])
}
