// The phone under threat, with a forgotten code, and in panic: through the real screens, and nothing saved is lost.
//
// node tests/ui/lost.mjs --lead URL --lead-secret PIN --member URL --member-secret PIN --screenshots DIR

import { Finger } from './finger.mjs'
import { Phone } from './phone.mjs'
import { DEADLINE_MS, play, readArguments } from './stage.mjs'

const given = readArguments(['lead', 'lead-secret', 'member', 'member-secret', 'screenshots'])
const DURESS = '850362'

await play(given.screenshots, async (stage) => {
  const member = await open(stage, 'member')
  await underThreat(stage, member)
  await forgotten(stage, member)
  const lead = await open(stage, 'lead')
  await panic(stage, lead)
  await stage.quiet()
})

/** A night with two contacts on a phone of its own. */
async function open(stage, name) {
  const phone = new Phone(stage, await stage.phone(name, given[name]), name, given[`${name}-secret`])
  await give(phone, phone.pin)
  await phone.startNight({ zones: [0] })
  await phone.threeTaps('Donna, già nota', 'Niente')
  await phone.threeTaps('Trans, già nota', 'Niente')
  await phone.counts(2)
  return phone
}

/** A code on the keypad, of any length. */
async function give(phone, digits) {
  await phone.type(digits)
  await phone.tap('OK')
}

async function underThreat(stage, phone) {
  await phone.row('Altro').first().click()
  await phone.row('Impostazioni').click()
  await phone.row('Sotto minaccia').click()
  await phone.says('it says what the code under threat does not do', 'Non protegge da chi sa già')
  await phone.accessible('Sotto minaccia')
  await phone.picture('member-sotto-minaccia')
  await phone.tap('Imposta')
  await give(phone, phone.pin)
  await phone.page.getByRole('heading', { name: 'Codice sotto minaccia' }).waitFor()
  await give(phone, DURESS)
  await phone.page.getByRole('heading', { name: 'Ripeti il codice', exact: true }).waitFor()
  await give(phone, DURESS)
  await phone.says('the code under threat is chosen', 'Fatto.')
  await phone.tap('Nascondi')
  await give(phone, DURESS)
  const heading = phone.page.getByRole('heading', { name: 'Inventario', exact: true })
  await stage.see('member: under threat a stock list opens, and nothing else', heading)
  await phone.accessible('Inventario')
  await phone.picture('member-inventario')
  const count = phone.page.getByRole('listitem').first().locator('output')
  const before = Number(await count.innerText())
  await stage.check('member: with the stock of tonight', () => before > 0)
  await phone.page.getByRole('listitem').first().getByRole('button').nth(1).click()
  await phone.tap('Salva')
  await stage.see('member: the list saves as any list does', phone.button('Salvato'))
  await stage.check('member: the core answers as under the lock', () => refuses(phone, 'tonight'))
  await phone.tap('Nascondi')
  await give(phone, DURESS)
  await stage.check('member: what was saved there is there again', async () => {
    await heading.waitFor()
    await count.filter({ hasText: new RegExp(`^${before + 1}$`) }).waitFor()
  })
  await phone.tap('Nascondi')
  await give(phone, phone.pin)
  await phone.counts(2)
  await phone.tap('Nascondi')
}

async function forgotten(stage, phone) {
  await phone.tap('Codice dimenticato')
  await phone.says('it says that nobody can read the code', 'Nessuno può leggere o ritrovare il codice')
  await phone.accessible('Codice dimenticato')
  await phone.picture('member-codice-dimenticato')
  await phone.page.getByRole('button', { name: 'Indietro', exact: true }).first().click()
  await give(phone, phone.pin)
  await phone.counts(2)
  await phone.tap('Nascondi')
  await phone.tap('Codice dimenticato')
  const fresh = phone.page.getByRole('heading', { name: 'Nuovo telefono', exact: true })
  const restart = phone.page.getByRole('button', { name: /^Ricomincia/ })
  await restart.scrollIntoViewIfNeeded()
  await new Finger(phone.page).hold(restart, fresh)
  await stage.see('member: the phone begins anew', fresh)
  await stage.check('member: and what was saved goes out by itself', () => allReceived(stage, phone))
}

async function panic(stage, phone) {
  await phone.tap('Nascondi')
  const lock = phone.page.getByRole('button', { name: /^Cancella il telefono/ })
  const destroy = phone.button('Distruggi le chiavi')
  await new Finger(phone.page).hold(lock, destroy)
  await phone.says('panic says first what it keeps', 'Quello che hai salvato non va perso')
  await phone.accessible('Cancella il telefono')
  await phone.picture('lead-cancella')
  await destroy.click()
  await phone.says('the keys are gone', 'Le chiavi non ci sono più.')
  await phone.accessible('Cancellato')
  await phone.picture('lead-cancellato')
  await stage.check('lead: and what was saved goes out by itself', () => allReceived(stage, phone))
  await phone.tap('Avanti')
  await stage.see(
    'lead: the phone counts as new',
    phone.page.getByRole('heading', { name: 'Nuovo telefono', exact: true }),
  )
  await stage.check('lead: also after a restart', async () => {
    await phone.page.reload()
    await phone.page.getByRole('heading', { name: 'Nuovo telefono', exact: true }).waitFor()
  })
}

/** Whether the core answers a command as under the lock. */
async function refuses(phone, name) {
  const code = await phone.page.evaluate((command) => {
    const answer = globalThis.__TAURI_INTERNALS__.invoke('core', { command: { name: command, args: {} } })
    return answer.then(
      () => null,
      (error) => error.code,
    )
  }, name)
  return code === 'CODICE-04'
}

/** The worker sends the journal of what this phone was before. */
async function allReceived(stage, phone) {
  const deadline = Date.now() + DEADLINE_MS
  while (Date.now() < deadline) {
    const { received, unsent } = await stage.core(phone.page, 'kept', {})
    if (unsent === 0 && received > 2) return true
    await phone.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  }
  return false
}
