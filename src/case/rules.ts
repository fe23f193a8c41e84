import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day } from '../base/time.ts'
import type { Contact } from '../contact/schema.ts'
import type { Relation } from '../person/schema.ts'
import type { CaseEvent, CaseRow, CloseReason, Danger, LinkBody, Note, Times } from './schema.ts'

export const caseErrors = [
  'case_not_open',
  'case_not_closed',
  'reason_missing',
  'already_accepted',
  'nothing_changes',
  'note_empty',
  'learned_in_future',
  'due_in_past',
  'same_case',
  'already_linked',
  'own_step',
] as const
export type CaseError = (typeof caseErrors)[number]

/** The day by which somebody must look at the case, from the danger: today, tomorrow, or within a week. Editable defaults of practice, not law. */
export const firstDue = (danger: Danger, today: Day): Day => addDays(today, danger === 'danger' ? 0 : danger === 'none' ? 7 : 1)

/** Why a new case begins with a judgement of danger: what the contact says already. Null: it says nothing. */
export const dangerSaid = (c: Pick<Contact, 'safeNow' | 'urgency'>): 'unsafe' | 'now' | 'unsure' | 'today' | null => {
  if (c.safeNow === 'no') return 'unsafe'
  if (c.urgency === 'now') return 'now'
  if (c.safeNow === 'unsure') return 'unsure'
  return c.urgency === 'today' ? 'today' : null
}
/** Danger of a case that is opened from such a contact, until a person judges it otherwise: what was said once must not be asked again to count. */
export const dangerFrom = (c: Pick<Contact, 'safeNow' | 'urgency'>): Danger => {
  const said = dangerSaid(c)
  return said === null ? 'not_assessed' : said === 'unsafe' || said === 'now' ? 'danger' : 'concern'
}

const open = (c: CaseRow): Result<CaseRow, CaseError> => (c.state === 'closed' ? err('case_not_open') : ok(c))
const blank = (s: string) => s.trim() === ''

export interface OpenCase {
  readonly number: string
  readonly personId: Id
  readonly contactId: Id | null
  readonly assignee: Id | null
  readonly danger: Danger
  readonly reason: string
}
/** A case needs no screening and no proof: danger may be "not assessed", which is due tomorrow. */
export const openCase = (cmd: OpenCase, t: Times): CaseEvent => ({
  type: 'case_opened',
  ...cmd,
  opened: t.today,
  due: firstDue(cmd.danger, t.today),
})

export const assign = (c: CaseRow, cmd: { assignee: Id; reason: string }): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (c.assignee === cmd.assignee) return err('nothing_changes')
  return ok({ type: 'case_assigned', assignee: cmd.assignee, reason: cmd.reason.trim() })
}

/** A case worker of the team takes it; what the intake was granted ends with this. */
export const accept = (c: CaseRow, by: Id): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (c.assignee !== null && c.assignee !== by) return err('already_accepted')
  return ok({ type: 'case_accepted', assignee: by })
}

/** Danger is set by a person with a reason. A safety step: it goes ahead alone, and a second person is asked afterwards. Lowering never moves the due day away. */
export const setDanger = (c: CaseRow, cmd: { danger: Danger; reason: string }, t: Times): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (blank(cmd.reason)) return err('reason_missing')
  const wanted = firstDue(cmd.danger, t.today)
  const raised = cmd.danger === 'danger' || cmd.danger === 'concern'
  const due = raised && (c.due === null || wanted < c.due) ? wanted : c.due
  return ok({ type: 'danger_set', danger: cmd.danger, reason: cmd.reason.trim(), due })
}
/** Does this change ask for a second look? Danger found, and danger declared over. */
export const asksSecondLook = (before: Danger, after: Danger): boolean => before !== after && (before === 'danger' || after === 'danger')

export const setDue = (c: CaseRow, cmd: { due: Day | null; what: string }, t: Times): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (cmd.due !== null && cmd.due < t.today) return err('due_in_past')
  return ok({ type: 'due_set', due: cmd.due, what: cmd.what.trim() })
}

/** A note may be late, vague and from paper; only an empty one is refused. */
export const addNote = (c: CaseRow, note: Note, t: Times): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (blank(note.text)) return err('note_empty')
  if (note.learned > t.today) return err('learned_in_future')
  return ok({ type: 'note_added', note })
}

export const linkCases = (a: CaseRow, b: CaseRow, linked: readonly Id[]): Result<null, CaseError> => {
  if (a.id === b.id) return err('same_case')
  if (linked.includes(b.id)) return err('already_linked')
  const state = open(a)
  return state.ok ? ok(null) : state
}
/**
 * Which children of one form are brothers and sisters, as pairs of places in it: only where somebody said so, and only where it is clear whose. Of two children
 * and a sibling nobody has said whose sibling it is.
 */
export const siblingPairs = (relations: readonly Relation[]): (readonly [number, number])[] => {
  const places = (r: Relation) => relations.flatMap((x, i) => (x === r ? [i] : []))
  const children = places('child')
  const all = children.length > 1 ? [] : [...children, ...places('sibling')]
  return all.flatMap((x, i) => all.slice(i + 1).map(y => [x, y] as const))
}
/** The same link seen from the other side. */
export const mirrored = (l: LinkBody): LinkBody => ({
  ...l,
  relation: l.relation === 'parent_of' ? 'child_of' : l.relation === 'child_of' ? 'parent_of' : l.relation,
})

/** Three years after closing; counsel may set another. Never from the child's age: a plain day would tell the year of birth. */
export const retentionAfter = (closed: Day): Day => addDays(closed, 3 * 365 + 1)

export const closeCase = (c: CaseRow, cmd: { reason: CloseReason; note: string }, t: Times): Result<CaseEvent, CaseError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (blank(cmd.note)) return err('reason_missing')
  return ok({ type: 'case_closed', reason: cmd.reason, note: cmd.note.trim(), closed: t.today, retention: retentionAfter(t.today) })
}
export const reopenCase = (c: CaseRow, cmd: { reason: string }, t: Times): Result<CaseEvent, CaseError> => {
  if (c.state !== 'closed') return err('case_not_closed')
  if (blank(cmd.reason)) return err('reason_missing')
  return ok({ type: 'case_reopened', reason: cmd.reason.trim(), due: firstDue('not_assessed', t.today) })
}

/** Does this event change the row? A note or a grant does not: it can never be stale, and never makes another worker's form stale. */
export const changesRow = (e: CaseEvent): boolean =>
  e.type === 'case_opened' ||
  e.type === 'case_assigned' ||
  e.type === 'case_accepted' ||
  e.type === 'danger_set' ||
  e.type === 'due_set' ||
  e.type === 'case_closed' ||
  e.type === 'case_reopened'

/** The next state; version rises by one with every event that changes the row. */
export const apply = (c: CaseRow | undefined, key: Pick<CaseRow, 'id' | 'homeGroup'>, e: CaseEvent): CaseRow => {
  if (e.type === 'case_opened') {
    return {
      ...key,
      number: e.number,
      personId: e.personId,
      contactId: e.contactId,
      assignee: e.assignee,
      state: 'open',
      danger: e.danger,
      opened: e.opened,
      due: e.due,
      closed: null,
      retention: null,
      version: 1,
    }
  }
  if (!c) throw new Error('an event before the case was opened')
  if (!changesRow(e)) return c
  const next = { ...c, version: c.version + 1 }
  switch (e.type) {
    case 'case_assigned':
    case 'case_accepted':
      return { ...next, assignee: e.assignee }
    case 'danger_set':
      return { ...next, danger: e.danger, due: e.due }
    case 'due_set':
      return { ...next, due: e.due }
    case 'case_closed':
      return { ...next, state: 'closed', closed: e.closed, retention: e.retention, due: null }
    case 'case_reopened':
      return { ...next, state: 'open', closed: null, retention: null, due: e.due }
    default:
      return next
  }
}
