import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import { openJson, sealJson, sha256 } from './crypto.ts'
import type { Tx } from './db.ts'
import {
  deks,
  keysForWriting,
  loadDeks,
  type OpenedRecord,
  partPlace,
  type RecordKind,
  type Sealings,
  slot,
  unlessSealed,
  type Work,
} from './records.keys.ts'

/* The journal of a record: one event for each command, its parts sealed with the record's keys. */

export interface NewEvent {
  readonly record: Id
  readonly kind: RecordKind
  readonly homeGroup: Id
  readonly type: string
  readonly command: Id
  readonly parts: Sealings
}

/** What a transaction has appended so far: for whoever must know at its end which records changed, whoever wrote them. */
export interface Touched {
  readonly record: Id
  readonly kind: RecordKind
  readonly type: string
}
const touched = new WeakMap<Tx, Touched[]>()
export const touchedBy = (tx: Tx): readonly Touched[] => touched.get(tx) ?? []

/** Appends one event with its row, in this transaction. Parts are sealed with the record's compartment keys and bound to the command. Returns its seq. */
export const append = async (w: Work, e: NewEvent, isNew = false): Promise<number> => {
  const wanted = Object.keys(e.parts) as Compartment[]
  await keysForWriting(w, e.record, e.kind, e.homeGroup, wanted, isNew)
  const numbers = wanted.map(c => compartmentNumber[c])
  const found = numbers.map(n => deks(w).get(slot(e.record, n))!)
  const parts = wanted.map((c, i) =>
    sealJson(found[i]!.key, partPlace(e.record, e.command, numbers[i]!), e.parts[c]!.schema, e.parts[c]!.value),
  )
  const { rows } = await w.tx.query<{ seq: number }>(
    'select app.journal_append($1, $2, $3, $4, $5, $6::smallint[], $7::bytea[], $8::smallint[]) as seq',
    [e.record, e.kind, e.homeGroup, e.type, e.command, numbers, parts, found.map(d => d.version)],
  )
  const list = touched.get(w.tx)
  const now: Touched = { record: e.record, kind: e.kind, type: e.type }
  if (list) list.push(now)
  else touched.set(w.tx, [now])
  return rows[0]!.seq
}

/** One event as a session sees it: the header always, the parts it holds keys to. */
export interface SeenEvent {
  readonly record: Id
  readonly seq: number
  readonly type: string
  readonly actor: Id | null
  readonly recordedAt: Stamp
  readonly command: Id
  readonly parts: OpenedRecord
  readonly sealedParts: readonly Compartment[]
}

/** The journal of a record, oldest first, with the parts of `wanted` opened where a key is held; `sealedParts` names the others. */
export const readJournal = async (w: Work, record: Id, wanted: readonly Compartment[], limit = 500): Promise<SeenEvent[]> => {
  const numbers = wanted.map(c => compartmentNumber[c])
  const [, heads, parts] = await Promise.all([
    loadDeks(w, [record], numbers),
    w.tx.query<{ seq: number; type: string; actor: Id | null; recorded_at: Date; command: Id }>(
      'select seq, type, actor, recorded_at, command from app.journal where record = $1 order by seq desc limit $2',
      [record, limit],
    ),
    w.tx.query<{ seq: number; compartment: number; sealed: Buffer }>(
      'select seq, compartment, sealed from app.journal_part where record = $1 order by seq desc limit $2',
      [record, limit * 7],
    ),
  ])
  return heads.rows.reverse().map(h => {
    const mine: OpenedRecord = {}
    const closed: Compartment[] = []
    for (const p of parts.rows) {
      if (p.seq !== h.seq) continue
      const c = compartmentOf(p.compartment)
      const dek = wanted.includes(c) ? deks(w).get(slot(record, p.compartment)) : undefined
      try {
        if (dek) mine[c] = openJson(dek.key, partPlace(record, h.command, p.compartment), p.sealed)
      } catch (e) {
        unlessSealed(e)
      }
      if (!mine[c]) closed.push(c)
    }
    return {
      record,
      seq: h.seq,
      type: h.type,
      actor: h.actor,
      recordedAt: h.recorded_at.toISOString(),
      command: h.command,
      parts: mine,
      sealedParts: closed,
    }
  })
}

/** Claims a client-made command id. fresh: go on. not fresh and same: answer as before (`record`). not same: refuse (another content or another person's id). */
export const claimCommand = async (
  w: Work,
  command: Id,
  content: unknown,
  record: Id,
): Promise<{ fresh: boolean; same: boolean; record: Id | null }> => {
  const { rows } = await w.tx.query<{ fresh: boolean; same: boolean; record: Id | null }>('select * from app.claim_command($1, $2, $3)', [
    command,
    sha256(JSON.stringify(content)),
    record,
  ])
  return rows[0]!
}
