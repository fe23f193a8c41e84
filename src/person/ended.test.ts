import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { asSession } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { matchPolicy } from './policy.match.ts'

/* What was ended is not taken up again under the name of whoever made it, with SQL of somebody's own inside a live session. */

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(() => undefined, [matchPolicy])
}, 180_000)
afterAll(() => w.end())

const sql = (text: string, values: readonly unknown[]) => asSession(w.pool, w.people.worker2.token, tx => tx.query(text, values))

test('a link, an exclusion and a code that ended stay ended', async () => {
  const c = await w.open(w.people.worker, { name: 'Ручей' })
  const person = (await w.db.owner.query<{ person_id: Id }>('select person_id from app.case_record where id = $1', [c])).rows[0]!.person_id
  const [link, exclusion, code] = [newId(), newId(), newId()]
  const made: readonly (readonly [string, Id, string, readonly unknown[]])[] = [
    [
      'person_link',
      link,
      "insert into app.person_link (id, person_id, other_id, home_group, signature, made_by) values ($1, $2, gen_random_uuid(), $3, '\\x00', $4)",
      [link, person, w.teamA, w.people.worker2.id],
    ],
    [
      'record_exclusion',
      exclusion,
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
      [exclusion, person, w.teamA, w.people.stranger.id, w.people.worker2.id],
    ],
    [
      'check_in_code',
      code,
      "insert into app.check_in_code (id, case_id, home_group, locator, salt, kdf, proof_hash, public_x, sealed, made_day, until_day) values ($1, $2, $3, 7, '\\x00', 'x', '\\x00', '\\x00', '\\x00', current_date, current_date)",
      [code, c, w.teamA],
    ],
  ]
  for (const [table, id, insert, values] of made) {
    const column = table === 'check_in_code' ? 'ended_day' : 'ended_at'
    await sql(insert, values)
    expect((await sql(`update app.${table} set ${column} = now() where id = $1`, [id])).rowCount, table).toBe(1)
    await expect(sql(`update app.${table} set ${column} = null where id = $1`, [id]), table).rejects.toMatchObject({ code: '42501' })
  }
})
