import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../base/time.ts'
import { openCaseEvent } from '../case/store.ts'
import { boxOpen } from '../platform/crypto.ts'
import { newId, readJournal } from '../platform/records.ts'
import { apply, emptyFollowUp, type Heard, scheduleAfter } from './rules.ts'
import { isFollowUpEvent, openFollowUpEvent } from './schema.ts'
import { answersOf, checkInsOf } from './store.ts'
import { waitingCheckIns } from './store.waiting.ts'
import { type FollowUpWorld, followUpWorld, pressed } from './world.testing.ts'

let w: FollowUpWorld
beforeAll(async () => {
  w = await followUpWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  expect(w.siteLogged).toEqual([])
  await w.end()
})
const today = () => dayOf(new Date().toISOString())
const levels = { safe: '5', slept: '4', food: '4', school: '3', talk: '2' }

test('who may not see follow-up finds nothing, and nobody reads what proves the words', async () => {
  const id = await w.closed()
  const { admin, duty, psychologist, lawyer, carer, stranger, follower, boss } = w.people
  for (const who of [admin, duty, psychologist, lawyer, carer, stranger, follower])
    for (const p of ['', '/record', '/code', '/code/end'])
      expect((await w.get(who, `/ru/cases/${id}/follow-up${p}`)).statusCode, p).toBe(404)
  // A supervisor reads and reopens, and writes down nothing.
  expect((await w.get(boss, `/ru/cases/${id}/follow-up`)).statusCode).toBe(200)
  for (const p of ['/record', '/code']) expect((await w.get(boss, `/ru/cases/${id}/follow-up${p}`)).statusCode).toBe(404)
  for (const who of [admin, duty, lawyer, boss, carer]) expect((await w.get(who, '/ru/follow-up')).statusCode).toBe(404)
  await expect(w.as(w.people.worker, a => a.tx.query('select proof_hash from app.check_in_code'))).rejects.toMatchObject({ code: '42501' })
  const seen = await w.as(stranger, async a => (await a.tx.query('select id from app.check_in')).rows)
  expect(seen).toEqual([])
})

test('closing makes the days, reopening ends those that are left, closing again makes new ones', async () => {
  const { worker, boss } = w.people
  const id = await w.closed()
  const list = () => w.as(worker, a => checkInsOf(a, id))
  expect((await list()).map(k => [k.due, k.state])).toEqual(scheduleAfter(today(), 'goals_met').map(d => [d, 'planned']))
  const page = (await w.get(worker, `/ru/cases/${id}/follow-up`)).body
  expect(page).toContain('впереди')
  expect((await w.get(worker, `/ru/cases/${id}`)).body).toContain('После закрытия')
  expect((await w.send(boss, `/cases/${id}/reopen`, { reason: 'позвонила' })).statusCode).toBe(303)
  expect((await list()).every(k => k.state === 'ended')).toBe(true)
  // The open case has its own notes.
  expect((await w.send(worker, `/cases/${id}/follow-up/record`, { checkIn: 'between', way: 'call', words: 'x' })).statusCode).toBe(422)
  expect((await w.send(worker, `/cases/${id}/close`, { reason: 'transferred', note: 'передали' })).statusCode).toBe(303)
  expect((await list()).filter(k => k.state === 'planned').length).toBe(2)
  expect(await w.as(worker, async a => (await checkInsOf(a, await w.closed(worker, 'opened_in_error'))).length)).toBe(0)
})

test('what staff write down is sealed, answers its day, and warns when it got worse', async () => {
  const { worker } = w.people
  const id = await w.closed()
  await w.db.owner.query(
    'update app.check_in set due = current_date - 20 where case_id = $1 and due = (select min(due) from app.check_in where case_id = $1)',
    [id],
  )
  expect((await w.get(worker, '/ru/follow-up')).body).toContain('ответа пока нет')
  const record = (fields: Record<string, string | string[]>) => w.send(worker, `/cases/${id}/follow-up/record`, fields)
  expect((await record({ checkIn: 'between', way: 'visit' })).statusCode).toBe(422)
  expect((await record({ checkIn: newId(), way: 'visit', words: 'x' })).statusCode).toBe(422)
  const first = (await w.as(worker, a => checkInsOf(a, id)))[0]!
  const saved = await record({ checkIn: first.id, way: 'visit', ...levels, words: 'зимородок у окна', paperBy: 'Иволга' })
  expect(saved.statusCode).toBe(303)
  expect((await record({ checkIn: first.id, way: 'call', words: 'ещё раз' })).body).toContain('уже есть ответ')
  expect((await record({ checkIn: 'between', way: 'call', safe: '1', talk: '2', help: 'help' })).statusCode).toBe(303)
  const page = (await w.get(worker, `/ru/cases/${id}/follow-up`)).body
  for (const words of [
    'зимородок у окна',
    'С бумаги',
    'На вопрос о безопасности ответ',
    'Стало хуже: безопасность',
    'Просит помощи',
    'Попросите руководителя',
  ])
    expect(page).toContain(words)
  expect(page).not.toContain('Стало хуже: с кем')
  expect((await w.get(w.people.boss, `/ru/cases/${id}/follow-up`)).body).toContain(`/cases/${id}/reopen`)
  expect((await w.get(worker, `/ru/cases/${id}`)).body).toContain('Записано, как дела')
  const rows = (await w.db.owner.query<{ x: string }>("select string_agg(x::text, ' ') as x from app.check_in_answer x")).rows[0]!.x
  expect(rows).not.toContain(Buffer.from('зимородок').toString('hex'))
})

test('a colleague with a grant of follow-up works on it; without one the page does not exist', async () => {
  const { worker, follower } = w.people
  const id = await w.closed()
  const open = await w.open(worker, { name: 'Нигора' })
  const day = { 'until-day': '1', 'until-month': '3', 'until-year': '2027' }
  const shared = await w.send(worker, `/cases/${open}/share`, {
    user: follower.id,
    compartments: ['identity', 'follow_up'],
    right: 'write',
    why: 'после закрытия',
    ...day,
  })
  expect(shared.statusCode).toBe(303)
  expect((await w.send(worker, `/cases/${open}/close`, { reason: 'moved', note: 'уехала' })).statusCode).toBe(303)
  expect(
    (await w.send(follower, `/cases/${open}/follow-up/record`, { checkIn: 'between', way: 'call', words: 'всё хорошо' })).statusCode,
  ).toBe(303)
  expect((await w.get(follower, `/ru/cases/${open}/follow-up`)).body).toContain('всё хорошо')
  expect((await w.get(worker, `/ru/cases/${open}/follow-up`)).body).toContain('всё хорошо')
  expect((await w.get(follower, `/ru/cases/${id}/follow-up`)).statusCode).toBe(404)
  expect((await w.get(follower, '/ru/follow-up')).statusCode).toBe(200)
})

test('the child answers: unread until somebody reads it, and a case does not close over it', async () => {
  const { worker, boss, lawyer } = w.people
  const id = await w.closed()
  await w.db.owner.query(
    'update app.check_in set due = current_date where case_id = $1 and due = (select min(due) from app.check_in where case_id = $1)',
    [id],
  )
  const words = await w.code(worker, id)
  const form = (await w.door(words, ' Зонтик '))!
  expect(form.words).toBe(words)
  const sent = await w.press('/ru/day/next', { ...form, ...levels, line: 'канарейка-ответ', ...pressed('help') })
  expect([sent.statusCode, sent.body.includes('112')]).toEqual([200, true])
  // The same form again changes nothing; put right, it is another answer.
  await w.press('/ru/day/next', { ...form, ...levels, line: 'канарейка-ответ', ...pressed('help') })
  expect((await w.press('/ru/day/next', { ...form, ...levels, safe: '1', ...pressed('send') })).statusCode).toBe(200)
  const answers = await w.as(worker, a => answersOf(a, id))
  expect(answers.map(x => [x.help, x.unread, x.child?.words, x.child?.answers.safe])).toEqual([
    [false, true, '', 1],
    [true, true, 'канарейка-ответ', 5],
  ])
  expect((await w.as(worker, a => checkInsOf(a, id)))[0]?.state).toBe('answered')
  const waiting = await w.as(worker, a => waitingCheckIns(a, { groups: [w.teamA], direct: [] }, today()))
  expect(waiting.rows[0]).toMatchObject({ kind: 'help', caseId: id })
  expect(await w.as(worker, a => waitingCheckIns(a, { groups: [], direct: [] }, today()))).toEqual({ rows: [], total: 0 })

  // A lawyer of the team has no follow-up key, and the public process none at all.
  expect((await w.as(lawyer, a => answersOf(a, id))).every(x => x.child === undefined)).toBe(true)
  for (const t of ['check_in', 'check_in_answer', 'check_in_code', 'journal', 'journal_part', 'sealed', 'public_count']) {
    const text = (await w.db.owner.query<{ x: string | null }>(`select string_agg(x::text, ' ') as x from app.${t} x`)).rows[0]!.x ?? ''
    for (const n of ['канарейка', 'зонтик', ...words.split(' ').filter(x => x.length > 4)]) {
      expect(text.includes(n), `${n} in ${t}`).toBe(false)
      expect(text.includes(Buffer.from(n).toString('hex')), `${n} in ${t}`).toBe(false)
    }
  }

  expect((await w.send(boss, `/cases/${id}/reopen`, { reason: 'просит помощи' })).statusCode).toBe(303)
  const refused = await w.send(worker, `/cases/${id}/close`, { reason: 'moved', note: 'x' })
  expect([refused.statusCode, refused.body.includes('этого никто не прочитал')]).toEqual([422, true])
  const page = (await w.get(worker, `/ru/cases/${id}/follow-up`)).body
  for (const a of answers) {
    expect(page).toContain(`answers/${a.id}/read`)
    expect((await w.post(worker, `/ru/cases/${id}/follow-up/answers/${a.id}/read`, { command: newId() })).statusCode).toBe(303)
  }
  expect((await w.post(worker, `/ru/cases/${id}/follow-up/answers/${answers[0]!.id}/read`, { command: newId() })).statusCode).toBe(422)
  // The code still works while the case is open: the child may be writing now.
  expect(await w.door(words, 'зонтик')).toBeDefined()
  expect((await w.send(worker, `/cases/${id}/close`, { reason: 'moved', note: 'x' })).statusCode).toBe(303)

  // The journal replays to the rows.
  const state = await w.as(worker, async a => {
    const heard = (await readJournal(a, id, ['summary', 'follow_up'])).flatMap((s): Heard[] => {
      if (s.type === 'check_in_answered' || s.type === 'check_in_help_asked')
        return [{ type: s.type, command: s.command, day: dayOf(s.recordedAt) }]
      if (isFollowUpEvent(s.type)) return [openFollowUpEvent(s.type, s.parts.follow_up!)]
      const e = openCaseEvent(s)?.event
      return e?.type === 'case_closed' || e?.type === 'case_reopened' ? [e] : []
    })
    return { heard, list: await checkInsOf(a, id), answers: await answersOf(a, id) }
  })
  const s = state.heard.reduce(apply, emptyFollowUp)
  // The test moved one day by hand; states are what is compared.
  expect(s.unread).toEqual([])
  expect(s.checkIns.map(k => k.state).filter(x => x === 'planned').length).toBe(state.list.filter(k => k.state === 'planned').length)
  expect(state.answers.every(x => !x.unread)).toBe(true)
})

test('the journal of days that nobody moved replays to exactly the rows', async () => {
  const { worker, boss } = w.people
  const id = await w.closed()
  const list = await w.as(worker, a => checkInsOf(a, id))
  await w.send(worker, `/cases/${id}/follow-up/record`, { checkIn: list[0]!.id, way: 'call', words: 'раз' })
  await w.send(worker, `/cases/${id}/follow-up/record`, { checkIn: 'between', way: 'call', words: 'два' })
  const words = await w.code(worker, id, { language: 'uz' })
  expect(words).toMatch(/^\d{4}( \d{4}){6}$/)
  await w.press('/uz/day/next', { ...(await w.door(words, 'зонтик', 'uz'))!, ...levels, ...pressed('send') })
  await w.send(boss, `/cases/${id}/reopen`, { reason: 'x' })
  const { heard, rows, unread } = await w.as(worker, async a => ({
    heard: (await readJournal(a, id, ['summary', 'follow_up'])).flatMap((s): Heard[] => {
      if (s.type === 'check_in_answered' || s.type === 'check_in_help_asked')
        return [{ type: s.type, command: s.command, day: dayOf(s.recordedAt) }]
      if (isFollowUpEvent(s.type)) return [openFollowUpEvent(s.type, s.parts.follow_up!)]
      const e = openCaseEvent(s)?.event
      return e?.type === 'case_closed' || e?.type === 'case_reopened' ? [e] : []
    }),
    rows: await checkInsOf(a, id),
    unread: (await answersOf(a, id)).filter(x => x.unread).map(x => x.id),
  }))
  const s = heard.reduce(apply, emptyFollowUp)
  expect(s.checkIns).toEqual(rows.map(k => ({ due: k.due, state: k.state })))
  expect(s.unread).toEqual(unread)
  expect(heard.map(e => e.type)).toEqual([
    'case_closed',
    'check_in_recorded',
    'check_in_recorded',
    'check_in_code_made',
    'check_in_answered',
    'case_reopened',
  ])
})

test('a code is shown once, the same form shows the same words, a new one ends the old, an ended one opens nothing', async () => {
  const { worker } = w.people
  const id = await w.closed()
  const url = `/ru/cases/${id}/follow-up/code`
  const page = (await w.get(worker, url)).body
  const hidden = Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(seed|command)" value="([^"]*)"/g)].map(m => [m[1]!, m[2]!]),
  )
  // Words that stand in no list: the receipt beside them is made by chance.
  const fields = { ...hidden, language: 'ru', word: 'мандаринка', danger: 'скворушка' }
  const [one, two] = [await w.post(worker, url, fields), await w.post(worker, url, fields)]
  const secret = (b: string) => /dv-secret[^>]*>(.*?)<\/ol>/.exec(b)?.[1]
  expect([one.statusCode, two.statusCode, secret(one.body)]).toEqual([200, 200, secret(two.body)])
  expect(one.body).not.toMatch(/мандаринка|скворушка/)
  expect((await w.post(worker, url, { ...fields, word: 'другое' })).statusCode).toBe(409)
  expect((await w.post(worker, url, { ...fields, command: newId(), seed: 'x' })).statusCode).toBe(422)
  expect(Number((await w.db.owner.query('select count(*) as n from app.check_in_code where case_id = $1', [id])).rows[0].n)).toBe(1)
  const old = secret(one.body)!
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
  expect(await w.door(old, 'мандаринка')).toBeDefined()
  const fresh = await w.code(worker, id)
  expect(await w.door(old, 'мандаринка')).toBeUndefined()
  expect(await w.door(fresh, 'зонтик')).toBeDefined()
  expect((await w.send(worker, `/cases/${id}/follow-up/code/end`, { reason: 'телефон забрали' })).statusCode).toBe(303)
  expect(await w.door(fresh, 'зонтик')).toBeUndefined()
})

test('what the child left is opened by the follow-up key alone: the words open nothing, nor does another row', async () => {
  const id = await w.closed()
  const words = await w.code(w.people.worker, id)
  await w.press('/ru/day/next', { ...(await w.door(words, 'зонтик'))!, ...levels, ...pressed('send') })
  const row = (
    await w.db.owner.query(
      'select a.id, a.boxed, c.public_x from app.check_in_answer a join app.check_in_code c on c.id = a.code_id where a.case_id = $1',
      [id],
    )
  ).rows[0]
  expect(() => boxOpen({ publicKey: row.public_x, secretKey: Buffer.alloc(32, 7) }, row.boxed.subarray(0, 80))).toThrow()
  await w.db.owner.query('update app.check_in_answer set id = $2 where id = $1', [row.id, newId()])
  expect((await w.as(w.people.worker, a => answersOf(a, id)))[0]?.child).toBeUndefined()
})
