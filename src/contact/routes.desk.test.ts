import { afterAll, describe, expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { newId, readJournal } from '../platform/records.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { weekOf } from '../prevention/rules.reach.ts'
import { canary, deskWorld } from './desk.testing.ts'
import { phraseIds } from './schema.desk-phrases.ts'
import { closeGroups, closeReasons } from './schema.ts'
import { meaningOf, phraseSheet, sentence } from './store.desk-phrases.ts'
import { contactMessages } from './store.ts'

const { w, desk, worker, boss, stranger, report, walkIn, act, file, replayed } = await deskWorld()
afterAll(() => w.end())

describe('who may not', () => {
  test('contact:load and contact:calendar: others get the bytes of an unknown address', async () => {
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    for (const role of roles) {
      const p = await w.person({ agency: desk.agency, roles: [role] })
      for (const [url, allowed] of [
        ['/ru/contacts/load', ['supervisor']],
        ['/ru/contacts/calendar', ['supervisor', 'administrator']],
      ] as const) {
        const r = await w.get(p, url)
        if ((allowed as readonly string[]).includes(role)) expect(r.statusCode, `${role} ${url}`).toBe(200)
        else expect([r.statusCode, r.body], `${role} ${url}`).toEqual([404, unknown])
      }
    }
  })
  test('the stream of a contact is for those who may open it, and opens nothing: without a session it leads to the sign-in page', async () => {
    const id = await walkIn(desk)
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    for (const url of [`/ru/contacts/${id}/live`, '/ru/contacts/live'])
      expect((await w.get(undefined, url)).headers.location).toContain('/ru/sign-in')
    const other = await w.get(stranger, `/ru/contacts/${id}/live`)
    expect([other.statusCode, other.body]).toEqual([404, unknown])
    expect((await w.get(stranger, `/ru/contacts/${newId()}/live`)).body).toBe(unknown)
    const seen = await w.get(desk, `/ru/contacts/${id}/live`)
    expect([seen.statusCode, seen.body]).toEqual([200, expect.stringMatching(/^1\.1/)])
  })
  test('looking whether something moved does not keep a session alive', async () => {
    const id = await walkIn(desk)
    const until = async () =>
      (await w.db.owner.query('select idle_until from app.session where user_id = $1', [desk.id])).rows[0].idle_until.toISOString()
    await w.db.owner.query("update app.session set idle_until = now() + interval '2 minutes' where user_id = $1", [desk.id])
    const before = await until()
    await w.get(desk, `/ru/contacts/${id}/live`)
    await w.get(desk, '/ru/contacts/live')
    expect(await until()).toBe(before)
  })
})

test('days of one agency are not those of another; a day has one meaning; a wrong one is told', async () => {
  const url = '/ru/contacts/calendar'
  const send = async (fields: Record<string, string>) => w.post(boss, url, { ...hiddenOf((await w.get(boss, url)).body, url), ...fields })
  const day = { 'day-day': '1', 'day-month': '12', 'day-year': '2026' }
  expect((await send({ kind: 'free' })).statusCode).toBe(422)
  expect((await send({ ...day, kind: 'free' })).statusCode).toBe(303)
  expect((await send({ ...day, kind: 'worked' })).statusCode).toBe(303)
  expect((await w.db.owner.query('select worked from app.calendar_day')).rows).toEqual([{ worked: true }])
  expect((await w.get(stranger, url)).body).toContain('Пока ничего не добавлено')
  const { id } = (await w.db.owner.query('select id from app.calendar_day')).rows[0]
  expect((await w.post(stranger, `${url}/${id}/remove`, {})).statusCode).toBe(303)
  expect((await w.get(boss, url)).body).toContain('2026')
  expect((await w.post(boss, `${url}/${id}/remove`, {})).statusCode).toBe(303)
  expect((await w.get(boss, url)).body).toContain('Пока ничего не добавлено')
})

test('"did this help?": weeks that are over, summed; small weeks by fives and the same at each look; the running week not at all', async () => {
  const monday = weekOf(new Date().toISOString().slice(0, 10))
  const put = (what: string, weeksAgo: number, n: number) =>
    w.db.owner.query('insert into app.public_count (day, what, n) values ($1::date - 7 * $3::int + 2 * ($3::int > 0)::int, $2, $4)', [
      monday,
      what,
      weeksAgo,
      n,
    ])
  const shown = async () => {
    const { body } = await w.get(boss, '/ru/contacts/load')
    const table = body.slice(body.indexOf('Разговор помог?'))
    return [...table.matchAll(/govuk-table__cell--numeric[^>]*>(\d+)</g)].slice(0, 3).map(m => Number(m[1]))
  }
  expect(await shown()).toEqual([0, 0, 0])
  await put('helped_yes', 1, 17)
  await put('helped_yes', 4, 12)
  await put('helped_yes', 5, 400)
  await put('helped_yes', 0, 1000)
  await put('helped_partly', 2, 3)
  await put('helped_partly', 3, 7)
  await put('home', 1, 99)
  const first = await shown()
  expect(first[0]).toBe(29)
  expect([5, 10, 15]).toContain(first[1])
  expect(first[2]).toBe(0)
  for (let i = 0; i < 3; i++) expect(await shown()).toEqual(first)
})

test('what lies unread for longer than a working day is red to the supervisor, on the list and by person', async () => {
  const { id } = await report()
  expect((await act(boss, id, 'assign', { to: desk.id })).statusCode).toBe(303)
  expect((await w.get(boss, '/ru/contacts')).body).not.toContain('Дольше рабочего дня')
  await w.db.owner.query("update app.contact set waits_since = now() - interval '80 days' where id = $1", [id])
  for (const url of ['/ru/contacts', '/ru/contacts/load']) {
    const { body } = await w.get(boss, url)
    expect(body, url).toContain('ольше рабочего дня')
    expect(body).not.toContain(canary)
  }
  expect((await w.get(boss, '/ru/contacts/load')).body).toContain('Ласточка')
  expect((await act(desk, id, 'read', {})).statusCode).toBe(303)
  expect((await w.get(boss, '/ru/contacts')).body).not.toContain('Дольше рабочего дня')
})

test('a note for colleagues is read by colleagues, never by the sender, and goes with a hand-over', async () => {
  const { id } = await report()
  const secret = 'спросить про вывески'
  expect((await act(boss, id, 'remark', { remark: secret }, { command: newId(), version: '1' })).statusCode).toBe(404)
  expect((await act(desk, id, 'remark', { remark: secret })).statusCode).toBe(303)
  expect((await act(desk, id, 'assign', { to: worker.id, word: 'она боится звонков' })).statusCode).toBe(303)
  const page = (await w.get(worker, `/ru/contacts/${id}`)).body
  expect(page).toContain(secret)
  expect(page).toContain('она боится звонков')
  expect((await w.get(boss, `/ru/contacts/${id}`)).body).not.toContain(secret)
  const said = await w.as(desk, x => contactMessages(x, id))
  expect(said).toHaveLength(1)
  expect(
    (await w.db.owner.query('select count(*)::int as n from app.message where contact_id = $1 and sealed_out is not null', [id])).rows[0].n,
  ).toBe(0)
  await replayed(id)
  // Supervision holds no story key: its word goes with the assignment, under the summary.
  const { id: other } = await report()
  expect((await act(boss, other, 'assign', { to: worker.id, word: 'мама звонила в дежурную часть' })).statusCode).toBe(303)
  for (const who of [worker, boss]) expect((await w.get(who, `/ru/contacts/${other}`)).body).toContain('мама звонила')
  expect(
    (await w.as(boss, x => readJournal(x, other, ['story', 'summary'])))
      .filter(e => e.type === 'contact_assigned')
      .map(e => Object.keys(e.parts)),
  ).toEqual([['summary']])
  await replayed(other)
})

test('a block hides what comes until it ends; whoever is in danger or unread is never blocked', async () => {
  const { id } = await report(canary, 'not_asked')
  const unread = await act(
    desk,
    id,
    'block',
    { days: '7', blockWhy: 'реклама' },
    { command: newId(), version: String((await file(desk, id))!.contact.version) },
  )
  expect(unread.statusCode).toBe(409)
  expect((await act(desk, id, 'read', {})).statusCode).toBe(303)
  expect((await act(desk, id, 'block', { days: '7', blockWhy: 'реклама' })).statusCode).toBe(303)
  await w.db.owner.query('update app.contact set unread = true where id = $1', [id])
  expect((await w.get(desk, '/ru/contacts')).body).not.toContain(id)
  await w.db.owner.query("update app.contact set blocked_until = now() - interval '1 minute' where id = $1", [id])
  expect((await w.get(desk, '/ru/contacts')).body).toContain(id)
  const danger = await report(canary, 'no')
  expect((await act(desk, danger.id, 'read', {})).statusCode).toBe(303)
  const version = String((await file(desk, danger.id))!.contact.version)
  expect((await act(desk, danger.id, 'block', { days: '1', blockWhy: 'x' }, { command: newId(), version })).statusCode).toBe(409)
})

test('every ready sentence stands in six languages, in plain letters, and its meaning is found again in what was sent', () => {
  const languages = ['ru', 'en', 'uz', 'ky', 'tg', 'fr'] as const
  const own = phraseIds.filter(p => p !== 'secret')
  for (const l of languages) {
    const sheet = phraseSheet(l)
    expect(Object.keys(sheet.words).sort(), l).toEqual([...own].sort())
    expect(sheet.reviewed, l).toBe(l === 'ru' || l === 'en')
    for (const p of own) {
      expect(sheet.words[p]!.length, `${l} ${p}`).toBeLessThan(200)
      expect(meaningOf(`${sentence(p, l)}\n\nи ещё`, l, l === 'ru' ? 'en' : 'ru')).toBe(`${sentence(p, l === 'ru' ? 'en' : 'ru')}\n\n…`)
    }
    expect(new Set(Object.values(sheet.words)).size, l).toBe(own.length)
  }
  expect(sentence('danger', 'uz-Cyrl')).toMatch(/112/)
  expect(sentence('thanks', 'uz-Cyrl')).not.toMatch(/[a-z]/)
  expect(meaningOf('просто слова', 'tg', 'ru')).toBeNull()
})

test('every reason for closing stands in one group of the form', () => {
  expect(Object.values(closeGroups).flat().sort()).toEqual([...closeReasons].sort())
})
