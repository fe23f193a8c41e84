import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import * as sass from 'sass'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { cheapArgon } from '../contact/public.testing.http.ts'
import { axe, openBrowser, openPage } from '../platform/browser.testing.ts'
import { wordsFor } from '../platform/words.ts'
import { dayScreenHtml } from './screens.testing.tsx'
import { answersOf } from './store.ts'
import { type FollowUpWorld, followUpWorld, pressed } from './world.testing.ts'

let w: FollowUpWorld
let browser: Browser
beforeAll(async () => {
  w = await followUpWorld(cheapArgon())
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

const css = (name: string) =>
  sass.compile(`src/base/styles/${name}.scss`, { loadPaths: ['.', 'node_modules'], quietDeps: true, style: 'compressed' }).css
/** Pictures for whoever looks: `DOVERIE_SHOTS` names a folder. */
const shots = process.env.DOVERIE_SHOTS

const office = async (): Promise<[string, string][]> => {
  const { worker, boss } = w.people
  const id = await w.closed()
  const late = await w.closed()
  await w.db.owner.query('update app.check_in set due = due - 120 where case_id = $1', [late])
  await w.send(worker, `/cases/${id}/follow-up/record`, {
    checkIn: 'between',
    way: 'visit',
    safe: '5',
    slept: '5',
    words: 'Живёт у тёти, ходит в школу',
    happened: 'на той неделе',
  })
  const words = await w.code(worker, id, { danger: 'сорока' })
  // The words of a code are hashed at their full cost; the page of the test is not, so the answer is put there as the page would.
  await w.db.owner.query(
    "insert into app.check_in_answer (id, case_id, home_group, check_in, code_id, day, help, unread, boxed) select gen_random_uuid(), case_id, home_group, null, id, current_date, true, true, '\\x00' from app.check_in_code where case_id = $1",
    [id],
  )
  expect(words).not.toBe('')
  await w.send(worker, `/cases/${id}/follow-up/record`, {
    checkIn: 'between',
    way: 'call',
    safe: '2',
    slept: '3',
    help: 'help',
    words: 'Плакала',
  })
  expect((await w.as(worker, a => answersOf(a, id))).length).toBe(3)
  const out: [string, string][] = [
    ['record wrong', (await w.post(worker, `/ru/cases/${id}/follow-up/record`, { checkIn: 'x', safe: '9' })).body],
    ['code wrong', (await w.post(worker, `/ru/cases/${id}/follow-up/code`, { word: 'a' })).body],
    ['boss', (await w.get(boss, `/ru/cases/${id}/follow-up`)).body],
  ]
  for (const lang of ['ru', 'en'])
    for (const p of [
      '/follow-up',
      ...['', '/follow-up', '/follow-up/record', '/follow-up/code', '/follow-up/code/end'].map(x => `/cases/${id}${x}`),
      `/cases/${late}/follow-up`,
    ])
      out.push([`/${lang}${p.replaceAll(id, 'CASE').replaceAll(late, 'LATE')}`, (await w.get(worker, `/${lang}${p}`)).body])
  return out
}
const child = async (): Promise<[string, string][]> => {
  const out: [string, string][] = []
  for (const lang of publicLocales) {
    out.push([`door ${lang}`, (await w.seen(`/${lang}/day`)).body])
    out.push([`nothing ${lang}`, (await w.press(`/${lang}/day/next`, { words: '1', ...pressed('someone') })).body])
    for (const name of ['day', 'wrong', 'done', 'help'] as const) out.push([`${name} ${lang}`, dayScreenHtml(wordsFor(lang), name)])
  }
  return out
}

test('axe finds nothing, no page scrolls sideways on a phone, and each of the child weighs little', async () => {
  const problems: string[] = []
  for (const [site, pages] of [
    ['office', await office()],
    ['public', await child()],
  ] as const) {
    const style = css(site)
    const page = await openPage(browser, site === 'office' ? 'desk' : 'phone')
    for (const [name, html] of pages) {
      if (site === 'public' && Buffer.byteLength(html) > 30_000) problems.push(`${name}: ${Buffer.byteLength(html)} bytes`)
      await page.setViewportSize({ width: site === 'office' ? 1280 : 360, height: 800 })
      await page.setContent(
        html.replace(/<link[^>]*stylesheet[^>]*>/g, `<style>${style}</style>`).replace(/<script[^>]*src[^>]*><\/script>/g, ''),
      )
      problems.push(...(await axe(page)).map(p => `${name}: ${p}`))
      if (shots) {
        mkdirSync(shots, { recursive: true })
        await page.screenshot({ path: `${shots}/${site}-${name.replace(/\W+/g, '-')}.png`, fullPage: true })
      }
      await page.setViewportSize({ width: 360, height: 740 })
      const width = await page.evaluate(
        () => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth,
      )
      if (width > 360) problems.push(`${name}: ${width} px wide at 360`)
      if (shots && site === 'office')
        await page.screenshot({ path: `${shots}/${site}-${name.replace(/\W+/g, '-')}-360.png`, fullPage: true })
    }
    await page.close()
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 240_000)
