import type { Browser } from 'playwright-core'
import * as sass from 'sass'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { getOf, postOf, receiptIn } from '../contact/public.testing.http.ts'
import { faultsOpen, openBrowser, openPage } from '../platform/browser.testing.ts'
import { findChat, lookupOf, newLink } from './store.ts'
import { telegramUpdate } from './stub.testing.ts'
import { messengerWorld } from './world.testing.ts'

let w: Awaited<ReturnType<typeof messengerWorld>>
let browser: Browser
beforeAll(async () => {
  w = await messengerWorld()
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

test('the way from a messenger to the page reads well in every language, at 360 and 1280 px, without JavaScript', async () => {
  const css = sass.compile('src/base/styles/public.scss', { loadPaths: ['.', 'node_modules'], quietDeps: true, style: 'compressed' }).css
  const page = await openPage(browser, 'phone')
  const [get, post] = [getOf(w.site), postOf(w.site)]
  const faults: string[] = []
  const look = async (name: string, html: string) => {
    await page.setContent(
      html.replace(/<link[^>]*stylesheet[^>]*>/g, `<style>${css}</style>`).replace(/<script[^>]*src[^>]*><\/script>/g, ''),
    )
    faults.push(...(await faultsOpen(page, name)))
  }
  for (const [i, lang] of publicLocales.entries()) {
    const chat = 100 + i
    await w.bot.take(w.adapters[0], telegramUpdate(i + 1, chat, { text: 'слово' }))
    const token = await newLink(w.ask, (await findChat(w.ask, w.keys, lookupOf(w.keys, 'telegram', String(chat))))!)
    const url = `/${lang}/go/${token}`
    await look(`${lang} go`, (await get(url)).body)
    const moved = (await post(url, {})).body
    expect(receiptIn(moved)).not.toBe('')
    await look(`${lang} moved`, moved)
    await look(`${lang} gone`, (await get(url)).body)
  }
  expect(faults).toEqual([])
}, 180_000)
