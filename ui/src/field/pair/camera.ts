// The camera in front of the other phone's picture. Frames are looked at and forgotten; nothing is stored.
import { brightness, toBase64 } from '../../lib/bytes'
import type { FrameInput } from '../../lib/generated/FrameInput'

/** Between two frames, in milliseconds. */
const EVERY_MS = 250

/** Parts of the longest side that frames take in turn: what is not read at one scale mostly is at the next. */
export const SCALES: readonly number[] = [0.9, 0.6, 1, 0.8]

/** A camera that runs. */
export interface Running {
  stop(): void
}

/** Whether there may be a camera at all: some windows have none to give. */
export function mayHaveCamera(): boolean {
  // Older WebViews, and pages without a safe origin, lack it whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  return typeof devices?.getUserMedia === 'function'
}

/** Shows the camera in `video` and hands over a frame of at most `side` pixels four times a second, until it is
 *  stopped. */
export async function watch(
  video: HTMLVideoElement,
  side: number,
  look: (frame: FrameInput) => Promise<void>,
): Promise<Running> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: side }, height: { ideal: (side * 3) / 4 } },
  })
  let running = true
  let timer = 0
  let taken = 0
  const stop = (): void => {
    running = false
    clearTimeout(timer)
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  const next = (): void => {
    timer = window.setTimeout(() => void step(), EVERY_MS)
  }
  const step = async (): Promise<void> => {
    const scale = SCALES[taken % SCALES.length] ?? 1
    taken += 1
    const frame = frameOf(video, video.videoWidth, video.videoHeight, side * scale)
    if (frame) await look(frame)
    if (running) next()
  }
  video.srcObject = stream
  await video.play()
  next()
  return { stop }
}

/** A picture that the phone's own camera app took. */
export async function photo(file: Blob, side: number): Promise<FrameInput | null> {
  const picture = await createImageBitmap(file)
  const frame = frameOf(picture, picture.width, picture.height, side)
  picture.close()
  return frame
}

function frameOf(picture: CanvasImageSource, wide: number, high: number, side: number): FrameInput | null {
  if (wide === 0 || high === 0) return null
  const scale = Math.min(1, side / Math.max(wide, high))
  const width = Math.max(1, Math.round(wide * scale))
  const height = Math.max(1, Math.round(high * scale))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  context.drawImage(picture, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return { width, height, luma_base64: toBase64(brightness(data)) }
}
