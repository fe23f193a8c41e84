import { databaseAway } from '../platform/db.ts'
import type { Site } from '../platform/site.ts'
import { deviceBodies } from './schema.chat.ts'
import type { Live } from './store.live.ts'
import { takeChat } from './store.public-chat.ts'
import { senderTypes } from './store.typing.ts'

/** How often an open stream says that it lives: less than the shortest patience of a proxy. */
const heartbeatMs = 20_000
/** Streams of one process, and of one conversation: each holds a connection open. */
const mostStreams = 600
const mostOfOne = 3

/**
 * Answers as they come, as server-sent events. Asked for by POST, so that what proves the words stands in no address, no history and no log. The stream says what waits
 * when it opens and again after every change; an answer that was given out before is given out again after a reconnect, and the device knows it by its id.
 */
export const chatStreams = (site: Site, live: Live): void => {
  const open = new Map<string, number>()
  const enders = new Set<() => void>()
  let all = 0
  site.app.addHook('preClose', async () => {
    for (const end of [...enders]) end()
    await live.close()
  })
  // "I am writing": the same bytes whoever asks, and whether anybody heard it.
  site.app.post('/chat/typing', { config: { permit: 'public:talk' } }, async (req, reply) => {
    const parsed = deviceBodies.take.safeParse({ ...(req.body as object) })
    const say = (status: number, what: string) =>
      reply
        .code(status)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ status: what }))
    if (!parsed.success) return say(422, 'malformed')
    try {
      await senderTypes(site.ask, parsed.data)
    } catch (e) {
      // A flag of a moment: while the database is away nobody misses it.
      if (!databaseAway(e)) throw e
    }
    return say(200, 'noted')
  })
  site.app.post('/chat/stream', { config: { permit: 'public:talk' } }, async (req, reply) => {
    const parsed = deviceBodies.stream.safeParse({ ...(req.body as object) })
    const refuse = (status: number, what: string) =>
      reply
        .code(status)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ status: what }))
    if (!parsed.success) return refuse(422, 'malformed')
    const first = await takeChat(site.ask, parsed.data)
    if (!first) return refuse(200, 'unknown')
    const { contact } = first
    // The device asks again later, and by and by instead.
    if (all >= mostStreams || (open.get(contact) ?? 0) >= mostOfOne) return refuse(503, 'away')

    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, v]) => typeof v === 'string')) as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      // A proxy that gathers would keep an answer back.
      'x-accel-buffering': 'no',
    })
    all++
    open.set(contact, (open.get(contact) ?? 0) + 1)
    const said = new Set<string>()
    const say = (taken: typeof first) => {
      for (const m of taken.messages) {
        if (said.has(m.id)) continue
        said.add(m.id)
        raw.write(`event: answer\ndata: ${JSON.stringify(m)}\n\n`)
      }
    }
    let ended = false
    let asking = false
    let more = false
    const changed = async (): Promise<void> => {
      more = true
      if (asking) return
      asking = true
      try {
        while (more && !ended) {
          more = false
          const taken = await takeChat(site.ask, parsed.data)
          if (!taken) return end()
          if (!ended) say(taken)
        }
      } catch (e) {
        // The device notices and comes again.
        end()
        if (!databaseAway(e)) site.deps.log({ code: 'stream', url: '/chat/stream', at: '' })
      } finally {
        asking = false
      }
    }
    const unwatch = live.watch(contact, () => void changed())
    const unhear = live.watchTyping(contact, 'out', () => void (ended || raw.write('event: typing\ndata: {}\n\n')))
    const stop = () => {
      unwatch()
      unhear()
    }
    const beat = setInterval(() => raw.write(': \n\n'), heartbeatMs)
    const end = (): void => {
      if (ended) return
      ended = true
      clearInterval(beat)
      stop()
      enders.delete(end)
      all--
      const left = (open.get(contact) ?? 1) - 1
      if (left > 0) open.set(contact, left)
      else open.delete(contact)
      raw.end()
    }
    enders.add(end)
    raw.on('close', end)
    raw.on('error', end)
    raw.write('event: ready\ndata: {}\n\n')
    say(first)
    // Between the first look and the watching something may have come.
    void changed()
  })
}
