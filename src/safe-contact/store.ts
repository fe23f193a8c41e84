import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { personOfCase } from '../case/store.person.ts'
import { appendToCase } from '../case/store.ts'
import { keepOwnKey } from '../person/store.keys.ts'
import { append, openWith, readJournal, sealWith, type Work } from '../platform/records.ts'
import { applySafeContact, renewPlan } from './rules.ts'
import {
  agreedSchema,
  isSafeContactEvent,
  openAgreed,
  openPassEvent,
  openSafeContactEvent,
  type PassEvent,
  type Plan,
  passEventSchema,
  type SafeContactEvent,
  type SeenPlan,
  safeContactEventSchema,
} from './schema.ts'

type Row = Omit<Plan, 'agreed'> & { sealed: Buffer }
const columns = `s.id, s.person_id as "personId", s.home_group as "homeGroup", s.state, s.verified::text as verified, s.until_day::text as until,
  s.gap_from::text as "gapFrom", s.version, s.sealed`

/** The plan of a person: the live one, else the last. `agreed` is undefined without a key to whereabouts. */
export const planOf = async (w: Work, personId: Id, lock = false): Promise<SeenPlan | undefined> => {
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from app.safe_contact s where s.person_id = $1 order by s.state = 'live' desc, s.verified desc, s.id limit 1${lock ? ' for update' : ''}`,
    [personId],
  )
  const r = rows[0]
  if (!r) return undefined
  const [o] = await openWith(w, personId, 'whereabouts', [{ table: 'safe_contact', row: r.id, sealed: r.sealed }])
  const { sealed: _, ...row } = r
  return { ...row, agreed: o && openAgreed(o) }
}
/** Whoever changes a plan can read it: nobody writes over what they cannot see. */
export const writable = (s: SeenPlan | undefined): Plan | undefined => (s?.agreed ? { ...s, agreed: s.agreed } : undefined)

/** Writes an event: the plan and the journal of its person, in one transaction. */
export const savePlanEvent = async (
  w: Work,
  of: { readonly id: Id; readonly homeGroup: Id },
  before: Plan | undefined,
  e: SafeContactEvent,
  command: Id,
): Promise<void> => {
  const p = applySafeContact(before, { personId: of.id, homeGroup: of.homeGroup }, e)
  if (!p) throw new Error('an event without a plan')
  const place = { table: 'safe_contact', row: p.id }
  const sealed = await sealWith(w, of.id, 'person', of.homeGroup, 'whereabouts', place, { schema: agreedSchema, value: p.agreed })
  const plain = [p.id, p.state, p.verified, p.until, p.gapFrom, p.version, sealed]
  await w.tx.query(
    before?.id === p.id
      ? 'update app.safe_contact set state = $2, verified = $3, until_day = $4, gap_from = $5, version = $6, sealed = $7 where id = $1'
      : 'insert into app.safe_contact (id, state, verified, until_day, gap_from, version, sealed, person_id, home_group) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    before?.id === p.id ? plain : [...plain, of.id, of.homeGroup],
  )
  const { type, ...value } = e
  await append(w, {
    record: of.id,
    kind: 'person',
    homeGroup: of.homeGroup,
    type,
    command,
    parts: { whereabouts: { schema: safeContactEventSchema, value } },
  })
  await keepOwnKey(w, of.id, of.homeGroup, 'whereabouts')
}

/** An answered check-in: the plan holds on, until the next planned one and thirty days more. Nothing where there is no plan, or none that this person can open. */
export const renewAfterAnswer = async (
  w: Work,
  c: Pick<CaseRow, 'id' | 'personId'>,
  next: Day | undefined,
  today: Day,
  command: Id,
): Promise<void> => {
  const before = writable(await planOf(w, c.personId, true))
  const e = renewPlan(before, next, today)
  if (before && e) await savePlanEvent(w, { id: c.personId, homeGroup: before.homeGroup }, before, e, command)
}

/** A supervisor lets sending pass for some hours. */
export const savePass = async (
  w: Work & { readonly actor: { readonly id: Id } },
  c: CaseRow,
  id: Id,
  e: PassEvent,
  command: Id,
): Promise<void> => {
  const until: Stamp = new Date(Date.parse(w.now) + e.hours * 3_600_000).toISOString()
  await w.tx.query('insert into app.safe_contact_pass (id, case_id, home_group, opened_by, at, until) values ($1, $2, $3, $4, $5, $6)', [
    id,
    c.id,
    c.homeGroup,
    w.actor.id,
    w.now,
    until,
  ])
  await appendToCase(w, c, { type: 'safe_contact_passed', command, compartment: 'summary', schema: passEventSchema, value: e })
}
export interface Pass {
  readonly by: Id
  readonly until: Stamp
}
/** The pass of a case that holds now. */
export const passNow = async (w: Work, caseId: Id): Promise<Pass | undefined> => {
  const { rows } = await w.tx.query<{ by: Id; until: Date }>(
    'select opened_by as by, until from app.safe_contact_pass where case_id = $1 and until > $2 order by until desc limit 1',
    [caseId, w.now],
  )
  return rows[0] && { by: rows[0].by, until: rows[0].until.toISOString() }
}

/** The plans of the children whom a contact told of, whoever's they are: what this session cannot open comes without what it says. */
export const plansOfContact = async (
  w: Work,
  contactId: Id,
): Promise<(Pick<SeenPlan, 'state' | 'until' | 'agreed'> & { passed: boolean })[]> => {
  const { rows } = await w.tx.query<{ id: Id; person_id: Id; until: Day; sealed: Buffer; passed: boolean }>(
    'select id, person_id, until_day::text as until, sealed, passed from app.contact_plans($1)',
    [contactId],
  )
  return Promise.all(
    rows.map(async r => {
      const [o] = await openWith(w, r.person_id, 'whereabouts', [{ table: 'safe_contact', row: r.id, sealed: r.sealed }])
      return { state: 'live' as const, until: r.until, passed: r.passed, agreed: o && openAgreed(o) }
    }),
  )
}
/** Do answers of a messenger's contact wait on the page with words? */
export const hasMoved = async (w: Work, contactId: Id): Promise<boolean> =>
  (await w.tx.query<{ moved: boolean }>('select app.contact_moved($1) as moved', [contactId])).rows[0]?.moved ?? true

export interface PlanLine {
  readonly event: SafeContactEvent
  readonly by: Id | null
  readonly at: Stamp
}
/** What was agreed, verified and ended, oldest first, as far as this session opens it. */
export const planJournal = async (w: Work, personId: Id): Promise<PlanLine[]> =>
  (await readJournal(w, personId, ['whereabouts'])).flatMap(s =>
    isSafeContactEvent(s.type) && s.parts.whereabouts
      ? [{ event: openSafeContactEvent(s.type, s.parts.whereabouts), by: s.actor, at: s.recordedAt }]
      : [],
  )
/** Times when a supervisor let it pass, oldest first. */
export const passJournal = async (w: Work, caseId: Id): Promise<{ pass: PassEvent | undefined; by: Id | null; at: Stamp }[]> =>
  (await readJournal(w, caseId, ['summary'])).flatMap(s =>
    s.type === 'safe_contact_passed' ? [{ pass: s.parts.summary && openPassEvent(s.parts.summary), by: s.actor, at: s.recordedAt }] : [],
  )
export { personOfCase }
