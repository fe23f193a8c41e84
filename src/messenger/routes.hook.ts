import type { FastifyInstance } from 'fastify'
import { databaseAway } from '../platform/db.ts'
import { buildHttp, type HttpOptions } from '../platform/http.ts'
import type { Adapter } from './jobs.adapter.ts'
import type { Bot } from './jobs.ts'
import { messengerPublicPolicy } from './policy.public.ts'

export interface HookOptions {
  readonly bot: Bot
  readonly adapters: readonly Adapter[]
  readonly trustProxy: HttpOptions['trustProxy']
  readonly https: boolean
  readonly log: HttpOptions['log']
}

/** Where messengers call us. Whatever does not prove itself gets the same 404 as an address that does not exist; nothing here can be opened by a browser. */
export const buildHooks = (o: HookOptions): FastifyInstance => {
  const app = buildHttp({
    site: 'public',
    https: o.https,
    trustProxy: o.trustProxy,
    permissions: { ...messengerPublicPolicy.permissions, healthz: 'public' },
    errorPage: () => 'not found',
    log: o.log,
  })
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_req, body, done) => {
    try {
      done(null, JSON.parse(String(body)))
    } catch {
      // The parser's own error quotes the text.
      done(null, undefined)
    }
  })
  for (const adapter of o.adapters) {
    const { hook } = adapter
    if (!hook) continue
    app.post(`/${hook.path}`, { config: { permit: 'messenger:hook' } }, async (req, reply) => {
      const header = req.headers['x-telegram-bot-api-secret-token']
      const opened = hook.open(req.body, typeof header === 'string' ? header : undefined)
      if (opened === 'wrong') return reply.callNotFound()
      if (opened.raw !== undefined) {
        try {
          await o.bot.take(adapter, opened.raw)
        } catch (e) {
          // The messenger sends it again.
          if (databaseAway(e)) throw e
          o.log({ code: e instanceof Error ? ((e as { code?: string }).code ?? e.name) : 'unknown', url: 'hook', at: '' })
        }
      }
      return reply.type('text/plain').send(opened.say)
    })
  }
  return app
}
