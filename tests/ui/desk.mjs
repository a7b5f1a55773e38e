// A walk through the pages of the desk, by the keys of their words.

import { wordsIn } from './words.mjs'

/** The desk at a table, in one language. */
export class DeskWalker {
  constructor(stage, page, secret) {
    this.stage = stage
    this.page = page
    this.secret = secret
    this.t = wordsIn('it')
  }

  /** Changes the language and begins again, locked. */
  async speak(language) {
    this.t = wordsIn(language)
    await this.core('lock', {})
    const { settings } = await this.core('status', {})
    await this.core('save_settings', { ...settings, language })
    await this.page.reload()
    await this.page.getByLabel(this.t('access-passphrase')).waitFor()
  }

  core(name, args) {
    return this.stage.core(this.page, name, args)
  }

  /** Unlocks the desk. */
  async enter() {
    await this.page.getByLabel(this.t('access-passphrase')).fill(this.secret)
    await this.button('access-enter').click()
  }

  /** Opens a page by its name in the menu. */
  async open(title) {
    await this.page.getByRole('link', { name: this.t(title), exact: true }).click()
    await this.page.getByRole('heading', { name: this.t(title), level: 1 }).waitFor()
  }

  async openReleases() {
    await this.page.getByRole('link', { name: this.t('releases-title'), exact: true }).click()
    await this.page.getByRole('heading', { name: this.t('releases-new'), level: 1 }).waitFor()
  }

  async openDevices() {
    await this.page.getByRole('link', { name: this.t('devices-title'), exact: true }).click()
    await this.page.getByRole('heading', { name: this.t('devices-title'), level: 1 }).waitFor()
    await this.page.getByRole('table').waitFor()
  }

  /** What a device handed in, or what waits of it. */
  held(device) {
    return this.page.getByRole('heading', {
      name: this.t('devices-quarantine-title', device),
    })
  }

  /** What was dropped of a device. */
  dropped(device) {
    return this.page.getByRole('heading', {
      name: this.t('devices-dropped-title', device),
    })
  }

  /** An entry of the list of acts. */
  act(key) {
    return this.page.getByRole('listitem').filter({ hasText: this.t(key) })
  }

  /** Saves something about a referral. Gives the four characters of it, which the page says. */
  async save() {
    await this.button('app-save').click()
    const said = this.page
      .getByRole('status')
      .filter({ hasText: this.t('board-written', { code: '' }).slice(0, 5) })
    await said.waitFor()
    return (await said.innerText()).match(/(\w{4})\.$/)[1]
  }

  tab(key) {
    return this.page.getByRole('tab', { name: this.t(key), exact: true })
  }

  radio(key) {
    return this.page.getByRole('radio', { name: this.t(key), exact: true })
  }

  button(key, args) {
    return this.page.getByRole('button', {
      name: this.t(key, args),
      exact: true,
    })
  }
}

/** How often the page of the releases was visited. */
let visits = 0

/** Every page of the desk, one after the other. */
export const deskPages = [
  { name: 'accesso', reach: (at) => at.button('access-enter').waitFor() },
  {
    name: 'settimana-interno',
    reach: async (at) => {
      await at.enter()
      await at.page.getByRole('link', { name: at.t('week-nav'), exact: true }).click()
      await at.page.getByRole('radio', { name: at.t('week-internal'), checked: true }).waitFor()
      await at.page.getByRole('table').first().waitFor()
    },
  },
  {
    name: 'settimana-numero',
    reach: async (at) => {
      await at.page
        .getByRole('button', {
          name: new RegExp(`^${at.t('figure-contacts')}, `),
        })
        .click()
      await at.page.getByRole('dialog').getByRole('table').waitFor()
    },
  },
  {
    name: 'settimana-trimestre',
    reach: async (at) => {
      await at.button('explain-close').click()
      await at.page.getByLabel(at.t('week-kind'), { exact: true }).selectOption('quarter')
      await at.page.getByText(at.t('figure-continuity'), { exact: true }).waitFor()
    },
  },
  {
    name: 'settimana-esterno',
    reach: async (at) => {
      await at.page.getByLabel(at.t('week-kind'), { exact: true }).selectOption('week')
      await at.page.getByText(at.t('figure-continuity'), { exact: true }).waitFor({ state: 'detached' })
      await at.page.getByRole('radio', { name: at.t('week-external') }).click()
      await at.page.getByText(at.t('week-np'), { exact: true }).first().waitFor()
    },
  },
  {
    name: 'invii',
    reach: async (at) => {
      await at.open('board-title')
      await at.page
        .getByRole('heading', {
          name: at.t('board-no-place', { n: 0 }),
          level: 2,
        })
        .waitFor()
    },
  },
  {
    name: 'invii-nuovo',
    reach: async (at) => {
      await at.button('board-new').click()
      await at.page.getByLabel(at.t('ref-where')).selectOption('legal_advice')
    },
  },
  {
    name: 'invii-passo',
    reach: async (at) => {
      const code = await at.save()
      await at.page.getByRole('button', { name: `${at.t('board-do-book')} ${code}` }).click()
      await at.radio('state-booked').check()
    },
  },
  {
    name: 'invii-flusso',
    reach: async (at) => {
      await at.save()
      const week = at.page.getByRole('region', { name: /\d+$/ })
      await week.getByRole('button', { name: at.t('week-next') }).click()
      const line = week.getByText(/ = /)
      await line.getByText(/^\+ [1-9]/).waitFor()
      const [start, opened, ended, end] = (await line.innerText()).match(/\d+/g).map(Number)
      if (start + opened - ended !== end) throw new Error(`${start} + ${opened} − ${ended} is not ${end}`)
    },
  },
  {
    name: 'accessi',
    reach: async (at) => {
      await at.radio('office-title').check()
      await at.page.getByRole('heading', { name: at.t('office-title'), level: 1 }).waitFor()
      await at.radio('office-event').check()
      await at.page.getByLabel(at.t('office-participants')).fill('200')
      await at.button('app-save').click()
      await at.page
        .getByRole('status')
        .filter({ hasText: at.t('office-saved') })
        .waitFor()
    },
  },
  {
    name: 'accessi-correggi',
    reach: async (at) => {
      await at.page
        .getByRole('button', { name: at.t('office-correct') })
        .first()
        .click()
      await at.page.getByLabel(at.t('office-participants')).last().fill('20')
      await at.radio('board-why-mistyped').check()
    },
  },
  {
    name: 'accessi-registro',
    reach: async (at) => {
      await at.page
        .getByRole('button', { name: at.t('office-do-correct'), exact: true })
        .last()
        .click()
      await at.page.getByRole('heading', { name: at.t('office-register'), level: 2 }).waitFor()
    },
  },
  {
    name: 'uscite',
    reach: async (at) => {
      await at.open('outings-title')
      await at.page.getByRole('table', { name: at.t('outings-table') }).waitFor()
    },
  },
  {
    name: 'uscite-notte',
    reach: async (at) => {
      await at.page
        .getByRole('table', { name: at.t('outings-table') })
        .getByRole('button')
        .first()
        .click()
      await at.page.getByRole('table', { name: at.t('outings-versions') }).waitFor()
    },
  },
  {
    name: 'uscite-pianifica',
    reach: async (at) => {
      await at.button('outings-plan').click()
      await at.page.getByRole('heading', { name: at.t('outings-plan-title'), level: 2 }).waitFor()
    },
  },
  {
    name: 'scorte',
    reach: async (at) => {
      await at.open('depot-title')
      await at.page.getByRole('table', { name: at.t('depot-table') }).waitFor()
    },
  },
  {
    name: 'scorte-conta',
    reach: async (at) => {
      await at.button('depot-count').click()
      await at.page.getByRole('heading', { name: at.t('depot-count-title'), level: 2 }).waitFor()
    },
  },
  {
    name: 'rilasci',
    reach: async (at) => {
      await at.openReleases()
      // A recipient has every week once: each visit has its own.
      visits += 1
      await at.page.getByLabel(at.t('releases-recipient-label')).selectOption('')
      const name = at.page.getByLabel(at.t('releases-name-label'))
      await name.fill(`Ente ${visits}`)
      await name.blur()
      await at.page.getByText(at.t('releases-check-subtraction'), { exact: true }).waitFor()
      await at.page.getByRole('table').waitFor()
    },
  },
  {
    name: 'rilasci-documento',
    reach: async (at) => {
      // What has not come may be left out when somebody says so.
      const incomplete = at.page.getByRole('checkbox', { name: at.t('releases-incomplete'), exact: true })
      if ((await incomplete.count()) > 0) await incomplete.check()
      await at.button('releases-make').click()
      await at.page.getByRole('button', { name: at.t('releases-print-page'), exact: true }).waitFor()
      await at.page.getByText('n.p.', { exact: true }).first().waitFor()
    },
  },
  {
    name: 'dispositivi',
    reach: async (at) => {
      await at.openDevices()
    },
  },
  {
    name: 'dispositivi-azioni',
    reach: async (at) => {
      await at.page
        .getByRole('button', {
          name: at.t('devices-open', { name: 'D2' }),
          exact: true,
        })
        .click()
      await at.page
        .getByRole('heading', {
          name: at.t('devices-two-acts', { name: 'D2' }),
          exact: true,
        })
        .waitFor()
    },
  },
  {
    name: 'dispositivi-aggiungi',
    reach: async (at) => {
      await at.button('devices-add-draw').click()
      await at.page.getByRole('img', { name: at.t('devices-add-picture') }).waitFor()
    },
  },
  {
    name: 'dispositivi-chiavi',
    reach: async (at) => {
      await at.page.getByRole('heading', { name: at.t('keys-title') }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'dispositivi-foglio',
    reach: async (at) => {
      await at.page.getByLabel(at.t('keys-passphrase'), { exact: true }).fill(at.secret)
      await at.button('keys-begin').click()
      await at.page.getByRole('heading', { name: at.t('found-sheet-title') }).waitFor()
    },
  },
  {
    name: 'dispositivi-foglio-parole',
    reach: async (at) => {
      await at.button('found-sheet-have').click()
      await at.page.getByRole('heading', { name: at.t('found-sheet-ask') }).waitFor()
    },
  },
  {
    name: 'dispositivi-chiavi-lasciate',
    reach: async (at) => {
      await at.button('keys-keep').click()
      await at.page.getByText(at.t('keys-kept')).waitFor()
    },
  },
  {
    name: 'rubrica',
    reach: async (at) => {
      await at.open('lists-title')
      await at.page.getByRole('table', { name: at.t('lists-tab-services') }).waitFor()
    },
  },
  {
    name: 'rubrica-servizio',
    reach: async (at) => {
      await at.button('lists-service-add').click()
      await at.page.getByRole('heading', { name: at.t('lists-service-add'), level: 3 }).waitFor()
    },
  },
  {
    name: 'rubrica-zona-sottile',
    reach: async (at) => {
      await at.tab('lists-tab-zones').click()
      await at.button('lists-zone-add').click()
      await at.page.getByLabel(at.t('lists-code'), { exact: true }).fill('Z99')
      await at.page.getByLabel(at.t('lists-zone-name')).fill('Fiera')
      await at.page.getByLabel(at.t('lists-expected')).fill('4')
      await at.button('lists-put').click()
      await at.page
        .getByRole('alert')
        .filter({ hasText: at.t('lists-fault-thin') })
        .waitFor()
      if (await at.button('lists-sign').isEnabled()) throw new Error('a thin zone can be signed')
    },
  },
  {
    name: 'rubrica-origini',
    reach: async (at) => {
      await at.button('lists-drop').click()
      await at.tab('lists-tab-origins').click()
      await at.page.getByRole('table', { name: at.t('lists-tab-origins') }).waitFor()
    },
  },
  {
    name: 'rubrica-kit',
    reach: async (at) => {
      await at.tab('lists-tab-kits').click()
      await at.button('lists-kit-add').click()
    },
  },
  {
    name: 'rubrica-squadra',
    reach: async (at) => {
      await at.tab('lists-tab-team').click()
      await at.page.getByRole('table', { name: at.t('lists-operators') }).waitFor()
    },
  },
  {
    name: 'rubrica-regole',
    reach: async (at) => {
      await at.tab('lists-tab-rules').click()
      await at.page.getByLabel(at.t('lists-set-k')).waitFor()
    },
  },
  {
    name: 'rubrica-modifiche',
    reach: async (at) => {
      await at.tab('lists-tab-services').click()
      const table = at.page.getByRole('table', {
        name: at.t('lists-tab-services'),
      })
      await table
        .getByRole('button', {
          name: at.t('lists-verify-of', { name: '' }).replace(/^: /, ''),
        })
        .first()
        .click()
      await at.button('lists-sign').waitFor()
    },
  },
  {
    name: 'rubrica-firmata',
    reach: async (at) => {
      const { manifest } = await at.core('lists', {})
      await at.button('lists-sign').click()
      await at.page
        .getByRole('status')
        .filter({ hasText: at.t('lists-sent', { n: manifest + 1 }) })
        .waitFor()
    },
  },
  {
    name: 'registro',
    reach: async (at) => {
      await at.open('register-title')
      const row = at.page.getByRole('row').filter({ hasText: at.t('register-changed') })
      await row.first().waitFor()
      await at.page.getByRole('status').waitFor()
    },
  },
  {
    name: 'registro-firmato',
    reach: async (at) => {
      await at.open('register-title')
      await at.button('register-export').click()
      await at.page.getByText(at.t('register-export-by-programme')).waitFor()
    },
  },
]
