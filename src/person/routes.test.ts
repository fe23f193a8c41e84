import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { crumbs } from './routes.command.ts'
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
    for (const p of ['', '/claims/new', '/claims/new?what=age', '/assessments/new'])
      expect([who.alias, p, await status(who, `/people/${id}${p}`)]).toEqual([who.alias, p, 404])
  }
  expect(await status(w.people.boss, `/people/${id}/claims/new`)).toBe(404)
  expect(await status(w.people.boss, `/people/${id}/assessments/new`)).toBe(404)
  const nobody = '00000000-0000-4000-8000-000000000000'
  for (const p of [`claims/${nobody}`, `claims/${nobody}/reading`, `assessments/${nobody}`])
    expect([p, await status(w.people.worker, `/people/${id}/${p}`)]).toEqual([p, 404])
  for (const who of [w.people.psychologist, w.people.admin, w.people.carer]) expect(await status(who, '/people/search')).toBe(404)
  expect((await w.post(w.people.worker, '/ru/people/search', { q: 'gulnora' })).body).toContain(id)
  for (const who of [w.people.stranger, w.people.duty])
    expect((await w.post(who, '/ru/people/search', { q: 'gulnora' })).body).not.toContain(id)
})
test('the way back leads nobody to a search that is not theirs', async () => {
  const asked = (may: boolean) => ({ t: (k: string) => k, can: () => may }) as unknown as Parameters<typeof crumbs>[0]
  expect(crumbs(asked(false), newId()).map(c => c.href)).not.toContain('/people/search')
  expect(crumbs(asked(true))[0]?.href).toBe('/people/search')
})
test('a name never stands in an address: the search form is sent', async () => {
  const page = (await w.get(w.people.worker, '/ru/people/search')).body
  expect(page).toMatch(/<form action="\/ru\/people\/search" method="post" class="dv-form"/)
})
test('claims are added, doubted and withdrawn; supervision sees no whereabouts; the journal replays', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Лола' }))
  const add = (fields: Record<string, string>) =>
    w.send(w.people.worker, `/people/${id}/claims/new`, { source: 'child', confidence: 'medium', ...fields })
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
    const replayed = (await personJournal(a, id))
      .filter(s => openPersonEvent(s))
      .reduce<Person | undefined>((x, s) => apply(x, { id, homeGroup: p.homeGroup }, openPersonEvent(s)!), undefined)
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
    expect(body).toContain('сейчас 12–16')
    expect(body).toContain('считаем ребёнком')
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

const claim = (id: string, fields: Record<string, string>) =>
  w.send(w.people.worker, `/people/${id}/claims/new`, { source: 'child', confidence: 'medium', ...fields })
const claimsOf = (id: string) => w.as(w.people.worker, async a => (await lockPerson(a, id))!)

test('one thing is asked at a time: what the claim is about, then only its fields, as the writer last had them', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Нигина' }))
  const url = `/ru/people/${id}/claims/new`
  const first = (await w.get(w.people.worker, url)).body
  expect(first).toContain('name="what"')
  expect(first).not.toContain('name="source"')
  const second = await w.post(w.people.worker, url, { ...hiddenOf(first, url), what: 'relative' })
  expect(second.statusCode).toBe(200)
  expect(second.body).toContain('name="kin"')
  expect(second.body).not.toContain('name="family"')
  const saved = await w.post(w.people.worker, url, {
    ...hiddenOf(second.body, url),
    kin: 'aunt_uncle',
    text: 'Зухра',
    contact: 'careful',
    source: 'relative',
    whose: 'тётя Зухра',
    language: 'tg',
    method: 'phone',
    confidence: 'high',
  })
  expect(saved.statusCode).toBe(303)
  const next = (await w.get(w.people.worker, `${url}?what=origin`)).body
  expect(next).toMatch(/<option value="relative" selected/)
  expect(next).toMatch(/<option value="tg" selected/)
  expect(next).toContain('value="тётя Зухра"')
  expect(next).toContain('Таджикистан: Хатлонская область')
  expect((await w.post(w.people.worker, url, { ...hiddenOf(first, url), what: 'shoe size' })).statusCode).toBe(422)
  expect((await claim(id, { what: 'origin', region: 'TJ-KT', village: 'Сомониён' })).statusCode).toBe(303)
  const [fact] = (await claimsOf(id)).identity.facts.slice(-1)
  expect(fact).toMatchObject({ what: 'origin', country: 'TJ', region: 'TJ-KT', text: 'Таджикистан, Хатлонская область, Сомониён' })
})
test('an age that may mean two things is asked about; what is understood is shown, and can be put right', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Фируза' }))
  const asked = await claim(id, { what: 'age', text: '03/04/2011' })
  expect(asked.statusCode).toBe(200)
  expect(asked.body).toContain('3 апреля 2011')
  expect(asked.body).toContain('4 марта 2011')
  expect((await claimsOf(id)).identity.ages).toEqual([])
  const url = `/ru/people/${id}/claims/new`
  const again = { ...hiddenOf(asked.body, url), text: '03/04/2011', source: 'child', confidence: 'medium' }
  expect((await w.post(w.people.worker, url, again)).statusCode).toBe(200)
  expect((await w.post(w.people.worker, url, { ...again, reading: '1999' })).statusCode).toBe(200)
  expect((await w.post(w.people.worker, url, { ...again, reading: '2011-03-04' })).statusCode).toBe(303)
  const [age] = (await claimsOf(id)).identity.ages
  expect([age?.text, age?.edtf, age?.min, age?.minYear]).toEqual(['03/04/2011', '2011-03-04', '2011-03-04', 2011])
  expect((await claim(id, { what: 'age', text: '01.01.2012' })).statusCode).toBe(303)
  expect((await w.get(w.people.worker, `/ru/people/${id}`)).body).toContain('1 января, 1 июля')
  const reading = { 'min-day': '1', 'min-month': '9', 'min-year': '2010', 'max-day': '31', 'max-month': '8', 'max-year': '2010' }
  const path = `/people/${id}/claims/${age!.id}/reading`
  expect((await w.send(w.people.worker, path, reading)).statusCode).toBe(422)
  expect((await w.send(w.people.worker, path, { ...reading, 'max-year': '2011' })).statusCode).toBe(303)
  const page = (await w.get(w.people.worker, `/ru/people/${id}`)).body
  expect(page).toContain('между')
  expect(page).toContain('03/04/2011')
})
test('home, school and clinic are whereabouts: supervision does not see them; a paper has a next step', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Парвиз' }))
  expect((await claim(id, { what: 'place', place: 'school', text: 'школа 14 на Весенней' })).statusCode).toBe(303)
  expect(
    (await claim(id, { what: 'document', document: 'passport', state: 'withheld', holder: 'бригадир', next: 'запрос в консульство' }))
      .statusCode,
  ).toBe(303)
  const mine = (await w.get(w.people.worker, `/ru/people/${id}`)).body
  expect(mine).toContain('школа 14')
  expect(mine).toContain('запрос в консульство')
  expect(mine).toContain('бригадир')
  expect((await w.get(w.people.boss, `/ru/people/${id}`)).body).not.toContain('школа 14')
  for (const [status, said] of [
    ['stateless', 'без гражданства'],
    ['unknown', 'не знает'],
    ['undocumented', 'гражданство не установлено'],
  ] as const) {
    expect((await claim(id, { what: 'citizenship', status })).statusCode).toBe(303)
    expect((await w.get(w.people.worker, `/ru/people/${id}`)).body).toContain(said)
  }
  expect((await claim(id, { what: 'name', text: 'ʻAbdulla Gʻafurov ӯҷҳқғ ңөү' })).statusCode).toBe(303)
  expect((await claimsOf(id)).identity.names.at(-1)).toMatchObject({ order: 'unknown', parts: { other: 'ʻAbdulla Gʻafurov ӯҷҳқғ ңөү' } })
})
test('an age assessment needs guardian and consent, records the lowest age, and an appeal makes it doubtful', async () => {
  const id = await personOf(await w.open(w.people.worker, { name: 'Далер' }))
  const url = `/people/${id}/assessments/new`
  const fields = {
    grounds: 'в двух бумагах разный год',
    informedIn: 'таджикский',
    guardian: 'представитель опеки',
    consent: 'given',
    methods: 'documents',
    resultMin: '17',
    resultMax: '19',
    margin: '2',
    decidedBy: 'комиссия',
    'decidedOn-day': '1',
    'decidedOn-month': '2',
    'decidedOn-year': '2026',
  }
  const { guardian: _, ...alone } = fields
  for (const wrong of [alone, { ...fields, consent: 'refused' }, { ...fields, resultMin: '20' }, { ...fields, methods: 'sexual_maturity' }])
    expect((await w.send(w.people.worker, url, wrong)).statusCode).toBe(422)
  expect((await w.send(w.people.worker, url, fields)).statusCode).toBe(303)
  const { identity } = await claimsOf(id)
  expect(identity.assessments[0]).toMatchObject({ decided: 15, claimId: identity.ages[0]!.id })
  expect(identity.ages[0]).toMatchObject({ source: 'assessment', text: '15', standing: 'stands' })
  expect((await w.get(w.people.worker, `/ru/people/${id}`)).body).toContain('результат 17–19, погрешность 2')
  const appeal = `/people/${id}/assessments/${identity.assessments[0]!.id}`
  expect((await w.send(w.people.worker, appeal, { appeal: 'pending', note: 'подал адвокат' })).statusCode).toBe(303)
  expect((await claimsOf(id)).identity.ages[0]!.standing).toBe('disputed')
  await w.as(w.people.worker, async a => {
    const p = (await lockPerson(a, id))!
    const events = (await personJournal(a, id)).flatMap(s => openPersonEvent(s) ?? [])
    expect(events.reduce<Person | undefined>((x, e) => apply(x, { id, homeGroup: p.homeGroup }, e), undefined)).toEqual(p)
  })
})
