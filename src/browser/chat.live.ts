import { type Held, readAnswer, send, uuid, who, wordPrint } from './chat.keys.ts'
import { ask, listen, tell } from './chat.net.ts'

/* The open chat on the screen. What the child writes is shown while the page is open, and never again. */

export const part = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-part="${name}"]`)
export const show = (name: string, yes: boolean): void => {
  for (const e of document.querySelectorAll<HTMLElement>(`[data-part="${name}"]`)) e.hidden = !yes
}

export interface ChatLive {
  /** A message of the sender that has been sent already. */
  mine(text: string): void
  /** An answer as it came: opened, put in its place, and marked as read once it is on the screen. */
  heard(answer: unknown): Promise<void>
}

interface Answer {
  readonly id: string
  readonly seq: number
  readonly sealed: string
}
/** How long the neutral page still opens to the agreed word, and how many wrong ones it takes. */
const neutralMs = 30 * 60_000
const neutralTries = 5

/** "I am writing" is said at most so often, and holds so long for the other side. */
const typingEveryMs = 5000
const typingMs = 8000

/** Takes over the page: the form goes, the conversation stands in its place. `words`: the receipt of a new conversation. */
export const ChatLive = (held: Held, language: string, words: readonly string[] | undefined): ChatLive => {
  let here: Held | undefined = held
  let life = new AbortController()
  const seen = new Set<string>()
  const page = document.querySelector<HTMLTemplateElement>('template[data-part="chat"]')
  if (page) page.replaceWith(page.content)
  const live = part('live')
  const log = part('log')
  const box = live?.querySelector('textarea')
  const agreed = words?.[0] ?? ''
  // Not only out of sight: what was typed into it goes.
  part('before')?.remove()
  show('receipt', words !== undefined)
  show('here-own', words === undefined)
  for (const e of document.querySelectorAll<HTMLElement>('[data-agreed]')) e.textContent = agreed
  part('words')?.replaceChildren(
    ...(words ?? []).map(w => {
      const li = document.createElement('li')
      li.textContent = w
      return li
    }),
  )
  live?.querySelector<HTMLElement>('h1')?.focus()
  window.scrollTo(0, 0)

  const line = (text: string, kind: 'mine' | 'theirs', seq?: number): HTMLElement => {
    const item = part(`line-${kind}`)?.cloneNode(true) as HTMLElement
    item.removeAttribute('data-part')
    item.hidden = false
    const body = item.querySelector('[data-text]')
    if (body) body.textContent = text
    if (seq !== undefined) item.dataset.seq = String(seq)
    // Answers keep their order however late one arrives.
    const after = seq === undefined ? undefined : [...(log?.children ?? [])].find(e => Number((e as HTMLElement).dataset.seq ?? 0) > seq)
    if (after) after.before(item)
    else log?.append(item)
    item.scrollIntoView({ block: 'nearest' })
    return item
  }
  const onScreen = (): Promise<void> =>
    document.hidden
      ? new Promise(done => document.addEventListener('visibilitychange', () => !document.hidden && done(), { signal: life.signal }))
      : Promise.resolve()

  // Its place stands there from the beginning: nothing may move under a finger.
  const writing = part('typing')?.querySelector('span')
  let fades: ReturnType<typeof setTimeout> | undefined
  const typing = (yes: boolean): void => {
    clearTimeout(fades)
    if (writing) writing.hidden = !yes
    if (yes) fades = setTimeout(() => typing(false), typingMs)
  }
  let told = 0
  box?.addEventListener('input', () => {
    if (!here || box.value.trim() === '' || Date.now() - told < typingEveryMs) return
    told = Date.now()
    void ask('typing', who(here), { signal: life.signal, tries: 1 })
  })

  const heard = async (answer: unknown): Promise<void> => {
    const a = answer as Answer
    if (!here || seen.has(a.id)) return
    seen.add(a.id)
    const text = await readAnswer(here, a.sealed)
    if (text === undefined || !here) return
    typing(false)
    line(text, 'theirs', a.seq)
    show('none-yet', false)
    // Marked as read when it stands before somebody's eyes, not when it has arrived.
    void onScreen().then(() => here && void ask('seen', { ...who(here), command: uuid(), messages: a.id }, { signal: life.signal }))
  }
  const listening = () =>
    void (
      here &&
      listen(
        who(here),
        life.signal,
        heard,
        yes => show('waiting', !yes),
        () => typing(true),
      )
    )

  // One after the other, so that they arrive in the order in which they were written.
  let last = Promise.resolve()
  const say = (text: string): void => {
    const item = line(text, 'mine')
    const state = item.querySelector<HTMLElement>('[data-state]')
    if (state) state.hidden = false
    const id = uuid()
    last = last.then(async () => {
      if (!here) return
      const sent = await send(here, id, text, language, { signal: life.signal, waiting: yes => show('waiting', yes) })
      if (state) state.hidden = sent
      if (!sent && !life.signal.aborted) show('not-sent', true)
    })
  }
  live?.querySelector('form')?.addEventListener('submit', event => {
    event.preventDefault()
    const text = box?.value.trim() ?? ''
    if (text === '' || text.length > 4000 || !box) return
    box.value = ''
    say(text)
    box.focus()
  })

  // ---------------------------------------------------------------- "somebody is here"
  const neutral = async (): Promise<void> => {
    const sheet = document.querySelector<HTMLTemplateElement>('template[data-part="neutral"]')
    const inside = sheet?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined
    if (!here || !inside) return
    const own = part('own-word')?.querySelector('input')
    const [word, list] = [own?.value || agreed, part('words')]
    // What is on the screen goes first, then everything else.
    const kept = [...document.body.childNodes]
    const title = document.title
    document.body.replaceChildren(inside)
    document.title = inside.dataset.title ?? ' '
    window.scrollTo(0, 0)
    log?.replaceChildren()
    list?.replaceChildren()
    list?.closest<HTMLElement>('[data-part="receipt"]')?.remove()
    if (box) box.value = ''
    if (own) own.value = ''
    tell('watched', { ...who(here), command: uuid(), here: '1' })
    life.abort()
    const print = await wordPrint(word)
    const forget = () => {
      here = undefined
      kept.length = 0
    }
    const timer = setTimeout(forget, neutralMs)
    let tries = 0
    inside.querySelector('form')?.addEventListener('submit', event => {
      event.preventDefault()
      const field = inside.querySelector('input')
      const typed = field?.value ?? ''
      if (field) field.value = ''
      void (async () => {
        if (!here || typed.trim() === '') return
        if ((await wordPrint(typed)) !== print) {
          tries += 1
          if (tries >= neutralTries) forget()
          return
        }
        clearTimeout(timer)
        life = new AbortController()
        document.body.replaceChildren(...kept)
        document.title = title
        tell('watched', { ...who(here), command: uuid(), here: '0' })
        listening()
        box?.focus()
      })()
    })
  }
  part('here')?.addEventListener('click', () => void neutral())

  // A page that goes takes everything along.
  window.addEventListener('pagehide', () => {
    life.abort()
    here = undefined
    log?.replaceChildren()
    part('words')?.replaceChildren()
  })
  listening()
  return { mine: text => void line(text, 'mine'), heard }
}
