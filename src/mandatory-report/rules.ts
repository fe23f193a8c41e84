import { shortOf } from '../base/codes.ts'
import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day, dayOf, type Stamp } from '../base/time.ts'
import { answerDue, decisionDue } from './rules.days.ts'
import type {
  Decision,
  FactWords,
  Letter,
  LetterBody,
  LetterWords,
  Recipient,
  ReportAnswer,
  ReportEvent,
  ReportFact,
  ReportKinds,
  ReportState,
  SentWay,
  WorkingDays,
} from './schema.ts'

export const reportErrors = [
  'case_not_open',
  'learned_in_future',
  'fact_empty',
  'reason_missing',
  'no_recipient',
  'until_missing',
  'until_past',
  'until_far',
  'already_sent',
  'not_a_draft',
  'letter_empty',
  'full_without_reason',
  'no_identity',
  'not_sent',
  'not_waiting',
  'day_in_future',
  'before_sent',
] as const
export type ReportError = (typeof reportErrors)[number]

/** What an organisation has said of terms, and the time. */
export interface Terms {
  readonly kinds: ReportKinds
  readonly days: Pick<WorkingDays, 'closed' | 'open'>
}
interface Now {
  readonly now: Stamp
  readonly today: Day
  readonly timeZone: string
}
const blank = (s: string) => s.trim() === ''
const recipientIn = (t: Terms, code: string): Recipient | undefined => t.kinds.recipients.find(r => r.code === code)

export const emptyState: ReportState = { facts: new Map(), decisions: new Map(), letters: new Map() }
const emptyBody: LetterBody = { sentBy: '', how: null, number: '', registered: null, answered: null, answer: '', stopped: '' }

/** A fact that a person states. It is never changed: a mistake is answered by the decision, with its reason. */
export const recordFact = (
  caseOpen: boolean,
  cmd: { factId: Id; learned: Stamp | undefined; life: boolean; words: FactWords },
): Result<Extract<ReportEvent, { type: 'report_fact_recorded' }>, ReportError> => {
  if (!caseOpen) return err('case_not_open')
  if (cmd.learned === undefined) return err('learned_in_future')
  if (blank(cmd.words.text)) return err('fact_empty')
  return ok({ type: 'report_fact_recorded', factId: cmd.factId, learned: cmd.learned, life: cmd.life, words: cmd.words })
}

export interface DecideReport {
  readonly fact: ReportFact
  readonly answer: ReportAnswer
  readonly recipients: readonly string[]
  readonly until: Day | undefined
  readonly reason: string
  readonly by: Id
  /** A fresh id for each letter that may be needed. */
  readonly letterId: (at: number) => Id
}
/** The letters of one fact. */
export const lettersOf = (s: ReportState, factId: Id): Letter[] => [...s.letters.values()].filter(l => l.factId === factId)

/**
 * Report now, later, or not: one person answers with a reason, at any hour, and may answer anew. To report now makes one draft for each recipient, so that no letter can
 * be forgotten; what is no longer wanted is stopped while it is a draft. What was sent stays sent. The duty does not end when a case closes: no state is asked.
 */
export const decideReport = (
  s: ReportState,
  cmd: DecideReport,
  terms: Terms,
  t: Now,
): Result<Extract<ReportEvent, { type: 'report_decided' }>, ReportError> => {
  if (blank(cmd.reason)) return err('reason_missing')
  const mine = lettersOf(s, cmd.fact.id).filter(l => l.state !== 'stopped')
  const out = mine.filter(l => l.state !== 'draft')
  if (cmd.answer === 'no' && out.length > 0) return err('already_sent')
  const wanted = cmd.answer === 'now' ? [...new Set(cmd.recipients)].filter(r => recipientIn(terms, r)) : []
  if (cmd.answer === 'now' && wanted.length === 0) return err('no_recipient')
  if (cmd.answer === 'later') {
    if (cmd.until === undefined) return err('until_missing')
    if (cmd.until < t.today) return err('until_past')
    if (cmd.until > addDays(t.today, terms.kinds.clock.laterDays)) return err('until_far')
  }
  const due = dayOf(decisionDue(cmd.fact, terms.kinds.clock), t.timeZone)
  // Decided after its time, it is due at once: a day in the past would say nothing.
  const sendDue = due < t.today ? t.today : due
  const missing = wanted.filter(r => !mine.some(l => l.recipient === r))
  return ok({
    type: 'report_decided',
    factId: cmd.fact.id,
    answer: cmd.answer,
    life: cmd.fact.life,
    until: cmd.answer === 'later' ? cmd.until! : null,
    body: { reason: cmd.reason.trim(), by: cmd.by, at: t.now, recipients: wanted, terms: terms.kinds.version },
    letters: missing.map((recipient, i) => ({ letterId: cmd.letterId(i), recipient, sendDue })),
    stops: mine.filter(l => l.state === 'draft' && !wanted.includes(l.recipient)).map(l => l.id),
  })
}

/** Writes a letter, or writes it anew while it is a draft. The full name needs a reason and a key to it. */
export const writeLetter = (
  l: Letter,
  cmd: { words: LetterWords; nameKnown: boolean },
): Result<Extract<ReportEvent, { type: 'report_letter_written' }>, ReportError> => {
  if (l.state !== 'draft') return err('not_a_draft')
  if (blank(cmd.words.facts)) return err('letter_empty')
  if (cmd.words.identity === 'full' && blank(cmd.words.why)) return err('full_without_reason')
  if (cmd.words.identity === 'full' && !cmd.nameKnown) return err('no_identity')
  return ok({ type: 'report_letter_written', letterId: l.id, words: cmd.words })
}
/** By phone without paper at first: on danger to life the call comes before the letter. Whoever sends paper has written it. */
export const sendLetter = (
  l: Letter,
  cmd: { how: SentWay; by: string; sent: Day; written: boolean },
  terms: Terms,
  today: Day,
): Result<Extract<ReportEvent, { type: 'report_letter_sent' }>, ReportError> => {
  if (l.state !== 'draft') return err('not_a_draft')
  if (cmd.sent > today) return err('day_in_future')
  if (!cmd.written && cmd.how !== 'phone') return err('letter_empty')
  return ok({
    type: 'report_letter_sent',
    letterId: l.id,
    how: cmd.how,
    by: cmd.by.trim(),
    sent: cmd.sent,
    answerDue: dueAfter(l.recipient, cmd.sent, terms),
  })
}
const dueAfter = (recipient: string, day: Day, terms: Terms): Day =>
  // A recipient that was taken out of the data still has to be followed up.
  answerDue(recipientIn(terms, recipient) ?? { answer: { days: 3, count: 'calendar' } }, day, terms.days)

/** Their number, and their day: terms of a body run from when it has registered. Whoever was told on paper only is registered at once. */
export const registerLetter = (
  l: Letter,
  cmd: { number: string; registered: Day },
  terms: Terms,
  today: Day,
): Result<Extract<ReportEvent, { type: 'report_letter_registered' }>, ReportError> => {
  if (l.state !== 'sent' && l.state !== 'registered') return err('not_sent')
  if (cmd.registered > today) return err('day_in_future')
  if (l.sent !== null && cmd.registered < l.sent) return err('before_sent')
  const due = dueAfter(l.recipient, cmd.registered, terms)
  return ok({ type: 'report_letter_registered', letterId: l.id, number: cmd.number.trim(), registered: cmd.registered, answerDue: due })
}
export const answerLetter = (
  l: Letter,
  cmd: { answered: Day; answer: string },
  today: Day,
): Result<Extract<ReportEvent, { type: 'report_letter_answered' }>, ReportError> => {
  if (l.state !== 'sent' && l.state !== 'registered') return err('not_sent')
  if (cmd.answered > today) return err('day_in_future')
  if (l.sent !== null && cmd.answered < l.sent) return err('before_sent')
  if (blank(cmd.answer)) return err('reason_missing')
  return ok({ type: 'report_letter_answered', letterId: l.id, answered: cmd.answered, answer: cmd.answer.trim() })
}
/** Waiting ends without an answer, with a reason; a draft is ended by deciding anew. */
export const stopLetter = (l: Letter, reason: string): Result<Extract<ReportEvent, { type: 'report_letter_stopped' }>, ReportError> => {
  if (l.state !== 'sent' && l.state !== 'registered') return err('not_waiting')
  return blank(reason) ? err('reason_missing') : ok({ type: 'report_letter_stopped', letterId: l.id, reason: reason.trim() })
}

// ---------------------------------------------------------------- state
const changed = (s: ReportState, id: Id, change: (l: Letter) => Partial<Letter>): ReportState => {
  const l = s.letters.get(id)
  if (!l) throw new Error('an event of a letter that is not here')
  return { ...s, letters: new Map(s.letters).set(id, { ...l, ...change(l), version: l.version + 1 }) }
}
/** The next state. The version of what an event is about rises by one. */
export const applyReport = (s: ReportState, e: ReportEvent): ReportState => {
  switch (e.type) {
    case 'report_fact_recorded':
      return { ...s, facts: new Map(s.facts).set(e.factId, { learned: e.learned, life: e.life }) }
    case 'report_decided': {
      const before = s.decisions.get(e.factId)
      const decision: Decision = {
        id: e.factId,
        answer: e.answer,
        life: e.life,
        until: e.until,
        version: (before?.version ?? 0) + 1,
        body: e.body,
      }
      const letters = new Map(s.letters)
      for (const { letterId, recipient, sendDue } of e.letters)
        letters.set(letterId, {
          id: letterId,
          factId: e.factId,
          recipient,
          state: 'draft',
          sendDue,
          sent: null,
          answerDue: null,
          version: 1,
          body: emptyBody,
          words: null,
        })
      const decided = { ...s, decisions: new Map(s.decisions).set(e.factId, decision), letters }
      return e.stops.reduce<ReportState>((x, id) => changed(x, id, () => ({ state: 'stopped' })), decided)
    }
    case 'report_letter_written':
      return changed(s, e.letterId, () => ({ words: e.words }))
    case 'report_letter_sent':
      return changed(s, e.letterId, l => ({
        state: 'sent',
        sent: e.sent,
        answerDue: e.answerDue,
        body: { ...l.body, how: e.how, sentBy: e.by },
      }))
    case 'report_letter_registered':
      return changed(s, e.letterId, l => ({
        state: 'registered',
        answerDue: e.answerDue,
        body: { ...l.body, number: e.number, registered: e.registered },
      }))
    case 'report_letter_answered':
      return changed(s, e.letterId, l => ({
        state: 'answered',
        answerDue: null,
        body: { ...l.body, answered: e.answered, answer: e.answer },
      }))
    case 'report_letter_stopped':
      return changed(s, e.letterId, l => ({ state: 'stopped', answerDue: null, body: { ...l.body, stopped: e.reason } }))
  }
}

type Answered = Pick<Decision, 'answer' | 'life' | 'until'>
/** Does a fact still ask? Nobody has answered, it was put off, or danger to life was learned after the answer. */
export const asks = (f: Pick<ReportFact, 'life'>, d: Answered | undefined): boolean =>
  d === undefined || d.answer === 'later' || (f.life && !d.life)

/** A decision that waits: nobody has answered, or "later" has come. Derived from facts and answers, so that no fact can lose its question. */
export interface OpenDecision {
  readonly fact: ReportFact
  readonly due: Stamp
  readonly decision: Answered | undefined
}
export const openDecisions = (
  facts: readonly ReportFact[],
  decisions: ReadonlyMap<Id, Answered>,
  clock: ReportKinds['clock'],
): OpenDecision[] =>
  facts
    .map(fact => ({ fact, due: decisionDue(fact, clock), decision: decisions.get(fact.id) }))
    .filter(d => asks(d.fact, d.decision))
    .sort((x, y) => (x.due < y.due ? -1 : x.due > y.due ? 1 : 0))

/** First letters of a name, with points: what a letter says of a child unless more is needed. */
export const initials = (name: string): string =>
  name
    .split(/[\s]+/u)
    .map(w => /[\p{L}]/u.exec(w)?.[0])
    .filter(x => x !== undefined)
    .map(x => `${x.toLocaleUpperCase()}.`)
    .join(' ')

/** The paper of a case that a letter is, in its printed code; behind all forms of a case (caseForms) for a long time. */
export const letterPaper = 90
/**
 * Our own number on a letter, in the form of our printed codes: whoever calls and names it is led to the letter by the search. It tells no order, no count and no date.
 */
export const letterNumber = (caseNumber: string, id: Id): string => `${caseNumber}/${letterPaper}-${shortOf(id)}`
