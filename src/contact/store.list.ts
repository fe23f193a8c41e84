import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { countSql, pageSql } from '../platform/lists.ts'
import { openSealed, type Work } from '../platform/records.ts'
import { inLists } from './rules.retention.ts'
import { arrivedWork, type Channel, type Contact, type ContactLanguage, type ContactState, openStory, type Waits } from './schema.ts'
import { type ContactRow, contactColumns, contactOf } from './store.ts'

/** What the address of the inbox says. `state` null: everything that waits (new, open, and whatever is unread). */
export interface InboxFilter {
  readonly state: ContactState | null
  readonly channel: Channel | null
  readonly mine: boolean
  /** Only what nobody has taken. */
  readonly nobody?: boolean
}
export interface InboxRow extends Contact {
  /** Undefined where the session holds no story key. */
  readonly language: ContactLanguage | undefined
  readonly waits: Waits
}

/** Lower comes first: the SQL twin of rules.dangerRank; an index of 0022_inbox_order.sql says the same. */
export const dangerOrder = `case when c.safe_now = 'no' then 0 when c.urgency = 'now' then 1 when c.urgency is null and c.safe_now = 'unsure' then 2
  when c.urgency is null then 3 when c.urgency = 'today' then 4 else 5 end`
/** What waits for somebody. A closed or converted contact to which the sender wrote again waits too: unread is sacred. */
export const waits = `(c.state in ('new', 'open') or c.unread) and (c.blocked_until is null or c.blocked_until < now())`
const columns = `${contactColumns}, waits_since`
  .split(', ')
  .map(name => `c.${name}`)
  .join(', ')
/** Most dangerous first, then whoever waits longest, of the contacts that pass the filter. */
const asked = (filter: string) => ({
  table: 'contact',
  columns,
  filter,
  order: `${dangerOrder}, coalesce(c.waits_since, c.received), c.id`,
})

/** What this person may see: their own groups and the desks they serve, and what is theirs directly. */
const scope = (actor: Actor): [readonly Id[], readonly Id[]] => [[...new Set([...actor.groups, ...actor.desk])], actor.direct]

export const pageSize = 25
/** One page of the inbox, most dangerous and oldest first, and the total, exact to 1,000 (1001: more). */
export const listContacts = async (w: Work, actor: Actor, f: InboxFilter, page: number): Promise<{ rows: InboxRow[]; total: number }> => {
  const values: unknown[] = [...scope(actor)]
  const where: string[] = f.state ? [inLists] : [waits]
  const add = (column: string, value: unknown) => where.push(`c.${column} = $${values.push(value)}`)
  if (f.state) add('state', f.state)
  if (f.channel) add('channel', f.channel)
  if (f.mine) add('assignee', actor.id)
  if (f.nobody) where.push('c.assignee is null')
  const query = asked(where.join(' and '))
  const [list, count] = await Promise.all([
    w.tx.query<ContactRow & { waits_since: Date | null }>(pageSql(query, pageSize, (page - 1) * pageSize), values),
    w.tx.query<{ n: number }>(countSql(query), values),
  ])
  const ids = list.rows.map(r => r.id)
  const [stories, said] = await Promise.all([
    openSealed(w, ids, ['story'], 'absent'),
    w.tx.query<{ id: Id; theirs: number; ours: number }>(
      `select contact_id as id, count(*) filter (where direction = 'in')::int as theirs, count(*) filter (where direction = 'out')::int as ours
         from app.message where contact_id = any ($1::uuid[]) group by contact_id`,
      [ids],
    ),
  ])
  const counted = new Map(said.rows.map(s => [s.id, s]))
  return {
    rows: list.rows.map(r => {
      const story = stories.get(r.id)?.story
      const n = counted.get(r.id)
      return {
        ...contactOf(r),
        language: story && openStory(story).language,
        waits: { since: r.waits_since?.toISOString() ?? null, theirs: n?.theirs ?? 0, ours: n?.ours ?? 0 },
      }
    }),
    total: count.rows[0]?.n ?? 0,
  }
}

/** Plain rows for the worklist, most dangerous first: what one person was given, or what waits unread, at most `limit`. */
export const waitingContacts = async (
  w: Work,
  actor: Actor,
  which: { assignee: readonly Id[] } | 'unread' | 'danger',
  limit = 10,
): Promise<Contact[]> => {
  const filter =
    which === 'unread'
      ? `c.unread and ${waits}`
      : which === 'danger'
        ? `(c.safe_now = 'no' or c.urgency = 'now') and ${waits}`
        : `c.assignee = any ($3::uuid[]) and ${waits}`
  const { rows } = await w.tx.query<ContactRow>(pageSql(asked(filter), limit), [
    ...scope(actor),
    ...(typeof which === 'object' ? [which.assignee] : []),
  ])
  return rows.map(contactOf)
}

/** How many contacts wait unread, exact to 1,000. */
export const countUnread = async (w: Work, actor: Actor): Promise<number> => {
  const { rows } = await w.tx.query<{ n: number }>(countSql(asked(`c.unread and ${waits}`)), scope(actor))
  return rows[0]?.n ?? 0
}

/** Who of the contact's team may be given it: those who hold its story key. */
export const contactColleagues = async (w: Work, homeGroup: Id): Promise<Id[]> => {
  const { rows } = await w.tx.query<{ user_id: Id }>(
    `select distinct m.user_id from app.member m join app.account a on a.id = m.user_id
      where m.team_id = $1 and m.function in ('desk', 'casework') and m.confirmed_by is not null and m.for_user is null and now() < m.until and a.state = 'active'`,
    [homeGroup],
  )
  return rows.map(r => r.user_id)
}

/**
 * Opens what arrived as a sealed box since somebody was last here, so that it is re-wrapped under the team's symmetric key and the recovery epoch.
 * Called at the unlock of a session (after the epoch was made). Returns which were done; what this session holds no key to stays queued.
 */
export const drainContacts = async (w: Work, limit = 100): Promise<readonly Id[]> => {
  const { rows } = await w.tx.query<{ id: Id; record: Id }>(
    'select id, record from app.unlocked_work where kind = $1 order by queued_at limit $2',
    [arrivedWork, limit],
  )
  if (rows.length === 0) return []
  const opened = await openSealed(
    w,
    rows.map(r => r.record),
    ['story'],
    'absent',
  )
  const done = rows.filter(r => opened.get(r.record)?.story)
  if (done.length > 0) await w.tx.query('delete from app.unlocked_work where id = any ($1::uuid[])', [done.map(r => r.id)])
  return done.map(r => r.record)
}
