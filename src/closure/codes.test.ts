import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { registerContact } from '../contact/routes.ts'
import type { Office } from '../platform/office.ts'
import type { Person } from '../platform/testing.session.ts'
import { closurePolicy } from './policy.ts'
import { registerClosure } from './routes.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(
    (o: Office) => {
      registerContact(o)
      registerClosure(o)
    },
    [closurePolicy],
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const codesOn = (body: string) => [...new Set([...body.matchAll(/dv-print-code">[^<]*<strong>([^<]+)</g)].map(m => m[1]!))]
const search = (who: Person, q: string) => w.post(who, '/ru/people/search', { q })
/** A page without what differs by who asks and what was typed. */
const plain = (body: string) => body.replace(/value="[^"]*"/g, '')

test('every printed page and form leads back to itself, and leads nobody else', async () => {
  const { worker, duty, stranger, lawyer, psychologist } = w.people
  const contact = await w.contact()
  const a = await w.open(duty, { contact, name: 'Бахром', danger: 'danger' })
  const b = await w.open(worker, { name: 'Фируза' })
  const closed = await w.open(worker, { name: 'Закрытая' })
  const one = async (sql: string) => String(Object.values((await w.db.owner.query(sql)).rows[0])[0])
  const number = await one(`select number from app.case_record where id = '${b}'`)
  const person = await one(`select person_id from app.case_record where id = '${b}'`)
  const day = { 'until-day': '1', 'until-month': '3', 'until-year': '2027' }
  await w.send(worker, `/cases/${a}/links/new`, { number, relation: 'sibling', together: 'keep_apart' })
  await w.send(worker, `/cases/${a}/share`, {
    user: psychologist.id,
    compartments: ['identity', 'summary'],
    right: 'read',
    why: 'x',
    ...day,
  })
  await w.send(worker, `/cases/${a}/exclude`, { who: `user:${lawyer.id}`, reason: 'x' })
  await w.send(worker, `/people/${person}/claims/new`, { what: 'age', text: '14', source: 'child', confidence: 'medium' })
  await w.send(worker, `/cases/${closed}/close`, { reason: 'goals_met', note: 'x' })
  const page = async (url: string) => (await w.get(worker, `/ru${url}`)).body
  const claim = /claims\/([0-9a-f-]{36})/.exec(await page(`/people/${person}`))![1]!
  const look = await one(`select id from app.second_look where record = '${a}' and kind = 'case'`)
  const grant = await one(`select id from app.grant_ where record = '${a}' and user_id = '${psychologist.id}' and kind = 'case'`)
  const exclusion = await one(`select id from app.record_exclusion where record = '${a}'`)
  const link = await one(`select id from app.case_link where case_id = '${a}'`)
  const forms = ['danger', 'due', 'accept', 'assign', 'notes/new', 'access', 'share', 'exclude', 'links/new', 'close']
  const parts = [`looks/${look}`, `grants/${grant}/end`, `exclusions/${exclusion}/end`, `links/${link}/end`]
  const ofRecords: [Person, string][] = [
    ...['', ...[...forms, ...parts].map(f => `/${f}`)].map((f): [Person, string] => [worker, `/cases/${a}${f}`]),
    [w.people.boss, `/cases/${closed}/reopen`],
    [worker, `/people/${person}`],
    [worker, `/people/${person}/claims/new`],
    [worker, `/people/${person}/claims/${claim}`],
    [worker, `/cases/new?person=${person}`],
    [duty, `/contacts/${contact}`],
    [duty, `/cases/new?contact=${contact}`],
  ]
  const ofPages: [Person, string][] = [
    '/cases',
    '/cases/new',
    '/people/search',
    '/people/new',
    '/contacts/new/walk-in',
    '/contacts/new/call',
  ].map(p => [p.startsWith('/contacts') ? duty : worker, p])
  const nobody = plain((await search(stranger, 'никого-такого-нет')).body)
  const seen = new Set<string>()
  for (const [who, path] of [...ofRecords, ...ofPages]) {
    const shown = await w.get(who, `/ru${path}`)
    const codes = codesOn(shown.body)
    expect([path, shown.statusCode, codes.length]).toEqual([path, 200, 1])
    const code = codes[0]!
    expect(seen.has(code), `${path} has a code of its own`).toBe(false)
    seen.add(code)
    for (const typed of [code, code.toLowerCase().replaceAll('0', 'o').replace('-', ' ')]) {
      const led = await search(who, typed)
      expect([path, typed, led.statusCode, led.headers.location]).toEqual([path, typed, 303, `/ru${path}`])
    }
    if (ofPages.some(([, p]) => p === path)) continue
    const stopped = await search(stranger, code)
    expect([path, stopped.statusCode, plain(stopped.body) === nobody]).toEqual([path, 200, true])
  }
  // Nothing tells a hidden case from one that never was, and a look at one by its number is audited like any search.
  expect(plain((await search(stranger, 'D-0000000')).body)).toBe(nobody)
  const { rows } = await w.db.owner.query(
    "select from app.read_audit where action = 'person.search' and actor = $1 and $2 = any (records)",
    [worker.id, a],
  )
  expect(rows.length).toBeGreaterThan(0)
})

test('a name that reads as a code is searched for as a name', async () => {
  await w.open(w.people.worker, { name: 'Dmitriev' })
  const r = await search(w.people.worker, 'Dmitriev')
  expect(r.statusCode).toBe(200)
  expect(r.body).toContain('Dmitriev')
})
