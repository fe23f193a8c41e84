import { filesFolder, filesOnDisk, sweepOrphans } from '../platform/files.ts'
import { type JobContext, mark } from '../platform/jobs.ts'
import type { WorkerJob } from '../platform/worker.ts'

const idsOf = async (c: JobContext): Promise<Set<string>> =>
  new Set(
    (await c.pool.query<{ id: string }>('select id from app.stored_file union all select id from app.contact_file')).rows.map(r => r.id),
  )

/** Takes away files that no row speaks of, and counts rows whose file is gone: the health page is red until it came back from a backup or was removed. */
export const sweepFiles = async (c: JobContext): Promise<{ removed: number; missing: number }> => {
  // The disk is looked at last: a file is written before its row, so none that has a row can be missed.
  const known = await idsOf(c)
  const there = new Set((await filesOnDisk(filesFolder())).flatMap(f => (f.id ? [f.id] : [])))
  const gone = [...known].filter(id => !there.has(id))
  // Removed in the meantime is not missing.
  const still = gone.length === 0 ? new Set<string>() : await idsOf(c)
  const result = { removed: await sweepOrphans(new Set([...known, ...still]), c.clock()), missing: gone.filter(id => still.has(id)).length }
  await mark(c, 'files', result.missing === 0, result)
  return result
}

export const filesJob: WorkerJob = { cron: '17 * * * *', atStart: true, run: sweepFiles }
