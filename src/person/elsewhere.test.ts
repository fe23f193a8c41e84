import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { elsewherePolicy } from './policy.elsewhere.ts'
import { matchPolicy } from './policy.match.ts'
import { registerElsewhere } from './routes.elsewhere.ts'
import { draftOf } from './rules.draft.ts'
import { newTalk, revealed, talk } from './rules.elsewhere.ts'
import { recordPerson } from './rules.ts'
import { searchPeople } from './store.search.ts'
import { createPerson } from './store.ts'

let w: CaseWorld
let far: Id
let near: Id
/** Coordinator and case worker of another agency's team; coordinator of a third team, of the asker's own agency. */
let holder: Who
let hands: Who
let third: Who
let interpreter: Who
let analyst: Who
const secret = 'Дальняя-группа'
const agencyName = async (id: Id) => (await w.db.owner.query('select id from app.agency where id = $1', [id])).rows.length
beforeAll(async () => {
  w = await caseWorld(registerElsewhere, [matchPolicy, elsewherePolicy])
  const agency = w.people.stranger.agency
  expect(await agencyName(agency)).toBe(1)
  far = await w.team(agency, { name: secret })
  near = await w.team(w.agencyId, { name: 'Третья' })
  holder = await w.person({ agency, roles: ['supervisor'], member: [[far, 'supervision']], alias: 'Филин-координатор' })
  hands = await w.person({ agency, roles: ['case_worker'], member: [[far, 'casework']], alias: 'Дрозд' })
  third = await w.person({ agency: w.agencyId, roles: ['supervisor'], member: [[near, 'supervision']], alias: 'Третий' })
  interpreter = await w.person({ agency: w.agencyId, roles: ['interpreter'], member: [], alias: 'Толмач' })
  analyst = await w.person({ agency: w.agencyId, roles: ['analyst'], member: [], alias: 'Счёт' })
  // Every team that searches gets the key from whoever has it.
  await record(hands, 'Первый Ключевой')
  for (const who of [hands, w.people.worker, hands, holder, third, w.people.worker]) await w.as(who, a => searchPeople(a, ['Первый']))
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const said = { source: 'child', confidence: 'low' } as const
const record = (who: Who, name: string, age = '', team = far) =>
  w.as(who, async a => {
    const recording = () => ({ id: newId(), by: who.id, at: a.now })
    const e = recordPerson('child', [
      { draft: draftOf({ what: 'name', text: name, ...said }), recording: recording() },
      ...(age ? [{ draft: { what: 'age' as const, text: age, ...said }, recording: recording() }] : []),
    ])
    return (await createPerson(a, { id: newId(), homeGroup: team }, e, newId())).id
  })
const ask = (who: Who, name: string, more: Record<string, string> = {}) => w.send(who, '/matches/ask', { name, sex: 'not_asked', ...more })
const toldText = 'Её координатор предупреждён'
const nobodyText = 'Никто не предупреждён'
const rows = async (sql: string, values: unknown[] = []) => (await w.db.owner.query(sql, values)).rows
const forget = () => rows('delete from app.match_query')
/** What a page says, without what every page makes anew. */
const bytes = (body: string) => body.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
const exclude = (who: Who, id: Id, kind: 'user' | 'team' | 'agency' = 'user', what: Id = who.id) =>
  rows('insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, $4, $5, $6)', [
    newId(),
    id,
    far,
    kind,
    what,
    hands.id,
  ])
const noticeOf = async (person: Id): Promise<Id> => (await rows('select id from app.match_notice where person_id = $1', [person]))[0].id
const askOf = async (person: Id): Promise<Id> => (await rows('select id from app.match_ask where found_id = $1', [person]))[0].id
const message = 'Звоните Филину 8-800-канарейка'

describe('who may not', () => {
  test('an interpreter, a carer, an analyst, an administrator and others without the roles cannot ask; other coordinators and workers see no notice', async () => {
    for (const who of [interpreter, analyst, w.people.carer, w.people.admin, w.people.psychologist, w.people.lawyer, w.people.follower]) {
      expect([who.alias, (await w.get(who, '/ru/matches/ask')).statusCode]).toEqual([who.alias, 404])
      expect((await w.post(who, '/ru/matches/ask', { name: 'Икс Игрек', sex: 'not_asked', command: newId() })).statusCode).toBe(404)
      await expect(
        w.as(who, a => a.tx.query('select * from app.match_claim($1, $2, null, null)', [[newId()], w.teamA])),
      ).rejects.toMatchObject({ code: '42501' })
    }
    const id = await record(hands, 'Гулнора Саидова')
    await ask(w.people.worker, 'Гульнора Саидова')
    const [notice, own] = [await noticeOf(id), await askOf(id)]
    for (const who of [third, w.people.boss, w.people.worker, hands, w.people.duty]) {
      expect([who.alias, (await w.get(who, `/ru/matches/notices/${notice}`)).statusCode]).toEqual([who.alias, 404])
      expect((await w.post(who, `/ru/matches/notices/${notice}`, { decision: 'later', version: '1', command: newId() })).statusCode).toBe(
        404,
      )
    }
    for (const who of [third, holder, hands, w.people.duty]) {
      expect([who.alias, (await w.get(who, `/ru/matches/asks/${own}`)).statusCode]).toEqual([who.alias, 404])
      expect((await w.post(who, `/ru/matches/asks/${own}`, { message: 'x', version: '1', command: newId() })).statusCode).toBe(404)
    }
    expect((await w.get(third, '/ru/matches/notices')).body).toContain('Никто не спрашивал')
    expect((await w.get(holder, '/ru/matches/notices')).body).toContain('Гулнора Саидова')
  })

  test('with SQL of its own a session cannot write a notice, tell without a question, ask twice with one, or read whom it found', async () => {
    const id = await record(hands, 'Меҳрубон Одинаева')
    await ask(w.people.worker, 'Мехрубон Одинаева')
    const sql = (text: string, values: unknown[] = [], who: Who = w.people.worker) => w.as(who, a => a.tx.query(text, values))
    for (const table of ['match_query', 'match_notice', 'match_ask', 'match_word']) {
      await expect(sql(`insert into app.${table} default values`)).rejects.toMatchObject({ code: '42501' })
      await expect(sql(`delete from app.${table}`)).rejects.toMatchObject({ code: '42501' })
    }
    for (const text of ['select found_id from app.match_ask', 'select * from app.match_word', 'select * from app.match_ask'])
      await expect(sql(text)).rejects.toMatchObject({ code: '42501' })
    await expect(sql('update app.match_ask set state = $1', ['both'])).rejects.toMatchObject({ code: '42501' })
    expect((await sql('select from app.match_notice')).rowCount).toBe(0)
    // The rows it sees may not be narrowed by the column either.
    await expect(sql('select id from app.match_ask where found_id = $1', [id])).rejects.toMatchObject({ code: '42501' })
    const tell = (q: Id) =>
      sql('select app.match_tell($1, $2, $3, $4, $5, $6, $7, 1, $8)', [
        q,
        [id],
        [newId()],
        [newId()],
        [1],
        [Buffer.from('x')],
        [newId()],
        [Buffer.from('x')],
      ])
    await expect(tell(newId())).rejects.toMatchObject({ code: '42501' })
    const used = (await rows('select id from app.match_query order by at desc limit 1'))[0].id
    await expect(tell(used)).rejects.toMatchObject({ code: '42501' })
    const taken = newId()
    await sql('select app.match_claim($1, $2, null, null)', [[taken], w.teamA])
    await expect(
      w.as(holder, a => a.tx.query('select app.match_tell($1, $2, $2, $2, $3, $4, $2, 1, $4)', [taken, [id], [1], [Buffer.from('x')]])),
    ).rejects.toMatchObject({ code: '42501' })
    // Two questions under one pair: the answer to one would open the words of the other.
    const [pair, others] = [
      (await rows('select pair from app.match_ask where found_id = $1', [id]))[0].pair,
      await record(hands, 'Сафия Одинаева'),
    ]
    const again = newId()
    await sql('select app.match_claim($1, $2, null, null)', [[again], w.teamA])
    await expect(
      sql('select app.match_tell($1, $2, $3, $4, $5, $6, $7, 1, $8)', [
        again,
        [others],
        [newId()],
        [pair],
        [1],
        [Buffer.from('x')],
        [newId()],
        [Buffer.from('x')],
      ]),
    ).rejects.toMatchObject({ code: '23505' })
    await expect(sql('select app.match_claim($1, $2, null, null)', [[newId()], far])).rejects.toMatchObject({ code: '42501' })
    await expect(sql('select app.elsewhere_may($1)', [w.teamA])).rejects.toMatchObject({ code: '42501' })
  })
})

test('whoever asks learns that a possible match exists: never its id, name, team or agency, in no byte, before both agreed', async () => {
  await forget()
  const id = await record(hands, 'Джамшед Раҳимзода', '14')
  const { worker } = w.people
  const answer = await ask(worker, 'Dzhamshed Rakhimzoda', { age: '14' })
  expect(answer.body).toContain(toldText)
  const own = await askOf(id)
  const seen = [
    answer,
    await w.get(worker, '/ru/matches/asks'),
    await w.get(worker, `/ru/matches/asks/${own}`),
    await w.get(worker, '/ru/matches/ask'),
  ]
  const notice = await noticeOf(id)
  await w.send(holder, `/matches/notices/${notice}`, { decision: 'talk', message })
  seen.push(await w.get(worker, '/ru/matches/asks'), await w.get(worker, `/ru/matches/asks/${own}`))
  expect(seen.at(-1)!.body).toContain('другая сторона просит поговорить')
  const words = [id, notice, far, 'Раҳимзода', secret, 'Филин', 'канарейка', holder.id]
  for (const s of seen)
    for (const word of words) expect([word, JSON.stringify(s.headers).includes(word) || s.body.includes(word)]).toEqual([word, false])
  // Nor may a statement of its own read the words before both agreed.
  expect((await w.as(worker, a => a.tx.query('select * from app.match_words($1)', [own]))).rowCount).toBe(0)
  const session = await w.as(worker, async a =>
    JSON.stringify(
      (await a.tx.query('select id, home_group, pair, state, found, version, key_version, sealed, answer, reply_x from app.match_ask'))
        .rows,
    ),
  )
  for (const word of [id, far, notice]) expect(session).not.toContain(word)
})

describe('whoever is kept from the record', () => {
  for (const kind of ['user', 'team', 'agency'] as const)
    test(`by ${kind}: is answered as if nobody were known, byte for byte, and the coordinator is told`, async () => {
      await forget()
      const { worker } = w.people
      const id = await record(hands, `Зарина Исключённая${kind}`)
      await exclude(worker, id, kind, kind === 'user' ? worker.id : kind === 'team' ? w.teamA : w.agencyId)
      const asks = (await rows('select count(*) as n from app.match_ask'))[0].n
      const kept = await ask(worker, `Зарина Исключённая${kind}`)
      const unknown = await ask(worker, `Никому Неизвестна${kind}`)
      expect(kept.body).toContain(nobodyText)
      expect(bytes(kept.body).replaceAll('Зарина Исключённая', 'Никому Неизвестна')).toBe(bytes(unknown.body))
      expect((await rows('select count(*) as n from app.match_ask'))[0].n).toBe(asks)
      const page = await w.get(holder, `/ru/matches/notices/${await noticeOf(id)}`)
      expect(page.body).toContain('Ему ответили, что никто не найден')
      expect(page.body).toContain('Чайка')
      // There is nobody to talk to, whatever is sent.
      expect(
        (
          await w.as(holder, async a =>
            a.tx.query('select app.match_decide($1, 1, $2, 1, $3, 1, $3, $3, $4) as x', [
              await noticeOf(id),
              'talk',
              Buffer.from('x'),
              newId(),
            ]),
          )
        ).rows,
      ).toEqual([{ x: 'kept_out' }])
    })

  test('waits as long for an answer, whatever was found', async () => {
    await forget()
    const { worker } = w.people
    const [, kept] = [await record(hands, 'Времени Известный'), await record(hands, 'Времени Закрытый')]
    await exclude(worker, kept)
    for (const name of ['Времени Известный', 'Времени Закрытый', 'Времени Незнакомый']) {
      const form = await w.get(worker, '/ru/matches/ask')
      const hiddenFields = hiddenOf(form.body, '/ru/matches/ask')
      const started = performance.now()
      await w.post(worker, '/ru/matches/ask', { ...hiddenFields, name, sex: 'not_asked' })
      expect([name, performance.now() - started >= 165]).toEqual([name, true])
    }
  })

  test('does not see the question of a colleague who may hear of it', async () => {
    await forget()
    const { worker, worker2 } = w.people
    const id = await record(hands, 'Нозанин Шарифова')
    await exclude(worker2, id)
    expect((await ask(worker, 'Нозанин Шарифова')).body).toContain(toldText)
    expect((await w.get(worker2, `/ru/matches/asks/${await askOf(id)}`)).statusCode).toBe(404)
    expect((await w.get(worker2, '/ru/matches/asks')).body).not.toContain('Нозанин')
  })

  test('opens a case for a child as anybody would, with the same answer as for a child nobody knows', async () => {
    await forget()
    const { worker } = w.people
    const [known, kept] = [await record(hands, 'Фаррух Известный'), await record(hands, 'Фаррух Закрытый')]
    await exclude(worker, kept)
    const opened = async (name: string) => {
      const r = await w.send(worker, '/cases/new', {
        'children[0][name]': name,
        'children[0][age]': '',
        'children[0][relation]': 'child',
        'children[0][match]': 'new',
        danger: 'not_assessed',
        team: w.teamA,
        circumstances: '',
      })
      return bytes(String(r.headers.location))
    }
    expect(await opened('Фаррух Закрытый')).toBe('/ru/cases/ID?done=saved')
    expect(await opened('Совсем Незнакомый')).toBe('/ru/cases/ID?done=saved')
    expect(await opened('Фаррух Известный')).toBe('/ru/cases/ID?done=told')
    expect(await noticeOf(kept)).toBeDefined()
    expect(await noticeOf(known)).toBeDefined()
  })
})

describe('the limit', () => {
  test('20 an hour; above it nothing is searched and nobody told; a reason for a group makes it 100, and no more', async () => {
    await forget()
    const { worker2 } = w.people
    const id = await record(hands, 'Лимит Превышенный')
    const fill = (n: number) =>
      w.as(
        worker2,
        async a =>
          (await a.tx.query('select app.match_claim($1, $2, null, null)', [Array.from({ length: n }, () => newId()), w.teamA])).rowCount,
      )
    expect(await fill(19)).toBe(19)
    expect((await ask(worker2, 'Ещё Помещается')).body).toContain(nobodyText)
    const refused = await ask(worker2, 'Лимит Превышенный')
    expect(refused.body).toContain('20 вопросов')
    expect((await rows('select from app.match_notice where person_id = $1', [id])).length).toBe(0)
    expect(await fill(5)).toBe(0)
    const grouped = await ask(worker2, 'Лимит Превышенный', { reason: 'сняли с поезда тридцать детей' })
    expect(grouped.body).toContain(toldText)
    expect(await fill(200)).toBe(79)
    expect((await ask(worker2, 'Лимит Превышенный', { reason: 'ещё' })).body).toContain('20 вопросов')
    expect((await w.get(w.people.boss, '/ru/matches/asks')).body).toContain('сняли с поезда тридцать детей')
    expect((await w.get(worker2, '/ru/matches/asks')).body).not.toContain('сняли с поезда')
    await rows("update app.match_query set at = at - interval '61 minutes' where user_id = $1", [worker2.id])
    expect(await fill(30)).toBe(20)
    await forget()
  })
  test('two forms at once do not both take the last place', async () => {
    await forget()
    const { worker2 } = w.people
    const claim = () =>
      w.as(
        worker2,
        async a =>
          (await a.tx.query('select app.match_claim($1, $2, null, null)', [Array.from({ length: 11 }, () => newId()), w.teamA])).rowCount ??
          0,
      )
    const taken = await Promise.all([claim(), claim(), claim()])
    expect(taken.reduce((n, x) => n + x, 0)).toBe(20)
    await forget()
  })
  test('one word of a name is too little without years that fit, and takes no place', async () => {
    await forget()
    await record(hands, 'Одна', '12')
    expect((await ask(w.people.worker, 'Одна')).body).toContain('одно слово имени')
    expect((await ask(w.people.worker, 'Одна', { age: '12' })).body).toContain(toldText)
    expect((await ask(w.people.worker, 'Одна', { age: '17' })).body).toContain(nobodyText)
    expect((await rows('select from app.match_query')).length).toBe(2)
  })
})

test('what contradicts is not told of: other years, another sex', async () => {
  await forget()
  const id = await record(hands, 'Бехруз Назаров', '10')
  expect((await ask(w.people.worker, 'Бехруз Назаров', { age: '16' })).body).toContain(nobodyText)
  expect((await rows('select from app.match_notice where person_id = $1', [id])).length).toBe(0)
  expect((await ask(w.people.worker, 'Бехруз Назаров', { age: '10' })).body).toContain(toldText)
})

test('one notice for a child and a team in thirty days, however often it is asked', async () => {
  await forget()
  const id = await record(hands, 'Сафия Повторная')
  for (const who of [w.people.worker, w.people.worker2, w.people.worker])
    expect((await ask(who, 'Сафия Повторная')).body).toContain(toldText)
  expect((await rows('select from app.match_notice where person_id = $1', [id])).length).toBe(1)
  await w.send(holder, `/matches/notices/${await noticeOf(id)}`, { decision: 'different' })
  expect((await ask(w.people.worker, 'Сафия Повторная')).body).toContain(toldText)
  await rows('update app.match_notice set found = found - 31 where person_id = $1', [id])
  expect((await ask(w.people.worker, 'Сафия Повторная')).body).toContain(toldText)
  expect((await rows('select from app.match_notice where person_id = $1', [id])).length).toBe(2)
})

test('the coordinator answers, takes it back, answers again; both agree, and each sees the other', async () => {
  await forget()
  const { worker } = w.people
  const id = await record(hands, 'Мадина Общая', '13')
  await ask(worker, 'Мадина Общая', { age: '13' })
  const [notice, own] = [await noticeOf(id), await askOf(id)]
  const asker = async () => bytes((await w.get(worker, `/ru/matches/asks/${own}`)).body)
  const before = await asker()
  const decide = (decision: string, more: Record<string, string> = {}) =>
    w.send(holder, `/matches/notices/${notice}`, { decision, ...more })
  // Nothing of "not this child" and "not now" reaches the other side.
  for (const d of ['different', 'later']) {
    expect((await decide(d)).statusCode).toBe(303)
    expect(await asker()).toBe(before)
  }
  expect((await decide('talk')).statusCode).toBe(422)
  expect((await decide('talk', { message })).statusCode).toBe(303)
  expect(await asker()).not.toBe(before)
  expect((await decide('later')).statusCode).toBe(303)
  expect(await asker()).toBe(before)
  await decide('talk', { message })
  expect((await w.get(holder, `/ru/matches/notices/${notice}`)).body).not.toContain('Позвоните Чайке')
  expect((await w.send(worker, `/matches/asks/${own}`, { message: 'Позвоните Чайке' })).statusCode).toBe(303)
  const [mine, theirs] = [
    (await w.get(worker, `/ru/matches/asks/${own}`)).body,
    (await w.get(holder, `/ru/matches/notices/${notice}`)).body,
  ]
  for (const word of ['Филин-координатор', secret, message]) expect(mine).toContain(word)
  for (const word of ['Чайка', 'Севернее', 'Позвоните Чайке']) expect(theirs).toContain(word)
  // Settled: nobody takes anything back now, and no record opened by it.
  expect(
    (await w.post(holder, `/ru/matches/notices/${notice}`, { decision: 'later', version: '6', command: newId() })).statusCode,
  ).not.toBe(303)
  expect((await w.get(worker, `/ru/people/${id}`)).statusCode).toBe(404)
  const types = (await rows('select type from app.journal where record = $1 order by seq', [id])).map(r => r.type)
  expect(types.slice(1)).toEqual([
    'match_noticed',
    'match_judged',
    'match_judged',
    'match_talk_offered',
    'match_talk_withdrawn',
    'match_talk_offered',
    'match_agreed',
  ])
  expect((await rows("select from app.journal where record = $1 and type = 'match_talk_agreed'", [w.teamA])).length).toBe(1)
  expect((await rows("select action from app.read_audit where action like 'match.%' and $1 = any (records)", [id])).length).toBeGreaterThan(
    2,
  )
})

test('the database does what the rules say, whatever either side tries in whatever order, and gives out no word before both agreed', async () => {
  await forget()
  const { worker } = w.people
  const id = await record(hands, 'Образец Правилам')
  await ask(worker, 'Образец Правилам')
  const [notice, own] = [await noticeOf(id), await askOf(id)]
  const b = Buffer.from('x')
  const to = fc.constantFrom('new' as const, 'talk' as const, 'later' as const, 'different' as const)
  const anyAct = fc.oneof(fc.record({ side: fc.constant('holder' as const), to }), fc.constant({ side: 'asker' as const }))
  const version = async (table: string, x: Id) => (await rows(`select version from app.${table} where id = $1`, [x]))[0].version
  const decide = (v: number, state: string) =>
    w.as(holder, a => a.tx.query('select app.match_decide($1, $2, $3, 1, $4, 1, $4, $4, $5) as x', [notice, v, state, b, newId()]))
  const agree = (v: number) => w.as(worker, a => a.tx.query('select app.match_agree($1, $2, 1, $3, $3, $4) as x', [own, v, b, newId()]))
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 1, maxLength: 6 }), async acts => {
      await rows('delete from app.match_word')
      await rows("update app.match_notice set state = 'new', answer = null, answer_version = null where id = $1", [notice])
      await rows("update app.match_ask set state = 'open', answer = null, answer_version = null, reply_x = null where id = $1", [own])
      let t = newTalk
      for (const act of acts) {
        const r = talk(t, act)
        const v = await version(act.side === 'holder' ? 'match_notice' : 'match_ask', act.side === 'holder' ? notice : own)
        expect((await (act.side === 'holder' ? decide(v - 1, act.to) : agree(v - 1))).rows[0]!.x).toBe('changed')
        expect((await (act.side === 'holder' ? decide(v, act.to) : agree(v))).rows[0]!.x === 'ok').toBe(r.ok)
        if (r.ok) t = r.value
        const [n, k] = [
          await rows('select state from app.match_notice where id = $1', [notice]),
          await rows('select state from app.match_ask where id = $1', [own]),
        ]
        expect({ holder: n[0].state, asker: k[0].state }).toEqual(t)
        for (const [who, side] of [
          [holder, notice],
          [worker, own],
        ] as const)
          expect((await w.as(who, a => a.tx.query('select * from app.match_words($1)', [side]))).rowCount).toBe(revealed(t) ? 1 : 0)
        for (const [who, side] of [
          [worker, notice],
          [holder, own],
          [third, own],
          [hands, notice],
          [w.people.duty, own],
        ] as const)
          expect((await w.as(who, a => a.tx.query('select * from app.match_words($1)', [side]))).rowCount).toBe(0)
      }
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('with a record that is erased goes what was asked about it', async () => {
  await forget()
  const id = await record(hands, 'Стёрта Навсегда')
  await ask(w.people.worker, 'Стёрта Навсегда')
  await w.send(holder, `/matches/notices/${await noticeOf(id)}`, { decision: 'talk', message })
  await rows("update app.person set state = 'erased' where id = $1", [id])
  expect((await rows('select from app.match_notice where person_id = $1', [id])).length).toBe(0)
  expect((await rows('select state from app.match_ask where found_id = $1', [id]))[0].state).toBe('open')
  expect((await rows('select from app.match_word w join app.match_ask k on k.pair = w.pair where k.found_id = $1', [id])).length).toBe(0)
})

test('nothing of a name, a message or a reason stands in the tables', async () => {
  const all = await Promise.all(
    ['match_query', 'match_notice', 'match_ask', 'match_word'].map(t => rows(`select x::text as x from app.${t} x`)),
  )
  const text = JSON.stringify(all)
  expect(text.length).toBeGreaterThan(1000)
  for (const word of ['Мадина', 'Общая', 'канарейка', 'Чайка', 'Филин', 'поезда', secret]) {
    expect(text).not.toContain(word)
    expect(text).not.toContain(Buffer.from(word).toString('hex'))
  }
})

test('two records of one child, linked in one team, are one notice and one ask', async () => {
  const [a, b] = [await record(hands, 'Сафармоҳ Ятимова'), await record(hands, 'Сафармоҳ Ятимова')]
  const pair = newId()
  for (const [x, y] of [
    [a, b],
    [b, a],
  ])
    await rows(
      'insert into app.person_link (id, person_id, other_id, home_group, made_by, signature, pair) values ($1, $2, $3, $4, $5, $6, $7)',
      [newId(), x, y, far, hands.id, Buffer.alloc(64), pair],
    )
  await forget()
  await ask(w.people.worker, 'Сафармох Ятимова')
  expect(await rows('select 1 from app.match_notice where person_id = any ($1)', [[a, b]])).toHaveLength(1)
  expect(await rows('select 1 from app.match_ask where found_id = any ($1)', [[a, b]])).toHaveLength(1)
})

test('settled talks go after ninety days and questions after thirty; what nobody settled stays, and the worker cannot hurry', async () => {
  const pool = w.db.pool('job', 1)
  const left = async (table: string) => (await w.db.owner.query(`select count(*)::int as n from app.${table}`)).rows[0].n
  await expect(pool.query('select * from app.sweep_matches(89, 30)')).rejects.toThrow(/too soon/)
  await expect(pool.query('select * from app.sweep_matches(90, 29)')).rejects.toThrow(/too soon/)
  await expect(pool.query('delete from app.match_notice')).rejects.toThrow(/permission denied/)
  const { rows } = await w.db.owner.query<{ id: Id; pair: Id; settled: boolean }>(
    "select id, pair, state in ('both', 'different') or (kept_out and state = 'later') as settled from app.match_notice",
  )
  expect(rows.some(r => r.settled) && rows.some(r => !r.settled)).toBe(true)
  const before = await left('match_query')
  await pool.query('select * from app.sweep_matches(90, 30)')
  expect([await left('match_notice'), await left('match_query')]).toEqual([rows.length, before])
  await w.db.owner.query(
    "update app.match_notice set moved = current_date - 91; update app.match_query set at = now() - interval '31 days'",
  )
  expect((await pool.query('select * from app.sweep_matches(90, 30)')).rows).toEqual([
    { talks: rows.filter(r => r.settled).length, queries: before },
  ])
  const kept = (await w.db.owner.query<{ id: Id }>('select id from app.match_notice')).rows.map(r => r.id)
  expect(kept.sort()).toEqual(
    rows
      .filter(r => !r.settled)
      .map(r => r.id)
      .sort(),
  )
  const gone = rows.filter(r => r.settled).map(r => r.pair)
  for (const table of ['match_ask', 'match_word'])
    expect((await w.db.owner.query(`select from app.${table} where pair = any ($1::uuid[])`, [gone])).rowCount, table).toBe(0)
})
