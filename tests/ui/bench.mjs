// How long the phone lets somebody wait, with Chromium's processor slowed six times: from the OK after the PIN to
// the contact screen, and from a tap to what it shows. Real touches; a time ends when the frame that shows the answer
// has been drawn. Nothing is asserted, one JSON object is printed.
//
// node tests/ui/bench.mjs --url URL --pin PIN [--rounds 25]

import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments } from './stage.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const { chromium } = createRequire(path.join(here, '../../ui/package.json'))('playwright-core')

const SLOWED = 6
const UNLOCKS = 9
const DEADLINE_MS = 20_000

const given = readArguments(['url', 'pin'])
const rounds = Number(given.rounds ?? 25)

/** In the page: waits for the next touch and then for what it should bring; gives the milliseconds between. */
function measure({ appears, gone, says, deadline }) {
  return new Promise((resolve, reject) => {
    let began = null
    const shown = () => {
      const isSeen = (selector) => [...document.querySelectorAll(selector)].some((it) => it.checkVisibility())
      if (gone !== undefined && isSeen(gone)) return false
      if (appears !== undefined && !isSeen(appears)) return false
      return says === undefined || document.body.textContent.includes(says)
    }
    const onTouch = (event) => (began ??= event.timeStamp)
    const stop = () => {
      observer.disconnect()
      clearTimeout(timer)
      removeEventListener('pointerdown', onTouch, true)
    }
    const look = () => {
      if (began === null || !shown()) return
      stop()
      // After the frame that shows it: a task that the frame itself sets off.
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          const ms = performance.now() - began
          // The page of a night that is hidden goes before it can answer.
          globalThis.took(ms)
          resolve(ms)
        }
        channel.port2.postMessage(null)
      })
    }
    const observer = new MutationObserver(look)
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`nothing came: ${appears ?? ''} ${says ?? ''}`))
    }, deadline)
    addEventListener('pointerdown', onTouch, true)
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Chromium refuses its own sandbox to root, as in a container.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  process.stdout.write(`${JSON.stringify(await bench())}\n`)
} finally {
  await browser.close()
}

async function bench() {
  const device = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  }
  const context = await browser.newContext({
    ...device,
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
  })
  context.setDefaultTimeout(DEADLINE_MS)
  const page = await context.newPage()
  const chrome = await context.newCDPSession(page)
  await chrome.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  let took = () => undefined
  await page.exposeFunction('took', (ms) => took(ms))
  await page.goto(given.url)
  const digit = (name) => page.getByRole('button', { name, exact: true })
  await digit('1').waitFor()
  const start = await page.evaluate(() => performance.now())

  const times = {
    unlock: [],
    tile: [],
    kit: [],
    save: [],
    zone: [],
    undo: [],
    hide: [],
  }
  const timed = async (kind, locator, answer) => {
    const told = new Promise((resolve) => (took = resolve))
    const answered = page.evaluate(measure, {
      ...answer,
      deadline: DEADLINE_MS,
    })
    const arrives = Promise.race([
      told,
      answered.catch((error) => (kind === 'hide' ? told : Promise.reject(error))),
    ])
    // Never without somebody to hear it: the tap itself may fail first.
    arrives.catch(() => undefined)
    const box = await locator.first().boundingBox()
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    times[kind].push(await arrives)
  }

  const tile = () => page.getByRole('button', { name: 'Donna, già nota', exact: true })
  const unlock = async () => {
    for (const name of given.pin) await digit(name).tap()
    await timed('unlock', digit('OK'), { appears: '.tiles' })
  }
  await unlock()
  for (let again = 1; again < UNLOCKS; again += 1) {
    await timed('hide', page.getByRole('button', { name: 'Nascondi', exact: true }), { gone: '.tiles' })
    await digit('1').waitFor()
    await unlock()
  }

  const zones = page.getByRole('radiogroup', { name: 'Zona', exact: true }).getByRole('radio')
  for (let round = 0; round < rounds; round += 1) {
    await timed('tile', tile(), { appears: '[role=radio]', gone: '.tiles' })
    const kit = page.getByRole('radio', { name: /^Base / })
    await timed('kit', kit, { appears: '[role=radio][aria-checked=true]' })
    await timed('save', page.getByRole('button', { name: 'Salva', exact: true }), {
      appears: '.tiles',
      says: 'Salvata',
    })
    await timed('undo', page.getByRole('button', { name: 'Annulla', exact: true }), { says: 'Annullata' })
    const other = zones.and(page.locator('[aria-checked=false]')).first()
    const name = (await other.innerText()).trim()
    await timed('zone', other, { says: `Stanotte, ${name}` })
  }
  await context.close()
  const taps = [...times.tile, ...times.kit, ...times.save, ...times.undo, ...times.zone]
  const kinds = Object.entries(times).map(([kind, list]) => [kind, spread(list)])
  return {
    cpu_slowed: SLOWED,
    app_to_lock_ms: start,
    taps: spread(taps),
    ...Object.fromEntries(kinds),
  }
}

/** Number, middle, and the time that nineteen of twenty do not exceed. */
function spread(list) {
  const sorted = [...list].sort((one, other) => one - other)
  const at = (share) => Math.round(sorted[Math.round((sorted.length - 1) * share)] * 10) / 10
  return { n: sorted.length, p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) }
}
