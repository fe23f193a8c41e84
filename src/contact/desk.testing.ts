import { expect } from 'vitest'
import type { Id } from '../base/id.ts'
import { argonQueue } from '../platform/argon.ts'
import { random } from '../platform/crypto.ts'
import { newId, readJournal } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { hiddenOf, officeWorld, type Person } from '../platform/testing.session.ts'
import { contactPolicy } from './policy.ts'
import type { ContactSeams } from './routes.acts.decide.ts'
import { registerContact } from './routes.ts'
import { apply, begin, type ContactFile } from './rules.ts'
import { contactActs } from './schema.forms.ts'
import { openEvent } from './schema.ts'
import { submitReport } from './store.public.ts'
import { findContactFile } from './store.ts'

export const canary = 'Меня держат на складе, паспорт забрали'
export const urls = (id: Id) => [
  '/contacts',
  '/contacts/new',
  '/contacts/new/walk-in',
  '/contacts/new/call',
  `/contacts/${id}`,
  ...contactActs.map(a => `/contacts/${id}/${a}`),
]

/** An intake desk with everybody who answers the door, somebody of another agency, and the public site beside it. */
export const deskWorld = async (seams: ContactSeams = {}) => {
  const argon = argonQueue()
  const w = await officeWorld(o => registerContact(o, seams), [contactPolicy])
  const [a, b] = [await w.agency(), await w.agency()]
  const home = await w.team(a, { intake: true, name: 'Дежурство' })
  const otherTeam = await w.team(b, { name: 'Чужая' })
  const desk = await w.person({ agency: a, roles: ['duty_specialist'], member: [[home, 'desk']], alias: 'Ласточка' })
  const worker = await w.person({ agency: a, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Сойка' })
  const boss = await w.person({ agency: a, roles: ['supervisor'], member: [[home, 'supervision']], alias: 'Филин' })
  const stranger = await w.person({
    agency: b,
    roles: ['duty_specialist', 'case_worker', 'supervisor'],
    member: [[otherTeam, 'casework']],
    alias: 'Чайка',
  })
  const pool = w.db.pool('public_in', 2)
  const ask: Ask = async <R>(fn: string, values: readonly unknown[]) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])).rows as R[]

  /** A worry from the public site; with the words that lead back to it. */
  const report = async (text = canary, safeNow: 'yes' | 'no' | 'unsure' | 'not_asked' = 'not_asked') => {
    const done = await submitReport(
      ask,
      argon,
      { safeNow, who: 'me', text, where: 'у вокзала', submission: newId(), seed: random(32).toString('hex'), language: 'uz' },
      new Date().toISOString(),
    )
    if (done.kind !== 'saved') throw new Error(done.kind)
    const { rows } = await w.db.owner.query<{ contact_id: Id }>('select contact_id from app.conversation where locator = $1', [
      done.receipt.locator,
    ])
    return { id: rows[0]!.contact_id, receipt: done.receipt }
  }
  /** Somebody who walked in, written down by the desk. */
  const walkIn = async (who: Person, fields: Record<string, string> = {}): Promise<Id> => {
    const url = '/ru/contacts/new/walk-in'
    const shown = await w.get(who, url)
    const r = await w.post(who, url, {
      ...hiddenOf(shown.body, url),
      safeNow: 'no',
      from: 'police',
      cameWith: 'инспектор ПДН',
      papers: 'no',
      said: canary,
      language: 'tg',
      explained: 'yes',
      ...fields,
    })
    expect(r.statusCode, r.body).toBe(303)
    return /contacts\/([0-9a-f-]{36})/.exec(String(r.headers.location))![1]!
  }
  /** Sends one act as the contact's page offers it. */
  const act = async (who: Person, id: Id, name: string, fields: Record<string, string | string[]>, hidden?: Record<string, string>) => {
    const url = `/ru/contacts/${id}/${name}`
    return w.post(who, url, { ...(hidden ?? hiddenOf((await w.get(who, `/ru/contacts/${id}`)).body, url)), ...fields })
  }
  const file = (who: Person, id: Id): Promise<ContactFile | undefined> => w.as(who, x => findContactFile(x, id))
  /** The journal, replayed, is the row and the sealed values. */
  const replayed = async (id: Id) => {
    const stored = (await file(desk, id))!
    const events = await w.as(desk, x => readJournal(x, id, ['story', 'summary']))
    let state: ContactFile | undefined
    for (const e of events) {
      const event = openEvent(e)!
      state = state ? apply(state, event) : begin(id, home, event as Extract<typeof event, { type: 'contact_received' }>)
    }
    // The public site rounds in the database: at a quarter's edge the two clocks may differ by one.
    expect({ ...state!, contact: { ...state!.contact, received: stored.contact.received } }).toEqual(stored)
  }
  return { w, home, otherTeam, desk, worker, boss, stranger, argon, ask, report, walkIn, act, file, replayed }
}
