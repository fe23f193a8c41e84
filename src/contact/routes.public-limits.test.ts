import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { root } from '../platform/config.ts'
import { newId } from '../platform/records.ts'
import type { Site } from '../platform/site.ts'
import { cheapArgon, contactsIn, getOf, hidden, postOf, publicSite, receiptIn } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'

let w: PublicWorld
let site: Site
const logged: unknown[] = []
let get: ReturnType<typeof getOf>
let post: ReturnType<typeof postOf>
beforeAll(async () => {
  w = await publicWorld()
  site = publicSite(w, cheapArgon(), logged)
  await site.app.ready()
  get = getOf(site)
  post = postOf(site)
}, 60_000)
afterAll(async () => {
  await site?.app.close()
  await w?.end()
})

test('files, other formats and bodies beyond 64 KB are not taken', async () => {
  const send = (type: string, payload: string) =>
    site.app.inject({ method: 'POST', url: '/ru/write', headers: { 'content-type': type }, payload })
  expect(
    (await send('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\nx\r\n--x--'))
      .statusCode,
  ).toBe(415)
  expect((await send('application/json', '{"text":"x"}')).statusCode).toBe(415)
  expect((await send('application/x-www-form-urlencoded', `text=${'x'.repeat(70_000)}`)).statusCode).toBe(413)
  const raw = await site.app.inject({
    method: 'POST',
    url: '/ru/write',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: Buffer.from([0x74, 0x65, 0x78, 0x74, 0x3d, 0xff, 0xfe, 0x00]),
  })
  expect(raw.statusCode).toBe(422)
})

test('a flood is answered at once, with the numbers to call and nothing typed lost', async () => {
  const full = publicSite(w, { hash: async () => 'busy', load: () => 34 })
  const form = hidden((await getOf(full)('/ru/write')).body, '/ru/write')
  const r = await postOf(full)('/ru/write', { ...form, text: 'не потеряйте' })
  expect([r.statusCode, r.headers['retry-after']]).toEqual([503, '5'])
  expect(r.body).toContain('не потеряйте')
  expect(r.body).toContain('112')
  const words = readFileSync(path.join(root, 'content/words/ru.txt'), 'utf8').trim().split('\n').slice(0, 8).join(' ')
  expect((await postOf(full)('/ru/back', { words })).statusCode).toBe(503)
  const added = await postOf(full)('/ru/talk', { words, text: 'и это', command: newId() })
  expect([added.statusCode, added.body.includes('и это')]).toEqual([503, true])
  await full.app.close()
})

test('while the database is away nothing is shown as saved, numbers are there, and the same form works afterwards', async () => {
  const form: Record<string, string> = { ...hidden((await get('/ru/write')).body, '/ru/write'), text: 'дождитесь' }
  const before = await contactsIn(w)
  await w.stop()
  const r = await post('/ru/write', form)
  expect([r.statusCode, r.headers['retry-after']]).toEqual([503, '5'])
  expect(r.body).toContain('дождитесь')
  expect(r.body).toContain('112')
  expect(hidden(r.body, '/ru/write')).toMatchObject({ submission: form.submission, seed: form.seed })
  const closed = await get('/tg/write')
  expect(closed.statusCode).toBe(503)
  expect(closed.body).toContain('tel:112')
  const urgent = await get('/en/urgent')
  expect([urgent.statusCode, urgent.body.includes('tel:112')]).toEqual([200, true])
  expect((await get('/en/')).statusCode).toBe(200)
  await w.start()
  const sent = await post('/ru/write', { ...hidden(r.body, '/ru/write'), text: 'дождитесь' })
  expect(sent.statusCode).toBe(200)
  expect(await contactsIn(w)).toBe(before + 1)
  expect(receiptIn((await post('/ru/write', form)).body)).toBe(receiptIn(sent.body))
}, 30_000)

test('whatever is sent, nothing breaks', async () => {
  const budget = Number(process.env.DOVERIE_FUZZ_SECONDS ?? (process.env.DOVERIE_LONG === '1' ? 300 : 8)) * 1000
  const started = Date.now()
  const names = [
    'text',
    'where',
    'who',
    'safeNow',
    'seed',
    'submission',
    'language',
    'words',
    'command',
    'messages',
    '__proto__',
    'version',
    'add',
    'then',
  ]
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.uuid({ version: 4 }),
    fc.constantFrom(
      'ru',
      'uz-Cyrl',
      'no',
      'me',
      'a\u0000',
      '\ud800',
      '\u202e',
      '%',
      "'; drop table app.contact; --",
      '<script>alert(1)</script>',
      'ab'.repeat(32),
    ),
    fc.array(fc.constantFrom('абажур', 'zebra', '12', ','), { maxLength: 9 }).map(a => a.join(' ')),
    fc.string({ minLength: 4000, maxLength: 4100 }),
  )
  const body = fc.oneof(
    fc
      .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 9 })
      .map(list => list.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(Buffer.from(v).toString())}`).join('&')),
    fc.string({ unit: 'binary-ascii', maxLength: 300 }),
  )
  const url = fc
    .tuple(
      fc.constantFrom(...publicLocales, 'xx', '..', '%00'),
      fc.constantFrom('/write', '/back', '/talk', '/talk/read', '/talk/end', '/../leave', '/urgent', '/%ff', '/../x'),
    )
    .map(([l, p]) => `/${l}${p}`)
  let n = 0
  let slowest = 0
  const property = fc.asyncProperty(
    fc.constantFrom('GET', 'POST') as fc.Arbitrary<'GET' | 'POST'>,
    url,
    body,
    fc.boolean(),
    async (method, u, b, good) => {
      n++
      const fill = good ? `submission=${newId()}&seed=${'0f'.repeat(32)}&language=ru&command=${newId()}&` : ''
      const sent = performance.now()
      const r = await site.app.inject({
        method,
        url: u,
        ...(method === 'POST' ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: fill + b } : {}),
      })
      slowest = Math.max(slowest, performance.now() - sent)
      expect(r.statusCode, `${method} ${u}`).toBeLessThan(500)
      expect(r.body).not.toMatch(/<script>alert|at .*\.ts:\d+/)
      expect(r.headers['set-cookie']).toBeUndefined()
    },
  )
  const done = await fc.check(property, { numRuns: 1_000_000, interruptAfterTimeLimit: budget, markInterruptAsFailure: false })
  console.log(`public fuzz: ${n} requests in ${Date.now() - started} ms, slowest ${Math.round(slowest)} ms, seed ${done.seed}`)
  if (done.failed) throw new Error(fc.defaultReportMessage(done) ?? 'failed')
  expect(logged).toEqual([])
  expect(slowest).toBeLessThan(5000)
}, 900_000)
