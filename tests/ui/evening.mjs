// A small evening on two phones, so that every screen has something to show.

/** The person whom both phones write down: same zone, same half-hour, same kind, age and origin. */
const TWIN = { age: '35–44', origin: 1 }

/** Starts the outing of the lead and fills it; gives the code that brings the other phone in. */
export async function beginEvening(lead) {
  await lead.startUsualNight()
  await lead.threeTaps('Donna, già nota', 'Base')
  await lead.threeTaps('Trans, prima volta', 'Doppio')
  await lead.withDetails('Donna, già nota', 'Base', { age: '25–34', alias: true })
  await lead.tap('Salva')
  await lead.counts(3)
  await lead.withDetails('Uomo, prima volta', 'Base', TWIN)
  await lead.tap('Salva')
  await lead.counts(4)
  await lead.tap('Gruppo')
  await lead.choice('Quante persone', '4').click()
  await lead.kit('Base').click()
  await lead.tap('Salva 4 persone')
  await lead.counts(8)
  await referral(lead)
  await lead.threeTaps('Trans, già nota', 'Trans')
  await lead.counts(9)
  const { view } = await lead.stage.core(lead.page, 'tonight', {})
  return view.code
}

/** The other phone joins with the code. */
export async function playPartner(member, code) {
  await member.unlock()
  await member.startUsualNight({ partner: code })
  await member.threeTaps('Trans, già nota', 'Trans')
  await member.withDetails('Uomo, prima volta', 'Base', TWIN)
  await member.tap('Salva')
  await member.counts(2)
}

/** Both phones close; nobody has touched them for a while, so they may have locked themselves. */
export async function endEvening(lead, member) {
  for (const phone of [member, lead]) {
    await phone.stage.core(phone.page, 'lock', {})
    await phone.page.reload()
    await phone.unlock()
    await phone.closeNight({ km: '24' })
  }
}

async function referral(lead) {
  await lead.row('Altro').click()
  await lead.row('Invii').click()
  await lead.tap('Nuovo invio')
  await lead.choices('Dove').first().click()
  await lead.choice('Che cosa ha detto', 'Accetta').click()
  await lead.choice('Consenso a trasmettere', 'A voce').click()
  await lead.tap('Salva')
  // Both screens have an «Indietro».
  await lead.page.getByRole('heading', { name: 'Invii', exact: true }).waitFor()
  await lead.tap('Indietro')
  await lead.tap('Torna ai contatti')
}
