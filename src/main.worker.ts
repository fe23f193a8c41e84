import path from 'node:path'
import { prekeysJob } from './contact/jobs.prekeys.ts'
import { retentionJob } from './contact/jobs.retention.ts'
import { roomsJob } from './contact/jobs.room.ts'
import { hookChannel, mailChannel, type PagingChannel, startPaging } from './emergency/jobs.paging.ts'
import { filesJob } from './person/jobs.files.ts'
import { matchesJob } from './person/jobs.matches.ts'
import { registersJob } from './person/jobs.registers.ts'
import { openPool } from './platform/db.ts'
import { filesFolderName, keepFilesIn } from './platform/files.ts'
import { type ChildContext, roleConnection } from './platform/launch.target.ts'
import { mailer } from './platform/mail.ts'
import { startWorker } from './platform/worker.ts'
import { statisticsJob } from './statistics/jobs.ts'

/** The worker process: signed heads of the journal, and the queue. It can read no personal field. */
export const runWorker = async (context: ChildContext): Promise<{ readonly close: () => Promise<void> }> => {
  const pools = {
    job: openPool({ ...roleConnection(context.target, context.keys, 'job'), max: 4 }),
    sealer: openPool({ ...roleConnection(context.target, context.keys, 'sealer'), max: 2 }),
  }
  const { service, statistics } = context.keys
  const { mail, pageUrl } = context.config
  const post = mail ? mailer(mail) : undefined
  const channels: PagingChannel[] = [...(post ? [mailChannel(post)] : []), ...(pageUrl ? [hookChannel(pageUrl)] : [])]
  const say = (line: string) => void process.stderr.write(`${JSON.stringify({ level: 'warn', code: line })}\n`)
  // Without a channel it runs too: the banner of the office hangs on it.
  const paging = service ? startPaging({ pool: pools.job, clock: () => new Date(), service, channels }, say) : undefined
  keepFilesIn(path.join(context.folder, filesFolderName))
  const worker = startWorker({
    pools,
    subkeys: context.keys,
    headsLog: path.join(context.folder, 'heads.log'),
    clock: () => new Date(),
    more: {
      files: filesJob,
      prekeys: prekeysJob,
      retention: retentionJob,
      rooms: roomsJob,
      registers: registersJob,
      matches: matchesJob,
      ...(service && statistics ? { statistics: statisticsJob({ service, statistics }) } : {}),
    },
    say,
  })
  return {
    close: async () => {
      await paging?.stop()
      post?.close()
      await worker.stop()
      await Promise.all([pools.job.end(), pools.sealer.end()])
    },
  }
}
