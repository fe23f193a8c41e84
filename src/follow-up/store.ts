import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { CaseRow, CloseReason } from '../case/schema.ts'
import { appendToCase } from '../case/store.ts'
import { newId, openWith, sealWith, type Work } from '../platform/records.ts'
import { scheduleAfter } from './rules.ts'
import {
  type Answer,
  type CheckIn,
  type Code,
  type FollowUpEvent,
  followUpEventSchema,
  openCodeKey,
  openRecorded,
  recordedSchema,
} from './schema.ts'
import { openBoxed } from './store.boxed.ts'

/** Days leave the database as text: a JavaScript Date would move them by the server's time zone. */
const columns = 'k.id, k.case_id as "caseId", k.home_group as "homeGroup", k.due::text as due, k.state, k.version'

/** All check-ins of a case, earlier schedules too, in the order of their days. `lock`: taken for a command. */
export const checkInsOf = async (w: Work, caseId: Id, lock = false): Promise<CheckIn[]> =>
  (
    await w.tx.query<CheckIn>(
      `select ${columns} from app.check_in k where k.case_id = $1 order by k.due, k.id${lock ? ' for update' : ''}`,
      [caseId],
    )
  ).rows

/** After a closing: the days on which somebody asks. Nothing is written but the days, so no key is needed. */
export const planCheckIns = async (w: Work, c: Pick<CaseRow, 'id' | 'homeGroup'>, closed: Day, reason: CloseReason): Promise<void> => {
  const days = scheduleAfter(closed, reason)
  await w.tx.query(
    "insert into app.check_in (id, case_id, home_group, due, state) select i, $1, $2, d, 'planned' from unnest($3::uuid[], $4::date[]) as u(i, d)",
    [c.id, c.homeGroup, days.map(newId), days],
  )
}
/** After a reopening: what was still to be asked is asked by the open case. Answers and a code that works stay: the child may be writing now. */
export const endCheckIns = (w: Work, caseId: Id): Promise<unknown> =>
  w.tx.query("update app.check_in set state = 'ended', version = version + 1 where case_id = $1 and state = 'planned'", [caseId])

/** How many answers of the child nobody has read: closing waits for them. */
export const unreadAnswersOf = async (w: Work, caseId: Id): Promise<number> =>
  (await w.tx.query<{ n: number }>('select count(*)::int as n from app.check_in_answer where case_id = $1 and unread', [caseId])).rows[0]
    ?.n ?? 0

interface AnswerRow {
  id: Id
  checkIn: Id | null
  codeId: Id | null
  day: Day
  help: boolean
  unread: boolean
  sealed: Buffer | null
  boxed: Buffer | null
}
/** The private halves of the codes of a case, as far as this session opens them; kept codes open the answers that came through them for ever. */
const codeKeys = async (w: Work, caseId: Id): Promise<Map<Id, { publicKey: Buffer; secretKey: Buffer }>> => {
  const { rows } = await w.tx.query<{ id: Id; public_x: Buffer; sealed: Buffer }>(
    'select id, public_x, sealed from app.check_in_code where case_id = $1',
    [caseId],
  )
  const opened = await openWith(
    w,
    caseId,
    'follow_up',
    rows.map(r => ({ table: 'check_in_code', row: r.id, sealed: r.sealed })),
  )
  return new Map(
    rows.flatMap((r, i) =>
      opened[i] ? [[r.id, { publicKey: r.public_x, secretKey: Buffer.from(openCodeKey(opened[i]).secretKey, 'base64') }] as const] : [],
    ),
  )
}
/** Answers of a case, newest first; their content where this session holds the follow-up key. */
export const answersOf = async (w: Work, caseId: Id): Promise<Answer[]> => {
  const { rows } = await w.tx.query<AnswerRow>(
    `select a.id, a.check_in as "checkIn", a.code_id as "codeId", a.day::text as day, a.help, a.unread, a.sealed, a.boxed from app.check_in_answer a
      left join app.journal j on j.record = a.case_id and j.command = a.id where a.case_id = $1 order by a.day desc, j.seq desc nulls last, a.id limit 400`,
    [caseId],
  )
  if (rows.length === 0) return []
  const own = rows.flatMap(r => (r.sealed ? [{ id: r.id, sealed: r.sealed }] : []))
  const opened = await openWith(
    w,
    caseId,
    'follow_up',
    own.map(r => ({ table: 'check_in_answer', row: r.id, sealed: r.sealed })),
  )
  const keys = own.length < rows.length ? await codeKeys(w, caseId) : new Map()
  return rows.map(({ sealed, boxed, ...r }) => {
    const o = sealed ? opened[own.findIndex(x => x.id === r.id)] : undefined
    const pair = r.codeId === null ? undefined : keys.get(r.codeId)
    return { ...r, recorded: o && openRecorded(o), child: pair && boxed ? openBoxed(pair, r.id, boxed) : undefined }
  })
}

const write = ({ type, ...value }: FollowUpEvent, w: Work, c: Pick<CaseRow, 'id' | 'homeGroup'>, command: Id) =>
  appendToCase(w, c, { type, command, compartment: 'follow_up', schema: followUpEventSchema, value })

/** Saves what staff wrote down: its own row, the check-in that it answers, the journal. */
export const saveRecorded = async (
  w: Work,
  c: CaseRow,
  e: Extract<FollowUpEvent, { type: 'check_in_recorded' }>,
  checkIn: CheckIn | undefined,
  today: Day,
  command: Id,
): Promise<void> => {
  const sealed = await sealWith(
    w,
    c.id,
    'case',
    c.homeGroup,
    'follow_up',
    { table: 'check_in_answer', row: e.answer },
    { schema: recordedSchema, value: e.body },
  )
  await w.tx.query(
    'insert into app.check_in_answer (id, case_id, home_group, check_in, code_id, day, help, unread, sealed) values ($1, $2, $3, $4, null, $5, $6, false, $7)',
    [e.answer, c.id, c.homeGroup, checkIn?.id ?? null, today, e.help, sealed],
  )
  if (checkIn)
    await w.tx.query("update app.check_in set state = 'recorded', version = version + 1 where id = $1 and state = 'planned'", [checkIn.id])
  await write(e, w, c, command)
}
/** A person has read what the child wrote. */
export const saveRead = async (w: Work, c: CaseRow, e: Extract<FollowUpEvent, { type: 'check_in_read' }>, command: Id): Promise<void> => {
  await w.tx.query('update app.check_in_answer set unread = false where id = $1 and case_id = $2', [e.answer, c.id])
  await write(e, w, c, command)
}
/** At closing: what stays to be done is named, with the reason why the case closes all the same. */
export const saveLeftOpen = (w: Work, c: CaseRow, e: Extract<FollowUpEvent, { type: 'case_left_open' }>): Promise<void> =>
  write(e, w, c, newId())

/** Who asks from now on; store.hand-over.ts gives the keys. */
export const writeHandedOver = (
  w: Work,
  c: CaseRow,
  e: Extract<FollowUpEvent, { type: 'follow_up_handed_over' }>,
  command: Id,
): Promise<void> => write(e, w, c, command)

/** The code that works now, if there is one. */
export const liveCode = async (w: Work, caseId: Id, today: Day): Promise<Code | undefined> =>
  (
    await w.tx.query<Code>(
      'select id, made_day::text as made, until_day::text as until, ended_day::text as ended from app.check_in_code where case_id = $1 and ended_day is null and until_day >= $2::date order by made_day desc, id limit 1',
      [caseId, today],
    )
  ).rows[0]
export const endCode = async (w: Work, c: CaseRow, code: Code, reason: string, today: Day, command: Id): Promise<void> => {
  await w.tx.query('update app.check_in_code set ended_day = $2 where id = $1', [code.id, today])
  await write({ type: 'check_in_code_ended', code: code.id, reason }, w, c, command)
}
/** The journal's event of a new code; its row is written by store.code.ts. */
export const writeCodeMade = (w: Work, c: CaseRow, e: Extract<FollowUpEvent, { type: 'check_in_code_made' }>, command: Id): Promise<void> =>
  write(e, w, c, command)
