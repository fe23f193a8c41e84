import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { worklistPolicy } from './policy.ts'
import { registerWorklist } from './routes.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerWorklist, [worklistPolicy])
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const today = async (who: Person) => (await w.get(who, '/ru/worklist')).body

test('a report of danger, made a case without a word about danger, stays on Today of all who may act, until somebody takes it', async () => {
  const { duty, worker, worker2, boss, stranger, psychologist } = w.people
  const contact = await w.contact()
  await w.db.owner.query("update app.contact set safe_now = 'no' where id = $1", [contact])
  // The form as it is shown, sent as a browser would: what was preset is what is checked.
  const url = `/ru/cases/new?contact=${contact}`
  const shown = (await w.get(duty, url)).body
  const preset = /name="danger" type="radio" value="(\w+)" checked/.exec(shown)![1]!
  const sent = await w.post(duty, '/ru/cases/new', {
    ...hiddenOf(shown, '/ru/cases/new'),
    'children[0][name]': 'Шоира',
    'children[0][relation]': 'child',
    danger: preset,
    team: w.teamA,
  })
  const id = /cases\/([0-9a-f-]{36})/.exec(String(sent.headers.location))![1]!
  const { number, danger } = (await w.db.owner.query('select number, danger from app.case_record where id = $1', [id])).rows[0]
  expect(danger).toBe('danger')
  const taken = 'Эти дела ещё никто не взял'
  for (const who of [duty, worker, worker2, boss]) {
    const body = await today(who)
    expect([who.alias, body.slice(body.indexOf(taken)).includes(number), body.indexOf(number) < body.indexOf(taken)]).toEqual([
      who.alias,
      true,
      true,
    ])
  }
  for (const who of [stranger, psychologist]) expect(await today(who)).not.toContain(number)
  expect((await w.send(worker, `/cases/${id}/accept`, {})).statusCode).toBe(303)
  expect(await today(duty)).not.toContain(number)
  for (const who of [worker, worker2, boss]) {
    const body = await today(who)
    expect([who.alias, body.includes(number), body.includes(taken)]).toEqual([who.alias, true, false])
  }
})
