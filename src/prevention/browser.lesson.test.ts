import path from 'node:path'
import type { Browser } from 'playwright-core'
import * as sass from 'sass'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOpen, openBrowser } from '../platform/browser.testing.ts'
import { root } from '../platform/config.ts'
import { lessonSite } from './lesson.testing.ts'

let browser: Browser
const logged: unknown[] = []
beforeAll(async () => {
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  expect(logged).toEqual([])
})

test('lessons, stories and questions: accessible, no wider than the page, no script, told and explained by links and one form', async () => {
  const own = lessonSite(logged)
  const there = (await own.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  const css = sass.compile(path.join(root, 'src/base/styles/public.scss'), {
    loadPaths: [root, path.join(root, 'node_modules')],
    quietDeps: true,
  }).css
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  // As it is in the source now, not as it was when somebody last built.
  await page.route('**/assets/public*.css', r => r.fulfill({ contentType: 'text/css', body: css }))
  page.on('request', r => asked.push(new URL(r.url()).host))
  const found: string[] = []
  try {
    for (const lang of ['ru', 'en', 'tg'])
      for (const url of ['learn', 'learn/photos', 'stories', 'stories/photo', 'stories/photo/c', 'stories/photo/h', 'quiz/work']) {
        await page.goto(`${there}/${lang}/${url}`)
        found.push(...(await faultsOpen(page, `${lang} ${url}`)))
      }
    expect(found).toEqual([])
    expect([...new Set(asked)]).toEqual([new URL(there).host])
    expect(await context.cookies()).toEqual([])

    // Without scripts: through a story to its end, then through the questions.
    const plain = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    const reader = await plain.newPage()
    await reader.route('**/assets/public*.css', r => r.fulfill({ contentType: 'text/css', body: css }))
    await reader.goto(`${there}/ru/stories/summer`)
    for (let step = 0; step < 8 && (await reader.locator('.dv-choice-link').count()) > 0; step += 1)
      await reader.locator('.dv-choice-link').first().click()
    expect(await reader.locator('.govuk-inset-text').count()).toBe(1)
    expect(await reader.locator('main a[href="/ru/write"]').count()).toBe(1)
    await reader.goto(`${there}/ru/quiz/work`)
    await reader.locator('input[type=radio]').first().check()
    await reader.locator('main button[type=submit]').click()
    expect(await reader.locator('main').textContent()).toContain('Выбран ответ:')
    expect(new URL(reader.url()).search).toBe('')
    // On paper: the lesson alone.
    await reader.goto(`${there}/ru/learn/work`)
    await reader.emulateMedia({ media: 'print' })
    expect(await reader.locator('.dv-no-print').first().isVisible()).toBe(false)
    expect(await reader.locator('.dv-public-header').isVisible()).toBe(false)
    expect(await reader.locator('h1').isVisible()).toBe(true)
    await plain.close()
  } finally {
    await context.close()
    await own.app.close()
  }
}, 120_000)
