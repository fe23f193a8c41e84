import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import type { Person } from '../platform/testing.session.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { screeningPolicy } from './policy.ts'
import { registerScreening, screeningPart } from './routes.ts'
import { command } from './rules.testing.ts'
import { apply } from './rules.ts'
import { circumstances, eventCompartment, openEvent, type Screening } from './schema.ts'
import { codesForStatistics, exploitationFacts, findScreening, onCase, saveScreening, screeningJournal, stateOf } from './store.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerScreening, [screeningPolicy], [screeningPart])
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const steps = ['', '/decision', '/circumstances', '/facts', '/known', '/approach', '/route']
const canary = { text: 'канарейка-основание', handle: 'kanareika_2010', reason: 'канарейка-решение' }
const unasked = Object.fromEntries(circumstances.map(c => [c, 'not_asked']))
const facts = { acts: ['recruitment'], purposes: ['forced_begging'], text: canary.text, life: 'no', source: 'child', confidence: 'high' }

describe('who may not', () => {
  test('whoever does not see the record finds no screening, and a role without words writes none', async () => {
    const { worker, boss, admin, stranger, psychologist, follower, carer, duty } = w.people
    const id = await w.open(worker, { name: 'Лена' })
    const contact = await w.contact()
    for (const who of [admin, stranger, psychologist, follower, carer, duty])
      for (const p of steps) expect([who.alias, p, await status(who, `/cases/${id}/screening${p}`)]).toEqual([who.alias, p, 404])
    for (const who of [admin, stranger, worker, psychologist, follower, carer])
      for (const p of steps) expect([who.alias, p, await status(who, `/contacts/${contact}/screening${p}`)]).toEqual([who.alias, p, 404])
    expect(await status(boss, `/cases/${id}/screening`)).toBe(200)
    for (const p of ['/circumstances', '/facts', '/known', '/approach', '/route'])
      expect([p, await status(boss, `/cases/${id}/screening${p}`)]).toEqual([p, 404])
    expect(await status(worker, `/cases/${id}/screening/facts/${id}/withdraw`)).toBe(404)
  })
  test('an excluded colleague finds nothing, on the case as on its plain facts', async () => {
    const { worker, worker2 } = w.people
    const id = await w.open(worker)
    await w.send(worker, `/cases/${id}/screening/facts`, facts)
    await w.send(worker, `/cases/${id}/exclude`, { who: `user:${worker2.id}`, reason: 'родственник' })
    expect(await status(worker2, `/cases/${id}/screening`)).toBe(404)
    expect(await w.as(worker2, a => exploitationFacts(a, id))).toEqual([])
    expect(await w.as(worker2, a => codesForStatistics(a, id))).toBeUndefined()
  })
  test('a supervisor reads the decision and the codes, never the words', async () => {
    const { worker, boss } = w.people
    const id = await w.open(worker)
    await w.send(worker, `/cases/${id}/screening/facts`, facts)
    const decided = await w.send(boss, `/cases/${id}/screening/decision`, { outcome: 'presumed', reason: canary.reason, atRisk: 'yes' })
    expect(decided.statusCode).toBe(303)
    const page = (await w.get(boss, `/ru/cases/${id}/screening?open=story`)).body
    expect(page).toContain(canary.reason)
    expect(page).toContain('вербовка')
    expect(page).not.toContain(canary.text)
    expect(page).toContain('нет к ней ключа')
  })
})

describe('on a case', () => {
  test('every section is its own form; the words open on purpose; the case shows a card and the events', async () => {
    const { worker } = w.people
    const id = await w.open(worker)
    expect((await w.get(worker, `/ru/cases/${id}/screening`)).body).toContain('Пока не спрашивали')
    const at = (p: string) => `/cases/${id}/screening/${p}`
    for (const [path, fields] of [
      ['circumstances', { ...unasked, left_home: 'yes', undocumented: 'no', about: 'ушла осенью', source: 'relative' }],
      ['facts', facts],
      [
        'approach',
        { way: 'online', online: 'game', handle: canary.handle, recruiter: 'stranger_online', time: 'over_three', control: 'no' },
      ],
      ['route', { origin: 'Хатлон', destination: 'Казань' }],
      ['decision', { outcome: 'inconclusive', reason: canary.reason, atRisk: 'not_asked' }],
    ] as const)
      expect([path, (await w.send(worker, at(path), fields)).statusCode]).toEqual([path, 303])
    const closed = (await w.get(worker, `/ru/cases/${id}/screening`)).body
    expect(closed).toContain('недостаточно сведений')
    expect(closed).not.toContain(canary.text)
    const open = (await w.get(worker, `/ru/cases/${id}/screening?open=story`)).body
    for (const x of [canary.text, canary.handle, 'Хатлон', 'ушла осенью', 'Палермский протокол']) expect(open).toContain(x)
    const page = (await w.get(worker, `/ru/cases/${id}`)).body
    expect(page).toContain('Скрининг: решение')
    expect(page).toContain('недостаточно сведений')
    expect(page).not.toContain(canary.text)
    expect(await w.as(worker, a => codesForStatistics(a, id))).toEqual({
      circumstances: ['left_home'],
      acts: ['recruitment'],
      purposes: ['forced_begging'],
      channel: 'game',
      decision: 'inconclusive',
      atRisk: 'not_asked',
    })
    const [fact] = await w.as(worker, a => exploitationFacts(a, id))
    expect([fact?.dangerToLife, Date.parse(fact!.learned) <= Date.now()]).toEqual([false, true])
  })
  test('random commands: the journal, as it is read back, gives the row', async () => {
    const { worker } = w.people
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 8 }), async list => {
        const id = await w.open(worker)
        for (const c of list)
          await w.as(worker, async a => {
            const found = await findScreening(a, id, true, true)
            const decided = c(stateOf(found, true)!)
            if (decided.ok) await saveScreening(a, onCase({ id, homeGroup: w.teamA }), found, decided.value, newId())
          })
        await w.as(worker, async a => {
          const found = await findScreening(a, id, true)
          const replayed = (await screeningJournal(a, id, true)).reduce<Screening | undefined>(
            (s, e) => apply(s, openEvent(e.type, e.parts[eventCompartment[e.type]]!)),
            undefined,
          )
          expect(replayed).toEqual(found && { summary: found.summary, words: found.words, fact: found.fact, version: found.version })
        })
      }),
      { numRuns: 25, interruptAfterTimeLimit: 5000 },
    )
  })
  test('a fact is withdrawn with a reason and stays readable', async () => {
    const { worker } = w.people
    const id = await w.open(worker)
    await w.send(worker, `/cases/${id}/screening/facts`, facts)
    const path = /\/ru(\/cases\/[0-9a-f-]+\/screening\/facts\/[0-9a-f-]+\/withdraw)/.exec(
      (await w.get(worker, `/ru/cases/${id}/screening?open=story`)).body,
    )![1]!
    expect((await w.send(worker, path, { reason: 'ослышались' })).statusCode).toBe(303)
    expect(await status(worker, path)).toBe(404)
    const page = (await w.get(worker, `/ru/cases/${id}/screening?open=story`)).body
    expect(page).toContain('ослышались')
    expect(page).toContain(canary.text)
    expect((await w.as(worker, a => codesForStatistics(a, id)))?.acts).toEqual([])
    expect(await w.as(worker, a => exploitationFacts(a, id))).toHaveLength(1)
  })
  test('not established of a child in danger asks for a second look; a stale decision comes back side by side; a closed case takes none', async () => {
    const { worker, boss } = w.people
    const id = await w.open(worker, { danger: 'danger' })
    const url = `/ru/cases/${id}/screening/decision`
    const old = hiddenOf((await w.get(boss, url)).body, url)
    await w.send(worker, `/cases/${id}/screening/decision`, {
      outcome: 'not_established',
      reason: 'ничего не найдено',
      atRisk: 'not_asked',
    })
    const looks = await w.db.owner.query("select what from app.second_look where record = $1 and what = 'not_established'", [id])
    expect(looks.rowCount).toBe(1)
    const stale = await w.post(boss, url, { ...old, outcome: 'presumed', reason: 'есть действие', atRisk: 'not_asked' })
    expect([stale.statusCode, stale.body.includes('ничего не найдено'), stale.body.includes('есть действие')]).toEqual([409, true, true])
    await w.db.owner.query(
      "update app.case_record set state = 'closed', closed = '2026-01-01', retention = '2030-01-01', due = null where id = $1",
      [id],
    )
    const late = await w.send(worker, `/cases/${id}/screening/decision`, { outcome: 'presumed', reason: 'x', atRisk: 'not_asked' })
    expect(late.statusCode).toBe(422)
  })
})

describe('from a contact', () => {
  test('the desk screens a contact; its case takes everything over, and the contact stays as it was', async () => {
    const { duty, worker } = w.people
    const contact = await w.contact()
    const at = `/contacts/${contact}/screening`
    expect((await w.send(duty, `${at}/facts`, facts)).statusCode).toBe(303)
    const wrong = await w.send(duty, `${at}/decision`, { outcome: 'confirmed', reason: 'x', atRisk: 'not_asked' })
    expect([wrong.statusCode, wrong.body.includes('Назовите орган')]).toEqual([422, true])
    expect((await w.send(duty, `${at}/decision`, { outcome: 'presumed', reason: canary.reason, atRisk: 'yes' })).statusCode).toBe(303)
    expect((await w.get(duty, `/ru${at}`)).body).toContain(canary.text)
    expect((await w.get(duty, `/ru${at}`)).body).toContain('Время на решение идёт')
    const id = await w.open(duty, { contact })
    expect((await w.get(duty, `/ru${at}`)).body).not.toContain('Время на решение идёт')
    const own = (await w.get(worker, `/ru/cases/${id}/screening?open=story`)).body
    expect(own).toContain(canary.text)
    expect(own).toContain(canary.reason)
    expect(await w.as(worker, a => exploitationFacts(a, id))).toHaveLength(1)
    expect((await w.get(duty, `/ru${at}`)).body).toContain(`/ru/cases/${id}/screening`)
    expect((await w.get(duty, `/ru${at}/facts`)).statusCode).toBe(303)
    // The thread goes on in the case.
    expect((await w.send(worker, `/cases/${id}/screening/route`, { origin: 'Ош' })).statusCode).toBe(303)
  })
  test('two children: each case has its own, shared codes without the words', async () => {
    const { duty, worker } = w.people
    const contact = await w.contact()
    await w.send(duty, `/contacts/${contact}/screening/facts`, facts)
    await w.send(duty, `/cases/new?contact=${contact}`, {
      'children[0][name]': 'Али',
      'children[0][relation]': 'child',
      'children[1][name]': 'Вали',
      'children[1][relation]': 'sibling',
      danger: 'concern',
      team: w.teamA,
    })
    const { rows } = await w.db.owner.query<{ id: string }>('select id from app.case_record where contact_id = $1', [contact])
    expect(rows).toHaveLength(2)
    for (const { id } of rows) {
      const page = (await w.get(worker, `/ru/cases/${id}/screening?open=story`)).body
      expect([page.includes('вербовка'), page.includes(canary.text), page.includes('остались там, где были сказаны')]).toEqual([
        true,
        false,
        true,
      ])
    }
  })
  test('nothing of it stands in the clear', async () => {
    const { rows } = await w.db.owner.query<{ all: string }>('select string_agg(s::text, chr(10)) as all from app.screening s')
    for (const x of Object.values(canary)) expect(rows[0]!.all).not.toContain(x)
  })
})
