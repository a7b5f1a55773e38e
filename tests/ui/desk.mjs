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

  async openDevices() {
    await this.page.getByRole('link', { name: this.t('devices-title'), exact: true }).click()
    await this.page.getByRole('heading', { name: this.t('devices-title'), level: 1 }).waitFor()
    await this.page.getByRole('table').waitFor()
  }

  /** What a device handed in, or what waits of it. */
  held(device) {
    return this.page.getByRole('heading', { name: this.t('devices-quarantine-title', device) })
  }

  /** An entry of the list of acts. */
  act(key) {
    return this.page.getByRole('listitem').filter({ hasText: this.t(key) })
  }

  button(key, args) {
    return this.page.getByRole('button', { name: this.t(key, args), exact: true })
  }
}

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
    name: 'settimana-esterno',
    reach: async (at) => {
      await at.page.getByRole('radio', { name: at.t('week-external') }).click()
      await at.page.getByText(at.t('week-np'), { exact: true }).first().waitFor()
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
      await at.page.getByRole('button', { name: at.t('devices-open', { name: 'D2' }), exact: true }).click()
      await at.page
        .getByRole('heading', { name: at.t('devices-two-acts', { name: 'D2' }), exact: true })
        .waitFor()
    },
  },
]
