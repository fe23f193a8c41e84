import { kept } from './keep.ts'

/*
 * The duty desk, live. The server says that something moved; the page is then fetched as it is and its live parts are put in place. What somebody is writing is never
 * touched. Without this file the page is complete and is loaded anew by hand.
 */

const root = document.querySelector<HTMLElement>('[data-desk]')
const say = (word: string | undefined) => {
  const text = word === undefined ? '' : (root?.dataset[word] ?? '')
  for (const place of document.querySelectorAll('[data-desk-status]')) if (place.textContent !== text) place.textContent = text
}

/** Parsed by the browser itself, without a string that becomes markup: the page's own policy forbids that. */
const fetchPage = (url: string): Promise<Document | undefined> =>
  new Promise(done => {
    const x = new XMLHttpRequest()
    x.open('GET', url)
    x.responseType = 'document'
    x.timeout = 20_000
    x.onload = () => done(x.status === 200 ? (x.response as Document) : undefined)
    x.onerror = x.ontimeout = () => done(undefined)
    x.send()
  })

/** Nobody has touched the screen for so long: then nothing is fetched, because fetching counts as work and would keep the screen unlocked. */
const awayMs = 4 * 60_000
let lastTouch = Date.now()
for (const kind of ['keydown', 'pointerdown', 'input'])
  document.addEventListener(
    kind,
    () => {
      const was = Date.now() - lastTouch
      lastTouch = Date.now()
      if (was > awayMs && behind) void refresh()
    },
    { passive: true },
  )

let behind = false
let fetching = false
const written = (part: Element) =>
  part.contains(document.activeElement) ||
  [...part.querySelectorAll<HTMLTextAreaElement>('textarea')].some(t => t.value !== t.defaultValue) ||
  part.querySelector('details[open]') !== null

/** Puts what is new into its places: the thread, the facts, the list. Forms keep what is in them and learn the newest version. */
const place = (fresh: Document) => {
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = part.dataset.live ?? ''
    const other = fresh.querySelector<HTMLElement>(`[data-live="${name}"]`)
    if (!other || part.innerHTML === other.innerHTML) continue
    if (name === 'acts' && written(part)) continue
    const focus = part.contains(document.activeElement) ? (document.activeElement?.closest('[id]')?.id ?? '') : ''
    // column-reverse: 0 is the newest; who has scrolled up stays where they are.
    const { scrollTop } = part
    part.replaceChildren(...[...other.childNodes].map(n => document.importNode(n, true)))
    part.scrollTop = scrollTop
    if (focus) document.getElementById(focus)?.focus()
  }
  const version = fresh.querySelector<HTMLInputElement>('input[name="version"]')?.value
  if (version) for (const field of document.querySelectorAll<HTMLInputElement>('input[name="version"]')) field.value = version
  document.dispatchEvent(new Event('dv-desk-placed'))
  pass()
}
const refresh = async (): Promise<void> => {
  if (fetching) {
    behind = true
    return
  }
  if (Date.now() - lastTouch > awayMs) {
    behind = true
    say('moved')
    return
  }
  fetching = true
  behind = false
  const fresh = await fetchPage(location.pathname + location.search)
  fetching = false
  if (!fresh?.querySelector('[data-desk]')) {
    // Signed out or locked elsewhere: what is typed stays on the screen, and saying so is all that can be done here.
    say('offline')
    return
  }
  place(fresh)
  say(undefined)
  if (behind) void refresh()
}

/** Somebody was asked in and new words wait for them: passed on without a press, as long as somebody sits here. Opening a page alone changes nothing. */
const pass = () => {
  const form = document.querySelector<HTMLFormElement>('form[data-desk-pass]')
  if (!form || form.dataset.deskPass === 'sent') return
  form.dataset.deskPass = 'sent'
  const body = new URLSearchParams([...new FormData(form)].flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
  void fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined)
}

/** "Writing" is said at most so often, and holds so long on the other side. */
const typingEveryMs = 5000
const typingMs = 8000
const writing = document.querySelector<HTMLElement>('[data-desk-typing] span')
let fades: ReturnType<typeof setTimeout> | undefined
const typing = (yes: boolean) => {
  clearTimeout(fades)
  if (writing) writing.hidden = !yes
  if (yes) fades = setTimeout(() => typing(false), typingMs)
}

let mark = ''
const listen = (url: string) => {
  const source = new EventSource(url)
  source.addEventListener('moved', e => {
    const next = (e as MessageEvent<string>).data
    if (mark !== '' && next !== mark) {
      typing(false)
      void refresh()
    } else say(undefined)
    mark = next
  })
  source.addEventListener('typing', () => typing(true))
  source.addEventListener('gone', () => {
    source.close()
    say('offline')
  })
  source.addEventListener('error', () => {
    say('offline')
    // The browser tries again by itself, except after an answer that was no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(url), 10_000)
  })
  document.addEventListener(kept, () => source.close())
  window.addEventListener('pagehide', () => source.close())
}

/** Sending without leaving the page. The command's id goes along each time, so that what arrived twice is saved once; the next message waits until this one is through. */
const send = (form: HTMLFormElement) => {
  const field = form.querySelector('textarea')
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"], button:not([type])')
  let sending = false
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (sending) return
    sending = true
    const body = new URLSearchParams([...new FormData(form)].flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
    if (field) field.readOnly = true
    const rest = () => {
      sending = false
      if (field) field.readOnly = false
      if (button) button.disabled = false
    }
    const attempt = async (): Promise<void> => {
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined)
      if (!answer || answer.status >= 500) {
        say('unsent')
        setTimeout(() => void attempt(), 4000)
        return
      }
      rest()
      if (answer.type !== 'opaqueredirect') {
        // Something must be put right or has changed meanwhile: the server's own page says what, with everything typed in it.
        document.dispatchEvent(new Event(kept))
        form.submit()
        return
      }
      const fresh = await fetchPage(location.pathname)
      const command = fresh?.querySelector<HTMLInputElement>('[data-desk-send] input[name="command"]')?.value
      if (!fresh || !command) {
        location.reload()
        return
      }
      form.reset()
      const own = form.querySelector<HTMLInputElement>('input[name="command"]')
      if (own) own.value = command
      for (const d of form.querySelectorAll('details')) d.open = false
      place(fresh)
      say('sent')
      field?.focus()
    }
    void attempt()
  })
  const to = form.dataset.deskTypingTo
  let told = 0
  field?.addEventListener('input', () => {
    if (!to || field.value.trim() === '' || Date.now() - told < typingEveryMs) return
    told = Date.now()
    void fetch(to, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' }).catch(() => undefined)
  })
  field?.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
}

if (root) {
  listen(root.dataset.desk ?? '')
  pass()
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-desk-send]')) send(form)
}
