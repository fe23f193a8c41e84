// "Exit this page" (security rules of the public site): blank at once, forget on the server, replace the address, and stay blank when somebody presses Back.
// The link works without any of this.

import { wakeChoices } from './choices.ts'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
wakeChoices()

const module = document.querySelector<HTMLElement>('[data-module="govuk-exit-this-page"]')
const button = module?.querySelector<HTMLAnchorElement>('a')
const target = button?.href ?? 'https://ya.ru/pogoda'
const word = (name: string): string => module?.getAttribute(`data-i18n.${name}`) ?? ''

const blank = (said: string): HTMLElement => {
  const overlay = document.createElement('div')
  overlay.className = 'dv-blank'
  const alert = document.createElement('p')
  alert.className = 'govuk-visually-hidden'
  alert.setAttribute('role', 'alert')
  alert.textContent = said
  overlay.append(alert)
  document.title = ' '
  document.body.replaceChildren(overlay)
  return overlay
}

let left = false
const leave = (): void => {
  if (left) return
  left = true
  blank(word('activated'))
  // The server forgets first: it ends the conversation's session and tells the browser to clear what it kept.
  navigator.sendBeacon('/leave')
  location.replace(target)
}

document.addEventListener('click', event => {
  const link =
    event.target instanceof Element ? event.target.closest('.govuk-js-exit-this-page-button, .govuk-js-exit-this-page-skiplink') : null
  if (!link) return
  event.preventDefault()
  leave()
})

// Shift three times within five seconds. Shift held for a capital letter does not count.
const window5s = 5000
let presses = 0
let alone = false
let timer: ReturnType<typeof setTimeout> | undefined
const status = document.createElement('div')
status.className = 'govuk-visually-hidden'
status.setAttribute('role', 'status')
if (module) document.body.append(status)

const forget = (said: string): void => {
  presses = 0
  clearTimeout(timer)
  timer = undefined
  status.textContent = said
}
document.addEventListener('keydown', event => {
  if (event.key === 'Shift') {
    if (!event.repeat) alone = true
    return
  }
  alone = false
  if (presses > 0) forget('')
})
document.addEventListener('keyup', event => {
  if (event.key !== 'Shift' || !alone || !module) return
  alone = false
  presses += 1
  if (presses === 3) {
    leave()
    return
  }
  status.textContent = word(presses === 1 ? 'press-two-more-times' : 'press-one-more-time')
  if (presses === 1) timer = setTimeout(() => forget(word('timed-out')), window5s)
})

interface Activation {
  readonly navigationType?: string
  readonly from?: object | null
}
/** Came here by Back or Forward from another site? Undefined where the browser cannot tell. */
const backFromOutside = (restored: boolean): boolean | undefined => {
  const entry = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
  if (!restored && entry?.type !== 'back_forward') return false
  const activation = (window as { navigation?: { activation?: Activation | null } }).navigation?.activation
  if (activation === undefined) return undefined
  // Pages of other sites are not listed, so there is nothing to come from; the address itself is hidden by our referrer policy.
  return !activation?.from
}

const guardBack = (restored: boolean): void => {
  const outside = backFromOutside(restored)
  if (outside === false) return
  if (outside) {
    leave()
    return
  }
  // This browser does not say where Back came from: show nothing but a way on.
  const overlay = blank('')
  const on = document.createElement('a')
  on.href = location.href
  on.textContent = '→'
  on.setAttribute('aria-label', word('activated'))
  on.addEventListener('click', event => {
    event.preventDefault()
    location.reload()
  })
  overlay.append(on)
}
guardBack(false)
window.addEventListener('pageshow', event => {
  if (event.persisted) guardBack(true)
})
