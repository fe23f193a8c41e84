import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { SessionView } from '../platform/office.answer.ts'
import type { Work } from '../platform/records.ts'
import { codesOf, leftOf } from './rules.codes.ts'
import type { Happened } from './rules.tables.ts'
import { type CountedCase, countedColumns, factsOf, type ReadScreening } from './store.facts.ts'

/** What a supervisor's own cases say, as codes: no name and no id of a case is kept. */
export interface Working {
  readonly happened: readonly Happened[]
  readonly cases: number
  /** Cases whose person this session cannot open: counted as "unknown". */
  readonly closed: number
  /** There were more than are looked at. */
  readonly more: boolean
  /** When they were opened. */
  readonly at: Stamp
}

/** The most cases that are opened for one table, newest first. */
export const mostCases = 20_000
const batch = 500
const minutes = 2
const mostSessions = 20
/** By session: a supervisor turns a table this way and that. Gone after two minutes, when another twenty came, and with the process. */
const kept = new Map<Id, { readonly at: number; readonly keys: number; readonly working: Working }>()

/** Opens the cases that this session may open, in batches, and keeps their codes in memory for a moment. */
export const workingOf = async (w: Work & { session: SessionView }, screening: ReadScreening, most = mostCases): Promise<Working> => {
  const now = Date.parse(w.now)
  const had = kept.get(w.session.id)
  if (had && had.keys === w.session.keysVersion && now - had.at < minutes * 60_000) return had.working
  const { rows } = await w.tx.query<CountedCase>(
    `select ${countedColumns} from app.case_record c where c.home_group = any ($1::uuid[]) or c.id = any ($2::uuid[]) order by c.opened desc, c.id limit $3`,
    [w.session.groups, w.session.direct, most + 1],
  )
  const cases = rows.slice(0, most)
  const happened: Happened[] = []
  let closed = 0
  for (let at = 0; at < cases.length; at += batch) {
    for (const f of (await factsOf(w, cases.slice(at, at + batch), screening)).values()) {
      if (!f.identity) closed++
      const left = leftOf(f, w.now)
      if (left.counted) for (const e of left.events) happened.push({ ...codesOf(left), ...e, child: left.child })
    }
  }
  const working: Working = { happened, cases: cases.length, closed, more: rows.length > most, at: w.now }
  kept.delete(w.session.id)
  kept.set(w.session.id, { at: now, keys: w.session.keysVersion, working })
  for (const id of kept.keys()) {
    if (kept.size <= mostSessions && now - kept.get(id)!.at < minutes * 60_000) break
    kept.delete(id)
  }
  return working
}
