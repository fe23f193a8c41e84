import { Button, createAll, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, Tabs } from 'govuk-frontend'
import { wakeChoices } from './choices.ts'
import { kept, lockScreen } from './keep.ts'

// The style sheets hide what a script must be able to show again only under these classes, so a page without scripts is whole.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, Tabs]) {
  createAll(component)
}
wakeChoices()

/** Forms whose typed words are not sent yet: leaving the page asks first. */
const dirty = new Set<HTMLFormElement>()
const guarded = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>('form[data-guard]') : null

document.addEventListener('input', event => {
  const form = guarded(event.target)
  if (form) dirty.add(form)
})
document.addEventListener('submit', event => {
  const form = guarded(event.target)
  if (form) dirty.delete(form)
})
// A form that came back with errors holds words that were never saved.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-guard]')) {
  if (document.querySelector('.govuk-error-summary')) dirty.add(form)
}
window.addEventListener('beforeunload', event => {
  if (dirty.size === 0) return
  event.preventDefault()
  // Chrome before 119 asks only for this.
  event.returnValue = true
})

document.addEventListener(kept, () => dirty.clear())
// By the button as by the clock: nothing typed is lost, so nothing is asked.
document.addEventListener('click', event => {
  if (!(event.target instanceof Element) || !event.target.closest('[data-lock]')) return
  event.preventDefault()
  void lockScreen()
})

// A page kept in the browser's memory would be shown to the next person on a shared computer, whoever is signed in.
window.addEventListener('pageshow', event => {
  if (event.persisted) location.reload()
})
