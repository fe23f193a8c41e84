import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { lockPerson } from './store.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld()
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** A boy of whom much was said, not all of it alike. */
const pages = async (): Promise<[string, string][]> => {
  const { worker } = w.people
  const kase = await w.open(worker, { name: 'Джамшед' })
  const sql = 'select person_id from app.case_record where id = $1'
  const id = (await w.db.owner.query<{ person_id: string }>(sql, [kase])).rows[0]!.person_id
  const send = (fields: Record<string, string>) =>
    w.send(worker, `/people/${id}/claims/new`, { source: 'child', confidence: 'medium', ...fields })
  const said = [
    { what: 'name', given: 'Ҷамшед', family: 'Раҳимов', latin: 'Dzhamshed Rakhimov', kind: 'own', language: 'tg', method: 'conversation' },
    { what: 'name', text: 'Jamshed Rahimov', source: 'document', method: 'copy_seen' },
    { what: 'age', text: 'около 12 лет' },
    { what: 'age', text: '01.01.2010', source: 'document', method: 'document_seen' },
    { what: 'origin', region: 'TJ-KT', village: 'Сомониён', source: 'relative', whose: 'тётя Зухра' },
    { what: 'relative', kin: 'aunt_uncle', text: 'Зухра', contact: 'careful' },
    { what: 'document', document: 'passport', state: 'withheld', holder: 'бригадир', next: 'запрос в консульство' },
    { what: 'place', place: 'school', text: 'школа 14' },
  ]
  for (const s of said) expect([s.what, (await send(s)).statusCode]).toEqual([s.what, 303])
  const day = { 'decidedOn-day': '1', 'decidedOn-month': '2', 'decidedOn-year': '2026' }
  const result = { consent: 'given', methods: 'documents', resultMin: '14', resultMax: '16', margin: '1', decidedBy: 'комиссия' }
  await w.send(worker, `/people/${id}/assessments/new`, {
    grounds: 'разный год',
    informedIn: 'таджикский',
    guardian: 'опека',
    ...result,
    ...day,
  })
  const { identity } = await w.as(worker, async a => (await lockPerson(a, id))!)
  const out: [string, string][] = [
    ['asked', (await send({ what: 'age', text: '03/04/2011' })).body],
    ['wrong', (await w.send(worker, `/people/${id}/assessments/new`, {})).body],
  ]
  const kinds = ['name', 'age', 'sex', 'citizenship', 'origin', 'relative', 'document', 'place'].map(k => `/claims/new?what=${k}`)
  const age = `/claims/${identity.ages[0]!.id}`
  for (const p of ['', '/claims/new', ...kinds, age, `${age}/reading`, '/assessments/new', `/assessments/${identity.assessments[0]!.id}`])
    for (const lang of ['ru', 'en']) out.push([`${lang}${p}`, (await w.get(worker, `/${lang}/people/${id}${p}`)).body])
  for (const lang of ['ru', 'en'])
    for (const [name, fields] of [
      ['search', undefined],
      ['search also', { q: 'Джамшед', ageFrom: '11', ageTo: '14', sex: 'male', origin: 'Таджикистан' }],
      ['search unknown', { sex: 'male' }],
      ['search wrong', { ageFrom: '15', ageTo: 'x', origin: 'Атлантида', phone: '1' }],
    ] as const) {
      const url = `/${lang}/people/search`
      out.push([`${lang} ${name}`, (await (fields ? w.post(worker, url, fields) : w.get(worker, url))).body])
    }
  return out
}

test('axe finds nothing on what is known of a child, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
