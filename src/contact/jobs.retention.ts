import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'
import { closedDays, spamHours } from './rules.retention.ts'

const atOnce = 200

/** Shreds contacts whose time is over: every key to them, and everything that was said. What may be taken is decided by the database. */
export const shredContacts = async (c: JobContext): Promise<{ spam: number; closed: number }> => {
  const result = { spam: 0, closed: 0 }
  for (let round = 0; round < 50; round++) {
    const { rows } = await c.pool.query<{ spam: number; closed: number }>('select * from app.shred_contacts($1, $2, $3)', [
      spamHours,
      closedDays,
      atOnce,
    ])
    const done = rows[0] ?? { spam: 0, closed: 0 }
    result.spam += done.spam
    result.closed += done.closed
    if (done.spam + done.closed === 0) break
  }
  await mark(c, 'retention', true, result)
  return result
}

export const retentionJob: WorkerJob = { cron: '41 * * * *', atStart: true, run: shredContacts }
