import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { draftOf } from './rules.draft.ts'
import { questionOf } from './rules.search-also.ts'
import { addClaim, recordPerson } from './rules.ts'
import { createPerson, lockPerson, savePersonEvent } from './store.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const said = { source: 'child', confidence: 'low' } as const
const record = async (
  name: string,
  facts: readonly (readonly [Parameters<typeof draftOf>[0]['what'], string])[],
  more: object = {},
): Promise<Id> => {
  const { worker } = w.people
  const how = () => ({ id: newId(), by: worker.id, at: new Date().toISOString() })
  const id = await w.as(worker, async a => {
    const e = recordPerson('child', [{ draft: draftOf({ what: 'name', text: name, ...said }), recording: how() }])
    return (await createPerson(a, { id: newId(), homeGroup: w.teamA }, e, newId())).id
  })
  for (const [what, text] of facts)
    await w.as(worker, async a => {
      const p = (await lockPerson(a, id))!
      const e = addClaim(
        p,
        { ...draftOf({ what, text, ...said }), ...(what === 'document' ? more : {}) } as Parameters<typeof addClaim>[1],
        how(),
      )
      if (e.ok) await savePersonEvent(a, p, e.value, newId())
    })
  return id
}
const ask = (fields: Record<string, string>, who = w.people.worker) => w.post(who, '/ru/people/search', fields)
const foundBy = async (fields: Record<string, string>, who = w.people.worker) => {
  const r = await ask(fields, who)
  expect(r.statusCode).toBe(200)
  return [...r.body.matchAll(/href="\/ru\/people\/([0-9a-f-]{36})"/g)].map(m => m[1])
}

test('whoever may not search may not search by a number either, and nobody finds by it whom they may not see', async () => {
  const id = await record('Малика', [
    ['age', '12'],
    ['phone', '+7 900 123-45-67'],
  ])
  for (const who of [w.people.psychologist, w.people.admin, w.people.carer])
    expect([who.alias, (await ask({ phone: '+7 900 123-45-67' }, who)).statusCode]).toEqual([who.alias, 404])
  for (const who of [w.people.stranger, w.people.duty])
    for (const fields of [{ phone: '89001234567' }, { ageFrom: '0', ageTo: '120' }, { sex: 'female' }])
      expect([who.alias, await foundBy(fields as Record<string, string>, who)]).toEqual([who.alias, []])
  expect(await foundBy({ phone: '8 (900) 123 45 67' })).toEqual([id])
})
test('what cannot be read is said beside its field, and everything typed is kept', async () => {
  const wrong: readonly [Record<string, string>, string][] = [
    [{ ageFrom: 'двенадцать' }, 'ageFrom'],
    [{ ageTo: '121' }, 'ageTo'],
    [{ ageFrom: '-1' }, 'ageFrom'],
    [{ ageFrom: '14', ageTo: '12' }, 'ageTo'],
    [{ origin: 'Атлантида' }, 'origin'],
    [{ phone: '12' }, 'phone'],
    [{ handle: '@' }, 'handle'],
    [{ document: '№' }, 'document'],
    [{ sex: 'both' }, 'sex'],
  ]
  for (const [fields, name] of wrong) {
    const r = await ask({ q: 'Зулайхо', phone: '+7 900 555-55-55', ...fields })
    expect([fields, r.statusCode, r.headers.location]).toEqual([fields, 422, undefined])
    expect([fields, r.body.includes(`id="${name}-error"`)]).toEqual([fields, true])
    for (const text of ['Зулайхо', ...(name === 'sex' ? [] : Object.values(fields))]) expect(r.body).toContain(`value="${text}"`)
    // What is wrong is folded away nowhere.
    expect(r.body).toMatch(/<details class="govuk-details"[^>]* open/)
  }
  expect((await w.get(w.people.worker, '/ru/people/search')).body).not.toMatch(/<details class="govuk-details"[^>]* open/)
  expect((await ask({ q: '', ageFrom: '', sex: 'any' })).statusCode).toBe(200)
})
test('each part alone and together with a name; who is known to be otherwise is left out, who is not known stands below', async () => {
  const boy = await record('Ёкуб Назаров', [
    ['age', '12–14'],
    ['sex', 'мальчик'],
    ['origin', 'Таджикистан'],
    ['handle', '@yoqub_n'],
  ])
  const girl = await record('Ёкуба Назарова', [
    ['age', '16'],
    ['sex', 'девочка'],
    ['origin', 'Узбекистан'],
  ])
  const nobody = await record('Ёкуб Саидов', [])
  expect(await foundBy({ handle: 'https://t.me/yoqub_n' })).toEqual([boy])
  const asked = { q: 'Yoqub', ageFrom: '13', ageTo: '13', sex: 'male', origin: 'Тоҷикистон' }
  const body = (await ask(asked)).body
  expect(body.indexOf(boy)).toBeGreaterThan(0)
  expect(body.indexOf(nobody)).toBeGreaterThan(body.indexOf(boy))
  expect(body).not.toContain(girl)
  expect(body.indexOf('указано не всё')).toBeGreaterThan(body.indexOf(boy))
  const all = await foundBy({ sex: 'female' })
  expect(all).toContain(girl)
  expect(all).not.toContain(boy)
  expect(all.indexOf(nobody)).toBeGreaterThan(all.indexOf(girl))
  // A number that nobody has takes no name away.
  expect(await foundBy({ q: 'Ёкуба Назарова', phone: '+7 911 000-00-00' })).toContain(girl)
  // Somebody with the number stands first, whatever they are called.
  expect((await foundBy({ q: 'Ёкуба Назарова', handle: 'yoqub_n' }))[0]).toBe(boy)
  expect(await foundBy({ phone: '+7 911 000-00-00' })).toEqual([])
})
test('whatever is typed, there is a question or an error beside a field of the form, never both and never a throw', () => {
  const text = fc.option(fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('12', '14', '200', 'RU', 'Россия')), { nil: undefined })
  const sex = fc.constantFrom('any' as const, 'female' as const, 'male' as const, undefined)
  fc.assert(
    fc.property(
      text,
      fc.record({ ageFrom: text, ageTo: text, sex, origin: text, phone: text, handle: text, document: text }),
      (name, also) => {
        const { question, errors } = questionOf(name, also, 2026)
        if (Object.keys(errors).length > 0) expect(question).toBeNull()
        for (const field of Object.keys(errors)) expect(Object.keys(also)).toContain(field)
        if (question?.minYear && question.maxYear) expect(question.minYear).toBeLessThanOrEqual(question.maxYear)
      },
    ),
  )
})
