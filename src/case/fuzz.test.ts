import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../platform/records.ts'
import { type CaseWorld, caseWorld } from './world.testing.ts'

const budgetMs = process.env.DOVERIE_LONG ? 60_000 : 5_000
let w: CaseWorld
let caseId: string
let personId: string
beforeAll(async () => {
  w = await caseWorld()
  caseId = await w.open(w.people.worker, { name: 'Лена' })
  personId = (await w.db.owner.query('select person_id from app.case_record where id = $1', [caseId])).rows[0].person_id
}, 120_000)
afterAll(() => w.end())

test('no form answers 500 or more, whatever is sent', async () => {
  const names = [
    'command',
    'version',
    'danger',
    'reason',
    'team',
    'contact',
    'circumstances',
    'children[0][name]',
    'children[0][relation]',
    'children[0][match]',
    'children[999][name]',
    'children#',
    'text',
    'compartment',
    'learned-day',
    'learned-month',
    'learned-year',
    'due-day',
    'due-month',
    'due-year',
    'what',
    'assignee',
    'user',
    'compartments',
    'until-day',
    'until-month',
    'until-year',
    'right',
    'why',
    'who',
    'number',
    'relation',
    'together',
    'q',
    'standing',
    'given',
    'source',
    'confidence',
    'add',
    'name',
    'kind',
    'place',
    '__proto__',
  ]
  const known = fc.constantFrom(
    'danger',
    'child',
    'summary',
    'health',
    'legal',
    'story',
    'new',
    'read',
    'x',
    '1',
    '12',
    '2030',
    'sibling',
    'none',
    'own',
    'confirmed',
    'children',
    'age',
    'name',
    'D-0000000',
    w.teamA,
    w.desk,
    w.people.worker2.id,
    `user:${w.people.lawyer.id}`,
    `team:${w.desk}`,
    caseId,
    personId,
  )
  const value = fc.oneof(
    known,
    known,
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ maxLength: 300 }),
    fc.constant('\u0000'),
    fc.uuid({ version: 4 }),
  )
  const paths = [
    '/cases/new',
    ...['danger', 'due', 'accept', 'assign', 'notes/new', 'share', 'exclude', 'links/new', `looks/${newId()}`, `grants/${newId()}/end`].map(
      p => `/cases/${caseId}/${p}`,
    ),
    '/people/search',
    '/people/new',
    `/people/${personId}/claims/new`,
    `/people/${personId}/claims/${newId()}`,
    `/cases/${newId()}/danger`,
    '/cases/not-an-id/danger',
  ]
  const end = Date.now() + budgetMs
  let count = 0
  const seed = Date.now() % 1_000_000
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('worker' as const, 'duty' as const, 'boss' as const),
      fc.constantFrom(...paths),
      fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 12 }),
      async (who, path, fields) => {
        if (Date.now() > end) return
        count += 1
        const r = await w.post(w.people[who], `/ru${path}`, { command: newId(), ...fields })
        expect([path, fields, r.statusCode < 500, w.logged]).toEqual([path, fields, true, []])
      },
    ),
    { numRuns: 100_000, interruptAfterTimeLimit: budgetMs, markInterruptAsFailure: false, seed },
  )
  console.info(`case forms: ${count} requests, seed ${seed}`)
  expect(count).toBeGreaterThan(50)
}, 90_000)
