// A phone that is revoked at the desk, hands in what it saved, and what the desk does about it: released, then dropped.
//
// node tests/ui/devices.mjs --member URL --member-secret PIN --desk URL --desk-secret PASSPHRASE --screenshots DIR

import { DeskWalker } from './desk.mjs'
import { clipped } from './measure.mjs'
import { Phone } from './phone.mjs'
import { play, readArguments } from './stage.mjs'

const given = readArguments(['member', 'member-secret', 'desk', 'desk-secret', 'screenshots'])
const LOST = { name: 'D2' }
const SIZES = [
  // Twice as large on the usual screen.
  { width: 680, height: 450 },
  { width: 1024, height: 768 },
  { width: 1360, height: 900 },
]

await play(given.screenshots, async (stage) => {
  const phone = new Phone(stage, await stage.phone('member', given.member), 'member', given['member-secret'])
  await phone.unlock()
  await phone.startNight({ zones: [0] })
  const at = new DeskWalker(stage, await stage.desk('desk', given.desk), given['desk-secret'])
  await at.enter()
  await at.openDevices()
  await revoke(at)
  await handIn(phone)
  await at.button('devices-look').click()
  await stage.see('desk: what the lost phone handed in waits', at.held(LOST))
  await inBothLanguages(at, 'quarantena', async () => stage.see('desk: it waits', at.held(LOST)))
  await refusesTheWrongPassphrase(at)
  await release(at)
  await handIn(phone)
  await at.button('devices-look').click()
  await drop(at)
  await renew(at)
  await inBothLanguages(at, 'registro', async () => at.act('devices-act-drop').waitFor())
  await stage.quiet()
})

async function revoke(at) {
  await at.button('devices-open', LOST).click()
  const form = at.page.locator('form').first()
  await form.getByRole('radio', { name: at.t('devices-reason-lost'), exact: true }).check()
  await at.button('devices-revoke-do', LOST).click()
  await at.stage.see('desk: the revocation is in the list of acts', at.act('devices-act-revoke'))
}

/** It saves as before, and hands in. */
async function handIn(phone) {
  await phone.threeTaps('Donna, già nota', 'Niente')
  const { view } = await phone.stage.core(phone.page, 'tonight', {})
  await phone.stage.core(phone.page, 'send', { outing_id: view.outing_id })
}

/** An order with another passphrase: why it did not go out stands in the panel of the order, and the panel stays. */
async function refusesTheWrongPassphrase(at) {
  const { page, stage } = at
  await at.button('devices-open', LOST).click()
  const form = page.locator('form').filter({ has: at.button('devices-wipe-do', LOST) })
  await form.getByRole('radio', { name: at.t('devices-reason-stolen'), exact: true }).check()
  await form.getByLabel(at.t('devices-wipe-code')).fill('un’altra frase lunga')
  await at.button('devices-wipe-do', LOST).click()
  await stage.see('desk: a wrong passphrase is refused beside the button', form.getByRole('alert'))
  await stage.check('desk: and can be read without scrolling', () =>
    form.getByRole('alert').evaluate((said) => said.getBoundingClientRect().bottom <= innerHeight),
  )
  await stage.check('desk: and said nowhere else', async () => (await page.getByRole('alert').count()) === 1)
  await inEverySize(at, 'frase-errata')
  await at.button('devices-open', LOST).click()
  await stage.gone('desk: no wipe was ordered', at.act('devices-act-wipe'))
}

async function release(at) {
  await at.button('devices-release-do').click()
  await at.stage.gone('desk: released, nothing waits', at.held(LOST))
  await at.stage.see('desk: the release is in the list of acts', at.act('devices-act-release'))
}

async function drop(at) {
  const { page, stage } = at
  await at.button('devices-drop-do').click()
  await stage.see('desk: dropping asks once more', page.getByRole('alert'))
  await inEverySize(at, 'scarto')
  await at.button('devices-cancel').click()
  await stage.see('desk: not dropped, it waits', at.held(LOST))
  await at.button('devices-drop-do').click()
  await at.button('devices-drop-yes').click()
  await stage.gone('desk: dropped, nothing waits', at.held(LOST))
  await stage.see('desk: so is the drop', at.act('devices-act-drop'))
  await stage.see('desk: what was dropped is shown', at.dropped(LOST))
  await inBothLanguages(at, 'scartato', async () => stage.see('desk: it can be taken back', at.dropped(LOST)))
  await at.button('devices-take-back-do').click()
  await stage.see('desk: taken back, it waits again', at.held(LOST))
  await stage.gone('desk: and is dropped no more', at.dropped(LOST))
  await stage.see('desk: that it was taken back is in the list of acts', at.act('devices-act-take_back'))
}

async function renew(at) {
  await at.button('manifest-renew').click()
  const said = at.page.getByText(at.t('manifest-expires', { n: 30 }))
  await at.stage.see('desk: a manifest signed just now expires in 30 days', said)
}

/** The page in English, then in Italian again, reached anew each time. */
async function inBothLanguages(at, name, seen) {
  for (const language of ['en', 'it']) {
    await at.speak(language)
    await at.enter()
    await at.openDevices()
    await seen()
    await inEverySize(at, `${name}-${language}`)
  }
}

/** The page at every size; it ends at the largest one. */
async function inEverySize({ page, stage }, name) {
  for (const size of SIZES) {
    const where = `dispositivi-${name}-${size.width}`
    await page.setViewportSize(size)
    await stage.picture(page, where)
    await stage.accessible(page, where)
    await stage.measure(`${where}: nothing is cut off`, async () => {
      const faults = await page.evaluate(clipped)
      if (faults.length > 0) throw new Error(faults.join('\n'))
    })
  }
}
