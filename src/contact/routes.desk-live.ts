import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Id, isId } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import { asSession } from '../platform/db.ts'
import { sendHidden } from '../platform/http.ts'
import { officeCookie, tokenPattern } from '../platform/office.answer.ts'
import { hidden, type Office, redirect } from '../platform/office.ts'
import { type Live, listenLive } from './store.live.ts'
import { deskTypes } from './store.typing.ts'

/*
 * "Something moved": server-sent events for the page of a contact and for the inbox. They say a mark and nothing else; what moved is then fetched as an ordinary page,
 * with its permission and its line in the audit. A stream does not count as work: it never keeps a session alive or unlocked (session_open is not called here), and it
 * ends with the session.
 */

/** How often a stream looks again by itself: acts of colleagues make no noise in the database, and an ended session must be noticed. */
const lookAgainMs = 10_000
/** After a change, so long is waited for the next: a flood of messages is one line. */
const gatherMs = 400
/** "Writing" is passed on at most so often, however fast a device says it. */
const typingMs = 3000
/** Streams end by themselves and are opened again: nothing lives for ever that somebody forgot. */
const longestMs = 15 * 60_000
const mostStreams = 600

/** What is looked at: null when this session may not, else a mark that changes whenever something does. */
type Mark = string | null
/** Who asks, and the mark of what they look at; outside a live, unlocked session nobody. */
const look = (
  pool: Office['deps']['pool'],
  token: string,
  contact: Id | undefined,
  room = false,
): Promise<{ roles: readonly Role[] | null; mark: Mark }> =>
  asSession(pool, token, async tx => {
    const [who, what] = await Promise.all([
      tx.query<{ roles: Role[] | null }>('select app.my_roles() as roles'),
      contact && room
        ? tx.query<{ mark: string }>(
            'select (select count(*) from app.contact_room_turn t where t.record = r.id)::text as mark from app.contact_room r where r.id = $1 and r.invited_id = app.uid() and now() < r.until',
            [contact],
          )
        : contact
          ? tx.query<{ mark: string }>(
              `select c.version || '.' || (select count(*) || '.' || count(*) filter (where m.acknowledged) || '.' || count(m.delivery) from app.message m where m.contact_id = c.id) || '.' || coalesce((select v.watched from app.conversation v where v.contact_id = c.id), false)
               || coalesce((select '.' || r.passed_seq || '.' || (select count(*) from app.contact_room_turn t where t.record = r.id) from app.contact_room r where r.contact_id = c.id and now() < r.until), '') as mark
               from app.contact c where c.id = $1`,
              [contact],
            )
          : tx.query<{ mark: string }>(
              "select count(*) || '.' || coalesce(sum(c.version), 0) as mark from app.contact c where c.state in ('new', 'open') or c.unread",
            ),
    ])
    return { roles: who.rows[0]?.roles ?? null, mark: what.rows[0]?.mark ?? null }
  })

const stream = (
  reply: FastifyReply,
  live: Live,
  contact: Id | undefined,
  first: string,
  again: () => Promise<Mark>,
  open: Set<() => void>,
): void => {
  reply.hijack()
  const out = reply.raw
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) out.setHeader(name, value)
  out.setHeader('content-type', 'text/event-stream; charset=utf-8')
  out.setHeader('cache-control', 'no-store')
  out.setHeader('x-accel-buffering', 'no')
  out.writeHead(200)
  let told = first
  let busy = false
  let waiting: NodeJS.Timeout | undefined
  const end = () => {
    clearInterval(timer)
    clearTimeout(last)
    clearTimeout(waiting)
    stop()
    open.delete(end)
    out.end()
  }
  const tell = async () => {
    if (busy) return
    busy = true
    const mark = await again().catch(() => told)
    busy = false
    if (out.writableEnded) return
    if (mark === null) {
      out.write('event: gone\ndata: -\n\n')
      end()
    } else if (mark === told) out.write(': still here\n\n')
    else {
      told = mark
      out.write(`event: moved\ndata: ${mark}\n\n`)
    }
  }
  const soon = () => {
    if (waiting) return
    waiting = setTimeout(() => {
      waiting = undefined
      void tell()
    }, gatherMs)
    waiting.unref()
  }
  let heard = 0
  const typing = () => {
    const now = Date.now()
    if (now - heard < typingMs || out.writableEnded) return
    heard = now
    out.write('event: typing\ndata: -\n\n')
  }
  const unwatch = contact ? live.watch(contact, soon) : live.watchAll(soon)
  const unhear = contact ? live.watchTyping(contact, 'in', typing) : undefined
  const stop = () => {
    unwatch()
    unhear?.()
  }
  const timer = setInterval(() => void tell(), lookAgainMs)
  const last = setTimeout(() => end(), longestMs)
  timer.unref()
  last.unref()
  open.add(end)
  out.on('close', end)
  out.on('error', end)
  out.write(`retry: 3000\nevent: moved\ndata: ${first}\n\n`)
}

/** GET …/live of the inbox and of a contact. Without `accept: text/event-stream` the mark alone, for whoever asks from time to time. */
export const registerDeskLive = (o: Office): void => {
  const open = new Set<() => void>()
  let live: Live | undefined
  o.app.addHook('preClose', async () => {
    for (const end of [...open]) end()
    await live?.close()
  })
  const route = (url: string, permit: string) =>
    o.app.get(`/:lang${url}`, { config: { permit } }, async (req: FastifyRequest, reply) => {
      const { lang, contactId, roomId } = req.params as { lang: string; contactId?: string; roomId?: string }
      const record = contactId ?? roomId
      const known = lang === 'ru' || lang === 'en'
      const nothing = () => sendHidden(reply, o.deps.errorPage(404, known ? lang : 'ru', ''))
      if (!known) return nothing()
      const token = req.cookies[officeCookie]
      const signIn = () => reply.code(303).header('location', `/${lang}/sign-in`).send()
      if (!token || !tokenPattern.test(token)) return signIn()
      if (record !== undefined && !isId(record)) return nothing()
      const rule = o.deps.permissions[permit]
      const ask = () => look(o.deps.pool, token, record, roomId !== undefined)
      const { roles, mark } = await ask()
      if (!roles) return signIn()
      if (typeof rule !== 'object' || !rule.roles.some(r => roles.includes(r)) || mark === null) return nothing()
      if (!req.headers.accept?.includes('text/event-stream'))
        return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(mark)
      if (open.size >= mostStreams) return reply.code(503).send()
      live ??= listenLive(o.deps.pool)
      stream(
        reply,
        live,
        record,
        mark,
        async () => {
          const now = await ask()
          return now.roles ? now.mark : null
        },
        open,
      )
      return reply
    })
  const writing = '/contacts/:contactId/typing'
  o.get(writing, 'contact:read', async a => redirect(`/contacts/${a.params.contactId}`))
  // No record of it: that somebody began to write and did not send it is nobody's business.
  o.post(writing, 'contact:write', async a =>
    (await deskTypes(a, a.params.contactId as Id)) ? redirect(`/contacts/${a.params.contactId}`) : hidden,
  )
  route('/contacts/live', 'contact:list')
  route('/contacts/:contactId/live', 'contact:read')
  // Of a room it is told that something was added, to whoever was asked into it.
  route('/rooms/contact/:roomId/live', 'contact:room')
}
