import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from './base/time.ts'
import { apply as applyCase, openCase } from './case/rules.ts'
import { type CaseEvent, type CaseRow, openEvent as openCaseEventOf } from './case/schema.ts'
import { caseJournal, createCase, findCase, openCaseEvent, saveCaseEvent } from './case/store.ts'
import { type CaseWorld, caseWorld } from './case/world.testing.ts'
import { apply as applyContact, begin, type ContactFile, receive } from './contact/rules.ts'
import { type ContactEvent, eventCompartment, openEvent as openContactEvent } from './contact/schema.ts'
import { createContact, findContactFile, saveContact } from './contact/store.ts'
import { apply as applyPerson, recordPerson } from './person/rules.ts'
import { openEvent as openPersonEventOf, type Person, type PersonEvent } from './person/schema.ts'
import { createPerson, lockPerson, openPersonEvent, personJournal, savePersonEvent } from './person/store.ts'
import { newId, readJournal, type Work } from './platform/records.ts'
import type { Person as Who } from './platform/testing.session.ts'
import { type Command, type Context, caseCommand, contactCommand, personCommand } from './replay.testing.ts'
import { readFixtures, versionsIn } from './versions.testing.ts'

/* The journal, replayed, is the row and the sealed values: after any commands, over the rules alone and through the database. */

const long = process.env.DOVERIE_LONG === '1'
const start = '2026-11-24'
let clock = 0
/** The n-th command is given n hours after the first: days pass, and the order of claims is the order of their times. */
const context = (by: string, colleagues: readonly string[]): Context => {
  clock += 1
  const today = addDays(start, Math.floor(clock / 24))
  return { by, colleagues, times: { now: `${today}T${String(clock % 24).padStart(2, '0')}:00:00.000Z`, today }, fresh: newId }
}
type Received = Extract<ContactEvent, { type: 'contact_received' }>
const first = (c: Context) =>
  receive(
    { channel: 'call', from: 'witness', cameWith: '', papers: 'no', safeNow: 'unsure', language: 'tg', explained: true },
    c.by,
    c.times.now,
  ) as Received
/** A value as it comes back from its envelope. */
const through = (value: unknown) => ({ schema: 1, value: JSON.parse(JSON.stringify(value)) as unknown })
const body = ({ type: _, ...rest }: object & { type: string }) => rest

describe('over the rules alone', () => {
  const key = { id: newId(), homeGroup: newId() }
  const people = [newId(), newId(), newId()]
  const run = <S, E>(state: S, commands: readonly Command<S, E>[], apply: (s: S, e: E) => S): { state: S; events: E[] } => {
    const events: E[] = []
    for (const command of commands) {
      const decided = command(state, context(people[0]!, people))
      if (!decided.ok) continue
      events.push(decided.value)
      state = apply(state, decided.value)
    }
    return { state, events }
  }
  const seen = { contact: new Set<string>(), person: new Set<string>(), case: new Set<string>() }
  test('a contact', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(contactCommand(true), { maxLength: 30 }),
        fc.array(contactCommand(false), { maxLength: 30 }),
        (site, talk, written) => {
          const e = first(context(people[0]!, people))
          const { state, events } = run(begin(key.id, key.homeGroup, e), site ? talk : written, applyContact)
          const replayed = events.reduce<ContactFile>(
            (f, x) => {
              seen.contact.add(x.type)
              const c = eventCompartment[x.type]
              return applyContact(f, openContactEvent({ type: x.type, parts: c ? { [c]: through(x.data) } : {} })!)
            },
            begin(key.id, key.homeGroup, e),
          )
          expect(replayed).toEqual(state)
        },
      ),
      { numRuns: long ? 20_000 : 1000 },
    )
    expect(seen.contact.size).toBe(17)
  })
  test('a person', () => {
    fc.assert(
      fc.property(fc.array(personCommand, { maxLength: 30 }), commands => {
        const e = recordPerson('child', [])
        const { state, events } = run(applyPerson(undefined, key, e), commands, (s, x) => applyPerson(s, key, x))
        const replayed = [e, ...events].reduce<Person | undefined>((p, x) => {
          seen.person.add(x.type)
          return applyPerson(p, key, openPersonEventOf(x.type, through(body(x))))
        }, undefined)
        expect(replayed).toEqual(state)
      }),
      { numRuns: long ? 20_000 : 1000 },
    )
    expect(seen.person.size).toBe(6)
  })
  test('a case, with closing and reopening', () => {
    fc.assert(
      fc.property(fc.array(caseCommand, { maxLength: 30 }), commands => {
        const t = context(people[0]!, people)
        const e = openCase(
          { number: 'D-0000000', personId: key.id, contactId: null, assignee: null, danger: 'concern', reason: '' },
          t.times,
        )
        const { state, events } = run(applyCase(undefined, key, e), commands, (s, x) => applyCase(s, key, x))
        const replayed = [e, ...events].reduce<CaseRow | undefined>((c, x) => {
          seen.case.add(x.type)
          return applyCase(c, key, openCaseEventOf(x.type, through(x.type === 'note_added' ? x.note : body(x))))
        }, undefined)
        expect(replayed).toEqual(state)
        // What is closed has an end and is due on no day; what is not has none.
        expect([state.closed !== null, state.retention !== null]).toEqual([state.state === 'closed', state.state === 'closed'])
        if (state.state === 'closed') expect(state.due).toBeNull()
      }),
      { numRuns: long ? 20_000 : 1000 },
    )
    expect(seen.case).toEqual(
      new Set([
        'case_opened',
        'case_assigned',
        'case_accepted',
        'danger_set',
        'due_set',
        'note_added',
        'case_closed',
        'case_reopened',
        'second_look_given',
      ]),
    )
  })
})

describe('through the database', () => {
  let w: CaseWorld
  beforeAll(async () => {
    w = await caseWorld()
  }, 120_000)
  afterAll(() => w.end())
  const budget = { numRuns: long ? 400 : 25, interruptAfterTimeLimit: long ? 60_000 : 4_000 }
  /** Each command in a transaction of its own, as a request is. */
  const commands = async <S, E>(
    who: Who,
    list: readonly Command<S, E>[],
    load: (x: Work) => Promise<S>,
    save: (x: Work, s: S, e: E) => Promise<unknown>,
  ) => {
    for (const command of list)
      await w.as(who, async x => {
        const state = await load(x)
        const decided = command(state, context(who.id, [who.id, w.people.worker2.id]))
        if (decided.ok) await save(x, state, decided.value)
      })
  }

  test('a contact', async () => {
    const who = w.people.duty
    await fc.assert(
      fc.asyncProperty(fc.array(contactCommand(false), { maxLength: 12 }), async list => {
        const id = newId()
        const e = first(context(who.id, []))
        await w.as(who, x => createContact(x, id, w.desk, e, newId(), { id: newId(), body: { text: 'первые слова' } }))
        await commands<ContactFile, ContactEvent>(
          who,
          list,
          async x => (await findContactFile(x, id, true))!,
          (x, f, event) =>
            saveContact(
              x,
              f,
              event,
              newId(),
              event.type === 'contact_noted'
                ? { id: event.data.message, direction: 'in', body: { text: 'ещё' }, to: undefined }
                : undefined,
            ),
        )
        await w.as(who, async x => {
          const stored = await findContactFile(x, id)
          const [one, ...rest] = (await readJournal(x, id, ['story', 'summary'])).map(s => openContactEvent(s)!)
          expect(rest.reduce(applyContact, begin(id, w.desk, one as Received))).toEqual(stored)
        })
      }),
      budget,
    )
  })
  test('a person', async () => {
    const who = w.people.worker
    await fc.assert(
      fc.asyncProperty(fc.array(personCommand, { maxLength: 12 }), async list => {
        const key = { id: newId(), homeGroup: w.teamA }
        await w.as(who, x => createPerson(x, key, recordPerson('sibling', []), newId()))
        await commands<Person, PersonEvent>(
          who,
          list,
          async x => (await lockPerson(x, key.id))!,
          (x, p, event) => savePersonEvent(x, p, event, newId()),
        )
        await w.as(who, async x => {
          const stored = await lockPerson(x, key.id)
          const replayed = (await personJournal(x, key.id)).reduce<Person | undefined>(
            (p, s) => applyPerson(p, key, openPersonEvent(s)!),
            undefined,
          )
          expect(replayed).toEqual(stored)
        })
      }),
      budget,
    )
  })
  test('a case, with closing and reopening', async () => {
    const who = w.people.worker
    const person = { id: newId(), homeGroup: w.teamA }
    await w.as(who, x => createPerson(x, person, recordPerson('child', []), newId()))
    await fc.assert(
      fc.asyncProperty(fc.array(caseCommand, { maxLength: 12 }), async list => {
        const key = { id: newId(), homeGroup: w.teamA }
        const { times } = context(who.id, [])
        await w.as(who, x =>
          createCase(
            x,
            key,
            number => openCase({ number, personId: person.id, contactId: null, assignee: null, danger: 'none', reason: '' }, times),
            { nameAsSaid: '', ageAsSaid: '', why: '' },
            newId(),
          ),
        )
        await commands<CaseRow, CaseEvent>(
          who,
          list,
          async x => (await findCase(x, key.id, true))!,
          (x, c, event) => saveCaseEvent(x, c, event, newId(), event.type === 'note_added' ? 'story' : 'summary'),
        )
        await w.as(who, async x => {
          const stored = await findCase(x, key.id)
          const journal = await caseJournal(x, key.id, ['summary', 'story'])
          const replayed = journal.reduce<CaseRow | undefined>((c, s) => applyCase(c, key, openCaseEvent(s)!.event), undefined)
          expect(replayed).toEqual(stored)
        })
      }),
      budget,
    )
  })
  test('all of it was sealed in versions that have a fixture', async () => {
    const fixtures = new Set(Object.entries(readFixtures()).flatMap(([kind, versions]) => Object.keys(versions).map(v => `${kind}/${v}`)))
    const { found } = await versionsIn(w.db.owner)
    expect([...found].filter(f => !fixtures.has(f))).toEqual([])
    expect(found.size).toBeGreaterThan(25)
  })
})
