import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply } from '../case/rules.ts'
import type { CaseRow } from '../case/schema.ts'
import { caseJournal, findCase, openCaseEvent } from '../case/store.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { followUpPolicy } from '../follow-up/policy.ts'
import { followUpPart, registerFollowUp } from '../follow-up/routes.ts'
import { planPolicy } from '../plan/policy.ts'
import { planPart, registerPlan } from '../plan/routes.ts'
import { newId } from '../platform/records.ts'
import { closurePolicy } from './policy.ts'
import { registerClosure } from './routes.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerPlan(o)
      registerFollowUp(o)
      registerClosure(o)
    },
    [planPolicy, followUpPolicy, closurePolicy],
    [planPart, followUpPart],
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const status = async (who: Parameters<CaseWorld['get']>[0], url: string) => (await w.get(who, `/ru${url}`)).statusCode

test('who may not close or reopen finds nothing', async () => {
  const id = await w.open(w.people.worker)
  for (const who of [w.people.admin, w.people.duty, w.people.psychologist, w.people.stranger])
    for (const p of ['close', 'reopen']) expect(await status(who, `/cases/${id}/${p}`)).toBe(404)
  expect(await status(w.people.worker, `/cases/${id}/reopen`)).toBe(404)
})
test('a case is not closed while an interpreter is in a room of it: what was said there would be lost', async () => {
  const id = await w.open(w.people.worker, { name: 'Лола' })
  const session = newId()
  await w.db.owner.query(
    "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, version, sealed) select $1, c.id, c.home_group, current_date, 'live', $3, 0, 1, '\\x00' from app.case_record c where c.id = $2",
    [session, id, w.people.worker.id],
  )
  await w.db.owner.query(
    "insert into app.session_room (id, home_group, until, sealed) select $1, home_group, now() + interval '1 hour', '\\x00' from app.case_record where id = $2",
    [session, id],
  )
  const close = () => w.send(w.people.worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'дома' })
  const refused = await close()
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('Сеанс с переводчиком ещё идёт')
  expect(refused.body).toContain('дома')
  await w.db.owner.query("update app.session_room set until = now() - interval '1 minute' where id = $1", [session])
  expect((await close()).statusCode).toBe(303)
})
test('a case is not closed while an interpreter is booked for it: somebody would come for a child who is gone', async () => {
  const id = await w.open(w.people.worker)
  const session = newId()
  await w.db.owner.query(
    "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, version, sealed) select $1, c.id, c.home_group, current_date + 3, 'booked', $3, 0, 1, '\\x00' from app.case_record c where c.id = $2",
    [session, id, w.people.worker.id],
  )
  expect((await w.get(w.people.worker, `/ru/cases/${id}/close`)).body).toContain(`/ru/cases/${id}/interpreters`)
  for (const who of [w.people.worker, w.people.boss]) {
    const refused = await w.send(who, `/cases/${id}/close`, { reason: 'moved', note: 'уехал' })
    expect([who.alias, refused.statusCode, refused.body.includes('Ещё назначен сеанс')]).toEqual([who.alias, 422, true])
  }
  await w.db.owner.query("update app.language_session set state = 'cancelled' where id = $1", [session])
  expect((await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'moved', note: 'уехал' })).statusCode).toBe(303)
})
test('closed is read-only, a supervisor reopens, and the journal replays to the row', async () => {
  const id = await w.open(w.people.worker, { name: 'Дилноза', danger: 'danger' })
  const page = (await w.get(w.people.worker, `/ru/cases/${id}/close`)).body
  expect(page).toContain('отмечена опасность')
  expect((await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'goals_met' })).statusCode).toBe(422)
  expect((await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'дома, с тётей' })).statusCode).toBe(303)
  expect((await w.get(w.people.worker, `/ru/cases/${id}`)).body).toContain('Его можно читать')
  expect((await w.send(w.people.worker, `/cases/${id}/notes/new`, { text: 'ещё', compartment: 'summary' })).statusCode).toBe(422)
  expect((await w.send(w.people.worker, `/cases/${id}/danger`, { danger: 'none', reason: 'x' })).statusCode).toBe(422)
  const list = (await w.get(w.people.worker, '/ru/cases?state=closed')).body
  expect(list).toContain(id)
  expect((await w.get(w.people.worker, '/ru/cases')).body).not.toContain(id)
  expect((await w.send(w.people.boss, `/cases/${id}/reopen`, { reason: 'снова позвонила' })).statusCode).toBe(303)
  const looks = await w.db.owner.query('select what from app.second_look where record = $1 order by what', [id])
  expect(looks.rows.map(r => r.what)).toEqual(['closed_in_danger', 'danger_set'])
  const closedLook = (await w.db.owner.query("select id from app.second_look where record = $1 and what = 'closed_in_danger'", [id]))
    .rows[0].id
  expect((await w.send(w.people.worker2, `/cases/${id}/looks/${closedLook}`, {})).statusCode).toBe(303)
  await w.as(w.people.worker, async a => {
    const row = (await findCase(a, id))!
    const replayed = (await caseJournal(a, id, ['summary', 'story'])).reduce<CaseRow | undefined>(
      (c, s) => apply(c, { id, homeGroup: row.homeGroup }, openCaseEvent(s)!.event),
      undefined,
    )
    expect(replayed).toEqual(row)
    expect(row.state).toBe('open')
  })
})
test('unread words keep a case open', async () => {
  const contact = await w.contact()
  const id = await w.open(w.people.duty, { contact, team: w.teamA })
  await w.send(w.people.worker, `/cases/${id}/accept`, {})
  await w.db.owner.query('update app.contact set unread = true where id = $1', [contact])
  const refused = await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'moved', note: 'уехал' })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('непрочитанные слова')
})
test('what is left to do is done, skipped, or goes on with a reason that the timeline tells', async () => {
  const id = await w.open(w.people.worker)
  await w.send(w.people.worker, `/cases/${id}/plan/new`, { what: 'школа', when: 'week', who: 'me' })
  expect((await w.get(w.people.worker, `/ru/cases/${id}/close`)).body).toContain('шагов плана 1')
  const refused = await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'moved', note: 'уехал' })
  expect([refused.statusCode, refused.body.includes('Остались шаги плана')]).toEqual([422, true])
  const closed = await w.send(w.people.worker, `/cases/${id}/close`, { reason: 'moved', note: 'уехал', goesOn: 'школа примет его в марте' })
  expect([closed.statusCode, String(closed.headers.location)]).toEqual([303, `/ru/cases/${id}/follow-up?done=saved`])
  const page = (await w.get(w.people.worker, `/ru/cases/${id}`)).body
  for (const words of ['Дело закрыто, но не всё сделано', 'школа примет его в марте']) expect(page).toContain(words)
})
