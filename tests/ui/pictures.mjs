// Pictures of every screen in both themes and both languages, each on its own and all on one sheet, for the guide.
//
// node tests/ui/pictures.mjs --lead URL --lead-secret PIN --lead-review-secret PIN --member URL --member-secret PIN
//                            --desk URL --desk-secret PASSPHRASE --screenshots DIR --pictures DIR

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { deskPages, DeskWalker } from './desk.mjs'
import { beginEvening, endEvening, playPartner } from './evening.mjs'
import { small } from './png.mjs'
import { Phone } from './phone.mjs'
import { play, readSeats } from './stage.mjs'
import { AFTER, ANYTIME, LOCKED, NIGHT, START, walk, Walker } from './walk.mjs'

const given = readSeats('pictures')

const THEMES = { night: 'notte', day: 'giorno' }
const LANGUAGES = ['it', 'en']
/** Pictures side by side on a sheet, and how wide each is there, in pixels. */
const COLUMNS = 6
const WIDTH = 260

/** All pictures taken, by sheet. */
class Album {
  #blank
  #sheets = new Map()

  constructor(blank) {
    this.#blank = blank
  }

  async keep(page, sheet, name) {
    const png = await page.screenshot()
    const pictures = this.#sheets.get(sheet) ?? []
    pictures.push({ name, png: png.toString('base64') })
    this.#sheets.set(sheet, pictures)
    writeFileSync(path.join(given.pictures, `${sheet}-${name}.png`), await small(this.#blank, png))
  }

  async sheets() {
    const wanted = Math.max(...[...this.#sheets.values()].map((pictures) => pictures.length))
    for (const [sheet, pictures] of this.#sheets) {
      if (pictures.length < wanted && !sheet.startsWith('sportello'))
        throw new Error(`${sheet}: ${pictures.length} of ${wanted}`)
      await this.#blank.setContent(contactSheet(pictures))
      const png = await this.#blank.screenshot({ fullPage: true })
      writeFileSync(path.join(given.pictures, `${sheet}.png`), await small(this.#blank, png))
    }
  }
}

await play(given.screenshots, async (stage) => {
  mkdirSync(given.pictures, { recursive: true })
  const album = new Album(await stage.blank())
  const page = await stage.phone('lead', given.lead)
  const at = new Walker(stage, page, {
    secret: given['lead-secret'],
    reviewSecret: given['lead-review-secret'],
  })
  const lead = new Phone(stage, page, 'lead', given['lead-secret'])
  await walkAll(stage, at, LOCKED, album)
  await at.wear({})
  await walkAll(stage, at, START, album)
  await at.wear({})
  const code = await beginEvening(lead)
  const member = new Phone(stage, await stage.phone('member', given.member), 'member', given['member-secret'])
  await playPartner(member, code)
  await walkAll(stage, at, NIGHT, album)
  await at.wear({})
  await endEvening(lead, member)
  await walkAll(stage, at, [...AFTER, ...ANYTIME], album)
  const desk = new DeskWalker(stage, await stage.desk('desk', given.desk), given['desk-secret'])
  for (const language of LANGUAGES) {
    await desk.speak(language)
    for (const screen of deskPages) {
      await screen.reach(desk)
      await album.keep(desk.page, `sportello-${language}`, screen.name)
    }
  }
  await stage.check('every screen has its picture in both themes and both languages', () => album.sheets())
})

async function walkAll(stage, at, screens, album) {
  for (const [theme, folder] of Object.entries(THEMES)) {
    for (const language of LANGUAGES) {
      await walk(at, { theme, language }, screens, async ({ name }) => {
        await stage.check(`${folder}-${language}: ${name}`, () =>
          album.keep(at.page, `${folder}-${language}`, name),
        )
      })
    }
  }
}

function contactSheet(pictures) {
  const figures = pictures.map(
    ({ name, png }) =>
      `<figure><img width="${WIDTH}" src="data:image/png;base64,${png}"><figcaption>${name}</figcaption></figure>`,
  )
  return `<!doctype html><style>
    body { margin: 0; padding: 16px; background: #808080; width: ${COLUMNS * (WIDTH + 16)}px; display: flex; flex-wrap: wrap; gap: 16px }
    figure { margin: 0 } figcaption { font: 16px sans-serif; color: #fff }
  </style>${figures.join('')}`
}
