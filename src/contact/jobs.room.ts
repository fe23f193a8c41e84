import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'

/** Takes away rooms of invitations whose hours are over, with every wrap of their keys: what was passed on does not outlive them. */
export const endRooms = async (c: JobContext): Promise<{ ended: number }> => {
  const { rows } = await c.pool.query<{ n: number }>('select app.contact_rooms_over() as n')
  const result = { ended: rows[0]?.n ?? 0 }
  await mark(c, 'rooms', true, result)
  return result
}

export const roomsJob: WorkerJob = { cron: '*/10 * * * *', atStart: true, run: endRooms }
