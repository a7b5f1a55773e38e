// Pictograms of the cards, drawn by hand in one stroke width in a square of 120. `thick` strokes cross things out.

/** One line of a drawing. */
export interface Stroke {
  d: string
  thick?: boolean
}

const line = (d: string): Stroke => ({ d })
const thick = (d: string): Stroke => ({ d, thick: true })
/** A circle as a path. */
const circle = (x: number, y: number, r: number): Stroke =>
  line(`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
/** An ellipse as a path: the rolled rim. */
const rim = (y: number, rx: number): Stroke =>
  line(`M${60 - rx} ${y}a${rx} 7 0 1 0 ${2 * rx} 0a${rx} 7 0 1 0 ${-2 * rx} 0`)
const crossedOut = thick('M20 100 100 20')
const downwards = (x: number): Stroke => line(`M${x} 50v38M${x - 8} 78l8 10 8-10`)
const upwards = (x: number): Stroke => line(`M${x} 88V50M${x - 8} 60l8-10 8 10`)
/** The tip, and the sides down to `y`. */
const sheath = (y: number): Stroke =>
  line(`M44 ${y}V46c0-12 11-12 11-22a5 5 0 0 1 10 0c0 10 11 10 11 22v${y - 46}`)

export const pictures = {
  clinic: [line('M14 56 60 18l46 38'), line('M26 50v54h68V50'), thick('M60 58v30M45 73h30')],
  advice: [
    line('M14 20h58v38H42L28 72V58H14z'),
    line('M84 50h22v38H92v14L78 88H50V72'),
    line('M28 34h30M28 45h18'),
  ],
  free: [circle(60, 60, 42), line('M76 42a24 24 0 1 0 0 36M36 54h30M36 66h26'), thick('M22 98 98 22')],
  together: [
    circle(42, 30, 13),
    circle(80, 30, 13),
    line('M24 98V72c0-11 8-19 18-19 8 0 13 5 17 11 5-6 11-11 21-11 10 0 17 8 17 19v26M61 66v32'),
  ],
  phone: [
    line('M40 16H24c-6 0-10 5-9 11 5 40 38 73 78 78 6 1 11-3 11-9V80L80 70 69 82C56 76 44 64 38 51l12-11z'),
  ],
  dayAndNight: [
    circle(40, 48, 15),
    line('M40 14v8M40 74v8M6 48h8M16 24l6 6M64 24l-6 6M16 72l6-6'),
    line('M88 52a26 26 0 1 0 20 40 22 22 0 0 1-20-40z'),
  ],
  noName: [circle(60, 40, 20), line('M24 104V94c0-18 15-28 36-28s36 10 36 28v10'), thick('M18 104 102 16')],
  doctor: [
    circle(60, 30, 16),
    line('M22 106V90c0-20 15-32 38-32s38 12 38 32v16'),
    thick('M60 72v26M47 85h26'),
  ],
  card: [
    line('M14 32c0-4 3-7 7-7h78c4 0 7 3 7 7v56c0 4-3 7-7 7H21c-4 0-7-3-7-7z'),
    circle(40, 52, 9),
    line('M25 80c1-14 29-14 30 0M70 48h22M70 62h22M70 76h14'),
  ],
  noPolice: [
    line('M36 34c0-12 10-20 24-20s24 8 24 20z'),
    line('M26 42c20-8 48-8 68 0'),
    line('M40 44v8a20 20 0 0 0 40 0v-8'),
    line('M22 108v-8c0-16 16-24 38-24s38 8 38 24v8'),
    crossedOut,
  ],
  condomDate: [
    line(
      'M28 18h64l-5 7 5 7-5 7 5 7-5 7 5 7-5 7 5 7-5 7 5 7-5 7 5 7H28l5-7-5-7 5-7-5-7 5-7-5-7 5-7-5-7 5-7-5-7 5-7z',
    ),
    thick('M46 60l10 11 20-23'),
  ],
  condomOpen: [
    line('M20 44h56l-6 8 6 8-6 8 6 8-6 8 6 8-6 10H20z'),
    line('M84 44h18M84 44l6 8-6 8 6 8-6 8'),
    line('M58 30c8-14 26-14 36-4M84 30l10-4-2-11'),
  ],
  condomTip: [sheath(78), rim(82, 24), line('M10 30l32 2M10 18l30 8M110 30l-32 2M110 18l-30 8')],
  condomRoll: [sheath(66), rim(70, 24), line('M46 80v26M74 80v26'), downwards(20), downwards(100)],
  condomHold: [sheath(92), rim(96, 22), line('M8 100h26M112 100H86'), upwards(22), upwards(98)],
  condomBin: [
    line('M28 46h64M36 46l6 60h36l6-60M50 46V36h20v10'),
    line('M54 62l2 30M66 62l-2 30'),
    line('M60 6v18M53 16l7 9 7-9'),
  ],
  condomLubricant: [
    line('M60 14c16 22 28 36 28 54a28 28 0 0 1-56 0c0-18 12-32 28-54z'),
    line('M46 68a14 14 0 0 0 14 14'),
  ],
} as const satisfies Record<string, readonly Stroke[]>

export type PictureName = keyof typeof pictures
