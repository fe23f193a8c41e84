import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { waitingMatches } from '../case/store.matches.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { matchPolicy } from './policy.match.ts'
import { registerMatches } from './routes.links.ts'
import {
  applyDecision,
  basisText,
  type Deciding,
  decidePair,
  link,
  linkedWith,
  linkText,
  newPair,
  unlink,
  unlinkPair,
} from './rules.links.ts'
import { addClaim, recordPerson } from './rules.ts'
import { matchWaiting } from './store.links.compare.ts'
import { createPerson, findPerson, lockPerson, savePersonEvent } from './store.ts'

let w: CaseWorld
let teamB: Id
/** Works in team B only; and somebody who works in both. */
let elsewhere: Who
let bridge: Who
beforeAll(async () => {
  w = await caseWorld(registerMatches, [matchPolicy])
  teamB = await w.team(w.agencyId, { name: 'Южнее' })
  elsewhere = await w.person({ agency: w.agencyId, roles: ['case_worker'], member: [[teamB, 'casework']], alias: 'Клёст' })
  bridge = await w.person({
    agency: w.agencyId,
    roles: ['case_worker', 'supervisor'],
    member: [
      [w.teamA, 'casework'],
      [teamB, 'casework'],
    ],
    alias: 'Журавль',
  })
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const said = { source: 'child', confidence: 'low' } as const
const record = (who: Who, name: string, team: Id, age = '') =>
  w.as(who, async a => {
    const recording = () => ({ id: newId(), by: who.id, at: a.now })
    const e = recordPerson('child', [
      {
        draft: { what: 'name', parts: { given: '', family: '', patronymic: '', other: name }, kind: 'own', ...said },
        recording: recording(),
      },
      ...(age ? [{ draft: { what: 'age' as const, text: age, ...said }, recording: recording() }] : []),
    ])
    return (await createPerson(a, { id: newId(), homeGroup: team }, e, newId())).id
  })
const at = (a: Id, b: Id, more = '') => `/people/${a}/matches/${b}${more}`
const decide = (who: Who, a: Id, b: Id, decision: string, reason = 'сверили с тётей') => w.send(who, at(a, b), { decision, reason })
const rows = async (sql: string, values: unknown[] = []) => (await w.db.owner.query(sql, values)).rows

test('whoever does not hold both sides can neither see nor decide, and learns of the other side only that a link exists', async () => {
  const [a, b] = [await record(w.people.worker, 'Джамшед Рахимов', w.teamA), await record(elsewhere, 'Dzhamshed Rakhimov', teamB)]
  for (const who of [
    w.people.worker,
    elsewhere,
    w.people.boss,
    w.people.stranger,
    w.people.duty,
    w.people.admin,
    w.people.carer,
    w.people.psychologist,
  ]) {
    expect([who.alias, (await w.get(who, `/ru${at(a, b)}`)).statusCode]).toEqual([who.alias, 404])
    expect((await w.post(who, `/ru${at(a, b)}`, { decision: 'same', reason: 'x', version: '0' })).statusCode).toBe(404)
  }
  for (const who of [w.people.stranger, w.people.duty, w.people.admin, w.people.carer])
    expect((await w.get(who, `/ru/people/${a}/matches`)).statusCode).toBe(404)
  // Before anybody linked them, a worker of one side sees nothing of the other, although somebody who holds both has noticed the pair.
  expect((await w.get(bridge, '/ru/people/matches')).body).toContain('Джамшед Рахимов')
  const alone = (await w.get(w.people.worker, `/ru/people/${a}/matches`)).body
  for (const word of ['Rakhimov', b, 'Есть связанная']) expect(alone).not.toContain(word)
  expect((await decide(bridge, a, b, 'same')).statusCode).toBe(303)
  const after = (await w.get(w.people.worker, `/ru/people/${a}/matches`)).body
  expect(after).toContain('Есть связанная запись в другом месте')
  expect(after).toContain('Подпись верна')
  for (const word of ['Rakhimov', b, 'Южнее']) expect(after).not.toContain(word)
  // Who holds both sees the other's claims beside.
  expect((await w.get(bridge, `/ru/people/${a}/matches`)).body).toContain('Dzhamshed Rakhimov')
})

test('a row that points at a record one does not see keeps nobody from it, and a link is in the name of the session', async () => {
  const { worker, worker2 } = w.people
  const [a, b] = [await record(worker, 'Олим', w.teamA), await record(elsewhere, 'Анора', teamB)]
  const insert = (who: Who, person: Id, other: Id) =>
    w.as(who, x =>
      x.tx.query('insert into app.person_link (id, person_id, other_id, home_group, signature, made_by) values ($1, $2, $3, $4, $5, $6)', [
        newId(),
        person,
        other,
        w.teamA,
        Buffer.from('x'),
        worker2.id,
      ]),
    )
  await expect(insert(worker, b, a)).rejects.toThrow(/row-level security/)
  await insert(worker, a, b)
  expect((await rows('select made_by from app.person_link where person_id = $1', [a]))[0].made_by).toBe(worker.id)
  await rows(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [newId(), a, w.teamA, elsewhere.id, worker.id],
  )
  const sees = (who: Who, id: Id) => w.as(who, async x => (await x.tx.query('select from app.person where id = $1', [id])).rowCount)
  expect(await sees(elsewhere, b)).toBe(1)
})

test('an exclusion from one of two linked records is one from both, and from the cases of both; without the link no longer', async () => {
  const { worker } = w.people
  const [a, b] = [await record(worker, 'Шахноза', w.teamA), await record(elsewhere, 'Shahnoza', teamB)]
  expect((await decide(bridge, a, b, 'same')).statusCode).toBe(303)
  const [id] = [newId()]
  await rows(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [id, a, w.teamA, elsewhere.id, worker.id],
  )
  expect((await w.get(elsewhere, `/ru/people/${b}`)).statusCode).toBe(404)
  await w.send(bridge, at(a, b, '/unlink'), { reason: 'разные отцы' })
  expect((await w.get(elsewhere, `/ru/people/${b}`)).statusCode).toBe(200)
})

test('linking and then unlinking changes no row, no claim, no grant and no key of either side', async () => {
  const [a, b] = [await record(w.people.worker, 'Фарзона', w.teamA, '14'), await record(elsewhere, 'Farzona', teamB, '13')]
  const sql = [
    'select * from app.person where id = any ($1) order by 1',
    'select * from app.sealed where record = any ($1) order by 1, 3',
    'select * from app.key_wrap where record = any ($1) order by 1, 3, 6, 7',
    'select * from app.grant_ where record = any ($1) order by 1',
    'select * from app.person_link where person_id = any ($1) and ended_at is null',
  ]
  await w.get(bridge, '/ru/people/matches')
  const picture = () => Promise.all(sql.map(s => rows(s, [[a, b]])))
  const before = await picture()
  expect((await decide(bridge, a, b, 'same')).statusCode).toBe(303)
  expect((await rows(sql[4]!, [[a, b]])).length).toBe(2)
  // Linked, the two are first parted; and a reason is needed.
  expect((await w.get(bridge, `/ru${at(a, b)}`)).body).toContain('Записи связаны')
  expect((await w.send(bridge, at(b, a, '/unlink'), { reason: ' ' })).statusCode).toBe(422)
  expect((await w.send(bridge, at(b, a, '/unlink'), { reason: 'это сёстры' })).statusCode).toBe(303)
  expect(await picture()).toEqual(before)
  expect((await w.get(bridge, `/ru${at(a, b)}`)).body).toContain('это сёстры')
  expect(
    (await rows("select type from app.journal where record = $1 and type like 'persons%' order by seq", [a])).map(r => r.type),
  ).toEqual(['persons_linked', 'persons_unlinked'])
})

test('a pair decided different does not come back until something is said of either', async () => {
  const [a, b] = [
    await record(w.people.worker, 'Мухаммад Каримов', w.teamA, '12'),
    await record(w.people.worker, 'Muhammad Karimov', w.teamA, '12'),
  ]
  const list = async () => (await w.get(w.people.worker, '/ru/people/matches')).body
  expect(await list()).toContain(`matches/${a < b ? b : a}`)
  expect((await decide(w.people.worker, a, b, 'different')).statusCode).toBe(303)
  const listed = async () => (await list()).includes(`/people/${a < b ? a : b}/matches/${a < b ? b : a}`)
  expect(await listed()).toBe(false)
  // Something else about the record changed, nothing of what is compared.
  await rows('update app.person set version = version + 1 where id = $1', [a])
  expect(await listed()).toBe(false)
  await w.as(w.people.worker, async x => {
    const p = (await lockPerson(x, a))!
    const e = addClaim(
      p,
      { what: 'name', parts: { given: 'Muhammadali', family: 'Karimov', patronymic: '', other: '' }, kind: 'own', ...said },
      { id: newId(), by: w.people.worker.id, at: x.now },
    )
    if (e.ok) await savePersonEvent(x, p, e.value, newId())
  })
  expect(await listed()).toBe(true)
})

test('two who decide at once: the second is told and keeps what was typed', async () => {
  const [a, b] = [await record(w.people.worker, 'Зухра', w.teamA), await record(w.people.worker, 'Zuhra', w.teamA)]
  await w.get(w.people.worker, `/ru/people/${a}/matches`)
  const url = `/ru${at(a, b)}`
  const first = hiddenOf((await w.get(w.people.worker, url)).body, url)
  const second = hiddenOf((await w.get(w.people.boss, url)).body, url)
  expect((await w.post(w.people.worker, url, { ...first, decision: 'unsure', reason: 'надо спросить маму' })).statusCode).toBe(303)
  expect((await w.post(w.people.worker, url, { ...first, decision: 'unsure', reason: 'надо спросить маму' })).statusCode).toBe(303)
  const late = await w.post(w.people.boss, url, { ...second, decision: 'same', reason: 'видел обеих' })
  expect([late.statusCode, late.body.includes('решил кто-то другой'), late.body.includes('видел обеих')]).toEqual([409, true, true])
  expect((await rows('select from app.person_link where person_id = $1', [a])).length).toBe(0)
})

test('opening a person passes through a search, and "none of these" is kept with who said it, also where the form was sent without looking', async () => {
  const { worker } = w.people
  const first = await w.open(worker, { name: 'Санавбар Юлдашева' })
  const person = async (id: Id) => (await rows('select person_id from app.case_record where id = $1', [id]))[0].person_id as Id
  const said = async (id: Id) =>
    (await rows("select actor from app.journal where record = $1 and type = 'none_of_these'", [id])).map(r => r.actor)
  const known = await person(first)
  expect(await said(known)).toEqual([])
  const audited = async (id: Id, action: string) =>
    (await rows('select records from app.read_audit where action = $2 and $1 = any (records)', [id, action])).map(r => r.records as Id[])
  expect(await audited(known, 'person.nobody-found')).toEqual([[known]])
  // The form says "new" by itself here: the search is made all the same.
  const second = await person(await w.open(worker, { name: 'Sanavbar Yuldasheva' }))
  expect(await said(second)).toEqual([worker.id])
  expect(await audited(second, 'person.none-of-these')).toEqual([[second, known]])
  // "None of these" is said of those who were shown: without having been shown them, or of another name, nobody is made.
  const make = (name: string, more = {}) => w.send(worker, '/people/new', { relation: 'sibling', name, team: w.teamA, ...more })
  for (const more of [{}, { match: 'new' }, { match: second }]) expect((await make('Sanavbar Yuldasheva', more)).statusCode).toBe(200)
  const match = /name="match"[^>]*value="([^"]+)"/.exec((await make('Sanavbar Yuldasheva')).body)![1]!
  expect(new Set(match.split(','))).toEqual(new Set([known, second]))
  await w.open(worker, { name: 'Фируза Одинаева' })
  expect((await make('Firuza Odinaeva', { match })).body).toContain('Фируза Одинаева')
  const made = await make('Sanavbar Yuldasheva', { match })
  const third = /people\/([0-9a-f-]{36})/.exec(String(made.headers.location))![1]!
  expect(await said(third)).toEqual([worker.id])
  expect((await w.get(worker, `/ru/people/${third}`)).statusCode).toBe(200)
})

test("a pair stands on the list of today of whoever sees both sides, and on nobody else's", async () => {
  const { worker, worker2 } = w.people
  const kase = await w.open(worker, { name: 'Гулбахор Назирова' })
  const b = await record(elsewhere, 'Gulbahor Nazirova', teamB)
  await w.get(bridge, '/ru/people/matches')
  const listed = (who: Who) =>
    w.as(who, async x =>
      (await waitingMatches(x, { groups: x.session.groups, direct: x.session.direct }, '2999-01-01')).rows.map(r => r.caseId),
    )
  expect(await listed(bridge)).toContain(kase)
  for (const who of [worker, worker2, elsewhere]) expect(await listed(who)).not.toContain(kase)
  const a = (await rows('select person_id from app.case_record where id = $1', [kase]))[0].person_id as Id
  expect((await w.get(bridge, `/ru/cases/${kase}/matches`)).headers.location).toBe(`/ru/people/${a}/matches`)
  expect((await w.get(elsewhere, `/ru/cases/${kase}/matches`)).statusCode).toBe(404)
  expect((await decide(bridge, a, b, 'unsure')).statusCode).toBe(303)
  expect(await listed(bridge)).not.toContain(kase)
})

const d: Deciding = { by: 'b', at: '2026-01-01T00:00:00.000Z', bits: 1, basis: '' }
const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
test('linking then unlinking is identity, and links have no direction', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, ids)), ids, ids, (made, a, b) => {
      fc.pre(a !== b)
      const links = made
        .filter(([x, y]) => x !== y && !(x === a && y === b) && !(x === b && y === a))
        .reduce((l, [x, y]) => link(l, x, y), new Map() as ReturnType<typeof link>)
      expect(unlink(link(links, a, b), b, a)).toEqual(links)
      for (const x of linkedWith(link(links, a, b), a)) expect(linkedWith(link(links, a, b), x)).toContain(a)
    }),
  )
  expect(linkText({ pair: 'p', a: 'x', b: 'y', by: 'b', at: 't' })).toBe(linkText({ pair: 'p', a: 'y', b: 'x', by: 'b', at: 't' }))
})
test('a decision needs a reason; two linked are parted before anything else is said of them; the history keeps everything', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ decision: fc.constantFrom('same', 'different', 'unsure', 'unlinked'), reason: fc.constantFrom('', ' ', 'так') }),
      ),
      commands => {
        let p = newPair
        let kept = 0
        for (const c of commands) {
          const r =
            c.decision === 'unlinked' ? unlinkPair(p, c.reason, d) : decidePair(p, { decision: c.decision as 'same', reason: c.reason }, d)
          const allowed = c.reason.trim() !== '' && (p.state === 'same') === (c.decision === 'unlinked')
          expect(r.ok).toBe(allowed)
          if (!r.ok) continue
          p = applyDecision(p, r.value)
          kept += 1
        }
        expect(p.words.history.length).toBe(kept)
      },
    ),
  )
  const c = {
    names: ['б', 'а'],
    minYear: null,
    maxYear: null,
    sex: null,
    origin: null,
    relatives: [],
    phones: [],
    handles: [],
    documents: [],
  }
  expect(basisText(c)).toBe(basisText({ ...c, names: ['а', 'б'] }))
})

test('the names are compared part by part in words: which answers which, by what rule, by whose spelling, and what is left over', async () => {
  const { worker } = w.people
  const [a, b] = [await record(worker, 'Джамшед Рахимов Умарович', w.teamA), await record(worker, 'Rahimov Dzhamshed', w.teamA)]
  const text = (await w.get(worker, `/ru${at(a, b)}`)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  expect(text).toContain('джамшед — dzhamshed : то же имя, написанное иначе')
  expect(text).toMatch(/Так пишут по правилам: ICAO Doc 9303-3/)
  expect(text).toContain('Без пары в «Джамшед Рахимов Умарович»: умарович')
})

test('whoever compares one record does not wait for somebody who is deciding about the other: each would wait for the other for ever', async () => {
  const { worker } = w.people
  const [a, b] = [await record(worker, 'Саодат Мирзоева', w.teamA), await record(worker, 'Saodat Mirzoeva', w.teamA)]
  await w.db.owner.query('delete from app.person_pair where person_id = any ($1::uuid[])', [[a, b]])
  await w.db.owner.query('update app.person set matched = 0 where id = any ($1::uuid[])', [[a, b]])
  await w.as(worker, async x => {
    await findPerson(x, a, true)
    const compared = w.as(bridge, y => matchWaiting(y, '2026-11-24', 1, [b]))
    const late = new Promise(go => setTimeout(go, 3000, 'waits').unref())
    expect(await Promise.race([compared.then(r => r.found > 0), late])).toBe(true)
  })
})
