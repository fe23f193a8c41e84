import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { addDays, dayOf } from '../base/time.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { registerContact } from '../contact/routes.ts'
import { jpeg, type Sent, upload } from '../person/files.testing.ts'
import { filesOnDisk, keepFilesIn } from '../platform/files.ts'
import { newId } from '../platform/records.ts'
import type { Person } from '../platform/testing.session.ts'
import { doorsPolicy } from './policy.ts'
import { registerDoors } from './routes.ts'
import { applyLetter, needsNone, noteLetter, replyLetter, takeAway } from './rules.ts'
import type { LetterRow } from './schema.ts'
import { actFiles, doorJournal, letterOf, waitingLetters } from './store.ts'

let w: CaseWorld
const folder = mkdtempSync(path.join(tmpdir(), 'dv-acts-'))
beforeAll(async () => {
  keepFilesIn(folder)
  w = await caseWorld(
    o => {
      registerContact(o)
      registerDoors(o)
    },
    [doorsPolicy],
  )
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
  rmSync(folder, { recursive: true, force: true })
})
const canary = 'канареечная куртка и телефон'
const today = () => dayOf(new Date().toISOString())
const idOf = (location: unknown): Id => /contacts\/([0-9a-f-]{36})/.exec(String(location))![1]!
const walkIn = async (): Promise<Id> =>
  idOf(
    (
      await w.send(w.people.duty, '/contacts/new/walk-in', {
        safeNow: 'yes',
        from: 'police',
        cameWith: 'инспектор Ветров',
        papers: 'no',
        broughtBody: 'ПДН № 1',
        broughtNumber: '15/77',
        broughtAt: 'около 23:00',
        broughtCondition: 'замёрз',
        broughtBelongings: canary,
        said: 'слова-канарейки',
        language: 'tg',
      })
    ).headers.location,
  )
const called = async (): Promise<Id> =>
  idOf(
    (
      await w.send(w.people.duty, '/contacts/new/call', {
        how: 'letter',
        safeNow: 'not_asked',
        from: 'guardianship',
        said: 'спрашивают о ребёнке',
        language: 'ru',
      })
    ).headers.location,
  )
const day = (d: string, name: string) => {
  const [y, m, x] = d.split('-') as [string, string, string]
  return { [`${name}-day`]: x, [`${name}-month`]: m, [`${name}-year`]: y }
}

describe('who may not', () => {
  test('whoever cannot read the contact finds no act, no photograph and no letter', async () => {
    const [brought, letter] = [await walkIn(), await called()]
    await w.send(w.people.duty, `/contacts/${letter}/letter/note`, { body: 'Опека' })
    const { stranger, admin, psychologist, follower, carer, worker, boss } = w.people
    const urls = [`/contacts/${brought}/act`, ...['', '/note', '/answer', '/none'].map(p => `/contacts/${letter}/letter${p}`)]
    for (const who of [stranger, admin, psychologist, follower, carer, worker, boss])
      for (const url of urls) {
        expect([who.alias, url, (await w.get(who, `/ru${url}`)).statusCode]).toEqual([who.alias, url, 404])
        if (url !== urls[1])
          expect([who.alias, url, (await w.post(who, `/ru${url}`, { command: newId(), version: '1', body: 'x' })).statusCode]).toEqual([
            who.alias,
            url,
            404,
          ])
      }
    await w.as(stranger, async a => {
      for (const t of ['contact_file', 'contact_file_key', 'incoming_letter'])
        expect([t, (await a.tx.query(`select from app.${t}`)).rowCount]).toEqual([t, 0])
    })
    // Nobody who was not brought has an act, nothing that came on foot is a letter.
    expect((await w.get(w.people.duty, `/ru/contacts/${letter}/act`)).statusCode).toBe(404)
    expect((await w.get(w.people.duty, `/ru/contacts/${brought}/letter`)).statusCode).toBe(404)
  })
})

test('the act says who, when, from whom, to whom, condition and belongings, and nothing of what was told', async () => {
  const { duty } = w.people
  const id = await walkIn()
  const page = (await w.get(duty, `/ru/contacts/${id}/act`)).body
  for (const x of ['инспектор Ветров, ПДН № 1', '15/77', 'около 23:00', 'замёрз', canary, 'Дежурные']) expect(page).toContain(x)
  expect(page).not.toContain('слова-канарейки')
  expect((await w.get(duty, `/ru/contacts/${id}`)).body).toContain(canary)
})

test('its photograph is attached in two taps, sealed, and opened by whoever may read the contact', async () => {
  const { duty, stranger } = w.people
  const id = await walkIn()
  const url = `/ru/contacts/${id}/act`
  const send = (file: Sent | undefined) => upload(w, duty, `/contacts/${id}/act`, {}, file)
  expect((await send(undefined)).statusCode).toBe(422)
  expect((await send({ name: 'a.jpg', type: 'image/jpeg', bytes: Buffer.from('<svg onload=alert(1)>') })).statusCode).toBe(422)
  expect((await send(await jpeg())).statusCode).toBe(303)
  const [file] = await w.as(duty, a => actFiles(a, id))
  const shown = await w.get(duty, `${url}/${file!.id}`)
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await w.get(stranger, `${url}/${file!.id}`)).statusCode).toBe(404)
  expect((await w.get(duty, `${url}/${newId()}`)).statusCode).toBe(404)
})

test('the wrong photograph is taken away with a reason: key and bytes are gone, the journal says so; not by others, not twice, not of a case', async () => {
  const { duty, stranger, boss, carer } = w.people
  const id = await walkIn()
  const attach = async () =>
    expect(
      (await upload(w, duty, `/contacts/${id}/act`, {}, { name: 'a.jpg', type: 'image/jpeg', bytes: (await jpeg()).bytes })).statusCode,
    ).toBe(303)
  await attach()
  const [file] = await w.as(duty, a => actFiles(a, id))
  const away = `/contacts/${id}/act/${file!.id}/away`
  for (const who of [stranger, boss, carer]) {
    expect([who.alias, (await w.get(who, `/ru${away}`)).statusCode]).toEqual([who.alias, 404])
    expect([who.alias, (await w.post(who, `/ru${away}`, { command: newId(), version: '1', reason: 'x' })).statusCode]).toEqual([
      who.alias,
      404,
    ])
  }
  await w.as(stranger, async a => {
    for (const t of ['contact_file', 'contact_file_key'])
      expect((await a.tx.query(`delete from app.${t} where id = $1`, [file!.id])).rowCount).toBe(0)
  })
  expect((await w.get(duty, `/ru/contacts/${id}/act/${newId()}/away`)).statusCode).toBe(404)
  expect((await w.send(duty, away, { reason: ' ' })).statusCode).toBe(422)
  expect((await w.send(duty, away, { reason: 'причина-канарейка' })).statusCode).toBe(303)
  expect((await w.get(duty, `/ru/contacts/${id}/act/${file!.id}`)).statusCode).toBe(404)
  expect((await w.get(duty, `/ru${away}`)).statusCode).toBe(404)
  for (const t of ['contact_file', 'contact_file_key'])
    expect((await w.db.owner.query(`select from app.${t} where id = $1`, [file!.id])).rowCount).toBe(0)
  expect(await filesOnDisk(folder)).not.toContainEqual(expect.objectContaining({ id: file!.id }))
  const journal = await w.as(duty, a => doorJournal(a, id))
  expect(journal.at(-1)).toEqual({ type: 'act_taken_away', fileId: file!.id, reason: 'причина-канарейка' })
  for (const state of ['converted', 'closed'])
    expect(takeAway({ state }, [file!], { fileId: file!.id, reason: 'x' })).toEqual({ ok: false, error: 'contact_ended' })
})

test('no paper is written under the id of another record’s file: taking it away would remove that file', async () => {
  const [id, victim] = [await walkIn(), newId()]
  await w.db.owner.query(
    "insert into app.stored_file (id, record, home_group, what, bytes, digest, sealed) values ($1, $2, $3, 'paper', 1, decode(repeat('00', 32), 'hex'), '\\x00')",
    [victim, await walkIn(), w.desk],
  )
  const insert = (file: Id) =>
    w.as(w.people.duty, a =>
      a.tx.query(
        "insert into app.contact_file (id, contact_id, home_group, bytes, digest, sealed) values ($1, $2, $3, 1, decode(repeat('00', 32), 'hex'), '\\x00')",
        [file, id, w.desk],
      ),
    )
  await expect(insert(victim)).rejects.toThrow('no such file')
  await insert(newId())
})

test('a letter waits until its day, is answered once, and its answer is printed with both numbers', async () => {
  const { duty, stranger } = w.people
  const id = await called()
  const due = addDays(today(), -1)
  const note = { body: 'Опека Северного', number: '12-34', asks: 'где ребёнок', ...day(due, 'due') }
  expect((await w.send(duty, `/contacts/${id}/letter/note`, note)).statusCode).toBe(303)
  expect((await w.get(duty, '/ru/letters')).body).toContain('Опека Северного')
  const waiting = (who: Person) => w.as(who, a => waitingLetters(a, { groups: [w.desk], direct: [] }, today()))
  expect((await waiting(duty)).rows.filter(r => r.contactId === id)).toMatchObject([{ due }])
  expect((await waiting(stranger)).rows).toEqual([])
  const late = await w.send(duty, `/contacts/${id}/letter/answer`, {
    way: 'post',
    text: 'ответ-канарейка',
    ...day(addDays(today(), 2), 'sent'),
  })
  expect([late.statusCode, late.body.includes('ответ-канарейка')]).toEqual([422, true])
  expect((await w.send(duty, `/contacts/${id}/letter/answer`, { way: 'post', ours: '7-1', text: 'ответ-канарейка' })).statusCode).toBe(303)
  const page = (await w.get(duty, `/ru/contacts/${id}/letter`)).body
  for (const x of ['12-34', '7-1', 'ответ-канарейка']) expect(page).toContain(x)
  expect((await w.get(duty, `/ru/contacts/${id}/letter/answer`)).statusCode).toBe(404)
  expect((await waiting(duty)).rows.filter(r => r.contactId === id)).toEqual([])
  await w.as(duty, async a => {
    let l: LetterRow | undefined
    for (const e of await doorJournal(a, id)) l = applyLetter(l, { contactId: id, homeGroup: w.desk }, e)
    expect(l).toEqual(await letterOf(a, id))
  })
  const dump = JSON.stringify((await w.db.owner.query('select * from app.incoming_letter')).rows)
  expect(dump).not.toContain('канарейка')
})

test('any commands: what is answered, or needs no answer, is never changed', () => {
  const step = fc.constantFrom('note', 'reply', 'none')
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      let l: LetterRow | undefined
      for (const s of steps) {
        const before = l
        const r =
          s === 'note'
            ? noteLetter(l, { letterId: 'x', due: null, body: 'b', number: '', dated: '', asks: '' })
            : s === 'reply'
              ? replyLetter(l, { ours: '', sent: '2026-11-24', way: 'call', text: 't' }, '2026-11-24')
              : needsNone(l, 'для сведения')
        if (!r.ok) {
          expect(before === undefined || before.state !== 'waiting').toBe(true)
          continue
        }
        l = applyLetter(l, { contactId: 'c', homeGroup: 'h' }, r.value)
        expect(before?.state ?? 'waiting').toBe('waiting')
        expect(l!.version).toBe((before?.version ?? 0) + 1)
      }
    }),
  )
})
