/* On a shared computer the screen closes after five minutes without a hand on it: the page itself must go, not only the session. What was typed is sent after the lock and kept sealed. */

const idleMs = 5 * 60_000
const lang = document.documentElement.lang
let active = Date.now()
let told = Date.now()
let done = false

for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  addEventListener(
    event,
    () => {
      active = Date.now()
    },
    { passive: true, capture: true },
  )

const changed = (field: Element): boolean => {
  if (field instanceof HTMLInputElement)
    return (
      field.type !== 'hidden' &&
      (field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)
    )
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  return field instanceof HTMLSelectElement && [...field.options].some(o => o.selected !== o.defaultSelected)
}
const typed = () => [...document.querySelectorAll<HTMLFormElement>('form[data-guard]')].find(f => [...f.elements].some(changed))

const lock = async () => {
  done = true
  const locked = await fetch(`/${lang}/sign-out`, {
    method: 'POST',
    body: new URLSearchParams([['then', 'lock']]),
    redirect: 'manual',
  }).then(
    () => true,
    () => false,
  )
  const form = locked ? typed() : undefined
  if (!form) return location.replace(`/${lang}/unlock?next=${encodeURIComponent(location.pathname.slice(lang.length + 1))}`)
  form.noValidate = true
  form.requestSubmit()
}

setInterval(() => {
  const now = Date.now()
  if (done) return
  if (now - active >= idleMs) return void lock()
  // Somebody who has been writing for six minutes must not find the session locked.
  if (active > told && now - told >= 60_000) {
    told = now
    fetch(`/${lang}/session`, { redirect: 'manual' }).catch(() => undefined)
  }
}, 5_000)
