// The first start of a desk: a programme made in the window, whose desk dies in the middle; a second desk that joins it;
// and the desk begun anew from the recovery sheet.
//
// node tests/ui/first.mjs --bridge PROGRAM --ui-dist DIR --desk-dir DIR --screenshots DIR

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { startBridge } from './bridge.mjs'
import { clipped } from './measure.mjs'
import { play, readArguments } from './stage.mjs'
import { wordsIn } from './words.mjs'

const given = readArguments(['bridge', 'ui-dist', 'desk-dir', 'screenshots'])
const home = path.join(given['desk-dir'], '..', 'first-start')
const PASSPHRASE = 'cinque parole scelte davvero caso'
const SECOND = 'altre parole della seconda persona'
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1360, height: 900 },
]
const processes = []

class First {
  constructor(stage, page, bridge, folder) {
    Object.assign(this, { stage, page, bridge, folder, t: wordsIn('it') })
  }

  core(name, args) {
    return this.stage.core(this.page, name, args)
  }

  button(key, args) {
    return this.page.getByRole('button', { name: this.t(key, args), exact: true })
  }

  field(key, args) {
    return this.page.getByLabel(this.t(key, args), { exact: true })
  }

  heading(key) {
    return this.page.getByRole('heading', { name: this.t(key), level: 1 })
  }

  async secret(label, secret) {
    await this.field(label).fill(secret)
    await this.field('found-pass-again').fill(secret)
  }

  /** The place as it is, in both languages and sizes: nothing is cut off, nothing hard to use. */
  async look(name) {
    for (const [language, press] of [
      ['en', 'set-language-en'],
      ['it', 'set-language-it'],
    ]) {
      await this.page.getByRole('button', { name: this.t(press), exact: true }).click()
      this.t = wordsIn(language)
      await this.page.locator(`html[lang=${language}]`).waitFor()
      for (const size of SIZES) {
        await this.page.setViewportSize(size)
        const label = `first-${name}-${language}-${size.width}`
        await this.stage.picture(this.page, label)
        await this.stage.measure(`${label}: nothing is cut off`, async () => {
          const found = await this.page.evaluate(clipped)
          if (found.length > 0) throw new Error(found.join('\n'))
        })
      }
    }
    await this.stage.accessible(this.page, name)
  }
}

try {
  await play(given.screenshots, flow)
} finally {
  for (const process of processes) process.kill()
}

async function flow(stage) {
  const site = await prepareServer()
  let at = await open(stage, 'first', 'prima')
  await doors(at)
  await keys(at)
  await programme(at)
  at = await dies(stage, at)
  await server(at, site)
  const words = await sheet(at)
  await lists(at)
  await publish(at, site)
  const other = await join(stage, at)
  await again(stage, site, words)
  await stage.quiet()
  await other.page.close()
}

/** A desk on a computer with nothing on it. */
async function open(stage, folder, name) {
  const bridge = await startBridge(given, 'desk', path.join(home, folder))
  processes.push(bridge.process)
  const page = await stage.desk(name, bridge.url)
  return new First(stage, page, bridge, folder)
}

async function doors(at) {
  await at.stage.see('an empty computer offers three ways', at.heading('found-doors'))
  await at.look('vie')
  await at.page.getByRole('button', { name: new RegExp(`^${at.t('found-new')}`) }).click()
}

async function keys(at) {
  await at.field('found-pass').fill('dodici lettere')
  await at.stage.see('its strength is said', at.page.getByText(at.t('found-pass-fair')))
  await at.secret('found-pass', PASSPHRASE)
  await at.stage.see('a better one is called strong', at.page.getByText(at.t('found-pass-good')))
  await at.look('frase')
  await at.button('found-pass-make').click()
  await at.stage.see('with the passphrase the keys are there', at.heading('found-prog-title'))
}

async function programme(at) {
  await at.field('found-prog-name').fill('Strada sicura')
  await at.field('found-prog-orgs').fill('Associazione\nCooperativa')
  await at.page.getByLabel(at.t('found-prog-unit')).fill('bs-u1')
  await at.look('progetto')
  await at.button('found-next').click()
  await at.stage.see('the server is next', at.heading('found-server-title'))
}

/** The machine loses its power: everything said is there, behind the passphrase. */
async function dies(stage, at) {
  const ended = once(at.bridge.process, 'exit')
  at.bridge.process.kill('SIGKILL')
  await ended
  await at.page.close()
  const next = await open(stage, at.folder, 'dopo')
  await next.page.getByLabel(next.t('access-passphrase')).fill(PASSPHRASE)
  await next.button('access-enter').click()
  await stage.see('killed in the middle, it goes on at the same step', next.heading('found-server-title'))
  const { name, orgs, unit } = await next.core('founding', {})
  await stage.check('and nothing of it is lost', () => name === 'Strada sicura' && orgs.length === 2 && unit === 'BS-U1')
  return next
}

async function server(at, site) {
  await at.field('found-server-paste').fill('buongiorno')
  await at.button('found-server-check').click()
  await at.stage.see('what is no address is said to be none', at.page.getByText(at.t('found-server-unread')))
  await at.field('found-server-paste').fill(`${site.url}\n${site.key}\n`)
  await at.button('found-server-check').click()
  await at.stage.see('a server that does not answer is kept', at.page.getByText(at.t('found-server-away')))
  await at.look('server-muto')
  site.start((await at.core('founding', {})).lines)
  await site.listens()
  await at.button('found-end-again').click()
  await at.button('found-server-check').click()
  await at.stage.see('once it answers, it is said', at.page.getByText(at.t('found-server-there', { server: site.url })))
  await at.look('server')
  await at.button('found-next').click()
}

/** The sheet, printed; then three words of it. Gives all. */
async function sheet(at) {
  const { page, stage } = at
  await stage.see('the recovery sheet is shown', at.heading('found-sheet-title'))
  await at.look('foglio')
  const words = await page.locator('article li').evaluateAll((items) => items.map((item) => item.lastChild.textContent))
  await stage.check('with 24 words', () => words.length === 24)
  await page.pdf({ path: path.join(given.screenshots, 'first-foglio.pdf'), preferCSSPageSize: true })
  await at.button('found-sheet-have').click()
  await stage.see('three of them are asked for', at.heading('found-sheet-ask'))
  const kept = await page.evaluate((all) => all.filter((word) => document.documentElement.outerHTML.includes(word)), words)
  await stage.check('and none is left on the page', () => kept.length === 0)
  const places = (await at.core('recovery_sheet', {})).places
  for (const place of places) await at.field('found-sheet-word', { n: place }).fill('ABACO')
  await at.button('found-sheet-check').click()
  await stage.see('wrong words lose nothing', page.getByText(at.t('found-sheet-wrong')))
  await at.look('parole')
  for (const place of places) await at.field('found-sheet-word', { n: place }).fill(words[place - 1].toLowerCase())
  await at.button('found-sheet-check').click()
  return words
}

async function lists(at) {
  await at.stage.see('zones and team are next', at.heading('found-lists-title'))
  await at.field('found-lists-zone').fill('Via Milano')
  await at.field('found-lists-expected').fill('3')
  await at.field('found-lists-crew').fill('a1 b2')
  await at.button('found-next').click()
  await at.stage.see('a street, and a zone of three, are refused', at.page.getByText(at.t('found-lists-faults')))
  await at.look('zone-rifiutate')
  await at.field('found-lists-zone').fill('Ovest')
  await at.field('found-lists-expected').fill('6')
  await at.button('found-lists-add').click()
  await at.field('found-lists-zone').nth(1).fill('Stazione')
  await at.field('found-lists-phone').fill('030 123456')
  await at.look('zone')
  await at.button('found-next').click()
}

async function publish(at, site) {
  await at.stage.see('the last step', at.heading('found-end-title'))
  await at.look('invio')
  await site.stop()
  await at.button('found-end-send').click()
  await at.stage.see('a server that is gone is no reason to stop', at.button('found-end-later'))
  site.start((await at.core('founding', {})).lines)
  await site.listens()
  await at.button('found-end-again').click()
  await at.stage.see('it ends on the devices', at.page.getByRole('heading', { name: at.t('devices-title'), level: 1 }))
  await at.stage.see('with the invitation of the first phone', at.button('devices-add-draw'))
  await at.stage.picture(at.page, 'first-dispositivi')
}

/** A second computer, by ten characters and six words. */
async function join(stage, at) {
  await at.page.getByLabel(at.t('devices-add-role')).selectOption('admin')
  await at.page.getByLabel(at.t('devices-add-typed')).check()
  await at.button('devices-add-draw').click()
  const spoken = (await at.page.locator('.spoken').innerText()).trim()
  const address = (await at.page.locator('b.long').innerText()).trim()
  const other = await open(stage, 'second', 'seconda')
  await other.page.getByRole('button', { name: new RegExp(`^${other.t('found-join')}`) }).click()
  await other.look('unisciti')
  await other.field('found-join-server').fill(address)
  await other.field('found-join-code').fill(spoken)
  await other.secret('found-again-pass', SECOND)
  await other.button('found-join-go').click()
  await stage.see('six words to compare', other.heading('found-join-words'))
  await other.look('sei-parole')
  const words = await other.page.locator('form ol li').allInnerTexts()
  await at.button('devices-add-look').click()
  await at.button('devices-add-same').waitFor()
  const shown = await at.page.locator('.waiting ol li').allInnerTexts()
  await stage.check('the same on both screens', () => words.length === 6 && words.join() === shown.join())
  await other.button('found-join-same').click()
  await at.button('devices-add-same').click()
  await other.page.getByRole('navigation').getByRole('link').first().waitFor()
  await stage.check('the second desk is open', async () => (await other.core('status', {})).state === 'open')
  await stage.check('and signs', async () => (await other.core('devices', {})).may_sign)
  await stage.picture(other.page, 'first-seconda')
  return other
}

/** A third computer: the words, and a copy of the server. */
async function again(stage, site, words) {
  const copies = path.join(home, 'copies')
  mkdirSync(copies, { recursive: true })
  for (const name of ['mailbox.db', 'mailbox.db-wal']) {
    const source = path.join(site.folder, name)
    if (existsSync(source)) cpSync(source, path.join(copies, name))
  }
  const at = await open(stage, 'again', 'ripresa')
  await at.page.getByRole('button', { name: new RegExp(`^${at.t('found-again')}`) }).click()
  await at.field('found-again-words').fill(['QWERTY', ...words.slice(1)].join(' '))
  await at.page.getByLabel(at.t('found-again-folder')).fill(copies)
  await at.secret('found-again-pass', SECOND)
  await at.look('riprendi')
  await at.button('found-again-go').click()
  await stage.see('a wrong word is named by its place', at.page.getByText(at.t('found-again-word', { n: 1 })))
  await at.field('found-again-words').fill(words.join(' '))
  await at.button('found-again-go').click()
  await at.button('found-again-on').waitFor()
  await at.look('riprese')
  await at.button('found-again-on').click()
  await stage.see('the copies do not say where the server is', at.heading('found-server-title'))
  await at.field('found-server-paste').fill(`${site.url} ${site.key}`)
  await at.button('found-server-check').click()
  await at.button('found-next').click()
  await at.heading('found-sheet-title').waitFor()
  await stage.see('the new sheet says what it follows', at.page.getByText(at.t('found-sheet-follows')))
  const sheet = await at.core('recovery_sheet', {})
  await at.button('found-sheet-have').click()
  for (const place of sheet.places) await at.field('found-sheet-word', { n: place }).fill(sheet.words[place - 1])
  await at.button('found-sheet-check').click()
  await at.heading('found-end-title').waitFor()
  await at.look('ripresa-invio')
  await at.button('found-end-send').click()
  await stage.see('and it goes on', at.page.getByRole('heading', { name: at.t('devices-title'), level: 1 }))
  await stage.check('with the desks of before on the list', async () => (await at.core('devices', {})).devices.length === 3)
}

/** A server whose settings wait for the programme's lines. */
async function prepareServer() {
  const program = path.join(path.dirname(given.bridge), 'uscita-server')
  const folder = path.join(home, 'server')
  mkdirSync(folder, { recursive: true })
  const key = spawnSync(program, ['init', '--data', folder]).stdout.toString().trim().split('\n')[0]
  const port = await freePort()
  let running
  return {
    key,
    folder,
    url: `http://127.0.0.1:${port}`,
    start({ admin_key, programme }) {
      const settings = ['--listen', `127.0.0.1:${port}`, `--admin-key=${admin_key}`, '--programme', programme]
      running = spawn(program, ['serve', '--data', folder, ...settings], { stdio: ['ignore', 'pipe', 'ignore'] })
      processes.push(running)
    },
    async listens() {
      await once(running.stdout, 'data')
    },
    async stop() {
      const ended = once(running, 'exit')
      running.kill()
      await ended
    },
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
