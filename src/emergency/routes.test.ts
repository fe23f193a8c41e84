import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, readJournal } from '../platform/records.ts'
import type { Person } from '../platform/testing.session.ts'
import { applyCard, openingOf } from './rules.ts'
import { type CardRow, isEmergencyEvent, openEmergencyEvent } from './schema.ts'
import { addToRota, rota } from './store.on-call.ts'
import { findCard } from './store.ts'
import { canary, type EmergencyWorld, emergencyWorld } from './world.testing.ts'

let w: EmergencyWorld
beforeAll(async () => {
  w = await emergencyWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const acts: Record<string, Record<string, string>> = {
  kind: { danger: 'attack' },
  tell: { where: canary.where, what: canary.what, since: '' },
  called: { whom: 'rescue', outcome: 'coming', note: canary.note },
  take: {},
  end: { became: canary.became },
}

describe('who may not', () => {
  test('whoever does not see the record opens no card, reads none and writes on none', async () => {
    const { worker, duty, boss, admin, stranger, psychologist, lawyer, follower, carer } = w.people
    const contact = await w.contact()
    const id = await w.open(worker)
    const [onContact, onCase] = [await w.press(duty, `/contacts/${contact}`), await w.press(worker, `/cases/${id}`)]
    for (const who of [admin, stranger, psychologist, lawyer, follower, carer]) {
      for (const p of [`/contacts/${contact}/life`, `/cases/${id}/life`])
        expect([who.alias, p, (await w.post(who, `/ru${p}`, {})).statusCode]).toEqual([who.alias, p, 404])
      for (const card of [onContact, onCase]) {
        for (const p of ['', '/state']) expect([who.alias, await status(who, `/life/${card}${p}`)]).toEqual([who.alias, 404])
        for (const [name, fields] of Object.entries(acts))
          expect([
            who.alias,
            name,
            (await w.post(who, `/ru/life/${card}/${name}`, { command: newId(), version: '1', ...fields })).statusCode,
          ]).toEqual([who.alias, name, 404])
        expect(await w.as(who, a => findCard(a, card))).toBeUndefined()
      }
    }
    // A team's case is not the desk's, and the desk's contact not the team's.
    expect(await status(duty, `/life/${onCase}`)).toBe(404)
    expect(await status(worker, `/life/${onContact}`)).toBe(404)
    expect(await status(boss, `/life/${onCase}`)).toBe(200)
  })
  test('an excluded colleague finds no card and takes no page', async () => {
    const { worker, worker2 } = w.people
    const id = await w.open(worker)
    await w.send(worker, `/cases/${id}/exclude`, { who: `user:${worker2.id}`, reason: 'родственник' })
    const card = await w.press(worker, `/cases/${id}`)
    expect(await status(worker2, `/life/${card}`)).toBe(404)
    expect((await w.get(worker2, '/ru/on-call')).body).not.toContain(card)
    await w.post(worker2, `/ru/on-call/pages/${card}/take`, {})
    expect((await w.db.owner.query('select taken_by from app.page_call where id = $1', [card])).rows[0].taken_by).toBeNull()
  })
  test('only supervision and administration set the rota, in their own agency; an address is seen by its owner alone', async () => {
    const { worker, duty, boss, admin, stranger, psychologist } = w.people
    for (const who of [worker, duty]) {
      expect(await status(who, '/on-call/rota')).toBe(404)
      await expect(w.as(who, a => addToRota(a, { teamId: w.teamA, userId: who.id, weekday: null, from: 0, until: 1440 }))).rejects.toThrow()
    }
    await expect(
      w.as(stranger, a => addToRota(a, { teamId: w.teamA, userId: stranger.id, weekday: null, from: 0, until: 1440 })),
    ).rejects.toThrow()
    await expect(
      w.as(boss, a => addToRota(a, { teamId: w.teamA, userId: stranger.id, weekday: null, from: 0, until: 1440 })),
    ).rejects.toThrow()
    expect(await status(psychologist, '/on-call')).toBe(404)
    await w.reach(worker, 'chaika@example.org')
    for (const who of [boss, admin, duty]) {
      expect((await w.get(who, '/ru/on-call/me')).body).not.toContain('chaika@')
      expect(await w.as(who, async a => (await a.tx.query('select user_id from app.staff_point')).rows)).toEqual([])
    }
    expect((await w.get(worker, '/ru/on-call/me')).body).toContain('chaika@example.org')
    expect(JSON.stringify((await w.db.owner.query('select * from app.staff_point')).rows)).not.toContain('chaika')
  })
})

describe('the card', () => {
  test('one press opens it; pressed again by a colleague it is the same one, and paging has begun', async () => {
    const { worker, worker2 } = w.people
    const id = await w.open(worker)
    const [a, b] = await Promise.all([w.press(worker, `/cases/${id}`), w.press(worker2, `/cases/${id}`)])
    expect(a).toBe(b)
    const calls = await w.db.owner.query('select cause, record, opened_by from app.page_call where id = $1', [a])
    expect(calls.rows).toMatchObject([{ cause: 'card', record: id }])
    const page = (await w.get(worker, `/ru/cases/${id}`)).body
    expect(page).toContain(`/ru/life/${a}`)
    expect(page).toContain('Жизнь в опасности: открыта карта')
  })
  test('kind, words and calls; the journal replayed is the card; nothing of it stands in the clear or on another page', async () => {
    const { duty, boss } = w.people
    const contact = await w.contact()
    const card = await w.press(duty, `/contacts/${contact}`)
    const fresh = (await w.get(duty, `/ru/life/${card}`)).body
    expect(fresh).toContain('href="tel:112"')
    expect(fresh.indexOf('tel:112')).toBeLessThan(fresh.indexOf('Какая опасность'))
    for (const name of ['kind', 'tell', 'called', 'take'] as const)
      expect([name, (await w.act(duty, card, name, acts[name]!)).statusCode]).toEqual([name, 303])
    const page = (await w.get(duty, `/ru/life/${card}?say=tg`)).body
    for (const x of [
      canary.where,
      canary.what,
      canary.note,
      'По чату место не определить',
      'Ту гунаҳкор нестӣ',
      'Это не твоя вина',
      'Сова на связи',
    ])
      expect(page).toContain(x)
    expect((await w.get(duty, `/en/life/${card}?say=uz-Cyrl`)).body).toContain('Қайси')
    const seen = await w.as(duty, async a => ({ card: await findCard(a, card), journal: await readJournal(a, contact, ['summary']) }))
    const events = seen.journal.flatMap(s => (isEmergencyEvent(s.type) ? [openEmergencyEvent(s.type, s.parts.summary!)] : []))
    const { record, kind, homeGroup, openedBy, openedAt } = seen.card!
    expect(events.reduce<CardRow>(applyCard, openingOf({ record, kind, homeGroup }, card, openedBy, openedAt))).toEqual(seen.card)
    expect(events.map(e => e.type)).toEqual(['emergency_opened', 'emergency_told', 'emergency_told', 'emergency_called', 'emergency_taken'])
    for (const url of ['/contacts', `/contacts/${contact}`, '/on-call', `/life/${card}/state`])
      expect([url, /канарейка/.test((await w.get(duty, `/ru${url}`)).body.replaceAll('слова-канарейки', ''))]).toEqual([url, false])
    const dump = await w.db.owner.query(
      "select string_agg(x, ' ') as all from (select c::text as x from app.emergency_card c union all select p::text from app.page_call p union all select p::text from app.page_try p union all select j::text from app.journal j) y",
    )
    expect(dump.rows[0].all).not.toMatch(/канарейка|склад/)
    expect((await w.act(duty, card, 'end', acts.end!)).statusCode).toBe(303)
    const over = (await w.get(duty, `/ru/life/${card}`)).body
    expect(over).toContain(canary.became)
    expect(over).not.toContain('tel:112')
    expect((await w.post(duty, `/ru/life/${card}/called`, { command: newId(), version: '9', ...acts.called })).statusCode).toBe(409)
    expect(boss.alias).toBe('Сокол')
  })
  test('two who write the words at once: the second is told and keeps what was typed; a call is never refused for that', async () => {
    const { worker, worker2 } = w.people
    const card = await w.press(worker, `/cases/${await w.open(worker)}`)
    expect((await w.post(worker, `/ru/life/${card}/tell`, { command: newId(), version: '1', where: 'подвал' })).statusCode).toBe(303)
    const late = await w.post(worker2, `/ru/life/${card}/tell`, { command: newId(), version: '1', where: 'чердак' })
    expect([late.statusCode, late.body.includes('чердак')]).toEqual([409, true])
    expect(
      (await w.post(worker2, `/ru/life/${card}/called`, { command: newId(), version: '1', whom: 'police', outcome: 'told' })).statusCode,
    ).toBe(303)
    expect((await w.post(worker2, `/ru/life/${card}/called`, { command: newId(), version: '1', whom: 'мэр' })).statusCode).toBe(422)
  })
  test('after five minutes without an answer it says to call 112, on the page and to the small script', async () => {
    const { worker } = w.people
    const card = await w.press(worker, `/cases/${await w.open(worker)}`)
    await w.db.owner.query("update app.page_call set at = now() - interval '5 minutes 1 second' where id = $1", [card])
    expect((await w.get(worker, `/ru/life/${card}`)).body).toContain('5 минут никто не отвечает. Звоните 112 сами')
    expect((await w.get(worker, `/en/life/${card}/state`)).json()).toEqual({
      now: 'alone',
      text: 'Nobody has answered for 5 minutes. Call 112 yourself now.',
    })
    expect((await w.act(w.people.worker2, card, 'take', {})).statusCode).toBe(303)
    expect((await w.get(worker, `/en/life/${card}/state`)).json().now).toBe('taken')
  })
})

describe('on call', () => {
  test('a supervisor puts a colleague on the night; the page says who is on call; taken off, nobody is', async () => {
    const { worker, boss } = w.people
    expect((await w.get(worker, '/ru/on-call')).body).toContain('Сейчас никто не дежурит')
    const set = (fields: Record<string, string>) =>
      w.send(boss, '/on-call/rota', { member: `${w.teamA}:${worker.id}`, from: '', until: '', ...fields })
    expect((await set({ day: '2' })).statusCode).toBe(422)
    expect((await set({ day: '2', from: '22:00', until: '25:00' })).statusCode).toBe(422)
    expect((await set({ day: 'always', member: `${w.teamA}:${w.people.stranger.id}` })).statusCode).toBe(422)
    expect((await set({ day: '2', from: '22:00', until: '06:00' })).statusCode).toBe(303)
    expect((await set({ day: 'always' })).statusCode).toBe(303)
    const page = (await w.get(worker, '/ru/on-call')).body
    for (const x of ['вторник 22:00–06:00', 'Сейчас: Чайка']) expect(page).toContain(x)
    for (const r of await w.as(boss, rota)) expect((await w.post(boss, `/ru/on-call/rota/${r.id}/end`, {})).statusCode).toBe(303)
    expect((await w.get(worker, '/ru/on-call')).body).toContain('Сейчас никто не дежурит')
  })
})
