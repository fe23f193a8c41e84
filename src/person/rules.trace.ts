import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Day, Stamp } from '../base/time.ts'
import { readAge } from './rules.age-read.ts'
import { originOf } from './rules.match.facts.ts'
import { exactKey } from './rules.match.ts'
import type { Compared } from './rules.match.weigh.ts'
import { compareNames } from './rules.names.ts'
import type { Answered, Asked, Safety, Trace, TraceEvent, TraceFile, TraceRow, TraceState } from './schema.trace.ts'

export const traceErrors = ['nothing_said', 'check_first', 'dangerous', 'answered_already', 'own_answer', 'not_answered', 'closed'] as const
export type TraceError = (typeof traceErrors)[number]
interface Who {
  readonly by: Id
  readonly at: Stamp
}
/** Written down as it was said. Not a word of the child is enough too: that somebody asked is what counts. */
export const receiveTrace = (asked: Asked): Result<TraceEvent, TraceError> =>
  [asked.askerName, asked.contact, asked.childName, asked.claimed, asked.wants].every(s => s.trim() === '')
    ? err('nothing_said')
    : ok({ type: 'trace_received', asked })

/** Is the asker the danger? Asked before anything else, and asked again as often as somebody learns more, until it is answered. */
export const checkTrace = (t: Pick<Trace, 'state'>, s: Omit<Safety, 'by' | 'at'>, w: Who): Result<TraceEvent, TraceError> => {
  if (t.state === 'closed') return err('closed')
  if (t.state === 'answered') return err('answered_already')
  return ok({ type: 'trace_checked', safety: { ...s, ...w } })
}
/** Somebody who may be the danger, or whom nobody could call back, is told nothing: at most an authority is. */
export const answersAllowed = (s: Pick<Safety, 'danger' | 'callBack'>): readonly Answered['answer'][] =>
  s.danger === 'no_sign' && s.callBack === 'confirmed' ? ['neither', 'to_authority', 'to_child', 'contact'] : ['neither', 'to_authority']
export const answerTrace = (t: Pick<Trace, 'state' | 'file'>, a: Omit<Answered, 'by' | 'at'>, w: Who): Result<TraceEvent, TraceError> => {
  if (t.state === 'closed') return err('closed')
  if (t.state === 'answered') return err('answered_already')
  if (!t.file.safety) return err('check_first')
  if (!answersAllowed(t.file.safety).includes(a.answer)) return err('dangerous')
  return ok({ type: 'trace_answered', answered: { ...a, ...w } })
}
/** A second person looks at what was answered; who answered cannot be the second. */
export const lookAtTrace = (t: Pick<Trace, 'state' | 'file'>, note: string, w: Who): Result<TraceEvent, TraceError> => {
  if (t.state === 'closed') return err('closed')
  if (t.state !== 'answered' || !t.file.answered) return err('not_answered')
  if (t.file.answered.by === w.by) return err('own_answer')
  return ok({ type: 'trace_looked', looked: { note, ...w } })
}
const stateAfter: Readonly<Record<TraceEvent['type'], TraceState>> = {
  trace_received: 'new',
  trace_checked: 'checked',
  trace_answered: 'answered',
  trace_looked: 'closed',
}
/** The next state; version rises by one with every event. */
export const applyTrace = (t: Trace | undefined, row: Pick<TraceRow, 'id' | 'homeGroup' | 'way' | 'received'>, e: TraceEvent): Trace => {
  if (e.type === 'trace_received') {
    const file: TraceFile = { asked: e.asked, safety: null, answered: null, looked: null }
    return { ...row, state: 'new', version: 1, file }
  }
  if (!t) throw new Error('an event before anybody asked')
  const { type, ...change } = e
  return { ...t, state: stateAfter[type], version: t.version + 1, file: { ...t.file, ...change } }
}

/** Years of birth that what was said may mean; none where it means nothing to us. */
const yearsSaid = (text: string, on: Day) => {
  const read = readAge(text, on)
  const found = read.kind === 'read' ? [read.reading] : read.kind === 'ask' ? read.choices : []
  const years = found.flatMap(r => [Number(r.min.slice(0, 4)), Number(r.max.slice(0, 4))])
  return years.length === 0 ? { minYear: null, maxYear: null } : { minYear: Math.min(...years), maxYear: Math.max(...years) }
}
/** The child that is asked about, as far as the asker described it. */
export const comparedOfTrace = (a: Asked, on: Day): Compared => ({
  names: [a.childName].filter(n => n.trim() !== ''),
  ...yearsSaid(a.childAge, on),
  sex: a.sex === 'not_asked' ? null : a.sex,
  origin: originOf(a.origin),
  relatives: [a.askerName].filter(n => n.trim() !== '' && (a.asker === 'parent' || a.asker === 'relative')),
  phones: [],
  handles: [],
  documents: [],
})

export const repeats = ['contact', 'asker', 'child'] as const
export type Repeat = (typeof repeats)[number]
const alike = (a: string, b: string) => a.trim() !== '' && b.trim() !== '' && compareNames(a, b).score >= 0.9
/** Why two askings may belong together: the same number or address, a like name of the asker, a like name of the child. */
export const repeatsOf = (a: Asked, b: Asked): Repeat[] => {
  const [x, y] = [exactKey.phone(a.contact), exactKey.phone(b.contact)]
  const contact = x !== '' ? x === y : a.contact.trim() !== '' && a.contact.trim().toLowerCase() === b.contact.trim().toLowerCase()
  return [
    ...(contact ? (['contact'] as const) : []),
    ...(alike(a.askerName, b.askerName) ? (['asker'] as const) : []),
    ...(alike(a.childName, b.childName) ? (['child'] as const) : []),
  ]
}
