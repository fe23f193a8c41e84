import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { newId } from '../platform/records.ts'
import type { Person as Who } from '../platform/testing.session.ts'
import { worklistPolicy } from '../worklist/policy.ts'
import { registerWorklist } from '../worklist/routes.ts'
import { elsewherePolicy } from './policy.elsewhere.ts'
import { matchPolicy } from './policy.match.ts'
import { registerElsewhere } from './routes.elsewhere.ts'
import { draftOf } from './rules.draft.ts'
import { recordPerson } from './rules.ts'
import { searchPeople } from './store.search.ts'
import { createPerson } from './store.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerElsewhere(o)
      registerWorklist(o)
    },
    [matchPolicy, elsewherePolicy, worklistPolicy],
  )
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  expect(w.logged).toEqual([])
  await w.end()
})

/** Two teams of two agencies: a child known to one and asked about by the other, a talk offered and agreed to, and somebody kept from a record. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, stranger } = w.people
  const far = await w.team(stranger.agency, { name: 'Юг' })
  const holder = await w.person({
    agency: stranger.agency,
    roles: ['case_worker', 'supervisor'],
    member: [
      [far, 'supervision'],
      [far, 'casework'],
    ],
    alias: 'Филин',
  })
  const record = (name: string, age: string) =>
    w.as(holder, async a => {
      const said = { source: 'child', confidence: 'medium' } as const
      const recording = () => ({ id: newId(), by: holder.id, at: a.now })
      const e = recordPerson('child', [
        { draft: draftOf({ what: 'name', text: name, ...said }), recording: recording() },
        { draft: { what: 'age', text: age, ...said }, recording: recording() },
      ])
      return (await createPerson(a, { id: newId(), homeGroup: far }, e, newId())).id
    })
  const [one, two, kept] = [
    await record('Джамшед Рахимов', '13'),
    await record('Мадина Каримова', '9'),
    await record('Зарина Назарова', '15'),
  ]
  for (const who of [holder, worker, holder]) await w.as(who, a => searchPeople(a, ['Джамшед']))
  await w.db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [newId(), kept, far, worker.id, holder.id],
  )
  const ask = (name: string, age: string) =>
    w.send(worker, '/matches/ask', { name, age, sex: 'male', origin: 'Таджикистан', reason: 'сняли с поезда двенадцать детей' })
  const answers: [string, string][] = [
    ['told', (await ask('Dzhamshed Rakhimov', '13')).body],
    ['told again', (await ask('Мадина Каримова', '9')).body],
    ['nobody', (await ask('Зарина Назарова', '15')).body],
    ['too little', (await ask('Анна', '')).body],
    ['search', (await w.send(worker, '/people/search', { q: 'Джамшед Рахимов' })).body],
    ['wrong', (await w.post(worker, '/ru/matches/ask', { sex: 'male' })).body],
  ]
  const id = async (sql: string, person: Id) => (await w.db.owner.query<{ id: Id }>(sql, [person])).rows[0]!.id
  const notice = (person: Id) => id('select id from app.match_notice where person_id = $1', person)
  const asked = (person: Id) => id('select id from app.match_ask where found_id = $1', person)
  const offer = { decision: 'talk', message: 'Филин, по будням с 10 до 18: +7 900 000-00-00' }
  await w.send(holder, `/matches/notices/${await notice(one)}`, offer)
  answers.push(['today', (await w.get(worker, '/ru/worklist')).body], ['today of the holder', (await w.get(holder, '/ru/worklist')).body])
  await w.send(holder, `/matches/notices/${await notice(two)}`, offer)
  await w.send(worker, `/matches/asks/${await asked(two)}`, { message: 'Чайка, в любое время: +7 900 000-00-01' })
  answers.push(['no message', (await w.post(holder, `/ru/matches/notices/${await notice(kept)}`, { version: '1', command: newId() })).body])
  const paths: [Who, string, string][] = [
    [worker, '/matches/ask', 'ask'],
    [worker, '/matches/asks', 'asks'],
    [worker, `/matches/asks/${await asked(one)}`, 'invited'],
    [worker, `/matches/asks/${await asked(two)}`, 'both'],
    [holder, '/matches/notices', 'notices'],
    [holder, `/matches/notices/${await notice(one)}`, 'offered'],
    [holder, `/matches/notices/${await notice(two)}`, 'agreed'],
    [holder, `/matches/notices/${await notice(kept)}`, 'kept'],
  ]
  for (const lang of ['ru', 'en'])
    for (const [who, p, name] of paths) {
      const shown = await w.get(who, `/${lang}${p}`)
      expect([name, shown.statusCode]).toEqual([name, 200])
      answers.push([`${lang} ${name}`, shown.body])
    }
  return answers
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) problems.push(...(await faultsOf(page, name, html)))
  expect(problems).toEqual([])
}, 240_000)
