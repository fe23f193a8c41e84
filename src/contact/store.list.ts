import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { openSealed, type Work } from '../platform/records.ts'
import { arrivedWork, type Channel, type Contact, type ContactLanguage, type ContactState, openStory } from './schema.ts'
import { type ContactRow, contactColumns, contactOf } from './store.ts'

/** What the address of the inbox says. `state` null: everything that waits (new, open, and whatever is unread). */
export interface InboxFilter {
  readonly state: ContactState | null
  readonly channel: Channel | null
  readonly mine: boolean
}
export interface InboxRow extends Contact {
  /** Undefined where the session holds no story key. */
  readonly language: ContactLanguage | undefined
}

/** Lower comes first: the SQL twin of rules.dangerRank. */
export const dangerOrder = `case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2
  when urgency is null then 3 when urgency = 'today' then 4 else 5 end`
/** What waits for somebody. A closed or converted contact to which the sender wrote again waits too: unread is sacred. */
export const waits = `(state in ('new', 'open') or unread)`

/** The session's own arrays once more in the query, so that the planner knows how little of the table this person may see. */
const scope = (actor: Actor): [readonly Id[], readonly Id[]] => [[...new Set([...actor.groups, ...actor.desk])], actor.direct]
const inScope = '(home_group = any ($1::uuid[]) or id = any ($2::uuid[]))'

export const pageSize = 25
/** One page of the inbox, most dangerous and oldest first, and the total, exact to 1,000 (1001: more). */
export const listContacts = async (w: Work, actor: Actor, f: InboxFilter, page: number): Promise<{ rows: InboxRow[]; total: number }> => {
  const where = `${inScope} and ${f.state ? 'state = $3' : `$3::text is null and ${waits}`} and ($4::text is null or channel = $4) and ($5::uuid is null or assignee = $5)`
  const values = [...scope(actor), f.state, f.channel, f.mine ? actor.id : null]
  const [list, count] = await Promise.all([
    w.tx.query<ContactRow>(
      `select ${contactColumns} from app.contact where ${where} order by ${dangerOrder}, received, id limit ${pageSize} offset $6`,
      [...values, (page - 1) * pageSize],
    ),
    w.tx.query<{ n: number }>(`select count(*)::int as n from (select from app.contact where ${where} limit 1001) x`, values),
  ])
  const stories = await openSealed(
    w,
    list.rows.map(r => r.id),
    ['story'],
  )
  return {
    rows: list.rows.map(r => {
      const story = stories.get(r.id)?.story
      return { ...contactOf(r), language: story && openStory(story).language }
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
  const more =
    which === 'unread'
      ? 'unread'
      : which === 'danger'
        ? `(safe_now = 'no' or urgency = 'now') and ${waits}`
        : `assignee = any ($3::uuid[]) and ${waits}`
  const { rows } = await w.tx.query<ContactRow>(
    `select ${contactColumns} from app.contact where ${inScope} and ${more} order by ${dangerOrder}, received, id limit ${limit}`,
    [...scope(actor), ...(typeof which === 'object' ? [which.assignee] : [])],
  )
  return rows.map(contactOf)
}

/** How many contacts wait unread, exact to 1,000. */
export const countUnread = async (w: Work, actor: Actor): Promise<number> => {
  const { rows } = await w.tx.query<{ n: number }>(
    `select count(*)::int as n from (select from app.contact where ${inScope} and unread limit 1001) x`,
    scope(actor),
  )
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
 * Called at the unlock of a session (after the epoch was made). Returns how many were done; what this session holds no key to stays queued.
 */
export const drainContacts = async (w: Work, limit = 100): Promise<number> => {
  const { rows } = await w.tx.query<{ id: Id; record: Id }>(
    'select id, record from app.unlocked_work where kind = $1 order by queued_at limit $2',
    [arrivedWork, limit],
  )
  if (rows.length === 0) return 0
  const opened = await openSealed(
    w,
    rows.map(r => r.record),
    ['story'],
  )
  const done = rows.filter(r => opened.get(r.record)?.story)
  if (done.length > 0) await w.tx.query('delete from app.unlocked_work where id = any ($1::uuid[])', [done.map(r => r.id)])
  return done.length
}
