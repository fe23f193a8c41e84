import { shareWithDeputies } from '../access/store.admin.absence.ts'
import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import { newId, shareKeys, type Work } from '../platform/records.ts'
import type { CaseRow } from './schema.ts'

export interface CaseGrant {
  readonly id: Id
  readonly user: Id
  readonly compartments: readonly Compartment[]
  readonly rights: readonly string[]
  readonly purpose: 'share' | 'intake' | 'break_glass' | 'referral' | 'search'
  readonly until: Stamp
  readonly by: Id
}
/** Grants on the case that are open now, as far as this session may see them. */
export const grantsOf = async (w: Work, caseId: Id): Promise<CaseGrant[]> => {
  const { rows } = await w.tx.query<{
    id: Id
    user_id: Id
    compartments: number[]
    rights: string[]
    purpose: CaseGrant['purpose']
    until: Date
    granted_by: Id
  }>(
    'select id, user_id, compartments, rights, purpose, until, granted_by from app.grant_ where record = $1 and ended_at is null and now() < until order by from_at, id',
    [caseId],
  )
  return rows.map(r => ({
    id: r.id,
    user: r.user_id,
    compartments: r.compartments.map(compartmentOf),
    rights: r.rights,
    purpose: r.purpose,
    until: r.until.toISOString(),
    by: r.granted_by,
  }))
}

const insertGrant = (
  w: Work,
  id: Id,
  record: Id,
  kind: string,
  c: CaseRow,
  user: Id,
  compartments: readonly Compartment[],
  rights: readonly string[],
  until: Stamp,
  by: Id,
) =>
  w.tx.query(
    `insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, $3, $4, $5, $6::smallint[], $7::text[], 'share', $8, $9)`,
    [id, record, kind, c.homeGroup, user, compartments.map(x => compartmentNumber[x]), rights, until, by],
  )

/** Shares the case and who it is about with one colleague: a grant and the keys of the named compartments, as far as the giver holds them. */
export const shareCase = async (
  w: Work,
  c: CaseRow,
  v: { grantId: Id; user: Id; publicX: Uint8Array; compartments: readonly Compartment[]; write: boolean; until: Stamp; by: Id },
): Promise<void> => {
  const person = v.compartments.filter(x => x === 'identity' || x === 'whereabouts')
  const own = v.compartments.filter(x => x !== 'identity' && x !== 'whereabouts')
  const rights = v.write ? ['read', 'write'] : ['read']
  await Promise.all([
    insertGrant(w, v.grantId, c.id, 'case', c, v.user, v.compartments, rights, v.until, v.by),
    insertGrant(w, newId(), c.personId, 'person', c, v.user, person, ['read'], v.until, v.by),
  ])
  const to = { user: v.user, publicX: v.publicX }
  await shareKeys(w, c.id, own, to, v.until)
  await shareKeys(w, c.personId, person, to, v.until)
  await shareWithDeputies(w, v.user, c.id, own, v.until)
  await shareWithDeputies(w, v.user, c.personId, person, v.until)
}

/** Ends the keys of a person to records on which no grant of theirs is open any more. */
const endKeys = (w: Work, records: readonly Id[], user: Id) =>
  w.tx.query(
    `update app.key_wrap k set until = now() where k.record = any ($1::uuid[]) and k.holder = 'user' and k.holder_id = $2 and k.until > now()
        and not exists (select from app.grant_ g where g.record = k.record and g.user_id = $2 and g.ended_at is null and now() < g.until)`,
    [records, user],
  )

/** Ends a person's grants of one purpose on what hangs on the case, unless another case of the same child or contact still gives one. */
const endBeside = async (w: Work, c: CaseRow, user: Id, purpose: CaseGrant['purpose']): Promise<void> => {
  const beside = [c.personId, ...(c.contactId ? [c.contactId] : [])]
  for (const record of beside) {
    await w.tx.query(
      `update app.grant_ g set ended_at = now() where g.record = $1 and g.user_id = $2 and g.purpose = $3 and g.ended_at is null and not exists (
         select from app.grant_ o join app.case_record x on x.id = o.record
          where (x.person_id = $1 or x.contact_id = $1) and o.user_id = $2 and o.purpose = $3 and o.ended_at is null and now() < o.until)`,
      [record, user, purpose],
    )
  }
  await endKeys(w, [c.id, ...beside], user)
}

/** Ends one grant on the case, and with it what was granted beside it. */
export const endGrant = async (w: Work, c: CaseRow, g: CaseGrant): Promise<void> => {
  await w.tx.query('update app.grant_ set ended_at = now() where id = $1', [g.id])
  await endBeside(w, c, g.user, g.purpose)
}

/** Accepting ends what the intake was granted on the case, the person and, when no other child of it still waits, the contact. */
export const endIntake = async (w: Work, c: CaseRow): Promise<void> => {
  const { rows } = await w.tx.query<{ user_id: Id }>(
    "update app.grant_ set ended_at = now() where record = $1 and purpose = 'intake' and ended_at is null returning user_id",
    [c.id],
  )
  for (const user of new Set(rows.map(r => r.user_id))) await endBeside(w, c, user, 'intake')
}

// ---------------------------------------------------------------- exclusions
export const exclusionKinds = ['user', 'team', 'agency'] as const
export type ExclusionKind = (typeof exclusionKinds)[number]
export interface Exclusion {
  readonly id: Id
  readonly kind: ExclusionKind
  readonly excluded: Id
  readonly by: Id
  readonly at: Stamp
}
/** Who must not see this case, whatever else holds; shown to the case's own team only. */
export const exclusionsOf = async (w: Work, caseId: Id): Promise<Exclusion[]> => {
  const { rows } = await w.tx.query<{ id: Id; excluded_kind: ExclusionKind; excluded_id: Id; made_by: Id; made_at: Date }>(
    'select id, excluded_kind, excluded_id, made_by, made_at from app.record_exclusion where record = $1 and ended_at is null order by made_at, id',
    [caseId],
  )
  return rows.map(r => ({ id: r.id, kind: r.excluded_kind, excluded: r.excluded_id, by: r.made_by, at: r.made_at.toISOString() }))
}
const recordsOf = (c: CaseRow) => [c.id, c.personId, ...(c.contactId ? [c.contactId] : [])]
/** Excludes from the case, who it is about and how it came to us: one of them alone would tell. The first row carries `id`. */
export const exclude = (w: Work, c: CaseRow, v: { id: Id; kind: ExclusionKind; excluded: Id; by: Id }): Promise<unknown> => {
  const records = recordsOf(c)
  return w.tx.query(
    'insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) select i, r, $3, $4, $5, $6 from unnest($1::uuid[], $2::uuid[]) as u(i, r)',
    [records.map((_, i) => (i === 0 ? v.id : newId())), records, c.homeGroup, v.kind, v.excluded, v.by],
  )
}
export const endExclusion = (w: Work, c: CaseRow, e: Exclusion): Promise<unknown> =>
  w.tx.query(
    'update app.record_exclusion set ended_at = now() where record = any ($1::uuid[]) and excluded_kind = $2 and excluded_id = $3 and ended_at is null',
    [recordsOf(c), e.kind, e.excluded],
  )

// ---------------------------------------------------------------- second look
export interface Look {
  readonly id: Id
  readonly what: string
  readonly by: Id
  readonly at: Stamp
}
/** A safety step was taken by one person alone: it asks until somebody else has looked. */
export const askSecondLook = (
  w: Work & { actor: { id: Id } },
  c: CaseRow,
  what: 'danger_set' | 'danger_lowered' | 'closed_in_danger' | 'not_reported' | 'not_established' | 'no_risk' | 'photo_opened',
): Promise<unknown> =>
  w.tx.query('insert into app.second_look (id, record, kind, home_group, what, done_by) values ($1, $2, $3, $4, $5, $6)', [
    newId(),
    c.id,
    'case',
    c.homeGroup,
    what,
    w.actor.id,
  ])
export const openLooks = async (w: Work, caseId: Id): Promise<Look[]> => {
  const { rows } = await w.tx.query<{ id: Id; what: string; done_by: Id; done_at: Date }>(
    'select id, what, done_by, done_at from app.second_look where record = $1 and seen_at is null order by done_at',
    [caseId],
  )
  return rows.map(r => ({ id: r.id, what: r.what, by: r.done_by, at: r.done_at.toISOString() }))
}
export const giveLook = (w: Work, lookId: Id, by: Id): Promise<unknown> =>
  w.tx.query('update app.second_look set seen_by = $2, seen_at = now() where id = $1 and seen_at is null and done_by <> $2', [lookId, by])
