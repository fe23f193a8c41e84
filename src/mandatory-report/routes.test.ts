import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { addDays, dayOf } from '../base/time.ts'
import { caseJournal, findCase } from '../case/store.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { screeningPolicy } from '../screening/policy.ts'
import { reportPolicy } from './policy.ts'
import { registerReports, reportsPart } from './routes.ts'
import { applyReport, emptyState } from './rules.ts'
import { isReportEvent, openReportEvent, type ReportState } from './schema.ts'
import { decisionsOf, factsOf, lettersOfCase, whole } from './store.ts'
import { openReportsOf, waitingReports } from './store.waiting.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerReports, [reportPolicy, screeningPolicy], [reportsPart])
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const canary = 'канарейка: били ремнём'
const status = async (who: Parameters<CaseWorld['get']>[0], url: string) => (await w.get(who, `/ru${url}`)).statusCode
const one = async <V>(sql: string, values: readonly unknown[] = []): Promise<V> =>
  Object.values((await w.db.owner.query(sql, values as unknown[])).rows[0] ?? {})[0] as V
const fact = async (id: Id, more: Record<string, string> = {}): Promise<Id> => {
  const sent = await w.send(w.people.worker, `/cases/${id}/reports/facts/new`, { kind: 'violence', text: canary, life: 'no', ...more })
  expect(sent.statusCode).toBe(303)
  return one('select f.id from app.report_fact f where case_id = $1 and not exists (select from app.report_decision d where d.id = f.id)', [
    id,
  ])
}
const decide = (id: Id, f: Id, fields: Record<string, string | string[]>, who = w.people.worker) =>
  w.send(who, `/cases/${id}/reports/${f}/decide`, { reason: 'так надо', ...fields })
const letter = (id: Id, recipient: string): Promise<Id> =>
  one("select id from app.report_letter where case_id = $1 and recipient = $2 and state <> 'stopped'", [id, recipient])
const today = () => dayOf(new Date().toISOString())
const dayFields = (name: string, day: string) => {
  const [y, m, d] = day.split('-') as [string, string, string]
  return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y }
}

test('who may not see or do finds nothing', async () => {
  const { worker, boss, lawyer, psychologist, follower, carer, admin, stranger } = w.people
  const id = await w.open(worker)
  const f = await fact(id)
  await decide(id, f, { answer: 'now', recipients: ['police'] })
  const l = await letter(id, 'police')
  for (const who of [psychologist, follower, carer, admin, stranger])
    for (const p of ['reports', 'reports/facts/new', `reports/${f}/decide`, `letters/${l}`, `letters/${l}/write`, `letters/${l}/sent`])
      expect([p, await status(who, `/cases/${id}/${p}`)]).toEqual([p, 404])
  for (const who of [boss, lawyer])
    for (const p of ['reports/facts/new', `letters/${l}/write`]) expect([p, await status(who, `/cases/${id}/${p}`)]).toEqual([p, 404])
  expect(await status(lawyer, `/cases/${id}/reports/${f}/decide`)).toBe(404)
  expect(await status(w.people.duty, '/reports')).toBe(404)
  // A fact or letter of another case is none of this one.
  const other = await w.open(worker)
  expect(await status(worker, `/cases/${other}/reports/${f}/decide`)).toBe(404)
  expect(await status(worker, `/cases/${other}/letters/${l}`)).toBe(404)
  expect((await w.get(stranger, '/ru/reports')).body).not.toContain(l)
})

test('words of the fact are open to the story only; supervisor and lawyer follow without reading them', async () => {
  const { worker, boss, lawyer } = w.people
  const id = await w.open(worker)
  const f = await fact(id)
  await decide(id, f, { answer: 'now', recipients: ['police'] })
  const l = await letter(id, 'police')
  await w.send(worker, `/cases/${id}/letters/${l}/write`, { facts: canary, identity: 'initials' })
  expect((await w.get(worker, `/ru/cases/${id}/reports`)).body).not.toContain(canary)
  expect((await w.get(worker, `/ru/cases/${id}/reports?open=story`)).body).toContain(canary)
  const until = dayFields('until', addDays(today(), 30))
  await w.send(worker, `/cases/${id}/share`, { user: lawyer.id, compartments: ['summary'], right: 'read', why: 'x', ...until })
  for (const who of [boss, lawyer])
    for (const p of ['reports?open=story', `letters/${l}`]) {
      const seen = await w.get(who, `/ru/cases/${id}/${p}`)
      expect(seen.statusCode).toBe(200)
      expect(seen.body).not.toContain(canary)
    }
  const dump = JSON.stringify(
    (await w.db.owner.query('select f.*, d.*, l.* from app.report_fact f, app.report_decision d, app.report_letter l')).rows,
  )
  expect(dump).not.toContain('канарейка')
})

test('from a fact to an answer; the register, the worklist and the journal say the same', async () => {
  const { worker, boss } = w.people
  const id = await w.open(worker, { name: 'Каримова Лола' })
  const scope = { groups: [w.teamA], direct: [] }
  const waiting = (who?: Id) => w.as(worker, a => waitingReports(a, scope, today(), who)).then(r => r.rows.filter(x => x.caseId === id))
  const f = await fact(id, { life: 'yes' })
  expect((await waiting()).map(x => x.kind)).toEqual(['decide'])
  expect(await waiting(boss.id)).toEqual([])
  const page = (await w.get(worker, `/ru/cases/${id}/reports?open=story`)).body
  expect(page).toContain('Сначала помощь')
  expect(page).toContain(`/ru/cases/${id}/plan`)
  expect(page).toContain('местное правило')
  expect(page).toContain('сначала позвоните')
  expect(page.indexOf('Сначала помощь')).toBeLessThan(page.indexOf(canary))
  const card = (await w.get(worker, `/ru/cases/${id}`)).body
  expect(card).toContain('Решить, сообщать ли')
  expect(card).not.toContain(canary)
  expect((await decide(id, f, { answer: 'now' })).statusCode).toBe(422)
  expect((await decide(id, f, { answer: 'now', recipients: ['police', 'guardianship'] })).statusCode).toBe(303)
  expect((await waiting()).map(x => x.kind)).toEqual(['send', 'send'])
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(2)
  const [police, guardianship] = [await letter(id, 'police'), await letter(id, 'guardianship')]
  const at = (l: Id, p: string) => `/cases/${id}/letters/${l}/${p}`
  expect((await w.send(worker, at(police, 'sent'), { how: 'post' })).statusCode).toBe(422)
  expect((await w.send(worker, at(police, 'write'), { facts: 'Видели следы', identity: 'full' })).statusCode).toBe(422)
  expect((await w.send(worker, at(police, 'write'), { facts: 'Видели следы', identity: 'initials', about: ['age'] })).statusCode).toBe(303)
  const shown = (await w.get(worker, `/en/cases/${id}/letters/${police}`)).body
  expect(shown).toContain('К. Л.')
  expect(shown).not.toContain('Каримова')
  expect(shown).toContain('To the police department')
  expect(shown).toContain('Видели следы')
  expect(
    (await w.send(worker, at(police, 'write'), { facts: 'Видели следы', identity: 'full', why: 'нужно найти родных' })).statusCode,
  ).toBe(303)
  expect((await w.get(worker, `/ru/cases/${id}/letters/${police}`)).body).toContain('Каримова Лола')
  expect((await w.send(boss, at(police, 'sent'), { how: 'in_person' })).statusCode).toBe(303)
  expect((await w.send(worker, at(guardianship, 'sent'), { how: 'phone' })).statusCode).toBe(303)
  expect((await w.send(boss, at(police, 'registered'), { number: 'КУСП 77' })).statusCode).toBe(303)
  expect(await one('select answer_due::text from app.report_letter where id = $1', [police])).toBe(addDays(today(), 3))
  const register = (await w.get(boss, '/ru/reports')).body
  expect(register).toContain('КУСП 77')
  expect(register).not.toContain('Каримова')
  expect(await waiting()).toEqual([])
  await w.db.owner.query('update app.report_letter set answer_due = current_date - 2 where id = $1', [guardianship])
  expect((await waiting()).map(x => x.kind)).toEqual(['answer'])
  expect((await w.get(boss, '/ru/reports?show=overdue')).body).toContain(guardianship)
  const late = (await w.get(worker, `/ru/cases/${id}/reports`)).body
  expect(late).toContain('Добавить получателя: Прокуратура')
  // Escalation is another decision: who is told already stays told.
  expect((await decide(id, f, { answer: 'now', recipients: ['police', 'guardianship', 'prosecutor'] })).statusCode).toBe(303)
  expect(await one('select count(*)::int from app.report_letter where case_id = $1', [id])).toBe(3)
  // An authority names our number on the phone.
  const named = /№ (D-[^ ]+) /.exec((await w.get(worker, `/ru/cases/${id}/letters/${police}`)).body)![1]!
  expect((await w.send(worker, '/people/search', { q: named })).headers.location).toContain(`/cases/${id}`)
  expect((await w.send(worker, at(guardianship, 'answered'), { answer: 'выехали, составили акт' })).statusCode).toBe(303)
  expect((await w.send(worker, at(police, 'stop'), { reason: 'ответ ушёл в прокуратуру' })).statusCode).toBe(303)
  expect((await w.get(worker, `/ru/cases/${id}?open=story&why=work`)).body).toContain('выехали, составили акт')
})

test('later has a day and comes back; not to report asks a second person; nobody overwrites another', async () => {
  const { worker, worker2, boss } = w.people
  const id = await w.open(worker)
  const f = await fact(id)
  const url = `/ru/cases/${id}/reports/${f}/decide`
  const stale = (await w.get(worker2, url)).body
  expect((await decide(id, f, { answer: 'later' })).statusCode).toBe(422)
  expect((await decide(id, f, { answer: 'later', ...dayFields('until', addDays(today(), 3)) })).statusCode).toBe(303)
  const again = await w.post(worker2, url, {
    version: /name="version" value="(\d+)"/.exec(stale)![1]!,
    command: newId(),
    answer: 'no',
    reason: 'x',
  })
  expect(again.statusCode).toBe(409)
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(1)
  expect((await decide(id, f, { answer: 'no', reason: 'ошиблись, это не о ребёнке' })).statusCode).toBe(303)
  expect(await one('select what from app.second_look where record = $1', [id])).toBe('not_reported')
  expect((await w.get(boss, `/ru/cases/${id}`)).body).toContain('Решено не сообщать в органы')
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(0)
})

test('a fact known from a screening asks by itself, and danger to life learned later asks anew', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  const screening = newId()
  await w.db.owner.query(
    "insert into app.screening (id, record, kind, home_group, fact_learned, version, sealed) values ($1, $2, 'case', $3, now() - interval '30 hours', 1, '')",
    [screening, id, w.teamA],
  )
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(1)
  const page = (await w.get(worker, `/ru/cases/${id}/reports`)).body
  expect(page).toContain('Записано в скрининге')
  expect(page).toContain('нужно было решить до')
  expect((await decide(id, screening, { answer: 'no' })).statusCode).toBe(303)
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(0)
  await w.db.owner.query('update app.screening set fact_life = true where id = $1', [screening])
  expect(await w.as(worker, a => openReportsOf(a, id))).toBe(1)
})

test('when it was learned: never ahead, and a case that is closed takes no new fact but its letters are followed', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  const url = `/cases/${id}/reports/facts/new`
  const ahead = { kind: 'violence', text: 'x', life: 'no', ...dayFields('learned', addDays(today(), 1)) }
  expect((await w.send(worker, url, ahead)).statusCode).toBe(422)
  expect((await w.send(worker, url, { ...ahead, ...dayFields('learned', addDays(today(), -1)), time: '25:00' })).statusCode).toBe(422)
  const f = await fact(id, { ...dayFields('learned', addDays(today(), -1)), time: '9.05' })
  expect(await one<Date>('select learned from app.report_fact where id = $1', [f])).toEqual(
    new Date(`${addDays(today(), -1)}T06:05:00.000Z`),
  )
  await decide(id, f, { answer: 'now', recipients: ['police'] })
  await w.db.owner.query("update app.case_record set state = 'closed' where id = $1", [id])
  expect((await w.send(worker, url, { kind: 'violence', text: 'x', life: 'no' })).statusCode).toBe(422)
  expect((await w.send(worker, `/cases/${id}/letters/${await letter(id, 'police')}/sent`, { how: 'phone' })).statusCode).toBe(303)
})

test('one person at night is enough: who opened the case records the fact, decides and calls', async () => {
  const { duty } = w.people
  const id = await w.open(duty, { contact: await w.contact(), danger: 'danger' })
  expect((await w.send(duty, `/cases/${id}/reports/facts/new`, { kind: 'held', text: canary, life: 'yes' })).statusCode).toBe(303)
  const f = await one<Id>('select id from app.report_fact where case_id = $1', [id])
  expect((await w.get(duty, `/ru/cases/${id}/reports?open=story`)).body).toContain(canary)
  expect((await decide(id, f, { answer: 'now', recipients: ['police'] }, duty)).statusCode).toBe(303)
  const l = await letter(id, 'police')
  expect((await w.send(duty, `/cases/${id}/letters/${l}/write`, { facts: 'x', identity: 'initials' })).statusCode).toBe(303)
  expect((await w.send(duty, `/cases/${id}/letters/${l}/sent`, { how: 'phone' })).statusCode).toBe(303)
})

test('the journal, replayed, is the rows', async () => {
  const { worker } = w.people
  const cases = (await w.db.owner.query<{ id: Id }>('select distinct case_id as id from app.report_fact')).rows
  expect(cases.length).toBeGreaterThan(3)
  for (const { id } of cases)
    await w.as(worker, async a => {
      if (!(await findCase(a, id))) return
      const seen = await caseJournal(a, id, ['summary', 'story'], 500)
      const replayed = seen.reduce<ReportState>((s, e) => {
        const part = e.parts.summary ?? e.parts.story
        return isReportEvent(e.type) && part ? applyReport(s, openReportEvent(e.type, part)) : s
      }, emptyState)
      const [facts, decisions, letters] = [await factsOf(a, id), await decisionsOf(a, id), await lettersOfCase(a, id, { withWords: true })]
      expect(Object.fromEntries(replayed.facts)).toEqual(
        Object.fromEntries(facts.filter(f => f.from === 'fact').map(f => [f.id, { learned: f.learned, life: f.life }])),
      )
      expect(Object.fromEntries(replayed.decisions)).toEqual(Object.fromEntries(decisions))
      for (const row of letters) {
        const { caseId: _c, written: _w, ...l } = { ...row, ...whole(row)! }
        // One due day of this file was moved into the past by hand.
        if (row.recipient === 'guardianship') continue
        expect(replayed.letters.get(row.id)).toEqual(l)
      }
      expect(replayed.letters.size).toBe(letters.length)
    })
})
