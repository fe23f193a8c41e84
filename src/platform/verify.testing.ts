import type pg from 'pg'
import { random, sha256, signPair } from './crypto.ts'
import { headerHash, headHash, leafHash, merkleRoot, signHead } from './ledger.ts'

/** What a database superuser without the signing key might do. Each returns what it did, or undefined when there was nothing to do it to. */
export type Tamper = (db: pg.ClientBase, pick: (n: number) => number) => Promise<string | undefined>

interface Event {
  record: string
  seq: number
  kind: string
  type: string
  actor: string | null
  recorded: string
  command: string
  digests: string
  prev: Buffer
  hash: Buffer
}
const eventsSql = 'select *, (extract(epoch from recorded_at) * 1000000)::bigint::text as recorded from app.journal'
const anyEvent = async (db: pg.ClientBase, pick: (n: number) => number, where = 'true') => {
  const { rows } = await db.query<Event>(`${eventsSql} where ${where} order by record, seq`)
  return rows[pick(rows.length)]
}

/** Recomputes every hash of a record from `seq` on, and its head: what a careful forger does. */
const rehash = async (db: pg.ClientBase, record: string) => {
  const { rows } = await db.query<Event>(`${eventsSql} where record = $1 order by seq`, [record])
  let prev: Buffer = Buffer.alloc(0)
  let seq = 0
  for (const e of rows) {
    const hash = headerHash({ ...e, prev })
    await db.query('update app.journal set prev = $3, hash = $4 where record = $1 and seq = $2', [record, e.seq, prev, hash])
    prev = hash
    seq = e.seq
  }
  await db.query('update app.record_head set seq = $2, hash = $3 where record = $1', [record, seq, prev])
}

const edits: Record<string, string> = {
  kind: "kind = kind || 'x'",
  type: "type = type || 'x'",
  actor: 'actor = case when actor is null then gen_random_uuid() end',
  'recorded by a microsecond': "recorded_at = recorded_at + interval '1 microsecond'",
  command: 'command = gen_random_uuid()',
  digests: "digests = case when digests = '' then '4:00' else '' end",
  prev: "prev = sha256(prev || '\\x01')",
  hash: "hash = sha256(hash || '\\x01')",
  'home group': 'home_group = gen_random_uuid()',
}
const readEdits: Record<string, string> = {
  at: "at = at + interval '1 microsecond'",
  actor: 'actor = gen_random_uuid()',
  session: 'session_id = gen_random_uuid()',
  action: "action = action || 'x'",
  records: 'records = records || gen_random_uuid()',
  purpose: "purpose = purpose || 'x'",
  outcome: "outcome = case outcome when 'shown' then 'refused' else 'shown' end",
  mac: "mac = sha256(mac || '\\x01')",
  leaf: "leaf = sha256(leaf || '\\x01')",
}
const named = (o: Record<string, string>, pick: (n: number) => number) => Object.entries(o)[pick(Object.keys(o).length)] as [string, string]
const del = async (db: pg.ClientBase, record: string, from: number) => {
  for (const t of ['journal', 'journal_part']) await db.query(`delete from app.${t} where record = $1 and seq >= $2`, [record, from])
}

export const tampers: Record<string, Tamper> = {
  'edit an event': async (db, pick) => {
    const e = await anyEvent(db, pick)
    const [what, set] = named(edits, pick)
    if (e) await db.query(`update app.journal set ${set} where record = $1 and seq = $2`, [e.record, e.seq])
    return e && what
  },
  'edit an event and recompute its chain': async (db, pick) => {
    const e = await anyEvent(db, pick)
    if (!e) return undefined
    await db.query("update app.journal set type = type || 'x' where record = $1 and seq = $2", [e.record, e.seq])
    await rehash(db, e.record)
    return 'type'
  },
  'delete an event in the middle, closing the gap': async (db, pick) => {
    const e = await anyEvent(db, pick, 'seq < (select seq from app.record_head h where h.record = journal.record)')
    if (!e) return undefined
    for (const t of ['journal', 'journal_part']) {
      await db.query(`delete from app.${t} where record = $1 and seq = $2`, [e.record, e.seq])
      // Two steps, or the primary key would be hurt on the way.
      await db.query(`update app.${t} set seq = -seq where record = $1 and seq > $2`, [e.record, e.seq])
      await db.query(`update app.${t} set seq = -seq - 1 where record = $1 and seq < 0`, [e.record])
    }
    await rehash(db, e.record)
    return `${e.seq}`
  },
  'delete an event and leave the gap': async (db, pick) => {
    const e = await anyEvent(db, pick)
    if (e) await db.query('delete from app.journal where record = $1 and seq = $2', [e.record, e.seq])
    return e && `${e.seq}`
  },
  'cut the tail of a record': async (db, pick) => {
    const e = await anyEvent(db, pick, 'seq > 1')
    if (!e) return undefined
    await del(db, e.record, e.seq)
    await rehash(db, e.record)
    return `from ${e.seq}`
  },
  'delete a whole record with its leaves': async (db, pick) => {
    const e = await anyEvent(db, pick)
    if (!e) return undefined
    await del(db, e.record, 0)
    await db.query('delete from app.record_head where record = $1', [e.record])
    if (pick(2)) await db.query('delete from app.tree_leaf where record = $1', [e.record])
    return e.record
  },
  'swap two events of a record': async (db, pick) => {
    const e = await anyEvent(db, pick, 'seq > 1')
    if (!e) return undefined
    for (const t of ['journal', 'journal_part']) {
      await db.query(`update app.${t} set seq = -seq where record = $1 and seq in ($2, $3)`, [e.record, e.seq, e.seq - 1])
      await db.query(`update app.${t} set seq = case -seq when $2 then $3 else $2 end where record = $1 and seq < 0`, [
        e.record,
        e.seq,
        e.seq - 1,
      ])
    }
    if (pick(2)) await rehash(db, e.record)
    return `${e.seq}`
  },
  'insert a forged event': async (db, pick) => {
    const e = await anyEvent(db, pick)
    if (!e) return undefined
    const { rows } = await db.query<{ seq: number }>('select seq from app.record_head where record = $1', [e.record])
    await db.query(
      "insert into app.journal select record, $2, kind, 'forged', actor, recorded_at, gen_random_uuid(), '', prev, hash, home_group from app.journal where record = $1 and seq = $3",
      [e.record, (rows[0]?.seq ?? 0) + 1, e.seq],
    )
    await rehash(db, e.record)
    return e.record
  },
  'change a sealed part': async (db, pick) => {
    const { rows } = await db.query<{ record: string; seq: number; compartment: number }>(
      'select record, seq, compartment from app.journal_part order by 1, 2, 3',
    )
    const p = rows[pick(rows.length)]
    const set = [
      'sealed = set_byte(sealed, 0, get_byte(sealed, 0) # 1)',
      'compartment = compartment + 10',
      'home_group = gen_random_uuid()',
    ][pick(3)]
    if (p)
      await db.query(`update app.journal_part set ${set} where record = $1 and seq = $2 and compartment = $3`, [
        p.record,
        p.seq,
        p.compartment,
      ])
    return p && set
  },
  'delete a sealed part': async (db, pick) => {
    const { rows } = await db.query<{ record: string; seq: number; compartment: number }>(
      'select record, seq, compartment from app.journal_part order by 1, 2, 3',
    )
    const p = rows[pick(rows.length)]
    if (p)
      await db.query('delete from app.journal_part where record = $1 and seq = $2 and compartment = $3', [p.record, p.seq, p.compartment])
    return p && `${p.compartment}`
  },
  'change a record head': async (db, pick) => {
    const e = await anyEvent(db, pick)
    const set = ['seq = seq + 1', "hash = sha256(hash || '\\x01')", 'home_group = gen_random_uuid()', "kind = kind || 'x'"][pick(4)]
    if (e) await db.query(`update app.record_head set ${set} where record = $1`, [e.record])
    return e && set
  },
  'edit a read audit': async (db, pick) => {
    const { rows } = await db.query<{ id: string }>('select id from app.read_audit order by id')
    const id = rows[pick(rows.length)]?.id
    const [what, set] = named(readEdits, pick)
    if (id) await db.query(`update app.read_audit set ${set} where id = $1`, [id])
    return id && what
  },
  'delete a read audit': async (db, pick) => {
    const { rows } = await db.query<{ id: string }>('select id from app.read_audit order by id')
    const id = rows[pick(rows.length)]?.id
    if (id) await db.query('delete from app.read_audit where id = $1', [id])
    if (id && pick(2)) await db.query('delete from app.tree_leaf where record = $1', [id])
    return id
  },
  'change a signed head': async (db, pick) => {
    const { rows } = await db.query<{ n: string }>('select n::text from app.tree_head order by n')
    const n = rows[pick(rows.length)]?.n
    const set = [
      "at = at + interval '1 microsecond'",
      'size = size + 1',
      "root = sha256(root || '\\x01')",
      "prev = sha256(prev || '\\x01')",
      'signature = set_byte(signature, 3, get_byte(signature, 3) # 1)',
    ][pick(5)]
    if (n) await db.query(`update app.tree_head set ${set} where n = $1`, [n])
    return n && set
  },
  'change a leaf': async (db, pick) => {
    const { rows } = await db.query<{ head: string; i: number }>('select head::text, i from app.tree_leaf order by head, i')
    const l = rows[pick(rows.length)]
    const set = ["hash = sha256(hash || '\\x01')", 'record = gen_random_uuid()', 'seq = seq + 1000', "kind = kind || 'x'"][pick(4)]
    if (l) await db.query(`update app.tree_leaf set ${set} where head = $1 and i = $2`, [l.head, l.i])
    return l && set
  },
  'delete a head in the middle with its leaves': async (db, pick) => {
    const { rows } = await db.query<{ n: string }>(
      'select n::text from app.tree_head where n < (select max(n) from app.tree_head) order by n',
    )
    const n = rows[pick(rows.length)]?.n
    if (!n) return undefined
    await db.query('delete from app.tree_leaf where head = $1', [n])
    await db.query('delete from app.tree_head where n = $1', [n])
    return n
  },
  'cut everything after a head, as if it had never been': async (db, pick) => {
    const { rows } = await db.query<{ n: string }>('select n::text from app.tree_head where n > 1 order by n')
    const n = rows[pick(rows.length)]?.n
    if (!n) return undefined
    await cutFrom(db, Number(n))
    return `from head ${n}`
  },
  'rewrite the last head with another key': async db => {
    const { rows } = await db.query<{ n: string; at: Date; prev: Buffer }>(
      'select n::text, at, prev from app.tree_head h order by h.n desc limit 1',
    )
    const h = rows[0]
    if (!h) return undefined
    const { rows: leaves } = await db.query<{ i: number; kind: 'journal' | 'read'; record: string; seq: number; hash: Buffer }>(
      'select * from app.tree_leaf where head = $1 order by i',
      [h.n],
    )
    const hashes = leaves.map(l => leafHash(l.i === 0 ? { ...l, hash: sha256('forged') } : l))
    const forged = signHead(signPair(random(32)), {
      n: Number(h.n),
      at: h.at.getTime(),
      size: leaves.length,
      root: merkleRoot(hashes),
      prev: h.prev,
    })
    await db.query('update app.tree_leaf set hash = $2 where head = $1 and i = 0', [h.n, sha256('forged')])
    await db.query('update app.tree_head set root = $2, signature = $3 where n = $1', [h.n, forged.root, forged.signature])
    return headHash(forged).toString('hex').slice(0, 8)
  },
}

/** Takes away heads from `n` on with all that they sealed: the one thing that only heads.log shows. */
export const cutFrom = async (db: pg.ClientBase, n: number): Promise<void> => {
  const gone = 'select record, seq from app.tree_leaf where head >= $1'
  const { rows } = await db.query<{ record: string }>(`select distinct record from app.tree_leaf where head >= $1 and kind = 'journal'`, [
    n,
  ])
  await db.query(`delete from app.read_audit where id in (select record from app.tree_leaf where head >= $1 and kind = 'read')`, [n])
  for (const t of ['journal', 'journal_part']) await db.query(`delete from app.${t} where (record, seq) in (${gone})`, [n])
  await db.query('delete from app.tree_leaf where head >= $1', [n])
  await db.query('delete from app.tree_head where n >= $1', [n])
  for (const { record } of rows) {
    await db.query('delete from app.record_head h where record = $1 and not exists (select from app.journal j where j.record = h.record)', [
      record,
    ])
    await rehash(db, record)
  }
}
