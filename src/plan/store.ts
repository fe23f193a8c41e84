import type { Id } from '../base/id.ts'
import type { Opened } from '../base/sealed.ts'
import type { CaseRow } from '../case/schema.ts'
import { appendToCase, caseJournal } from '../case/store.ts'
import { openWith, sealWith, type Work } from '../platform/records.ts'
import { applyPlan, stepsIn } from './rules.ts'
import { isPlanEvent, openPlanEvent, openStep, type PlanEvent, planEventSchema, type Step, type StepWords, stepSchema } from './schema.ts'

/** A step whose words may be closed to this session. */
export type SeenStep = Step<StepWords | undefined>
interface Row extends Omit<Step, 'words'> {
  readonly sealed: Buffer
}
const columns = `s.id, s.case_id as "caseId", s.home_group as "homeGroup", s.state, s.due::text as due, s.assignee, s.version, s.sealed`

const opened = async (w: Work, caseId: Id, rows: readonly Row[]): Promise<SeenStep[]> => {
  if (rows.length === 0) return []
  const words = await openWith(
    w,
    caseId,
    'summary',
    rows.map(r => ({ table: 'plan_step', row: r.id, sealed: r.sealed })),
  )
  return rows.map(({ sealed: _, ...r }, i) => ({ ...r, words: read(words[i]) }))
}
const read = (o: Opened | undefined): StepWords | undefined => o && openStep(o)

/** The steps of a case, what is due first on top. */
export const stepsOf = async (w: Work, caseId: Id): Promise<SeenStep[]> => {
  const { rows } = await w.tx.query<Row>(`select ${columns} from app.plan_step s where s.case_id = $1 order by s.due, s.id`, [caseId])
  return opened(w, caseId, rows)
}
/** One step of one case, if this session may see it. */
export const findStep = async (w: Work, caseId: Id, id: Id, lock = false): Promise<SeenStep | undefined> => {
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from app.plan_step s where s.id = $1 and s.case_id = $2${lock ? ' for update' : ''}`,
    [id, caseId],
  )
  return (await opened(w, caseId, rows))[0]
}

/** Writes an event of the plan of one case: the rows of the steps it is about, and the journal. `before`: those steps, as they were. */
export const savePlanEvent = async (w: Work, c: CaseRow, before: readonly Step[], e: PlanEvent, command: Id): Promise<readonly Step[]> => {
  const after = applyPlan(new Map(before.map(s => [s.id, s])), { caseId: c.id, homeGroup: c.homeGroup }, e)
  const out: Step[] = []
  for (const id of stepsIn(e)) {
    const s = after.get(id)
    if (!s) throw new Error('an event of a step that is not here')
    const place = { table: 'plan_step', row: s.id }
    const sealed = await sealWith(w, c.id, 'case', c.homeGroup, 'summary', place, { schema: stepSchema, value: s.words })
    await w.tx.query(
      e.type === 'plan_steps_made'
        ? 'insert into app.plan_step (id, state, due, assignee, version, sealed, case_id, home_group) values ($1, $2, $3, $4, $5, $6, $7, $8)'
        : 'update app.plan_step set state = $2, due = $3, assignee = $4, version = $5, sealed = $6 where id = $1 and case_id = $7',
      [s.id, s.state, s.due, s.assignee, s.version, sealed, c.id, ...(e.type === 'plan_steps_made' ? [c.homeGroup] : [])],
    )
    out.push(s)
  }
  const { type, ...value } = e
  await appendToCase(w, c, { type, command, compartment: 'summary', schema: planEventSchema, value })
  return out
}

/** The events of the plan in a case's journal, oldest first, as far as this session opens them. */
export const planJournal = async (w: Work, caseId: Id): Promise<PlanEvent[]> =>
  (await caseJournal(w, caseId, ['summary'], 2000)).flatMap(s =>
    isPlanEvent(s.type) && s.parts.summary ? [openPlanEvent(s.type, s.parts.summary)] : [],
  )
