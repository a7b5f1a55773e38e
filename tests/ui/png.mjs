// Small pictures: what Chromium draws has few colours, so a palette of 256 says the same in a quarter of the bytes.

import { deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOURS = 256

/** Makes a picture small; `page` is any blank page, which decodes it. */
export async function small(page, png) {
  const { width, height, rgba } = await page.evaluate(decode, png.toString('base64'))
  return encode(width, height, Buffer.from(rgba, 'base64'))
}

/** The colours of a picture at a few places, as `[r, g, b]`; enough to tell black from anything else. */
export async function brightest(page, png) {
  const { rgba } = await page.evaluate(decode, png.toString('base64'))
  return Buffer.from(rgba, 'base64').reduce(
    (most, value, at) => (at % 4 === 3 ? most : Math.max(most, value)),
    0,
  )
}

async function decode(base64) {
  const picture = new Image()
  picture.src = `data:image/png;base64,${base64}`
  await picture.decode()
  const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight)
  const context = canvas.getContext('2d')
  context.drawImage(picture, 0, 0)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  let rgba = ''
  for (let at = 0; at < data.length; at += 0x8000)
    rgba += String.fromCharCode(...data.subarray(at, at + 0x8000))
  return { width: canvas.width, height: canvas.height, rgba: btoa(rgba) }
}

function encode(width, height, rgba) {
  const counts = new Map()
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = rgba.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([colour]) => colour)
    .slice(0, COLOURS)
  const nearest = new Map(palette.map((colour, index) => [colour, index]))
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = rgba.readUIntBE((y * width + x) * 4, 3)
      let index = nearest.get(colour)
      if (index === undefined) {
        index = closest(palette, colour)
        nearest.set(colour, index)
      }
      lines[y * (width + 1) + 1 + x] = index
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each point, an index into the palette.
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.concat(
    palette.map((colour) => Buffer.from([colour >> 16, (colour >> 8) & 255, colour & 255])),
  )
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([SIGNATURE, ...parts])
}

function closest(palette, colour) {
  let best = 0
  let least = Infinity
  for (const [index, other] of palette.entries()) {
    const distance = [16, 8, 0].reduce(
      (sum, bits) => sum + (((colour >> bits) & 255) - ((other >> bits) & 255)) ** 2,
      0,
    )
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(checksum(body))
  return Buffer.concat([length, body, sum])
}

/** CRC-32 as in the PNG specification, annex D. */
function checksum(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
