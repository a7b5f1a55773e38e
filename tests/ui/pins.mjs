// Other codes: the phone's, the lead's for the review, and the passphrase of the desk, through the real screens.
//
// node tests/ui/pins.mjs --lead URL --lead-secret PIN --lead-review-secret PIN --member URL --member-secret PIN
//                        --desk URL --desk-secret PASSPHRASE --screenshots DIR

import { Phone } from './phone.mjs'
import { play, readSeats } from './stage.mjs'

const given = readSeats()
const LONGER = '5830914762'
const REVIEW = '48205917'
const PASSPHRASE = 'quattro sedie blu e un tavolo'

await play(given.screenshots, async (stage) => {
  const phone = async (name) => {
    const opened = new Phone(stage, await stage.phone(name, given[name]), name, given[`${name}-secret`])
    await opened.unlock()
    return opened
  }
  await unlockCode(stage, await phone('member'))
  await reviewCode(stage, await phone('lead'))
  await passphrase(stage)
  await stage.quiet()
})

async function askedFor(phone, title) {
  await phone.stage.see(`${phone.name}: ${title}`, phone.page.getByRole('heading', { name: title, exact: true }))
}

async function unlockCode(stage, phone) {
  const old = phone.pin
  await phone.page.evaluate(() => (location.hash = '/settings'))
  await phone.row('Cambia il codice').click()
  await askedFor(phone, 'Il codice di adesso')
  await phone.accessible('Il codice di adesso')
  await phone.picture('member-cambia-codice')
  await phone.code(old)
  await askedFor(phone, 'Il codice nuovo')
  await phone.code('240785')
  await askedFor(phone, 'Ripeti il codice')
  await phone.code('240785')
  await phone.says('a date is refused', 'Troppo facile, o simile a un altro tuo codice.')
  await phone.code(LONGER)
  await askedFor(phone, 'Ripeti il codice')
  await phone.type(LONGER)
  await phone.picture('member-codice-di-dieci-cifre')
  await phone.tap('OK')
  await phone.says('the new code holds', 'Da adesso vale il codice nuovo')
  await stage.core(phone.page, 'lock', {})
  await phone.page.reload()
  await phone.code(old)
  await phone.says('the old code opens nothing', 'Codice errato.')
  phone.pin = LONGER
  await phone.unlock()
}

async function reviewCode(stage, phone) {
  const unset = (await stage.core(phone.page, 'status', {})).review === 'unset'
  if (unset) {
    await phone.page.evaluate(() => (location.hash = '/step-up'))
    await phone.tap('Scegli il codice')
    await phone.code(phone.pin)
    await askedFor(phone, 'Scegli il codice di verifica')
    await phone.code(given['lead-review-secret'])
    await askedFor(phone, 'Ripeti il codice di verifica')
    await phone.code(given['lead-review-secret'])
    await phone.stage.gone(`${phone.name}: the second code is chosen`, phone.button('OK'))
  }
  await phone.page.evaluate(() => (location.hash = '/settings'))
  await phone.row('Cambia il codice').click()
  await phone.accessible('Quale codice')
  await phone.picture('lead-quale-codice')
  await phone.row('Il codice di verifica').click()
  await askedFor(phone, 'Prima il codice del telefono')
  await phone.code(phone.pin)
  await askedFor(phone, 'Il codice di verifica di adesso')
  await phone.code(given['lead-review-secret'])
  await askedFor(phone, 'Il codice nuovo')
  await phone.code(REVIEW)
  await askedFor(phone, 'Ripeti il codice')
  await phone.code(REVIEW)
  await phone.says('the new code holds', 'Da adesso vale il codice nuovo')
  await stage.core(phone.page, 'step_down', {})
  const review = (await stage.core(phone.page, 'step_up', { pin: REVIEW })).review
  await stage.check(`${phone.name}: the new code opens the review`, () => {
    if (review !== 'open') throw new Error(review)
  })
}

async function passphrase(stage) {
  const page = await stage.desk('desk', given.desk)
  const button = (name) => page.getByRole('button', { name, exact: true })
  await button('Cambia la frase d’accesso').click()
  await stage.accessible(page, 'desk: Cambia la frase')
  await stage.picture(page, 'desk-cambia-frase')
  const fill = async (now, next, again) => {
    await page.getByLabel('Frase di adesso').fill(now)
    await page.getByLabel('Frase nuova', { exact: true }).fill(next)
    await page.getByLabel('Frase nuova, di nuovo').fill(again)
    await button('Cambia ed entra').click()
  }
  await fill(given['desk-secret'], PASSPHRASE, 'quattro sedie blu e un divano')
  await stage.see('desk: two different ones are refused', page.getByText('Le due frasi nuove sono diverse.'))
  await fill(given['desk-secret'], PASSPHRASE, PASSPHRASE)
  await stage.see('desk: the week opens with it', button('Esci'))
  await button('Esci').click()
  await page.getByLabel('Frase d’accesso').fill(PASSPHRASE)
  await button('Entra').click()
  await stage.see('desk: and opens again with the new one', button('Esci'))
}
