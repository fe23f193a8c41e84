import pg from 'pg'

/** What a store may do with the database: ask. Statements sent without awaiting each other share one round trip. */
export interface Tx {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<R>>
}

/** A pool that survives a database stop: without the error handlers the loss of a connection that waits, in the pool or in a handler's hands between two statements, would end the process. */
export const openPool = (o: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool({
    max: 8,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    // A plan for each statement, made once: left to choose, PostgreSQL plans the longer ones anew for every page, a fifth of its work. Our statements are written so
    // that one plan fits whoever asks (platform/lists.ts; bench/policy.ts measures people who see 60 and 100,000 rows).
    options: '-c plan_cache_mode=force_generic_plan',
    ...o,
    pipeline: true,
  } as pg.PoolConfig)
  pool.on('error', () => undefined)
  // The pool takes its own handler off while a connection is lent out.
  pool.on('connect', client => void client.on('error', () => undefined))
  return pool
}

/** Codes with which the database says "not now": connection lost, shutting down, starting up, too many connections. */
const awayCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '08001',
  '53300',
  // The disk is full: nothing is saved, and it passes when somebody has made room.
  '53100',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
])
/** True when an error means that the database is away (answer 503 and try again), not that we did something wrong. */
export const databaseAway = (e: unknown): boolean => {
  const code = (e as { code?: string } | null)?.code
  const message = e instanceof Error ? e.message : ''
  return (
    (code !== undefined && awayCodes.has(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message)
  )
}

/** Names of statements, so that PostgreSQL parses and plans each once a connection instead of once a request (half of a page's time in the database). */
const names = new Map<string, string>()
/** Texts beyond so many go unnamed: one that is put together anew each time would fill the memory of every connection. */
const mostNames = 800
/** A page runs the same few statements each time. Without values a text may hold several statements, which cannot have a name. */
const named = (text: string): string | undefined => {
  const known = names.get(text)
  if (known || names.size >= mostNames || !/^\s*(select|insert|update|delete|with)\b/i.test(text) || text.includes(';')) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

/** Everything that is asked before the next turn of the event loop leaves in one write: a system call for each statement is a third of a page's work. */
const together = (client: pg.PoolClient): void => {
  const { stream } = (client as unknown as { connection: { stream: { cork(): void; uncork(): void; writableCorked: number } } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const afterwards = new WeakMap<Tx, (() => Promise<unknown>)[]>()
/** What is done outside the database once a transaction has been committed, and not if it was not: taking away a file whose row is gone. Its failure undoes nothing. */
export const afterCommit = (tx: Tx, does: () => Promise<unknown>): void => {
  const list = afterwards.get(tx)
  if (list) list.push(does)
  else afterwards.set(tx, [does])
}

/**
 * The only way to reach the database for staff: one transaction, one session token. Outside it row-level security shows nothing.
 * The token is a bind parameter and lives until commit. `work` returning means commit; throwing means rollback. A statement given to `later` shares the
 * round trip of the commit; when it fails, nothing is committed.
 */
export const asSession = async <T>(
  pool: pg.Pool,
  token: string | null,
  work: (tx: Tx, later: (statement: Promise<unknown>) => void) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Sent together with the first statement of `work`; a failure of either shows in that statement.
    together(client)
    const opening = Promise.all([
      client.query('begin'),
      client.query({ name: 'tok', text: "select set_config('app.tok', $1, true)", values: [token ?? ''] }),
    ])
    opening.catch(() => undefined)
    const tail: Promise<unknown>[] = []
    // Its own object each time: what is remembered by transaction (opened record keys) can never be found by the next person on this connection.
    const tx: Tx = {
      query: (text, values) => {
        together(client)
        const name = named(text)
        return name ? client.query({ name, text, values: (values ?? []) as unknown[] }) : client.query(text, values as unknown[])
      },
    }
    const value = await work(tx, p => {
      p.catch(() => undefined)
      tail.push(p)
    })
    const committing = client.query('commit')
    committing.catch(() => undefined)
    await Promise.all([opening, ...tail])
    const done = await committing
    // A commit of an aborted transaction answers ROLLBACK: nothing may be shown as saved then.
    if (done.command !== 'COMMIT') throw new Error('commit refused: a statement had failed')
    for (const does of afterwards.get(tx) ?? []) await does().catch(() => undefined)
    return value
  } catch (e) {
    try {
      await client.query('rollback')
    } catch (r) {
      broken = r as Error
    }
    throw e
  } finally {
    client.release(broken)
  }
}
