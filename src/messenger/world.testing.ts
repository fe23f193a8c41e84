import { expect } from 'vitest'
import type { Id } from '../base/id.ts'
import { deskWorld } from '../contact/desk.testing.ts'
import { publicPolicy } from '../contact/policy.public.ts'
import { cheapArgon } from '../contact/public.testing.http.ts'
import { registerPublicSite } from '../contact/routes.public.ts'
import { random } from '../platform/crypto.ts'
import { buildSite } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import type { Adapter } from './jobs.adapter.ts'
import { telegram } from './jobs.telegram.ts'
import { buildBot, deliverAlways, takeSurely } from './jobs.ts'
import { vk } from './jobs.vk.ts'
import { messengerPublicPolicy } from './policy.public.ts'
import { registerMove } from './routes.public.ts'
import { botKeys } from './store.ts'
import { telegramStub, telegramToken, vkGroup, vkStub } from './stub.testing.ts'

/** A desk, the public site, and a messenger process beside stand-ins of Telegram and VK. */
export const messengerWorld = async () => {
  const d = await deskWorld()
  const [tg, vkApi] = [await telegramStub(), await vkStub()]
  const logs: string[] = []
  const subkey = random(32)
  const keys = botKeys(subkey)
  const time = { offset: 0 }
  const clock = () => new Date(Date.now() + time.offset)
  const adapters: readonly [Adapter, Adapter] = [
    telegram({ token: telegramToken, api: tg.url, subkey, wait: 1 }),
    vk({ token: 'vk-token-of-nobody', api: vkApi.url, group: vkGroup, secret: 'vk-secret-word', confirmation: 'c0nf1rm', wait: 1 }),
  ]
  const start = () =>
    buildBot({ ask: d.ask, keys, adapters, words: wordsFor, publicUrl: 'http://localhost:4301', clock, log: c => logs.push(c) })
  const bot = start()
  const site = buildSite({
    pool: d.w.db.pool('public_in', 2),
    keys: { fakeSalt: random(32) },
    argon: cheapArgon(),
    words: wordsFor,
    clock,
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: { ...publicPolicy.permissions, ...messengerPublicPolicy.permissions },
    log: e => logs.push(JSON.stringify(e)),
  })
  registerPublicSite(site)
  registerMove(site)
  /** As the process runs: asking and delivering, until stopped. */
  const run = () => {
    const stop = new AbortController()
    const log = (c: string) => logs.push(c)
    const done = Promise.all([
      deliverAlways(bot, log, stop.signal, 100),
      ...adapters.map(a => a.poll(takeSurely(bot, a, log, stop.signal), stop.signal)),
    ])
    return async () => {
      stop.abort()
      await done
    }
  }
  const contacts = async (): Promise<{ id: Id; channel: string; state: string; unread: boolean; version: number }[]> =>
    (
      await d.w.db.owner.query(
        "select id, channel, state, unread, version from app.contact where channel in ('telegram', 'vk') order by received, id",
      )
    ).rows
  const until = async (what: () => Promise<boolean> | boolean, ms = 5_000) => {
    for (let waited = 0; waited < ms; waited += 20) {
      if (await what()) return
      await new Promise(r => setTimeout(r, 20))
    }
    expect.unreachable('waited in vain')
  }
  return {
    ...d,
    tg,
    vkApi,
    logs,
    keys,
    subkey,
    time,
    adapters,
    bot,
    restarted: start,
    site,
    run,
    contacts,
    until,
    end: async () => {
      await site.app.close()
      await tg.close()
      await vkApi.close()
      await d.w.end()
    },
  }
}
export const linkIn = (text: string): string =>
  /http:\/\/localhost:4301(\/\S*\/go\/[\w-]{22})/.exec(text)?.[1] ?? expect.unreachable('no link')
