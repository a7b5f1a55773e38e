// What a worker does on the phone, by the words on the screen.

/** The phone of one worker: a page, and the stage that counts what is checked on it. */
export class Phone {
  constructor(stage, page, name, pin) {
    this.stage = stage
    this.page = page
    this.name = name
    this.pin = pin
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** A row of a list by its first words; it also says its detail, and in *Chiudi* before all whether it is done. */
  row(words) {
    return this.page.getByRole('button', {
      name: new RegExp(`^((da fare|fatto) )?${words}`),
    })
  }

  choices(group) {
    return this.page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio')
  }

  choice(group, name) {
    return this.page
      .getByRole('radiogroup', { name: group, exact: true })
      .getByRole('radio', { name, exact: true })
  }

  /** A kit by its name; its button also says what is in it. */
  kit(name) {
    return this.page.getByRole('radio', { name: new RegExp(`^${name}( |$)`) })
  }

  switches(group) {
    return this.page.getByRole('group', { name: group, exact: true }).getByRole('button')
  }

  tap(name) {
    return this.button(name).click()
  }

  says(statement, words) {
    return this.stage.see(`${this.name}: ${statement}`, this.page.getByText(words))
  }

  picture(name) {
    return this.stage.picture(this.page, name)
  }

  accessible(screen) {
    return this.stage.accessible(this.page, `${this.name}: ${screen}`)
  }

  async type(digits) {
    for (const digit of digits) await this.tap(digit)
  }

  /** Types a code, and ends it. */
  async code(digits) {
    await this.type(digits)
    await this.tap('OK')
  }

  async unlock() {
    await this.code(this.pin)
    await this.stage.gone(`${this.name}: the PIN opens the notebook`, this.button('Codice dimenticato'))
  }

  /** The lead's second code, the first time: what it is for, the phone's own code, then twice the new one. */
  async chooseReviewCode(code) {
    await this.stage.see(
      `${this.name}: the night asks for a code of its own`,
      this.button('Scegli il codice'),
    )
    await this.accessible('Codice di verifica')
    await this.picture(`${this.name}-codice-di-verifica`)
    await this.tap('Scegli il codice')
    await this.code(this.pin)
    await this.stage.see(
      `${this.name}: the second code is chosen`,
      this.page.getByRole('heading', { name: 'Scegli il codice di verifica' }),
    )
    await this.code(code)
    await this.page.getByRole('heading', { name: 'Ripeti il codice di verifica' }).waitFor()
    await this.code(code)
  }

  /** The lead's second code, every other time. */
  async giveReviewCode(code) {
    await this.says('the night asks for its code', 'Almeno otto cifre. Solo tu le sai.')
    await this.accessible('Codice di verifica, da scrivere')
    await this.code(code)
  }

  /** The first figure of the night: persons met, as this phone has written them. */
  async persons() {
    return Number(
      await this.page.getByRole('group', { name: 'Stanotte e borsa' }).locator('b').first().innerText(),
    )
  }

  /** Checks the number of persons; the counter may follow a save by a moment. */
  counts(persons) {
    return this.stage.check(`${this.name}: ${persons} persons so far`, async () => {
      const figure = this.page.getByRole('group', { name: 'Stanotte e borsa' }).locator('b').first()
      await figure.filter({ hasText: new RegExp(`^${persons}$`) }).waitFor()
    })
  }

  /** Opens a part of *Stanotte*, if it is not open already. */
  async openPart(name) {
    const part = this.page.getByRole('button', {
      name: new RegExp(`^${name} `),
    })
    if ((await part.getAttribute('aria-expanded')) === 'false') await part.click()
  }

  /** From *Stanotte* to the latest outing that waits for something. */
  async openUnfinished() {
    await this.page.getByRole('button', { name: /^[0-9]+ uscit. da finire/ }).click()
    await this.row('uscita del').first().click()
  }

  /** *Stanotte* of a new phone: crew of two, a bag of everything, these zones by their place in the list. */
  async startNight({ zones, partner, load }) {
    await this.openPart('Equipaggio')
    for (const role of ['operatrice', 'mediatrice']) {
      await this.tap('Aggiungi persona')
      await this.choices('Codice').first().click()
      await this.choice('Ruolo', role).click()
    }
    await this.fillBag(load)
    // What was chosen before stands first in the list of zones, so the order of the taps is the order of the night.
    await this.openPart('Zone previste')
    for (const zone of zones) await this.switches('Zone previste').nth(zone).click()
    await this.go(partner)
  }

  /** *Stanotte* of a phone that was out before: crew and zones are as the last time, the bag is filled again. */
  async startUsualNight({ partner } = {}) {
    await this.openPart('Tipo')
    await this.choice('Tipo', 'Notturna').click()
    await this.fillBag()
    await this.go(partner)
  }

  /** As much of everything into the bag, whatever was in it the last time. */
  async fillBag(load = '120') {
    await this.openPart('Borsa di questo telefono')
    const bag = this.page.getByRole('list', {
      name: 'Borsa di questo telefono',
    })
    await bag.getByRole('button', { name: /^Altr[oi] \d+ material/ }).click()
    const items = await bag.getByRole('button').allInnerTexts()
    for (let at = 0; at < items.length; at += 1) {
      await bag.getByRole('button').nth(at).click()
      for (const _ of items[at].match(/\d/g) ?? []) await this.tap('Cancella')
      await this.type(load)
      await this.tap('Fatto')
    }
  }

  /** Starts the outing; with the other phone's code, the same one. The code is typed, or found by a function. */
  async go(partner) {
    if (partner !== undefined) {
      await this.tap('L’altro telefono è già partito')
      if (typeof partner === 'function') await partner()
      else await this.page.getByRole('textbox', { name: 'Le 4 lettere sull’altro telefono' }).fill(partner)
    }
    await this.tap('Inizia l’uscita')
    if (partner === undefined) await this.tap('Parola uguale: si parte')
    await this.stage.see(`${this.name}: the night has begun`, this.button('Donna, già nota'))
  }

  /** Three taps: a tile, a kit, *Salva*. */
  async threeTaps(tile, kit) {
    await this.tap(tile)
    if (kit === 'Niente') await this.tap('Niente')
    else await this.kit(kit).click()
    await this.tap(kit === 'Niente' ? 'Salva senza materiali' : 'Salva')
    await this.stage.see(`${this.name}: three taps save «${tile}», ${kit}`, this.page.getByText('Salvata'))
  }

  /** A tile with an estimated age and an origin, so that two phones can tell it is the same person. */
  async withDetails(tile, kit, { age, origin, alias }) {
    await this.tap(tile)
    await this.kit(kit).click()
    await this.tap('Aggiungi dettagli, se vuoi')
    if (alias) {
      await this.tap('Nuovo codice')
      await this.choices('Scegli il nuovo codice').nth(1).click()
    }
    if (age) await this.choice('Età stimata', age).click()
    if (origin !== undefined) await this.choices('Origine').nth(origin).click()
  }

  /** Counts every item of the bag as expected. */
  async countStock() {
    await this.page.getByRole('row').nth(1).waitFor()
    while (await this.page.getByRole('heading', { name: 'Scorte', exact: true }).isVisible()) {
      const item = await this.page.getByRole('heading', { level: 2 }).first().innerText()
      await this.tap('Conferma e avanti')
      // Either the next item stands there, or the list of the close.
      await this.page
        .getByRole('heading', { name: 'Chiudi l’uscita' })
        .or(this.page.getByRole('heading', { level: 2 }).filter({ hasNotText: new RegExp(`^${item}$`) }))
        .first()
        .waitFor()
    }
  }

  /** *Chiudi*: stock, kilometres, and the last question; ends on the receipt. */
  async closeNight({ km }) {
    await this.row('Altro').click()
    await this.tap('Chiudi l’uscita')
    await this.stage.see(`${this.name}: the close shows what is done and what is open`, this.row('Scorte'))
    await this.row('Scorte').click()
    await this.countStock()
    await this.says('the stock is counted and balances', 'contate, tutto torna')
    await this.row('Chilometri').click()
    await this.type(km)
    await this.tap('Fatto')
    await this.choice('Come state?', 'Bene, si va a casa').click()
    await this.accessible('Chiudi')
    await this.picture(`${this.name}-chiudi`)
    await this.tap('Chiudi e prepara l’invio')
    await this.receipt('the closed night')
  }

  /** The double frame, drawn only from a receipt: as many received as were written. */
  async receipt(what) {
    await this.stage.see(
      `${this.name}: ${what} is received`,
      this.page.getByRole('heading', { name: 'Tutto ricevuto' }),
    )
    await this.stage.check(`${this.name}: the receipt covers every record`, async () => {
      const figure = await this.page
        .getByText(/^\d+ di \d+$/)
        .first()
        .innerText()
      const [received, written] = figure.split(' di ').map(Number)
      if (!(written > 0 && received === written)) throw new Error(figure)
    })
  }
}
