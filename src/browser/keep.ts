/* Locking from the page: everything typed is sent after the lock, kept sealed on the server, and waits for whoever opens the screen again. */

/** Told to whoever would ask before leaving the page: what was typed is kept. */
export const kept = 'dv-kept'

const lang = document.documentElement.lang
const changed = (field: Element): boolean => {
  if (field instanceof HTMLInputElement)
    return (
      field.type !== 'hidden' &&
      (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)
    )
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  return field instanceof HTMLSelectElement && [...field.options].some(o => o.selected !== o.defaultSelected)
}
/** A form that came back with errors holds words that were never saved, though nothing in it has changed since. */
const cameBack = (form: HTMLFormElement): boolean =>
  document.querySelector('.govuk-error-summary') !== null &&
  (form.querySelector('.govuk-form-group--error') !== null || [...form.querySelectorAll('textarea')].some(t => t.value !== ''))
const typed = () =>
  [...document.querySelectorAll<HTMLFormElement>('form[data-guard]')].filter(f => [...f.elements].some(changed) || cameBack(f))

const send = (to: string, body: URLSearchParams): Promise<boolean> =>
  fetch(to, { method: 'POST', body, redirect: 'manual' }).then(
    () => true,
    () => false,
  )

/** Locks the session, keeps every form of the page with something typed in it, and goes to the locked screen. */
export const lockScreen = async (): Promise<void> => {
  // Read before anything is waited for: what is in the fields at this moment is what is kept.
  const forms = typed().map(form => ({
    to: form.action,
    body: new URLSearchParams([...new FormData(form)].flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : []))),
  }))
  const here = location.pathname.slice(lang.length + 1) + location.search
  let some = false
  if (await send(`/${lang}/sign-out`, new URLSearchParams([['then', 'lock']])))
    for (const { to, body } of forms) some = (await send(to, body)) || some
  document.dispatchEvent(new Event(kept))
  location.replace(`/${lang}/unlock?next=${encodeURIComponent(some ? '/held' : here)}`)
}
