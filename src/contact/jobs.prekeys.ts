import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'

/** Days after which the private half of a key of a day goes. */
export const prekeyDays = 30

/** Takes away keys of days long past. One that a message waits for stays, however old: nothing that nobody has read is made unreadable. */
export const sweepPrekeys = async (c: JobContext): Promise<{ removed: number }> => {
  const { rows } = await c.pool.query<{ n: number }>('select app.sweep_prekeys($1) as n', [prekeyDays])
  const result = { removed: rows[0]?.n ?? 0 }
  await mark(c, 'prekeys', true, result)
  return result
}

export const prekeysJob: WorkerJob = { cron: '23 1 * * *', atStart: true, run: sweepPrekeys }
