import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { appendToCase } from '../case/store.ts'
import { openWith, sealWith, type Work } from '../platform/records.ts'
import { applyReport, emptyState } from './rules.ts'
import {
  type Decision,
  type DecisionBody,
  decisionSchema,
  type FactWords,
  factSchema,
  type Letter,
  type LetterBody,
  type LetterState,
  type LetterWords,
  letterSchema,
  openDecision,
  openFact,
  openLetter,
  openLetterWords,
  type ReportAnswer,
  type ReportEvent,
  type ReportFact,
  reportCompartment,
  reportEventSchema,
  wordsSchema,
} from './schema.ts'

/** A fact with its words, where this session holds the story's key and it was recorded here. */
export interface SeenFact extends ReportFact {
  readonly words: FactWords | undefined
}
export type SeenDecision = Omit<Decision, 'body'> & { readonly body: DecisionBody | undefined }
export type SeenLetter = Omit<Letter, 'body' | 'words'> & {
  readonly caseId: Id
  readonly body: LetterBody | undefined
  readonly words: LetterWords | undefined
  /** Is there a letter, opened or not? */
  readonly written: boolean
}

interface FactRow extends Omit<ReportFact, 'learned'> {
  readonly learned: Date
  readonly sealed: Buffer | null
}
/** Both sources of facts as one list: stated here, or known from a screening of the case. Columns id, case_id, home_group, learned, life, origin, sealed. */
export const factsSql = `(
  select f.id, f.case_id, f.home_group, f.learned, f.life, 'fact' as origin, f.sealed from app.report_fact f
  union all select s.id, s.record, s.home_group, s.fact_learned, s.fact_life, 'screening', null::bytea from app.screening s where s.kind = 'case' and s.fact_learned is not null)`

/** Every fact of a case from which a clock runs, the oldest first. Words only `withWords`: the story opens on purpose. */
export const factsOf = async (w: Work, caseId: Id, withWords = false): Promise<SeenFact[]> => {
  const { rows } = await w.tx.query<FactRow>(
    `select f.id, f.case_id as "caseId", f.learned, f.life, f.origin as "from", f.sealed from ${factsSql} f where f.case_id = $1 order by f.learned, f.id`,
    [caseId],
  )
  const own = withWords ? rows.filter(r => r.sealed !== null) : []
  const opened = own.length
    ? await openWith(
        w,
        caseId,
        'story',
        own.map(r => ({ table: 'report_fact', row: r.id, sealed: r.sealed! })),
      )
    : []
  const words = new Map(own.map((r, i) => [r.id, opened[i] && openFact(opened[i])]))
  return rows.map(({ sealed: _, learned, ...r }) => ({ ...r, learned: learned.toISOString(), words: words.get(r.id) }))
}

interface DecisionRow extends Omit<Decision, 'body'> {
  readonly sealed: Buffer
}
/** The answers of a case by the id of their fact. */
export const decisionsOf = async (w: Work, caseId: Id): Promise<Map<Id, SeenDecision>> => {
  const { rows } = await w.tx.query<DecisionRow>(
    'select id, answer, life, until::text as until, version, sealed from app.report_decision where case_id = $1',
    [caseId],
  )
  const opened = rows.length
    ? await openWith(
        w,
        caseId,
        'summary',
        rows.map(r => ({ table: 'report_decision', row: r.id, sealed: r.sealed })),
      )
    : []
  return new Map(rows.map(({ sealed: _, ...r }, i) => [r.id, { ...r, body: opened[i] && openDecision(opened[i]) }]))
}

interface LetterRow {
  readonly id: Id
  readonly caseId: Id
  readonly factId: Id
  readonly recipient: string
  readonly state: LetterState
  readonly sendDue: Day
  readonly sent: Day | null
  readonly answerDue: Day | null
  readonly version: number
  readonly sealed: Buffer
  readonly words: Buffer | null
}
export const letterColumns = `l.id, l.case_id as "caseId", l.fact_id as "factId", l.recipient, l.state, l.send_due::text as "sendDue", l.sent::text as sent,
  l.answer_due::text as "answerDue", l.version, l.sealed, l.words`

/** The letters of a case; what stands in them only `withWords`. */
export const lettersOfCase = async (
  w: Work,
  caseId: Id,
  o: { id?: Id; withWords?: boolean; lock?: boolean } = {},
): Promise<SeenLetter[]> => {
  const { rows } = await w.tx.query<LetterRow>(
    `select ${letterColumns} from app.report_letter l where l.case_id = $1${o.id ? ' and l.id = $2' : ''} order by l.send_due, l.id${o.lock ? ' for update' : ''}`,
    o.id ? [caseId, o.id] : [caseId],
  )
  if (rows.length === 0) return []
  const place = (r: LetterRow, sealed: Buffer) => ({ table: 'report_letter', row: r.id, sealed })
  const written = o.withWords ? rows.filter(r => r.words !== null) : []
  const [bodies, words] = await Promise.all([
    openWith(
      w,
      caseId,
      'summary',
      rows.map(r => place(r, r.sealed)),
    ),
    written.length
      ? openWith(
          w,
          caseId,
          'story',
          written.map(r => place(r, r.words!)),
        )
      : [],
  ])
  const read = new Map(written.map((r, i) => [r.id, words[i] && openLetterWords(words[i])]))
  return rows.map(({ sealed: _, words: written, ...r }, i) => ({
    ...r,
    body: bodies[i] && openLetter(bodies[i]),
    words: read.get(r.id),
    written: written !== null,
  }))
}
export const findLetter = async (w: Work, caseId: Id, id: Id, o: { withWords?: boolean; lock?: boolean } = {}) =>
  (await lettersOfCase(w, caseId, { ...o, id }))[0]
export const findDecision = async (w: Work, caseId: Id, factId: Id): Promise<SeenDecision | undefined> =>
  (await decisionsOf(w, caseId)).get(factId)
export const findFact = async (w: Work, caseId: Id, factId: Id, withWords = false): Promise<SeenFact | undefined> =>
  (await factsOf(w, caseId, withWords)).find(f => f.id === factId)

/** A letter whose following is open to this session; undefined where the summary's key is not held: then nobody may write on it. */
export const whole = (l: SeenLetter): Letter | undefined => (l.body ? { ...l, body: l.body, words: l.words ?? null } : undefined)

const seal = (w: Work, c: CaseRow, compartment: 'summary' | 'story', table: string, row: Id, schema: number, value: unknown) =>
  sealWith(w, c.id, 'case', c.homeGroup, compartment, { table, row }, { schema, value })

const insertLetter = async (w: Work, c: CaseRow, l: Letter) =>
  w.tx.query(
    'insert into app.report_letter (id, case_id, home_group, fact_id, recipient, state, send_due, version, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      l.id,
      c.id,
      c.homeGroup,
      l.factId,
      l.recipient,
      l.state,
      l.sendDue,
      l.version,
      await seal(w, c, 'summary', 'report_letter', l.id, letterSchema, l.body),
    ],
  )
const updateLetter = async (w: Work, c: CaseRow, l: Letter) =>
  w.tx.query('update app.report_letter set state = $2, sent = $3, answer_due = $4, version = $5, sealed = $6 where id = $1', [
    l.id,
    l.state,
    l.sent,
    l.answerDue,
    l.version,
    await seal(w, c, 'summary', 'report_letter', l.id, letterSchema, l.body),
  ])
/** What is written in a letter changes nothing of its following: whoever writes need not read that. */
const writeWords = async (w: Work, c: CaseRow, id: Id, version: number, words: LetterWords) =>
  w.tx.query('update app.report_letter set version = $2, words = $3 where id = $1', [
    id,
    version,
    await seal(w, c, 'story', 'report_letter', id, wordsSchema, words),
  ])

/** What of the case is needed to judge an event; where a part is sealed for this session, it is left out. */
const before = async (w: Work, caseId: Id) => {
  const [decisions, letters] = await Promise.all([decisionsOf(w, caseId), lettersOfCase(w, caseId)])
  const open: Letter[] = letters.flatMap(l => whole(l) ?? [])
  return {
    ...emptyState,
    decisions: new Map([...decisions].flatMap(([id, d]) => (d.body ? [[id, { ...d, body: d.body }] as const] : []))),
    letters: new Map(open.map(l => [l.id, l])),
  }
}
export const reportState = before

/** Writes one event: the rows that it changes, and the journal of the case. */
export const saveReportEvent = async (w: Work, c: CaseRow, e: ReportEvent, command: Id): Promise<void> => {
  if (e.type === 'report_fact_recorded') {
    await w.tx.query('insert into app.report_fact (id, case_id, home_group, learned, life, sealed) values ($1, $2, $3, $4, $5, $6)', [
      e.factId,
      c.id,
      c.homeGroup,
      e.learned,
      e.life,
      await seal(w, c, 'story', 'report_fact', e.factId, factSchema, e.words),
    ])
  } else {
    const old = await before(w, c.id)
    const now = applyReport(old, e)
    if (e.type === 'report_decided') {
      const d = now.decisions.get(e.factId)!
      const sealed = await seal(w, c, 'summary', 'report_decision', d.id, decisionSchema, d.body)
      await (old.decisions.has(d.id)
        ? w.tx.query('update app.report_decision set answer = $2, life = $3, until = $4, version = $5, sealed = $6 where id = $1', [
            d.id,
            d.answer satisfies ReportAnswer,
            d.life,
            d.until,
            d.version,
            sealed,
          ])
        : w.tx.query(
            'insert into app.report_decision (id, case_id, home_group, answer, life, until, version, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8)',
            [d.id, c.id, c.homeGroup, d.answer, d.life, d.until, d.version, sealed],
          ))
      for (const { letterId } of e.letters) await insertLetter(w, c, now.letters.get(letterId)!)
      for (const id of e.stops) await updateLetter(w, c, now.letters.get(id)!)
    } else if (e.type === 'report_letter_written') await writeWords(w, c, e.letterId, now.letters.get(e.letterId)!.version, e.words)
    else await updateLetter(w, c, now.letters.get(e.letterId)!)
  }
  const { type, ...value } = e
  await appendToCase(w, c, { type, command, compartment: reportCompartment(type), schema: reportEventSchema, value })
}
