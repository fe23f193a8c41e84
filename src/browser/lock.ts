/* On a shared computer the screen closes after five minutes without a hand on it: the page itself must go, not only the session. What was typed is sent after the lock and kept sealed. */

import { lockScreen } from './keep.ts'

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

setInterval(() => {
  const now = Date.now()
  if (done) return
  if (now - active >= idleMs) {
    done = true
    return void lockScreen()
  }
  // Somebody who has been writing for six minutes must not find the session locked.
  if (active > told && now - told >= 60_000) {
    told = now
    fetch(`/${lang}/session`, { redirect: 'manual' }).catch(() => undefined)
  }
}, 5_000)
