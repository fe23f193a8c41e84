import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { root } from '../platform/config.ts'
import { newId } from '../platform/records.ts'
import type { Site } from '../platform/site.ts'
import { cheapArgon, contactsIn, getOf, hidden, newestIn, plain, postOf, publicSite, readByDesk, receiptIn } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'
import { sealOut } from './store.out.ts'

let w: PublicWorld
let site: Site
let get: ReturnType<typeof getOf>
let post: ReturnType<typeof postOf>
beforeAll(async () => {
  w = await publicWorld()
  site = publicSite(w, cheapArgon())
  await site.app.ready()
  get = getOf(site)
  post = postOf(site)
}, 60_000)
afterAll(async () => {
  await site?.app.close()
  await w?.end()
})

const pages = ['', '/', '/urgent', '/write', '/back', '/safety', '/how', '/exit']

test('every page opens in every language, without a cookie, with every header', async () => {
  for (const lang of publicLocales) {
    for (const p of pages) {
      const r = await get(`/${lang}${p}`)
      expect(r.statusCode, `/${lang}${p}`).toBe(200)
      expect(r.body, `/${lang}${p}`).toContain(`<html lang="${lang}"`)
      expect(r.body.replace(/<template[\s\S]*?<\/template>/g, '').match(/<h1/g), `/${lang}${p}`).toHaveLength(1)
      expect(r.body).not.toMatch(/<script(?![^>]* src=)|<style| style="| on[a-z]+="/)
      expect(r.headers['set-cookie']).toBeUndefined()
    }
  }
  const { date: _d, 'content-length': _l, ...headers } = (await get('/ru/write')).headers
  expect(headers).toMatchInlineSnapshot(`
    {
      "cache-control": "no-store",
      "connection": "keep-alive",
      "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'",
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-robots-tag": "noindex, nofollow",
    }
  `)
})

test('the start leads to the language that the browser asks for', async () => {
  const ask = (accept?: string) => site.app.inject({ method: 'GET', url: '/', headers: accept ? { 'accept-language': accept } : {} })
  for (const [accept, to] of [
    ['tg, en;q=0.5', '/tg/'],
    ['de', '/ru/'],
    ['en-GB', '/en/'],
    [undefined, '/ru/'],
  ] as const) {
    const r = await ask(accept)
    expect([r.statusCode, r.headers.location]).toEqual([303, to])
  }
})

test('what does not exist is not found, and a language that we do not speak is no page', async () => {
  for (const url of ['/ru/admin', '/de/', '/ru/cases', '/ru/contacts/1']) {
    const r = await get(url)
    expect([r.statusCode, r.headers['set-cookie']]).toEqual([404, undefined])
  }
  expect((await get('/healthz')).body).toBe('{"status":"ok"}')
})

test('a report, the same form again, the way back, an answer, an addition: in words and in digits', async () => {
  for (const lang of ['ru', 'uz'] as const) {
    const form = hidden((await get(`/${lang}/write`)).body, `/${lang}/write`)
    const filled = { ...form, text: `Помогите. ${lang}`, where: 'Омск', safeNow: 'no', who: 'me' }
    const before = await contactsIn(w)
    const sent = await post(`/${lang}/write`, filled)
    expect(sent.statusCode).toBe(200)
    expect(sent.headers.location).toBeUndefined()
    const words = receiptIn(sent.body)
    expect(words.split(' ')).toHaveLength(lang === 'ru' ? 8 : 7)
    expect(sent.body).not.toContain('Помогите')
    expect(sent.body.match(/(href|action)="[^"]*"/g)!.filter(a => words.split(' ').some(x => a.includes(x)))).toEqual([])
    expect((await post(`/${lang}/write`, filled)).body).toBe(sent.body)
    expect(await contactsIn(w)).toBe(before + 1)
    const { contact_id, ck_public } = await newestIn(w)
    expect(await readByDesk(w, contact_id)).toEqual([`Помогите. ${lang}`])

    const nothing = await post(`/${lang}/back`, { words })
    expect(nothing.statusCode).toBe(200)
    expect(nothing.body).not.toContain('Помогите')
    await w.owner.query(
      "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, sealed_out) values ($1, $2, $3, 2, 'out', now(), 'x', $4)",
      [newId(), contact_id, w.team, sealOut(ck_public, { text: 'Ответ <b>& больше', language: lang })],
    )
    const typed = lang === 'ru' ? `1. ${words.toUpperCase()}` : words.replaceAll(' ', '-')
    const answered = (await post(`/${lang}/back`, { words: typed })).body
    expect(answered).toContain('Ответ &lt;b>&amp; больше')

    const add: Record<string, string> = { ...hidden(answered, `/${lang}/talk`), text: 'Ещё одно' }
    expect(add).toMatchObject({ words: typed })
    const added = await post(`/${lang}/talk`, add)
    expect([added.statusCode, (await post(`/${lang}/talk`, add)).statusCode]).toEqual([200, 200])
    expect(hidden(added.body, `/${lang}/back`)).toEqual({ words: add.words })
    expect(await readByDesk(w, contact_id)).toEqual([`Помогите. ${lang}`, 'Ещё одно'])
    const empty = await post(`/${lang}/talk`, { ...add, text: ' ', command: newId() })
    expect(empty.statusCode).toBe(422)
    expect(empty.body).toContain('Ответ &lt;b>')

    const done = await post(`/${lang}/talk/read`, hidden(answered, `/${lang}/talk/read`))
    expect(done.statusCode).toBe(200)
    expect((await post(`/${lang}/back`, { words })).body).not.toContain('больше')
    for (const r of [sent, nothing, added, done]) expect(r.headers['set-cookie']).toBeUndefined()
  }
})

test('bad input keeps every word and says what is wrong', async () => {
  const form = hidden((await get('/en/write')).body, '/en/write')
  const before = await contactsIn(w)
  for (const text of ['', 'x'.repeat(4001), 'a\u0000b', 'A'.repeat(3000), '\ufffd\ufffd', ' \n ']) {
    const r = await post('/en/write', { ...form, text, where: 'Somewhere "quoted" & <odd>', who: 'child', safeNow: 'unsure' })
    expect(r.statusCode, JSON.stringify(text.slice(0, 9))).toBe(422)
    expect(r.body).toContain('govuk-error-summary')
    expect(plain(r.body)).toContain('Somewhere "quoted" & <odd>')
    if (text.length > 4000) expect(r.body).toContain(text)
    expect(r.body).toMatch(/value="unsure"[^>]*checked|checked[^>]*value="unsure"/)
    expect(hidden(r.body, '/en/write')).toEqual(form)
  }
  const odd = await post('/en/write', { ...form, text: 'hello', secret: 'x' })
  expect(odd.statusCode).toBe(422)
  const broken = await post('/en/write', { ...form, seed: 'zz', text: 'hello there' })
  expect(broken.statusCode).toBe(422)
  expect(hidden(broken.body, '/en/write').seed).toMatch(/^[0-9a-f]{64}$/)
  expect(broken.body).toContain('hello there')
  expect(await contactsIn(w)).toBe(before)
})

test('an edited form that was sent before is kept apart: nothing is overwritten, nothing typed is lost', async () => {
  const form: Record<string, string> = { ...hidden((await get('/ru/write')).body, '/ru/write'), text: 'первое' }
  await post('/ru/write', form)
  const r = await post('/ru/write', { ...form, text: 'второе' })
  expect(r.statusCode).toBe(409)
  expect(r.body).toContain('второе')
  const next = hidden(r.body, '/ru/write')
  expect(next.submission).not.toBe(form.submission)
  expect((await post('/ru/write', { ...next, text: 'второе' })).statusCode).toBe(200)
})

test('words that nobody has and words with a wrong secret are one page, byte for byte', async () => {
  const sent = await post('/ru/write', { ...hidden((await get('/ru/write')).body, '/ru/write'), text: 'слова' })
  const mine = receiptIn(sent.body).split(' ')
  const word = readFileSync(path.join(root, 'content/words/ru.txt'), 'utf8').trim().split('\n')
  const others = (n: number) => Array.from({ length: n }, (_, i) => word[(i * 97 + 11) % 2048]!)
  const wrong = [...mine.slice(0, 2), ...others(6)].join(' ')
  const unknown = [...others(2).reverse(), ...others(6)].join(' ')
  const [a, b] = [await post('/ru/back', { words: wrong }), await post('/ru/back', { words: unknown })]
  expect([a.statusCode, b.statusCode]).toEqual([422, 422])
  expect(a.body.replace(wrong, '·')).toBe(b.body.replace(unknown, '·'))
  expect({ ...a.headers, date: 0, 'content-length': 0 }).toEqual({ ...b.headers, date: 0, 'content-length': 0 })
  for (const url of ['/ru/talk', '/ru/talk/read']) {
    const one = await post(url, { words: wrong, text: 'x', command: newId(), messages: newId() })
    const two = await post(url, { words: unknown, text: 'x', command: newId(), messages: newId() })
    expect(one.body.replace(wrong, '·')).toBe(two.body.replace(unknown, '·'))
  }
  expect((await post('/ru/back', { words: 'один два' })).statusCode).toBe(422)
})

test('leaving: a beacon that says nothing back, and a page that works as a link', async () => {
  for (const [type, payload] of [
    ['text/plain;charset=UTF-8', ''],
    ['text/plain;charset=UTF-8', 'x'],
    [undefined, undefined],
  ] as const) {
    const r = await site.app.inject({
      method: 'POST',
      url: '/leave',
      ...(type ? { headers: { 'content-type': type } } : {}),
      ...(payload === undefined ? {} : { payload }),
    })
    expect([r.statusCode, r.body, r.headers['clear-site-data']]).toEqual([204, '', '"cache", "storage"'])
  }
  const page = await get('/ru/exit')
  expect(page.body).toContain('href="https://ya.ru/pogoda"')
  for (const url of ['/ru/talk', '/ru/talk/read', '/ru/talk/end', '/ru/talk/done'])
    expect((await get(url)).headers.location).toBe('/ru/back')
  expect((await post('/ru/talk/end', {})).headers['clear-site-data']).toBe('"cache", "storage"')
})

const manifest = path.join(root, 'build/assets.json')
const built = existsSync(manifest) && readFileSync(manifest, 'utf8').includes('public.css')

test.skipIf(!built)('the first page loads in 60 KB over the wire', async () => {
  for (const lang of publicLocales) {
    for (const p of pages) {
      const html = (await get(`/${lang}${p}`)).body
      const parts = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(m => m[1]!)
      let sum = Buffer.byteLength(html)
      for (const part of new Set(parts)) {
        const r = await site.app.inject({ method: 'GET', url: part, headers: { 'accept-encoding': 'gzip' } })
        expect(r.statusCode, part).toBe(200)
        sum += r.rawPayload.length
      }
      expect(sum, `/${lang}${p}`).toBeLessThanOrEqual(60 * 1024)
    }
  }
})
