import fc from 'fast-check'
import type { Id } from './base/id.ts'
import type { Result } from './base/result.ts'
import { addDays } from './base/time.ts'
import * as cases from './case/rules.ts'
import {
  type CaseEvent,
  type CaseRow,
  closeReasons as caseCloseReasons,
  dangerLevels,
  interpreterKinds,
  noteLanguages,
  type Times,
} from './case/schema.ts'
import { decideClose } from './closure/rules.ts'
import * as contacts from './contact/rules.ts'
import { type ContactEvent, closeReasons, contactLanguages, urgencies } from './contact/schema.ts'
import { appealAge, assessAge } from './person/rules.assessment.ts'
import { draftOf } from './person/rules.draft.ts'
import * as persons from './person/rules.ts'
import { appealStates, consents } from './person/schema.assessment.ts'
import { claimKinds } from './person/schema.forms.ts'
import { confidences, type Person, type PersonEvent, sources, standings } from './person/schema.ts'

/* Random commands over the rules, for tests that replay what came of them. What the rules refuse is part of it. */

/** What a command may know beside the state: who acts, when, and ids that nobody has yet. */
export interface Context {
  readonly by: Id
  readonly colleagues: readonly Id[]
  readonly times: Times
  readonly fresh: () => Id
}
export type Command<S, E> = (state: S, c: Context) => Result<E, string>
const ok = <E>(value: E): Result<E, string> => ({ ok: true, value })
const words = fc.oneof(fc.constant(''), fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 }))

/** `conversation`: the sender reads and writes on the public site. */
export const contactCommand = (conversation: boolean): fc.Arbitrary<Command<contacts.ContactFile, ContactEvent>> =>
  fc.oneof(
    fc.constant<Command<contacts.ContactFile, ContactEvent>>(f => contacts.read(f.contact)),
    fc.tuple(fc.constantFrom(...urgencies), words).map(
      ([u, why]): Command<contacts.ContactFile, ContactEvent> =>
        f =>
          contacts.judge(f, u, why),
    ),
    fc.nat(5).map(
      (n): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.assign(f.contact, c.colleagues[n % c.colleagues.length]!, c.colleagues),
    ),
    fc.option(fc.constantFrom(...contactLanguages)).map(
      (language): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.answer(f.contact, c.fresh(), conversation, language && { language, by: c.by, at: c.times.now }),
    ),
    fc.constant<Command<contacts.ContactFile, ContactEvent>>((f, c) => contacts.note(f.contact, c.fresh(), conversation)),
    fc.constantFrom(...contactLanguages).map(
      (l): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.explain(f.contact, l, c.by, c.times.now),
    ),
    fc.tuple(fc.constantFrom(...closeReasons), words).map(
      ([r, note]): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.close(f.contact, r, note, c.times.now),
    ),
    words.map(
      (why): Command<contacts.ContactFile, ContactEvent> =>
        f =>
          contacts.reopen(f.contact, why),
    ),
    fc.nat(2).map(
      (n): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.convert(f.contact, Array.from({ length: n }, c.fresh)),
    ),
    words.map(
      (text): Command<contacts.ContactFile, ContactEvent> =>
        f =>
          contacts.setCircumstances(f.contact, text),
    ),
    words.map(
      (text): Command<contacts.ContactFile, ContactEvent> =>
        f =>
          contacts.remark(f, text),
    ),
    fc.integer({ min: 1, max: 30 }).map(
      (days): Command<contacts.ContactFile, ContactEvent> =>
        (f, c) =>
          contacts.block(f.contact, days, 'x', c.times.now),
    ),
    fc.constant<Command<contacts.ContactFile, ContactEvent>>(f => contacts.unblock(f.contact)),
    ...(conversation
      ? [
          fc.constant<Command<contacts.ContactFile, ContactEvent>>(() => ok({ type: 'sender_wrote', data: {} })),
          fc.constant<Command<contacts.ContactFile, ContactEvent>>(() => ok({ type: 'sender_read', data: {} })),
          fc.constant<Command<contacts.ContactFile, ContactEvent>>(() => ok({ type: 'sender_watched', data: {} })),
          fc.constant<Command<contacts.ContactFile, ContactEvent>>(() => ok({ type: 'sender_alone', data: {} })),
        ]
      : []),
  )

export const personCommand: fc.Arbitrary<Command<Person, PersonEvent>> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...claimKinds), words, fc.constantFrom(...sources), fc.constantFrom(...confidences)).map(
      ([what, text, source, confidence]): Command<Person, PersonEvent> =>
        (p, c) =>
          persons.addClaim(p, draftOf({ what, text, source, confidence }), { id: c.fresh(), by: c.by, at: c.times.now }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(9), fc.constantFrom(...standings), words).map(
      ([n, standing, reason]): Command<Person, PersonEvent> =>
        p => {
          const all = persons.claimsOf(p)
          return persons.judgeClaim(p, { claimId: all[n % Math.max(1, all.length)]?.id ?? 'none', standing, reason })
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(4), fc.integer({ min: -9000, max: 2 }), fc.integer({ min: -9000, max: 2 }), words).map(
      ([n, from, to, reason]): Command<Person, PersonEvent> =>
        (p, c) => {
          const { today } = c.times
          const claimId = p.identity.ages[n % Math.max(1, p.identity.ages.length)]?.id ?? 'none'
          return persons.rereadAge(p, { claimId, min: addDays(today, from), max: addDays(today, to), reason }, today)
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...consents), fc.nat(25), fc.nat(25), fc.nat(4), words).map(
      ([consent, resultMin, resultMax, margin, text]): Command<Person, PersonEvent> =>
        (p, c) => {
          const recording = () => ({ id: c.fresh(), by: c.by, at: c.times.now })
          const result =
            consent === 'given'
              ? { methods: ['documents' as const], resultMin, resultMax }
              : { methods: [], resultMin: null, resultMax: null }
          const who = {
            grounds: text,
            informedIn: 'таджикский',
            guardian: 'опека',
            decidedBy: text,
            decidedOn: c.times.today,
            appealUntil: '',
          }
          return assessAge(p, { ...who, ...result, consent, margin }, { assessment: recording(), claim: recording() })
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(4), fc.constantFrom(...appealStates), words).map(
      ([n, appeal, note]): Command<Person, PersonEvent> =>
        p => {
          const all = p.identity.assessments
          return appealAge(p, { assessmentId: all[n % Math.max(1, all.length)]?.id ?? 'none', appeal, note })
        },
    ),
  },
)

export const caseCommand: fc.Arbitrary<Command<CaseRow, CaseEvent>> = fc.oneof(
  fc.tuple(fc.nat(5), words).map(
    ([n, reason]): Command<CaseRow, CaseEvent> =>
      (s, c) =>
        cases.assign(s, { assignee: c.colleagues[n % c.colleagues.length]!, reason }),
  ),
  fc.constant<Command<CaseRow, CaseEvent>>((s, c) => cases.accept(s, c.by)),
  fc.tuple(fc.constantFrom(...dangerLevels), words).map(
    ([danger, reason]): Command<CaseRow, CaseEvent> =>
      (s, c) =>
        cases.setDanger(s, { danger, reason }, c.times),
  ),
  fc.tuple(fc.option(fc.integer({ min: -3, max: 40 })), words).map(
    ([d, what]): Command<CaseRow, CaseEvent> =>
      (s, c) =>
        cases.setDue(s, { due: d === null ? null : addDays(c.times.today, d), what }, c.times),
  ),
  fc
    .record({
      text: words,
      source: fc.constantFrom(...sources),
      language: fc.constantFrom(...noteLanguages),
      interpreter: fc.constantFrom(...interpreterKinds),
      confidence: fc.constantFrom(...confidences),
      happened: words,
      late: fc.integer({ min: -30, max: 1 }),
      paperBy: words,
    })
    .map(
      ({ late, ...n }): Command<CaseRow, CaseEvent> =>
        (s, c) =>
          cases.addNote(s, { ...n, learned: addDays(c.times.today, late) }, c.times),
    ),
  fc.tuple(fc.constantFrom(...caseCloseReasons), words, fc.boolean()).map(
    ([reason, note, unread]): Command<CaseRow, CaseEvent> =>
      (s, c) =>
        decideClose(
          s,
          { unread, unreadAnswers: 0, roomOpen: false, sessions: 0, steps: 0, reports: 0 },
          { reason, note, goesOn: '' },
          c.times,
        ),
  ),
  words.map(
    (reason): Command<CaseRow, CaseEvent> =>
      (s, c) =>
        cases.reopenCase(s, { reason }, c.times),
  ),
  fc.constant<Command<CaseRow, CaseEvent>>((_, c) => ok({ type: 'second_look_given', lookId: c.fresh() })),
)
