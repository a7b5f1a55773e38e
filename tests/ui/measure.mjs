// What is measured inside a page. Each function runs there, so it stands alone and answers with plain faults.

/**
 * Controls smaller than `size`, or closer than `gap` to the next one, in CSS pixels.
 *
 * The one exception of the design: the rows of a list or a table follow each other on a hairline; they are as wide as
 * the screen, and count by their height alone.
 */
export function targets({ size, gap }) {
  const TINY = 0.6
  const all = [
    ...document.querySelectorAll('button, a[href], input, select, textarea, [role="button"], [role="radio"]'),
  ]
  const name = (element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .trim()
      .replace(/\s+/g, ' ')
      .slice(0, 40) || element.tagName
  const pinned = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (/sticky|fixed/.test(getComputedStyle(at).position)) return at
    }
    return null
  }
  // A control inside a label is hit through its label.
  const hit = (element) => (element.closest('label') ?? element).getBoundingClientRect()
  const isThere = (element) => {
    const { width, height } = element.getBoundingClientRect()
    const enabled = !element.disabled && element.getAttribute('aria-disabled') !== 'true'
    return enabled && width > 1 && height > 1 && element.checkVisibility({ checkVisibilityCSS: true })
  }
  // Under a sheet is not there: its middle, once in sight, is covered by something that is no part of it.
  const isCovered = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const met = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return met !== null && !element.contains(met) && !met.contains(element) && pinned(met) === null
  }
  const areRows = (one, other) => {
    const [row, next] = [one.closest('li, tr'), other.closest('li, tr')]
    return row !== null && next !== null && row !== next && row.parentElement === next.parentElement
  }
  const there = all.filter((element) => isThere(element) && !isCovered(element))
  const faults = []
  let smallest = [Infinity, Infinity]
  let closest = Infinity
  for (const element of there) {
    const { width, height } = hit(element)
    smallest = [Math.min(smallest[0], width), Math.min(smallest[1], height)]
    if (width < size - TINY || height < size - TINY) {
      faults.push(`«${name(element)}» is ${Math.round(width)} × ${Math.round(height)}`)
    }
  }
  for (const [at, one] of there.entries()) {
    for (const other of there.slice(at + 1)) {
      if (one.contains(other) || other.contains(one) || pinned(one) !== pinned(other) || areRows(one, other))
        continue
      const a = hit(one)
      const b = hit(other)
      const dx = Math.max(a.left - b.right, b.left - a.right)
      const dy = Math.max(a.top - b.bottom, b.top - a.bottom)
      const between = Math.max(dx, dy)
      closest = Math.min(closest, between)
      if (between < gap - TINY)
        faults.push(`«${name(one)}» and «${name(other)}» are ${Math.round(between)} px apart`)
    }
  }
  return { faults, count: there.length, smallest: smallest.map(Math.round), closest: Math.round(closest) }
}

/** Texts cut off, controls cut off or overlapping, and anything wider than the screen. */
export function clipped() {
  // How far the box of a letter may stand out of its line without the letter being cut.
  const LETTERS = 4
  const faults = []
  const name = (element) =>
    (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40) || element.tagName
  if (document.scrollingElement.scrollWidth > innerWidth + 1) {
    faults.push(`the page is ${document.scrollingElement.scrollWidth} px wide on ${innerWidth}`)
  }
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element)
    if (element.closest('.vh, svg') || !element.checkVisibility({ checkVisibilityCSS: true })) continue
    const { left, right, width, height } = element.getBoundingClientRect()
    // A link that only the keyboard brings onto the screen is no part of it yet.
    if (width <= 1 || height <= 1 || right < 0) continue
    const inScroller = (() => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true
      }
      return false
    })()
    if (!inScroller && (left < -1 || right > innerWidth + 1))
      faults.push(`«${name(element)}» leaves the screen: ${Math.round(left)}–${Math.round(right)}`)
    const ownText = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent.trim() !== '',
    )
    const cutsX = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
    const cutsY = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1
    // What wraps and is cut drops its last parts whole, on purpose: the counters of the night.
    if ((cutsX || cutsY) && style.position !== 'absolute' && style.flexWrap !== 'wrap')
      faults.push(`«${name(element)}» is cut off`)
    const isControl = element.matches('button, a[href], [role="radio"]')
    if (
      (ownText || isControl) &&
      !cutsX &&
      element.scrollWidth > element.clientWidth + 1 &&
      style.display !== 'inline'
    ) {
      faults.push(
        `«${name(element)}» is wider than its place by ${element.scrollWidth - element.clientWidth} px`,
      )
    }
    if (isControl && element.scrollHeight > element.clientHeight + LETTERS) {
      faults.push(
        `«${name(element)}» is higher than its place by ${element.scrollHeight - element.clientHeight} px`,
      )
    }
  }
  return [...new Set(faults)]
}

/** Animations and transitions that would move something. */
export function moving() {
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const { transitionDuration, transitionProperty, animationName, animationDuration } =
      getComputedStyle(element)
    const longest = (list) =>
      Math.max(...list.split(',').map((text) => parseFloat(text) * (/ms/.test(text) ? 1 : 1000)))
    const moves = longest(transitionDuration) > 0 && transitionProperty !== 'none'
    const plays = animationName !== 'none' && longest(animationDuration) > 0
    return moves || plays
      ? [`${element.className || element.tagName}: ${moves ? transitionProperty : animationName}`]
      : []
  })
}

/** The control that has the focus: its name, where it is, and whether that can be seen. */
export function focused() {
  const element = document.activeElement
  if (element === null || element === document.body) return null
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element)
  const drawn =
    outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor)
  const { left, top, bottom } = element.getBoundingClientRect()
  const order = [...document.querySelectorAll('*')].indexOf(element)
  const label = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ')
  return {
    order,
    label: label.slice(0, 40),
    seen: drawn || boxShadow !== 'none',
    left,
    top,
    bottom,
    onScreen: bottom > 0 && top < innerHeight,
  }
}

/** How many controls a keyboard should reach. */
export function reachable() {
  return [...document.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"]')].filter(
    (element) =>
      !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ checkVisibilityCSS: true }),
  ).length
}

/** Everything that a page has left behind in the WebView. */
export async function left() {
  const databases = (await indexedDB.databases?.()) ?? []
  const found = {
    localStorage: localStorage.length,
    sessionStorage: sessionStorage.length,
    databases: databases.length,
    caches: globalThis.caches ? (await caches.keys()).length : 0,
    workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    cookies: document.cookie.length,
  }
  return Object.entries(found).flatMap(([where, n]) => (n === 0 ? [] : [`${where}: ${n}`]))
}
