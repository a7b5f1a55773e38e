// The phone dies in the middle of a card and of its referral: everything saved is there again, and both with all that was
// chosen. Then it is hidden, and nothing of the night stays in the window's memory.
//
// node tests/ui/kill.mjs --bridge PROGRAM --ui-dist DIR --lead-dir DIR --lead-secret PIN --screenshots DIR

import { once } from 'node:events'
import { startBridge } from './bridge.mjs'
import { Phone } from './phone.mjs'
import { DEADLINE_MS, play, readArguments } from './stage.mjs'

const given = readArguments(['bridge', 'ui-dist', 'lead-dir', 'lead-secret', 'screenshots'])

await play(given.screenshots, async (stage) => {
  const first = await startBridge(given, 'phone', given['lead-dir'])
  const phone = await open(stage, first, 'before')
  await phone.startNight({ zones: [0, 1] })
  await phone.threeTaps('Trans, già nota', 'Trans')
  await phone.tap('Donna, già nota')
  await phone.kit('Doppio').click()
  await phone.tap('Aggiungi dettagli, se vuoi')
  await phone.choice('Età stimata', '25–34').click()
  await stage.check('before: the core has the card with what was chosen', () => holds(stage, phone))
  await phone.row('Apri un invio').click()
  await phone.choices('Dove').first().click()
  await phone.choice('Consenso a trasmettere', 'Scritto').click()
  await stage.check('before: the core has the referral with what was chosen', () =>
    holdsReferral(stage, phone),
  )
  await stage.check('before: the phone dies without a word', async () => {
    const ended = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    const [, signal] = await ended
    return signal === 'SIGKILL'
  })
  await phone.page.close()
  const second = await startBridge(given, 'phone', given['lead-dir'])
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
  await phone.says('the referral is named, and not called saved', 'Invio non salvato')
  await phone.tap('Riprendi')
  await stage.check('after: one tap brings the referral back', () =>
    becomesChosen(phone.choices('Dove').first()),
  )
  await stage.check('after: with every answer', () =>
    becomesChosen(phone.choice('Consenso a trasmettere', 'Scritto')),
  )
  await phone.tap('Salva')
  await stage.check('after: its card lies under it, with the kit', () => chosen(phone.kit('Doppio')))
  await phone.tap('Aggiungi dettagli, se vuoi')
  await stage.check('after: and the details', () => chosen(phone.choice('Età stimata', '25–34')))
  await phone.tap('Salva')
  await phone.counts(2)
  await stage.check('after: nothing waits any more', async () => {
    const { view } = await stage.core(phone.page, 'tonight', {})
    return view.card === null && view.referral === null && view.persons === 2
  })
  await correct(phone)
  await leaveHalf(phone)
  await leavesNothing(stage, phone)
  await followsTheCore(stage, phone)
}

/** Whoever opened the referral corrects it; what happened since stays. */
async function correct(phone) {
  await phone.row('Altro').click()
  await phone.row('Invii').click()
  await phone.page.getByRole('listitem').getByRole('button').first().click()
  await phone.tap('Correggi l’invio')
  await phone.choice('Quando', 'Subito').click()
  await phone.tap('Salva')
  await phone.page.getByRole('heading', { name: 'Percorso' }).waitFor()
  await phone.says('a referral of tonight is corrected', /^Subito$/)
  await phone.tap('Indietro')
  await phone.tap('Indietro')
  await phone.tap('Torna ai contatti')
}

/** A referral that is left half-filled is named on the home screen, and waits in *Da completare* until it is left. */
async function leaveHalf(phone) {
  await phone.row('Altro').click()
  await phone.row('Invii').click()
  await phone.tap('Nuovo invio')
  await phone.choices('Dove').nth(1).click()
  await phone.tap('Indietro')
  await phone.tap('Indietro')
  await phone.tap('Torna ai contatti')
  await phone.says('a referral that was left half-filled waits', 'Invio non salvato')
  await phone.row('Altro').click()
  await phone.row('Da completare').click()
  await phone.tap('Lascia stare')
  await phone.says('and can be let go', 'Lasciata')
  await phone.tap('Indietro')
  await phone.tap('Torna ai contatti')
}

/** *Nascondi* leaves no id of the night in the heap of the page. */
async function leavesNothing(stage, phone) {
  const view = await markedNight(stage, phone)
  await phone.tap('Nascondi')
  await holdsNothing(stage, phone, view, 'after Nascondi')
}

/** A phone that slept is locked by its core. The next tap shows it, and the night is there again after the code. */
async function followsTheCore(stage, phone) {
  await phone.unlock()
  await phone.counts(2)
  const view = await markedNight(stage, phone)
  await stage.check('after: the core locks by itself once the phone has slept', () =>
    phone.page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch('/__sleep', { method: 'POST', headers, body: '600' })).status === 204
    }),
  )
  await phone.tap('Donna, già nota')
  await holdsNothing(stage, phone, view, 'after the core locked')
  await phone.unlock()
  await phone.counts(2)
}

/** The night as the core tells it, on a page that can be known again. */
async function markedNight(stage, phone) {
  const { view } = await stage.core(phone.page, 'tonight', {})
  await phone.page.evaluate(() => (globalThis.isOfTheNight = true))
  return view
}

/** The lock stands on a page that never held a night. */
async function holdsNothing(stage, phone, view, when) {
  await phone.button('Codice dimenticato').waitFor()
  await stage.check(
    `${when}: the page is another than the one of the night`,
    async () => !(await phone.page.evaluate(() => 'isOfTheNight' in globalThis)),
  )
  await stage.check(`${when}: nothing of the night stays in the memory of the window`, async () => {
    const heap = await snapshot(phone.page)
    if (!heap.includes('Codice dimenticato')) throw new Error('it is not the heap of the page')
    for (const [what, id] of Object.entries({ outing: view.outing_id, save: view.last.operation })) {
      if (heap.includes(id)) throw new Error(`the id of the ${what} is still there`)
    }
  })
}

/** Everything that JavaScript still holds, as the browser's own tools write it down. */
async function snapshot(page) {
  const tools = await page.context().newCDPSession(page)
  const parts = []
  tools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk))
  await tools.send('HeapProfiler.collectGarbage')
  await tools.send('HeapProfiler.takeHeapSnapshot')
  await tools.detach()
  return parts.join('')
}

/** A bridge of this flow's own, to kill. */
async function open(stage, bridge, name) {
  const phone = new Phone(stage, await stage.phone(name, bridge.url), name, given['lead-secret'])
  await phone.unlock()
  return phone
}

/** The referral is written with each tap. */
async function holdsReferral(stage, phone) {
  const deadline = Date.now() + DEADLINE_MS
  while (Date.now() < deadline) {
    const { view } = await stage.core(phone.page, 'tonight', {})
    const { card } = view.card
    const [begun] = await stage.core(phone.page, 'resume_referral', { draft: null, card })
    if (begun?.fill.consent === 'written' && begun.fill.service_type !== null) return
  }
  throw new Error('it does not')
}

/** The card is written a moment after the last tap. */
async function holds(stage, phone) {
  const deadline = Date.now() + DEADLINE_MS
  while (Date.now() < deadline) {
    const { view } = await stage.core(phone.page, 'tonight', {})
    const { fill } = view.card ?? {}
    if (fill?.details.age_band === '25_34') return
  }
  throw new Error('it does not')
}

/** What the core is still asked for is there in a moment. */
function becomesChosen(radio) {
  return radio.and(radio.page().locator('[aria-checked="true"]')).waitFor()
}

async function chosen(radio) {
  await radio.waitFor()
  return (await radio.getAttribute('aria-checked')) === 'true'
}
