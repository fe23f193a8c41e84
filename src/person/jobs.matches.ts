import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'

/** Days after which a settled talk between two teams goes, and a question that was put to the index. */
export const settledDays = 90
export const queryDays = 30

/** Takes away settled talks between teams and old questions. What may go is decided by the database. */
export const endMatches = async (c: JobContext): Promise<{ talks: number; queries: number }> => {
  const { rows } = await c.pool.query<{ talks: number; queries: number }>('select * from app.sweep_matches($1, $2)', [
    settledDays,
    queryDays,
  ])
  const result = rows[0] ?? { talks: 0, queries: 0 }
  await mark(c, 'matches', true, result)
  return result
}

export const matchesJob: WorkerJob = { cron: '23 3 * * *', atStart: true, run: endMatches }
