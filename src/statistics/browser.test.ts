import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
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
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    expect([name, html.includes('govuk-heading-l')]).toEqual([name, true])
    problems.push(...(await faultsOf(page, name, html)))
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
