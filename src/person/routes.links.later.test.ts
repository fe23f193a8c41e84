import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { waitingMatches } from '../case/store.matches.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import type { OfficeDeps } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import type { Person as Who } from '../platform/testing.session.ts'
import { forgetVault } from '../platform/vault.ts'
import { matchPolicy } from './policy.match.ts'
import { registerMatches } from './routes.links.ts'
import { recordPerson } from './rules.ts'
import { comparedAll, compareTouched } from './store.links.later.ts'
import { createPerson } from './store.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerMatches, [matchPolicy])
  ;(w.office.deps as { changed?: OfficeDeps['changed'] }).changed = compareTouched(w.office.deps)
}, 120_000)
beforeEach(comparedAll)
afterAll(async () => {
  await comparedAll()
  expect(w.logged).toEqual([])
  await w.end()
})
const rows = async (sql: string, values: unknown[] = []) => (await w.db.owner.query(sql, values)).rows
const pairs = async (id: Id) =>
  (await rows("select other_id from app.person_pair where person_id = $1 and state = 'open'", [id])).map(r => r.other_id)
const waits = async (id: Id) => (await rows('select matched < version as waits from app.person where id = $1', [id]))[0]?.waits
const record = (who: Who, name: string, team: Id) =>
  w.as(who, async a => {
    const said = { source: 'child', confidence: 'low' } as const
    const e = recordPerson('child', [
      {
        draft: { what: 'name', parts: { given: '', family: '', patronymic: '', other: name }, kind: 'own', ...said },
        recording: { id: newId(), by: who.id, at: a.now },
      },
    ])
    return (await createPerson(a, { id: newId(), homeGroup: team }, e, newId())).id
  })
const settled = async () => {
  await new Promise(go => setTimeout(go, 900))
  await comparedAll()
}

test('nobody but those who may read matches compares anything, and without keys nothing is compared', async () => {
  const id = await record(w.people.worker, 'Ситора Аминова', w.teamA)
  for (const who of [w.people.stranger, w.people.admin, w.people.carer]) await w.get(who, '/ru/people/new')
  await settled()
  expect(await waits(id)).toBe(true)
})
test('what waited is compared after the first page of somebody who unlocks, and once more after they locked and unlocked', async () => {
  const { worker } = w.people
  forgetVault((await w.as(worker, async a => a.session.id)) as Id)
  const [a, b] = [await record(worker, 'Гулнора Бобоева', w.teamA), await record(worker, 'Gulnora Boboeva', w.teamA)]
  expect((await w.get(worker, '/ru/people/new')).statusCode).toBe(200)
  await settled()
  expect([await waits(a), await waits(b), await pairs(a)]).toEqual([false, false, [b]])
  const c = await record(worker, 'Гульнара Бабаева', w.teamA)
  await w.get(worker, '/ru/people/new')
  await settled()
  expect(await waits(c)).toBe(true)
  forgetVault((await w.as(worker, async x => x.session.id)) as Id)
  await w.get(worker, '/ru/people/new')
  await settled()
  expect(await waits(c)).toBe(false)
})
test('a person recorded is compared by herself: the pair stands on the list of today although nobody opened the page of matches', async () => {
  const { worker } = w.people
  const first = await w.open(worker, { name: 'Мехрангез Сафарова' })
  const known = (await rows('select person_id from app.case_record where id = $1', [first]))[0].person_id as Id
  const made = await w.send(worker, '/people/new', { relation: 'child', name: 'Mehrangez Safarova', team: w.teamA, match: known })
  expect(made.statusCode).toBe(303)
  const id = /people\/([0-9a-f-]{36})/.exec(String(made.headers.location))![1] as Id
  await settled()
  expect(await pairs(id)).toContain(known)
  const today = await w.as(worker, x => waitingMatches(x, { groups: x.session.groups, direct: x.session.direct }, '2999-01-01'))
  expect(today.rows.map(r => r.caseId)).toContain(first)
})
