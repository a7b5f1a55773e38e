// One gloved finger: it taps what lies under it, never scrolls, never types; and the page itself counts.

/** Put into the page before its own scripts: counts what the page really gets, whoever causes it. */
export function counters() {
  const seen = { taps: 0, keys: 0, scrolls: [], fields: [] }
  const named = (element) => element?.getAttribute?.('aria-label') ?? element?.tagName ?? 'document'
  const takesText = (element) =>
    element.isContentEditable ||
    element.tagName === 'TEXTAREA' ||
    (element.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'file'].includes(element.type))
  const listen = (kind, note) => {
    addEventListener(kind, note, { capture: true, passive: true })
  }
  listen('pointerdown', (event) => {
    if (event.isTrusted && event.isPrimary) seen.taps += 1
  })
  listen('keydown', () => (seen.keys += 1))
  listen('focusin', (event) => {
    if (takesText(event.target)) seen.fields.push(named(event.target))
  })
  listen('scroll', (event) => {
    const of = event.target === document ? document.scrollingElement : event.target
    if (of.scrollTop !== 0 || of.scrollLeft !== 0) seen.scrolls.push(named(of))
  })
  // What the frame after a tap on Nascondi shows, and when it is drawn.
  listen('click', (event) => {
    if (event.target.closest?.('button')?.getAttribute('aria-label') !== 'Nascondi') return
    const tapped = performance.now()
    requestAnimationFrame(() => {
      // To whoever asked for it: this page is about to go.
      globalThis.__hidden?.({ ms: performance.now() - tapped, words: document.body.innerText })
    })
  })
  globalThis.__seen = seen
}

/** What could be scrolled on this screen: the page itself, and everything inside that overflows. */
export function scrollable() {
  const found = []
  for (const element of [document.scrollingElement, ...document.querySelectorAll('body *')]) {
    const style = getComputedStyle(element)
    const isPage = element === document.scrollingElement
    const beyondX = element.scrollWidth - element.clientWidth
    const beyondY = element.scrollHeight - element.clientHeight
    const scrollsY = isPage || /auto|scroll/.test(style.overflowY)
    const scrollsX = isPage || /auto|scroll/.test(style.overflowX)
    if (element.scrollTop !== 0)
      found.push(`${element.className || element.tagName} stands at ${element.scrollTop}`)
    if (scrollsY && beyondY > 1) found.push(`${element.className || element.tagName}: ${beyondY} px below`)
    if (scrollsX && beyondX > 1) found.push(`${element.className || element.tagName}: ${beyondX} px beside`)
  }
  return found
}

/** Whether a control lies wholly on the screen, and a finger on its middle meets it and nothing else. */
function underFinger(element) {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  if (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
    return { fault: `only partly on the screen: ${[left, top, right, bottom].map(Math.round).join(', ')}` }
  }
  const x = (left + right) / 2
  const y = (top + bottom) / 2
  const met = document.elementFromPoint(x, y)
  if (!element.contains(met)) return { fault: `covered by ${met?.className || met?.tagName}` }
  return { x, y }
}

/** The finger of whoever holds the phone. */
export class Finger {
  constructor(page) {
    this.page = page
  }

  /** A tap on the middle of a control that lies wholly in sight. */
  async tap(locator) {
    const { x, y } = await this.reach(locator)
    await this.page.touchscreen.tap(x, y)
  }

  /** Holds until `until` is there to see. */
  async hold(locator, until) {
    const { x, y } = await this.reach(locator)
    const client = await this.page.context().newCDPSession(this.page)
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await until.first().waitFor({ state: 'visible' })
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await client.detach()
  }

  /** Where a finger meets a control; fails if it does not lie wholly in sight. */
  async reach(locator) {
    const control = locator.first()
    await control.waitFor({ state: 'visible' })
    const place = await control.evaluate(underFinger)
    if (place.fault) throw new Error(`${locator}: ${place.fault}`)
    return place
  }
}
