import { createHash } from 'node:crypto'
import { begin, type Held, readAnswer, send, uuid, who } from '../src/browser/chat.keys.ts'
import { ask, listen } from '../src/browser/chat.net.ts'

/*
 * So many children's devices: the browser's own code (src/browser/chat.*.ts) in Node. What differs from a telephone: `fetch` knows where the site is, and the words are
 * stretched at the least cost that Argon2id has. Nobody comes back with these words, and the server only ever sees a proof of 32 bytes, whatever they cost. Three hundred
 * chats that begin at once are a flood to our server, which asks each device for a little work: done here, a few dozen milliseconds each.
 */

export const cheap = 'argon2id,m=8,t=1,p=1'
/** What the device's own script finds in pieces, so that a phone stays awake; the driver finds it in one go. */
const worked = (ticket: string, bits: number): string => {
  for (let n = 0; ; n++) {
    const digest = createHash('sha256').update(`${ticket}:${n}`).digest()
    if (digest.readUInt32BE(0) >>> (32 - bits) === 0) return String(n)
  }
}
const letFetchReach = (site: string): void => {
  const real = globalThis.fetch
  const asked = new Map<string, number>()
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    if (!url.startsWith('/')) return real(url, init)
    const body = new URLSearchParams(init.body as URLSearchParams)
    const ticket = body.get('ticket') ?? ''
    const bits = asked.get(ticket)
    if (bits) body.set('work', worked(ticket, bits))
    asked.delete(ticket)
    const answer = await real(site + url, { ...init, body, headers: { origin: site } })
    if (url !== '/chat/start') return answer
    const { bits: wanted, ...given } = (await answer.json()) as Record<string, unknown>
    if (typeof wanted === 'number' && wanted > 0) asked.set(String(given.ticket), wanted)
    return new Response(JSON.stringify('kdf' in given ? { ...given, kdf: cheap } : given), { status: answer.status })
  }) as typeof fetch
}

export interface Device {
  readonly held: Held
  /** Says one thing after the other, as the page does; resolves when the server has it. */
  say(text: string): Promise<boolean>
  end(): void
}

/** Opens conversations and listens. `heard` is told what each device could read, in the order in which it came. */
export const devices = async (
  site: string,
  count: number,
  first: (at: number) => string,
  heard: (at: number, text: string, seq: number) => void,
): Promise<{ readonly list: readonly Device[]; readonly live: () => number }> => {
  letFetchReach(site)
  let living = 0
  const one = async (at: number): Promise<Device> => {
    const opened = await begin(
      { text: first(at), language: 'uz', safeNow: 'unsure', answers: {}, submission: uuid(), seed: uuid().replaceAll('-', '').repeat(2) },
      'digits',
      () => undefined,
    )
    if (opened.kind !== 'open') throw new Error(`conversation ${at}: ${opened.kind}`)
    const { held } = opened
    const life = new AbortController()
    const seen = new Set<string>()
    let mine = false
    void listen(
      who(held),
      life.signal,
      async answer => {
        const a = answer as { id: string; seq: number; sealed: string }
        if (seen.has(a.id)) return
        seen.add(a.id)
        const text = await readAnswer(held, a.sealed)
        heard(at, text ?? 'unreadable', a.seq)
        void ask('seen', { ...who(held), command: uuid(), messages: a.id }, { signal: life.signal })
      },
      yes => {
        if (yes !== mine) living += yes ? 1 : -1
        mine = yes
      },
    )
    let last: Promise<unknown> = Promise.resolve()
    return {
      held,
      say: text => {
        const done = last.then(() => send(held, uuid(), text, 'uz', { signal: life.signal, waiting: () => undefined }))
        last = done
        return done
      },
      end: () => life.abort(),
    }
  }
  const list: Device[] = new Array<Device>(count)
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let at = next++; at < count; at = next++) list[at] = await one(at)
    }),
  )
  return { list, live: () => living }
}
