// What every browser flow needs: Chromium, pages on the bridges, counted checks, screenshots.
// Nothing sleeps: a check waits until it holds, or fails at its deadline.

import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(path.join(here, '../../ui/package.json'))
const { chromium } = require('playwright-core')
const axeSource = require.resolve('axe-core/axe.min.js')

/** How long a check may take until it holds, in milliseconds: only what never holds takes so long. */
export const DEADLINE_MS = 60_000

/** Reads `--name value` pairs; every name of `wanted` must be there. */
export function readArguments(wanted) {
  const values = {}
  const words = process.argv.slice(2)
  for (let at = 0; at < words.length; at += 2) values[words[at].replace(/^--/, '')] = words[at + 1]
  for (const name of wanted) if (!values[name]) throw new Error(`--${name} is missing`)
  return values
}

/** What a flow of two phones and the desk is told, and `more`. */
export function readSeats(...more) {
  const seats = ['lead', 'lead-secret', 'lead-review-secret', 'member', 'member-secret', 'desk', 'desk-secret']
  return readArguments([...seats, 'screenshots', ...more])
}

/** Runs a flow, prints what was checked, and ends with one line that counts; `more` are arguments of the browser. */
export async function play(screenshots, flow, more = []) {
  mkdirSync(screenshots, { recursive: true })
  // Chromium refuses its own sandbox to root, as in a container; and there shared memory is too small for it.
  const own = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...own, ...more],
  })
  const stage = new Stage(browser, screenshots)
  let failure
  try {
    await flow(stage)
  } catch (error) {
    failure = error
    stage.failed += 1
    console.log(`FAILED ${stage.at}`)
    console.log(error instanceof Error ? error.stack : String(error))
    await stage.keepEvidence()
  } finally {
    await browser.close()
  }
  console.log(JSON.stringify({ passed: stage.passed, failed: stage.failed }))
  process.exitCode = failure || stage.failed > 0 ? 1 : 0
}

class Stage {
  passed = 0
  failed = 0
  at = 'start'
  #pages = new Map()
  #browser
  #screenshots
  #problems = []

  constructor(browser, screenshots) {
    this.#browser = browser
    this.#screenshots = screenshots
  }

  /** Opens the phone of a bridge: 390 × 844, touch, Italian; `before` runs in the page before its own scripts. */
  phone(name, url, before) {
    const device = {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    }
    return this.#open(name, url, device, before)
  }

  /** Opens the desk of a bridge: 1360 × 900. */
  desk(name, url) {
    return this.#open(name, url, { viewport: { width: 1360, height: 900 } })
  }

  /** An empty page of no bridge, for work on pictures. */
  blank() {
    return this.#browser.newPage()
  }

  async #open(name, url, device, before) {
    const context = await this.#browser.newContext({
      ...device,
      locale: 'it-IT',
      timezoneId: 'Europe/Rome',
    })
    context.setDefaultTimeout(DEADLINE_MS)
    // As an initial script, because the policy of the page lets no other script in.
    await context.addInitScript({ path: axeSource })
    if (before) await context.addInitScript(before)
    const page = await context.newPage()
    this.#pages.set(name, page)
    page.on('pageerror', (error) => this.#problems.push(`${name}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`${name}: ${message.text()}`)
    })
    await page.goto(url)
    return page
  }

  /** Checks one statement: `holds` waits until it is true, or throws. */
  async check(statement, holds) {
    this.at = statement
    const outcome = await holds()
    if (outcome === false) throw new Error(`does not hold: ${statement}`)
    this.passed += 1
    console.log(`  ${statement}`)
  }

  /** Checks one statement on which nothing else depends: when it does not hold, the flow goes on and still fails. */
  async measure(statement, holds) {
    try {
      await this.check(statement, holds)
    } catch (error) {
      this.failed += 1
      console.log(`FAILED ${statement}\n${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** Checks that an element is there to see. */
  see(statement, locator) {
    return this.check(statement, () => locator.first().waitFor({ state: 'visible' }))
  }

  /** Checks that an element has gone. */
  gone(statement, locator) {
    return this.check(statement, () => locator.first().waitFor({ state: 'hidden' }))
  }

  /** Asks the core behind a page, as its screens do. */
  core(page, name, args) {
    return page.evaluate((command) => globalThis.__TAURI_INTERNALS__.invoke('core', { command }), {
      name,
      args,
    })
  }

  /** Keeps a picture of a page. */
  async picture(page, name) {
    await page.screenshot({
      path: path.join(this.#screenshots, `${name}.png`),
    })
  }

  /** Checks with axe-core that a screen has no fault of accessibility; `enhanced` asks for a contrast of 7:1. */
  async accessible(page, screen, enhanced = false) {
    await this.measure(`${screen}: no accessibility fault`, async () => {
      const faults = await page.evaluate(async (enabled) => {
        const rules = { 'color-contrast-enhanced': { enabled } }
        const { violations } = await globalThis.axe.run(document, { rules })
        return violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.target).join(' ')}`)
      }, enhanced)
      if (faults.length > 0) throw new Error(faults.join('\n'))
    })
  }

  /** Checks that no page has complained: no script error, nothing refused by the policy. */
  quiet() {
    return this.check('no page has reported an error', () => {
      if (this.#problems.length > 0) throw new Error(this.#problems.join('\n'))
    })
  }

  async keepEvidence() {
    for (const [name, page] of this.#pages) {
      if (page.isClosed()) continue
      await page.screenshot({
        path: path.join(this.#screenshots, `failed-${name}.png`),
      })
      console.log(`--- ${name}: ${page.url()}\n${await page.locator('body').ariaSnapshot()}`)
    }
    for (const problem of this.#problems) console.log(`problem ${problem}`)
  }
}
