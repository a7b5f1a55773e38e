// A new phone: the desk draws a code, the phone reads it through its camera, both show the same six words, the desk signs.
//
// node tests/ui/enrol.mjs --bridge PROGRAM --ui-dist DIR --desk URL --desk-secret PASSPHRASE --screenshots DIR

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startBridge } from './bridge.mjs'
import { Camera } from './camera.mjs'
import { DeskWalker } from './desk.mjs'
import { Phone } from './phone.mjs'
import { play, readArguments } from './stage.mjs'

const given = readArguments(['bridge', 'ui-dist', 'desk', 'desk-secret', 'screenshots'])
const PIN = '739164'
const camera = new Camera(path.resolve(given.screenshots, 'invitation.y4m'), { width: 960, height: 720 })

await play(given.screenshots, flow, camera.arguments)

async function flow(stage) {
  const at = new DeskWalker(stage, await stage.desk('desk', given.desk), given['desk-secret'])
  await at.enter()
  await at.openDevices()
  const folder = mkdtempSync(path.join(tmpdir(), 'uscita-new-'))
  const bridge = await startBridge(given, 'phone', folder)
  try {
    const phone = new Phone(stage, await stage.phone('new', bridge.url), 'new', PIN)
    await scan(at, phone)
    await compare(at, phone)
    await stage.quiet()
  } finally {
    bridge.process.kill()
    rmSync(folder, { recursive: true })
  }
}

async function scan(at, phone) {
  await at.button('devices-add-draw').click()
  const picture = at.page.getByRole('img', { name: at.t('devices-add-picture') })
  await picture.waitFor()
  await camera.film(at.stage, picture, 4 / 5)
  await at.stage.picture(at.page, 'desk-codice')
  await phone.accessible('Nuovo telefono')
  await phone.picture('nuovo-telefono')
  await phone.tap('Inquadra')
  const asks = phone.page.getByRole('heading', { name: 'Scegli il codice di questo telefono' })
  await at.stage.see('new: the picture is all it needs', asks)
  await phone.code(PIN)
  await phone.page.getByRole('heading', { name: 'Ripeti il codice' }).waitFor()
  await phone.code(PIN)
}

async function compare(at, phone) {
  const { stage } = at
  const here = phone.page.getByRole('listitem')
  await stage.check('new: six words to read aloud', async () => {
    await here.nth(5).waitFor()
    return (await here.count()) === 6
  })
  await phone.accessible('Sei parole')
  await phone.picture('sei-parole')
  await at.button('devices-add-look').click()
  const waits = at.page.getByRole('group', { name: at.t('devices-add-waits') })
  await stage.see('desk: somebody came', waits)
  await waits.scrollIntoViewIfNeeded()
  await stage.accessible(at.page, 'desk: six words')
  await stage.picture(at.page, 'desk-sei-parole')
  const there = await waits.getByRole('listitem').allInnerTexts()
  await stage.check('both show the same six words', async () => {
    const words = await here.allInnerTexts()
    return words.map((word) => word.trim()).join() === there.map((word) => word.trim()).join()
  })
  await phone.tap('Le parole sono uguali')
  await at.button('devices-add-same').click()
  await stage.gone('desk: it is signed for', waits)
  await stage.see('desk: and stands on the list', at.page.getByRole('rowheader', { name: 'D3', exact: true }))
  await stage.see('new: the phone is open', phone.button('Inizia l’uscita'))
}
