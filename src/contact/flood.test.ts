import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { solve } from '../browser/puzzle.solve.ts'
import { newId } from '../platform/records.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { publicPolicy } from './policy.public.ts'
import { cheapArgon, contactsIn, getOf, hidden, postOf, receiptIn } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'
import { gateOf } from './routes.flood.ts'
import { registerPublicSite } from './routes.public.ts'
import { began, bitsFor, calmIn10Minutes, inTenMinutes, noTide, startsWithZeros, waitersAMinute } from './rules.flood.ts'
import { newSeed } from './store.public.ts'

let w: PublicWorld
let now = Date.now()
const make = (argon = cheapArgon()): Site => {
  const s = buildSite({
    pool: w.pool,
    keys: { fakeSalt: w.keys.fake_salt },
    argon,
    words: wordsFor,
    clock: () => new Date(now),
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: publicPolicy.permissions,
    log: () => undefined,
  })
  registerPublicSite(s)
  return s
}
let site: Site
beforeAll(async () => {
  w = await publicWorld()
  site = make()
}, 60_000)
afterAll(async () => {
  await site?.app.close()
  await w?.end()
})
const storm = (s: Site, n = calmIn10Minutes + 1) => {
  for (let i = 0; i < n; i++) gateOf(s).begun()
}
const form = (text: string, more = {}) => ({ submission: newId(), seed: newSeed(), language: 'ru', text, ...more })

describe('while a flood pours in', () => {
  test('no stamp, a false one, one of another form, a wrong answer, too early and too late: not saved, nothing typed lost', async () => {
    const s = make()
    storm(s)
    const before = await contactsIn(w)
    const post = postOf(s)
    const own = form('не потеряйте', { where: 'Казань' })
    const shown = await post('/ru/write', own)
    expect([shown.statusCode, shown.headers['retry-after']]).toEqual([429, '20'])
    const kept = hidden(shown.body, '/ru/write')
    expect(kept).toMatchObject(own)
    expect(shown.body).toContain('tel:112')
    const bad = [
      {},
      { stamp: `1.15.${'a'.repeat(40)}` },
      { stamp: kept.stamp!, submission: newId() },
      { stamp: kept.stamp!, work: '1' },
      { stamp: kept.stamp!.replace(/\.15\./, '.1.'), work: '0' },
      { stamp: kept.stamp!, work: 'NaN' },
    ]
    for (const b of bad) expect((await post('/ru/write', { ...own, ...b })).statusCode, JSON.stringify(b)).toBe(429)
    now += 16 * 60_000
    storm(s)
    const solved = await solve(kept.stamp!, 15)
    expect((await post('/ru/write', { ...kept, work: solved })).statusCode).toBe(429)
    now -= 16 * 60_000
    expect(await contactsIn(w)).toBe(before)
    await s.app.close()
  })

  test('the small sum lets one conversation in at once; so does waiting twenty seconds, in every language and at every door', async () => {
    const s = make()
    storm(s)
    const post = postOf(s)
    for (const lang of publicLocales) {
      const shown = await post(`/${lang}/write`, form('x', { language: lang }))
      const kept = hidden(shown.body, `/${lang}/write`)
      const sent = await post(`/${lang}/write`, { ...kept, work: await solve(kept.stamp!, 15) })
      expect([sent.statusCode, receiptIn(sent.body) !== ''], lang).toEqual([200, true])
    }
    const before = await contactsIn(w)
    for (const [door, more] of [
      ['write', {}],
      ['concern', { by: 'сосед' }],
      ['chat', {}],
    ] as const) {
      const shown = await post(`/ru/${door}`, form('подожду', more))
      expect(shown.statusCode, door).toBe(429)
      const kept = hidden(shown.body, `/ru/${door}`)
      now += 19_000
      expect((await post(`/ru/${door}`, kept)).statusCode, door).toBe(429)
      now += 2000
      const sent = await post(`/ru/${door}`, kept)
      expect(sent.statusCode, door).toBe(200)
      // The same form again is the same conversation.
      expect(receiptIn((await post(`/ru/${door}`, kept)).body)).toBe(receiptIn(sent.body))
    }
    expect(await contactsIn(w)).toBe(before + 3)
    await s.app.close()
  })

  test('numbers to call, reading, coming back and adding are asked nothing', async () => {
    const s = make()
    const sent = await postOf(s)('/ru/write', form('до потопа'))
    const words = receiptIn(sent.body)
    storm(s, 500)
    expect((await getOf(s)('/ru/urgent')).body).toContain('tel:112')
    for (const page of ['/', '/write', '/concern', '/chat', '/back']) expect((await getOf(s)(`/ru${page}`)).statusCode, page).toBe(200)
    expect((await postOf(s)('/ru/back', { words })).statusCode).toBe(200)
    const added = await postOf(s)('/ru/talk', { words, text: 'ещё', command: newId() })
    expect(added.statusCode).toBe(200)
    await s.app.close()
  })

  test('newcomers of all doors share their places, and leave twelve for those who come back', async () => {
    let running = 0
    const go: (() => void)[] = []
    const slow = {
      load: () => running,
      hash: async (): Promise<Buffer> => {
        running++
        await new Promise<void>(done => go.push(done))
        return Buffer.alloc(32)
      },
    }
    const s = make(slow)
    const gate = gateOf(s)
    const all = Array.from({ length: 40 }, () => gate.argon.hash('x', Buffer.alloc(16)))
    await new Promise(done => setTimeout(done, 10))
    expect([running, gate.argon.load()]).toEqual([22, 22])
    expect(gate.bits()).toBeGreaterThan(0)
    for (const g of go) g()
    expect((await Promise.all(all)).filter(x => x === 'busy')).toHaveLength(18)
    await s.app.close()
  })
})

test('calm again after ten minutes; on an ordinary day nothing is asked', async () => {
  const s = make()
  expect((await postOf(s)('/ru/write', form('обычный день'))).statusCode).toBe(200)
  storm(s, 300)
  expect(gateOf(s).bits()).toBeGreaterThan(0)
  now += 11 * 60_000
  expect(gateOf(s).bits()).toBe(0)
  await s.app.close()
})

test('rules: minutes fall out of the window; more work only while many who do it come', () => {
  let t = noTide
  for (let i = 0; i < 100; i++) t = began(t, i * 6000)
  expect(inTenMinutes(t, 99 * 6000)).toBe(100)
  expect(inTenMinutes(t, 99 * 6000 + 600_000)).toBe(0)
  expect([bitsFor(noTide, 0, 0), bitsFor(noTide, 4, 0), bitsFor(t, 0, 99 * 6000)]).toEqual([0, 15, 15])
  for (let i = 0; i < 250; i++) t = began(t, 600_000)
  expect(bitsFor(t, 0, 600_000)).toBe(19)
  expect([
    startsWithZeros(Buffer.from([0, 0x80]), 8),
    startsWithZeros(Buffer.from([0, 0x80]), 9),
    startsWithZeros(Buffer.alloc(0), 1),
  ]).toEqual([true, false, false])
  expect(waitersAMinute).toBeLessThanOrEqual(60)
})

test('the database takes no more than so many new conversations in a quarter of an hour; staff and further messages are never refused', async () => {
  const sent = await postOf(site)('/ru/write', form('последнее'))
  const words = receiptIn(sent.body)
  await w.owner.query("set session_replication_role = 'replica'")
  const client = await w.owner.connect()
  await client.query("set session_replication_role = 'replica'")
  await client.query(
    `insert into app.contact (id, home_group, channel, received, safe_now, state, unread) select gen_random_uuid(), $1, 'report', app.quarter() + make_interval(mins => q * 15), 'yes', 'new', true from generate_series(1, 3100) i, generate_series(0, 1) q`,
    [w.team],
  )
  await client.query("set session_replication_role = 'origin'")
  client.release()
  now = Date.now()
  const s = make()
  const refused = await postOf(s)('/ru/write', form('не потеряйте'))
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5'])
  expect(refused.body).toContain('не потеряйте')
  expect(refused.body).toContain('112')
  expect((await postOf(s)('/ru/talk', { words, text: 'ещё', command: newId() })).statusCode).toBe(200)
  await w.owner.query(
    "insert into app.contact (id, home_group, channel, received, safe_now, state, unread) values (gen_random_uuid(), $1, 'walk_in', app.quarter(), 'yes', 'new', false)",
    [w.team],
  )
  await s.app.close()
})
