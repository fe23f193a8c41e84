import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { axe, browserOptions } from '../platform/browser.testing.ts'
import type { Site } from '../platform/site.ts'
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
