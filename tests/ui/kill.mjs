// The phone dies in the middle of a card: everything saved is there again, and the card with all that was chosen.
//
// node tests/ui/kill.mjs --bridge PROGRAM --ui-dist DIR --lead-dir DIR --lead-secret PIN --screenshots DIR

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Phone } from './phone.mjs'
import { play, readArguments } from './stage.mjs'

const given = readArguments(['bridge', 'ui-dist', 'lead-dir', 'lead-secret', 'screenshots'])

await play(given.screenshots, async (stage) => {
  const first = await start()
  const phone = await open(stage, first, 'before')
  await phone.startNight({ zones: [0, 1] })
  await phone.threeTaps('Trans, già nota', 'Trans')
  await phone.tap('Donna, già nota')
  await phone.kit('Doppio').click()
  await phone.tap('Aggiungi dettagli, se vuoi')
  await phone.choice('Età stimata', '25–34').click()
  await stage.check('before: the core has the card with what was chosen', () => holds(stage, phone))
  await stage.check('before: the phone dies without a word', async () => {
    const ended = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    const [, signal] = await ended
    return signal === 'SIGKILL'
  })
  await phone.page.close()
  const second = await start()
  try {
    await after(stage, second)
  } finally {
    second.process.kill()
  }
})

async function after(stage, bridge) {
  const phone = await open(stage, bridge, 'after')
  await stage.see('after: the night is open, on Contatti', phone.button('Donna, già nota'))
  await phone.counts(1)
  await phone.says('the card is named, and not called saved', 'Scheda non salvata')
  await phone.tap('Riprendi')
  await stage.check('after: one tap brings the kit back', () => chosen(phone.kit('Doppio')))
  await phone.tap('Aggiungi dettagli, se vuoi')
  await stage.check('after: and the details', () => chosen(phone.choice('Età stimata', '25–34')))
  await phone.tap('Salva')
  await phone.counts(2)
  await stage.check('after: nothing waits any more', async () => {
    const { view } = await stage.core(phone.page, 'tonight', {})
    return view.card === null && view.persons === 2
  })
}

/** A bridge of this flow's own, to kill. */
async function start() {
  const options = ['--role', 'phone', '--data-dir', given['lead-dir'], '--ui-dist', given['ui-dist']]
  const bridge = spawn(given.bridge, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: bridge.stdout }), 'line')
  return { process: bridge, url: JSON.parse(line).url }
}

async function open(stage, bridge, name) {
  const phone = new Phone(stage, await stage.phone(name, bridge.url), name, given['lead-secret'])
  await phone.unlock()
  return phone
}

/** The card is written a moment after the last tap. */
async function holds(stage, phone) {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const { view } = await stage.core(phone.page, 'tonight', {})
    const { fill } = view.card ?? {}
    if (fill?.details.age_band === '25_34') return
  }
  throw new Error('it does not')
}

async function chosen(radio) {
  await radio.waitFor()
  return (await radio.getAttribute('aria-checked')) === 'true'
}
