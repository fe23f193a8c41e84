import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { buildPublic } from '../main.public.ts'
import { axe, browserOptions, faultsOf, faultsOpen } from '../platform/browser.testing.ts'
import { scratch } from '../platform/scratch.testing.ts'
import type { Site } from '../platform/site.ts'
import { officeWorld } from '../platform/testing.session.ts'
import { reachPolicy } from './policy.reach.ts'
import { registerOutreach } from './routes.outreach.ts'
import { registerReachOffice } from './routes.reach.ts'
import { checkSite } from './site.testing.ts'

let site: Site
let browser: Browser
let at: string
const logged: unknown[] = []
beforeAll(async () => {
  site = checkSite(logged)
  at = (await site.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  browser = await chromium.launch(await browserOptions())
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.app.close()
  expect(logged).toEqual([])
})
const message = 'Канарейка <img src=x onerror="window.bad=1"> никому не говори родителям, это наш секрет'

for (const javaScriptEnabled of [true, false]) {
  test(`a message is checked, JavaScript ${javaScriptEnabled ? 'on: nothing is sent' : 'off: the server answers the same'}`, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled })
    const sent: string[] = []
    const urls: string[] = []
    const wrong: string[] = []
    const page = await context.newPage()
    context.on('request', r => {
      urls.push(decodeURIComponent(r.url()))
      if (r.method() !== 'GET') sent.push(r.url())
    })
    context.on('console', m => m.type() === 'error' && wrong.push(m.text()))
    await page.goto(`${at}/ru/check`)
    await page.fill('textarea[name=text]', message)
    await page.click('form[action$="/check"] button[type=submit]')
    const result = page.locator('#check-result')
    await result.locator('mark').first().waitFor()
    expect(await result.locator('.dv-pasted').textContent()).toBe(message)
    expect(await result.locator('[data-sign]').evaluateAll(list => list.map(e => (e as HTMLElement).dataset.sign))).toEqual(['F2'])
    expect(await result.locator('mark').allTextContents()).toEqual(['никому не говори родителям', 'наш секрет'])
    expect(await result.locator('[data-phrase]').count()).toBe(1)
    expect(await page.locator('main').evaluate(m => m.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
    if (javaScriptEnabled) expect(await axe(page)).toEqual([])
    expect(sent).toHaveLength(javaScriptEnabled ? 0 : 1)
    expect(urls.some(u => u.includes('анарейка'))).toBe(false)
    expect(await context.cookies()).toEqual([])
    if (javaScriptEnabled) {
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, 'bad' in window])).toEqual([0, 0, false])
      // Another language: its signs are fetched as a file, and still nothing of the message is sent.
      await page.fill('textarea[name=text]', 'Hech kimga aytma, onangga ham aytma, bu bizning sirimiz')
      await page.click('form[action$="/check"] button[type=submit]')
      await expect.poll(() => result.locator('.dv-pasted').textContent()).toContain('Hech kimga')
      expect(urls.some(u => u.endsWith('/assets/check-uz.js'))).toBe(true)
      expect(sent).toHaveLength(0)
    }
    expect(wrong).toEqual([])
    await context.close()
  }, 60_000)
}

test('every language is accessible and fits 360 px, before and after', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const found: string[] = []
  for (const lang of publicLocales) {
    await page.goto(`${at}/${lang}/check`)
    found.push(...(await axe(page)).map(v => `${lang} ${v}`))
    await page.fill('textarea[name=text]', 'Если не заплатишь, всем разошлю фото. Никому не говори, мы земляки')
    await page.click('form[action$="/check"] button[type=submit]')
    await page.locator('#check-result [data-advice="away"]').waitFor()
    found.push(...(await axe(page)).map(v => `${lang} after ${v}`))
    if (!(await page.locator('main').evaluate(m => m.scrollWidth <= document.documentElement.clientWidth)))
      found.push(`${lang} is wider than 360 px`)
    if (process.env.DOVERIE_PICTURES) await page.screenshot({ path: `${process.env.DOVERIE_PICTURES}/check-${lang}.png`, fullPage: true })
  }
  await context.close()
  expect(found).toEqual([])
}, 120_000)

test('first page, traces and the look of lessons: accessible and within 360 and 1280 px in every language', async () => {
  const db = await scratch()
  const pool = db.pool('public_in', 2)
  const whole = buildPublic({
    pool,
    keys: { fakeSalt: Buffer.alloc(32) },
    demo: false,
    trustProxy: false,
    log: () => undefined,
    url: 'http://localhost:4301',
  })
  const there = (await whole.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  const context = await browser.newContext()
  const page = await context.newPage()
  const found: string[] = []
  for (const lang of publicLocales)
    for (const url of ['', '/h']) {
      await page.goto(`${there}${url}/${lang}/`)
      found.push(...(await faultsOpen(page, `home${url.replace('/', '-')}-${lang}`)))
      if (url === '/h') continue
      await page.goto(`${there}/${lang}/clear`)
      found.push(...(await faultsOpen(page, `clear-${lang}`)))
    }
  expect(await context.cookies()).toEqual([])
  await context.close()
  await whole.close()
  await pool.end()
  await db.end()
  expect(found).toEqual([])
}, 240_000)

test('reach and outreach in the office: accessible and within 360 and 1280 px', async () => {
  const w = await officeWorld(
    o => {
      registerReachOffice(o)
      registerOutreach(o)
    },
    [reachPolicy],
  )
  try {
    const agency = await w.agency()
    await w.team(agency, { intake: true })
    const me = await w.person({ agency, roles: ['supervisor', 'content_editor'], alias: 'сова' })
    const rule = { 'day-day': '2', 'day-month': '11', 'day-year': '2026', rule: 'yes' }
    await w.post(me, '/ru/outreach/new/post', {
      ...rule,
      place: 'vk',
      community: 'Земляки',
      lang: 'tg',
      text: 'Куда написать',
      hours: '1,5',
      contacts: '3',
    })
    await w.post(me, '/ru/outreach/new/event', { ...rule, place: 'school', audience: 'child_12_14', lang: 'ru', reached: '27' })
    await w.post(me, '/ru/statistics/reach/codes/new', { name: 'Школа, второй этаж', place: 'school', lang: 'tg' })
    await w.db.owner.query(
      `insert into app.public_reach (day, page, lang, n) select current_date - 7 * k, p, l, 3 + 29 * k from generate_series(1, 5) k, unnest(array['home', 'check', 'lesson']) p, unnest(array['ru', 'tg', 'uz', 'ky']) l`,
    )
    const page = await browser.newPage()
    const found: string[] = []
    for (const lang of ['ru', 'en'])
      for (const url of ['/statistics/reach', '/statistics/reach/codes/new', '/outreach', '/outreach/new/post', '/outreach/new/event']) {
        const answer = await w.get(me, `/${lang}${url}`)
        expect([url, answer.statusCode]).toEqual([url, 200])
        found.push(...(await faultsOf(page, `${lang}${url}`, answer.body)))
      }
    await page.close()
    expect(found).toEqual([])
  } finally {
    await w.end()
  }
}, 240_000)
