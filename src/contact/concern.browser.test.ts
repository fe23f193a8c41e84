import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveAssets } from '../platform/assets.ts'
import { faultsOf, faultsOpen, openBrowser, openPage } from '../platform/browser.testing.ts'
import { random } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { deskWorld } from './desk.testing.ts'
import { publicPolicy } from './policy.public.ts'
import { gateOf } from './routes.flood.ts'
import { registerPublicSite } from './routes.public.ts'
import { calmIn10Minutes } from './rules.flood.ts'
import { markPlaces } from './store.alert.ts'
import { drainContacts } from './store.list.ts'
import { newSeed } from './store.public.ts'

let d: Awaited<ReturnType<typeof deskWorld>>
let site: Site
let at: string
let browser: Browser
beforeAll(async () => {
  d = await deskWorld()
  site = buildSite({
    pool: d.w.db.pool('public_in', 6),
    keys: { fakeSalt: random(32) },
    argon: d.argon,
    words: wordsFor,
    clock: () => new Date(),
    demo: false,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: publicPolicy.permissions,
    log: () => undefined,
  })
  serveAssets(site.app, 'site:asset')
  registerPublicSite(site)
  await site.app.listen({ port: 0, host: '127.0.0.1' })
  at = `http://127.0.0.1:${(site.app.server.address() as AddressInfo).port}`
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.app.close()
  await d?.w.end()
})

test('the concern report in Russian, English and Tajik: axe, no sideways scrolling, sent without a script', async () => {
  const faults: string[] = []
  for (const lang of ['ru', 'en', 'tg']) {
    const page = await openPage(browser, 'phone', { javaScript: lang === 'en' })
    await page.goto(`${at}/${lang}/concern`)
    if (lang === 'en') faults.push(...(await faultsOpen(page, `concern-${lang}`)))
    await page.fill('textarea[name="text"]', 'Дети ночью на стройке, дверь снаружи заперта')
    await page.fill('input[name="where"]', 'Казань, стройка у моста')
    await page.click('main button[type="submit"], main button.govuk-button')
    await page.waitForSelector('.dv-secret')
    await page.context().close()
  }
  const look = await openPage(browser, 'desk')
  for (const lang of ['ru', 'tg']) {
    await look.goto(`${at}/${lang}/concern`)
    faults.push(...(await faultsOpen(look, `concern-${lang}`)))
  }
  await look.goto(`${at}/ru/`)
  faults.push(...(await faultsOpen(look, 'concern-home')))
  const { rows } = await d.w.db.owner.query("select id from app.contact where channel = 'concern' limit 1")
  const shown = (await d.w.get(d.desk, `/ru/contacts/${rows[0].id}`)).body
  expect(shown).toContain('Казань, стройка у моста')
  expect(faults).toEqual([])
}, 120_000)

test('one more minute: the page sends the form by itself; without scripts it can be read and waits', async () => {
  for (let i = 0; i <= calmIn10Minutes; i++) gateOf(site).begun()
  const page = await openPage(browser, 'phone')
  await page.goto(`${at}/ru/write`)
  await page.fill('textarea[name="text"]', 'меня не отпускают')
  await page.click('main button.govuk-button')
  await page.waitForSelector('.dv-secret', { timeout: 30_000 })
  const plain = await site.app.inject({
    method: 'POST',
    url: '/tg/write',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ submission: newId(), seed: newSeed(), language: 'tg', text: 'маро намегузоранд' }).toString(),
  })
  expect(plain.statusCode).toBe(429)
  const look = await openPage(browser, 'desk')
  expect(await faultsOf(look, 'flood-wait-tg', plain.body)).toEqual([])
}, 120_000)

test('repeats and flood, and the inbox above which they stand, in Russian and English', async () => {
  for (let i = 0; i < 3; i++) await d.report('Звал на склад, пишите @kurier_job. Обещает жильё и много денег.', 'yes')
  await d.w.as(d.desk, async x => markPlaces(x, await drainContacts(x)))
  const page = await openPage(browser, 'desk')
  const faults: string[] = []
  for (const lang of ['ru', 'en']) {
    faults.push(...(await faultsOf(page, `storm-${lang}`, (await d.w.get(d.desk, `/${lang}/contacts/storm`)).body)))
    faults.push(...(await faultsOf(page, `storm-inbox-${lang}`, (await d.w.get(d.desk, `/${lang}/contacts`)).body)))
  }
  expect(faults).toEqual([])
}, 120_000)
