import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { reportPolicy } from './policy.ts'
import { registerReports, reportsPart } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(registerReports, [reportPolicy], [reportsPart])
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** A case with everything a report can be: one that asks, one put off, letters unsent, sent, registered, late. */
const pages = async (): Promise<[string, string][]> => {
  const { worker } = w.people
  const id = await w.open(worker, { name: 'Каримова Лола' })
  const all = async (sql: string) => (await w.db.owner.query<{ id: string }>(sql, [id])).rows.map(r => r.id)
  const fact = (kind: string, text: string, life: string) => w.send(worker, `/cases/${id}/reports/facts/new`, { kind, text, life })
  await fact('violence', 'Видели следы побоев на руках. Говорит: «Он бил, когда я мало приносила».', 'no')
  const [first] = await all('select id from app.report_fact where case_id = $1')
  await w.send(worker, `/cases/${id}/reports/${first}/decide`, {
    answer: 'now',
    recipients: ['police', 'guardianship', 'commission'],
    reason: 'ребёнок в приюте, медлить нельзя',
  })
  const [police, guardianship] = await all(
    "select id from app.report_letter where case_id = $1 and recipient <> 'commission' order by recipient desc",
  )
  await w.send(worker, `/cases/${id}/letters/${police}/write`, {
    facts: 'Видели следы побоев на руках. Девочка говорит, что её били, когда она мало приносила.',
    identity: 'full',
    why: 'нужно найти родных',
    about: ['age'],
    measures: 'Ребёнок в безопасности, осмотрен врачом.',
    request: 'Провести проверку, сообщить номер.',
  })
  for (const l of [police, guardianship]) await w.send(worker, `/cases/${id}/letters/${l}/sent`, { how: 'phone' })
  await w.send(worker, `/cases/${id}/letters/${police}/registered`, { number: 'КУСП 12345' })
  await w.db.owner.query('update app.report_letter set answer_due = current_date - 3 where id = $1', [guardianship])
  await fact('images', 'Взрослый в игре требует снимки и угрожает.', 'yes')
  const [second] = await all('select id from app.report_fact where case_id = $1 and life')
  const at = (p: string) => `/cases/${id}${p}`
  const paths = [
    ...['', '/reports', '/reports/facts/new', `/reports/${second}/decide`, `/letters/${police}`, `/letters/${guardianship}/write`].map(at),
    ...['sent', 'registered', 'answered', 'stop'].map(p => at(`/letters/${police}/${p}`)),
    '/reports?show=all',
  ]
  const out: [string, string][] = [['wrong', (await w.send(worker, at(`/reports/${second}/decide`), { answer: 'now' })).body]]
  for (const lang of ['ru', 'en'])
    for (const p of paths) out.push([`/${lang}${p}`.replaceAll(id, 'CASE'), (await w.get(worker, `/${lang}${p}`)).body])
  return out
}

test('axe finds nothing, no page scrolls sideways on a phone, and paper shows the letter alone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
    if (name.startsWith('/ru/cases/CASE/letters') && html.includes('dv-letter')) {
      await page.emulateMedia({ media: 'print' })
      const paper = await page.locator('body').innerText()
      expect(paper).toContain('Провести проверку')
      expect(paper).toContain('Наш №')
      for (const not of ['Ничего сверх', 'КУСП 12345', 'Записать ответ']) expect(paper).not.toContain(not)
      await page.emulateMedia({ media: 'screen' })
    }
    const shots = process.env.DOVERIE_SHOTS
    if (shots) {
      for (const wide of [360, 1280]) {
        await page.setViewportSize({ width: wide, height: 800 })
        await page.screenshot({ path: `${shots}/${name.replace(/[^a-zA-Z]+/g, '_').slice(0, 60)}-${wide}.png`, fullPage: true })
      }
    }
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
