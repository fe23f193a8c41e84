import type pg from 'pg'
import type { Id } from '../base/id.ts'

/** Rows of a statement, a few thousand at a time: an installation's whole journal does not fit into memory. */
export async function* each<R extends pg.QueryResultRow>(db: pg.ClientBase, sql: string): AsyncGenerator<R> {
  await db.query(`declare each_row no scroll cursor for ${sql}`)
  for (;;) {
    const { rows } = await db.query<R>('fetch 5000 from each_row')
    yield* rows
    if (rows.length < 5000) break
  }
  await db.query('close each_row')
}

/** An event, its leaf and its parts side by side; whatever is missing is null. */
export interface JournalRow {
  record: Id
  seq: number
  kind: string | null
  type: string | null
  actor: Id | null
  recorded: string | null
  command: Id | null
  digests: string | null
  prev: Buffer | null
  hash: Buffer | null
  /** The hash that was handed to the sealer, and the head it went into (null: not sealed yet). */
  leaf: Buffer | null
  head: string | null
  /** Digests of the parts as they are now. */
  parts: string | null
  groups_agree: boolean
}

export const journalSql = `
  with leaf as (select record, seq, hash as leaf, head::text from app.tree_leaf where kind = 'journal'
                union all select record, seq, hash, null from app.unsealed_leaf where kind = 'journal'),
       part as (select record, seq, string_agg(compartment || ':' || encode(sha256(sealed), 'hex'), ',' order by compartment) as parts,
                       min(home_group::text) as low, max(home_group::text) as high from app.journal_part group by record, seq)
  select record, seq, j.kind, j.type, j.actor, (extract(epoch from j.recorded_at) * 1000000)::bigint::text as recorded, j.command, j.digests, j.prev, j.hash,
         l.leaf, l.head, p.parts,
         j.home_group is null or (coalesce(p.low, j.home_group::text) = j.home_group::text and coalesce(p.high, j.home_group::text) = j.home_group::text
           and h.head_group is not distinct from j.home_group) as groups_agree
    from app.journal j full join leaf l using (record, seq) full join part p using (record, seq) left join (select r.record, r.home_group as head_group from app.record_head r) h using (record) order by record, seq`

/** Records whose lock row does not say what their last event says. */
export const recordHeadSql = `
  select record from app.record_head h full join (select distinct on (record) record, kind, seq, hash from app.journal order by record, seq desc) m using (record)
   where h.seq is distinct from m.seq or h.hash is distinct from m.hash or h.kind is distinct from m.kind`

export interface ReadAuditRow {
  id: Id
  at: string
  actor: Id | null
  session: Id
  action: string
  records: Id[]
  purpose: string
  outcome: string
  mac: Buffer | null
  own: Buffer | null
  leaf: Buffer | null
  head: string | null
}
export const readSql = `
  with leaf as (select record as id, hash as leaf, head::text from app.tree_leaf where kind = 'read'
                union all select record, hash, null from app.unsealed_leaf where kind = 'read')
  select id, (extract(epoch from r.at) * 1000000)::bigint::text as at, r.actor, r.session_id as session, r.action, r.records, r.purpose, r.outcome, r.mac, r.leaf as own, l.leaf, l.head
    from app.read_audit r full join leaf l using (id) order by id`

/**
 * What a sender wrote, and what was written about them, is not a part of an event. Each further message of a sender has an event with its id; messages of one contact
 * are numbered without gaps, and a conversation begins with one. Gone under an erasure event is gone rightly.
 */
export const messageSql = `
  with erased as (select distinct record from app.journal where type in ('erased', 'contact_erased')),
       wrote as (select record, seq from app.journal j where kind = 'contact' and type = 'sender_wrote' and not exists (select from app.message m where m.id = j.command and m.contact_id = j.record)),
       counted as (select contact_id as record, count(*) as n, max(m.seq) as top from app.message m group by contact_id)
  select record || '/' || seq as at from wrote where record not in (select record from erased)
  union all
  select coalesce(c.record, v.contact_id)::text from counted c full join app.conversation v on v.contact_id = c.record
   where (c.n is null or c.n <> c.top) and coalesce(c.record, v.contact_id) not in (select record from erased)
  order by 1`
