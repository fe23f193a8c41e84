import type pg from 'pg'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { sha256 } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import { type Header, headerHash } from '../platform/ledger.ts'
import { assignments, byColumns, type Row, rowsOf, unnested } from './store.batch.sql.ts'

/**
 * A transaction that remembers instead of asking: the stores of the house run on it unchanged (the same seals, keys, rules and events), and what they would have inserted one
 * by one is written in bulk afterwards. It knows the few statements that making new records needs, and refuses every other: a statement that a store learns later must not
 * be lost in silence. For demonstrations and benchmarks only: it sets the recorded time to the told one and passes row-level security by, which the real way never does.
 */
export interface Batch {
  /** The same batch in the name of somebody, at a time that may be moved. */
  as(actor: Id, clock: { readonly now: Stamp }): Tx
  /** Everything remembered, by table in an order that keeps references whole; afterwards the batch is empty. */
  take(): { readonly table: string; readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }[]
  readonly size: () => number
}

interface Head {
  seq: number
  hash: Buffer
  homeGroup: Id
  kind: string
}
type Answer = readonly object[]
const answer = (rows: Answer, rowCount = rows.length) => ({ rows, rowCount }) as unknown as pg.QueryResult<never>

const wrapColumns = [
  'record',
  'kind',
  'compartment',
  'home_group',
  'dek_version',
  'holder',
  'holder_id',
  'holder_version',
  'form',
  'wrapped',
] as const
/** What refers to something stands after it. */
const first = ['contact', 'person', 'case_record', 'record_head', 'journal', 'journal_part', 'sealed', 'key_wrap']
const microseconds = (at: Stamp, extra: number): string => String(BigInt(Date.parse(at)) * 1000n + BigInt(extra))
const stampOf = (micro: string): string => {
  const whole = new Date(Number(BigInt(micro) / 1000n)).toISOString().slice(0, -1)
  return `${whole}${String(BigInt(micro) % 1000n).padStart(3, '0')}+00`
}

/** `taken`: case numbers that are in use. `leafId`: a random id for each leaf. */
export const newBatch = (taken: Set<string>, newId: () => Id): Batch => {
  let tables = new Map<string, Map<string, Row>>()
  let heads = new Map<Id, Head>()
  /** By record: a batch holds tens of thousands, and every event of a hand that has not opened a record yet asks for its own. */
  let wraps = new Map<Id, Row[]>()
  let checkIns = new Map<Id, string[]>()
  let tick = 0
  let size = 0
  const put = (table: string, key: string, row: Row) => {
    const rows = tables.get(table) ?? new Map<string, Row>()
    tables.set(table, rows)
    if (!rows.has(key)) size += 1
    rows.set(key, row)
  }
  const all = (table: string): Row[] => [...(tables.get(table)?.values() ?? [])]

  /** What app.journal_write does, with the told time as the recorded one. */
  const append = (actor: Id, now: Stamp, v: readonly unknown[]): Answer => {
    const [record, kind, group, type, command, compartments, parts, deks] = v as [Id, string, Id, string, Id, number[], Buffer[], number[]]
    const before = heads.get(record)
    const home = before?.homeGroup ?? group
    tick = (tick + 1) % 1000
    const recorded = microseconds(now, tick)
    const digests = compartments
      .map((c, i) => [c, sha256(parts[i]!).toString('hex')] as const)
      .toSorted((a, b) => a[0] - b[0])
      .map(([c, hex]) => `${c}:${hex}`)
      .join(',')
    const header: Header = {
      record,
      kind,
      seq: (before?.seq ?? 0) + 1,
      type,
      actor,
      recorded,
      command,
      digests,
      prev: before?.hash ?? Buffer.alloc(0),
    }
    const hash = headerHash(header)
    const { seq, prev } = header
    heads.set(record, { seq, hash, homeGroup: home, kind })
    put('record_head', record, { record, kind, home_group: home, seq, hash })
    put('journal', `${record}/${seq}`, {
      record,
      seq,
      kind,
      type,
      actor,
      recorded_at: stampOf(recorded),
      command,
      digests,
      prev,
      hash,
      home_group: home,
    })
    for (const [i, compartment] of compartments.entries()) {
      put('journal_part', `${record}/${seq}/${compartment}`, {
        record,
        seq,
        compartment,
        home_group: home,
        kind,
        dek_version: deks[i] ?? 1,
        sealed: parts[i],
      })
    }
    put('unsealed_leaf', `${record}/${seq}`, { id: newId(), kind: 'journal', record, seq, hash })
    return [{ seq }]
  }

  const insert = (table: string, row: Row): number => {
    if (table === 'case_record') {
      const number = String(row.number)
      if (taken.has(number)) return 0
      taken.add(number)
    }
    const key = String(row.id ?? '')
    if (key === '' || tables.get(table)?.has(key)) throw new Error(`a batch makes new rows with an id only: ${table}`)
    put(table, key, row)
    if (table === 'check_in') checkIns.set(row.case_id as Id, [...(checkIns.get(row.case_id as Id) ?? []), key])
    return 1
  }

  const run = (actor: Id, now: Stamp, text: string, v: readonly unknown[]): ReturnType<typeof answer> => {
    if (text.startsWith('select app.journal_append(')) return answer(append(actor, now, v))
    if (text.startsWith('insert into app.sealed ')) {
      const [record, kind, group, numbers, versions, values] = v as [Id, string, Id, number[], number[], Buffer[]]
      for (const [i, compartment] of numbers.entries()) {
        put('sealed', `${record}/${compartment}`, {
          record,
          kind,
          compartment,
          home_group: group,
          dek_version: versions[i],
          value: values[i],
        })
      }
      return answer([], numbers.length)
    }
    if (text.startsWith('insert into app.key_wrap ')) {
      const columns = v as unknown[][]
      for (let i = 0; i < columns[0]!.length; i += 1) {
        const row: Row = Object.fromEntries(wrapColumns.map((name, c) => [name, columns[c]![i]]))
        const key = `${row.record}/${row.compartment}/${row.holder}/${row.holder_id}`
        if (tables.get('key_wrap')?.has(key)) throw new Error('a batch makes new keys only')
        put('key_wrap', key, row)
        const record = row.record as Id
        wraps.set(record, [...(wraps.get(record) ?? []), row])
      }
      return answer([], columns[0]!.length)
    }
    if (/^\s*select record, compartment, dek_version, holder/.test(text)) {
      const [records, numbers, me] = v as [Id[], number[], Id]
      const mine = (r: Row) => r.holder === 'team' || (r.holder === 'user' && r.holder_id === me)
      return answer(records.flatMap(id => (wraps.get(id) ?? []).filter(r => numbers.includes(r.compartment as number) && mine(r))))
    }
    if (text.startsWith('select distinct compartment from app.key_wrap')) {
      const [record, numbers] = v as [Id, number[]]
      return answer((wraps.get(record) ?? []).filter(r => numbers.includes(r.compartment as number)))
    }
    if (/^select k\.id, .* from app\.check_in k where k\.case_id = \$1/.test(text)) {
      return answer(
        (checkIns.get(v[0] as Id) ?? []).map(key => {
          const { id, case_id: caseId, home_group: homeGroup, due, state, version = 1 } = tables.get('check_in')!.get(key)!
          return { id, caseId, homeGroup, due, state, version }
        }),
      )
    }
    // Without a match key yet, whoever searches first reads these people in.
    if (text === 'select * from app.match_keys()' || text === 'select recovery_public from app.installation') return answer([])
    if (text.startsWith('select app.match_put(')) {
      const [people, versions, key, form, sealed] = v as [Id[], number[], number, number, Buffer[]]
      for (const [i, id] of people.entries()) {
        put('match_tail', id, { id: newId(), person_id: id, version: versions[i], key_version: key, form, sealed: sealed[i] })
        put('person', id, { ...tables.get('person')!.get(id)!, indexed: versions[i] })
      }
      return answer([{}])
    }
    const values = rowsOf(text, v)
    if (values) return answer([], insert(values.table, values.row))
    const many = unnested(text, v)
    if (many)
      return answer(
        [],
        many.rows.reduce((n, row) => n + insert(many.table, row), 0),
      )
    const change = assignments(text, v)
    if (change) {
      const keys =
        change.where.id === undefined && change.table === 'check_in'
          ? (checkIns.get(change.where.case_id as Id) ?? [])
          : [String(change.where.id)]
      const rows = tables.get(change.table)
      let n = 0
      for (const key of keys) {
        const row = rows?.get(key)
        if (!row) throw new Error(`a batch changes what it made itself only: ${change.table}`)
        if (Object.entries(change.where).some(([c, value]) => row[c] !== value)) continue
        put(change.table, key, change.set(row))
        n += 1
      }
      return answer([], n)
    }
    throw new Error(`a batch does not know this statement: ${text.trim().slice(0, 60)}`)
  }

  return {
    as: (actor, clock) => ({
      query: async (text, values = []) => run(actor, clock.now, text, values) as never,
    }),
    size: () => size,
    take: () => {
      const order = [...first, ...[...tables.keys()].filter(t => !first.includes(t))]
      const out = order.flatMap(table =>
        byColumns(all(table)).map(({ columns, rows }) => ({ table, columns, rows: rows.map(r => columns.map(c => r[c] ?? null)) })),
      )
      tables = new Map()
      heads = new Map()
      wraps = new Map()
      checkIns = new Map()
      size = 0
      return out
    },
  }
}
