import { z } from 'zod'
import type { Locale } from '../base/i18n.ts'
import { sameBytes, sha256 } from '../platform/crypto.ts'
import { type Adapter, pause } from './jobs.adapter.ts'
import type { Delivery, Inbound } from './schema.ts'

export interface VkOptions {
  readonly token: string
  readonly api: string
  /** Number of the community. */
  readonly group: number
  readonly secret: string | undefined
  readonly confirmation: string | undefined
  readonly wait?: number
}

const version = '5.199'
const number = z.number().int()
const Forwarded = z.object({ text: z.string().default('') })
const Event = z.object({
  type: z.literal('message_new'),
  group_id: number,
  object: z.object({
    client_info: z.object({ lang_id: number.optional() }).optional(),
    message: z.object({
      id: number.default(0),
      conversation_message_id: number.optional(),
      peer_id: number,
      from_id: number.positive(),
      text: z.string().default(''),
      payload: z.string().optional(),
      attachments: z.array(z.unknown()).default([]),
      geo: z.unknown().optional(),
      fwd_messages: z.array(Forwarded).default([]),
      out: number.default(0),
    }),
  }),
})
const Called = z.looseObject({ type: z.string(), group_id: number, secret: z.string().optional() })
const Server = z.object({ response: z.object({ server: z.url(), key: z.string(), ts: z.union([z.string(), number]) }) })
const News = z.object({
  ts: z.union([z.string(), number]).optional(),
  updates: z.array(z.unknown()).optional(),
  failed: number.optional(),
})
const Answer = z.object({ response: z.unknown().optional(), error: z.object({ error_code: number }).optional() })

/** Languages of VK's own screens, as far as we speak them. */
const languages: Readonly<Record<number, Locale>> = { 0: 'ru', 3: 'en', 16: 'fr', 66: 'uz', 87: 'ky', 70: 'tg' }

/** VK tells repeats apart by a number of 31 bits. */
export const randomIdOf = (key: string): number => sha256(key).readUInt32BE(0) >>> 1

const normaliseFor =
  (group: number) =>
  (raw: unknown): Inbound | undefined => {
    const parsed = Event.safeParse(raw)
    if (!parsed.success || parsed.data.group_id !== group) return undefined
    const { message: m, client_info } = parsed.data.object
    // Only one person's own chat with the community; nothing that we said ourselves.
    if (m.peer_id !== m.from_id || m.out !== 0) return undefined
    const start = m.payload !== undefined && /^\{"command":\s*"start"\}$/.test(m.payload)
    const text = [m.text, ...m.fwd_messages.map(f => f.text)].filter(Boolean).join('\n\n')
    const isMedia = m.attachments.length > 0 || m.geo !== undefined
    return {
      channel: 'vk',
      chat: String(m.peer_id),
      message: String(m.conversation_message_id ?? `id${m.id}`),
      kind: start ? 'start' : isMedia ? 'media' : 'text',
      text: start || isMedia ? '' : text,
      language: languages[client_info?.lang_id ?? -1],
      from: { id: String(m.from_id), name: '', handle: `vk.com/id${m.from_id}` },
    }
  }

/** 900, 901, 902: the person is shut off, does not take messages, or only from friends. */
const outcome = (code: number): Delivery =>
  code >= 900 && code <= 902 ? 'blocked' : code === 100 || code === 914 ? 'failed' : { later: code === 6 || code === 9 ? 2 : 30 }

/** Messages of a VK community: asked by its long poll, or called by it (callback API). */
export const vk = (o: VkOptions): Adapter => {
  const wait = o.wait ?? 25
  const ask = async (url: URL, body: Record<string, string> | undefined, stop?: AbortSignal): Promise<unknown> => {
    const limit = AbortSignal.timeout((wait + 15) * 1000)
    const r = await fetch(url, {
      ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
      redirect: 'error',
      signal: stop ? AbortSignal.any([stop, limit]) : limit,
    })
    return r.json()
  }
  // The token goes in the body: addresses end up in logs.
  const method = (name: string, values: Record<string, string>, stop?: AbortSignal) =>
    ask(new URL(`/method/${name}`, o.api), { ...values, access_token: o.token, v: version }, stop)

  return {
    channel: 'vk',
    normalise: normaliseFor(o.group),
    send: async (chat, text, key) => {
      try {
        const done = Answer.parse(
          await method('messages.send', { peer_id: chat, message: text, random_id: String(randomIdOf(key)), dont_parse_links: '1' }),
        )
        return done.error ? outcome(done.error.error_code) : 'sent'
      } catch {
        return { later: 5 }
      }
    },
    poll: async (take, stop) => {
      let at: { server: string; key: string; ts: string } | undefined
      while (!stop.aborted) {
        try {
          if (!at) {
            const { response: r } = Server.parse(await method('groups.getLongPollServer', { group_id: String(o.group) }, stop))
            at = { server: r.server, key: r.key, ts: String(r.ts) }
          }
          const url = new URL(at.server)
          url.search = new URLSearchParams({ act: 'a_check', key: at.key, ts: at.ts, wait: String(wait) }).toString()
          const news = News.parse(await ask(url, undefined, stop))
          if (news.failed !== undefined && news.failed !== 1) {
            at = undefined
            continue
          }
          for (const u of news.updates ?? []) await take(u)
          // Only after all were taken: until then the same news comes again.
          if (news.ts !== undefined) at = { ...at, ts: String(news.ts) }
        } catch {
          await pause(2_000, stop)
        }
      }
    },
    hook:
      o.confirmation && o.secret
        ? {
            path: 'vk',
            open: body => {
              const c = Called.safeParse(body)
              if (!c.success || c.data.group_id !== o.group) return 'wrong'
              const right = c.data.secret !== undefined && sameBytes(sha256(c.data.secret), sha256(o.secret ?? ''))
              // VK asks whose server this is before it has been told the secret.
              if (c.data.type === 'confirmation' && (right || c.data.secret === undefined)) return { say: o.confirmation ?? '' }
              return right ? { raw: body, say: 'ok' } : 'wrong'
            },
          }
        : undefined,
  }
}
