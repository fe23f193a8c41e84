import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { buildPublic } from '../main.public.ts'
import { type Scratch, scratch } from '../platform/scratch.testing.ts'
import { wordsFor } from '../platform/words.ts'

let db: Scratch
let pool: pg.Pool
let site: FastifyInstance
beforeAll(async () => {
  db = await scratch()
  pool = db.pool('public_in', 2)
  site = buildPublic({
    pool,
    keys: { fakeSalt: Buffer.alloc(32) },
    demo: false,
    trustProxy: false,
    log: () => undefined,
    url: 'https://example.org',
  })
  await site.ready()
}, 120_000)
afterAll(async () => {
  await site?.close()
  await pool?.end()
  await db?.end()
})

describe('the look of lessons', () => {
  const ours = /ребён|ребен|помощ|опас|обид|насили|довери|child|help|danger|safe|кӯдак|ёрӣ|хатар/i
  test.each(publicLocales)('%s: title, icon, header and first page say nothing of us; the exit stays', async lang => {
    const { body } = await site.inject({ url: `/h/${lang}/` })
    const t = wordsFor(lang)
    const head = body.slice(0, body.indexOf('</header>'))
    expect(/<title>([^<]*)</.exec(body)?.[1]).toBe(t('traces.skin.title'))
    const readable = (html: string) => html.replace(/class="[^"]*"|data-[\w.-]+="[^"]*"|<[^>]+>/g, ' ')
    expect(readable(head).replace(t('base.exit.emergency'), '')).not.toMatch(ours)
    expect(readable(body.slice(body.indexOf('<main'), body.indexOf('</main>')))).not.toMatch(ours)
    expect(body).toContain('rel="icon" href="data:image/svg+xml')
    expect(body).toContain('govuk-exit-this-page__button')
    expect(body).not.toContain(t('base.public.home'))
  })
  test('it travels in links and forms and needs no cookie; the usual look is one link away', async () => {
    const page = await site.inject({ url: '/h/ru/check' })
    expect(page.headers['set-cookie']).toBeUndefined()
    const links = [...page.body.matchAll(/ (?:href|action)="(\/[^"]*)"/g)].map(m => m[1]!)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter(l => !/^\/(h|assets)\//.test(l))).toEqual([])
    expect((await site.inject({ url: '/h/ru/' })).body).toContain('href="/ru"')
    expect((await site.inject({ url: '/ru/' })).body).toContain('href="/h/ru/"')
  })
  test.each(['/h/en/quiz', '/h/tg/nowhere', '/h/xx/', '/h/en/%00'])('%s: a broken address keeps the look and the language', async url => {
    const a = await site.inject({ url })
    expect(a.statusCode).toBeGreaterThanOrEqual(400)
    const t = wordsFor(url.startsWith('/h/en') ? 'en' : url.startsWith('/h/tg') ? 'tg' : 'ru')
    expect(/<title>([^<]*)</.exec(a.body)?.[1]).toBe(t('traces.skin.title'))
    expect([...a.body.matchAll(/ (?:href|action)="(\/[^"]*)"/g)].map(m => m[1]!).filter(l => !/^\/(h|assets)\//.test(l))).toEqual([])
  })
  test('text that was typed is never taken for an address of ours', async () => {
    const text = ' href="/ru/ никому не говори, это наш секрет'
    const a = await site.inject({
      method: 'POST',
      url: '/h/ru/check',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ text }).toString(),
    })
    expect(a.statusCode).toBe(200)
    expect(a.body).not.toContain('href="/h/ru/ никому')
  })
})

test('clearing traces: on the first page, on "unnoticed", in every language, and says first what cannot be cleared', async () => {
  for (const lang of publicLocales) {
    const t = wordsFor(lang)
    for (const url of ['/', '/safety']) expect((await site.inject({ url: `/${lang}${url}` })).body).toContain(`href="/${lang}/clear"`)
    const { body } = await site.inject({ url: `/${lang}/clear` })
    expect(body.indexOf(`>${t('traces.clear.cannotTitle')}<`)).toBeLessThan(body.indexOf(`>${t('traces.clear.stepsTitle')}<`))
    expect(body.length).toBeLessThan(60_000)
  }
})
