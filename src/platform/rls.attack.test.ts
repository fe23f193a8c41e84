import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSession } from './db.ts'
import { newWriter, type Writer } from './ledger.testing.ts'
import { newId } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

// What somebody could do who may send any SQL as staff_rw within a live session: each of these worked once.
let db: Scratch
let pool: pg.Pool
let mallory: Writer
let victim: Writer
const number = () => `D-${Array.from({ length: 7 }, () => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Math.floor(Math.random() * 32)]).join('')}`

beforeAll(async () => {
  db = await scratch()
  pool = db.pool('staff_rw', 4)
  mallory = await newWriter(db, pool)
  victim = await newWriter(db, pool)
}, 60_000)
afterAll(() => db?.end())

const noted = (w: Writer, id: string, kind: string, group = w.group, type = 'noted') =>
  w.as(tx => tx.query("select app.journal_append($1, $2, $3, $4, $5, '{}', '{}', '{}')", [id, kind, group, type, newId()]))
const insertCase = (w: Writer, id: string, person: string, contact: string | null = null) =>
  w.as(tx =>
    tx.query(
      "insert into app.case_record (id, home_group, number, person_id, contact_id, assignee, state, danger, opened) values ($1, $2, $3, $4, $5, $6, 'open', 'none', now())",
      [id, w.group, number(), person, contact, w.user],
    ),
  )
const insertContact = (w: Writer, id: string) =>
  w.as(tx =>
    tx.query("insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $2, 'call', now(), 'no', 'new')", [
      id,
      w.group,
    ]),
  )
const makeRecord = async (w: Writer, kind: 'person' | 'case' | 'contact') => {
  const id = newId()
  if (kind === 'person') await w.as(tx => tx.query('insert into app.person (id, home_group) values ($1, $2)', [id, w.group]))
  else if (kind === 'contact') await insertContact(w, id)
  else await insertCase(w, id, newId())
  await noted(w, id, kind)
  return id
}
const sees = async (w: Writer, table: string, id: string) =>
  (await w.as(tx => tx.query(`select from app.${table} where ${table === 'sealed' ? 'record' : 'id'} = $1`, [id]))).rowCount !== 0
const refused = (p: Promise<unknown>, what?: string) => expect(p, what).rejects.toMatchObject({ code: '42501' })

test("a record's journal takes no event of another kind, from nobody who does not see the record", async () => {
  const [theirs, mine] = [await makeRecord(victim, 'case'), await makeRecord(mallory, 'case')]
  for (const kind of ['account', 'team', 'installation', 'x']) await refused(noted(mallory, theirs, kind), kind)
  await refused(noted(mallory, mine, 'person'))
  // A new record that is no case belongs to the own agency at least.
  await refused(noted(mallory, newId(), 'account', victim.group))
  await refused(noted(mallory, newId(), 'x'))
  await noted(mallory, newId(), 'account', mallory.group)
  await noted(mallory, mine, 'case')
})

test('an id that is in use cannot be taken again for a row of the own that gives sight of it', async () => {
  for (const kind of ['person', 'case', 'contact'] as const) {
    const theirs = await makeRecord(victim, kind)
    if (kind !== 'case') await refused(insertCase(mallory, theirs, newId()), `${kind} as a case`)
    if (kind !== 'contact') {
      await refused(insertContact(mallory, theirs), `${kind} as a contact`)
      await refused(insertCase(mallory, newId(), newId(), theirs), `${kind} named as contact`)
    }
    if (kind !== 'person') {
      await refused(insertCase(mallory, newId(), theirs), `${kind} named as person`)
      await refused(
        mallory.as(tx => tx.query('insert into app.person (id, home_group) values ($1, $2)', [theirs, mallory.group])),
        `${kind} as a person`,
      )
    }
    await refused(
      mallory.as(tx =>
        tx.query("select app.intake_open($1, $2, 'contact', $3, '{1,2,3,4}', now() + interval '30 days')", [
          newId(),
          theirs,
          mallory.group,
        ]),
      ),
      `${kind} opened as intake`,
    )
    expect(await sees(mallory, kind === 'case' ? 'case_record' : kind, theirs), kind).toBe(false)
  }
})

test('the desk moves contacts, not the cases and people of its team', async () => {
  const [person, c, contact] = [await makeRecord(victim, 'person'), await makeRecord(victim, 'case'), await makeRecord(victim, 'contact')]
  const other = newId()
  await db.owner.query('insert into app.team (id, agency_id, profile) select $1, agency_id, profile from app.team where id = $2', [
    other,
    victim.group,
  ])
  await db.owner.query("update app.member set function = 'desk' where user_id = $1", [victim.user])
  await db.owner.query('update app.team set intake = true where id = $1', [victim.group])
  // An assignee would have sight of the case by that alone.
  await db.owner.query('update app.case_record set assignee = null where id = $1', [c])
  const move = (id: string) => victim.as(tx => tx.query('select app.move_home_group($1, $2)', [id, other]))
  try {
    await refused(move(person), 'person')
    await refused(move(c), 'case')
    await refused(noted(victim, c, 'case'), 'event')
    await move(contact)
  } finally {
    await db.owner.query("update app.member set function = 'casework' where user_id = $1", [victim.user])
    await db.owner.query('update app.team set intake = false where id = $1', [victim.group])
  }
  // With the case goes its row, or its own team would see half of it.
  await move(c)
  const { rows } = await db.owner.query('select home_group from app.case_record where id = $1', [c])
  expect(rows).toEqual([{ home_group: other }])
})

test('who did it is the session, never the word of a row; what has ended stays ended', async () => {
  const id = await makeRecord(mallory, 'case')
  const [look, grant, exclusion] = [newId(), newId(), newId()]
  const one = async (sql: string, values: readonly unknown[]) => (await db.owner.query(sql, values as unknown[])).rows[0]
  await mallory.as(async tx => {
    await tx.query(
      "insert into app.second_look (id, record, kind, home_group, what, done_by) values ($1, $2, 'case', $3, 'danger_lowered', $4)",
      [look, id, mallory.group, victim.user],
    )
    await tx.query(
      "insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, 'case', $3, $4, '{1}', '{read}', 'share', now() + interval '1 day', $4)",
      [grant, id, mallory.group, victim.user],
    )
    await tx.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $4)",
      [exclusion, id, mallory.group, victim.user],
    )
  })
  expect(await one('select done_by from app.second_look where id = $1', [look])).toEqual({ done_by: mallory.user })
  expect(await one('select granted_by from app.grant_ where id = $1', [grant])).toEqual({ granted_by: mallory.user })
  expect(await one('select made_by from app.record_exclusion where id = $1', [exclusion])).toEqual({ made_by: mallory.user })
  // A look in somebody else's name is the own one, and one's own does not count.
  await expect(
    mallory.as(tx => tx.query('update app.second_look set seen_by = $2, seen_at = now() where id = $1', [look, victim.user])),
  ).rejects.toThrow()
  expect(await one('select seen_by from app.second_look where id = $1', [look])).toEqual({ seen_by: null })
  await mallory.as(tx => tx.query('update app.grant_ set ended_at = now() where id = $1', [grant]))
  await refused(mallory.as(tx => tx.query('update app.grant_ set ended_at = null where id = $1', [grant])))
  await refused(mallory.as(tx => tx.query("update app.grant_ set until = 'infinity' where id = $1", [grant])))
})

test('a new version of a team key that is due cannot be called done by writing so', async () => {
  await refused(mallory.as(tx => tx.query('update app.rotation set done_at = now()')))
  await refused(
    mallory.as(tx =>
      tx.query('insert into app.rotation (team_id, compartment, from_version, to_version) values ($1, 1, 1, 9)', [mallory.group]),
    ),
  )
})

test('a one-time code that was not of these days steps nothing up, and cannot use up all that will ever come', async () => {
  await db.owner.query("update app.account set totp = '\\x01' where id = $1", [mallory.user])
  const { rows } = await mallory.as(tx =>
    tx.query<{ x: boolean }>("select app.session_step_up(null, 'totp', 9223372036854775807, null, null) as x"),
  )
  expect(rows).toEqual([{ x: false }])
})

test('five wrong PINs are five, however many are sent at once', async () => {
  await db.owner.query("update app.session set locked_at = now(), pin_hash = 'salt:00', pin_tries = 0 where id = $1", [victim.session])
  const wide = db.pool('staff_rw', 30)
  const tries = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const c = await wide.connect()
      try {
        await c.query('begin')
        await c.query("select set_config('app.tok', $1, true)", [victim.token])
        const { rows } = await c.query<{ r: string }>("select app.session_unlock('\\x01', 'pin', 0, null, null) as r")
        await c.query('commit')
        return rows[0]?.r
      } finally {
        c.release()
      }
    }),
  )
  expect(tries.filter(t => t === 'no').length).toBe(4)
  expect(tries.filter(t => t === 'ended').length).toBe(26)
})

test('a wrap can be neither deleted nor written over, and nobody brings a key of a version that nothing was sealed with', async () => {
  const id = await makeRecord(mallory, 'case')
  const wrap = (holder: string, version = 1) =>
    mallory.as(tx =>
      tx.query(
        "insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values ($1, 'case', 3, $2, $3, $4, $5, 1, 1, '\\x01')",
        [id, mallory.group, version, holder, mallory.group],
      ),
    )
  for (const holder of ['team', 'epoch', 'recovery']) {
    await wrap(holder)
    await mallory.as(tx =>
      tx.query("update app.key_wrap set wrapped = '\\x00', until = now() where record = $1 and holder = $2", [id, holder]),
    )
  }
  const { rows } = await db.owner.query("select wrapped, until = 'infinity' as lasts from app.key_wrap where record = $1", [id])
  expect(rows).toEqual(Array.from({ length: 3 }, () => ({ wrapped: Buffer.from([1]), lasts: true })))
  await refused(wrap('team', 2))
})

test('each transaction is an object of its own: keys that one person opened are not found by the next on the same connection', async () => {
  const one = db.pool('staff_rw', 1)
  const seen = [await asSession(one, mallory.token, async tx => tx), await asSession(one, victim.token, async tx => tx)]
  expect(seen[0]).not.toBe(seen[1])
})

test('nobody begins in a function for a role that a second person has not agreed to', async () => {
  const team = newId()
  await db.owner.query('insert into app.team (id, agency_id, profile) select $1, agency_id, profile from app.team where id = $2', [
    team,
    mallory.group,
  ])
  await db.owner.query("insert into app.member (user_id, team_id, function) values ($1, $2, 'casework')", [mallory.user, team])
  const begin = () =>
    mallory.as(async tx => {
      for (const c of [1, 2, 3, 4, 7]) await tx.query("select app.team_key_make($1, $2, '\\x01', '\\x01')", [team, c])
      return (await tx.query<{ x: boolean }>("select app.member_first($1, 'casework') as x", [team])).rows[0]?.x
    })
  await db.owner.query("update app.account set roles = '{administrator}' where id = $1", [mallory.user])
  expect(await begin()).toBe(false)
  await db.owner.query("update app.account set roles = '{case_worker}' where id = $1", [mallory.user])
  expect(await begin()).toBe(true)
})

test('an administrator who invents people gets nothing: the invented person stays unconfirmed, makes no key and opens no contact', async () => {
  const admin = await newWriter(db, pool)
  // Somebody else is there who could agree; what follows is done by one person alone.
  const other = newId()
  await db.owner.query("update app.account set roles = '{administrator}' where id = $1", [admin.user])
  await db.owner.query('delete from app.member where user_id = $1', [admin.user])
  await db.owner.query(
    "insert into app.account (id, agency_id, login_hmac, profile, roles, state, created_day) select $1, agency_id, $2, profile, '{supervisor}', 'active', created_day from app.account where id = $3",
    [other, Buffer.from(other), admin.user],
  )
  const invented = await newWriter(db, pool)
  await db.owner.query('delete from app.member where user_id = $1', [invented.user])
  await db.owner.query(
    "update app.account set agency_id = (select agency_id from app.account where id = $2), roles = '{duty_specialist}' where id = $1",
    [invented.user, admin.user],
  )
  const [team, old] = [newId(), admin.group]
  await db.owner.query('update app.team set intake = true where id = $1', [old])
  await db.owner.query('update app.session set step_up_at = now() where id = $1', [admin.session])
  await admin.as(async tx => {
    await tx.query(
      'insert into app.team (id, agency_id, intake, profile) select $1, agency_id, true, profile from app.team where id = $2',
      [team, old],
    )
    expect((await tx.query("select app.admin_member_put($1, $2, 'desk') as x", [invented.user, team])).rows).toEqual([{ x: 'ok' }])
  })
  const begin = () =>
    invented.as(async tx => {
      for (const c of [1, 2, 3, 4]) await tx.query("select app.team_key_make($1, $2, '\\x01', '\\x01')", [team, c])
      return (await tx.query<{ x: boolean }>("select app.member_first($1, 'desk') as x", [team])).rows[0]?.x
    })
  expect(await begin()).toBe(false)
  // None of the other ways in: agreeing with oneself, shutting out who could agree, inviting anew, putting again.
  const agreed = (w: Writer) => w.as(tx => tx.query("select app.member_agree($1, $2, 'desk', 'approved') as x", [invented.user, team]))
  expect((await agreed(admin)).rows).toEqual([{ x: 'own' }])
  await db.owner.query('update app.session set step_up_at = now() where id = $1', [invented.session])
  await refused(agreed(invented))
  await refused(admin.as(tx => tx.query('update app.member set put_by = null')))
  await refused(admin.as(tx => tx.query('update app.member set agreed_by = $1', [other])))
  await db.owner.query('update app.account set keys_version = 1 where id = $1', [other])
  await admin.as(tx => tx.query('select app.account_leave($1, true)', [other]))
  expect(await begin()).toBe(false)
  await admin.as(tx => tx.query("select app.admin_readmit($1, '\\x02', now() + interval '1 day', $2)", [other, newId()]))
  expect(await begin()).toBe(false)
  await admin.as(tx => tx.query("select app.member_end($1, $2, 'desk')", [invented.user, team]))
  await admin.as(tx => tx.query("select app.member_put($1, $2, 'desk', null, 'infinity')", [invented.user, team]))
  expect(await begin()).toBe(false)
  // A contact that lies in the team, however it came there, is not his, and no key of the team exists that anything could be sealed to.
  const contact = newId()
  await db.owner.query(
    "insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $2, 'call', now(), 'no', 'new')",
    [contact, team],
  )
  expect(await sees(invented, 'contact', contact)).toBe(false)
  expect((await db.owner.query('select from app.team_key where team_id = $1', [team])).rowCount).toBe(0)
  const { rows } = await db.owner.query('select confirmed_by, put_by from app.member where user_id = $1', [invented.user])
  expect(rows).toEqual([{ confirmed_by: null, put_by: admin.user }])
  // The tick stands on the list of others.
  const looks = await db.owner.query("select done_by, seen_by from app.second_look where record = $1 and what = 'intake_changed'", [team])
  expect(looks.rows).toEqual([{ done_by: admin.user, seen_by: null }])
})

test('emergency access writes no link, no look and takes no work away', async () => {
  const other = await newWriter(db, pool)
  const id = await makeRecord(other, 'case')
  const look = newId()
  await other.as(tx =>
    tx.query("insert into app.second_look (id, record, kind, home_group, what, done_by) values ($1, $2, 'case', $3, 'danger_set', $4)", [
      look,
      id,
      other.group,
      other.user,
    ]),
  )
  await other.as(tx =>
    tx.query("insert into app.unlocked_work (id, kind, record, home_group) values ($1, 'x1', $2, $3)", [newId(), id, other.group]),
  )
  await db.owner.query(
    "insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, 'case', $3, $4, '{}', '{read}', 'break_glass', now() + interval '1 hour', $4)",
    [newId(), id, other.group, mallory.user],
  )
  expect(await sees(mallory, 'case_record', id)).toBe(true)
  await refused(
    mallory.as(tx =>
      tx.query("insert into app.case_link (id, case_id, other_case, pair, home_group, sealed) values ($1, $2, $1, $1, $3, '\\x00')", [
        newId(),
        id,
        other.group,
      ]),
    ),
  )
  await refused(
    mallory.as(tx =>
      tx.query("insert into app.second_look (id, record, kind, home_group, what, done_by) values ($1, $2, 'case', $3, 'danger_set', $4)", [
        newId(),
        id,
        other.group,
        mallory.user,
      ]),
    ),
  )
  const did = await mallory.as(async tx => [
    (await tx.query('update app.second_look set seen_by = $2, seen_at = now() where id = $1', [look, mallory.user])).rowCount,
    (await tx.query('delete from app.unlocked_work where record = $1', [id])).rowCount,
  ])
  expect(did).toEqual([0, 0])
})
