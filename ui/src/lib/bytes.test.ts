import { describe, expect, it } from 'vitest'
import { brightness, toBase64 } from './bytes'

describe('bytes', () => {
  it('writes base 64 of any length', () => {
    expect(toBase64(new Uint8Array([]))).toBe('')
    expect(toBase64(new Uint8Array([0, 255, 16]))).toBe('AP8Q')
    const long = new Uint8Array(100_000).map((_, at) => at % 251)
    expect(Buffer.from(toBase64(long), 'base64').equals(Buffer.from(long))).toBe(true)
  })

  it('sees black, white, amber and grey as bright as the eye does', () => {
    const pixels = [0, 0, 0, 255, 255, 255, 255, 255, 240, 176, 80, 255, 128, 128, 128, 0]
    expect([...brightness(new Uint8ClampedArray(pixels))]).toEqual([0, 255, 184, 128])
  })
})
