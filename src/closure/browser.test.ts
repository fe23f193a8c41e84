import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { closurePolicy } from './policy.ts'
import { registerClosure } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(registerClosure, [closurePolicy])
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** Pages as a case worker meets them on a full day: danger, links, shares, exclusions, a form that went stale. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, worker2, psychologist, lawyer, duty } = w.people
  const contact = await w.contact()
  const a = await w.open(duty, { name: 'Каримова Лола', contact, danger: 'danger', circumstances: 'Девять человек в одной квартире' })
  await w.send(worker, `/cases/${a}/accept`, {})
  const b = await w.open(worker, { name: 'Каримова Нигора' })
  const one = async (sql: string) => String(Object.values((await w.db.owner.query(sql)).rows[0])[0])
  const number = await one(`select number from app.case_record where id = '${b}'`)
  const person = await one(`select person_id from app.case_record where id = '${a}'`)
  await w.send(worker, `/cases/${a}/links/new`, { number, relation: 'sibling', together: 'must_not_know' })
  await w.send(worker, `/cases/${a}/notes/new`, { text: 'Позвонила сама', compartment: 'summary', source: 'child', happened: 'вчера' })
  const day = { 'until-day': '1', 'until-month': '3', 'until-year': '2027' }
  await w.send(worker, `/cases/${a}/share`, {
    user: psychologist.id,
    compartments: ['identity', 'summary'],
    right: 'read',
    why: 'x',
    ...day,
  })
  await w.send(worker, `/cases/${a}/exclude`, { who: `user:${lawyer.id}`, reason: 'x' })
  await w.send(worker, `/people/${person}/claims/new`, { what: 'age', text: '14', source: 'child', confidence: 'medium' })
  await w.send(worker, `/people/${person}/claims/new`, { what: 'place', text: 'у подруги', source: 'child', confidence: 'high' })
  const url = `/ru/cases/${b}/danger`
  const old = hiddenOf((await w.get(worker, url)).body, url)
  await w.send(worker2, `/cases/${b}/danger`, { danger: 'danger', reason: 'увозят' })
  const out: [string, string][] = [
    ['stale', (await w.post(worker, url, { ...old, danger: 'none', reason: 'спокойно' })).body],
    ['wrong', (await w.post(worker, url, { danger: '' })).body],
    ['found', (await w.post(worker, '/ru/people/search', { q: 'karimova' })).body],
    [
      'match',
      (
        await w.send(worker, '/cases/new', {
          'children[0][name]': 'Lola Karimova',
          'children[0][relation]': 'child',
          danger: 'none',
          team: w.teamA,
        })
      ).body,
    ],
  ]
  const at = (p: string) => `/cases/${a}${p}`
  const paths = [
    '/cases',
    '/cases/new',
    ...['', '?open=story', '/notes/new', '/access', '/share', '/exclude', '/links/new', '/close'].map(at),
    '/people/search',
    `/people/${person}`,
    `/people/${person}/claims/new`,
  ]
  for (const lang of ['ru', 'en'])
    for (const p of paths)
      out.push([`/${lang}${p.replaceAll(a, 'CASE').replaceAll(person, 'PERSON')}`, (await w.get(worker, `/${lang}${p}`)).body])
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
    if (name === '/ru/cases/CASE') {
      await page.setViewportSize({ width: 1280, height: 800 })
      // The four answers, in their order and without scrolling.
      const bottoms = await page.evaluate(() =>
        [
          ...(
            globalThis as unknown as {
              document: { querySelectorAll(s: string): Iterable<{ getBoundingClientRect(): { bottom: number; left: number } }> }
            }
          ).document.querySelectorAll('.dv-cards .dv-card'),
        ]
          .map(e => e.getBoundingClientRect())
          .map(r => [r.bottom, r.left] as const),
      )
      expect(bottoms.length).toBe(4)
      expect(bottoms.every(([bottom]) => bottom <= 800)).toBe(true)
      expect(bottoms.map(([, left]) => left)).toEqual(bottoms.map(([, left]) => left).sort((x, y) => x - y))
    }
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
