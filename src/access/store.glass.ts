import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { append, newId, readJournal, shareKeys, type Work } from '../platform/records.ts'
import type { TeamKey, Vault } from '../platform/vault.ts'
import { glassSchema, openGlassWords } from './schema.admin.ts'
import { glassTeamKeys } from './store.keys.rotation.ts'

export type GlassReason = 'immediate_danger' | 'outside_hours'
export interface Glass {
  readonly id: Id
  readonly record: Id
  readonly homeGroup: Id
  readonly userId: Id
  readonly reason: GlassReason
  readonly openedAt: Stamp
  readonly until: Stamp
  readonly extended: boolean
  readonly reviewedBy: Id | null
  readonly reviewedAt: Stamp | null
  readonly outcome: 'justified' | 'not_justified' | null
}
interface Row {
  id: Id
  record: Id
  home_group: Id
  user_id: Id
  reason: GlassReason
  opened_at: Date
  until: Date
  extended: boolean
  reviewed_by: Id | null
  reviewed_at: Date | null
  outcome: Glass['outcome']
}
const read = async (w: Pick<Work, 'tx'>, rest: string, values: readonly unknown[] = []): Promise<Glass[]> =>
  (await w.tx.query<Row>(`select * from app.break_glass where ${rest}`, values as unknown[])).rows.map(r => ({
    id: r.id,
    record: r.record,
    homeGroup: r.home_group,
    userId: r.user_id,
    reason: r.reason,
    openedAt: r.opened_at.toISOString(),
    until: r.until.toISOString(),
    extended: r.extended,
    reviewedBy: r.reviewed_by,
    reviewedAt: r.reviewed_at?.toISOString() ?? null,
    outcome: r.outcome,
  }))

/** Emergency openings that run now of a case or of the child it is about, as far as this session may see them: for the banner on the record. */
export const glassOn = (w: Pick<Work, 'tx'>, record: Id): Promise<Glass[]> =>
  read(
    w,
    '(record = $1 or record in (select c.id from app.case_record c where c.person_id = $1)) and now() < until order by opened_at desc',
    [record],
  )
/** Does this person see the record by an emergency opening alone? Then nothing may be written, and no button should say otherwise. */
export const glassReadOnly = (
  a: { readonly session: { readonly userId: Id; readonly groups: readonly Id[] } },
  rows: readonly Glass[],
): boolean => rows.some(g => g.userId === a.session.userId && !a.session.groups.includes(g.homeGroup))
/** The openings of one person that run now. */
export const glassOf = (w: Pick<Work, 'tx'>, userId: Id): Promise<Glass[]> =>
  read(w, 'user_id = $1 and now() < until order by opened_at desc', [userId])
/** Openings that nobody has reviewed yet, oldest first, without one's own. For worklists of supervisors, and the auditor. */
export const glassToReview = (w: Pick<Work, 'tx'>, me: Id): Promise<Glass[]> =>
  read(w, 'reviewed_at is null and user_id <> $1 order by opened_at limit 200', [me])
export const glassReviewed = (w: Pick<Work, 'tx'>): Promise<Glass[]> =>
  read(w, 'reviewed_at is not null order by reviewed_at desc limit 50')
/** Who opened more often than the budget in the last 30 days. */
export const glassOften = async (w: Pick<Work, 'tx'>, budget: number): Promise<{ userId: Id; count: number }[]> =>
  (
    await w.tx.query<{ user_id: Id; n: number }>(
      "select user_id, count(*)::int as n from app.break_glass where opened_at > now() - interval '30 days' group by user_id having count(*) > $1 order by n desc, user_id",
      [budget],
    )
  ).rows.map(r => ({ userId: r.user_id, count: r.n }))

/** 'ok', 'not_yours', or 'suspended' while an own use is older than 72 hours and nobody has reviewed it. */
export const glassMay = async (w: Pick<Work, 'tx'>): Promise<string> =>
  (await w.tx.query<{ x: string }>('select app.glass_may() as x')).rows[0]?.x ?? 'not_yours'

export interface GlassOpened {
  readonly id: Id
  readonly fresh: boolean
  readonly case: Id
  readonly person: Id
  readonly homeGroup: Id
  readonly until: Stamp
}
/** Also holds the team keys behind the glass, for this unit of work only. */
const withGlass = (vault: Vault, keys: readonly (Omit<TeamKey, 'current'> & { current?: boolean })[]): Vault => ({
  ...vault,
  teamKey: (team, compartment, version) =>
    vault.teamKey(team, compartment, version) ??
    keys
      .filter(k => k.teamId === team && k.compartment === compartment && (version === undefined || k.version === version))
      .map(k => ({ ...k, current: true }))
      .at(-1),
})

/**
 * Opens identity and whereabouts of the child of one case, by its number, for four hours: row, grants and alert in the database, keys from the break-glass key,
 * the reason sealed for the supervisors of the team. 'unknown': no such case or excluded. 'no_key': nobody has put the team's keys behind the glass.
 */
export const openGlassOn = async (
  w: Work & { session: { agencyId: Id } },
  v: { number: string; reason: GlassReason; text: string; command: Id },
): Promise<GlassOpened | 'unknown' | 'no_key'> => {
  const id = newId()
  const { rows } = await w.tx.query<{ x: GlassOpened | null }>('select app.glass_open($1, $2, $3, $4::uuid[], $5) as x', [
    id,
    v.number,
    v.reason,
    [newId(), newId(), newId()],
    newId(),
  ])
  const opened = rows[0]?.x
  if (!opened) return 'unknown'
  if (!opened.fresh) return opened
  const { rows: teams } = await w.tx.query<{ holder_id: Id }>(
    "select distinct holder_id from app.key_wrap where record = $1 and holder = 'team' and compartment in (1, 2)",
    [opened.person],
  )
  const keys = []
  for (const t of teams) keys.push(...(await glassTeamKeys(w, w.session.agencyId, t.holder_id)).map(k => ({ ...k, teamId: t.holder_id })))
  if (keys.length === 0) return 'no_key'
  const until = new Date(opened.until).toISOString()
  await shareKeys(
    { ...w, vault: withGlass(w.vault, keys) },
    opened.person,
    ['identity', 'whereabouts'],
    { user: w.vault.userId, publicX: w.vault.keys.box.publicKey },
    until,
  )
  const { rowCount } = await w.tx.query(
    "select from app.key_wrap where record = $1 and holder = 'user' and holder_id = $2 and now() < until",
    [opened.person, w.vault.userId],
  )
  if (!rowCount) return 'no_key'
  await append(
    w,
    {
      record: opened.id,
      kind: 'account',
      homeGroup: opened.homeGroup,
      type: 'glass_opened',
      command: v.command,
      parts: { identity: { schema: glassSchema, value: { reason: v.reason, text: v.text } } },
    },
    true,
  )
  return opened
}
/** Once, by four hours, while it runs. */
export const extendGlass = async (w: Pick<Work, 'tx'>, id: Id): Promise<boolean> =>
  (await w.tx.query<{ x: boolean }>('select app.glass_extend($1) as x', [id])).rows[0]?.x === true
export const closeGlass = async (w: Pick<Work, 'tx'>, id: Id): Promise<boolean> =>
  (await w.tx.query<{ x: boolean }>('select app.glass_close($1) as x', [id])).rows[0]?.x === true
export const reviewGlass = async (w: Pick<Work, 'tx'>, id: Id, outcome: 'justified' | 'not_justified'): Promise<boolean> =>
  (await w.tx.query<{ x: boolean }>('select app.glass_review($1, $2) as x', [id, outcome])).rows[0]?.x === true

/** Why it was opened, for whoever holds the team's identity key; undefined for others. */
export const glassText = async (w: Work, id: Id): Promise<string | undefined> => {
  const part = (await readJournal(w, id, ['identity'], 5)).find(e => e.type === 'glass_opened')?.parts.identity
  return part && openGlassWords(part).text
}
/** Number and person of a case that this session may see. */
export const caseBrief = async (w: Pick<Work, 'tx'>, id: Id): Promise<{ number: string; person: Id } | undefined> =>
  (await w.tx.query<{ number: string; person: Id }>('select number, person_id as person from app.case_record where id = $1', [id])).rows[0]
