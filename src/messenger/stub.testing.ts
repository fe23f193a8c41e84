import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What somebody was sent by us. */
export interface Sent {
  readonly chat: string
  readonly text: string
  readonly raw: Readonly<Record<string, unknown>>
}

const bodyOf = async (req: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of req) body += String(chunk)
  return body
}
const json = (res: ServerResponse, status: number, value: unknown) => {
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end(JSON.stringify(value))
}

const listen = async (handle: (req: IncomingMessage, res: ServerResponse, body: string) => Promise<void> | void) => {
  const server = createServer((req, res) => void bodyOf(req).then(b => handle(req, res, b)))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>(done => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

export const telegramToken = '123456789:AAtest-token-of-nobody'

/** Telegram's Bot API, as far as we use it. What is asked for beyond that is kept in `strange`. */
export const telegramStub = async () => {
  const sent: Sent[] = []
  const updates: { update_id: number }[] = []
  const blocked = new Set<string>()
  const strange: string[] = []
  const asked: Record<string, unknown>[] = []
  let failures = 0
  let hook: Record<string, unknown> | undefined
  const server = await listen(async (req, res, body) => {
    const method = (req.url ?? '').replace(`/bot${telegramToken}/`, '')
    const args = body ? (JSON.parse(body) as Record<string, unknown>) : {}
    if (method === 'getUpdates') {
      asked.push(args)
      const from = Number(args.offset ?? 0)
      for (let i = 0; i < 20 && !updates.some(u => u.update_id >= from); i++) await sleep(10)
      return json(res, 200, { ok: true, result: updates.filter(u => u.update_id >= from) })
    }
    if (method === 'deleteWebhook') return json(res, 200, { ok: true, result: true })
    if (method === 'setWebhook') {
      hook = args
      return json(res, 200, { ok: true, result: true })
    }
    if (method !== 'sendMessage') {
      strange.push(method)
      return json(res, 404, { ok: false, error_code: 404, description: 'Not Found' })
    }
    if (blocked.has(String(args.chat_id)))
      return json(res, 403, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    if (failures > 0) {
      failures--
      return json(res, 429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } })
    }
    sent.push({ chat: String(args.chat_id), text: String(args.text), raw: args })
    return json(res, 200, { ok: true, result: { message_id: sent.length } })
  })
  return {
    ...server,
    sent,
    updates,
    blocked,
    strange,
    asked,
    hook: () => hook,
    /** The next so many messages are refused for now. */
    fail: (n: number) => {
      failures = n
    },
  }
}

export const vkGroup = 4242
/** VK's messages, as far as we use them: long poll and sending. A repeated random_id is one message, as there. */
export const vkStub = async () => {
  const sent: Sent[] = []
  const events: unknown[] = []
  const blocked = new Set<string>()
  const strange: string[] = []
  const ids = new Set<string>()
  const server = await listen(async (req, res, body) => {
    const url = new URL(req.url ?? '/', 'http://x')
    const args = Object.fromEntries(new URLSearchParams(body))
    if (url.pathname === '/method/groups.getLongPollServer')
      return json(res, 200, { response: { server: `${server.url}/poll`, key: 'k', ts: '0' } })
    if (url.pathname === '/poll') {
      const from = Number(url.searchParams.get('ts'))
      for (let i = 0; i < 20 && events.length <= from; i++) await sleep(10)
      return json(res, 200, { ts: String(events.length), updates: events.slice(from) })
    }
    if (url.pathname !== '/method/messages.send') {
      strange.push(url.pathname)
      return json(res, 200, { error: { error_code: 3, error_msg: 'Unknown method' } })
    }
    if (blocked.has(args.peer_id ?? '')) return json(res, 200, { error: { error_code: 901, error_msg: "Can't send messages" } })
    if (!ids.has(args.random_id ?? '')) sent.push({ chat: args.peer_id ?? '', text: args.message ?? '', raw: args })
    ids.add(args.random_id ?? '')
    return json(res, 200, { response: sent.length })
  })
  return { ...server, sent, events, blocked, strange }
}

/** An update as Telegram sends it. */
export const telegramUpdate = (n: number, chat: number, message: Record<string, unknown>, from: Record<string, unknown> = {}) => ({
  update_id: n,
  message: {
    message_id: n,
    date: 1_760_000_000,
    chat: { id: chat, type: 'private', first_name: 'Zebiniso' },
    from: { id: chat, is_bot: false, first_name: 'Zebiniso', username: 'zebi_canary_handle', language_code: 'ru', ...from },
    ...message,
  },
})
/** An event as VK sends it. */
export const vkEvent = (n: number, peer: number, message: Record<string, unknown>) => ({
  type: 'message_new',
  event_id: `e${n}`,
  v: '5.199',
  group_id: vkGroup,
  object: {
    client_info: { lang_id: 0 },
    message: {
      id: n,
      conversation_message_id: n,
      date: 1_760_000_000,
      peer_id: peer,
      from_id: peer,
      text: '',
      attachments: [],
      out: 0,
      ...message,
    },
  },
})
