import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day, dayOf, type Stamp } from '../base/time.ts'
import type { Agreed, Plan, SafeContactEvent, SeenPlan, SendWay, Weekday } from './schema.ts'

export const safeContactErrors = [
  'no_way',
  'hours_turned',
  'until_past',
  'no_plan',
  'not_changed',
  'nothing_to_pass',
  'reason_missing',
] as const
export type SafeContactError = (typeof safeContactErrors)[number]
/** Why something is not sent. */
export const sendRefusals = ['never_word', 'sealed', 'run_out', 'way', 'day', 'hour', 'answerer'] as const
export type SendRefusal = (typeof sendRefusals)[number]

// ---------------------------------------------------------------- may this be sent?
/** An instant as people where the agency is read it: the day, its weekday, the minute of the day. */
export interface LocalTime {
  readonly day: Day
  readonly weekday: Weekday
  readonly minute: number
}
const clocks = new Map<string, Intl.DateTimeFormat>()
export const localTime = (now: Stamp, timeZone: string): LocalTime => {
  let clock = clocks.get(timeZone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    clocks.set(timeZone, clock)
  }
  const [hour = 0, minute = 0] = clock.format(new Date(now)).split(':').map(Number)
  const day = dayOf(now, timeZone)
  const sunday0 = new Date(`${day}T00:00:00Z`).getUTCDay()
  return { day, weekday: String(sunday0 === 0 ? 7 : sunday0) as Weekday, minute: hour * 60 + minute }
}

/** Words as they are compared: case, ё, invisible characters and what stands between words make no difference. */
const folded = (s: string): string =>
  s
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
/** Without the last vowel of a longer word: «полиция» is meant with «полицией» too. */
const stem = (w: string): string => (/[\p{L}]{5,}$/u.test(w) ? w.replace(/[аеиоуыэюяйьaeiouy]$/u, '') : w)
/** The first of the words that must not appear and does, inside other words too: an ending must not carry it through. */
export const neverWordIn = (text: string, never: readonly string[]): string | undefined => {
  const t = folded(text)
  return never.find(w => folded(w) !== '' && t.includes(stem(folded(w))))
}

export interface Sending {
  readonly way: SendWay
  readonly now: LocalTime
  readonly by: Id
  readonly text: string
  /** A supervisor let it pass for danger to life. Never for words that must not appear: those can be said otherwise. */
  readonly danger: boolean
  /** To somebody else than the child and its family: the child's ways and hours are not theirs, but what must not appear must not appear. */
  readonly outsider?: boolean
}
/** May this be sent to this person now? Without a plan nothing was agreed that could be broken. What cannot be opened cannot be kept, so it is not sent. */
export const maySend = (
  plan: Pick<SeenPlan, 'state' | 'until' | 'agreed'> | undefined,
  s: Sending,
): Result<'no_plan' | 'agreed' | 'danger', SendRefusal> => {
  if (!plan || plan.state === 'ended') return ok('no_plan')
  const { agreed } = plan
  if (agreed && neverWordIn(s.text, agreed.never) !== undefined) return err('never_word')
  if (s.danger) return ok('danger')
  if (!agreed) return err('sealed')
  if (s.outsider) return ok('agreed')
  if (plan.until < s.now.day) return err('run_out')
  if (!agreed.ways.includes(s.way)) return err('way')
  if (agreed.answerers.length > 0 && !agreed.answerers.includes(s.by)) return err('answerer')
  if (agreed.days.length > 0 && !agreed.days.includes(s.now.weekday)) return err('day')
  if (s.now.minute < agreed.from || s.now.minute >= agreed.until) return err('hour')
  return ok('agreed')
}

// ---------------------------------------------------------------- the plan itself
/** How long a plan holds after the next planned contact, or after it was verified. */
export const holdsFor = 30
/** Until the next planned contact and thirty days more; agreed otherwise with this child, until that day. */
export const holdsUntil = (today: Day, next: Day | undefined, agreed: Day | undefined): Day =>
  agreed ?? addDays(next !== undefined && next > today ? next : today, holdsFor)

type Written = Pick<Plan, 'id' | 'state' | 'until'>
export const writePlan = (
  now: Written | undefined,
  c: { readonly planId: Id; readonly agreed: Agreed; readonly until: Day },
  today: Day,
): Result<Extract<SafeContactEvent, { type: 'safe_contact_planned' }>, SafeContactError> => {
  if (c.agreed.ways.length === 0) return err('no_way')
  if (c.agreed.from >= c.agreed.until) return err('hours_turned')
  if (c.until < today) return err('until_past')
  return ok({
    type: 'safe_contact_planned',
    planId: now?.state === 'live' ? now.id : c.planId,
    agreed: c.agreed,
    today,
    until: c.until,
  })
}
export const verifyPlan = (
  now: Written | undefined,
  how: string,
  until: Day,
  today: Day,
): Result<Extract<SafeContactEvent, { type: 'safe_contact_verified' }>, SafeContactError> =>
  now?.state !== 'live'
    ? err('no_plan')
    : until < today
      ? err('until_past')
      : ok({ type: 'safe_contact_verified', planId: now.id, how: how.trim(), today, until })
/** An answered check-in proves the way; it never shortens what was agreed. */
export const renewPlan = (
  now: Written | undefined,
  next: Day | undefined,
  today: Day,
): Extract<SafeContactEvent, { type: 'safe_contact_renewed' }> | undefined => {
  if (now?.state !== 'live') return undefined
  const until = holdsUntil(today, next, undefined)
  return { type: 'safe_contact_renewed', planId: now.id, today, until: until > now.until ? until : now.until }
}
export const endPlan = (
  now: Written | undefined,
  reason: string,
): Result<Extract<SafeContactEvent, { type: 'safe_contact_ended' }>, SafeContactError> =>
  now?.state !== 'live'
    ? err('no_plan')
    : reason.trim() === ''
      ? err('reason_missing')
      : ok({ type: 'safe_contact_ended', planId: now.id, reason: reason.trim() })

/** The plan of a person after an event. */
export const applySafeContact = (
  p: Plan | undefined,
  of: { readonly personId: Id; readonly homeGroup: Id },
  e: SafeContactEvent,
): Plan | undefined => {
  if (e.type === 'safe_contact_planned' && p?.id !== e.planId)
    return { ...of, id: e.planId, state: 'live', verified: e.today, until: e.until, gapFrom: null, version: 1, agreed: e.agreed }
  if (!p || p.id !== e.planId) return p
  const version = p.version + 1
  if (e.type === 'safe_contact_ended') return { ...p, state: 'ended', version }
  const again = { verified: e.today, until: e.until, version, gapFrom: p.until < e.today ? addDays(p.until, 1) : p.gapFrom }
  return e.type === 'safe_contact_planned' ? { ...p, ...again, agreed: e.agreed } : { ...p, ...again }
}

// ---------------------------------------------------------------- what a plan says of silence
/** What was to be asked on this day could not be sent: the plan has run out, or had run out then and was verified only lately. Nobody was silent. */
export const couldNotSend = (
  plan: Pick<Plan, 'state' | 'until' | 'verified' | 'gapFrom'> | undefined,
  due: Day,
  patience: number,
  today: Day,
): boolean => {
  if (plan?.state !== 'live') return false
  if (plan.until < today) return addDays(due, patience) >= plan.until
  return (
    plan.gapFrom !== null && addDays(due, patience) >= plan.gapFrom && due <= plan.verified && addDays(plan.verified, patience) >= today
  )
}
