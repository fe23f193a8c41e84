import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { addDays } from '../base/time.ts'
import { buildPublic } from '../main.public.ts'
import { random } from '../platform/crypto.ts'
import { officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { reachPolicy } from './policy.reach.ts'
import { registerOutreach } from './routes.outreach.ts'
import { registerReachOffice } from './routes.reach.ts'
import { waysIn } from './rules.outreach.ts'
import { noisy, reachPageOf, shown, weekOf, weeksBack } from './rules.reach.ts'
import { posterCodeOf, posterPattern, reachPages } from './schema.reach.ts'

let w: World
let site: FastifyInstance
let pool: pg.Pool
let agency: Id
const who: Record<string, Person> = {}
beforeAll(async () => {
  w = await officeWorld(
    o => {
      registerReachOffice(o)
      registerOutreach(o)
    },
    [reachPolicy],
  )
  agency = await w.agency()
  await w.team(agency, { intake: true })
  const elsewhere = await w.agency()
  for (const role of ['supervisor', 'analyst', 'content_editor', 'duty_specialist', 'case_worker', 'interpreter', 'administrator'] as const)
    who[role] = await w.person({ agency, roles: [role], alias: role })
  who.other = await w.person({ agency: elsewhere, roles: ['supervisor', 'content_editor'], alias: 'чужая' })
  pool = w.db.pool('public_in', 2)
  site = buildPublic({
    pool,
    keys: { fakeSalt: random(32) },
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
  await w?.end()
})
const rows = async <R extends pg.QueryResultRow>(sql: string): Promise<R[]> => (await w.db.owner.query<R>(sql)).rows
/** Counts are not waited for. */
const settled = async <V>(read: () => Promise<V>, good: (v: V) => boolean): Promise<V> => {
  for (let i = 0; ; i++) {
    const v = await read()
    if (good(v) || i > 40) return v
    await new Promise(done => setTimeout(done, 25))
  }
}
const post = {
  'day-day': '2',
  'day-month': '11',
  'day-year': '2026',
  place: 'vk',
  community: 'Земляки',
  lang: 'tg',
  text: 'Куда написать',
  hours: '1,5',
  contacts: '3',
}
const today = () => new Date()

describe('who may not', () => {
  test.each([
    ['/ru/statistics/reach', ['duty_specialist', 'case_worker', 'interpreter', 'administrator']],
    ['/ru/statistics/reach/table.csv', ['duty_specialist', 'case_worker']],
    ['/ru/statistics/reach/codes/new', ['analyst', 'duty_specialist', 'case_worker']],
    ['/ru/outreach', ['analyst', 'case_worker', 'interpreter', 'administrator']],
    ['/ru/outreach/new/post', ['analyst', 'case_worker']],
  ] as const)('%s is nothing to them', async (url, roles) => {
    for (const r of roles) expect([r, (await w.get(who[r], url)).statusCode]).toEqual([r, 404])
  })
  test('another agency sees neither codes nor diary', async () => {
    await w.post(who.content_editor, '/ru/statistics/reach/codes/new', { name: 'КАНАРЕЙКА-школа', place: 'school', lang: 'tg' })
    await w.post(who.content_editor, '/ru/outreach/new/post', { ...post, community: 'КАНАРЕЙКА-группа', rule: 'yes' })
    const [{ id = '' } = {}] = await rows<{ id: string }>('select id from app.outreach')
    const [{ code = '' } = {}] = await rows<{ code: string }>('select code from app.poster_code')
    expect((await w.get(who.content_editor, '/ru/outreach')).body).toContain('КАНАРЕЙКА-группа')
    for (const url of ['/ru/outreach', '/ru/statistics/reach', '/ru/statistics/reach/table.csv'])
      expect((await w.get(who.other, url)).body).not.toMatch(/КАНАРЕЙКА/)
    for (const url of [
      `/ru/outreach/${id}`,
      `/ru/outreach/${id}/edit`,
      `/ru/statistics/reach/codes/${code}/end`,
      `/ru/statistics/reach/codes/${code}/poster.pdf`,
    ])
      expect([url, (await w.get(who.other, url)).statusCode]).toEqual([url, 404])
    expect((await w.post(who.other, `/ru/outreach/${id}/edit`, { ...post, rule: 'yes', version: '1' })).statusCode).toBe(404)
  })
  test('names and words are sealed', async () => {
    const all = JSON.stringify(await rows('select p.*, o.* from app.poster_code p, app.outreach o'))
    expect(all).not.toMatch(/КАНАРЕЙКА|Куда написать/)
  })
})

describe('what is counted', () => {
  test('a kind of page, a language, a day; nothing of the address, the headers or the form', async () => {
    const headers = {
      'user-agent': 'CANARY-agent',
      referer: 'https://canary.example/',
      cookie: 'canary=1',
      'x-forwarded-for': '203.0.113.9',
    }
    for (const url of ['/tg/', '/tg/clear', '/tg/check?q=CANARY', '/tg/leaflet.pdf', '/h/tg/']) await site.inject({ url, headers })
    const found = await settled(
      () => rows<{ page: string; lang: string; n: number }>("select page, lang, n from app.public_reach where lang = 'tg' order by page"),
      r => r.reduce((a, b) => a + b.n, 0) >= 5,
    )
    expect(found).toEqual([
      { page: 'check', lang: 'tg', n: 1 },
      { page: 'clear', lang: 'tg', n: 1 },
      { page: 'home', lang: 'tg', n: 2 },
      { page: 'leaflet', lang: 'tg', n: 1 },
    ])
    expect(JSON.stringify(await rows('select * from app.public_reach'))).not.toMatch(/canary|203\.0/i)
  })
  test('a page that is not there, a form, a refused one: not counted', async () => {
    await site.inject({ url: '/xx/' })
    await site.inject({ url: '/fr/nothing' })
    await site.inject({
      method: 'POST',
      url: '/fr/check',
      payload: 'text=',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    await new Promise(done => setTimeout(done, 100))
    expect(await rows("select * from app.public_reach where lang = 'fr'")).toEqual([])
  })
  test('nothing but the closed lists reaches the table, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom(...reachPages)),
        fc.oneof(fc.string(), fc.constantFrom(...publicLocales)),
        async (page, lang) => {
          await pool.query('select app.public_reach($1, $2)', [page.replaceAll('\u0000', ''), lang.replaceAll('\u0000', '')])
        },
      ),
      { numRuns: 60 },
    )
    const left = await rows<{ page: string; lang: string }>('select page, lang from app.public_reach')
    expect(
      left.filter(r => !(reachPages as readonly string[]).includes(r.page) || !(publicLocales as readonly string[]).includes(r.lang)),
    ).toEqual([])
  })
  test('pages of a conversation and of a child’s own code are no kind', () => {
    for (const p of ['/:lang/talk', '/:lang/talk/read', '/:lang/exit', '/leave', '/assets/:name', '/:lang/p/:code', '/p/:code', '/'])
      expect([p, reachPageOf(p)]).toEqual([p, undefined])
    expect(reachPageOf('/:lang/stories/:slug/:node')).toBe('story')
    expect(reachPageOf('/h/:lang/quiz/:slug')).toBe('quiz')
  })
})

describe('numbers as they are shown', () => {
  test('from ten on exact; below ten a neighbouring multiple of five; the same at every look', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: 0, max: 0.999999, noNaN: true }), (n, chance) => {
        const s = shown(n, chance)
        expect(shown(n, chance)).toBe(s)
        if (n >= 10) expect(s).toBe(n)
        else expect([Math.floor(n / 5) * 5, Math.ceil(n / 5) * 5]).toContain(s)
      }),
    )
  })
  test('on average it stays true', () => {
    for (let n = 0; n < 10; n++) {
      const mean = Array.from({ length: 1000 }, (_, i) => shown(n, i / 1000)).reduce((a, b) => a + b, 0) / 1000
      expect(mean).toBeCloseTo(n, 1)
    }
  })
  test('totals are made of what is shown', () => {
    const cells = noisy(
      [
        { week: '2026-11-16', what: 'home', lang: 'ru', n: 3 },
        { week: '2026-11-16', what: 'home', lang: 'tg', n: 12 },
      ],
      () => 0.1,
    )
    expect(cells.map(c => c.n)).toEqual([5, 12])
  })
  test('weeks begin on Monday and the one that runs is not among them', () => {
    expect(weekOf('2026-11-24')).toBe('2026-11-23')
    expect(weeksBack('2026-11-24', 2)).toEqual(['2026-11-16', '2026-11-09'])
    expect(weeksBack('2026-11-23', 1)).toEqual(['2026-11-16'])
  })
  test('the page: this week is not there, last week is, and looking twice shows the same', async () => {
    await w.db.owner.query(`insert into app.public_reach (day, page, lang, n) values (current_date - 7, 'home', 'ky', 1234), (current_date - 7, 'urgent', 'ky', 4), (current_date, 'how', 'ky', 987)
      on conflict do nothing`)
    const one = (await w.get(who.analyst, '/ru/statistics/reach')).body
    expect(one).toContain('1234')
    expect(one).not.toContain('987')
    const csv = (await w.get(who.analyst, '/ru/statistics/reach/table.csv?weeks=4')).body
    expect((await w.get(who.supervisor, '/ru/statistics/reach/table.csv?weeks=4')).body).toBe(csv)
    expect(csv).toMatch(/Срочные номера,ky,[05]\r/)
    expect(csv).not.toContain('987')
  })
})

describe('posters', () => {
  test('a code is counted and gone: the address after it says nothing, and no cookie is set', async () => {
    const [{ code = '' } = {}] = await rows<{ code: string }>('select code from app.poster_code')
    expect(code).toMatch(posterPattern)
    for (const url of [`/p/${code}`, `/p/${code.toUpperCase()}`, `/ru/p/${code}`]) {
      const answer = await site.inject({ url, headers: { 'accept-language': 'fr' } })
      expect([answer.statusCode, answer.headers.location, answer.headers['set-cookie'], answer.body]).toEqual([
        303,
        url.startsWith('/ru') ? '/ru/' : '/tg/',
        undefined,
        '',
      ])
    }
    expect(await rows('select n from app.poster_count')).toEqual([{ n: 3 }])
  })
  test('a code that is not ours, or no code at all, leads to the same page and is not kept', async () => {
    for (const typed of ['zzzzz', 'КАНАРЕЙКА', "x';--", 'a'.repeat(150)]) {
      const answer = await site.inject({ url: `/p/${encodeURIComponent(typed)}`, headers: { 'accept-language': 'fr' } })
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/fr/'])
    }
    expect(await rows('select count(*)::int as n from app.poster_count')).toEqual([{ n: 1 }])
    expect(posterCodeOf(' K7M3Q ')).toBe('k7m3q')
    expect(posterCodeOf('k7m3o1')).toBeUndefined()
  })
  test('paper with the code; ended, it counts no more', async () => {
    const [{ code = '' } = {}] = await rows<{ code: string }>('select code from app.poster_code')
    const pdf = await w.get(who.analyst, `/ru/statistics/reach/codes/${code}/poster.pdf`)
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ])
    expect((await w.post(who.content_editor, `/ru/statistics/reach/codes/${code}/end`, {})).statusCode).toBe(303)
    await site.inject({ url: `/p/${code}` })
    expect(await rows('select n from app.poster_count')).toEqual([{ n: 3 }])
    expect(await rows("select type from app.journal where type like 'poster%' order by type")).toEqual([
      { type: 'poster_code_ended' },
      { type: 'poster_code_made' },
    ])
  })
  test('leaflet and poster of every language are on the public site', async () => {
    for (const lang of publicLocales)
      for (const paper of ['leaflet', 'poster']) {
        const a = await site.inject({ url: `/${lang}/${paper}.pdf` })
        expect([lang, a.statusCode, a.headers['content-type'], a.rawPayload.length < 120_000]).toEqual([lang, 200, 'application/pdf', true])
      }
  })
})

describe('outreach diary', () => {
  test('the rule must be ticked, the day must have been, numbers are numbers', async () => {
    const tried = async (more: Record<string, string>) =>
      (await w.post(who.duty_specialist, '/ru/outreach/new/post', { ...post, rule: 'yes', ...more })).statusCode
    expect((await w.post(who.duty_specialist, '/ru/outreach/new/post', post)).statusCode).toBe(422)
    const tomorrow = addDays(today().toISOString().slice(0, 10), 2).split('-')
    expect(await tried({ 'day-day': tomorrow[2]!, 'day-month': tomorrow[1]!, 'day-year': tomorrow[0]! })).toBe(422)
    expect(await tried({ contacts: 'три' })).toBe(422)
    expect(await tried({ hours: '-1' })).toBe(422)
    expect(await tried({ place: 'nowhere' })).toBe(422)
  })
  test('what looks like a way to one person is asked about, with what was typed kept', async () => {
    expect(waysIn('пишет @pupil_2011', 'тел. +7 912 345-67-89', 'vk.com/id1234', 'a.b@mail.ru', 'просто текст 2026 и 112')).toHaveLength(4)
    const a = await w.post(who.duty_specialist, '/ru/outreach/new/post', { ...post, text: 'ответил @pupil_2011', rule: 'yes' })
    expect(a.statusCode).toBe(422)
    expect(a.body).toContain('@pupil_2011')
    expect(a.body).toContain('name="sure"')
    const b = await w.post(who.duty_specialist, '/ru/outreach/new/post', {
      ...post,
      text: 'наш канал @nash_kanal',
      rule: 'yes',
      sure: 'yes',
    })
    expect(b.statusCode).toBe(303)
  })
  test('written once however often it is sent; corrected with its history; an older form is noticed', async () => {
    const command = '11111111-1111-4111-8111-111111111111'
    const event = {
      'day-day': '3',
      'day-month': '11',
      'day-year': '2026',
      place: 'school',
      audience: 'child_12_14',
      lang: 'ru',
      reached: '27',
      rule: 'yes',
      command,
    }
    const first = await w.post(who.supervisor, '/ru/outreach/new/event', event)
    expect(first.statusCode).toBe(303)
    expect((await w.post(who.supervisor, '/ru/outreach/new/event', event)).statusCode).toBe(303)
    const [{ id = '', n = 0 } = {}] = await rows<{ id: string; n: number }>(
      "select id, count(*) over ()::int as n from app.outreach where kind = 'event'",
    )
    expect(n).toBe(1)
    const { command: _, ...again } = event
    expect((await w.post(who.content_editor, `/ru/outreach/${id}/edit`, { ...again, reached: '31', version: '1' })).statusCode).toBe(303)
    expect((await w.post(who.content_editor, `/ru/outreach/${id}/edit`, { ...again, reached: '40', version: '1' })).statusCode).toBe(409)
    const shownPage = (await w.get(who.duty_specialist, `/ru/outreach/${id}`)).body
    expect(shownPage).toContain('31')
    expect(shownPage).toMatch(/исправлено/)
    expect(await rows("select type from app.journal where type like 'outreach_c%'")).toEqual([{ type: 'outreach_corrected' }])
    expect((await w.get(who.supervisor, '/ru/statistics/reach')).body).toContain('11.2026')
    expect(w.logged).toEqual([])
  })
})
