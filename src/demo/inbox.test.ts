import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { registerContact } from '../contact/routes.ts'
import { doorsPolicy } from '../doors/policy.ts'
import { registerDoors } from '../doors/routes.ts'
import { newId } from '../platform/records.ts'
import { writeInbox } from './store.contacts.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerContact(o)
      registerDoors(o)
    },
    [doorsPolicy],
  )
}, 120_000)
afterAll(() => w?.end())

test('a child was brought with the data of an act, and a letter of another body waits for an answer; a second try adds nothing', async () => {
  const { duty } = w.people
  const ids: Id[] = Array.from({ length: 8 }, () => newId())
  const until = new Date().toISOString()
  const write = () =>
    w.as(duty, a =>
      writeInbox(
        { team: w.desk, until, whole: true, has: () => true, as: async (_, now) => ({ ...a, now, actor: { id: duty.id } }) },
        'seed',
        n => ids[n]!,
      ),
    )
  const n = await write()
  expect(await write()).toBe(n)
  expect((await w.db.owner.query('select from app.contact where id = any ($1::uuid[])', [ids])).rowCount).toBe(n)
  const act = (await w.get(duty, `/ru/contacts/${ids[n - 2]}/act`)).body
  for (const x of ['15/77', 'рюкзак, телефон без сети', 'Отделение по делам несовершеннолетних']) expect(act).toContain(x)
  expect((await w.get(duty, '/ru/letters')).body.split('Отдел опеки и попечительства').length).toBe(2)
  expect(w.logged).toEqual([])
})
