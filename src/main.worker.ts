import path from 'node:path'
import { filesJob } from './person/jobs.files.ts'
import { registersJob } from './person/jobs.registers.ts'
import { openPool } from './platform/db.ts'
import { filesFolderName, keepFilesIn } from './platform/files.ts'
import { type ChildContext, roleConnection } from './platform/launch.target.ts'
import { startWorker } from './platform/worker.ts'
import { statisticsJob } from './statistics/jobs.ts'

/** The worker process: signed heads of the journal, and the queue. It can read no personal field. */
export const runWorker = async (context: ChildContext): Promise<{ readonly close: () => Promise<void> }> => {
  const pools = {
    job: openPool({ ...roleConnection(context.target, context.keys, 'job'), max: 4 }),
    sealer: openPool({ ...roleConnection(context.target, context.keys, 'sealer'), max: 2 }),
  }
  const { service, statistics } = context.keys
  keepFilesIn(path.join(context.folder, filesFolderName))
  const worker = startWorker({
    pools,
    subkeys: context.keys,
    headsLog: path.join(context.folder, 'heads.log'),
    clock: () => new Date(),
    more: {
      files: filesJob,
      registers: registersJob,
      ...(service && statistics ? { statistics: statisticsJob({ service, statistics }) } : {}),
    },
    say: line => void process.stderr.write(`${JSON.stringify({ level: 'warn', code: line })}\n`),
  })
  return {
    close: async () => {
      await worker.stop()
      await Promise.all([pools.job.end(), pools.sealer.end()])
    },
  }
}
