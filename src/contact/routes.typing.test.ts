import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { random, sha256 } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { deskWorld } from './desk.testing.ts'
import { publicPolicy } from './policy.public.ts'
import { postOf } from './public.testing.http.ts'
import { registerPublicSite } from './routes.public.ts'
import { liveChannel, liveDigest } from './store.live.ts'

let d: Awaited<ReturnType<typeof deskWorld>>
let site: Site
const told: string[] = []
const logged: unknown[] = []
const proof = random(32)
let stop: () => void
beforeAll(async () => {
  d = await deskWorld()
  site = buildSite({
    pool: d.w.db.pool('public_in', 2),
    keys: { fakeSalt: random(32) },
    argon: d.argon,
    words: wordsFor,
    clock: () => new Date(),
    demo: false,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: publicPolicy.permissions,
    log: e => logged.push(e),
  })
  registerPublicSite(site)
  await site.app.ready()
  const c = await d.w.db.owner.connect()
  c.on('notification', n => told.push(n.payload ?? ''))
  await c.query(`listen ${liveChannel}`)
  stop = () => c.release(true)
}, 60_000)
afterAll(async () => {
  stop?.()
  await site?.app.close()
  await d?.w.end()
  expect(logged).toEqual([])
})

/** A conversation whose proof is known here. */
const talk = async (): Promise<{ id: Id; locator: string }> => {
  const { id, receipt } = await d.report()
  await d.w.db.owner.query('update app.conversation set proof_hash = $2 where contact_id = $1', [id, sha256(proof)])
  return { id, locator: String(receipt.locator) }
}
const typing = (locator: string, with_: Buffer) => postOf(site)('/chat/typing', { locator, proof: with_.toString('base64') })
const typed = () => told.filter(p => p.includes(':'))
/** What could have been written: the journal, the version, the day of the last sign of life. */
const kept = async (id: Id) =>
  (
    await d.w.db.owner.query(
      `select c.version, c.unread, v.last_day::text, v.watched, (select count(*)::int from app.journal j where j.record = c.id) as events,
              (select count(*)::int from app.message m where m.contact_id = c.id) as messages, (select count(*)::int from app.command_seen) as commands
         from app.contact c join app.conversation v on v.contact_id = c.id where c.id = $1`,
      [id],
    )
  ).rows[0]

test('an unknown number and a wrong proof get the bytes of a right one, and nobody is told', async () => {
  const { id, locator } = await talk()
  told.length = 0
  const free = String((Number(locator) + 1) % 2 ** 22)
  const answers = [await typing(free, proof), await typing(locator, Buffer.alloc(32, 7))]
  await sleep(200)
  expect(typed()).toEqual([])
  answers.push(await typing(locator, proof))
  const shown = answers.map(r => {
    const { date: _when, ...headers } = r.headers
    return [r.statusCode, r.body, headers]
  })
  expect(shown[0]).toEqual(shown[2])
  expect(shown[1]).toEqual(shown[2])
  expect(answers[2]!.body).toBe('{"status":"noted"}')
  await expect.poll(typed).toEqual([`${liveDigest(id)}:in`])
  expect((await postOf(site)('/chat/typing', { locator, proof: 'x' })).statusCode).toBe(422)
})

test('staff without the contact get the bytes of an address that does not exist, and nobody is told', async () => {
  const { id } = await talk()
  told.length = 0
  const unknown = (await d.w.get(d.stranger, '/ru/no-such-page')).body
  for (const of of [id, newId()]) {
    const r = await d.w.post(d.stranger, `/ru/contacts/${of}/typing`, {})
    expect([r.statusCode, r.body]).toEqual([404, unknown])
  }
  await sleep(200)
  expect(typed()).toEqual([])
  expect((await d.w.post(d.desk, `/ru/contacts/${id}/typing`, {})).statusCode).toBe(303)
  await expect.poll(typed).toEqual([`${liveDigest(id)}:out`])
})

test('neither side leaves a trace of having begun to write', async () => {
  const { id, locator } = await talk()
  const before = await kept(id)
  told.length = 0
  await typing(locator, proof)
  await d.w.post(d.desk, `/ru/contacts/${id}/typing`, {})
  await expect.poll(typed).toEqual([`${liveDigest(id)}:in`, `${liveDigest(id)}:out`])
  expect(await kept(id)).toEqual(before)
  expect(told.filter(p => !p.includes(':'))).toEqual([])
})

test('the open page of the contact hears that the sender writes, once in a while; another contact’s page does not', async () => {
  const [mine, other] = [await talk(), await talk()]
  const at = await d.w.office.app.listen({ port: 0, host: '127.0.0.1' })
  const cut = new AbortController()
  const hear = async (id: Id) => {
    const heard = { text: '' }
    const r = await fetch(`${at}/ru/contacts/${id}/live`, {
      headers: { cookie: d.desk.cookie, accept: 'text/event-stream' },
      signal: cut.signal,
    })
    void (async () => {
      for await (const part of r.body!.pipeThrough(new TextDecoderStream())) heard.text += part
    })().catch(() => undefined)
    return heard
  }
  const [here, there] = [await hear(mine.id), await hear(other.id)]
  await expect.poll(() => here.text.includes('moved') && there.text.includes('moved')).toBe(true)
  await expect
    .poll(async () => {
      await typing(mine.locator, proof)
      return here.text.split('event: typing').length - 1
    })
    .toBe(1)
  for (let i = 0; i < 5; i++) await typing(mine.locator, proof)
  await sleep(300)
  expect([here.text.split('event: typing').length - 1, there.text.includes('typing')]).toEqual([1, false])
  cut.abort()
}, 20_000)
