import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from './base/id.ts'
import { caseForms } from './case/rules.codes.ts'
import { type CaseWorld, caseWorld } from './case/world.testing.ts'
import { registerContact } from './contact/routes.ts'
import { capabilities, caseParts } from './main.office.ts'
import type { Person } from './platform/testing.session.ts'
import { allPolicies } from './policies.ts'
import { registerScreening } from './screening/routes.ts'

/* What is printed of a case leads back to where it was printed, whoever types it and may; and leads nobody else. */

let w: CaseWorld
const posts: string[] = []
beforeAll(async () => {
  // The capabilities right of the case, as the server has them: access, person and case are registered by the world itself.
  const right = capabilities.slice(capabilities.indexOf(registerScreening))
  w = await caseWorld(
    o => {
      registerContact(o)
      o.app.addHook('onRoute', r => {
        const path = /^\/:lang\/cases\/:caseId\/(.+)$/.exec(r.url)?.[1]
        if (path && String(r.method).includes('POST')) posts.push(path)
      })
      for (const register of right) register(o)
    },
    allPolicies,
    caseParts,
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const one = async (sql: string, values: readonly unknown[] = []): Promise<string> =>
  String(Object.values((await w.db.owner.query(sql, values as unknown[])).rows[0] ?? {})[0])
const codeOn = (body: string) => /dv-print-code">[^<]*<strong>([^<]+)</.exec(body)?.[1] ?? ''
const led = async (who: Person, q: string) => (await w.post(who, '/ru/people/search', { q })).headers.location

test('every form of a case that is about nothing else has a number, and none has two', () => {
  // The page of the child's code is never printed: the words stand on it.
  const numbered = new Set<string>(caseForms)
  expect(posts.filter(p => !p.includes(':') && p !== 'follow-up/code' && !numbered.has(p))).toEqual([])
  expect(numbered.size).toBe(caseForms.length)
  // From 90 on the numbers belong to other papers of a case.
  expect(caseForms.length).toBeLessThan(90)
})

const back = async (who: Person, id: Id, path: string) => {
  const shown = await w.get(who, `/ru/cases/${id}/${path}`)
  expect([path, shown.statusCode]).toEqual([path, 200])
  const code = codeOn(shown.body)
  expect([path, code, await led(who, code)]).toEqual([path, code, `/ru/cases/${id}/${path}`])
  expect([path, await led(w.people.stranger, code)]).toEqual([path, undefined])
}

test('the forms of every part lead back to themselves', async () => {
  const { worker, duty } = w.people
  const contact = await w.contact()
  const a = await w.open(duty, { contact, name: 'Бахром', team: w.teamA })
  await w.open(duty, { contact, name: 'Фируза', team: w.teamA })
  const shelter = await w.team(w.agencyId, { name: 'Приют' })
  const sitter = await w.person({ agency: w.agencyId, roles: ['shelter_carer'], member: [[shelter, 'shelter']], alias: 'Пищуха' })
  await w.send(worker, `/cases/${a}/night-card`, { shelter, watch: 'none', name: 'Лола' })
  const closed = await w.open(worker, { name: 'Закрытая' })
  await w.send(worker, `/cases/${closed}/close`, { reason: 'goals_met', note: 'x' })
  const ofClosed = ['follow-up/record', 'follow-up/hand-over']
  const elsewhere = ['accept', 'assign', 'close', 'reopen', 'follow-up/code/end']
  const own = posts.filter(p => !p.includes(':') && p !== 'follow-up/code' && ![...ofClosed, ...elsewhere].includes(p))
  expect(own.length).toBeGreaterThan(10)
  for (const p of own) await back(worker, a, p)
  for (const p of ofClosed.filter(p => posts.includes(p))) await back(worker, closed, p)

  // The night card's own code: the card for whoever works on the case, and nothing for the shift.
  const code = codeOn((await w.get(worker, `/ru/cases/${a}/night-card/print`)).body)
  expect(code).toMatch(/^N-/)
  for (const typed of [code, code.toLowerCase().replace('-', ' ')]) expect(await led(worker, typed)).toBe(`/ru/cases/${a}/night-card`)
  expect(await led(w.people.boss, code)).toBe(`/ru/cases/${a}/night-card/print`)
  for (const who of [w.people.stranger, sitter, w.people.follower]) expect(await led(who, code)).toBeUndefined()
})

test('the number on a letter leads to the letter whoever may read it', async () => {
  const { worker, stranger, psychologist } = w.people
  const id = await w.open(worker)
  await w.send(worker, `/cases/${id}/reports/facts/new`, { kind: 'violence', text: 'били', life: 'no' })
  const fact = await one('select id from app.report_fact where case_id = $1', [id])
  await w.send(worker, `/cases/${id}/reports/${fact}/decide`, { reason: 'так надо', answer: 'now', recipients: ['police'] })
  const letter = await one('select id from app.report_letter where case_id = $1', [id])
  const code = codeOn((await w.get(worker, `/ru/cases/${id}/letters/${letter}`)).body)
  expect(code).toMatch(/\/90-/)
  expect(await led(worker, code)).toBe(`/ru/cases/${id}/letters/${letter}`)
  expect(await led(stranger, code)).toBeUndefined()
  expect(await led(psychologist, code)).toBeUndefined()
  // One that is not there: the case says what became of it.
  expect(
    await led(
      worker,
      code.replace(/.$/, x => (x === '0' ? '1' : '0')),
    ),
  ).toBe(`/ru/cases/${id}`)
})
