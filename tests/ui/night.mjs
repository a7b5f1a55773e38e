// A whole night in the browser: two phones at 390 × 844, then the desk at 1360 × 900, against the real notebooks
// and a real server process.
//
// node tests/ui/night.mjs --lead URL --lead-secret PIN --lead-review-secret PIN --member URL --member-secret PIN
//                         --desk URL --desk-secret PASSPHRASE --screenshots DIR

import { Finger } from './finger.mjs'
import { Phone } from './phone.mjs'
import { play, readSeats } from './stage.mjs'

const given = readSeats()

/** The person whom both phones write down: same zone, same half-hour, same kind, age and origin. */
const TWIN = { tile: 'Uomo, prima volta', kit: 'Base', age: '35–44', origin: 1 }

await play(given.screenshots, async (stage) => {
  const lead = new Phone(stage, await stage.phone('lead', given.lead), 'lead', given['lead-secret'])
  const member = new Phone(stage, await stage.phone('member', given.member), 'member', given['member-secret'])

  await lockScreen(lead)
  await lead.startNight({ zones: [0, 1] })
  await contacts(lead)
  await groupAndSeen(lead)
  await undo(lead)
  await minor(lead)
  await zones(lead)
  await referral(lead)
  await hide(lead)
  const code = await partnerCode(lead)
  await secondPhone(member, code)
  await lead.closeNight({ km: '24' })
  await lead.picture('lead-ricevuta')
  await lead.accessible('Ricevuta')
  await review(lead)
  await week(stage)
  await stage.quiet()
})

async function lockScreen(phone) {
  await phone.stage.see(
    'lead: the phone is locked, with a keypad and no title',
    phone.button('Codice dimenticato'),
  )
  await phone.accessible('Codice')
  await phone.picture('codice')
  const wrong = [...phone.pin].map((digit) => (digit === '9' ? '0' : '9')).join('')
  await phone.code(wrong)
  await phone.says('a wrong PIN is answered, and nothing is lost', 'Nulla è andato perso.')
  await phone.unlock()
  await phone.stage.see('lead: the evening begins at Stanotte', phone.button('Inizia l’uscita'))
  await phone.accessible('Stanotte')
  await phone.picture('stanotte')
}

async function contacts(phone) {
  await phone.says('nobody has been met yet', 'Ancora nessuno stanotte')
  await phone.accessible('Contatti')
  await phone.threeTaps('Donna, già nota', 'Base')
  await phone.threeTaps('Donna, prima volta', 'Doppio')
  await phone.threeTaps('Trans, già nota', 'Trans')
  await phone.threeTaps('Trans, prima volta', 'Base')
  await phone.threeTaps('Uomo, già noto', 'Niente')
  await phone.counts(5)
  await phone.picture('contatti')
  await phone.withDetails('Donna, già nota', 'Base', { age: '25–34', alias: true })
  await phone.accessible('Dettagli')
  await phone.picture('dettagli')
  await phone.tap('Salva')
  await phone.counts(6)
  await phone.withDetails(TWIN.tile, TWIN.kit, TWIN)
  await phone.tap('Salva')
  await phone.counts(7)
}

async function groupAndSeen(phone) {
  await phone.tap('Gruppo')
  await phone.choice('Quante persone', '4').click()
  await phone.kit('Base').click()
  await phone.accessible('Gruppo')
  await phone.picture('gruppo')
  await phone.tap('Salva 4 persone')
  await phone.counts(11)
  await phone.row('Vista').click()
  await phone.tap('Non voleva')
  await phone.says('one tap saves one presence', 'Salvata 1 presenza')
  await phone.tap('Un’altra')
  await phone.says('another tap saves another', 'Salvate 2 presenze')
  await phone.accessible('Vista')
  await phone.picture('vista')
  await phone.tap('Fatto')
  await phone.counts(11)
}

async function undo(phone) {
  await phone.threeTaps('Donna, già nota', 'Base')
  await phone.counts(12)
  await phone.tap('Annulla')
  await phone.says('the last save is taken back', 'Annullata')
  await phone.counts(11)
}

/** From an emergency to the person's card, which stays open until it is left; then the referral is taken back. */
async function minor(phone) {
  const { page, stage } = phone
  await new Finger(page).hold(phone.row('Emergenza'), phone.button('Chiudi la scheda'))
  await page.getByRole('radio', { name: 'Minore', exact: true }).click()
  await phone.tap('Scrivi la sua scheda')
  await stage.check('lead: a minor’s card opens over the home of the night, and stays', () =>
    page.waitForFunction(() => location.hash === '#/kit' && history.state.depth === 1),
  )
  await phone.tap('Lascia senza salvare')
  await phone.counts(11)
  const { view } = await stage.core(page, 'tonight', {})
  await stage.core(page, 'undo', { operation: view.last.operation })
}

async function zones(phone) {
  const second = phone.choices('Zona').nth(1)
  const name = (await second.innerText()).trim()
  await second.click()
  await phone.stage.see(
    `lead: the van is at ${name}`,
    phone.page.getByRole('heading', { name: `Stanotte, ${name}` }),
  )
  await phone.threeTaps('Donna, prima volta', 'Base')
  await phone.counts(12)
  await phone.row('Altro').click()
  await phone.accessible('Altro')
  await phone.row('Scorte').click()
  await phone.stage.check('lead: the bag shows loaded, out and expected, and they balance', async () => {
    const row = phone.page.getByRole('row').nth(1)
    await row.waitFor()
    const cells = await row.getByRole('cell').allInnerTexts()
    const [loaded, out, expected] = cells.map((cell) => Number(cell.match(/\d+/)?.[0])).slice(0, 3)
    if (!(out > 0 && loaded - out === expected)) throw new Error(cells.join(' | '))
  })
  await phone.accessible('Scorte')
  await phone.picture('scorte')
  await phone.tap('Indietro')
}

async function referral(phone) {
  await phone.row('Invii').click()
  await phone.says('no referral yet', 'Nessun invio stanotte.')
  await phone.tap('Nuovo invio')
  const first = phone.choices('Dove').first()
  const service = (await first.innerText()).trim()
  await first.click()
  await phone.choice('Che cosa ha detto', 'Accetta').click()
  await phone.choice('Consenso a trasmettere', 'A voce').click()
  await phone.accessible('Nuovo invio')
  await phone.tap('Salva')
  await phone.stage.see(`lead: a referral to ${service} is open`, phone.row(service))
  await phone.row(service).click()
  await phone.says('its path begins', 'Percorso')
  await phone.accessible('Invio')
  await phone.picture('invio')
  await phone.tap('Indietro')
  await phone.tap('Indietro')
  await phone.tap('Torna ai contatti')
}

async function hide(phone) {
  await phone.tap('Nascondi')
  await phone.stage.see('lead: one tap hides everything', phone.button('Codice dimenticato'))
  await phone.stage.check('lead: nothing of the night is left on the page', async () => {
    const words = await phone.page.locator('body').innerText()
    if (/Donna|Trans|Uomo|Zona|persone/.test(words)) throw new Error(words)
  })
  await phone.unlock()
  await phone.counts(12)
}

async function partnerCode(phone) {
  await phone.row('Altro').click()
  const row = phone.page.getByRole('listitem').filter({ hasText: 'Codice per l’altro telefono' })
  const code = (await row.innerText()).trim().slice(-4)
  await phone.stage.check('lead: four characters bring the other phone into the same night', () =>
    /^\w{4}$/.test(code),
  )
  await phone.tap('Torna ai contatti')
  return code
}

async function secondPhone(phone, partner) {
  await phone.unlock()
  await phone.startNight({ zones: [2, 0], partner })
  await phone.threeTaps('Trans, già nota', 'Trans')
  await phone.threeTaps('Donna, già nota', 'Base')
  await phone.counts(2)
  // Back where the lead wrote the same man down, in the same half-hour.
  await phone.choices('Zona').nth(1).click()
  await phone.withDetails(TWIN.tile, TWIN.kit, TWIN)
  await phone.tap('Salva')
  await phone.counts(3)
  await phone.picture('member-contatti')
  await phone.closeNight({ km: '24' })
  await phone.says('the member waits for the lead’s review', 'Manca la verifica della responsabile.')
  await phone.tap('Buona notte')
}

async function review(phone) {
  await phone.tap('Chiudi')
  await phone.openUnfinished()
  await phone.chooseReviewCode(given['lead-review-secret'])
  await phone.stage.see('lead: Verifica', phone.page.getByRole('heading', { name: 'Verifica', exact: true }))
  await phone.says('which phones are in is said plainly', 'Telefono 2')
  const pair = phone.page.getByRole('region', { name: 'Forse la stessa persona, due telefoni' })
  await phone.stage.see('lead: the man whom both phones wrote down is shown side by side', pair)
  await phone.accessible('Verifica')
  await phone.picture('verifica')
  await phone.stage.check('lead: exactly one pair is suspected', async () => (await pair.count()) === 1)
  await phone.stage.check('lead: nothing can be signed before it is decided', async () => {
    const sign = phone.button('Firma e manda la verifica')
    return (await sign.getAttribute('aria-disabled')) === 'true'
  })
  await pair.getByRole('radio', { name: /^Scritta due volte/ }).click()
  await pair.getByRole('button', { name: 'Conferma la scelta' }).click()
  await phone.stage.gone('lead: the pair is decided', pair)
  const stands = phone.button('Va bene così')
  while ((await stands.count()) > 0) {
    const left = await stands.count()
    await stands.first().click()
    await phone.stage.check('lead: a finding is accepted as it stands', () =>
      stands.nth(left - 1).waitFor({ state: 'detached' }),
    )
  }
  await phone.says('nothing is left to decide', 'Niente da decidere.')
  await correction(phone)
  await phone.choices('Chi firma').first().click()
  await phone.picture('verifica-decisa')
  await phone.tap('Firma e manda la verifica')
  await phone.receipt('the signed night')
  await phone.picture('ricevuta')
}

/** One tap on a record of the night, a field, *Salva*; then the review again, and its code once more. */
async function correction(phone) {
  await phone.tap('Vedi tutta la notte')
  await phone.stage.see(
    'lead: the whole night is listed',
    phone.page.getByRole('heading', { name: 'La notte' }),
  )
  await phone.accessible('La notte')
  await phone.picture('notte')
  const group = phone.row('Gruppo di').first()
  await group.click()
  await phone.stage.see('lead: a record can be corrected', phone.button('Salva la correzione'))
  await phone.accessible('Correggi')
  await phone.picture('correggi')
  await phone.choice('Incontro', 'Colloquio').click()
  await phone.tap('Salva la correzione')
  await phone.stage.see(
    'lead: the correction stands in the night',
    phone.page.getByRole('button', { name: /^Gruppo di .*colloquio/ }).first(),
  )
  await phone.tap('Indietro')
  await phone.stage.see(
    'lead: the review is there again',
    phone.page.getByRole('heading', { name: 'Verifica', exact: true }),
  )
  await phone.tap('Nascondi')
  await phone.unlock()
  await phone.openUnfinished()
  await phone.giveReviewCode(given['lead-review-secret'])
  await phone.says('the review opens again with its code only', 'Niente da decidere.')
}

async function week(stage) {
  const page = await stage.desk('desk', given.desk)
  const button = (name) => page.getByRole('button', { name, exact: true })
  await stage.see('desk: counts, never persons', page.getByText('Qui ci sono conteggi, mai persone.'))
  await stage.accessible(page, 'desk: Accesso')
  await stage.picture(page, 'desk-accesso')
  await page.getByLabel('Frase d’accesso').fill(given['desk-secret'])
  await button('Entra').click()
  await button('Aggiorna').click()
  // Twelve of the lead, three of the member, one of them written twice.
  await stage.see('desk: the night is counted, and nobody twice', page.getByText('14 contatti').first())
  await stage.see(
    'desk: inside it says that it must not be published',
    page.getByText('uso interno – non pubblicabile'),
  )
  await stage.check(
    'desk: inside nothing is hidden',
    async () => (await page.getByText('n.p.', { exact: true }).count()) === 0,
  )
  await stage.check('desk: the breakdown by gender adds up to the contacts', () => addsUp(page, 'Genere', 14))
  await stage.accessible(page, 'desk: Settimana, interno')
  await stage.picture(page, 'desk-interno')
  await page.getByRole('radio', { name: 'Esterno' }).click()
  await stage.see('desk: outside small cells are not published', page.getByText('n.p.', { exact: true }))
  await stage.check('desk: outside no cell about people is below the threshold', async () => {
    for (const title of ['Genere', 'Età', 'Origine', 'Zona', 'Prima volta', 'Invii aperti']) {
      const cells = await numbers(page, title)
      if (cells.some((cell) => cell >= 1 && cell <= 4)) throw new Error(`${title}: ${cells.join(', ')}`)
    }
  })
  await stage.accessible(page, 'desk: Settimana, esterno')
  await stage.picture(page, 'desk-esterno')
  await page.getByRole('radio', { name: 'Interno' }).click()
  await stage.see('desk: and back inside', page.getByText('uso interno – non pubblicabile'))
}

async function addsUp(page, title, total) {
  const cells = await numbers(page, title)
  const sum = cells.reduce((one, other) => one + other, 0)
  if (sum !== total) throw new Error(`${title}: ${cells.join(' + ')} = ${sum}`)
}

/** The numbers of a table; a hidden cell is not a number. */
async function numbers(page, title) {
  const rows = page.getByRole('table', { name: title, exact: true }).locator('tbody tr')
  const cells = await rows.locator('td:nth-child(2)').allInnerTexts()
  if (cells.length === 0) throw new Error(`${title}: no such table`)
  return cells.map(Number)
}
