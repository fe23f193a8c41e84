import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicKeyOps } from '../platform/crypto.ts'
import type { Person } from '../platform/testing.session.ts'
import { hiddenOf, testOrigin } from '../platform/testing.session.ts'
import { apply } from './rules.ts'
import type { CaseRow } from './schema.ts'
import { caseJournal, findCase, openCaseEvent } from './store.ts'
import { type CaseWorld, canary, caseWorld } from './world.testing.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const actPaths = ['', '/danger', '/due', '/accept', '/assign', '/notes/new', '/access', '/share', '/exclude', '/links/new']

describe('who may not', () => {
  test('administrators, shelter carers of others, other agencies and members without assignment find nothing', async () => {
    const id = await w.open(w.people.worker, { name: 'Лена' })
    for (const who of [
      w.people.admin,
      w.people.stranger,
      w.people.psychologist,
      w.people.lawyer,
      w.people.follower,
      w.people.carer,
      w.people.duty,
    ]) {
      for (const p of actPaths) expect([who.alias, p, await status(who, `/cases/${id}${p}`)]).toEqual([who.alias, p, 404])
    }
    for (const p of ['/cases', '/cases/new', '/people/search', '/people/new'])
      expect([p, await status(w.people.admin, p)]).toEqual([p, 404])
    expect((await w.get(w.people.psychologist, '/ru/cases')).body).not.toContain(id)
  })
  test('a hidden case, an absent one and a refused role answer with the same bytes', async () => {
    const id = await w.open(w.people.worker)
    const absent = '0d4c1e9e-3b0a-4c39-8a56-0b1d5f1f9d11'
    const bodies = new Set(
      (
        await Promise.all([
          w.get(w.people.stranger, `/ru/cases/${id}`),
          w.get(w.people.stranger, `/ru/cases/${absent}`),
          w.get(w.people.admin, `/ru/cases/${id}`),
        ])
      ).map(r => r.body),
    )
    expect(bodies.size).toBe(1)
  })
  test('acts that a role does not have are refused on the address too', async () => {
    const id = await w.open(w.people.worker)
    expect(await status(w.people.boss, `/cases/${id}/notes/new`)).toBe(404)
    expect(await status(w.people.boss, `/cases/${id}/accept`)).toBe(404)
    expect(await status(w.people.boss, `/cases/${id}`)).toBe(200)
  })
})

describe('opening', () => {
  test('a case worker opens in the own team, is the assignee, and nothing is written twice for a repeated form', async () => {
    const shown = await w.get(w.people.worker, '/ru/cases/new')
    const fields = {
      ...hiddenOf(shown.body, '/ru/cases/new'),
      'children[0][name]': 'Мадина',
      'children[0][relation]': 'child',
      danger: 'concern',
      team: w.teamA,
    }
    const first = await w.post(w.people.worker, '/ru/cases/new', fields)
    const again = await w.post(w.people.worker, '/ru/cases/new', fields)
    expect([first.statusCode, again.statusCode]).toEqual([303, 303])
    expect(again.headers.location).toBe(first.headers.location)
    const other = await w.post(w.people.worker, '/ru/cases/new', { ...fields, 'children[0][name]': 'Другая' })
    expect(other.statusCode).toBe(409)
    // Nothing typed is lost, and pressing once more saves it as a case of its own.
    expect(other.body).toContain('value="Другая"')
    expect(other.body).toContain('уже была сохранена')
    const meant = { ...fields, 'children[0][name]': 'Другая', ...hiddenOf(other.body, '/ru/cases/new') }
    const second = await w.post(w.people.worker, '/ru/cases/new', meant)
    expect(second.statusCode).toBe(303)
    expect(second.headers.location).not.toBe(first.headers.location)
    const url = `${String(first.headers.location).split('?')[0]}/danger`
    const danger = { ...hiddenOf((await w.get(w.people.worker, url)).body, url), danger: 'none', reason: 'дома у тёти' }
    expect((await w.post(w.people.worker, url, danger)).statusCode).toBe(303)
    const edited = await w.post(w.people.worker, url, { ...danger, reason: 'вернулась домой' })
    expect([
      edited.statusCode,
      edited.body.includes('вернулась домой'),
      edited.body.includes(String((danger as Record<string, string>).command)),
    ]).toEqual([409, true, false])
    const pressed = await w.post(w.people.worker, url, { ...danger, reason: 'вернулась домой', ...hiddenOf(edited.body, url) })
    expect(pressed.statusCode).toBe(303)
    // Going on with what was kept shows the form and saves nothing.
    const resumed = await w.post(w.people.worker, url, { ...danger, reason: 'ещё пишу', resume: '1' })
    expect([resumed.statusCode, resumed.body.includes('ещё пишу')]).toEqual([200, true])
    const body = (await w.get(w.people.worker, String(first.headers.location))).body
    expect(body).toContain('Мадина')
    expect(body).toContain('Чайка')
  })
  test('search before create: a known name asks, the same person is reused, across scripts', async () => {
    await w.open(w.people.worker, { name: 'Иванов Пётр' })
    const asked = await w.send(w.people.worker2, '/cases/new', {
      'children[0][name]': 'Petr Ivanov',
      'children[0][relation]': 'child',
      danger: 'none',
      team: w.teamA,
    })
    expect(asked.statusCode).toBe(200)
    expect(asked.body).toContain('Иванов Пётр')
    const hidden = hiddenOf(asked.body, '/ru/cases/new')
    const personId = /name="children\[0\]\[match\]" type="radio" value="([0-9a-f-]{36})"/.exec(asked.body)![1]!
    const answer = await w.post(w.people.worker2, '/ru/cases/new', { ...hidden, 'children[0][match]': personId })
    expect(answer.statusCode).toBe(303)
    const { rows } = await w.db.owner.query('select count(*)::int as n from app.case_record where person_id = $1', [personId])
    expect(rows[0].n).toBe(2)
    // Somebody else's records are never offered.
    const stranger = await w.post(w.people.stranger, '/ru/people/search', { q: 'Иванов' })
    expect(stranger.body).not.toContain('Пётр')
  })
  test('one contact becomes several children; circumstances once, under the key of the contact', async () => {
    const contact = await w.contact()
    const answer = await w.send(w.people.duty, `/cases/new?contact=${contact}`, {
      'children[0][name]': 'Али',
      'children[0][relation]': 'child',
      'children[1][name]': 'Вали',
      'children[1][relation]': 'sibling',
      danger: 'danger',
      team: w.teamA,
      circumstances: 'девять человек в одной квартире',
    })
    expect(answer.statusCode).toBe(303)
    const { rows } = await w.db.owner.query('select id, home_group from app.case_record where contact_id = $1', [contact])
    expect(rows.map(r => r.home_group)).toEqual([w.teamA, w.teamA])
    const [a] = rows
    const closed = (await w.get(w.people.worker, `/ru/cases/${a.id}`)).body
    expect(closed).not.toContain('девять человек')
    const open = (await w.get(w.people.worker, `/ru/cases/${a.id}?open=story&why=danger`)).body
    expect(open).toContain('девять человек')
    const audit = await w.db.owner.query("select purpose from app.read_audit where action = 'case.story' and $1 = any (records)", [a.id])
    expect(audit.rows).toEqual([{ purpose: 'danger' }])
    const looks = await w.db.owner.query('select what from app.second_look where record = $1', [a.id])
    expect(looks.rows).toEqual([{ what: 'danger_set' }])
  })
  test('what the contact says of danger is the first answer of the case, says why, and may be changed', async () => {
    const [no, quiet] = [await w.contact(), await w.contact()]
    await w.db.owner.query("update app.contact set safe_now = 'no' where id = $1", [no])
    await w.db.owner.query("update app.contact set safe_now = 'not_asked' where id = $1", [quiet])
    const [unsafe, unsaid] = [
      (await w.get(w.people.duty, `/ru/cases/new?contact=${no}`)).body,
      (await w.get(w.people.duty, `/ru/cases/new?contact=${quiet}`)).body,
    ]
    expect(unsafe).toContain('В обращении сказано: сейчас не в безопасности')
    expect(unsaid).not.toContain('В обращении сказано')
    const checked = (body: string) => /name="danger" type="radio" value="(\w+)" checked/.exec(body)?.[1]
    expect([checked(unsafe), checked(unsaid)]).toEqual(['danger', 'not_assessed'])
    expect((await w.get(w.people.duty, `/en/cases/new?contact=${no}`)).body).toContain('not safe now')
  })
  test('a duty specialist works on it until a case worker accepts, and then finds nothing', async () => {
    const contact = await w.contact()
    const id = await w.open(w.people.duty, { contact, name: 'Сорока', team: w.teamA })
    expect(await status(w.people.duty, `/cases/${id}`)).toBe(200)
    const noted = await w.send(w.people.duty, `/cases/${id}/notes/new`, { text: 'перезвонить вечером', compartment: 'story' })
    expect(noted.statusCode).toBe(303)
    expect((await w.send(w.people.duty, `/cases/${id}/notes/new`, { text: 'перезвонили', compartment: 'story' })).statusCode).toBe(303)
    expect((await w.get(w.people.duty, `/ru/cases/${id}?open=story`)).body).toContain('перезвонить вечером')
    expect((await w.get(w.people.worker, `/ru/cases/${id}?open=story`)).body).toContain('перезвонить вечером')
    const accepted = await w.send(w.people.worker, `/cases/${id}/accept`, {})
    expect(accepted.statusCode).toBe(303)
    expect(await status(w.people.duty, `/cases/${id}`)).toBe(404)
    const { rows } = await w.db.owner.query(
      "select count(*)::int as n from app.key_wrap where holder = 'user' and holder_id = $1 and until > now() and record = $2",
      [w.people.duty.id, id],
    )
    expect(rows[0].n).toBe(0)
    const person = (await w.db.owner.query('select person_id from app.case_record where id = $1', [id])).rows[0].person_id
    expect(await status(w.people.duty, `/people/${person}`)).toBe(404)
    const left = await w.as(w.people.duty, a => a.tx.query('select id from app.contact where id = $1', [contact]))
    expect(left.rows).toEqual([])
  })
  test('where one team answers the door and does the casework, the same holds', async () => {
    const inside = await w.person({ agency: w.agencyId, roles: ['case_worker'], member: [[w.desk, 'casework']], alias: 'Щегол' })
    const contact = await w.contact()
    const id = await w.open(w.people.duty, { contact, team: w.desk, name: 'Настя', circumstances: 'общее' })
    expect((await w.get(w.people.duty, `/ru/cases/${id}?open=story`)).body).toContain('общее')
    expect((await w.send(inside, `/cases/${id}/accept`, {})).statusCode).toBe(303)
    expect(await status(w.people.duty, `/cases/${id}`)).toBe(404)
    expect((await w.get(inside, `/ru/cases/${id}`)).body).toContain('Настя')
  })
  test('nobody gives themselves an intake on a record that exists', async () => {
    const id = await w.open(w.people.worker)
    const own = '0d4c1e9e-3b0a-4c39-8a56-0b1d5f1f9d12'
    await expect(
      w.as(w.people.duty, a =>
        a.tx.query("select app.intake_open($1, $2, 'case', $3, '{3}', now() + interval '1 day')", [own, id, w.teamA]),
      ),
    ).rejects.toThrow(/out of scope/)
  })
  test('no word about the child lies in a plain column', async () => {
    const contact = await w.contact()
    const answer = await w.send(w.people.duty, `/cases/new?contact=${contact}`, {
      'children[0][name]': canary.name,
      'children[0][age]': canary.age,
      'children[0][relation]': 'child',
      danger: 'none',
      team: w.teamA,
      circumstances: canary.story,
    })
    const id = /cases\/([0-9a-f-]{36})/.exec(String(answer.headers.location))![1]!
    await w.send(w.people.worker, `/cases/${id}/accept`, {})
    await w.send(w.people.worker, `/cases/${id}/notes/new`, { text: canary.note, compartment: 'summary' })
    await w.send(w.people.worker, `/cases/${id}/danger`, { danger: 'concern', reason: canary.story })
    const tables = (await w.db.owner.query("select tablename from pg_tables where schemaname = 'app'")).rows.map(r => r.tablename as string)
    for (const table of tables) {
      const { rows } = await w.db.owner.query(`select t::text as row from app.${table} t`)
      for (const { row } of rows) {
        for (const word of Object.values(canary)) {
          expect(row.includes(word)).toBe(false)
          expect(row.includes(Buffer.from(word).toString('hex').slice(0, 24))).toBe(false)
        }
      }
    }
  })
})

test('creating a case, listing 25 and opening one cost no public-key operation', async () => {
  // What a duty specialist sealed for the team is re-wrapped at its first opening, once.
  await w.get(w.people.worker, '/ru/cases')
  const before = publicKeyOps.count
  const id = await w.open(w.people.worker, { name: 'Шахноза', danger: 'concern' })
  await w.get(w.people.worker, '/ru/cases')
  await w.get(w.people.worker, `/ru/cases/${id}?open=story`)
  expect(publicKeyOps.count - before).toBe(0)
})

describe('acts', () => {
  test('the journal, replayed, is the row', async () => {
    const id = await w.open(w.people.worker, { name: 'Дина' })
    await w.send(w.people.worker, `/cases/${id}/danger`, { danger: 'danger', reason: 'угрожали' })
    await w.send(w.people.worker, `/cases/${id}/due`, { 'due-day': '1', 'due-month': '12', 'due-year': '2030', what: 'школа' })
    await w.send(w.people.worker, `/cases/${id}/assign`, { assignee: w.people.worker2.id })
    await w.send(w.people.worker2, `/cases/${id}/notes/new`, { text: 'встретились', compartment: 'summary' })
    await w.as(w.people.worker, async a => {
      const row = (await findCase(a, id))!
      const seen = await caseJournal(a, id, ['summary', 'story', 'follow_up'])
      const replayed = seen.reduce<CaseRow | undefined>(
        (c, s) => apply(c, { id, homeGroup: row.homeGroup }, openCaseEvent(s)!.event),
        undefined,
      )
      expect(replayed).toEqual(row)
      expect(seen.map(s => s.type)).toEqual(['case_opened', 'danger_set', 'due_set', 'case_assigned', 'note_added'])
    })
  })
  test('a stale form is answered with both versions and nothing typed lost; sent again it holds', async () => {
    const id = await w.open(w.people.worker)
    const shown = await w.get(w.people.worker, `/ru/cases/${id}/danger`)
    await w.send(w.people.worker2, `/cases/${id}/danger`, { danger: 'concern', reason: 'мать звонила' })
    const stale = await w.post(w.people.worker, `/ru/cases/${id}/danger`, {
      ...hiddenOf(shown.body, `/ru/cases/${id}/danger`),
      danger: 'danger',
      reason: 'видели у подъезда',
    })
    expect(stale.statusCode).toBe(409)
    expect(stale.body).toContain('видели у подъезда')
    expect(stale.body).toContain('мать звонила')
    const again = await w.post(w.people.worker, `/ru/cases/${id}/danger`, {
      ...hiddenOf(stale.body, `/ru/cases/${id}/danger`),
      danger: 'danger',
      reason: 'видели у подъезда',
    })
    expect(again.statusCode).toBe(303)
  })
  test('danger goes ahead alone and asks until somebody else has looked', async () => {
    const id = await w.open(w.people.worker)
    await w.send(w.people.worker, `/cases/${id}/danger`, { danger: 'danger', reason: 'угроза' })
    const look = (await w.db.owner.query('select id from app.second_look where record = $1', [id])).rows[0].id
    const own = await w.send(w.people.worker, `/cases/${id}/looks/${look}`, {})
    expect(own.statusCode).toBe(422)
    expect((await w.get(w.people.worker2, `/ru/cases/${id}`)).body).toContain('Второй человек ещё не смотрел')
    expect((await w.send(w.people.worker2, `/cases/${id}/looks/${look}`, {})).statusCode).toBe(303)
    expect((await w.get(w.people.worker2, `/ru/cases/${id}`)).body).not.toContain('Второй человек ещё не смотрел')
  })
  test('the story is in the page only when opened on purpose; others see that something is sealed', async () => {
    const id = await w.open(w.people.worker)
    await w.send(w.people.worker, `/cases/${id}/notes/new`, { text: 'слова ребёнка', compartment: 'story', happened: 'прошлой зимой' })
    expect((await w.get(w.people.worker, `/ru/cases/${id}`)).body).not.toContain('слова ребёнка')
    expect((await w.get(w.people.worker, `/ru/cases/${id}?open=story`)).body).toContain('слова ребёнка')
    const boss = (await w.get(w.people.boss, `/ru/cases/${id}?open=story`)).body
    expect(boss).not.toContain('слова ребёнка')
    expect(boss).toContain('Закрыто для вас')
  })
  test('sharing gives what was named until it ends; exclusion beats the grant', async () => {
    const id = await w.open(w.people.worker, { name: 'Амина' })
    await w.send(w.people.worker, `/cases/${id}/notes/new`, { text: 'слова в истории', compartment: 'story' })
    const share = (who: Person, compartments: string[]) =>
      w.send(w.people.worker, `/cases/${id}/share`, {
        user: who.id,
        compartments,
        right: 'read',
        why: 'консультация',
        'until-day': '1',
        'until-month': '3',
        'until-year': '2027',
      })
    expect((await share(w.people.psychologist, ['identity', 'summary'])).statusCode).toBe(303)
    const seen = await w.get(w.people.psychologist, `/ru/cases/${id}?open=story`)
    expect(seen.statusCode).toBe(200)
    expect(seen.body).toContain('Амина')
    expect(seen.body).not.toContain('слова в истории')
    const health = await w.send(w.people.psychologist, `/cases/${id}/notes/new`, { text: 'тайна психолога', compartment: 'health' })
    expect(health.statusCode).toBe(303)
    expect((await w.get(w.people.worker, `/ru/cases/${id}?open=story`)).body).not.toContain('тайна психолога')
    expect(
      (await w.send(w.people.worker, `/cases/${id}/exclude`, { who: `user:${w.people.psychologist.id}`, reason: 'землячка' })).statusCode,
    ).toBe(303)
    expect(await status(w.people.psychologist, `/cases/${id}`)).toBe(404)
    await share(w.people.lawyer, ['identity', 'summary', 'story'])
    expect((await w.get(w.people.lawyer, `/ru/cases/${id}?open=story`)).body).toContain('слова в истории')
    const grant = (
      await w.db.owner.query("select id from app.grant_ where record = $1 and user_id = $2 and kind = 'case'", [id, w.people.lawyer.id])
    ).rows[0].id
    expect((await w.send(w.people.worker, `/cases/${id}/grants/${grant}/end`, { reason: 'закончили' })).statusCode).toBe(303)
    expect(await status(w.people.lawyer, `/cases/${id}`)).toBe(404)
    const keys = await w.db.owner.query(
      "select count(*)::int as n from app.key_wrap where holder = 'user' and holder_id = $1 and until > now()",
      [w.people.lawyer.id],
    )
    expect(keys.rows[0].n).toBe(0)
  })
  test('a link gives no access: who cannot open the other side learns only that there is one', async () => {
    const a = await w.open(w.people.worker, { name: 'Старший' })
    const b = await w.open(w.people.worker, { name: 'Младшая' })
    const number = (await w.db.owner.query('select number from app.case_record where id = $1', [b])).rows[0].number
    expect(
      (await w.send(w.people.worker, `/cases/${a}/links/new`, { number, relation: 'sibling', together: 'keep_together' })).statusCode,
    ).toBe(303)
    expect((await w.get(w.people.worker2, `/ru/cases/${a}`)).body).toContain('Младшая')
    await w.send(w.people.worker, `/cases/${a}/share`, {
      user: w.people.psychologist.id,
      compartments: ['identity', 'summary'],
      right: 'read',
      why: 'помощь',
      'until-day': '1',
      'until-month': '3',
      'until-year': '2027',
    })
    const seen = (await w.get(w.people.psychologist, `/ru/cases/${a}`)).body
    expect(seen).toContain('связанная запись в другом месте')
    expect(seen).toContain('не разлучать')
    expect(seen).not.toContain('Младшая')
    expect(seen).not.toContain(number)
    expect(await status(w.people.psychologist, `/cases/${b}`)).toBe(404)
    const absent = await w.send(w.people.worker, `/cases/${a}/links/new`, { number: 'D-0000000', relation: 'sibling', together: 'none' })
    expect(absent.statusCode).toBe(422)
  })
  test('brothers and sisters of one form are linked by themselves, and where it is not clear whose, nobody is', async () => {
    const together = async (...relations: string[]) => {
      const contact = await w.contact()
      const first = await w.send(w.people.duty, `/cases/new?contact=${contact}`, {
        ...Object.fromEntries(
          relations.flatMap((r, i) => [
            [`children[${i}][name]`, `Ребёнок ${contact.slice(0, 8)} ${i}`],
            [`children[${i}][relation]`, r],
          ]),
        ),
        danger: 'concern',
        team: w.teamA,
      })
      expect(first.statusCode).toBe(303)
      const { rows } = await w.db.owner.query<{ n: number }>(
        'select count(l.id)::int as n from app.case_record c left join app.case_link l on l.case_id = c.id where c.contact_id = $1 group by c.id',
        [contact],
      )
      return rows.map(r => r.n)
    }
    expect(await together('child', 'sibling', 'sibling')).toEqual([2, 2, 2])
    expect(await together('child', 'child')).toEqual([0, 0])
    expect((await together('child', 'child', 'sibling')).every(n => n === 0)).toBe(true)
    expect((await together('child', 'parent', 'sibling')).toSorted()).toEqual([0, 1, 1])
    const { rows } = await w.db.owner.query<{ case_id: string }>(
      'select l.case_id from app.case_link l join app.case_record c on c.id = l.case_id where c.home_group = $1 order by l.id desc limit 1',
      [w.teamA],
    )
    const page = (await w.get(w.people.worker, `/ru/cases/${rows[0]!.case_id}`)).body
    expect(page).toContain('Брат или сестра')
    expect((await w.get(w.people.stranger, `/ru/cases/${rows[0]!.case_id}`)).statusCode).toBe(404)
  })
  test('who must be kept apart is said at the top of every page where it matters, in words', async () => {
    const contact = await w.contact()
    const first = await w.send(w.people.duty, `/cases/new?contact=${contact}`, {
      'children[0][name]': 'Парвина',
      'children[0][relation]': 'child',
      'children[1][name]': 'Сухроб',
      'children[1][relation]': 'sibling',
      danger: 'concern',
      team: w.teamA,
    })
    const a = /cases\/([0-9a-f-]{36})/.exec(String(first.headers.location))![1]!
    const b = (await w.db.owner.query('select id, number from app.case_record where contact_id = $1 and id <> $2', [contact, a])).rows[0]
    const before = (await w.get(w.people.worker, `/ru/cases/${a}`)).body
    expect(before).not.toContain('не должны')
    await w.send(w.people.worker, `/cases/${a}/links/new`, { number: b.number, relation: 'sibling', together: 'must_not_know' })
    const words = 'Этот ребёнок и его брат или сестра не должны узнать друг о друге'
    for (const p of ['', '/share', '/assign', '/notes/new', '/links/new', '/access', '/exclude', '/danger']) {
      const body = (await w.get(w.people.worker, `/ru/cases/${a}${p}`)).body
      expect([p, body.includes(words), body.includes('govuk-warning-text')]).toEqual([p, true, true])
      if (p === '') expect(body.indexOf(words)).toBeLessThan(body.indexOf('dv-cards'))
    }
    const page = (await w.get(w.people.worker, `/ru/cases/${a}`)).body
    expect(page.split('Из того же обращения')[1]!.split('</li>')[0]).toContain('не должны знать друг о друге')
    expect((await w.get(w.people.worker, `/en/cases/${b.id}`)).body).toContain('must not learn of each other')
  })
  test('a number that is taken is drawn again', async () => {
    const { createCase } = await import('./store.ts')
    const { openCase } = await import('./rules.ts')
    const { newId } = await import('../platform/records.ts')
    await w.as(w.people.worker, async a => {
      const draws = [new Uint8Array(7), new Uint8Array(7), new Uint8Array(7).fill(1)]
      const make = () =>
        createCase(
          a,
          { id: newId(), homeGroup: w.teamA },
          number =>
            openCase(
              { number, personId: newId(), contactId: null, assignee: null, danger: 'none', reason: '' },
              { now: a.now, today: '2026-11-24' },
            ),
          { nameAsSaid: '', ageAsSaid: '', why: '' },
          newId(),
          () => draws.shift()!,
        )
      expect((await make()).number).toBe('D-0000000')
      expect((await make()).number).toBe('D-1111111')
    })
  })
})

test('the office reads forms and nothing else', async () => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml']) {
    const r = await w.office.app.inject({
      method: 'POST',
      url: '/ru/cases/new',
      headers: { cookie: w.people.worker.cookie, origin: testOrigin, 'sec-fetch-site': 'same-origin', 'content-type': type },
      payload: '{"danger":{"a":1}}',
    })
    expect(r.statusCode, type).toBe(415)
  }
})

test('nobody excludes a team of their own, and so themselves', async () => {
  const id = await w.open(w.people.worker)
  const who = { who: `team:${w.desk}`, reason: 'проверка' }
  await w.join(w.people.worker, w.desk, 'desk')
  try {
    expect((await w.send(w.people.worker, `/cases/${id}/exclude`, who)).statusCode).toBe(422)
  } finally {
    await w.db.owner.query('delete from app.member where user_id = $1 and team_id = $2', [w.people.worker.id, w.desk])
  }
  expect((await w.send(w.people.worker, `/cases/${id}/exclude`, who)).statusCode).toBe(303)
})

test('what was known before it was written down says so, and what is of today does not', async () => {
  const id = await w.open(w.people.worker, { name: 'Лола' })
  const note = (text: string, day: Record<string, string>) =>
    w.send(w.people.worker, `/cases/${id}/notes/new`, { text, compartment: 'summary', source: 'worker', ...day })
  expect((await note('сегодня', {})).statusCode).toBe(303)
  expect((await w.get(w.people.worker, `/ru/cases/${id}`)).body).not.toContain('записано позже')
  const before = { 'learned-day': '2', 'learned-month': '3', 'learned-year': '2024', paperBy: 'Аист' }
  expect((await note('с бумаги', before)).statusCode).toBe(303)
  expect((await w.get(w.people.worker, `/ru/cases/${id}`)).body).toMatch(/2 марта 2024 · записано позже/)
})
