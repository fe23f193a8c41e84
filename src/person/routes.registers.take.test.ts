import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { linkEngine } from '../main.engine.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { sendTo } from './files.testing.ts'
import { matchPolicy } from './policy.match.ts'
import { registerPolicy } from './policy.registers.ts'
import { registerMatches } from './routes.links.ts'
import { registerRegisters } from './routes.registers.ts'
import { addClaim, claimsOf, recordPerson } from './rules.ts'
import { createPerson, lockPerson, savePersonEvent } from './store.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerMatches(o)
      registerRegisters(o, linkEngine)
    },
    [matchPolicy, registerPolicy],
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const said = { source: 'child', confidence: 'low' } as const
const name = (other: string) => ({
  what: 'name' as const,
  parts: { given: '', family: '', patronymic: '', other },
  kind: 'own' as const,
  ...said,
})
const record = (who: Who, text: string, ...others: string[]) =>
  w.as(who, async a => {
    const recording = () => ({ id: newId(), by: who.id, at: a.now })
    const id = (
      await createPerson(
        a,
        { id: newId(), homeGroup: w.teamA },
        recordPerson('child', [{ draft: name(text), recording: recording() }]),
        newId(),
      )
    ).id
    let p = (await lockPerson(a, id))!
    for (const other of others) {
      const e = addClaim(p, name(other), recording())
      if (e.ok) p = await savePersonEvent(a, p, e.value, newId())
    }
    return id
  })
const compare = async (who: Who, rows: readonly string[]) => {
  const r = await w.send(who, '/registers/new', { from: 'Приют «Маяк»', agreement: '17-Б', purpose: 'найти общих детей', way: 'ours' })
  const id = String(r.headers.location).split('/').at(-1)!
  const hidden = hiddenOf((await w.get(who, `/ru/registers/${id}`)).body, `/ru/registers/${id}/file`)
  const file = { name: 'x.csv', type: 'text/csv', bytes: Buffer.from(rows.join('\r\n')) }
  expect((await sendTo(w, who, `/ru/registers/${id}/file`, hidden, { file })).statusCode).toBe(303)
  const url = `/ru/registers/${id}/compare`
  expect((await w.post(who, url, hiddenOf((await w.get(who, `/ru/registers/${id}`)).body, url))).statusCode).toBe(303)
  return id
}
const listed = async (who: Who, id: string) => {
  const body = (await w.get(who, `/ru/registers/${id}`)).body
  return [...body.matchAll(/pair\?n=(\d+)"[^>]*>\s*([^<]*)/g)].map(m => ({ n: m[1]!, text: m[2]!.trim() }))
}
const decide = async (who: Who, id: string, n: string, verdict: string) => {
  const url = `/ru/registers/${id}/pair?n=${n}`
  return w.post(who, url, { ...hiddenOf((await w.get(who, url)).body, url), verdict, reason: 'сверили по телефону' })
}

test('who may not write claims is offered none, another team finds nothing, and nothing is taken before somebody decided', async () => {
  const { worker, boss, stranger, admin } = w.people
  const mine = await record(worker, 'Навруз Иброхимов')
  const id = await compare(worker, ['ФИО;Телефон', 'Иброхимов Навруз;+7 921 000-11-22', 'Пирожков Семён;'])
  const pair = (await listed(worker, id))[0]!
  const url = `/ru/registers/${id}/take?n=${pair.n}`
  for (const who of [worker, boss, stranger, admin]) expect((await w.get(who, url)).statusCode).toBe(404)
  expect((await w.post(worker, url, { take: '1', command: newId() })).statusCode).toBe(404)
  expect((await decide(worker, id, pair.n, 'same')).headers.location).toBe(`/ru/registers/${id}/take?n=${pair.n}&done=saved`)
  for (const who of [stranger, admin]) expect((await w.get(who, url)).statusCode).toBe(404)
  expect((await w.get(boss, url)).body).not.toContain('name="take"')
  expect((await w.post(boss, url, { take: '1', command: newId() })).statusCode).toBe(404)
  expect((await w.post(stranger, url, { take: '1', command: newId() })).statusCode).toBe(404)
  expect(await w.as(worker, async a => claimsOf((await lockPerson(a, mine))!).length)).toBe(1)
})
test('a short list of names finds people by any of their names; "one person" takes what the list says as claims in the partner\'s words, once, and they can be withdrawn', async () => {
  const { worker } = w.people
  for (const other of ['Анвар Соколов', 'Пётр Ильин', 'Семён Грачёв', 'Лола Каримова', 'Вера Ким']) await record(worker, other)
  const mine = await record(worker, 'Муха', 'Мухаммаджон Пулодзода')
  const namesOnly = await compare(worker, ['ФИО', 'Pulodzoda Muhammadjon', 'Иванов Пётр'])
  expect((await listed(worker, namesOnly)).map(x => x.text)).toEqual([expect.stringContaining('Мухаммаджон Пулодзода')])
  const id = await compare(worker, ['Фамилия;Имя;Телефон;Мать;Пол', 'Pulodzoda;Muhammadjon;+7 921 555-44-33;Зебо;м', 'Иванов;Пётр;;;м'])
  const [pair] = await listed(worker, id)
  expect((await decide(worker, id, pair!.n, 'same')).statusCode).toBe(303)
  const url = `/ru/registers/${id}/take?n=${pair!.n}`
  const shown = (await w.get(worker, url)).body
  for (const word of ['Pulodzoda', '+7 921 555-44-33', 'Приют «Маяк»']) expect(shown).toContain(word)
  const take = [...shown.matchAll(/name="take"[^>]*value="(\d+)"/g)].map(m => m[1]!)
  const sent = { ...hiddenOf(shown, url), take }
  expect((await w.post(worker, url, { ...hiddenOf(shown, url) })).statusCode).toBe(422)
  expect((await w.post(worker, url, sent)).headers.location).toBe(`/ru/people/${mine}?done=saved`)
  expect((await w.post(worker, url, sent)).statusCode).toBe(303)
  const claims = await w.as(worker, async a => claimsOf((await lockPerson(a, mine))!).filter(c => c.source === 'register'))
  expect(claims.map(c => c.what).sort()).toEqual(['name', 'phone', 'relative', 'sex'].filter(k => claims.some(c => c.what === k)))
  expect(claims.length).toBeGreaterThanOrEqual(2)
  for (const c of claims) expect([c.whose, c.method, c.standing]).toEqual(['Приют «Маяк»', 'register', 'stands'])
  const journal = await w.db.owner.query("select type from app.journal where record = $1 and type = 'claim_added'", [mine])
  expect(journal.rowCount).toBe(1 + claims.length)
})
test('one row that is two of our records joins them by the signed link, and by nothing else', async () => {
  const { worker } = w.people
  const [a, b] = [await record(worker, 'Шерали Давронов'), await record(worker, 'Sherali Davronov')]
  const id = await compare(worker, ['ФИО;Дата рождения', 'Давронов Шерали;2010'])
  const pairs = await listed(worker, id)
  expect(pairs.length).toBe(2)
  for (const p of pairs) expect((await decide(worker, id, p.n, 'same')).statusCode).toBe(303)
  const shown = (await w.get(worker, `/ru/registers/${id}/take?n=${pairs[0]!.n}`)).body
  const to = /people\/([0-9a-f-]{36})\/matches\/([0-9a-f-]{36})/.exec(shown)!
  expect([to[1], to[2]].sort()).toEqual([a, b].sort())
  const links = async () => (await w.db.owner.query('select from app.person_link where person_id = $1', [a as Id])).rowCount
  expect(await links()).toBe(0)
  expect(
    (await w.send(worker, `/people/${to[1]}/matches/${to[2]}`, { decision: 'same', reason: 'одна строка их списка' })).statusCode,
  ).toBe(303)
  expect(await links()).toBe(1)
})
