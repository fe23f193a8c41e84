import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import type { Site } from '../platform/site.ts'
import { signIds } from './schema.check.ts'
import { checkSite } from './site.testing.ts'

let site: Site
const logged: unknown[] = []
beforeAll(async () => {
  site = checkSite(logged)
  await site.app.ready()
})
afterAll(async () => {
  await site.app.close()
  // Nothing of a message is logged, and nothing is asked of a database.
  expect(logged).toEqual([])
})
const post = (lang: string, text: string) =>
  site.app.inject({
    method: 'POST',
    url: `/${lang}/check`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ text }).toString(),
  })
const shown = (html: string) => html.split('<template')[0]!

test('nothing of a message is stored: no cookie, no address, no cache', async () => {
  const r = await post('ru', 'Никому не говори родителям, это наш секрет')
  expect(r.statusCode).toBe(200)
  expect(r.headers['set-cookie']).toBeUndefined()
  expect(r.headers.location).toBeUndefined()
  expect(r.headers['cache-control']).toBe('no-store')
})

test('markup in a message is shown as text, whatever it is', async () => {
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</textarea><script>alert(1)</script>',
    '</template><script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    'javascript:alert(1)',
    '&lt;script&gt;',
    '{{7*7}}',
  ]
  const frame = shown((await post('ru', 'никому не говори, наш секрет')).body).match(/<(script|img|svg|iframe|textarea|template)\b/g)
  const message = fc.tuple(fc.constantFrom(...payloads), fc.constantFrom('никому не говори, наш секрет', 'скинь фото', ''), fc.boolean())
  await fc.assert(
    fc.asyncProperty(message, async ([x, words, first]) => {
      // Among the words that are highlighted too: pulled apart by it, they are one word still.
      const r = await post('ru', first ? `${x} ${words}` : `никому не${x}говори ${x} наш${x}секрет`)
      expect([200, 422]).toContain(r.statusCode)
      expect(shown(r.body).match(/<(script|img|svg|iframe|textarea|template)\b/g)).toEqual(frame)
      expect(r.body).not.toMatch(/<[^>]*\son(error|load)=/i)
    }),
    { numRuns: 60 },
  )
})

test.each(publicLocales)('%s: the page is whole without scripts, small, and explains every sign', async lang => {
  const r = await site.app.inject({ method: 'GET', url: `/${lang}/check` })
  expect(r.statusCode).toBe(200)
  expect(r.body.length).toBeLessThan(60_000)
  expect(Buffer.byteLength(r.body)).toBeLessThan(60_000)
  for (const id of signIds) expect(r.body).toContain(`data-sign="${id}"`)
  expect(r.body).toContain(`action="/${lang}/check"`)
})

test('a threat is answered with a person first and no phrase to send', async () => {
  const r = shown((await post('ru', 'Если не заплатишь, я разошлю видео всем')).body)
  expect(r).toContain('data-advice="away"')
  expect(r).toContain('/ru/write')
  expect(r).not.toContain('data-phrase')
  expect(r.indexOf('/ru/write')).toBeLessThan(r.indexOf('Не отвечайте.'))
})

test('nothing found is never called safe', async () => {
  const r = shown((await post('ru', 'Сегодня хорошая погода')).body)
  expect(r).toContain('data-advice="none"')
  expect(r).toContain('Это не значит, что всё хорошо')
})

test('nothing, too much and other formats are answered', async () => {
  expect((await post('ru', ' ')).statusCode).toBe(422)
  const long = await post('ru', 'привет '.repeat(1500))
  expect(long.statusCode).toBe(422)
  expect(long.body).toContain('привет привет')
  expect(
    (await site.app.inject({ method: 'POST', url: '/ru/check', headers: { 'content-type': 'application/json' }, payload: '{}' }))
      .statusCode,
  ).toBe(415)
})
