import { begin, comeBack, type First, type Held, type Opened, send } from '../browser/chat.keys.ts'
import { newId } from '../platform/records.ts'
import type { Site } from '../platform/site.ts'
import { newSeed, wordListTexts } from './store.public.ts'

/* The device's own code, in Node, against a public site: what differs from a telephone is only how a request travels. */

/** Lets `fetch` of the device's code reach this site, and gives it the word lists that a page would bring. */
export const deviceOf = (site: Site) => {
  const sent: { url: string; body: string; answer: string }[] = []
  const away = { now: false }
  globalThis.fetch = (async (url: string, init: { body: URLSearchParams }) => {
    if (away.now) throw new TypeError('no network')
    const body = init.body.toString()
    const r = await site.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: body,
    })
    sent.push({ url, body, answer: r.body })
    return new Response(r.body, { status: r.statusCode, headers: { 'content-type': String(r.headers['content-type']) } })
  }) as unknown as typeof fetch
  ;(globalThis as { dvWords?: Record<string, string> }).dvWords = wordListTexts()
  const first = (change: Partial<First> = {}): First => ({
    text: 'Меня не отпускают со склада',
    language: 'ru',
    safeNow: 'unsure',
    answers: { age: 'to14', about: 'taken', talkTo: 'woman' },
    submission: newId(),
    seed: newSeed(),
    ...change,
  })
  return {
    sent,
    away,
    first,
    begin: (f: First, list: 'ru' | 'en' | 'digits' = 'ru'): Promise<Opened> => begin(f, list, () => undefined),
    comeBack,
    send: (h: Held, text: string, id = newId()) =>
      send(h, id, text, 'ru', { signal: new AbortController().signal, waiting: () => undefined }),
  }
}
