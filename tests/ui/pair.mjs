// Two phones without any server: one outing by a picture through a camera, one night by files carried by hand.
//
// node tests/ui/pair.mjs --lead URL --lead-secret PIN --member URL --member-secret PIN --screenshots DIR
//
// The camera is Chromium's, fed with a film of one picture: what stands on the first phone, seen at a slant.

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Camera } from './camera.mjs'
import { Phone } from './phone.mjs'
import { play, readArguments } from './stage.mjs'

const given = readArguments(['lead', 'lead-secret', 'member', 'member-secret', 'screenshots'])
mkdirSync(given.screenshots, { recursive: true })
const camera = new Camera(path.resolve(given.screenshots, 'camera.y4m'), { width: 640, height: 480 })

await play(
  given.screenshots,
  async (stage) => {
    const lead = new Phone(stage, await stage.phone('lead', given.lead), 'lead', given['lead-secret'])
    const member = new Phone(
      stage,
      await stage.phone('member', given.member, watchTracks),
      'member',
      given['member-secret'],
    )
    await lead.unlock()
    await lead.startNight({ zones: [0, 1] })
    const word = await show(lead)
    await camera.film(
      stage,
      lead.page.getByRole('img', { name: 'Codice da inquadrare con l’altro telefono' }),
    )
    await member.unlock()
    await touch(lead)
    await member.startNight({
      zones: [0, 1],
      partner: async () => {
        await touch(lead)
        await look(member, word)
        await touch(lead)
      },
    })
    await union(lead, member)
    await stage.quiet()
  },
  camera.arguments,
)

/** *Collega i telefoni* on the first phone; gives the word. */
async function show(phone) {
  await phone.row('Altro').click()
  await phone.row('Collega i telefoni').click()
  await phone.says('shows how the other phone joins', 'Sull’altro telefono: Stanotte, poi «Inquadra».')
  await phone.accessible('Collega i telefoni')
  await phone.picture('collega')
  return (await phone.page.locator('main p > b').last().innerText()).trim()
}

/** A hand on a phone: a minute without one locks it, and a slow machine lets a minute pass. */
function touch(phone) {
  return phone.page.mouse.click(2, 2)
}

/** *Inquadra* on the second phone: the same word, and the camera is given back. */
async function look(phone, word) {
  await phone.tap('Inquadra')
  await phone.says('the camera finds the code, and the word is the same', word)
  await phone.accessible('Stanotte with the other phone’s word')
  await phone.picture('inquadra')
  await phone.stage.check('member: the camera is off again', () =>
    phone.page.waitForFunction(
      () =>
        globalThis.tracks.length === 1 && globalThis.tracks.every((track) => track.readyState === 'ended'),
    ),
  )
}

/** Remembers what the camera gave, to see that it is given back. */
function watchTracks() {
  globalThis.tracks = []
  const devices = navigator.mediaDevices
  const ask = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted)
    globalThis.tracks.push(...stream.getTracks())
    return stream
  }
}

/** Both record; a file each way joins the nights, and nothing else does. */
async function union(lead, member) {
  await lead.tap('Torna ai contatti')
  await lead.threeTaps('Donna, già nota', 'Base')
  await lead.threeTaps('Donna, prima volta', 'Base')
  await member.threeTaps('Donna, già nota', 'Base')
  await openUnion(lead)
  await member.row('Altro').click()
  await member.row('Copia all’altro telefono').click()
  await lead.says('nothing of the other phone is here yet', 'non ancora qui')
  await lead.accessible('Unisci le notti, alone')
  await lead.picture('unisci-solo')

  const first = await save(lead)
  await open(member, first)
  await member.says('a member’s phone keeps the lead’s night sealed', 'La notte dell’altro è qui')
  await member.picture('unisci-cifrata')
  const second = await save(member)
  await open(lead, second)
  await lead.says('three cards together', '3 schede insieme')
  await lead.says('each phone has the other’s night', 'Se un telefono si perde stanotte, l’altro ha tutto.')
  await lead.accessible('Unisci le notti')
  await lead.picture('unisci')
  await open(lead, second)
  await lead.says('the same file again changes nothing', 'Era già tutto qui.')
  await refuse(lead)
}

async function openUnion(phone) {
  await phone.row('Altro').click()
  await phone.tap('Chiudi l’uscita')
  await phone.row('Telefoni').click()
}

async function save(phone) {
  await phone.tap('Salva il file per l’altro telefono')
  await phone.says('the file is ready', /^uscita-\w{4}\.uscita$/)
  return (
    await phone.page
      .locator('p', { hasText: /\.uscita$/ })
      .last()
      .innerText()
  ).trim()
}

function open(phone, file) {
  return phone.page.getByLabel('Apri il file dell’altro telefono').setInputFiles(file)
}

async function refuse(phone) {
  const file = {
    name: 'altro.uscita',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('USCITA-NIGHT-1 no'),
  }
  await open(phone, file)
  await phone.says(
    'a damaged file is answered, and nothing was taken from it',
    'Dal file non è stato preso nulla.',
  )
  await phone.picture('unisci-errore')
}
