import { afterAll, beforeAll, expect, test } from 'vitest'
import { findContactFile, saveContact } from '../contact/store.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { type CaseWorld, caseWorld } from './world.testing.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld()
}, 120_000)
afterAll(() => w?.end())

const messages = ['паспорт у хозяина', 'а ещё я люблю рисовать']

test('only the words that somebody chose go into the case, with source and time; words of another contact never', async () => {
  const { duty, worker } = w.people
  const add = async () => {
    const contact = await w.contact()
    for (const text of messages)
      await w.as(duty, async x => {
        const file = (await findContactFile(x, contact, true))!
        const id = newId()
        await saveContact(x, file, { type: 'contact_noted', data: { message: id } }, newId(), {
          id,
          direction: 'in',
          body: { text, language: 'tg' },
          to: undefined,
        })
      })
    return contact
  }
  const [contact, foreign] = [await add(), await add()]
  const ids = async (c: string) =>
    (await w.db.owner.query<{ id: string }>('select id from app.message where contact_id = $1 order by seq desc', [c])).rows.map(r => r.id)
  const url = `/ru/cases/new?contact=${contact}`
  const shown = (await w.get(duty, url)).body
  for (const text of messages) expect(shown).toContain(text)
  expect((await w.get(duty, '/ru/cases/new')).body).not.toContain('name="transcript"')
  const [, passport] = await ids(contact)
  const sent = await w.post(duty, '/ru/cases/new', {
    ...hiddenOf(shown, '/ru/cases/new'),
    'children[0][name]': 'Шоира',
    'children[0][relation]': 'child',
    danger: 'concern',
    team: w.teamA,
    transcript: [passport!, (await ids(foreign))[0]!],
  })
  expect(sent.statusCode, sent.body).toBe(303)
  const id = /cases\/([0-9a-f-]{36})/.exec(String(sent.headers.location))![1]!
  expect((await w.send(worker, `/cases/${id}/accept`, {})).statusCode).toBe(303)
  const page = (await w.get(worker, `/ru/cases/${id}?open=story`)).body
  expect(page).toContain(messages[0])
  expect(page).not.toContain(messages[1])
  expect(
    (await w.db.owner.query("select count(*)::int as n from app.journal where record = $1 and type = 'note_added'", [id])).rows[0].n,
  ).toBe(1)
}, 60_000)
