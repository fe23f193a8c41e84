import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { deskWorld, urls } from './desk.testing.ts'
import { contactActs } from './schema.forms.ts'

const { w, desk, worker, boss, report, walkIn } = await deskWorld()
afterAll(() => w.end())

test('every page speaks Russian and English without a missing word', async () => {
  const { id } = await report()
  const own = await walkIn(desk)
  for (const lang of ['ru', 'en'])
    for (const who of [desk, worker, boss])
      for (const url of [...urls(id), `/contacts/${own}`, '/contacts?state=closed', '/contacts?state=converted']) {
        const r = await w.get(who, `/${lang}${url}`)
        expect([200, 303, 404], `${lang} ${url}`).toContain(r.statusCode)
        expect(r.body, `${lang} ${url}`).not.toMatch(/>(contact|base)\.[\w-]+\.[\w.-]+</)
      }
})

test('no form, whatever is in it, is answered with an error of ours', async () => {
  const id = await walkIn(desk)
  const targets = ['/contacts/new/walk-in', '/contacts/new/call', ...contactActs.map(a => `/contacts/${id}/${a}`)]
  const names = [
    'urgency',
    'why',
    'to',
    'sentences',
    'text',
    'more',
    'spoken',
    'outcome',
    'closing',
    'again',
    'safeNow',
    'from',
    'cameWith',
    'papers',
    'said',
    'language',
    'explained',
    'how',
    'x',
    '__proto__',
  ]
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('now', 'ru', 'no', 'yes', 'call', 'other', 'hostile', 'x'.repeat(5000), desk.id, '\u0000', '﷽', 'not_asked'),
  )
  const form = fc.record({
    url: fc.constantFrom(...targets),
    fields: fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 8 }),
    command: fc.oneof(fc.uuid({ version: 4 }), fc.string()),
    version: fc.oneof(fc.integer({ min: -1, max: 5 }).map(String), fc.string()),
  })
  const seed = Date.now() % 2 ** 31
  let count = 0
  await fc.assert(
    fc.asyncProperty(form, async f => {
      count++
      const r = await w.post(desk, `/ru${f.url}`, { command: f.command, version: f.version, ...f.fields })
      expect(r.statusCode, r.body).toBeLessThan(500)
    }),
    { seed, numRuns: 100_000, interruptAfterTimeLimit: Number(process.env.FUZZ_MS ?? 8000) },
  )
  console.log(`contact forms: ${count} with seed ${seed}`)
  expect(w.logged).toEqual([])
}, 120_000)
