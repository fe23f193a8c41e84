import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessPolicy } from '../access/policy.ts'
import { registerAccessAdmin } from '../access/routes.admin.ts'
import { ensureGlass } from '../access/store.keys.rotation.ts'
import type { Id } from '../base/id.ts'
import { findCase } from '../case/store.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { worklistPolicy } from './policy.ts'
import { registerWorklist } from './routes.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerAccessAdmin(o)
      registerWorklist(o)
    },
    [accessPolicy, worklistPolicy],
  )
  const { duty, boss, worker, admin } = w.people
  await w.db.owner.query('update app.session set step_up_at = now() where user_id = any ($1::uuid[])', [[duty.id, boss.id, admin.id]])
  for (const p of [duty, boss]) await w.as(p, x => ensureGlass(x, w.agencyId, true))
  await w.as(worker, x => ensureGlass(x, w.agencyId, false))
}, 60_000)
afterAll(() => w?.end())

test('a child in danger and nobody there: opened by the number, read, seen by everybody concerned, changed by nothing', async () => {
  const { worker, duty, boss, admin } = w.people
  const id: Id = await w.open(worker, { name: 'Нилуфар' })
  const c = (await w.as(worker, x => findCase(x, id)))!
  for (const url of [`/ru/cases/${id}`, `/ru/people/${c.personId}`]) expect((await w.get(duty, url)).statusCode, url).toBe(404)
  const opened = await w.send(duty, '/emergency/open', {
    number: c.number,
    reason: 'immediate_danger',
    text: 'Звонит из машины, её увозят',
  })
  expect(opened.statusCode).toBe(303)

  const person = (await w.get(duty, `/ru/people/${c.personId}`)).body
  expect([person.includes('Нилуфар'), person.includes('Открыто экстренно: Сова'), person.includes('/claims/new')]).toEqual([
    true,
    true,
    false,
  ])
  const page = (await w.get(duty, `/ru/cases/${id}`)).body
  expect([page.includes('Нилуфар'), page.includes('Открыто экстренно: Сова'), page.includes(`/cases/${id}/danger`)]).toEqual([
    true,
    true,
    false,
  ])
  const before = await w.db.owner.query('select seq, hash from app.record_head where record = any ($1::uuid[]) order by record', [
    [id, c.personId],
  ])
  for (const path of ['notes', 'notes/new', 'danger', 'due', 'accept', 'assign', 'share', 'exclude', 'links/new']) {
    const r = await w.post(duty, `/ru/cases/${id}/${path}`, {
      version: String(c.version),
      danger: 'none',
      reason: 'x',
      text: 'x',
      compartment: 'summary',
    })
    expect([path, r.statusCode >= 400 && r.statusCode < 500]).toEqual([path, true])
  }
  const after = await w.db.owner.query('select seq, hash from app.record_head where record = any ($1::uuid[]) order by record', [
    [id, c.personId],
  ])
  expect(after.rows).toEqual(before.rows)

  // Owner and supervisor: on the worklist and on the record, at once.
  for (const p of [worker, boss]) {
    expect((await w.get(p, '/ru/worklist')).body).toContain('открыто экстренно')
    expect((await w.get(p, `/ru/cases/${id}`)).body).toContain('Открыто экстренно: Сова')
  }
  expect((await w.get(boss, '/ru/worklist')).body).toContain('/emergency/reviews')
  expect((await w.get(worker, '/ru/worklist')).body).not.toContain('/emergency/reviews')
  expect((await w.get(admin, '/ru/worklist')).body).not.toContain('экстренно')
  expect(w.logged).toEqual([])
})

test('a change of roles asks for its second person on the worklist', async () => {
  const { admin, boss, worker } = w.people
  const roles = await w.send(admin, `/users/${worker.id}/roles`, { roles: ['case_worker', 'analyst'] })
  expect(roles.statusCode).toBe(303)
  expect((await w.get(boss, '/ru/worklist')).body).toContain('1 изменение ролей ждёт второго человека')
  expect((await w.get(admin, '/ru/worklist')).body).not.toContain('изменение ролей')
})
