// A walk through every screen of the phone, by the keys of its words, so that it is the same in both languages.

import { Finger } from './finger.mjs'
import { places, wordsIn } from './words.mjs'

/** Everything that changes how a screen looks. */
export const USUAL = { theme: 'night', language: 'it', text_size: 'normal', hand: 'right' }

/** One phone, walked through in one language. */
export class Walker {
  constructor(stage, page, { secret, reviewSecret }) {
    this.stage = stage
    this.page = page
    this.secret = secret
    this.reviewSecret = reviewSecret
    this.look = USUAL
    this.t = wordsIn('it')
    this.finger = new Finger(page)
  }

  /** Changes how the screens look, and begins again at the first one. */
  async wear(look) {
    this.look = { ...USUAL, ...look }
    this.t = wordsIn(this.look.language)
    const { settings } = await this.core('status', {})
    await this.core('save_settings', { ...settings, ...this.look })
    await this.home()
  }

  core(name, args) {
    return this.stage.core(this.page, name, args)
  }

  /** Back to the first screen, as after a start of the app. */
  async home() {
    await this.page.reload()
    await this.page.locator('main').first().waitFor()
    // The app goes back in its own history, and the browser in its own time.
    await this.page.waitForFunction(() => location.hash === '#/' && history.state?.depth === 0)
  }

  button(key, args) {
    return this.page.getByRole('button', { name: this.t(key, args), exact: true })
  }

  /** A row by its first words; it also says its detail, and in the close whether it is done. */
  row(key, args) {
    const state = `(?:(?:${this.t('close-todo')}|${this.t('close-done')}) )?`
    return this.page.getByRole('button', { name: new RegExp(`^${state}${escaped(this.t(key, args))}`) })
  }

  heading(key, args) {
    return this.page.getByRole('heading', { name: this.t(key, args), exact: true })
  }

  /** Taps what may have to be scrolled to first. */
  async tap(locator) {
    await locator.first().click()
  }

  /** Types a secret on the keypad, and ends it. */
  async type(digits) {
    for (const digit of digits) await this.page.getByRole('button', { name: digit, exact: true }).click()
    await this.button('lock-ok').click()
  }

  async unlock() {
    await this.type(this.secret)
    await this.button('lock-forgot').waitFor({ state: 'hidden' })
  }

  /** Opens a place as the phone itself would: one step deeper in the history that it goes back by. */
  async go(place) {
    await this.page.evaluate((hash) => {
      history.pushState({ depth: history.state.depth + 1 }, '', `#${hash}`)
      dispatchEvent(new PopStateEvent('popstate'))
    }, place)
  }

  /** *Altro*, and one of its rows. */
  async more(key) {
    await this.tap(this.row('contact-more'))
    if (key) await this.tap(this.row(key))
  }
}

/** Before the code. */
export const LOCKED = [
  { name: 'codice', reach: lock },
  {
    name: 'codice-errato',
    reach: async (at) => {
      await lock(at)
      await at.type([...at.secret].map((digit) => (digit === '9' ? '0' : '9')).join(''))
      await at.page.getByText(at.t('lock-safe')).waitFor()
    },
    leave: (at) => at.unlock(),
  },
  {
    name: 'codice-dimenticato',
    place: '/forgotten',
    reach: async (at) => {
      await lock(at)
      await at.tap(at.button('lock-forgot'))
      await at.heading('lock-forgot').waitFor()
    },
    leave: async (at) => {
      await at.tap(at.button('app-back'))
      await at.unlock()
    },
  },
]

/** Before the outing. */
export const START = [{ name: 'stanotte', place: '/', reach: (at) => at.button('start-go').waitFor() }]

/** During the outing; every visit begins at *Contatti*. */
export const NIGHT = [
  { name: 'contatti', place: '/', reach: (at) => at.row('contact-more').waitFor() },
  { name: 'kit', place: '/kit', reach: openKit, leave: (at) => at.tap(at.button('app-leave')) },
  {
    name: 'dettagli',
    place: '/details',
    reach: async (at) => {
      await openKit(at)
      await at.tap(at.button('kit-details'))
      await at.page.getByText(at.t('det-age'), { exact: true }).waitFor()
    },
    leave: async (at) => {
      await at.tap(at.button('det-back'))
      await at.tap(at.button('app-leave'))
    },
  },
  {
    name: 'gruppo',
    place: '/group',
    reach: async (at) => {
      await at.tap(at.row('contact-group'))
      await at.tap(at.page.getByRole('radio', { name: '4', exact: true }))
    },
    leave: (at) => at.tap(at.button('app-back')),
  },
  { name: 'vista', place: '/seen', reach: (at) => at.tap(at.row('contact-seen')) },
  {
    name: 'emergenza',
    place: '/emergency',
    reach: (at) => at.finger.hold(at.row('em-button'), at.button('em-close')),
    leave: async (at) => {
      await at.tap(at.button('em-close'))
      await at.tap(at.button('contact-undo'))
      await at.button('contact-undo').waitFor({ state: 'hidden' })
    },
  },
  {
    name: 'minori',
    place: '/minor',
    reach: async (at) => {
      await at.finger.hold(at.row('em-button'), at.button('em-close'))
      await at.tap(at.page.getByRole('radio', { name: at.t('em-minor'), exact: true }))
      await at.page.getByText(at.t('minor-do')).waitFor()
    },
  },
  { name: 'altro', place: '/more', reach: (at) => at.more() },
  { name: 'da-completare', place: '/todo', reach: (at) => at.more('todo-title') },
  { name: 'collega', place: '/pair', reach: (at) => at.more('pair-title') },
  { name: 'unisci', place: '/union', reach: (at) => at.go('/union') },
  { name: 'copia', place: '/copy', reach: (at) => at.more('copy-title') },
  { name: 'da-guardare', place: '/attention', reach: (at) => at.go('/attention') },
  { name: 'correggi-zona', place: '/zone', reach: (at) => at.more('more-zone') },
  { name: 'episodio', place: '/incident', reach: (at) => at.more('more-incident') },
  { name: 'scorte', place: '/stock', reach: (at) => at.more('more-stock') },
  { name: 'invii', place: '/referrals', reach: (at) => at.more('more-referrals') },
  {
    name: 'invio-scheda',
    place: '/referral',
    reach: async (at) => {
      await at.more('more-referrals')
      await at.tap(at.page.getByRole('listitem').getByRole('button'))
      await at.heading('ref-path').waitFor()
    },
  },
  {
    name: 'nuovo-invio',
    place: '/new-referral',
    reach: async (at) => {
      await at.more('more-referrals')
      await at.tap(at.row('ref-new'))
    },
  },
  { name: 'chiudi', place: '/close', reach: (at) => at.more('more-close') },
]

/** What needs no open outing. */
export const ANYTIME = [
  { name: 'impostazioni', place: '/settings', reach: (at) => at.go('/settings') },
  { name: 'cambia-codice', place: '/pin', reach: (at) => at.go('/pin') },
  { name: 'rubrica', place: '/directory', reach: (at) => at.go('/directory') },
  { name: 'mostra', place: '/show', reach: (at) => at.go('/show') },
  ...['show-papers', 'show-helpline', 'show-condom'].map((key) => ({
    name: key.replace('show-', 'mostra-'),
    place: '/card',
    reach: async (at) => {
      await at.go('/show')
      await at.tap(at.row(key))
    },
  })),
  {
    name: 'mostra-servizio',
    place: '/card',
    reach: async (at) => {
      await at.go('/directory')
      await at.tap(at.button('dir-show'))
    },
  },
  { name: 'mese', place: '/month', reach: (at) => at.go('/month') },
  { name: 'esercitazione', place: '/training', reach: (at) => at.go('/training') },
  { name: 'sotto-minaccia', place: '/duress', reach: (at) => at.go('/duress') },
  { name: 'cancella-il-telefono', place: '/panic', reach: (at) => at.go('/panic') },
]

/** After the outing has been closed and sent: what only the lead sees. */
export const AFTER = [
  { name: 'stanotte-dopo', place: '/', reach: (at) => at.button('start-go').waitFor() },
  { name: 'notti', place: '/nights', reach: (at) => at.go('/nights') },
  { name: 'secondo-codice', place: '/step-up', reach: (at) => at.go('/step-up') },
  {
    name: 'ricevuta',
    place: '/send',
    reach: async (at) => {
      await askForReview(at)
      await at.go('/send')
    },
  },
  { name: 'verifica', place: '/review', reach: openReview, leave: stepDown },
  {
    name: 'notte',
    place: '/night-list',
    reach: async (at) => {
      await openReview(at)
      await openNightList(at)
    },
    leave: stepDown,
  },
  {
    name: 'registrazione',
    place: '/record',
    reach: async (at) => {
      await openReview(at)
      await openNightList(at)
      await at.tap(at.page.getByRole('listitem').getByRole('button'))
    },
    leave: stepDown,
  },
]

/** Walks through these screens in this look: `seen` is called on each, at rest. */
export async function walk(at, look, screens, seen) {
  await at.wear(look)
  for (const screen of screens) {
    at.stage.at = `${screen.name} (${Object.values(at.look).join(', ')}): reached`
    await screen.reach(at)
    if (screen.place) {
      await at.page.waitForFunction((place) => location.hash === `#${place}`, screen.place)
    }
    await rest(at.page)
    await seen(screen)
    if (screen.leave) await screen.leave(at)
    await at.home()
  }
}

/** Fails for a place of the phone that no visit goes to. */
export function everyPlaceIsVisited(visits) {
  const visited = new Set(visits.map(({ place }) => place))
  const missing = places().filter((place) => !visited.has(place))
  if (missing.length > 0) throw new Error(`not visited: ${missing.join(', ')}`)
}

/** Two frames without a command under way: what was asked for is there, and drawn. */
async function rest(page) {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() =>
    document.fonts.ready.then(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    ),
  )
}

async function lock(at) {
  await at.core('lock', {})
  await at.home()
  await at.button('lock-forgot').waitFor()
}

/** The night just closed waits for its review, and the second code is asked for. */
async function askForReview(at) {
  await at.go('/nights')
  await at.tap(at.page.getByRole('listitem').getByRole('button'))
  await at.button('lock-forgot').waitFor()
}

/** *Verifica* of the night just closed: it waits, so it stands first among the nights. */
async function openReview(at) {
  await askForReview(at)
  await at.type(at.reviewSecret)
  await at.heading('review-title').waitFor()
}

async function openNightList(at) {
  await at.tap(at.row('review-all'))
  await at.heading('night-title').waitFor()
}

/** The second code is asked again on the next screen. */
async function stepDown(at) {
  await at.core('step_down', {})
}

async function openKit(at) {
  await at.tap(
    at.page.getByRole('button', { name: `${at.t('contact-woman')}, ${at.t('contact-known')}`, exact: true }),
  )
  await at.button('kit-details').waitFor()
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
