import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { planPolicy } from '../plan/policy.ts'
import { planPart, registerPlan } from '../plan/routes.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { nightCardPolicy } from './policy.ts'
import { nightCardPart, registerNightCard } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerPlan(o)
      registerNightCard(o)
    },
    [planPolicy, nightCardPolicy],
    [planPart, nightCardPart],
  )
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** The plan with a late step, a moved one and a done one; the card in the case and at the shelter. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, duty, carer } = w.people
  const contact = await w.contact()
  const a = await w.open(duty, { name: 'Каримова Лола', contact, team: w.teamA })
  await w.open(duty, { name: 'Каримов Рустам', contact, team: w.teamA })
  await w.send(worker, `/cases/${a}/accept`, {})
  const fresh = (await w.get(worker, `/ru/cases/${a}/plan`)).body
  await w.send(worker, `/cases/${a}/plan/first-hours`, { starters: ['safe_now', 'medical', 'food_sleep', 'interpreter'] })
  const step = { what: 'Позвонить в консульство и спросить, какие бумаги нужны для возвращения', when: 'week' }
  await w.send(worker, `/cases/${a}/plan/new`, { ...step, who: 'outside', outside: 'Консульский отдел' })
  const ids = (await w.db.owner.query('select id from app.plan_step where case_id = $1 order by due, id', [a])).rows.map(r => r.id)
  await w.db.owner.query('update app.plan_step set due = due - 3 where id = $1', [ids[0]])
  await w.send(worker, `/cases/${a}/plan/${ids[1]}/later`, { when: 'week', reason: 'врач принимает в четверг' })
  await w.send(worker, `/cases/${a}/plan/${ids[2]}/done`, { cameOf: 'поела, легла спать' })
  await w.send(worker, `/cases/${a}/night-card`, {
    shelter: w.teamA,
    name: 'Лола',
    language: 'узбекский, немного русский',
    medical: 'аллергия на орехи; лекарств нет',
    watch: 'close',
    watchWhat: 'заглянуть в полночь и под утро',
    fears: 'закрытых дверей',
    keepAway: 'мужчину, который называет себя дядей',
    wake: 'дежурный, внутренний 12',
  })
  const asked = (await w.db.owner.query('select id from app.plan_step where case_id = $1 and assignee is null', [a])).rows[0].id
  const [year, month, day] = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10).split('-') as [string, string, string]
  const no = { answer: 'declined', way: 'call', by: 'дежурный консул, имени не назвал', words: 'без свидетельства о рождении не начинают' }
  await w.send(worker, `/cases/${a}/plan/${asked}/answer`, { ...no, 'next-day': day, 'next-month': month, 'next-year': year })
  const out: [string, string][] = [['/ru/cases/CASE/plan empty', fresh]]
  const of = [
    '',
    '/plan',
    '/plan/new',
    '/plan/together',
    `/plan/${ids[0]}/later`,
    `/plan/${ids[0]}/change`,
    `/plan/${asked}/answer`,
    '/night-card',
    '/night-card/print',
  ]
  for (const lang of ['ru', 'en']) {
    for (const p of of)
      out.push([
        `/${lang}/cases/CASE${p.replace(ids[0], 'STEP').replace(asked, 'ASKED')}`,
        (await w.get(worker, `/${lang}/cases/${a}${p}`)).body,
      ])
    out.push([`/${lang}/night`, (await w.get(carer, `/${lang}/night`)).body])
  }
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 240_000)
