import type { Adapter } from './messenger/jobs.adapter.ts'
import { telegram } from './messenger/jobs.telegram.ts'
import { buildBot, deliverAlways, takeSurely } from './messenger/jobs.ts'
import { vk } from './messenger/jobs.vk.ts'
import { buildHooks } from './messenger/routes.hook.ts'
import { botKeys } from './messenger/store.ts'
import { openPool } from './platform/db.ts'
import { type ChildContext, roleConnection } from './platform/launch.target.ts'
import { askOf } from './platform/site.ts'
import { wordsFor } from './platform/words.ts'

export interface MessengerStart {
  readonly context: ChildContext
  readonly subkey: Buffer
  readonly log: (entry: { code: string; url: string; at: string }) => void
}

/**
 * The messenger process: Telegram and VK, each only when it is set up. It reaches the database as the public site does, and holds the key by which chats of
 * messengers are found, answered and continued; no key of a team, a case or a person.
 */
export const runMessenger = async (o: MessengerStart): Promise<{ readonly close: () => Promise<void> }> => {
  const { config } = o.context
  const m = config.messenger
  if (!m) throw new Error('no messenger is set up')
  const log = (code: string) => o.log({ code, url: '-', at: '' })
  const pool = openPool({ ...roleConnection(o.context.target, o.context.keys, 'public_in'), max: 4 })
  const adapters: Adapter[] = [...(m.telegram ? [telegram({ ...m.telegram, subkey: o.subkey })] : []), ...(m.vk ? [vk(m.vk)] : [])]
  const bot = buildBot({
    ask: askOf(pool),
    keys: botKeys(o.subkey),
    adapters,
    words: wordsFor,
    publicUrl: config.public.url,
    clock: () => new Date(),
    log,
  })
  const stop = new AbortController()
  // VK is told its address by a person, so its callback needs no MESSENGER_URL.
  const called = adapters.filter(a => a.hook && (a.channel === 'vk' || m.url))
  const hooks = called.length
    ? buildHooks({ bot, adapters: called, trustProxy: config.trustProxy, https: m.url?.startsWith('https:') ?? true, log: o.log })
    : undefined
  if (hooks) await hooks.listen({ port: m.port, host: config.host })
  const running = [
    deliverAlways(bot, log, stop.signal),
    ...adapters.map(async a => {
      if (!called.includes(a)) return a.poll(takeSurely(bot, a, log, stop.signal), stop.signal)
      if (m.url) await a.hook?.announce?.(m.url).catch(() => log('messenger_hook_not_announced'))
    }),
  ]
  return {
    close: async () => {
      stop.abort()
      await hooks?.close()
      await Promise.all(running)
      await pool.end()
    },
  }
}
