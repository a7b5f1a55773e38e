// Bytes for the core: commands are JSON, so bytes travel as base 64.

/** How many bytes are turned into text at once: an argument list has an end. */
const CHUNK = 0x8000

/** Bytes as base 64. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(text)
}

/** Brightness of every pixel of a picture, one byte each, from its red, green, blue and alpha. */
export function brightness(rgba: Uint8ClampedArray): Uint8Array {
  const luma = new Uint8Array(rgba.length / 4)
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const at = pixel * 4
    // Weights of ITU-R BT.601, in 256ths.
    luma[pixel] = ((rgba[at] ?? 0) * 77 + (rgba[at + 1] ?? 0) * 150 + (rgba[at + 2] ?? 0) * 29) >> 8
  }
  return luma
}
