import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'

/** Erases registers that nobody decided in time: their rows and keys. Who sent them and why stays, sealed, beside the day. */
export const expireRegisters = async (c: JobContext): Promise<{ erased: number }> => {
  const { rows } = await c.pool.query<{ id: string }>(
    "update app.register_link set state = 'erased', erased_why = 'expired', version = version + 1 where state <> 'erased' and expires <= current_date returning id",
  )
  // Whatever hangs on an erased one, not only on those of today: a cut between the statements must leave nothing.
  await c.pool.query('delete from app.register_key')
  await c.pool.query('delete from app.register_part')
  const result = { erased: rows.length }
  await mark(c, 'registers', true, result)
  return result
}

export const registersJob: WorkerJob = { cron: '41 2 * * *', atStart: true, run: expireRegisters }
