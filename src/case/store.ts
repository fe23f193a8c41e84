import { randomBytes } from 'node:crypto'
import type { Id } from '../base/id.ts'
import type { Compartment, Role } from '../base/people.ts'
import type { Result } from '../base/result.ts'
import { type Day, dayOf } from '../base/time.ts'
import { keepOwnKey } from '../person/store.keys.ts'
import { briefly, countSql, pageSql } from '../platform/lists.ts'
import { append, readJournal, type SeenEvent, saveSealed, type Work } from '../platform/records.ts'
import { apply, assign, type CaseError, changesRow } from './rules.ts'
import {
  type CaseEvent,
  type CaseRow,
  eventSchema,
  isCaseEvent,
  noteSchema,
  numberFrom,
  openEvent,
  type Summary,
  summarySchema,
} from './schema.ts'

/** Days leave the database as text: a JavaScript Date would move them by the server's time zone. */
export const caseColumns = `c.id, c.home_group as "homeGroup", c.number, c.person_id as "personId", c.contact_id as "contactId", c.assignee, c.state, c.danger,
  c.opened::text as opened, c.due::text as due, c.closed::text as closed, c.retention::text as retention, c.version`

/** The case, if this session may see it. `lock` takes the row for a command. */
export const findCase = async (w: Work, id: Id, lock = false): Promise<CaseRow | undefined> =>
  (await w.tx.query<CaseRow>(`select ${caseColumns} from app.case_record c where c.id = $1${lock ? ' for update' : ''}`, [id])).rows[0]

export const findCaseByNumber = async (w: Work, number: string): Promise<CaseRow | undefined> =>
  (await w.tx.query<CaseRow>(`select ${caseColumns} from app.case_record c where c.number = $1`, [number])).rows[0]

export const casesOfPerson = async (w: Work, personId: Id): Promise<CaseRow[]> =>
  (
    await w.tx.query<CaseRow>(`select ${caseColumns} from app.case_record c where c.person_id = $1 order by c.opened desc, c.id`, [
      personId,
    ])
  ).rows

/** Other cases from the same contact, as far as this session sees them: brothers and sisters, boys from one flat. */
export const siblingsOf = async (w: Work, caseId: Id): Promise<CaseRow[]> =>
  (
    await w.tx.query<CaseRow>(
      `select ${caseColumns} from app.case_record c where c.contact_id = (select m.contact_id from app.case_record m where m.id = $1) and c.id <> $1 order by c.opened, c.id`,
      [caseId],
    )
  ).rows

/** Cases that are not closed and assigned to a person: what a leaver hands over. At most `limit`, the most overdue first. */
export const openCasesOf = async (w: Work, userId: Id, limit = 1000): Promise<CaseRow[]> =>
  (
    await w.tx.query<CaseRow>(
      `select ${caseColumns} from app.case_record c where c.assignee = $1 and c.state <> 'closed' order by c.due nulls last, c.id limit $2`,
      [userId, limit],
    )
  ).rows

/** The compartment in which this person records an act on a case: summary for all who hold it, follow-up for whoever works there only. */
export const actCompartment = (roles: readonly Role[]): Compartment =>
  roles.some(r => r !== 'follow_up_worker' && r !== 'shelter_carer') ? 'summary' : 'follow_up'

const bodyOf = (e: CaseEvent): object => {
  const { type: _, ...rest } = e
  return e.type === 'note_added' ? e.note : rest
}

/** Writes a new case: row with a fresh number, sealed summary, journal. A number that is taken (one in 34 billion) is drawn again. */
export const createCase = async (
  w: Work,
  key: Pick<CaseRow, 'id' | 'homeGroup'>,
  event: (number: string) => CaseEvent,
  summary: Summary,
  command: Id,
  bytes: () => Uint8Array = () => randomBytes(7),
): Promise<CaseRow> => {
  // Sent before the number is known to be free: the summary does not depend on it.
  const sealing = saveSealed(w, key.id, 'case', key.homeGroup, { summary: { schema: summarySchema, value: summary } }, true)
  sealing.catch(() => undefined)
  for (let tries = 0; tries < 5; tries += 1) {
    const e = event(numberFrom(bytes()))
    const c = apply(undefined, key, e)
    const { rowCount } = await w.tx.query(
      `insert into app.case_record (id, home_group, number, person_id, contact_id, assignee, state, danger, opened, due, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (number) do nothing`,
      [c.id, c.homeGroup, c.number, c.personId, c.contactId, c.assignee, c.state, c.danger, c.opened, c.due, c.version],
    )
    if (rowCount === 0) continue
    totals.forget()
    await sealing
    const parts = { summary: { schema: eventSchema, value: bodyOf(e) } }
    await append(w, { record: c.id, kind: 'case', homeGroup: c.homeGroup, type: e.type, command, parts }, true)
    return c
  }
  throw new Error('no free case number in five draws')
}

/** Writes one event: the row where it changes, and the journal, sealed in `compartment`. */
export const saveCaseEvent = async (w: Work, before: CaseRow, e: CaseEvent, command: Id, compartment: Compartment): Promise<CaseRow> => {
  const c = apply(before, before, e)
  if (changesRow(e)) {
    totals.forget()
    await w.tx.query(
      'update app.case_record set assignee = $2, state = $3, danger = $4, due = $5, closed = $6, retention = $7, version = $8 where id = $1',
      [c.id, c.assignee, c.state, c.danger, c.due, c.closed, c.retention, c.version],
    )
  }
  await append(w, {
    record: c.id,
    kind: 'case',
    homeGroup: c.homeGroup,
    type: e.type,
    command,
    parts: { [compartment]: { schema: e.type === 'note_added' ? noteSchema : eventSchema, value: bodyOf(e) } },
  })
  await keepOwnKey(w, c.id, c.homeGroup, compartment)
  return c
}

/**
 * Appends an event of a capability further right to the chain of its case: `type` stays unique over all capabilities (`plan_step_made`). Sealed in `compartment`,
 * whose key the writer keeps where a grant of their own brought it.
 */
export const appendToCase = async (
  w: Work,
  c: Pick<CaseRow, 'id' | 'homeGroup'>,
  e: { readonly type: string; readonly command: Id; readonly compartment: Compartment; readonly schema: number; readonly value: object },
): Promise<void> => {
  await append(w, {
    record: c.id,
    kind: 'case',
    homeGroup: c.homeGroup,
    type: e.type,
    command: e.command,
    parts: { [e.compartment]: { schema: e.schema, value: e.value } },
  })
  await keepOwnKey(w, c.id, c.homeGroup, e.compartment)
}

/** Gives a case to a colleague: for hand-over lists. Undefined where the case is hidden. */
export const assignCase = async (
  w: Work & { actor: { roles: readonly Role[] } },
  id: Id,
  assignee: Id,
  command: Id,
  reason = '',
): Promise<Result<CaseRow, CaseError> | undefined> => {
  const c = await findCase(w, id, true)
  if (!c) return undefined
  const decided = assign(c, { assignee, reason })
  return decided.ok ? { ok: true, value: await saveCaseEvent(w, c, decided.value, command, actCompartment(w.actor.roles)) } : decided
}

/** An event as this session can read it, and the compartment that was opened; undefined where it holds no key. */
export const openCaseEvent = (seen: SeenEvent): { event: CaseEvent; compartment: Compartment } | undefined => {
  const found = Object.entries(seen.parts)[0]
  if (!found) return undefined
  const [compartment, part] = found
  // An event of a capability further right is read by it: see routes.parts.ts.
  if (!isCaseEvent(seen.type)) return undefined
  return {
    compartment: compartment as Compartment,
    event: openEvent(seen.type, part),
  }
}

/** The journal of a case, oldest first. Without 'story' the words of the story stay closed even to whoever holds the key. */
export const caseJournal = (w: Work, id: Id, wanted: readonly Compartment[], limit = 200): Promise<SeenEvent[]> =>
  readJournal(w, id, wanted, limit)

/** Lower comes first; an index of 0009_scope.sql says the same, so that what is not in danger is never read for it. */
const rank = "(case c.danger when 'danger' then 0 when 'concern' then 1 when 'not_assessed' then 2 else 3 end)"

/** Cases that wait on the first page: open, and in danger, taken by nobody, or due. */
export type CasesWaiting = 'danger' | 'nobody' | 'due' | 'mine_due'
const waiting: Record<CasesWaiting, string> = {
  // Nobody has judged it yet, but whoever wrote or answered has said it: it stays in sight.
  danger: `${rank} <= 2 and (c.danger = 'danger' or (c.danger = 'not_assessed' and exists
    (select from app.contact k where k.id = c.contact_id and (k.safe_now = 'no' or k.urgency = 'now'))))`,
  nobody: 'c.assignee is null',
  due: 'c.due <= $3::date',
  mine_due: 'c.due <= $3::date and c.assignee = $4',
}
/** The first 25, most dangerous and most overdue first, and how many there are (exact to 1,000). `groups` and `direct`: where to look. */
export const waitingCases = async (
  w: Work & { session: { userId: Id; timeZone: string } },
  which: CasesWaiting,
  scope: { groups: readonly Id[]; direct: readonly Id[] },
): Promise<{ rows: CaseRow[]; total: number }> => {
  const query = {
    table: 'case_record',
    columns: caseColumns,
    filter: `c.state <> 'closed' and ${waiting[which]}`,
    order: order[which === 'danger' || which === 'nobody' ? 'danger' : 'due'],
  }
  const more = which === 'due' ? 1 : which === 'mine_due' ? 2 : 0
  const values = [scope.groups, scope.direct, ...[dayOf(w.now, w.session.timeZone), w.session.userId].slice(0, more)]
  const [rows, total] = await Promise.all([
    w.tx.query<CaseRow>(pageSql(query, pageSize), values),
    w.tx.query<{ n: number }>(countSql(query), values),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}

// ---------------------------------------------------------------- list
export const caseSorts = ['opened', 'due', 'danger'] as const
export type CaseSort = (typeof caseSorts)[number]
export interface CaseFilter {
  readonly state: 'open' | 'closed' | 'all'
  readonly danger: CaseRow['danger'] | 'any'
  readonly mine: boolean
  /** Only the cases of one person. */
  readonly person: Id | null
  /** Only the cases of these people: what the index in memory found for an age, a sex, an origin or a name. */
  readonly people?: readonly Id[]
  readonly due: 'any' | 'overdue' | 'today' | 'week'
  readonly sort: CaseSort
  /** From 1. */
  readonly page: number
}
export const pageSize = 25
const order: Record<CaseSort, string> = {
  opened: 'c.opened desc, c.id',
  due: 'c.due asc nulls last, c.id',
  danger: `${rank}, c.due asc nulls last, c.id`,
}

/** How many a list has is a number beside it, and counting costs more than the list: it may be ten seconds old, unless this process wrote a case meanwhile. */
const totals = briefly<number>(10_000)

/** One page of cases on plain columns, and how many there are (exact to 1,000, else 1,001). */
export const listCases = async (
  w: Work & { session: { id?: Id; userId: Id; groups: readonly Id[]; direct: readonly Id[]; timeZone: string } },
  f: CaseFilter,
): Promise<{ rows: CaseRow[]; total: number; today: Day }> => {
  const today = dayOf(w.now, w.session.timeZone)
  const values: unknown[] = [w.session.groups, w.session.direct]
  const where: string[] = []
  const add = (sql: string, value: unknown) => {
    values.push(value)
    where.push(sql.replaceAll('?', `$${values.length}`))
  }
  if (f.state === 'open') where.push("c.state in ('open', 'suspended')")
  else if (f.state === 'closed') where.push("c.state = 'closed'")
  if (f.danger !== 'any') add('c.danger = ?', f.danger)
  if (f.mine) add('c.assignee = ?', w.session.userId)
  if (f.person) add('c.person_id = ?', f.person)
  if (f.people) add('c.person_id = any (?::uuid[])', f.people)
  if (f.due === 'overdue') add('c.due < ?::date', today)
  if (f.due === 'today') add('c.due <= ?::date', today)
  if (f.due === 'week') add('c.due <= ?::date + 7', today)
  const query = { table: 'case_record', columns: caseColumns, filter: where.join(' and ') || 'true', order: order[f.sort] }
  const asked = `${w.session.id} ${query.filter} ${JSON.stringify(values)}`
  const [rows, total] = await Promise.all([
    w.tx.query<CaseRow>(pageSql(query, pageSize, (f.page - 1) * pageSize), values),
    totals.get(asked, () => w.tx.query<{ n: number }>(countSql(query), values).then(r => r.rows[0]?.n ?? 0)),
  ])
  return { rows: rows.rows, total, today }
}
