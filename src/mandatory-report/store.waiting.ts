import type { Id } from '../base/id.ts'
import { type Day, dayOf } from '../base/time.ts'
import type { Work } from '../platform/records.ts'
import type { Letter, ReportAnswer, ReportFact } from './schema.ts'
import { reportTerms } from './store.instruments.ts'
import { factsSql } from './store.ts'

/** What of a report waits: a decision whose clock runs, a letter to be sent, an answer that should have come. */
export interface WaitingReport {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: 'decide' | 'send' | 'answer'
}
const pageSize = 25
/** A fact that asks, as `asks` in rules.ts says it. */
const asking = `(d.id is null or d.answer = 'later' or (f.life and not d.life))`

const cap = 1001
/* Nearly every fact has long been decided, and no index knows which: one pass over those that I see is shorter than one a team. */
const facts = `select f.id, f.case_id, case when d.answer = 'later' and not (f.life and not d.life) then d.until::timestamp at time zone $5
      else f.learned + make_interval(secs => case when f.life then $6::float8 else $7::float8 end * 3600) end as due, 'decide' as kind
    from ${factsSql} f left join app.report_decision d on d.id = f.id where (f.home_group = any ($1::uuid[]) or f.case_id = any ($2::uuid[])) and ${asking}`
/* Letters stand in the order of their days in an index of their own: one short scan a team, and what is granted beside it; see platform/lists.ts. */
const letters = (kind: 'send' | 'answer', day: string, where: string) => {
  const of = (scope: string) =>
    `select l.id, l.case_id, l.${day} from app.report_letter l where ${scope} and ${where}
       and ($4::uuid is null or exists (select from app.case_record k where k.id = l.case_id and k.assignee = $4)) order by l.${day}, l.id limit ${cap}`
  return `select y.id, y.case_id, y.${day}::timestamp at time zone $5, '${kind}' from (select x.* from unnest($1::uuid[]) g cross join lateral (${of('l.home_group = g')}) x
     union (${of('l.case_id = any ($2::uuid[])')})) y`
}
/**
 * What waits, as id, case_id, due, kind; of letters the first 1,001 of each kind and team. $1 groups, $2 cases, $3 today, $4 whose cases (null: everybody's),
 * $5 the time zone, $6 and $7 the hours of the clock.
 */
export const waitingSql = `${facts}
  union all ${letters('send', 'send_due', "l.state = 'draft'")}
  union all ${letters('answer', 'answer_due', "l.state in ('sent', 'registered') and l.answer_due <= $3::date")}`

/**
 * Reports that wait, most overdue first: 25, and how many there are (exact to 1,000). On plain columns only. Decisions and unsent letters wait from the first minute; an
 * answer waits from the day on which it should have come. `who`: only cases of this person.
 */
export const waitingReports = async (
  w: Work & { readonly session?: { readonly timeZone: string } },
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingReport[]; total: number }> => {
  const { clock } = reportTerms().kinds
  const zone = w.session?.timeZone ?? 'Europe/Moscow'
  const values = [scope.groups, scope.direct, today, who ?? null, zone, clock.lifeHours, clock.otherHours]
  const { rows } = await w.tx.query<Omit<WaitingReport, 'due'> & { due: Date; total: number }>(
    `select a.id, a.case_id as "caseId", c.number, a.due, c.assignee, a.kind, least(count(*) over (), ${cap})::int as total
       from (${waitingSql}) a join app.case_record c on c.id = a.case_id where $4::uuid is null or c.assignee = $4 order by a.due, a.id limit ${pageSize}`,
    values,
  )
  return {
    rows: rows.map(({ total: _, due, ...r }) => ({ ...r, due: dayOf(due.toISOString(), zone) })),
    total: rows[0]?.total ?? 0,
  }
}

/** What of a case's reports is not done: decisions that wait and letters that nobody has sent. An answer that has not come keeps no case open. */
export const openReportsOf = async (w: Work, caseId: Id): Promise<number> =>
  (
    await w.tx.query<{ n: number }>(
      `select (select count(*) from ${factsSql} f left join app.report_decision d on d.id = f.id where f.case_id = $1 and ${asking})::int
            + (select count(*) from app.report_letter l where l.case_id = $1 and l.state = 'draft')::int as n`,
      [caseId],
    )
  ).rows[0]?.n ?? 0

interface Running {
  readonly facts: readonly (ReportFact & {
    readonly answer: ReportAnswer | null
    readonly asks: boolean
    readonly anew: boolean
    readonly until: Day | null
  })[]
  readonly letters: readonly Pick<Letter, 'id' | 'factId' | 'recipient' | 'state' | 'sendDue' | 'answerDue'>[]
}
/** What runs on one case, for its card: plain columns only, so that the page of the case waits for no key of it. */
export const runningOn = async (w: Work, caseId: Id): Promise<Running> => {
  const [facts, letters] = await Promise.all([
    w.tx.query<Omit<Running['facts'][number], 'learned'> & { learned: Date }>(
      `select f.id, f.case_id as "caseId", f.learned, f.life, f.origin as "from", d.answer, d.until::text as until, ${asking} as asks, coalesce(f.life and not d.life, false) as anew
         from ${factsSql} f left join app.report_decision d on d.id = f.id where f.case_id = $1 order by f.learned, f.id`,
      [caseId],
    ),
    w.tx.query<Running['letters'][number]>(
      `select l.id, l.fact_id as "factId", l.recipient, l.state, l.send_due::text as "sendDue", l.answer_due::text as "answerDue"
         from app.report_letter l where l.case_id = $1 and l.state in ('draft', 'sent', 'registered') order by l.send_due, l.id`,
      [caseId],
    ),
  ])
  return { facts: facts.rows.map(f => ({ ...f, learned: f.learned.toISOString() })), letters: letters.rows }
}
