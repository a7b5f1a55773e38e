// Chromium's camera, fed with a film of one picture: what stands on another screen, as a hand holds a phone in front of it.

import { writeFileSync } from 'node:fs'

export class Camera {
  #file
  #size

  /** A camera that shows the film in `file`, in pixels of this size. */
  constructor(file, size) {
    this.#file = file
    this.#size = size
  }

  /** What the browser must be started with. */
  get arguments() {
    return [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${this.#file}`,
    ]
  }

  /** Films what stands on a screen, as high as this part of the film: at a slant, a little dim, not quite sharp. */
  async film(stage, shown, part = 5 / 8) {
    const { width, height } = this.#size
    const picture = await shown.screenshot()
    const page = await stage.blank()
    const luma = await page.evaluate(seen, { base64: picture.toString('base64'), width, height, part })
    await page.close()
    const grey = Buffer.alloc((width * height) / 2, 128)
    const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(luma), grey])
    const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`)
    writeFileSync(this.#file, Buffer.concat([head, frame, frame]))
  }
}

/** In the page: the brightness of every pixel. */
async function seen({ base64, width, height, part }) {
  const image = new Image()
  image.src = `data:image/png;base64,${base64}`
  await image.decode()
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#1a1410'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2 + 20, height / 2 - 10)
  context.rotate(0.14)
  context.filter = 'blur(0.8px) brightness(0.8)'
  const side = height * part
  context.drawImage(image, -side / 2, -side / 2, side, side)
  const { data } = context.getImageData(0, 0, width, height)
  return Array.from({ length: width * height }, (_, at) =>
    Math.round((data[at * 4] * 77 + data[at * 4 + 1] * 150 + data[at * 4 + 2] * 29) / 256),
  )
}
