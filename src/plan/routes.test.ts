import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { addDays, dayOf } from '../base/time.ts'
import { findCase } from '../case/store.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { decidePlan, planCommands } from './plan.testing.ts'
import { planPolicy } from './policy.ts'
import { planPart, registerPlan } from './routes.ts'
import { applyPlan, isWaiting } from './rules.ts'
import type { Step } from './schema.ts'
import { planJournal, savePlanEvent, stepsOf } from './store.ts'
import { openStepsOf, waitingSteps } from './store.waiting.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerPlan, [planPolicy], [planPart])
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const today = () => dayOf(new Date().toISOString())
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const add = (who: Person, id: Id, fields: Record<string, string> = {}) =>
  w.send(who, `/cases/${id}/plan/new`, { what: 'показать врачу-канарейке', when: 'today', who: 'me', ...fields })
const stepIds = async (id: Id): Promise<Id[]> =>
  (await w.db.owner.query('select id from app.plan_step where case_id = $1 order by due, id', [id])).rows.map(r => r.id as Id)
const paths = ['', '/new', '/together', '/first-hours']

describe('who may not', () => {
  test('whoever may not open the case finds no plan, and no step', async () => {
    const id = await w.open(w.people.worker)
    await add(w.people.worker, id)
    const [step] = await stepIds(id)
    const acts = ['done', 'skip', 'later', 'change', 'reopen', 'answer'].map(x => `/${step}/${x}`)
    const { admin, stranger, psychologist, lawyer, follower, carer, duty } = w.people
    for (const who of [admin, stranger, psychologist, lawyer, follower, carer, duty])
      for (const p of [...paths, ...acts]) {
        expect([who.alias, p, await status(who, `/cases/${id}/plan${p}`)]).toEqual([who.alias, p, 404])
        const sent = await w.post(who, `/ru/cases/${id}/plan${p}`, { command: newId(), version: '1', what: 'x', when: 'today', who: 'me' })
        expect([who.alias, p, sent.statusCode]).toEqual([who.alias, p, 404])
      }
    await w.as(stranger, async a => {
      expect((await a.tx.query('select from app.plan_step where case_id = $1', [id])).rowCount).toBe(0)
      expect((await a.tx.query("update app.plan_step set state = 'done' where case_id = $1", [id])).rowCount).toBe(0)
      expect((await waitingSteps(a, { groups: [w.teamA], direct: [id] }, today())).total).toBe(0)
    })
  })
  test('a step of one case is not found under another', async () => {
    const [a, b] = [await w.open(w.people.worker), await w.open(w.people.worker)]
    await add(w.people.worker, a)
    const [step] = await stepIds(a)
    expect(await status(w.people.worker, `/cases/${b}/plan/${step}/done`)).toBe(404)
  })
  test('a colleague who cannot open the case gets no step of it', async () => {
    const id = await w.open(w.people.worker)
    for (const who of [w.people.carer, w.people.duty, w.people.stranger])
      expect((await add(w.people.worker, id, { who: 'colleague', colleague: who.id })).statusCode).toBe(422)
    expect((await add(w.people.worker, id, { who: 'colleague', colleague: w.people.worker2.id })).statusCode).toBe(303)
  })
  test('a closed case takes no step', async () => {
    const id = await w.open(w.people.worker)
    await w.db.owner.query("update app.case_record set state = 'closed' where id = $1", [id])
    const refused = await add(w.people.worker, id)
    expect([refused.statusCode, refused.body.includes('показать врачу-канарейке')]).toEqual([422, true])
    expect(await stepIds(id)).toEqual([])
  })
})

test('a step is written, moved, and done in two clicks; what it says is sealed', async () => {
  const { worker, worker2, boss } = w.people
  const id = await w.open(worker)
  expect((await add(worker, id, { done: 'знаем, что с рукой' })).statusCode).toBe(303)
  const plan = (await w.get(worker, `/ru/cases/${id}/plan`)).body
  expect(plan).toContain('показать врачу-канарейке')
  expect(plan).toContain('знаем, что с рукой')
  expect((await w.get(boss, `/ru/cases/${id}`)).body).toContain('показать врачу-канарейке')
  const [step] = await stepIds(id)
  const later = await w.send(worker2, `/cases/${id}/plan/${step}/later`, { when: 'week', reason: 'врач в отпуске' })
  expect(later.statusCode).toBe(303)
  expect((await w.get(worker, `/ru/cases/${id}/plan`)).body).toContain('врач в отпуске')
  const changed = await w.send(worker, `/cases/${id}/plan/${step}/change`, {
    what: 'к хирургу',
    when: 'week',
    who: 'outside',
    outside: 'Поликлиника',
  })
  expect(changed.statusCode).toBe(303)
  expect((await w.send(worker, `/cases/${id}/plan/${step}/done`, { cameOf: 'перелома нет' })).statusCode).toBe(303)
  expect(await status(worker, `/cases/${id}/plan/${step}/done`)).toBe(200)
  expect((await w.send(worker, `/cases/${id}/plan/${step}/skip`, { reason: 'x' })).statusCode).toBe(422)
  // Done by mistake: it is open again with a reason, and can be done once more.
  const plain = (await w.get(worker, `/ru/cases/${id}/plan`)).body
  expect(plain).toContain(`/plan/${step}/reopen`)
  expect((await w.send(worker2, `/cases/${id}/plan/${step}/reopen`, { reason: 'отметили не тот шаг' })).statusCode).toBe(303)
  expect((await w.get(worker, `/ru/cases/${id}`)).body).toContain('отметили не тот шаг')
  expect((await w.send(worker2, `/cases/${id}/plan/${step}/reopen`, { reason: 'x' })).statusCode).toBe(422)
  await w.as(worker, async a => expect(await openStepsOf(a, id)).toBe(1))
  expect((await w.send(worker, `/cases/${id}/plan/${step}/done`, { cameOf: 'перелома нет' })).statusCode).toBe(303)
  const page = (await w.get(worker, `/ru/cases/${id}`)).body
  for (const words of ['Шаг перенесён', 'перелома нет', 'Поликлиника']) expect(page).toContain(words)
  const clear = ['канарейк', 'отпуске', 'хирургу', 'Поликлиника', 'перелома']
  const dump = JSON.stringify(
    (await w.db.owner.query("select to_jsonb(s) || jsonb_build_object('sealed', encode(s.sealed, 'escape')) as x from app.plan_step s"))
      .rows,
  )
  for (const c of clear) expect(dump).not.toContain(c)
})
test('what another body said by telephone or on paper is written down by us, moves the wait on, and stands in the timeline', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  await add(worker, id)
  const [own] = await stepIds(id)
  expect(await status(worker, `/cases/${id}/plan/${own}/answer`)).toBe(404)
  await w.send(worker, `/cases/${id}/plan/${own}/skip`, { version: '1', reason: 'не нужно' })
  await add(worker, id, { what: 'взять в приют', who: 'outside', outside: 'Приют-канарейка' })
  const step = (await stepIds(id)).find(x => x !== own)!
  const form = `/cases/${id}/plan/${step}/answer`
  expect((await w.get(worker, `/ru/cases/${id}/plan`)).body).toContain(`${step}/answer`)
  const waits = () =>
    w.as(worker, async a => (await waitingSteps(a, { groups: [w.teamA], direct: [] }, today())).rows.some(r => r.id === step))
  expect(await waits()).toBe(true)
  const no = { answer: 'declined', way: 'call', by: 'дежурная Мария', words: 'мест-канареек нет' }
  const [year, month, day] = addDays(today(), 2).split('-') as [string, string, string]
  const later = { 'next-day': day, 'next-month': month, 'next-year': year }
  const bare = await w.send(worker, form, { ...no, version: '1' })
  expect([bare.statusCode, bare.body.includes('мест-канареек нет')]).toEqual([422, true])
  expect((await w.send(worker, form, { ...no, ...later, version: '1' })).statusCode).toBe(303)
  expect(await waits()).toBe(false)
  expect((await w.send(worker, form, { ...no, ...later, version: '1' })).statusCode).toBe(409)
  const page = (await w.get(worker, `/ru/cases/${id}/plan`)).body
  expect(page).toContain('дежурная Мария')
  const { rows } = await w.db.owner.query('select encode(sealed, $1) as s from app.plan_step where id = $2', ['escape', step])
  expect(String(rows[0]?.s)).not.toContain('Мария')
  const yes = { answer: 'accepted', way: 'paper', by: 'письмо заведующей', version: '2' }
  expect((await w.send(worker, form, yes)).statusCode).toBe(303)
  expect(await w.as(worker, a => openStepsOf(a, id))).toBe(0)
  const timeline = (await w.get(worker, `/ru/cases/${id}`)).body
  for (const said of ['мест-канареек нет', 'письмо заведующей', 'Приют-канарейка', 'Ответ другой организации'])
    expect(timeline).toContain(said)
})

test('somebody else was faster: both are shown, nothing is overwritten; the same form twice counts once', async () => {
  const { worker, worker2 } = w.people
  const id = await w.open(worker)
  const url = `/ru/cases/${id}/plan/new`
  const form = { ...hiddenOf((await w.get(worker, url)).body, url), what: 'позвонить', when: 'tomorrow', who: 'family' }
  expect([(await w.post(worker, url, form)).statusCode, (await w.post(worker, url, form)).statusCode]).toEqual([303, 303])
  const [step, ...more] = await stepIds(id)
  expect(more).toEqual([])
  const at = `/ru/cases/${id}/plan/${step}/skip`
  const old = { ...hiddenOf((await w.get(worker, at)).body, at), reason: 'уже знают' }
  expect((await w.send(worker2, `/cases/${id}/plan/${step}/later`, { when: 'week', reason: 'не дозвонились' })).statusCode).toBe(303)
  const stale = await w.post(worker, at, old)
  expect([stale.statusCode, stale.body.includes('уже знают')]).toEqual([409, true])
})
test('the steps of the first hours come in one action, and each can be changed', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  const shown = (await w.get(worker, `/ru/cases/${id}/plan/first-hours`)).body
  expect(shown).toContain('ЮНИСЕФ')
  expect((await w.send(worker, `/cases/${id}/plan/first-hours`, { starters: ['safe_now', 'medical', 'one_person'] })).statusCode).toBe(303)
  const ids = await stepIds(id)
  expect(ids.length).toBe(3)
  expect((await w.send(worker, `/cases/${id}/plan/${ids[0]}/change`, { what: 'свои слова', when: 'today', who: 'child' })).statusCode).toBe(
    303,
  )
  expect((await w.get(worker, `/en/cases/${id}/plan`)).body).toContain('свои слова')
})

describe('for several children', () => {
  const together = (who: Person, id: Id, also: readonly Id[]) =>
    w.send(who, `/cases/${id}/plan/together`, { what: 'свидание братьев', when: 'today', who: 'me', also: [...also] })
  test('one command writes the step in each case, under its own key; the table does not say that they are one', async () => {
    const { worker } = w.people
    const contact = await w.contact()
    const [a, b] = [
      await w.open(w.people.duty, { contact, name: 'Первый', team: w.teamA }),
      await w.open(w.people.duty, { contact, name: 'Второй', team: w.teamA }),
    ]
    expect(await status(worker, `/cases/${await w.open(worker)}/plan/together`)).toBe(404)
    expect((await w.get(worker, `/ru/cases/${a}/plan/together`)).body).toContain('Второй')
    expect((await together(worker, a, [b])).statusCode).toBe(303)
    expect([(await stepIds(a)).length, (await stepIds(b)).length]).toEqual([1, 1])
    await w.as(worker, async x => {
      const [s] = await stepsOf(x, a)
      const [t] = await stepsOf(x, b)
      expect(s?.words?.family).toBe(t?.words?.family)
      expect(s?.words?.family).not.toBeNull()
    })
    // Who may open one of them only is offered, and may write, one only.
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
      [newId(), b, w.teamA, w.people.worker2.id, worker.id],
    )
    expect(await status(w.people.worker2, `/cases/${a}/plan/together`)).toBe(404)
    const sent = await w.post(w.people.worker2, `/ru/cases/${a}/plan/together`, {
      command: newId(),
      what: 'x',
      when: 'today',
      who: 'me',
      also: b,
    })
    expect([sent.statusCode, (await stepIds(b)).length]).toEqual([404, 1])
  })
  test('children who must not know of each other get no step together, not even by a form that was open before', async () => {
    const { worker } = w.people
    const contact = await w.contact()
    const [a, b] = [
      await w.open(w.people.duty, { contact, name: 'Третий', team: w.teamA }),
      await w.open(w.people.duty, { contact, name: 'Четвёртый', team: w.teamA }),
    ]
    const url = `/ru/cases/${a}/plan/together`
    const form = { ...hiddenOf((await w.get(worker, url)).body, url), what: 'x', when: 'today', who: 'me', also: b }
    const number = String((await w.db.owner.query('select number from app.case_record where id = $1', [b])).rows[0].number)
    expect((await w.send(worker, `/cases/${a}/links/new`, { number, relation: 'sibling', together: 'must_not_know' })).statusCode).toBe(303)
    expect(await status(worker, `/cases/${a}/plan/together`)).toBe(404)
    expect((await w.post(worker, url, form)).statusCode).toBe(404)
    expect([...(await stepIds(a)), ...(await stepIds(b))]).toEqual([])
    expect((await w.get(worker, `/ru/cases/${a}/plan`)).body).toContain(number)
  })
})

test('nothing that is due vanishes, and the journal replays to the rows', async () => {
  const { worker } = w.people
  await fc.assert(
    fc.asyncProperty(planCommands, async list => {
      const id = await w.open(worker)
      let steps: ReadonlyMap<Id, Step> = new Map()
      let day = today()
      for (const cmd of list) {
        day = addDays(day, cmd.passed)
        await w.as(worker, async a => {
          const c = (await findCase(a, id, true))!
          const { e, s } = decidePlan(steps, cmd, day, worker.id)
          if (!e?.ok) return
          await savePlanEvent(a, c, s ? [s] : [], e.value, newId())
          steps = applyPlan(steps, { caseId: id, homeGroup: c.homeGroup }, e.value)
        })
        const due = [...steps.values()].filter(s => isWaiting(s) && s.due <= day).map(s => s.id)
        await w.as(worker, async a => {
          const scope = { groups: [w.teamA], direct: [] }
          const mine = await waitingSteps(a, scope, day, worker.id)
          // The first 25 of everybody's; this case's are all among them as long as there are few.
          const all = new Set(mine.rows.map(r => r.id))
          if (mine.total <= 25) for (const x of due) expect(all.has(x)).toBe(true)
          expect(mine.rows.every(r => r.due <= day)).toBe(true)
          expect(mine.total).toBeGreaterThanOrEqual(due.length)
        })
      }
      await w.as(worker, async a => {
        const rows = await stepsOf(a, id)
        expect(new Map(rows.map(r => [r.id, r]))).toEqual(new Map([...steps].sort()))
        const replayed = (await planJournal(a, id)).reduce<ReadonlyMap<Id, Step>>(
          (m, e) => applyPlan(m, { caseId: id, homeGroup: w.teamA }, e),
          new Map(),
        )
        expect(replayed).toEqual(new Map(rows.map(r => [r.id, r])))
        expect(await openStepsOf(a, id)).toBe(rows.filter(isWaiting).length)
      })
      // Nothing of this case stands in the next one's list.
      await w.db.owner.query("update app.plan_step set state = 'done' where case_id = $1", [id])
    }),
    { numRuns: 6 },
  )
}, 120_000)
