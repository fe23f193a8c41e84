import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { signPair } from './crypto.ts'
import { type JobContext, jobs, mark } from './jobs.ts'
import { startSealer } from './sealer.ts'
import type { Subkeys } from './subkeys.ts'

export interface WorkerJob {
  readonly cron: string
  readonly atStart?: boolean
  readonly run: (c: JobContext) => Promise<unknown>
}
export interface WorkerOptions {
  /** Pools of the roles `job` and `sealer`; not closed here. */
  readonly pools: { readonly job: pg.Pool; readonly sealer: pg.Pool }
  readonly subkeys: Pick<Partial<Subkeys>, 'audit_sign'>
  /** File outside the database that every signed head is appended to. */
  readonly headsLog: string
  readonly clock: () => Date
  /** Jobs of capabilities beside those of the platform; their queues were made by a migration. `atStart`: once as soon as the queue runs. */
  readonly more?: Readonly<Record<string, WorkerJob>>
  /** Codes only, never values. */
  readonly say?: (line: string) => void
}

const codeOf = (e: unknown): string => (e as { code?: string } | null)?.code ?? (e instanceof Error ? e.message : 'unknown')

/** The queue over our own pool: every statement takes a connection of its own, so a database that went away and came back is simply asked again. */
const queueOf = (pool: pg.Pool): PgBoss =>
  new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) as Promise<{ rows: unknown[] }> },
    schema: 'pgboss',
    // Everything was created by the migration; the role could not.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    persistQueueStats: false,
    persistWarnings: false,
  })

/** Starts the queue and keeps trying while the database is away. */
const keepQueue = (
  c: JobContext,
  more: Readonly<Record<string, WorkerJob>>,
  say: (line: string) => void,
): { readonly stop: () => Promise<void> } => {
  const boss = queueOf(c.pool)
  boss.on('error', e => say(`queue: ${codeOf(e)}`))
  boss.on('warning', w => say(`queue: ${w.message}`))
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let starting = Promise.resolve()
  const start = async () => {
    try {
      await boss.start()
      for (const [name, job] of Object.entries<WorkerJob>({ ...jobs, ...more })) {
        await boss.work(name, { pollingIntervalSeconds: 5 }, async () => {
          await job.run(c)
        })
        await boss.schedule(name, job.cron, {}, { tz: 'UTC' })
        if (job.atStart) await boss.send(name, {})
      }
    } catch (e) {
      say(`queue: ${codeOf(e)}`)
      await boss.stop({ graceful: false, close: false }).catch(() => undefined)
      if (!stopped) timer = setTimeout(() => (starting = start()), 2000)
    }
  }
  starting = start()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await starting
      await boss.stop({ graceful: true, close: false, timeout: 5000 }).catch(() => undefined)
    },
  }
}

/** The background process: signed heads every half second, and the queue. Both outlive a restart of the database. */
export const startWorker = ({
  pools,
  subkeys,
  headsLog,
  clock,
  more = {},
  say = () => {},
}: WorkerOptions): { readonly stop: () => Promise<void> } => {
  if (!subkeys.audit_sign) throw new Error('this process was not given audit_sign')
  const context: JobContext = { pool: pools.job, clock }
  let told: string | undefined
  let marked = 0
  const sealer = startSealer({ pool: pools.sealer, key: signPair(subkeys.audit_sign), headsLog, clock }, e => {
    const now = e === undefined ? 'ok' : codeOf(e)
    // The health page shows a sealer that stands still: the mark grows old when this process dies, and is red when it fails.
    if (now !== told || clock().getTime() - marked > 60_000) {
      marked = clock().getTime()
      mark(context, 'sealer', now === 'ok', now === 'ok' ? {} : { error: now }).catch(() => undefined)
    }
    if (now !== told && (now !== 'ok' || told !== undefined)) say(`sealer: ${now}`)
    told = now
  })
  const queue = keepQueue(context, more, say)
  return {
    stop: async () => {
      await Promise.all([sealer.stop(), queue.stop()])
    },
  }
}
