import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compartmentNumber, compartments, functions, holds, type Role } from '../base/people.ts'
import { boxOpen, openBytes, publicKeyOps } from '../platform/crypto.ts'
import { asSession } from '../platform/db.ts'
import { append, newId, openSealed, saveSealed } from '../platform/records.ts'
import { openUserKeys } from '../platform/vault.ts'
import { type AccessWorld, accessWorld } from './access.testing.ts'
import { directory } from './store.directory.ts'
import { demoPassword, enrol, invitationSecret, newInvitation } from './store.enrol.ts'
import { addPerson, asOwner } from './store.init.ts'
import { glassTeamKeys } from './store.keys.rotation.ts'
import { canConfirm, confirmMember, ensureTeamKeys, myBeginnings, myWaiting, rotationWaiting } from './store.keys.ts'
import { afterUnlock, createSession, noFactor } from './store.session.ts'

let world: AccessWorld
beforeAll(async () => {
  world = await accessWorld()
}, 60_000)
afterAll(() => world?.end())

const q = (text: string, values: unknown[] = []) => world.db.owner.query(text, values)
const teamsOf = async () => (await q('select id, intake from app.team order by intake desc')).rows as { id: string; intake: boolean }[]

describe('who may not', () => {
  it('no administrator, auditor, analyst or editor holds a key', async () => {
    for (const role of ['administrator', 'auditor', 'analyst', 'content_editor', 'interpreter', 'partner'] as const) {
      const token = await world.signIn(role)
      await world.as(token, async w => expect(w.vault.teamKeys()).toEqual([]))
    }
  })
  it('an administrator can neither make a key, nor confirm, nor write a member, wrap or account row', async () => {
    const token = await world.signIn('administrator')
    const me = await world.person('administrator')
    const [team] = await teamsOf()
    const tries: [string, unknown[]][] = [
      ['select app.team_key_make($1, 1::smallint, $2, $2)', [team!.id, Buffer.alloc(32)]],
      ["insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'casework', $1)", [me, team!.id]],
      ['update app.member set confirmed_by = $1', [me]],
      [
        'insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values ($1, 1, 1, $2, 1, $3)',
        [team!.id, me, Buffer.alloc(9)],
      ],
      [
        "insert into app.account (id, agency_id, login_hmac, profile, roles, state, created_day) select $1, agency_id, $2, $2, roles, 'active', now() from app.account limit 1",
        [newId(), Buffer.alloc(9)],
      ],
      ["update app.account set roles = '{supervisor}'", []],
      ['select pw_bundle from app.account', []],
      ['select * from app.session', []],
      ["select app.account_disable_do('00000000-0000-4000-8000-000000000000')", []],
      ["select app.secret_fits('00000000-0000-4000-8000-000000000000', 'password', '')", []],
    ]
    for (const [sql, values] of tries)
      await expect(
        asSession(world.pool, token, tx => tx.query(sql, values)),
        sql,
      ).rejects.toMatchObject({ code: '42501' })
  })
  it('an administrator who puts himself into a team of others waits, sees nothing and can confirm nobody', async () => {
    const token = await world.signIn('administrator')
    const me = await world.person('administrator')
    const [team] = await teamsOf()
    await asSession(world.pool, token, tx => tx.query("select app.member_put($1, $2, 'casework', null, 'infinity')", [me, team!.id]))
    await world.as(token, async w => {
      expect(await ensureTeamKeys(w)).toEqual([{ userId: me, teamId: team!.id, fn: 'casework' }])
      expect(w.session.groups).toEqual([])
      expect(await canConfirm(w)).toEqual([])
    })
    await asSession(world.pool, token, tx => tx.query("select app.member_end($1, $2, 'casework')", [me, team!.id]))
  })
  it('nobody hands on a key that he does not hold, or to a function that has it not', async () => {
    const token = await world.signIn('lawyer')
    const [team] = await teamsOf()
    const other = await world.person('psychologist')
    const seal = (fn: string, c: number) =>
      asSession(world.pool, token, tx =>
        tx.query('select app.member_seal($1, $2, $3, $4::smallint[], $5::int[], $6::bytea[])', [
          other,
          team!.id,
          fn,
          [c],
          [1],
          [Buffer.alloc(80)],
        ]),
      )
    await expect(seal('health', 5)).rejects.toMatchObject({ code: '42501' })
    await expect(seal('health', 6)).rejects.toMatchObject({ code: '42501' })
    await expect(seal('casework', 1)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('who may', () => {
  it('the matrix in SQL is the matrix in code', async () => {
    for (const fn of functions) {
      const { rows } = await q('select app.function_holds($1) as h', [fn])
      expect(rows[0].h, fn).toEqual(holds[fn].map(c => compartmentNumber[c]))
    }
  })
  it.each([
    ['supervisor', 'supervision'],
    ['case_worker', 'casework'],
    ['duty_specialist', 'desk'],
    ['psychologist', 'health'],
    ['lawyer', 'legal'],
    ['follow_up_worker', 'follow_up'],
    ['shelter_carer', 'shelter'],
  ] as const)('%s holds exactly what %s holds', async (role: Role, fn) => {
    const token = await world.signIn(role)
    const [team] = await teamsOf()
    await world.as(token, async w => {
      expect(compartments.filter(c => w.vault.teamKey(team!.id, c))).toEqual(compartments.filter(c => holds[fn].includes(c)))
      expect(await myWaiting(w)).toEqual([])
    })
  })
  it('creating a case, listing 25 and opening one cost no public-key operation', async () => {
    const token = await world.signIn('case_worker')
    const [, team] = await teamsOf()
    await world.as(token, async () => undefined)
    const before = publicKeyOps.count
    const ids = Array.from({ length: 25 }, newId)
    for (const id of ids) {
      await world.as(token, async w => {
        const value = { schema: 1, value: { text: 'x' } }
        await w.tx.query('insert into app.person (id, home_group) values ($1, $2)', [id, team!.id])
        await saveSealed(w, id, 'person', team!.id, { identity: value, whereabouts: value }, true)
        await append(w, {
          record: id,
          kind: 'person',
          homeGroup: team!.id,
          type: 'person.created',
          command: newId(),
          parts: { identity: value },
        })
      })
    }
    await world.as(token, async w => expect((await openSealed(w, ids, ['identity'])).size).toBe(25))
    await world.as(token, async w =>
      expect((await openSealed(w, [ids[0]!], ['identity', 'whereabouts'])).get(ids[0]!)?.identity?.value).toEqual({ text: 'x' }),
    )
    expect(publicKeyOps.count - before).toBe(0)
  })
  it('the directory knows aliases, teams and members of the own agency', async () => {
    const token = await world.signIn('case_worker')
    const me = await world.person('case_worker')
    const [team] = await teamsOf()
    await world.as(token, async w => {
      const d = await directory(w, world.db.keys.service, 'en')
      expect(d.alias(me)).toBe('Ласточка (Swallow)')
      expect(d.team(team!.id)).toBe('Intake')
      expect(d.alias(newId())).toBe('—')
      expect(d.people).toHaveLength(13)
      expect(d.members.every(m => m.confirmedBy)).toBe(true)
    })
  })
  it('break-glass: a supervisor takes out whereabouts of every team, a case worker nothing', async () => {
    const [team] = await teamsOf()
    const supervisor = await world.signIn('supervisor')
    await world.as(supervisor, async w =>
      expect((await glassTeamKeys(w, w.session.agencyId, team!.id)).map(k => k.compartment).sort()).toEqual(['identity', 'whereabouts']),
    )
    const worker = await world.signIn('case_worker')
    await world.as(worker, async w => expect(await glassTeamKeys(w, w.session.agencyId, team!.id)).toEqual([]))
  })
})

describe('leaving', () => {
  it('sessions, memberships, wraps and grants go at once; after rotation the leaver opens 0 of N', async () => {
    const [, team] = await teamsOf()
    const teamId = team!.id
    const admin = await world.signIn('administrator')
    const worker = await world.signIn('case_worker')
    // A second case worker, confirmed by the first.
    const leaver = await world.person('partner')
    await q("update app.account set roles = '{case_worker}' where id = $1", [leaver])
    await asSession(world.pool, admin, tx => tx.query("select app.member_put($1, $2, 'casework', null, 'infinity')", [leaver, teamId]))
    const theirs = await (async () => {
      const d = world.deps
      const { rows } = await asSession(world.pool, null, tx =>
        tx.query<{ id: string; salt: Buffer; bundle: Buffer }>('select id, salt, bundle from app.demo_people()'),
      )
      const p = rows.find(r => r.id === leaver)!
      const s = await d.passwords.keys(demoPassword(world.db.keys.pepper, leaver), p.salt)
      const keys = openUserKeys(s.wrap, leaver, p.bundle)
      return { token: (await createSession(d, leaver, 'password', s.verify, keys, noFactor, false))!, keys }
    })()
    expect(await afterUnlock(world.deps, theirs.token)).toHaveLength(1)
    await world.as(worker, async w => {
      expect((await canConfirm(w)).map(c => c.userId)).toContain(leaver)
      expect(await confirmMember(w, leaver, teamId, 'casework')).toBe('confirmed')
    })
    const stolen = await world.as(theirs.token, async w => [...w.vault.teamKeys()])
    expect(stolen).toHaveLength(holds.casework.length)
    const wraps = async () =>
      (
        await q(
          "select record, compartment, dek_version, holder_version, form, wrapped from app.key_wrap where holder = 'team' and holder_id = $1",
          [teamId],
        )
      ).rows
    const opens = (w: { record: string; compartment: number; dek_version: number; form: number; wrapped: Buffer }) =>
      stolen.some(k => {
        try {
          if (w.form === 1)
            openBytes(k.sym, { table: 'key_wrap', row: `${w.record}/${w.dek_version}`, compartment: w.compartment }, w.wrapped)
          else boxOpen(k.box, w.wrapped)
          return true
        } catch {
          return false
        }
      })
    const before = await wraps()
    expect(before.length).toBeGreaterThan(0)
    expect(before.filter(opens).length).toBe(before.length)

    await asSession(world.pool, admin, tx => tx.query('select app.account_leave($1, true)', [leaver]))
    await expect(world.as(theirs.token, async () => 1)).rejects.toThrow()
    expect((await q('select from app.team_key_wrap where user_id = $1', [leaver])).rowCount).toBe(0)
    expect((await q('select from app.member where user_id = $1', [leaver])).rowCount).toBe(0)
    expect(await world.as(worker, w => rotationWaiting(w))).toBe(before.length)

    // Small batches: an interruption in between loses nothing.
    await afterUnlock(world.deps, worker, 3)
    await afterUnlock(world.deps, worker, 3)
    expect(await world.as(worker, w => rotationWaiting(w))).toBe(before.length - 6)
    await afterUnlock(world.deps, worker)
    const after = await wraps()
    expect(after).toHaveLength(before.length)
    expect(after.filter(opens)).toEqual([])
    // Those who stayed still read, and old versions go when their grace is over.
    await world.as(worker, async w =>
      expect(
        (
          await openSealed(
            w,
            after.map(r => r.record),
            ['identity'],
          )
        ).size,
      ).toBeGreaterThan(0),
    )
    const supervisor = await world.signIn('supervisor')
    await world.as(supervisor, async w => expect(w.vault.teamKey(teamId, 'identity')?.version).toBe(2))
    await q("update app.team_key set made_at = made_at - interval '5 minutes'")
    await afterUnlock(world.deps, worker)
    expect((await q('select from app.team_key_wrap where team_id = $1 and compartment = 1 and version = 1', [teamId])).rowCount).toBe(0)
    expect((await q('select from app.rotation where done_at is null')).rowCount).toBe(0)
  }, 30_000)
})

describe('coming back and coming new', () => {
  const colleague = async (login: string) => {
    const { rows } = await q('select id from app.agency')
    return asOwner(world.db.connection('postgres'), db =>
      addPerson(
        db,
        world.db.keys,
        rows[0].id,
        { login, roles: ['case_worker'], profile: { name: login, alias: login, language: 'ru' }, teams: [] },
        new Date(),
      ),
    )
  }
  const take = async (id: string, invitation: string): Promise<string> => {
    const done = await enrol(world.deps, {
      invitation: invitationSecret(invitation)!,
      userId: id,
      password: 'двенадцать тёплых шапок',
      totpSecret: null,
      printed: ['1234567890'],
    })
    return (await createSession(world.deps, id, 'password', done!.verify, done!.keys, noFactor, false))!
  }
  it('somebody who lost everything comes back with new keys, reads nothing, and reads again when a colleague has confirmed', async () => {
    const [, team] = await teamsOf()
    const worker = await world.signIn('case_worker')
    const admin = await world.signIn('administrator')
    const p = await colleague('heron')
    await asSession(world.pool, admin, tx => tx.query("select app.member_put($1, $2, 'casework', null, 'infinity')", [p.id, team!.id]))
    let token = await take(p.id, p.invitation)
    await afterUnlock(world.deps, token)
    const confirm = () => world.as(worker, w => confirmMember(w, p.id, team!.id, 'casework'))
    expect(await confirm()).toBe('confirmed')
    const record = newId()
    await world.as(token, async w => {
      await w.tx.query('insert into app.person (id, home_group) values ($1, $2)', [record, team!.id])
      await saveSealed(w, record, 'person', team!.id, { identity: { schema: 1, value: 'ours' } }, true)
      await append(w, { record, kind: 'person', homeGroup: team!.id, type: 'person.created', command: newId(), parts: {} })
    })
    const { code, verifier } = newInvitation()
    await q("select app.account_readmit_do($1, $2, now() + interval '1 day')", [p.id, verifier])
    await expect(world.as(token, async () => 1)).rejects.toThrow('no session')
    token = await take(p.id, code)
    await afterUnlock(world.deps, token)
    const reads = () => world.as(token, async w => (await openSealed(w, [record], ['identity'])).get(record)?.identity?.value)
    expect(await reads()).toBeUndefined()
    // The key that the lost device held has been renewed meanwhile, and the way back leads through a person.
    await afterUnlock(world.deps, worker)
    expect(await confirm()).toBe('confirmed')
    expect(await reads()).toBe('ours')
  }, 30_000)
  it('in a new team the first of a function starts when a second person has agreed, the next one waits for a colleague', async () => {
    const admin = await world.signIn('administrator')
    const team = newId()
    const own = await world.as(admin, async w => w.session.agencyId)
    await q('insert into app.team (id, agency_id, profile) values ($1, $2, $3)', [
      team,
      own,
      (await q('select profile from app.team limit 1')).rows[0].profile,
    ])
    const [a, b] = [await colleague('crane'), await colleague('stork')]
    for (const p of [a, b])
      await asSession(world.pool, admin, tx => tx.query("select app.member_put($1, $2, 'casework', null, 'infinity')", [p.id, team]))
    const first = await take(a.id, a.invitation)
    const waits = { userId: a.id, teamId: team, fn: 'casework' }
    expect(await afterUnlock(world.deps, first)).toEqual([waits])
    expect((await q('select from app.team_key where team_id = $1', [team])).rowCount).toBe(0)
    await world.as(first, async w => expect(await myBeginnings(w)).toEqual([{ ...waits, begins: 'second' }]))
    const agree = async (token: string) =>
      (await asSession(world.pool, token, tx => tx.query("select app.member_agree($1, $2, 'casework', 'approved') as x", [a.id, team])))
        .rows[0]
    expect(await agree(admin)).toEqual({ x: 'own' })
    expect(await agree(await world.signIn('supervisor'))).toEqual({ x: 'ok' })
    await world.as(first, async w => expect(await myBeginnings(w)).toEqual([{ ...waits, begins: 'free' }]))
    expect(await afterUnlock(world.deps, first)).toEqual([])
    expect(await afterUnlock(world.deps, await take(b.id, b.invitation))).toEqual([{ userId: b.id, teamId: team, fn: 'casework' }])
  }, 30_000)
  it('a function whose keys exist is not taken over when its last member has left', async () => {
    const [team] = await teamsOf()
    const admin = await world.signIn('administrator')
    const lawyer = await world.person('lawyer')
    await asSession(world.pool, admin, tx => tx.query("select app.member_end($1, $2, 'legal')", [lawyer, team!.id]))
    const p = await colleague('gull')
    await asSession(world.pool, admin, tx => tx.query("select app.member_put($1, $2, 'legal', null, 'infinity')", [p.id, team!.id]))
    const token = await take(p.id, p.invitation)
    expect(await afterUnlock(world.deps, token)).toEqual([{ userId: p.id, teamId: team!.id, fn: 'legal' }])
    await world.as(token, async w => expect(w.vault.teamKeys()).toEqual([]))
  }, 30_000)
})
