import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessPolicy } from '../access/policy.ts'
import type { Id } from '../base/id.ts'
import { roles } from '../base/people.ts'
import { casePolicy } from '../case/policy.ts'
import { findCase } from '../case/store.ts'
import { contactPolicy } from '../contact/policy.ts'
import { registerContact } from '../contact/routes.ts'
import { findContact } from '../contact/store.ts'
import { followUpPolicy } from '../follow-up/policy.ts'
import { languagePolicy } from '../language/policy.ts'
import { reportPolicy } from '../mandatory-report/policy.ts'
import { reportTerms } from '../mandatory-report/store.instruments.ts'
import { matchPolicy } from '../person/policy.match.ts'
import { planPolicy } from '../plan/policy.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { screeningPolicy } from '../screening/policy.ts'
import { worklistPolicy } from './policy.ts'
import { registerWorklist } from './routes.ts'

let w: World
let agency: Id
let home: Id
let other: Id
let desk: Person
let worker: Person
let second: Person
let boss: Person
let admin: Person
let stranger: Person
let serial = 0

beforeAll(async () => {
  w = await officeWorld(
    o => {
      registerContact(o)
      registerWorklist(o)
    },
    [
      accessPolicy,
      contactPolicy,
      casePolicy,
      languagePolicy,
      reportPolicy,
      screeningPolicy,
      matchPolicy,
      planPolicy,
      followUpPolicy,
      worklistPolicy,
    ],
  )
  agency = await w.agency()
  home = await w.team(agency, { intake: true, name: 'Дежурство' })
  other = await w.team(agency, { name: 'Вторая' })
  desk = await w.person({ agency, roles: ['duty_specialist'], member: [[home, 'desk']], alias: 'Ласточка' })
  worker = await w.person({ agency, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Сойка' })
  second = await w.person({ agency, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Дрозд' })
  boss = await w.person({ agency, roles: ['supervisor'], member: [[home, 'supervision']], alias: 'Филин' })
  admin = await w.person({ agency, roles: ['administrator'], alias: 'Ёж' })
  const elsewhere = await w.agency()
  stranger = await w.person({
    agency: elsewhere,
    roles: ['administrator', 'supervisor'],
    member: [[await w.team(elsewhere), 'supervision']],
    alias: 'Чайка',
  })
}, 60_000)
afterAll(async () => {
  await w?.end()
})

const contact = async (assignee: Person | null, o: { safeNow?: string; unread?: boolean; team?: Id; state?: string } = {}): Promise<Id> => {
  const id = newId()
  await w.db.owner.query(
    "insert into app.contact (id, home_group, channel, received, safe_now, state, assignee, unread) values ($1, $2, 'call', now(), $3, $4, $5, $6)",
    [id, o.team ?? home, o.safeNow ?? 'not_asked', o.state ?? 'open', assignee?.id ?? null, o.unread ?? false],
  )
  return id
}
const aCase = async (
  assignee: Person | null,
  o: { danger?: string; team?: Id; state?: string } = {},
): Promise<{ id: Id; number: string }> => {
  const id = newId()
  const number = `D-${String(++serial).padStart(7, '0')}`
  await w.db.owner.query(
    'insert into app.case_record (id, home_group, number, person_id, assignee, state, danger, opened, due) values ($1, $2, $3, $4, $5, $6, $7, current_date - 9, current_date - 1)',
    [id, o.team ?? home, number, newId(), assignee?.id ?? null, o.state ?? 'open', o.danger ?? 'none'],
  )
  return { id, number }
}
const list = async (who: Person, lang = 'ru') => {
  const r = await w.get(who, `/${lang}/worklist`)
  expect(r.statusCode, r.body).toBe(200)
  return r.body
}

describe('who may not', () => {
  test('nobody without a session', async () => {
    for (const url of ['/ru/', '/ru/worklist', `/ru/worklist/leaver/${worker.id}`])
      expect((await w.get(undefined, url)).headers.location).toContain('/ru/sign-in')
  })

  test('an administrator alone sees administration and nothing of a child', async () => {
    await contact(null, { safeNow: 'no', unread: true })
    const c = await aCase(null, { danger: 'danger' })
    const invited = await w.person({ agency, roles: ['case_worker'] })
    await w.db.owner.query("update app.account set state = 'invited' where id = $1", [invited.id])
    await w.db.owner.query("insert into app.helpline (id, country, number, names) values ($1, 'ru', '123', '{}')", [newId()])
    const body = await list(admin)
    for (const word of ['/contacts/', '/cases/', c.number, 'Опасность', 'непрочитан']) expect(body, word).not.toContain(word)
    expect(body).toContain('1 телефон помощи')
    expect(body).toContain('1 приглашение')
  })

  test('roles without contacts or cases see neither; what another team has is not there', async () => {
    const a = await contact(null, { safeNow: 'no', unread: true, team: other })
    const b = await aCase(null, { danger: 'danger', team: other })
    for (const p of [desk, worker, boss]) {
      const body = await list(p)
      expect(body).not.toContain(a)
      expect(body).not.toContain(b.number)
    }
    for (const role of roles.filter(r => !['duty_specialist', 'case_worker', 'supervisor', 'administrator'].includes(r))) {
      const body = await list(await w.person({ agency, roles: [role], member: role === 'psychologist' ? [[home, 'health']] : [] }))
      expect(body, role).not.toMatch(/href="\/ru\/(contacts|cases)\/[0-9a-f-]{36}"/)
    }
  })

  test('whether new contacts go to a team, changed by one, waits for others until one of them has looked', async () => {
    const fresh = await w.team(agency, { name: 'Новая дежурная' })
    const gained = await w.person({ agency, roles: ['duty_specialist'], member: [[fresh, 'desk']] })
    const set = (team: Id, on: boolean) => w.as(admin, x => x.tx.query('update app.team set intake = $2 where id = $1', [team, on]))
    const words = 'приходят ли новые обращения в группу'
    await set(fresh, true)
    for (const p of [desk, boss]) expect(await list(p)).toContain(words)
    // Neither who did it, nor the desk that has just gained them, nor another agency, nor people without a desk.
    for (const p of [admin, gained, worker, stranger]) expect(await list(p)).not.toContain(words)
    const id = (await w.db.owner.query("select id from app.second_look where record = $1 and what = 'intake_changed'", [fresh])).rows[0].id
    for (const p of [admin, gained, worker, stranger]) expect((await w.post(p, `/ru/worklist/intake/${id}`, {})).statusCode).toBe(404)
    expect((await w.post(desk, `/ru/worklist/intake/${id}`, {})).statusCode).toBe(303)
    expect((await w.db.owner.query('select done_by, seen_by from app.second_look where id = $1', [id])).rows).toEqual([
      { done_by: admin.id, seen_by: desk.id },
    ])
    expect((await w.db.owner.query("select from app.journal where record = $1 and type = 'intake_seen'", [fresh])).rowCount).toBe(1)
    for (const p of [desk, boss]) expect(await list(p)).not.toContain(words)
    // Taken away from the old team, its people are told.
    await set(home, false)
    for (const p of [desk, worker, boss]) expect(await list(p)).toContain(words)
    await set(home, true)
    await set(fresh, false)
    // The only desk with somebody in it stays, whatever other teams are ticked.
    await set(await w.team(agency, { intake: true, name: 'Пустая' }), true)
    await expect(set(home, false)).rejects.toMatchObject({ code: '42501' })
    await w.db.owner.query("update app.second_look set seen_by = $1, seen_at = now() where kind = 'team' and seen_at is null", [boss.id])
  })

  test('worklist:leaver and worklist:hand-over', async () => {
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    for (const p of [desk, worker, stranger]) {
      const r = await w.get(p, `/ru/worklist/leaver/${worker.id}`)
      expect([r.statusCode, r.body]).toEqual([404, unknown])
    }
    for (const p of [desk, worker, admin, stranger])
      expect(
        (await w.post(p, `/ru/worklist/leaver/${worker.id}/cases`, { command: newId(), cases: newId(), casesTo: second.id })).statusCode,
      ).toBe(404)
    expect((await w.get(boss, `/ru/worklist/leaver/${newId()}`)).statusCode).toBe(404)
  })

  test('an exclusion takes a record out of the list', async () => {
    const c = await aCase(second, { danger: 'danger' })
    expect(await list(second)).toContain(c.number)
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
      [newId(), c.id, home, second.id, boss.id],
    )
    expect(await list(second)).not.toContain(c.number)
    await w.db.owner.query('delete from app.case_record where id = $1', [c.id])
  })
})

describe('the list', () => {
  test('the start page leads to it', async () => {
    expect((await w.get(desk, '/ru/')).headers.location).toBe('/ru/worklist')
    // Whose whole work is another page begins there.
    for (const [role, page] of [
      ['interpreter', 'sessions'],
      ['shelter_carer', 'night'],
      ['analyst', 'releases'],
    ] as const) {
      const who = await w.person({ agency, roles: [role], alias: 'Кто-то' })
      expect((await w.get(who, '/ru/')).headers.location).toBe(`/ru/${page}`)
    }
  })

  test('who has no work of their own here is told what this version offers them', async () => {
    const partner = await w.person({ agency, roles: ['partner'], alias: 'Аист' })
    const editor = await w.person({ agency, roles: ['content_editor'], alias: 'Дятел' })
    expect(await list(partner)).toContain('по телефону или на бумаге')
    expect(await list(partner)).not.toContain('/ru/helplines')
    const body = await list(editor)
    expect([body.includes('/ru/helplines'), body.includes('по телефону или на бумаге')]).toEqual([true, false])
    for (const who of [worker, desk, admin]) expect(await list(who)).not.toContain('href="/ru/helplines"')
  })

  test('danger, what is unread, what is mine, what is closed is not', async () => {
    const [danger, mine, theirs, done] = [
      await contact(null, { safeNow: 'no', unread: true }),
      await contact(worker),
      await contact(second),
      await contact(worker, { state: 'closed' }),
    ]
    const [bad, own, closed] = [await aCase(null, { danger: 'danger' }), await aCase(worker), await aCase(worker, { state: 'closed' })]
    const body = await list(worker)
    for (const s of [danger, mine, bad.number, own.number]) expect(body).toContain(s)
    for (const s of [theirs, done, closed.number]) expect(body).not.toContain(s)
    expect(body.indexOf(bad.number)).toBeLessThan(body.indexOf(own.number))
    expect(body).toMatch(/\d+ непрочитанн/)
    expect(await list(worker, 'en')).toContain('Assigned to me')
  })

  test('what nobody has taken stands before everybody who may take it, and before nobody else', async () => {
    const c = await aCase(null, { danger: 'not_assessed' })
    const title = 'Эти дела ещё никто не взял'
    const after = (body: string) => body.slice(body.indexOf(title)).split('</section></section>')[0]
    for (const p of [worker, second, boss]) expect(after(await list(p)), p.alias).toContain(c.number)
    for (const p of [desk, admin, stranger]) expect(await list(p), p.alias).not.toContain(c.number)
    expect(await list(worker, 'en')).toContain('Nobody has taken these yet')
    await w.db.owner.query('update app.case_record set assignee = $2 where id = $1', [c.id, second.id])
    expect((await list(worker)).includes(c.number)).toBe(false)
  })

  test('a case that nobody has judged stays under danger when its contact told of danger', async () => {
    const [said, calm] = [await contact(null, { safeNow: 'no', state: 'converted' }), await contact(null, { state: 'converted' })]
    const [bad, other] = [await aCase(second, { danger: 'not_assessed' }), await aCase(second, { danger: 'not_assessed' })]
    await w.db.owner.query('update app.case_record set contact_id = $2 where id = $1', [bad.id, said])
    await w.db.owner.query('update app.case_record set contact_id = $2 where id = $1', [other.id, calm])
    const body = await list(worker)
    expect(body).toContain(bad.number)
    expect(body).toContain('В обращении сказали об опасности')
    expect(body).not.toContain(other.number)
  })

  test('due today or overdue: the team’s for supervisors, one’s own for workers', async () => {
    const [own, theirs] = [await aCase(worker), await aCase(second)]
    const body = await list(worker)
    expect(body.slice(body.indexOf('Дела, где срок сегодня или прошёл'))).toContain(own.number)
    expect(body).not.toContain(theirs.number)
    const team = await list(boss)
    const all = team.slice(team.indexOf('В группе: дела, где срок сегодня или прошёл'))
    for (const c of [own, theirs]) expect(all).toContain(c.number)
  })

  test('steps of a plan stand under their day, also those that no colleague is named for', async () => {
    const [own, theirs] = [await aCase(worker), await aCase(second)]
    const step = (c: Id, assignee: Id | null, day: number) =>
      w.db.owner.query(
        "insert into app.plan_step (id, case_id, home_group, due, assignee, sealed) values ($1, $2, $3, current_date + $4::int, $5, '')",
        [newId(), c, home, day, assignee],
      )
    await step(own.id, null, -2)
    await step(own.id, second.id, -2)
    await step(theirs.id, worker.id, 0)
    await step(theirs.id, null, -1)
    await step(own.id, worker.id, 3)
    const rows = (body: string, section: string) =>
      [...(new RegExp(`id="${section}"[\\s\\S]*?</section>`).exec(body)?.[0] ?? '').matchAll(/cases\/([0-9a-f-]{36})\/plan/g)].map(
        m => m[1],
      )
    const mine = await list(worker)
    expect(rows(mine, 'tasks-overdue')).toEqual([own.id])
    expect(rows(mine, 'tasks-today')).toEqual([theirs.id])
    expect(rows(await list(second), 'tasks-overdue').toSorted()).toEqual([own.id, theirs.id].toSorted())
    expect(rows(await list(boss), 'tasks-overdue').length).toBe(3)
    expect(rows(await list(admin), 'tasks-overdue')).toEqual([])
  })

  test('a child who asks for help stands first, under danger', async () => {
    const c = await aCase(worker, { state: 'closed' })
    await w.db.owner.query(
      "insert into app.check_in_answer (id, case_id, home_group, day, help, unread, sealed) values ($1, $2, $3, current_date, true, true, '')",
      [newId(), c.id, home],
    )
    const body = await list(boss)
    const danger = body.indexOf('id="danger"')
    expect(danger).toBeGreaterThan(0)
    expect(body.indexOf(`/cases/${c.id}/follow-up`)).toBeGreaterThan(danger)
    expect(body.indexOf(`/cases/${c.id}/follow-up`)).toBeLessThan(body.indexOf('id="mine"'))
    expect(await list(stranger)).not.toContain(c.id)
  })

  test('a fact of exploitation on a contact starts a clock that everybody sees who sees the contact, until it is a case or closed', async () => {
    const { clock } = reportTerms().kinds
    const fact = async (state: string, life: boolean, hoursAgo: number) => {
      const id = await contact(second, { state })
      await w.db.owner.query(
        `insert into app.screening (id, record, kind, home_group, fact_learned, fact_life, version, sealed)
         values ($1, $2, 'contact', $3, now() - make_interval(hours => $4::int), $5, 1, '')`,
        [newId(), id, home, hoursAgo, life],
      )
      return id
    }
    const [life, late, running, closed, converted] = [
      await fact('open', true, 0),
      await fact('new', false, clock.otherHours + 48),
      await fact('open', false, 0),
      await fact('closed', true, 1),
      await fact('converted', true, 1),
    ]
    const at = (id: Id) => `/contacts/${id}/screening`
    for (const who of [admin, stranger]) for (const id of [life, late, running]) expect(await list(who)).not.toContain(at(id))
    for (const who of [desk, worker, boss]) {
      const body = await list(who)
      const part = (id: string) => new RegExp(`id="${id}"[\\s\\S]*?</section>`).exec(body)?.[0] ?? ''
      expect([who.alias, part('danger').includes(at(life))]).toEqual([who.alias, true])
      expect([who.alias, part('tasks-overdue').includes(at(late))]).toEqual([who.alias, true])
      expect([who.alias, (part('tasks-today') + part('tasks-soon')).includes(at(running))]).toEqual([who.alias, true])
      for (const id of [closed, converted]) expect(body).not.toContain(at(id))
    }
  })

  test('whoever asks about a child waits for a supervisor, and is shown to nobody else', async () => {
    await w.db.owner.query("insert into app.trace (id, home_group, way, received) values ($1, $2, 'ask', current_date)", [newId(), home])
    expect(await list(boss)).toContain('1 вопрос о ребёнке')
    for (const who of [worker, desk, admin, stranger]) expect(await list(who)).not.toContain('вопрос о ребёнке')
  })

  test('a safety step of a colleague asks for a second look; one’s own does not', async () => {
    const c = await aCase(null)
    await w.db.owner.query(
      "insert into app.second_look (id, record, kind, home_group, what, done_by) values ($1, $2, 'case', $3, 'danger_set', $4)",
      [newId(), c.id, home, worker.id],
    )
    expect(await list(second)).toContain('Взгляните вторым')
    expect(await list(worker)).not.toContain('Взгляните вторым')
  })

  test('during an absence the deputy sees what was assigned to the absent', async () => {
    const a = await contact(worker)
    const c = await aCase(worker)
    expect(await list(second)).not.toContain('Вместо')
    const id = newId()
    await w.db.owner.query(
      "insert into app.absence (id, user_id, deputy_id, from_at, until) values ($1, $2, $3, now() - interval '1 hour', now() + interval '1 day')",
      [id, worker.id, second.id],
    )
    const body = await list(second)
    expect(body).toContain('Вместо: Сойка')
    expect(body).toContain(a)
    expect(body).toContain(c.number)
    await w.db.owner.query('update app.absence set ended_at = now() where id = $1', [id])
    expect(await list(second)).not.toContain('Вместо')
  })

  test('memberships that wait are asked of those who hold the keys', async () => {
    const fresh = await w.person({ agency, roles: ['case_worker'], alias: 'Зяблик' })
    await w.db.owner.query("insert into app.member (user_id, team_id, function) values ($1, $2, 'casework')", [fresh.id, home])
    expect(await list(worker)).toContain('1 коллега ждёт вашего подтверждения')
    expect(await list(fresh)).toContain('1 ваша роль ждёт подтверждения')
    await w.db.owner.query('delete from app.member where user_id = $1', [fresh.id])
  })

  test('what was shown is audited', async () => {
    const id = await contact(worker)
    await list(worker)
    const { rows } = await w.db.owner.query('select from app.read_audit where action = $1 and actor = $2 and $3 = any (records)', [
      'worklist.open',
      worker.id,
      id,
    ])
    expect(rows.length).toBe(1)
  })
})

describe('somebody leaves', () => {
  const setUp = async () => {
    const leaver = await w.person({ agency, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Чиж' })
    return {
      leaver,
      contact: await contact(leaver),
      cases: [await aCase(leaver), await aCase(leaver)],
      elsewhere: await aCase(leaver, { team: other }),
    }
  }

  test('the administrator sees numbers only; the supervisor hands over; the list empties', async () => {
    const s = await setUp()
    const url = `/ru/worklist/leaver/${s.leaver.id}`
    const seen = (await w.get(admin, url)).body
    expect(seen).toContain('Обращения в работе: 1')
    expect(seen).toContain('Открытые дела: 3')
    for (const c of s.cases) expect(seen).not.toContain(c.number)
    expect(seen).not.toContain(s.contact)

    const page = (await w.get(boss, url)).body
    expect(page).toContain(s.cases[0]!.number)
    expect(page).not.toContain(s.elsewhere.number)
    expect(page).toContain('1 записи вы не видите')

    const nobody = await w.post(boss, `${url}/contacts`, { ...hiddenOf(page, `${url}/contacts`), contacts: s.contact, contactsTo: boss.id })
    expect(nobody.statusCode).toBe(422)
    expect(nobody.body).toContain('govuk-error-summary')

    const fields = { ...hiddenOf(page, `${url}/cases`), cases: s.cases.map(c => c.id), casesTo: second.id }
    const first = await w.post(boss, `${url}/cases`, fields)
    expect(first.headers.location, first.body).toBe(`${url}?done=saved`)
    expect((await w.post(boss, `${url}/cases`, fields)).headers.location, 'the same again').toBe(`${url}?done=saved`)
    expect((await w.post(boss, `${url}/cases`, { ...fields, casesTo: worker.id })).statusCode).toBe(409)
    for (const c of s.cases) expect((await w.as(second, x => findCase(x, c.id)))!.assignee).toBe(second.id)

    const again = (await w.get(boss, url)).body
    expect(
      (await w.post(boss, `${url}/contacts`, { ...hiddenOf(again, `${url}/contacts`), contacts: s.contact, contactsTo: desk.id }))
        .statusCode,
    ).toBe(303)
    expect((await w.as(desk, x => findContact(x, s.contact)))!.assignee).toBe(desk.id)
    expect((await w.get(admin, url)).body).toContain('Открытые дела: 1')
    await w.db.owner.query("update app.case_record set state = 'closed' where id = $1", [s.elsewhere.id])
    expect((await w.get(admin, url)).body).toContain('Список пуст')
  })

  test('bad forms come back with what was chosen, never with an error of ours', async () => {
    const s = await setUp()
    const url = `/en/worklist/leaver/${s.leaver.id}`
    for (const fields of [
      {},
      { contacts: 'x', contactsTo: 'y' },
      { contacts: s.contact, contactsTo: '' },
      { contacts: s.contact, contactsTo: second.id, extra: '1' },
      { contacts: newId(), contactsTo: second.id, command: newId() },
    ]) {
      const r = await w.post(boss, `${url}/contacts`, fields as Record<string, string>)
      expect([422, 404], JSON.stringify(fields)).toContain(r.statusCode)
    }
    expect(w.logged).toEqual([])
  })
})
