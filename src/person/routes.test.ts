import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { apply } from './rules.ts'
import type { Person } from './schema.ts'
import { lockPerson, openPersonEvent, personJournal } from './store.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const status = async (who: Who, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const personOf = async (caseId: string) =>
  (await w.db.owner.query<{ person_id: string }>('select person_id from app.case_record where id = $1', [caseId])).rows[0]!.person_id

test('whoever may not finds nothing, and a search of others finds nobody', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Гульнора' }))
  for (const who of [w.people.admin, w.people.carer, w.people.stranger, w.people.psychologist, w.people.duty]) {
    for (const p of ['', '/claims/new']) expect([who.alias, p, await status(who, `/people/${id}${p}`)]).toEqual([who.alias, p, 404])
  }
  expect(await status(w.people.boss, `/people/${id}/claims/new`)).toBe(404)
  for (const who of [w.people.psychologist, w.people.admin, w.people.carer]) expect(await status(who, '/people/search')).toBe(404)
  expect((await w.post(w.people.worker, '/ru/people/search', { q: 'gulnora' })).body).toContain(id)
  for (const who of [w.people.stranger, w.people.duty])
    expect((await w.post(who, '/ru/people/search', { q: 'gulnora' })).body).not.toContain(id)
})
test('a name never stands in an address: the search form is sent', async () => {
  const page = (await w.get(w.people.worker, '/ru/people/search')).body
  expect(page).toMatch(/<form action="\/ru\/people\/search" method="post" class="dv-form"/)
})
test('claims are added, doubted and withdrawn; supervision sees no whereabouts; the journal replays', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Лола' }))
  const add = (fields: Record<string, string>) =>
    w.send(w.people.worker, `/people/${id}/claims/new`, { source: 'child', confidence: 'medium', kind: 'own', place: 'stays', ...fields })
  expect((await add({ what: 'name', family: 'Каримова', given: 'Лола' })).statusCode).toBe(303)
  expect((await add({ what: 'age', text: '14' })).statusCode).toBe(303)
  expect((await add({ what: 'place', text: 'у тёти на Ладожской' })).statusCode).toBe(303)
  expect((await add({ what: 'origin', text: '' })).statusCode).toBe(422)
  const mine = (await w.get(w.people.worker, `/ru/people/${id}`)).body
  expect(mine).toContain('у тёти на Ладожской')
  expect(mine).toContain('Каримова Лола')
  const boss = (await w.get(w.people.boss, `/ru/people/${id}`)).body
  expect(boss).toContain('Каримова Лола')
  expect(boss).not.toContain('Ладожской')
  const claim = await w.as(w.people.worker, async a => (await lockPerson(a, id))!.identity.names[0]!.id)
  expect((await w.send(w.people.worker, `/people/${id}/claims/${claim}`, { standing: 'withdrawn' })).statusCode).toBe(422)
  expect(
    (await w.send(w.people.worker, `/people/${id}/claims/${claim}`, { standing: 'withdrawn', reason: 'это имя сестры' })).statusCode,
  ).toBe(303)
  await w.as(w.people.worker, async a => {
    const p = (await lockPerson(a, id))!
    const replayed = (await personJournal(a, id)).reduce<Person | undefined>(
      (x, s) => apply(x, { id, homeGroup: p.homeGroup }, openPersonEvent(s)!),
      undefined,
    )
    expect(replayed).toEqual(p)
  })
})
test('the page says that things were said differently, and shows both ages as the age', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Шабнам' }))
  for (const text of ['12', '16'])
    await w.send(w.people.worker, `/people/${id}/claims/new`, { what: 'age', text, source: 'child', confidence: 'medium' })
  for (const who of [w.people.worker, w.people.boss]) {
    const body = (await w.get(who, `/ru/people/${id}`)).body
    expect(body).toContain('сказано по-разному')
    expect(body).toContain('12 / 16')
  }
})
test('stale claims come back with what the record says now; the same form twice counts once', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Сабина' }))
  const url = `/ru/people/${id}/claims/new`
  const fields = { ...hiddenOf((await w.get(w.people.worker, url)).body, url), what: 'age', text: '13', source: 'child', confidence: 'low' }
  const other = await w.send(w.people.worker2, `/people/${id}/claims/new`, {
    what: 'language',
    text: 'узбекский',
    source: 'child',
    confidence: 'high',
  })
  expect([other.statusCode, /error-summary__list[\s\S]*?<.ul>/.exec(other.body)?.[0]]).toEqual([303, undefined])
  const stale = await w.post(w.people.worker, url, fields)
  expect(stale.statusCode).toBe(409)
  expect(stale.body).toContain('узбекский')
  expect(stale.body).toContain('value="13"')
  const again = { ...fields, ...hiddenOf(stale.body, url) }
  expect((await w.post(w.people.worker, url, again)).statusCode).toBe(303)
  expect((await w.post(w.people.worker, url, again)).statusCode).toBe(303)
  const clash = await w.post(w.people.worker, url, { ...again, text: '15' })
  expect([clash.statusCode, clash.body.includes('value="15"'), clash.body.includes('уже была сохранена')]).toEqual([409, true, true])
  expect(hiddenOf(clash.body, url).command).not.toBe((again as Record<string, string>).command)
  await w.as(w.people.worker, async a => expect((await lockPerson(a, id))!.identity.ages.length).toBe(1))
})
test('a person without a case: who it is to us is enough; a similar name asks once', async () => {
  const first = await w.send(w.people.worker, '/people/new', { relation: 'parent', name: 'Рустам', team: w.teamA })
  expect(first.statusCode).toBe(303)
  const asked = await w.send(w.people.worker, '/people/new', { relation: 'parent', name: 'Rustam', team: w.teamA })
  expect(asked.statusCode).toBe(200)
  expect(asked.body).toContain('Похожее имя')
  const sure = await w.post(w.people.worker, '/ru/people/new', {
    ...hiddenOf(asked.body, '/ru/people/new'),
    relation: 'parent',
    name: 'Rustam',
    team: w.teamA,
  })
  expect(sure.statusCode).toBe(303)
  expect(sure.headers.location).not.toBe(first.headers.location)
})
