import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day } from '../base/time.ts'
import type { CaseRow, CloseReason } from '../case/schema.ts'
import { couldNotSend } from '../safe-contact/rules.ts'
import type { Plan } from '../safe-contact/schema.ts'
import type { Answer, Answers, CheckIn, CheckInState, FollowUpEvent, Question, Recorded } from './schema.ts'
import { questions } from './schema.ts'

export const followUpErrors = [
  'case_not_closed',
  'check_in_taken',
  'nothing_said',
  'learned_in_future',
  'already_read',
  'no_code',
  'reason_missing',
  'not_a_colleague',
  'asks_already',
  'not_yours_to_share',
] as const
export type FollowUpError = (typeof followUpErrors)[number]

/** The same day n months on; the last day of a shorter month. */
export const addMonths = (day: Day, n: number): Day => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  const month = m - 1 + n
  const last = new Date(Date.UTC(y, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(y, month, Math.min(d, last))).toISOString().slice(0, 10)
}

/** After 2 weeks, 1, 2, 3, 6 and 12 months. Editable defaults of practice, not law. */
const all = (closed: Day): Day[] => [addDays(closed, 14), ...[1, 2, 3, 6, 12].map(n => addMonths(closed, n))]
/**
 * When to ask after a closing. Nobody is asked about what never was a case; a case that went to colleagues elsewhere is asked about twice, of them;
 * whoever moved, grew up or was lost from sight is looked for on every day: losing contact is a reason to ask, not to stop.
 */
export const scheduleAfter = (closed: Day, reason: CloseReason): Day[] => {
  if (reason === 'opened_in_error') return []
  const days = all(closed)
  return reason === 'transferred' ? [days[0]!, days[3]!] : days
}

/** How long after the last day somebody may still ask: a child is not always reached at once. */
export const afterLast = 60
/** The last day on which whoever asks after the child may open the case; undefined where nobody is asked. */
export const asksUntil = (days: readonly Day[], today: Day): Day | undefined => {
  const last = [...days].sort().at(-1)
  return last && addDays(last > today ? last : today, afterLast)
}

/** How long after its day a check-in may still come before it counts as missed. */
export const patience = 7
/** Missed: planned, and its day and the week after it have passed. Nobody's fault: it says that we do not know how the child is. */
export const isMissed = (c: Pick<CheckIn, 'state' | 'due'>, today: Day): boolean =>
  c.state === 'planned' && addDays(c.due, patience) < today
/** The days of the safe-contact plan: what could not be sent is not silence. */
export type PlanDays = Pick<Plan, 'state' | 'until' | 'verified' | 'gapFrom'>
/** What the screen calls it. `unsent`: the plan by which the child may be reached had run out, so nobody could ask; never counted as no answer. */
export const standing = (c: Pick<CheckIn, 'state' | 'due'>, today: Day, plan?: PlanDays): CheckInState | 'missed' | 'due' | 'unsent' =>
  c.state === 'planned' && c.due <= today && couldNotSend(plan, c.due, patience, today)
    ? 'unsent'
    : isMissed(c, today)
      ? 'missed'
      : c.state === 'planned' && c.due <= today
        ? 'due'
        : c.state
/** When somebody asks next: until then, and thirty days more, the way to the child holds after an answer. */
export const nextPlanned = (list: readonly Pick<CheckIn, 'state' | 'due'>[], today: Day): Day | undefined =>
  list
    .filter(c => c.state === 'planned' && c.due > today)
    .map(c => c.due)
    .sort()[0]

/** Which planned check-in an answer of this day belongs to: the latest whose day is at most a week ahead. The database does the same for the child's page. */
export const answeredBy = <C extends Pick<CheckIn, 'state' | 'due'>>(list: readonly C[], today: Day): C | undefined =>
  list.filter(c => c.state === 'planned' && c.due <= addDays(today, patience)).sort((a, b) => (a.due < b.due ? 1 : -1))[0]

export interface NewRecord {
  readonly id: Id
  readonly due: Day | null
  readonly help: boolean
  readonly body: Recorded
}
/** Judges what staff wrote down. Something must have been said or answered; "nobody was reached" is said in words, and then the check-in waits on. */
export const decideRecord = (
  c: CaseRow,
  list: readonly CheckIn[],
  cmd: NewRecord,
  today: Day,
): Result<Extract<FollowUpEvent, { type: 'check_in_recorded' }>, FollowUpError> => {
  if (c.state !== 'closed') return err('case_not_closed')
  if (cmd.due !== null && !list.some(k => k.due === cmd.due && k.state === 'planned')) return err('check_in_taken')
  if (cmd.body.learned > today) return err('learned_in_future')
  if (cmd.body.words.trim() === '' && questions.every(q => cmd.body.answers[q] === null)) return err('nothing_said')
  return ok({ type: 'check_in_recorded', answer: cmd.id, due: cmd.due, help: cmd.help, body: cmd.body })
}
export const decideRead = (a: Pick<Answer, 'id' | 'unread'>): Result<Extract<FollowUpEvent, { type: 'check_in_read' }>, FollowUpError> =>
  a.unread ? ok({ type: 'check_in_read', answer: a.id }) : err('already_read')

export type Warning =
  | { readonly kind: 'unsafe'; readonly level: number }
  | { readonly kind: 'worse'; readonly question: Question; readonly from: number; readonly to: number }
/** Why somebody should look now: not safe (the two lowest of five), or two steps down on any question since it was last answered. A plain rule, no score. */
export const warnings = (now: Answers, before: readonly Answers[]): Warning[] => {
  const out: Warning[] = []
  if (now.safe !== null && now.safe <= 2) out.push({ kind: 'unsafe', level: now.safe })
  for (const q of questions) {
    const to = now[q]
    const from = before.find(b => b[q] !== null)?.[q] ?? null
    if (to !== null && from !== null && from - to >= 2) out.push({ kind: 'worse', question: q, from, to })
  }
  return out
}

/** The plain state that events lead to: what a replay compares with the rows. */
export interface FollowUpState {
  readonly checkIns: readonly { readonly due: Day; readonly state: CheckInState }[]
  readonly unread: readonly Id[]
  readonly codes: readonly Id[]
}
export const emptyFollowUp: FollowUpState = { checkIns: [], unread: [], codes: [] }
/** Events of the case and of follow-up, as the journal tells them. `day` is the day on which one was recorded, `command` its id. */
export type Heard =
  | FollowUpEvent
  | { readonly type: 'case_closed'; readonly closed: Day; readonly reason: CloseReason }
  | { readonly type: 'case_reopened' }
  | { readonly type: 'check_in_answered' | 'check_in_help_asked'; readonly command: Id; readonly day: Day }
const taken = (s: FollowUpState, due: Day | undefined, state: CheckInState): FollowUpState['checkIns'] => {
  const at = s.checkIns.findIndex(c => c.state === 'planned' && c.due === due)
  return s.checkIns.map((c, i) => (i === at ? { ...c, state } : c))
}
/** The next state. */
export const apply = (s: FollowUpState, e: Heard): FollowUpState => {
  switch (e.type) {
    case 'case_closed':
      return { ...s, checkIns: [...s.checkIns, ...scheduleAfter(e.closed, e.reason).map(due => ({ due, state: 'planned' as const }))] }
    case 'case_reopened':
      return { ...s, checkIns: s.checkIns.map(c => (c.state === 'planned' ? { ...c, state: 'ended' } : c)) }
    case 'check_in_answered':
    case 'check_in_help_asked':
      return { ...s, checkIns: taken(s, answeredBy(s.checkIns, e.day)?.due, 'answered'), unread: [...s.unread, e.command] }
    case 'check_in_recorded':
      return e.due === null ? s : { ...s, checkIns: taken(s, e.due, 'recorded') }
    case 'check_in_read':
      return { ...s, unread: s.unread.filter(x => x !== e.answer) }
    case 'check_in_code_made':
      return { ...s, codes: [e.code] }
    case 'check_in_code_ended':
      return { ...s, codes: s.codes.filter(x => x !== e.code) }
    case 'case_left_open':
    case 'follow_up_handed_over':
      return s
  }
}
