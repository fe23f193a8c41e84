import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Id } from './base/id.ts'
import type { Day, Stamp } from './base/time.ts'
import { demoArrivals } from './demo/rules.cases.ts'
import type { DemoArrival } from './demo/schema.ts'
import { copyText } from './demo/store.batch.sql.ts'
import { type Batch, newBatch } from './demo/store.batch.ts'
import { type Crew, inBatch } from './demo/store.hands.ts'
import { writeArrival } from './demo/store.write.ts'
import { newId } from './platform/records.ts'

/** So many rows are copied at a time, in one transaction. */
const rowsAtOnce = 25_000

/** Does this connection see past row-level security, as COPY into the sealed tables must? The embedded server's does; that of an address usually does not. */
export const mayCopy = async (db: pg.Client): Promise<boolean> =>
  (await db.query<{ may: boolean }>('select rolsuper or rolbypassrls as may from pg_roles where rolname = current_user')).rows[0]?.may ??
  false

/** Writes what a batch holds, all or nothing; the batch is empty afterwards. */
export const copyBatch = async (db: pg.Client, batch: Batch): Promise<void> => {
  const tables = batch.take()
  await db.query('begin')
  try {
    for (const { table, columns, rows } of tables) {
      const sink = db.query(copyFrom(`copy app."${table}" (${columns.map(c => `"${c}"`).join(', ')}) from stdin`))
      for (let i = 0; i < rows.length; i += 500) if (!sink.write(copyText(rows.slice(i, i + 500)))) await once(sink, 'drain')
      sink.end()
      await once(sink, 'finish')
    }
    await db.query('commit')
  } catch (e) {
    await db.query('rollback').catch(() => undefined)
    throw e
  }
}

export interface BulkOptions {
  /** Superuser, or one that row-level security does not hold. */
  readonly connection: pg.ClientConfig
  readonly seed: string
  readonly cases: number
  readonly today: Day
  readonly until: Stamp
  /** Who writes, and in which team: by arrival. */
  readonly place: (a: DemoArrival, at: number) => { readonly crew: Crew; readonly team: Id }
  /** The id of a case of the seed; a random one where it is left out. Cases that are there already are left out. */
  readonly idOf?: (n: number) => Id
  /** Which arrivals at all; default: all. */
  readonly wanted?: (a: DemoArrival) => boolean
  /** See Hands; default: yes. */
  readonly whole?: boolean
  readonly progress?: (done: number) => void
}

/** Writes cases in bulk: two connections, so that the database works while the next batch is sealed. Returns how many were written. */
export const bulkCases = async (o: BulkOptions): Promise<number> => {
  const clients = [new pg.Client(o.connection), new pg.Client(o.connection)]
  await Promise.all(clients.map(c => c.connect()))
  const idOf = o.idOf ?? (() => newId())
  try {
    const { rows } = await clients[0]!.query<{ id: Id; number: string }>('select id, number from app.case_record c')
    const there = new Set(rows.map(r => r.id))
    const taken = new Set(rows.map(r => r.number))
    let batch = newBatch(taken, newId)
    let copying: Promise<void> = Promise.resolve()
    let turn = 0
    let done = 0
    const flush = async () => {
      const full = batch
      batch = newBatch(taken, newId)
      await copying
      copying = copyBatch(clients[turn++ % 2]!, full)
      // Told where it is awaited, one batch later.
      copying.catch(() => undefined)
      o.progress?.(done)
    }
    let at = 0
    for (const a of demoArrivals(o.seed, o.cases, o.today)) {
      at += 1
      const ids = a.cases.map(c => idOf(c.n))
      if (ids.some(id => there.has(id)) || o.wanted?.(a) === false) continue
      const { crew, team } = o.place(a, at)
      await inBatch(batch, crew, team, o.until, h => writeArrival(h, a, ids), o.whole ?? true)
      done += a.cases.length
      if (batch.size() >= rowsAtOnce) await flush()
    }
    await flush()
    await copying
    return done
  } finally {
    await Promise.all(clients.map(c => c.end().catch(() => undefined)))
  }
}
