import type { ReceiptList } from '../contact/rules.receipt.ts'
import { begin, comeBack, type Held, readWords } from './chat.keys.ts'
import { ChatLive, part, show } from './chat.live.ts'
import { slowness } from './chat.seal.ts'

// The help chat, and coming back to it. Without this file the forms of these pages work by themselves: our server then seals what arrives, and the page says so.
// Nothing is kept: no cookie, no storage; what was typed is gone with the page.

/** Longer than this, and a child would sit before a screen that stands still. */
const slowMs = 3000
const root = document.querySelector<HTMLElement>('[data-chat]')
const form = root?.querySelector('form')
const list = (root?.dataset.list ?? 'digits') as ReceiptList
const language = document.documentElement.lang

/** Can this device do it, and fast enough? */
const able = async (): Promise<boolean> => {
  if (!crypto.subtle || typeof WebAssembly !== 'object' || !('body' in Response.prototype)) return false
  return (await slowness().catch(() => Number.POSITIVE_INFINITY)) <= slowMs
}
const ready = able()
void ready.then(yes => {
  show('by-device', yes)
  show('by-server', !yes)
})

/** Lets the screen say that something is being done before the work that stands in its way begins. */
const painted = () => new Promise<void>(done => requestAnimationFrame(() => setTimeout(done, 30)))
const fieldOf = (name: string): string => String(new FormData(form ?? undefined).get(name) ?? '')

const open = (held: Held, words: readonly string[] | undefined): ChatLive => {
  form?.reset()
  return ChatLive(held, language, words)
}

/** The first message: as typed, sealed here. False: not possible now, the form goes its own way. */
const first = async (): Promise<boolean> => {
  const text = fieldOf('text').trim()
  // An empty or too long one is answered by the server, which says what is missing.
  if (text === '' || text.length > 4000) return false
  const given = (name: string, unless: string) => {
    const v = fieldOf(name)
    return v === '' || v === unless ? {} : { [name]: v }
  }
  const answers = { ...given('age', 'skip'), ...given('about', 'skip'), ...given('talkTo', 'any') }
  const safeNow = fieldOf('safeNow') || 'not_asked'
  const done = await begin({ text, language, safeNow, answers, submission: fieldOf('submission'), seed: fieldOf('seed') }, list, waiting =>
    show('waiting', waiting),
  )
  if (done.kind !== 'open') return false
  const live = open(done.held, done.receipt.parts)
  live.mine(text)
  if (safeNow === 'no') show('danger', true)
  return true
}

/** Back with the words. False: nobody answers; the form goes its own way. */
const back = async (): Promise<boolean> => {
  const read = await readWords(fieldOf('words'))
  if (!read.ok) {
    const { problem } = read
    const said = part('wrong-words')
    const text = said?.querySelector('[data-text]')
    const places = problem.code === 'wrong_words' ? problem.words.map(w => `${w.position} – ${w.typed}`).join(', ') : ''
    if (text) text.textContent = places ? (said?.dataset.wrong ?? '').replace('%', places) : (said?.dataset.count ?? '')
    show('wrong-words', true)
    said?.focus()
    return true
  }
  const found = await comeBack(read)
  if (found === 'away') return false
  if (!found) {
    show('no-answer', true)
    part('no-answer')?.focus()
    return true
  }
  const live = open(found.held, undefined)
  for (const m of found.messages) await live.heard(m)
  return true
}

let busy = false
form?.addEventListener('submit', event => {
  event.preventDefault()
  if (busy) return
  busy = true
  show('no-answer', false)
  show('wrong-words', false)
  show('working', true)
  void (async () => {
    await painted()
    let done = false
    try {
      done = (await ready) && (root?.dataset.chat === 'back' ? await back() : await first())
    } catch {
      // Whatever stands in the way here does not stand in the way of the form.
    }
    busy = false
    show('working', false)
    if (!done) form.submit()
  })()
})

// Pictures and files are not taken; one that is dropped would be opened in place of the page.
for (const name of ['dragover', 'drop']) document.addEventListener(name, event => event.preventDefault())
