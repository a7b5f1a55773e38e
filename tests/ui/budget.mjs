// The tap budget of the night, counted by the page itself: a known person and a new one in three taps, a group in
// four, a presence in two, one tap to undo and to change zone, a hold and one tap in an emergency, one tap for the usual
// start; no keyboard and no scrolling, on both screens, in both sizes of text and for both hands. The core's own
// counters prove each record.
//
// node tests/ui/budget.mjs --lead URL --lead-secret PIN --screenshots DIR

import { counters, Finger, scrollable } from './finger.mjs'
import { Phone } from './phone.mjs'
import { play, readArguments } from './stage.mjs'

const given = readArguments(['lead', 'lead-secret', 'screenshots'])

const SCREENS = [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
]
const TEXTS = ['normal', 'large']
const HANDS = ['right', 'left']

/** Every flow: its budget in taps, the taps, and what the core must have counted afterwards. */
const FLOWS = [
  {
    name: 'known person',
    budget: 3,
    taps: async (phone, finger) => {
      await finger.tap(phone.button('Donna, già nota'))
      await finger.tap(phone.kit('Base'))
      await finger.tap(phone.button('Salva'))
    },
    adds: { persons: 1 },
  },
  {
    name: 'new person',
    budget: 3,
    taps: async (phone, finger) => {
      await finger.tap(phone.button('Trans, prima volta'))
      await finger.tap(phone.kit('Doppio'))
      await finger.tap(phone.button('Salva'))
    },
    adds: { persons: 1 },
  },
  {
    name: 'undo',
    budget: 1,
    taps: (phone, finger) => finger.tap(phone.button('Annulla')),
    adds: { persons: -1 },
  },
  {
    name: 'group of four',
    budget: 4,
    taps: async (phone, finger) => {
      await finger.tap(phone.button('Gruppo'))
      await finger.tap(phone.choice('Quante persone', '4'))
      await finger.tap(phone.kit('Base'))
      await finger.tap(phone.button('Salva 4 persone'))
    },
    adds: { persons: 4 },
  },
  {
    name: 'to complete',
    budget: 1,
    before: openTodo,
    taps: (phone, finger) =>
      finger.tap(phone.page.getByRole('button', { name: 'Donne, tutte già note', exact: true })),
    adds: { answered: 1 },
    mayHoldMore: true,
    leave: leaveTodo,
  },
  {
    name: 'to complete, mixed',
    budget: 2,
    before: async (phone) => {
      await group(phone)
      await openTodo(phone)
    },
    taps: async (phone, finger) => {
      await finger.tap(phone.button('Miste'))
      await finger.tap(phone.page.getByRole('article').first().getByRole('button').first())
    },
    adds: { answered: 1 },
    mayHoldMore: true,
    leave: leaveTodo,
  },
  {
    name: 'seen, not reached',
    budget: 2,
    taps: async (phone, finger) => {
      await finger.tap(phone.row('Vista'))
      await finger.tap(phone.button('Non voleva'))
    },
    adds: { seen: 1 },
    leave: (phone, finger) => finger.tap(phone.button('Fatto')),
  },
  {
    name: 'change of zone',
    budget: 1,
    taps: (phone, finger) => finger.tap(otherZone(phone)),
    adds: { zones: 1 },
  },
  {
    name: 'emergency',
    budget: 2,
    taps: async (phone, finger) => {
      await finger.hold(phone.page.getByRole('button', { name: /^Emergenza/ }), leaving(phone))
      await finger.tap(leaving(phone))
    },
    adds: { referrals: 1 },
    leave: (phone, finger) => finger.tap(phone.button('Chiudi la scheda')),
  },
]

/** The usual start: everything is as the last time. */
const START = { name: 'start', budget: 1 }

const table = []

await play(given.screenshots, async (stage) => {
  const page = await stage.phone('lead', given.lead, counters)
  const phone = new Phone(stage, page, 'lead', given['lead-secret'])
  await phone.unlock()
  await phone.startNight({ zones: [0, 1], load: '900' })
  for (const screen of SCREENS) {
    for (const text of TEXTS) {
      for (const hand of HANDS) await all(stage, phone, { screen, text, hand })
    }
  }
  await usualStart(stage, phone)
  await stage.quiet()
})

console.log('\nflow               taps  of  screens × text × hand')
for (const { name, budget } of [...FLOWS, START]) {
  const taps = table.filter((row) => row.name === name).map((row) => row.taps)
  console.log(
    `${name.padEnd(18)} ${String(Math.max(...taps)).padStart(4)} ${String(budget).padStart(3)}  ${taps.length}`,
  )
}

/** All flows on one screen, in one size of text, for one hand. */
async function all(stage, phone, { screen, text, hand }) {
  const variant = `${screen.width}×${screen.height}, ${text} text, ${hand} hand`
  await phone.page.setViewportSize(screen)
  await stage.core(phone.page, 'save_settings', { ...(await settings(stage, phone)), text_size: text, hand })
  await phone.page.reload()
  await stage.see(`${variant}: Contatti`, phone.button('Donna, già nota'))
  const finger = new Finger(phone.page)
  for (const flow of FLOWS) {
    await flow.before?.(phone)
    const before = await counted(stage, phone)
    await reset(phone)
    // A screen is looked at when its last tap is due: it has come to rest, and nothing of it has gone yet.
    const still = []
    const looking = {
      tap: async (locator) => {
        await locator.first().waitFor()
        still.push(...(await phone.page.evaluate(scrollable)))
        await finger.tap(locator)
      },
      hold: (locator, until) => finger.hold(locator, until),
    }
    await flow.taps(phone, looking)
    const seen = await phone.page.evaluate(() => globalThis.__seen)
    await stage.measure(`${variant}: ${flow.name} is saved by the core`, () =>
      grows(stage, phone, before, flow.adds),
    )
    await stage.measure(`${variant}: ${flow.name} takes ${flow.budget} taps`, () => {
      table.push({ name: flow.name, variant, taps: seen.taps })
      if (seen.taps !== flow.budget) throw new Error(`${seen.taps} taps`)
    })
    await stage.measure(`${variant}: ${flow.name} needs no keyboard and no text field`, () => {
      if (seen.keys > 0 || seen.fields.length > 0)
        throw new Error(`${seen.keys} keys, ${seen.fields.join(', ')}`)
    })
    await stage.measure(`${variant}: ${flow.name} needs no scrolling, and nothing could be scrolled`, () => {
      const faults = [...new Set(flow.mayHoldMore ? seen.scrolls : [...seen.scrolls, ...still])]
      if (faults.length > 0) throw new Error(faults.join('\n'))
    })
    await flow.leave?.(phone, finger)
    await phone.button('Donna, già nota').waitFor()
  }
}

/** *Stanotte* after a night: its button is always in sight; only large text on the short screen leaves something below. */
async function usualStart(stage, phone) {
  const finger = new Finger(phone.page)
  const go = phone.button('Inizia l’uscita')
  await phone.closeNight({ km: '12' })
  for (const screen of SCREENS) {
    for (const text of TEXTS) {
      for (const hand of HANDS) {
        const variant = `${screen.width}×${screen.height}, ${text} text, ${hand} hand`
        const isTight = text === 'large' && screen.height < 700
        await phone.page.setViewportSize(screen)
        await stage.core(phone.page, 'save_settings', {
          ...(await settings(stage, phone)),
          text_size: text,
          hand,
        })
        await phone.page.reload()
        await stage.see(`${variant}: Stanotte`, go)
        await stage.picture(phone.page, `start-${screen.width}-${text}-${hand}`)
        await stage.measure(`${variant}: the start is in sight`, () => finger.reach(go))
        await stage.measure(`${variant}: the start needs no scrolling`, async () => {
          const faults = await phone.page.evaluate(scrollable)
          if (!isTight && faults.length > 0) throw new Error(faults.join('\n'))
        })
      }
    }
  }
  await phone.page.setViewportSize(SCREENS[0])
  await reset(phone)
  await finger.tap(go)
  await stage.see('the usual start begins the night', phone.button('Parola uguale: si parte'))
  const seen = await phone.page.evaluate(() => globalThis.__seen)
  await stage.measure(`the usual start takes ${START.budget} tap`, async () => {
    table.push({ name: START.name, taps: seen.taps })
    if (seen.taps !== START.budget || seen.keys > 0) throw new Error(`${seen.taps} taps, ${seen.keys} keys`)
    const { state } = await stage.core(phone.page, 'tonight', {})
    if (state !== 'open') throw new Error(state)
  })
}

/** What the core has counted; a save answers before it is looked at, and never twice. */
async function counted(stage, phone) {
  const { view } = await stage.core(phone.page, 'tonight', {})
  const { referrals } = await stage.core(phone.page, 'referrals', {})
  return {
    persons: view.persons,
    seen: view.seen,
    zone: view.zone,
    todo: view.todo,
    // The phone shows only the last few: what is new is told by its own mark.
    referrals: referrals.map(({ id }) => id),
  }
}

async function grows(
  stage,
  phone,
  before,
  { persons = 0, seen = 0, referrals = 0, zones = 0, answered = 0 },
) {
  await phone.page.waitForFunction(() => document.querySelector('[aria-disabled="true"]') === null)
  const after = await counted(stage, phone)
  const grown =
    after.persons - before.persons === persons &&
    after.seen - before.seen === seen &&
    after.referrals.filter((id) => !before.referrals.includes(id)).length === referrals &&
    (after.zone === before.zone) === (zones === 0) &&
    (answered === 0 || before.todo - after.todo === answered)
  if (!grown) throw new Error(`${JSON.stringify(before)} became ${JSON.stringify(after)}`)
}

function reset(phone) {
  return phone.page.evaluate(() =>
    Object.assign(globalThis.__seen, { taps: 0, keys: 0, scrolls: [], fields: [] }),
  )
}

async function settings(stage, phone) {
  return (await stage.core(phone.page, 'status', {})).settings
}

function leaving(phone) {
  return phone.page.getByRole('radio', { name: 'Vuole uscire ora', exact: true })
}

function otherZone(phone) {
  return phone.page
    .getByRole('radiogroup', { name: 'Zona', exact: true })
    .getByRole('radio', { checked: false })
}

async function group(phone) {
  await phone.tap('Gruppo')
  await phone.choice('Quante persone', '4').click()
  await phone.kit('Base').click()
  await phone.tap('Salva 4 persone')
  await phone.button('Donna, già nota').waitFor()
}

async function openTodo(phone) {
  await phone.row('Altro').click()
  await phone.row('Da completare').click()
  await phone.page.getByRole('article').first().waitFor()
}

async function leaveTodo(phone) {
  await phone.tap('Indietro')
  await phone.tap('Torna ai contatti')
}
