// Every screen of the phone and of the desk, one after the other: accessibility, contrast, sizes, keyboard, discretion.
//
// node tests/ui/screens.mjs --lead URL --lead-secret PIN --lead-review-secret PIN --member URL --member-secret PIN
//                           --desk URL --desk-secret PASSPHRASE --screenshots DIR

import { deskPages, DeskWalker } from './desk.mjs'
import { beginEvening, endEvening, playPartner } from './evening.mjs'
import { counters } from './finger.mjs'
import { clipped, focused, left, moving, reachable, targets } from './measure.mjs'
import { Phone } from './phone.mjs'
import { brightest } from './png.mjs'
import { play, readSeats } from './stage.mjs'
import { AFTER, ANYTIME, everyPlaceIsVisited, LOCKED, NIGHT, START, USUAL, walk, Walker } from './walk.mjs'

const given = readSeats()

const TALL = { width: 390, height: 844 }
const SHORT = { width: 360, height: 640 }
const TITLE = 'Uscita'
/** Words that must not stand on a screen that somebody in the street may see (F05). */
const TELLING = /prostitu|\btratta\b|traffick/i

/** Looks a screen is walked through in; the first one is measured most. */
const LOOKS = [
  {},
  { theme: 'day' },
  { language: 'en' },
  { theme: 'day', language: 'en', hand: 'left' },
  { text_size: 'large' },
  { text_size: 'large', hand: 'left', language: 'en' },
]

const sizes = []

await play(given.screenshots, async (stage) => {
  await stage.measure('every place of the phone is visited', () =>
    everyPlaceIsVisited([...LOCKED, ...START, ...NIGHT, ...ANYTIME, ...AFTER]),
  )
  const page = await stage.phone('lead', given.lead, counters)
  const requests = watch(page)
  const at = new Walker(stage, page, {
    secret: given['lead-secret'],
    reviewSecret: given['lead-review-secret'],
  })
  const lead = new Phone(stage, page, 'lead', given['lead-secret'])
  await looks(at, LOCKED)
  await at.wear({})
  await looks(at, START)
  await at.wear({})
  const code = await beginEvening(lead)
  const other = await stage.phone('member', given.member)
  const member = new Phone(stage, other, 'member', given['member-secret'])
  await playPartner(member, code)
  await looks(at, NIGHT)
  await at.wear({})
  await firstPaint(stage, page)
  await nascondi(at)
  await at.wear({})
  await endEvening(lead, member)
  await looks(at, [...AFTER, ...ANYTIME])
  await nothingLeft(stage, 'phone', page, requests, given.lead)
  await desk(stage)
  await stage.quiet()
})

console.log('\nscreen              controls  smallest   closest')
for (const { name, count, smallest, closest } of sizes) {
  console.log(
    `${name.padEnd(20)}${String(count).padStart(8)}  ${smallest.join(' × ').padEnd(9)}  ${closest} px`,
  )
}

/** These screens in every look. */
async function looks(at, screens) {
  for (const look of LOOKS) {
    const isUsual = Object.keys(look).length === 0
    await at.page.setViewportSize(TALL)
    await walk(at, look, screens, async (screen) => {
      await inEveryLook(at, screen)
      if (isUsual) await inTheUsualLook(at, screen)
      if (look.text_size === 'large') await onShortScreen(at, screen)
    })
  }
}

async function inEveryLook(at, { name }) {
  const { page, stage, look } = at
  const where = `${name}, ${look.theme}, ${look.language}, ${look.text_size} text, ${look.hand} hand`
  await stage.accessible(page, where, look.theme === 'night')
  await stage.measure(`${where}: nothing is cut off`, () => none(page.evaluate(clipped)))
  await stage.measure(`${where}: no telling word`, async () => {
    const words = await page.locator('body').innerText()
    const [word] = words.match(TELLING) ?? []
    if (word) throw new Error(word)
  })
  await stage.measure(`${where}: the title says nothing`, async () => (await page.title()) === TITLE)
}

async function inTheUsualLook(at, { name }) {
  const { page, stage } = at
  await stage.measure(`${name}: every target is 64 × 64 px, 12 px from the next`, async () => {
    const { faults, ...measured } = await page.evaluate(targets, { size: 64, gap: 12 })
    sizes.push({ name, ...measured })
    return none(faults)
  })
  await stage.measure(`${name}: nothing moves for who wants no motion`, async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await none(page.evaluate(moving))
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })
  await stage.measure(`${name}: the keyboard reaches everything, in order, and is seen`, () => keyboard(page))
}

async function onShortScreen(at, { name }) {
  const { page, stage, look } = at
  await page.setViewportSize(SHORT)
  await stage.measure(`${name}, 360 × 640, large text, ${look.hand} hand: nothing is cut off`, () =>
    none(page.evaluate(clipped)),
  )
  await page.setViewportSize(TALL)
}

/** Tab from wherever the focus is, once round: everything is met, in the order of the page, and can be seen. */
async function keyboard(page) {
  const wanted = await page.evaluate(reachable)
  const met = []
  for (let press = 0; press < 2 * wanted + 2 && met.length < wanted; press += 1) {
    await page.keyboard.press('Tab')
    const now = await page.evaluate(focused)
    if (now === null || met.some(({ order }) => order === now.order)) continue
    if (!now.seen) throw new Error(`the focus on «${now.label}» cannot be seen`)
    if (!now.onScreen) throw new Error(`«${now.label}» has the focus off the screen`)
    met.push(now)
  }
  const names = met.map(({ label }) => label).join(' → ')
  if (met.length < wanted) throw new Error(`${met.length} of ${wanted}: ${names}`)
  const turns = met.filter(({ order }, at) => at > 0 && order < met[at - 1].order)
  if (turns.length > 1) throw new Error(`not in the order of the page: ${names}`)
}

/** The requests of a page, to tell later whether one went elsewhere. */
function watch(page) {
  const origins = new Set()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  return origins
}

async function nothingLeft(stage, which, page, requests, url) {
  await stage.measure(`${which}: the WebView holds nothing in the end`, () => none(page.evaluate(left)))
  await stage.measure(`${which}: no request has gone anywhere but to the core`, () => {
    const elsewhere = [...requests].filter((origin) => origin !== new URL(url).origin)
    return none(elsewhere)
  })
}

/** What stands there before any script has run: black, and nothing else. */
async function firstPaint(stage, page) {
  const early = await page.context().newPage()
  await early.route('**/*.js', (route) => route.abort())
  await early.goto(given.lead)
  await stage.measure('the first paint is black', async () => {
    const light = await brightest(await stage.blank(), await early.screenshot())
    if (light !== 0) throw new Error(`brightness ${light}`)
  })
  await early.close()
}

/** The very frame after the tap shows nothing of the night. */
async function nascondi(at) {
  await at.row('contact-more').waitFor()
  let frame = null
  await at.page.exposeFunction('__hidden', (shown) => (frame = shown))
  await at.finger.tap(at.button('app-hide'))
  await at.button('lock-forgot').waitFor()
  await at.stage.measure('the frame after Nascondi shows nothing of the night', () => {
    const { ms, words } = frame
    console.log(`    drawn ${ms.toFixed(1)} ms after the tap`)
    if (/Donna|Trans|Uomo|Stanotte|persone|Salvata/.test(words)) throw new Error(words)
  })
  await at.unlock()
}

/** The desk, also at twice the size: half the width. */
async function desk(stage) {
  const page = await stage.desk('desk', given.desk)
  const requests = watch(page)
  const at = new DeskWalker(stage, page, given['desk-secret'])
  for (const language of ['it', 'en']) {
    await at.speak(language)
    for (const screen of deskPages) {
      const where = `desk, ${screen.name}, ${language}`
      await screen.reach(at)
      await stage.accessible(page, where)
      await stage.measure(`${where}: the title says nothing`, async () => (await page.title()) === TITLE)
      await page.setViewportSize({ width: 680, height: 450 })
      await stage.measure(`${where}, 200 %: nothing is cut off`, () => none(page.evaluate(clipped)))
      await page.setViewportSize({ width: 1360, height: 900 })
    }
  }
  await nothingLeft(stage, 'desk', page, requests, given.desk)
}

async function none(faults) {
  const found = await faults
  if (found.length > 0) throw new Error(found.join('\n'))
}
