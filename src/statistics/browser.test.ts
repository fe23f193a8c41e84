import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import * as sass from 'sass'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, openBrowser, openPage } from '../platform/browser.testing.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { type StatisticsWorld, statisticsWorld } from './world.testing.ts'

let w: StatisticsWorld
let browser: Browser
beforeAll(async () => {
  w = await statisticsWorld()
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** The pages as they are with cases, with a release, with proposals, and with nothing. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, boss } = w.people
  for (const name of ['Лола', 'Нигора', 'Фируза']) await w.open(worker, { name })
  for (const [n, age, sex, origin] of [
    [40, '10-13', 'female', 'UZ'],
    [3, '10-13', 'male', 'NG'],
    [55, '14-15', 'female', 'RU-TVE'],
    [60, '14-15', 'male', 'KG'],
    [7, '16-17', 'female', 'TJ'],
    [80, '16-17', 'male', 'UZ'],
  ])
    await w.db.owner.query(
      `insert into app.statistics_row (id, agency_id, what, month, case_hmac, child, sole, age, sex, origin, purpose, channel)
       select gen_random_uuid(), $1, 'opened', '2026-02-01', sha256(gen_random_uuid()::text::bytea), (random() * 9e18)::bigint, false, $3, $4, $5, 'unknown', 'unknown' from generate_series(1, $2)`,
      [w.agencyId, n, age, sex, origin],
    )
  const at = 'what=opened&from=2026-01&to=2026-03&rows=age.0&columns=sex.0'
  const form = (await w.get(w.analyst, `/ru/releases/new?${at}`)).body
  const made = await w.post(w.analyst, '/ru/releases/new', hiddenOf(form, '/ru/releases/new'))
  const release = String(made.headers.location).split('?')[0]!.slice(3)
  const out: [string, string][] = []
  for (const lang of ['ru', 'en'])
    for (const [who, p] of [
      [boss, '/statistics'],
      [boss, '/statistics?rows=month.0&columns=origin.0'],
      [w.foreignAnalyst, '/releases'],
      [w.analyst, '/releases'],
      [w.analyst, `/releases/new?${at}`],
      [w.analyst, '/releases/new?what=opened&from=2026-01&to=2026-04&rows=origin.0&columns=age.0'],
      [w.foreignAnalyst, '/releases/new'],
      [w.analyst, release],
    ] as const)
      out.push([`/${lang}${p.replace(release, '/releases/RELEASE')}`, (await w.get(who, `/${lang}${p}`)).body])
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const { css } = sass.compile('src/base/styles/office.scss', { loadPaths: ['.', 'node_modules'], quietDeps: true })
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  const pictures = process.env.DOVERIE_PICTURES
  if (pictures) mkdirSync(pictures, { recursive: true })
  for (const [i, [name, html]] of (await pages()).entries()) {
    expect([name, html.includes('govuk-heading-l')]).toEqual([name, true])
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.setContent(
      html.replace(/<link[^>]*stylesheet[^>]*>/g, `<style>${css}</style>`).replace(/<script[^>]*src[^>]*><\/script>/g, ''),
    )
    problems.push(...(await axe(page)).map(p => `${name}: ${p}`))
    if (pictures) await page.screenshot({ path: path.join(pictures, `${i}-1280.png`), fullPage: true })
    await page.setViewportSize({ width: 360, height: 740 })
    const width = await page.evaluate(
      () => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth,
    )
    if (width > 360) problems.push(`${name}: ${width} px wide at 360`)
    if (pictures) await page.screenshot({ path: path.join(pictures, `${i}-360.png`), fullPage: true })
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
