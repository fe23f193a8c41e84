import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { roles } from '../base/people.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { accessPolicy } from './policy.ts'
import { registerAccessAdmin } from './routes.admin.ts'
import { journalAccountAct, journalAct } from './store.server-acts.ts'

let w: World
let agency: Id
let home: Id
let second: Id
let admin: Person
let boss: Person
let worker: Person
let auditor: Person
let stranger: Person

const q = (text: string, values: readonly unknown[] = []) => w.db.owner.query(text, values as unknown[])
const stepUp = (...who: readonly Person[]) =>
  q('update app.session set step_up_at = now() where id = any ($1::uuid[])', [who.map(p => p.session)])
const send = async (who: Person, url: string, fields: Record<string, string | string[]> = {}) =>
  w.post(who, url, { ...hiddenOf((await w.get(who, url)).body, url), ...fields })

beforeAll(async () => {
  w = await officeWorld(registerAccessAdmin, [accessPolicy])
  agency = await w.agency()
  const other = await w.agency()
  home = await w.team(agency, { intake: true, name: 'Дежурство' })
  second = await w.team(agency, { name: 'Вторая' })
  admin = await w.person({ agency, roles: ['administrator'], alias: 'Филин' })
  boss = await w.person({ agency, roles: ['supervisor'], member: [[home, 'supervision']], alias: 'Сова' })
  worker = await w.person({ agency, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Сойка' })
  auditor = await w.person({ agency, roles: ['auditor'], alias: 'Ворон' })
  stranger = await w.person({ agency: other, roles: ['administrator', 'supervisor'], alias: 'Чужой' })
  await stepUp(admin, boss, worker, auditor, stranger)
}, 60_000)
afterAll(() => w?.end())

const urls = (id: Id) => ({
  administrator: [
    '/users',
    `/users/${id}`,
    '/users/new',
    `/users/${id}/roles`,
    `/users/${id}/teams`,
    `/users/${id}/leave`,
    `/users/${id}/readmit`,
    '/teams',
    '/teams/new',
    `/teams/${home}`,
    `/teams/${home}/edit`,
    `/teams/${home}/end`,
    '/health',
    '/helplines',
    '/helplines/new',
  ],
  auditor: ['/audit', '/emergency/reviews'],
})

describe('who may not', () => {
  test('roles without administration get the bytes of an unknown address', async () => {
    const unknown = (await w.get(admin, '/ru/no-such-page')).body
    for (const role of roles.filter(r => !['administrator', 'supervisor', 'content_editor'].includes(r))) {
      const p = await w.person({ agency, roles: [role] })
      await stepUp(p)
      for (const url of urls(worker.id).administrator) {
        const r = await w.get(p, `/ru${url}`)
        expect([r.statusCode, r.body], `${role} ${url}`).toEqual([404, unknown])
      }
      if (role !== 'auditor') expect((await w.get(p, '/ru/audit')).statusCode).toBe(404)
      expect((await w.post(p, `/ru/users/${worker.id}/leave`, { how: 'now' })).statusCode).toBe(404)
    }
  })
  test('an administrator neither audits nor breaks glass, a supervisor neither invites nor closes', async () => {
    for (const url of ['/audit', '/emergency', '/emergency/open', '/emergency/reviews', `/cases/${newId()}/audit`])
      expect((await w.get(admin, `/ru${url}`)).statusCode, url).toBe(404)
    for (const url of ['/users/new', `/users/${worker.id}/roles`, `/users/${worker.id}/leave`, '/teams/new', '/health'])
      expect((await w.get(boss, `/ru${url}`)).statusCode, url).toBe(404)
  })
  test('an absence is offered for those whom a supervisor may arrange it for, and for nobody else', async () => {
    const seen = await Promise.all(
      [worker.id, admin.id].map(async id => {
        const offered = (await w.get(boss, `/ru/users/${id}`)).body.includes(`/users/${id}/absence"`)
        expect(offered).toBe((await w.get(boss, `/ru/users/${id}/absence`)).statusCode !== 404)
        return offered
      }),
    )
    expect(seen).toContain(false)
  })
  test('another agency does not exist', async () => {
    for (const url of [
      `/users/${worker.id}`,
      `/users/${worker.id}/roles`,
      `/users/${worker.id}/leave`,
      `/teams/${home}`,
      `/teams/${home}/waiting`,
    ])
      expect((await w.get(stranger, `/ru${url}`)).statusCode, url).toBe(404)
  })
  test('what changes rights asks for a fresh sign-in', async () => {
    const p = await w.person({ agency, roles: ['administrator'] })
    await q("update app.session set step_up_at = now() - interval '11 minutes' where id = $1", [p.session])
    for (const url of ['/users/new', `/users/${worker.id}/roles`, `/users/${worker.id}/leave`, '/teams/new'])
      expect((await w.get(p, `/ru${url}`)).headers.location, url).toContain('/step-up')
    await expect(w.as(p, x => x.tx.query('select app.account_leave($1, true)', [worker.id]))).rejects.toMatchObject({ code: '42501' })
    await q("update app.account set state = 'disabled' where id = $1", [p.id])
  })
  test('the functions of one person alone are closed to the office', async () => {
    for (const sql of [
      "select app.account_roles($1, '{administrator}')",
      "select app.account_readmit($1, '', now())",
      "select app.account_add($1, '', '', '{}', '', now(), now()::date)",
    ])
      await expect(
        w.as(admin, x => x.tx.query(sql, [worker.id])),
        sql,
      ).rejects.toMatchObject({ code: '42501' })
    for (const [t, set] of [
      ['role_change', "outcome = 'approved'"],
      ['absence', 'ended_at = now()'],
      ['break_glass', "outcome = 'justified'"],
    ])
      await expect(
        w.as(admin, x => x.tx.query(`update app.${t} set ${set}`)),
        t,
      ).rejects.toMatchObject({ code: '42501' })
    await expect(
      w.as(admin, x =>
        x.tx.query("insert into app.absence (id, user_id, deputy_id, from_at, until) values ($1, $2, $3, now(), 'infinity')", [
          newId(),
          worker.id,
          admin.id,
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
  test('an administrator alone sees no row and holds no key of any case, contact or person', async () => {
    await q("insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $2, 'call', now(), 'no', 'new')", [
      newId(),
      home,
    ])
    await w.as(admin, async x => {
      for (const t of ['contact', 'case_record', 'person', 'sealed', 'key_wrap', 'journal_part', 'message', 'grant_'])
        expect((await x.tx.query(`select from app.${t}`)).rowCount, t).toBe(0)
      expect(x.vault.teamKeys()).toEqual([])
    })
  })
})

describe('people', () => {
  test('an invitation is shown once; roles that could do harm wait for a second person', async () => {
    const form = {
      login: 'svirist',
      name: 'Анна',
      alias: 'Свиристель',
      language: 'ru',
      roles: ['case_worker', 'administrator'],
      teams: [home],
    }
    const r = await send(admin, '/ru/users/new', form)
    expect(r.statusCode).toBe(200)
    expect(r.body).toMatch(/invitation\?code=/)
    const { rows } = await q("select id, roles, state from app.account where state = 'invited' and agency_id = $1", [agency])
    expect(rows).toEqual([{ id: rows[0].id, roles: ['case_worker'], state: 'invited' }])
    expect((await q('select function, confirmed_by from app.member where user_id = $1', [rows[0].id])).rows).toEqual([
      { function: 'casework', confirmed_by: null },
    ])
    expect((await send(admin, '/ru/users/new', { ...form, alias: 'Другая' })).statusCode).toBe(422)
    const change = (await q('select id from app.role_change where user_id = $1', [rows[0].id])).rows[0].id
    // The proposer cannot agree with himself.
    expect((await w.post(admin, `/ru/users/changes/${change}`, { outcome: 'approved' })).statusCode).toBe(422)
    expect((await w.post(stranger, `/ru/users/changes/${change}`, { outcome: 'approved' })).statusCode).not.toBe(200)
    expect((await q('select outcome from app.role_change where id = $1', [change])).rows[0].outcome).toBeNull()
    expect((await w.get(boss, '/ru/users')).body).toContain(change)
    expect((await w.post(boss, `/ru/users/changes/${change}`, { outcome: 'approved' })).statusCode).toBe(303)
    expect((await q('select roles from app.account where id = $1', [rows[0].id])).rows[0].roles.sort()).toEqual([
      'administrator',
      'case_worker',
    ])
    await q("update app.account set roles = '{case_worker}' where id = $1", [rows[0].id])
  })
  test('an auditor reads no cases', async () => {
    const r = await send(admin, `/ru/users/${worker.id}/roles`, { roles: ['case_worker', 'auditor'] })
    expect([r.statusCode, r.body.includes('Аудитор не может')]).toEqual([422, true])
    await expect(
      w.as(admin, x => x.tx.query("select app.role_propose($1, $2, '{auditor,case_worker}')", [newId(), worker.id])),
    ).rejects.toMatchObject({ code: '42501' })
  })
  test('roles change by two; functions without a role end; the last administrator stays', async () => {
    const p = await w.person({
      agency,
      roles: ['case_worker', 'psychologist'],
      member: [
        [second, 'casework'],
        [second, 'health'],
      ],
      alias: 'Синица',
    })
    expect((await send(admin, `/ru/users/${p.id}/roles`, { roles: ['psychologist'] })).statusCode).toBe(303)
    expect((await q('select roles from app.account where id = $1', [p.id])).rows[0].roles).toEqual(['case_worker', 'psychologist'])
    const { rows } = await q('select id from app.role_change where user_id = $1 and decided_at is null', [p.id])
    await stepUp(boss)
    expect((await w.get(boss, `/ru/users/changes/${rows[0].id}`)).body).toContain('Согласиться')
    expect((await w.post(boss, `/ru/users/changes/${rows[0].id}`, { outcome: 'approved' })).statusCode).toBe(303)
    expect((await q('select function from app.member where user_id = $1', [p.id])).rows).toEqual([{ function: 'health' }])
    expect(
      (await q('select compartment from app.team_key_wrap where user_id = $1 order by 1', [p.id])).rows.map(r => r.compartment),
    ).toEqual([1, 3, 5, 7])
    const r = await send(admin, `/ru/users/${admin.id}/roles`, { roles: ['content_editor'] })
    expect([r.statusCode, r.body.includes('последний администратор')]).toEqual([422, true])
  })
  test('a function waits for a colleague with the keys, who confirms on the page of the team', async () => {
    const p = await w.person({ agency, roles: ['case_worker'], alias: 'Зяблик' })
    expect((await send(admin, `/ru/users/${p.id}/teams`, { team: home, fn: 'supervision' })).statusCode).toBe(422)
    expect((await send(admin, `/ru/users/${p.id}/teams`, { team: home, fn: 'casework' })).statusCode).toBe(303)
    expect((await w.get(admin, `/ru/teams/${home}/waiting`)).body).toContain('Зяблик')
    expect((await w.post(admin, `/ru/teams/${home}/waiting`, { user: p.id, fn: 'casework' })).statusCode).toBe(404)
    await w.as(p, async x => expect(x.session.groups).toEqual([]))
    expect((await w.post(worker, `/ru/teams/${home}/waiting`, { user: p.id, fn: 'casework' })).statusCode).toBe(303)
    await w.as(p, async x => {
      expect(x.session.groups).toEqual([home])
      expect(x.vault.teamKeys()).toHaveLength(5)
    })
    expect((await w.post(admin, `/ru/users/${p.id}/teams/end`, { team: home, fn: 'casework' })).statusCode).toBe(303)
    await w.as(p, async x => expect([x.session.groups, x.vault.teamKeys()]).toEqual([[], []]))
    await q('delete from app.rotation')
  })
  test('invited anew: no session, no key, no strong role until others agree', async () => {
    const p = await w.person({ agency, roles: ['supervisor', 'case_worker'], member: [[second, 'casework']], alias: 'Клёст' })
    const r = await send(admin, `/ru/users/${p.id}/readmit`, { sure: 'yes' })
    expect([r.statusCode, /invitation\?code=/.test(r.body)]).toEqual([200, true])
    expect((await w.get(p, '/ru/users')).headers.location).toContain('sign-in')
    expect((await q('select roles, state, public_x from app.account where id = $1', [p.id])).rows).toEqual([
      { roles: ['case_worker'], state: 'invited', public_x: null },
    ])
    expect((await q('select from app.team_key_wrap where user_id = $1', [p.id])).rowCount).toBe(0)
    expect((await q('select confirmed_by from app.member where user_id = $1', [p.id])).rows).toEqual([{ confirmed_by: null }])
    await q('delete from app.rotation')
  })
})

describe('teams', () => {
  test('made, renamed, ended; never without a place for contacts', async () => {
    const r = await send(admin, '/ru/teams/new', { ru: 'Третья', en: 'Third', intake: 'yes' })
    expect(r.statusCode).toBe(303)
    const id = /teams\/([0-9a-f-]{36})/.exec(String(r.headers.location))![1]!
    expect((await w.get(admin, '/ru/teams')).body).toContain('Третья')
    expect((await w.get(admin, `/en/teams/${id}`)).body).toContain(`${id}</code>`)
    expect((await send(admin, `/ru/teams/${home}/end`, { sure: 'yes' })).statusCode).toBe(422)
    expect((await send(admin, `/ru/teams/${id}/edit`, { ru: 'Третья', en: 'Third' })).statusCode).toBe(303)
    expect((await send(admin, `/ru/teams/${home}/edit`, { ru: 'Дежурство', en: 'Duty' })).statusCode).toBe(422)
    expect((await send(admin, `/ru/teams/${id}/end`, { sure: 'yes' })).statusCode).toBe(303)
    expect((await q('select state, intake from app.team where id = $1', [id])).rows).toEqual([{ state: 'ended', intake: false }])
  })
})

describe('beginning in a team alone', () => {
  /** A team as an administrator makes it: without keys. */
  const newTeam = async (of: Id, name: string): Promise<Id> => {
    const id = await w.team(of, { name })
    await q('delete from app.team_key where team_id = $1', [id])
    return id
  }
  const ownRow = async (id: Id) => (await q('select confirmed_by, put_by, agreed_by from app.member where user_id = $1', [id])).rows
  test('waits for a second person, who is neither the one who put the person there nor the person', async () => {
    const team = await newTeam(agency, 'Новая')
    const p = await w.person({ agency, roles: ['duty_specialist'], alias: 'Выдуманный' })
    expect((await send(admin, `/ru/users/${p.id}/teams`, { team, fn: 'desk' })).statusCode).toBe(303)
    expect(await ownRow(p.id)).toEqual([{ confirmed_by: null, put_by: admin.id, agreed_by: null }])
    for (const who of [admin, boss]) expect((await w.get(who, '/ru/users')).body).toContain('Начинают в группе одни')
    const mine = (await w.get(admin, '/ru/users/beginnings')).body
    expect([mine.includes('Выдуманный'), mine.includes('value="approved"')]).toEqual([true, false])
    const what = { user: p.id, team, fn: 'desk', outcome: 'approved' }
    expect((await w.post(admin, '/ru/users/beginnings', what)).statusCode).toBe(404)
    for (const who of [worker, auditor]) expect((await w.post(who, '/ru/users/beginnings', what)).statusCode).toBe(404)
    await w.post(stranger, '/ru/users/beginnings', what)
    await expect(
      w.as(stranger, x => x.tx.query("select app.member_agree($1, $2, 'desk', 'approved')", [p.id, team])),
    ).rejects.toMatchObject({ code: '42501' })
    expect(await ownRow(p.id)).toEqual([{ confirmed_by: null, put_by: admin.id, agreed_by: null }])
    await stepUp(boss)
    expect((await w.get(boss, '/ru/users/beginnings')).body).toContain('value="approved"')
    expect((await w.post(boss, '/ru/users/beginnings', what)).statusCode).toBe(303)
    expect((await ownRow(p.id))[0].agreed_by).toBe(boss.id)
    expect(
      (await q("select from app.journal where record = $1 and type = 'member_approved' and actor = $2", [p.id, boss.id])).rowCount,
    ).toBe(1)
    // Invited anew, whoever holds the link is that person: the second person is asked again, and may refuse.
    expect((await send(admin, `/ru/users/${p.id}/readmit`, { sure: 'yes' })).statusCode).toBe(200)
    expect(await ownRow(p.id)).toEqual([{ confirmed_by: null, put_by: admin.id, agreed_by: null }])
    expect((await w.post(boss, '/ru/users/beginnings', { ...what, outcome: 'refused' })).statusCode).toBe(303)
    expect(await ownRow(p.id)).toEqual([])
  })
  test('where nobody could agree yet, and for people from the server, nobody is asked', async () => {
    const young = await w.agency()
    const [only, team] = [await w.person({ agency: young, roles: ['administrator'] }), await newTeam(young, 'Первая')]
    await stepUp(only)
    const first = await w.person({ agency: young, roles: ['case_worker'] })
    const begins = async () =>
      (await w.as(first, x => x.tx.query<{ begins: string }>('select begins from app.my_beginnings()'))).rows.map(r => r.begins)
    expect((await send(only, `/ru/users/${first.id}/teams`, { team, fn: 'casework' })).statusCode).toBe(303)
    expect(await begins()).toEqual(['free'])
    const other = await w.person({ agency: young, roles: ['administrator'] })
    expect(await begins()).toEqual(['second'])
    // Shutting the others out does not make anybody the only one.
    await stepUp(only)
    await q('update app.account set keys_version = 1 where id = $1', [other.id])
    await w.as(only, x => x.tx.query('select app.account_leave($1, true)', [other.id]))
    expect(await begins()).toEqual(['second'])
    await q('delete from app.member where user_id = $1', [first.id])
    await q("insert into app.member (user_id, team_id, function) values ($1, $2, 'casework')", [first.id, team])
    expect(await begins()).toEqual(['free'])
  })
})

describe('health and helplines', () => {
  test('red until it is green; a number counts when somebody has called it', async () => {
    const page = (await w.get(admin, '/ru/health')).body
    expect(page).toContain('Копии ещё не было')
    expect((await send(admin, '/ru/helplines/new', { country: 'TJ', number: '+992 123', ru: 'Помощь', en: 'Help' })).statusCode).toBe(303)
    expect((await w.get(admin, '/ru/health')).body).toContain('1 номер никто не проверил')
    const { rows } = await q("select id from app.helpline where number = '+992 123'")
    expect((await w.post(admin, `/ru/helplines/${rows[0].id}/verify`, {})).statusCode).toBe(303)
    expect((await w.get(admin, '/en/health')).body).toContain('All numbers have been called')
    expect(
      (await send(admin, `/ru/helplines/${rows[0].id}`, { country: 'TJ', number: '+992 124', ru: 'Помощь', en: 'Help' })).statusCode,
    ).toBe(303)
    expect((await q('select verified_on from app.helpline where id = $1', [rows[0].id])).rows[0].verified_on).toBeNull()
  })
})

describe('audit', () => {
  test('pages shown, refusals and changes, with filters; aliases only, and the look is audited too', async () => {
    const all = (await w.get(auditor, '/ru/audit?outcome=changed')).body
    for (const word of ['account_invited', 'roles_proposed', 'roles_approved', 'team_made', 'member_confirmed', 'Филин'])
      expect(all, word).toContain(word)
    expect(all).not.toContain('Анна')
    // The command line's acts and the sign-ins, in words; nobody's act is not called the public site's.
    await journalAct(w.db.owner, agency, 'installation', agency, 'installation_made')
    await journalAccountAct(w.db.owner, worker.id, 'server_account_added')
    await q("select app.account_event($1, 'session_opened', $1)", [worker.id])
    const made = (await w.get(auditor, '/en/audit?action=installation')).body
    for (const word of ['installation made on the server', 'server (command line)']) expect(made, word).toContain(word)
    expect(made).not.toContain('public site<')
    const added = (await w.get(auditor, '/ru/audit?action=server_')).body
    for (const word of ['добавлен на сервере', 'сервер (командная строка)']) expect(added, word).toContain(word)
    expect((await w.get(auditor, '/ru/audit?action=session_')).body).toContain('вошёл <code>session_opened')
    expect((await w.get(auditor, '/ru/audit?outcome=shown')).body).toContain('user.list')
    // Another agency's refusals are not ours to see.
    expect((await w.get(auditor, `/ru/audit?person=${stranger.id}`)).body).not.toContain('<code>')
    const mine = (await w.get(auditor, `/ru/audit?person=${auditor.id}&action=audit`)).body
    expect(mine).toContain('audit.list')
    const one = (await w.get(auditor, `/ru/audit?record=${worker.id}&outcome=refused`)).body
    expect(one).toContain('user:')
    expect((await w.get(auditor, '/ru/audit?from=2001-01-01&until=2001-01-02')).body).not.toContain('<code>')
    expect((await w.get(auditor, '/ru/audit?from=bad&action=%27')).statusCode).toBe(200)
    expect((await w.get(auditor, '/ru/audit?record=D-0000000')).body).not.toContain('<code>')
  })
  test('pages of fifty', async () => {
    for (let i = 0; i < 55; i++) await w.get(auditor, '/ru/audit?action=none')
    const first = (await w.get(auditor, '/ru/audit?action=audit')).body
    expect(first.match(/<code>audit\.list/g)).toHaveLength(50)
    expect((await w.get(auditor, '/ru/audit?action=audit&page=2')).body).toContain('audit.list')
  })
  test('whatever is sent, nothing breaks', async () => {
    const posts = [
      '/users/new',
      `/users/${worker.id}/roles`,
      `/users/${worker.id}/teams`,
      `/users/${worker.id}/teams/end`,
      `/users/${newId()}/leave`,
      `/users/${newId()}/readmit`,
      `/users/changes/${newId()}`,
      '/teams/new',
      `/teams/${home}/edit`,
      `/teams/${home}/waiting`,
      '/helplines/new',
      `/helplines/${newId()}/verify`,
      '/me/absence/new',
      '/me/absence/end',
      '/emergency/open',
      `/emergency/${newId()}/review`,
    ]
    const names = [
      'login',
      'name',
      'alias',
      'language',
      'roles',
      'teams',
      'team',
      'fn',
      'how',
      'sure',
      'ru',
      'en',
      'intake',
      'deputy',
      'from-day',
      'from-month',
      'from-year',
      'number',
      'reason',
      'text',
      'country',
      'outcome',
      'command',
      'user',
      'absence',
    ]
    const value = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('\u0000', '\ud800', 'yes', 'ru', home, worker.id, '9'.repeat(400), "'--", '%00'),
    )
    const body = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 8 })
    const seed = Date.now() % 1_000_000
    const end = Date.now() + 5000
    await stepUp(admin, boss)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...posts), body, fc.constantFrom(admin, boss, auditor), async (url, fields, who) => {
        if (Date.now() > end) return
        expect((await w.post(who, `/ru${url}`, fields)).statusCode).toBeLessThan(500)
      }),
      { seed, numRuns: 400 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('person', 'record', 'from', 'until', 'action', 'outcome', 'page'), value, { maxKeys: 5 }),
        async q => {
          if (Date.now() > end + 2000) return
          expect((await w.get(auditor, `/ru/audit?${new URLSearchParams(q)}`)).statusCode).toBeLessThan(500)
        },
      ),
      { seed, numRuns: 150 },
    )
    console.log(`fuzz of administration: seed ${seed}`)
  })
  test('nothing broke inside', () => expect(w.logged).toEqual([]))
})
