import { randomUUID } from 'node:crypto'
import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import { openJson, sealJson } from './crypto.ts'
import {
  deks,
  keysForWriting,
  loadDeks,
  type Opened,
  type OpenedRecord,
  type RecordKind,
  type Sealing,
  type Sealings,
  slot,
  unlessSealed,
  valuePlace,
  type Work,
} from './records.keys.ts'

export * from './records.journal.ts'
export {
  forgetDeks,
  type Opened,
  type OpenedRecord,
  partPlace,
  type RecordKind,
  type Sealing,
  type Sealings,
  shareKeys,
  valuePlace,
  type Work,
} from './records.keys.ts'

/**
 * Writes the current value of compartments of a record (first write makes the key). One statement for the values, one for new keys; no public-key operation
 * for a member who holds T.
 */
export const saveSealed = async (w: Work, record: Id, kind: RecordKind, homeGroup: Id, values: Sealings, isNew: boolean): Promise<void> => {
  const wanted = Object.keys(values) as Compartment[]
  if (wanted.length === 0) return
  await keysForWriting(w, record, kind, homeGroup, wanted, isNew)
  const numbers: number[] = []
  const versions: number[] = []
  const sealed: Buffer[] = []
  for (const c of wanted) {
    const n = compartmentNumber[c]
    const dek = deks(w).get(slot(record, n))!
    const s = values[c]!
    numbers.push(n)
    versions.push(dek.version)
    sealed.push(sealJson(dek.key, valuePlace(record, n), s.schema, s.value))
  }
  await w.tx.query(
    `insert into app.sealed (record, kind, compartment, home_group, dek_version, value) select $1, $2, c, $3, v, x from unnest($4::smallint[], $5::smallint[], $6::bytea[]) as u(c, v, x)
     on conflict (record, compartment) do update set value = excluded.value, dek_version = excluded.dek_version`,
    [record, kind, homeGroup, numbers, versions, sealed],
  )
}

/** Opens compartments of many records in one round trip. What this session holds no key to is simply absent. */
export const openSealed = async (
  w: Work,
  records: readonly Id[],
  wanted: readonly Compartment[],
  spoilt: 'told' | 'absent' = records.length === 1 ? 'told' : 'absent',
): Promise<Map<Id, OpenedRecord>> => {
  const out = new Map<Id, OpenedRecord>()
  if (records.length === 0) return out
  const numbers = wanted.map(c => compartmentNumber[c])
  const [, values] = await Promise.all([
    loadDeks(w, records, numbers),
    w.tx.query<{ record: Id; compartment: number; dek_version: number; value: Buffer }>(
      'select record, compartment, dek_version, value from app.sealed where record = any ($1::uuid[]) and compartment = any ($2::smallint[])',
      [records, numbers],
    ),
  ])
  for (const r of values.rows) {
    const dek = deks(w).get(slot(r.record, r.compartment))
    if (!dek) continue
    let rec = out.get(r.record)
    if (!rec) {
      rec = {}
      out.set(r.record, rec)
    }
    try {
      rec[compartmentOf(r.compartment)] = openJson(dek.key, valuePlace(r.record, r.compartment), r.value)
    } catch (e) {
      // Alone it is a fault to be told; in a list, one spoilt value must not hide all the others.
      if (spoilt === 'told') throw e
      unlessSealed(e)
    }
  }
  return out
}

/** A key for a value that lives in a table of its capability (a message, a link): sealed with the record's compartment key, bound to its own row. */
export const sealWith = async (
  w: Work,
  record: Id,
  kind: RecordKind,
  homeGroup: Id,
  compartment: Compartment,
  place: { table: string; row: string },
  s: Sealing,
  isNew = false,
): Promise<Buffer> => {
  await keysForWriting(w, record, kind, homeGroup, [compartment], isNew)
  const n = compartmentNumber[compartment]
  return sealJson(deks(w).get(slot(record, n))!.key, { ...place, compartment: n }, s.schema, s.value)
}
/** Opens what sealWith made; undefined where this session holds no key or the value does not open. */
export const openWith = async (
  w: Work,
  record: Id,
  compartment: Compartment,
  rows: readonly { table: string; row: string; sealed: Uint8Array }[],
): Promise<(Opened | undefined)[]> => {
  const n = compartmentNumber[compartment]
  if (!deks(w).has(slot(record, n))) await loadDeks(w, [record], [n])
  const dek = deks(w).get(slot(record, n))
  // One that does not open stays closed, and the others are read: a single spoilt message must not hide a conversation.
  return rows.map(r => {
    try {
      return dek ? openJson(dek.key, { table: r.table, row: r.row, compartment: n }, r.sealed) : undefined
    } catch (e) {
      return unlessSealed(e)
    }
  })
}

export const newId = (): Id => randomUUID()
