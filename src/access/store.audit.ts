import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { Tx } from '../platform/db.ts'

interface InTx {
  readonly tx: Tx
}
export type AuditOutcome = 'shown' | 'refused' | 'changed'
/** One line: a page that was shown or refused, or the header of a change. Never content. */
export interface AuditLine {
  readonly at: Stamp
  readonly actor: Id | null
  readonly action: string
  readonly purpose: string
  readonly outcome: AuditOutcome
  readonly records: readonly Id[]
}
export interface AuditFilter {
  readonly person: Id | null
  /** Ids that a record or number stands for; empty: nothing fits. */
  readonly records: readonly Id[] | null
  readonly from: Stamp | null
  readonly until: Stamp | null
  /** Beginning of the action's code. */
  readonly action: string | null
  readonly outcome: AuditOutcome | null
}
export const auditPage = 50

interface Row {
  at: Date
  actor: Id | null
  action: string
  purpose: string
  outcome: AuditOutcome
  records: Id[]
}
const lineOf = (r: Row): AuditLine => ({ ...r, at: r.at.toISOString() })

/** One page of 50 lines, newest first, and whether there are more. Row-level security: the auditor's own agency. */
export const auditLines = async (w: InTx, f: AuditFilter, page: number): Promise<{ lines: AuditLine[]; more: boolean }> => {
  const values: unknown[] = []
  const read: string[] = []
  const change: string[] = []
  const both = (r: string, c: string, value: unknown) => {
    values.push(value)
    read.push(r.replaceAll('?', `$${values.length}`))
    change.push(c.replaceAll('?', `$${values.length}`))
  }
  if (f.person) both('actor = ?::uuid', 'actor = ?::uuid', f.person)
  if (f.records) both('records && ?::uuid[]', 'record = any (?::uuid[])', f.records)
  if (f.from) both('at >= ?::timestamptz', 'recorded_at >= ?::timestamptz', f.from)
  if (f.until) both('at < ?::timestamptz', 'recorded_at < ?::timestamptz', f.until)
  if (f.action) both('starts_with(action, ?)', 'starts_with(type, ?)', f.action)
  if (f.outcome === 'changed') read.push('false')
  else if (f.outcome) {
    change.push('false')
    values.push(f.outcome)
    read.push(`outcome = $${values.length}`)
  }
  const where = (list: readonly string[]) => (list.length > 0 ? `where ${list.join(' and ')}` : '')
  const end = page * auditPage + 1
  const { rows } = await w.tx.query<Row>(
    `select * from (
       (select at, actor, action, purpose, outcome, records, id::text as k from app.read_audit ${where(read)} order by at desc, id limit ${end})
       union all
       (select recorded_at, actor, type, '', 'changed', array[record], record::text || seq from app.journal ${where(change)} order by recorded_at desc, record, seq limit ${end})
     ) x order by at desc, k limit ${auditPage + 1} offset ${(page - 1) * auditPage}`,
    values,
  )
  return { lines: rows.slice(0, auditPage).map(lineOf), more: rows.length > auditPage }
}

/** The ids behind a case number, for the auditor, who may not see the case. */
export const idsOfNumber = async (w: InTx, number: string): Promise<Id[]> =>
  (await w.tx.query<{ x: Id[] }>('select app.case_ids($1) as x', [number])).rows[0]?.x ?? []

/** Who looked at a case of a team that this person supervises; undefined where the case is hidden. */
export const caseReads = async (
  w: InTx,
  caseId: Id,
  page: number,
): Promise<{ number: string; lines: AuditLine[]; more: boolean } | undefined> => {
  const { rows: found } = await w.tx.query<{ number: string; person_id: Id; mine: boolean }>(
    'select number, person_id, home_group = any ((select app.supervises())::uuid[]) as mine from app.case_record where id = $1',
    [caseId],
  )
  const c = found[0]
  if (!c?.mine) return undefined
  const { rows } = await w.tx.query<Row>(
    "select at, actor, action, purpose, outcome, '{}'::uuid[] as records from app.record_reads($1::uuid[], $2, $3)",
    [[caseId, c.person_id], auditPage + 1, (page - 1) * auditPage],
  )
  return { number: c.number, lines: rows.slice(0, auditPage).map(lineOf), more: rows.length > auditPage }
}

/** Pages beyond this one are for filters. */
export const maxPage = 200
