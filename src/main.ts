import path from 'node:path'
import { openPool } from './platform/db.ts'
import { filesFolderName, keepFilesIn } from './platform/files.ts'
import { type ChildContext, roleConnection, takeContext } from './platform/launch.target.ts'
import { sweepVaults, wipeEpoch } from './platform/vault.ts'
import { readAllWords } from './platform/words.ts'

/** A started process: how to stop it. */
interface Running {
  readonly close: () => Promise<void>
}

const need = (context: ChildContext, name: keyof ChildContext['keys'] & string): Buffer => {
  const key = context.keys[name as keyof ChildContext['keys']]
  if (!key) throw new Error(`this process was not given ${name}`)
  return key
}

const log = (entry: { code: string; url: string; at: string }) =>
  void process.stderr.write(`${JSON.stringify({ level: 'error', ...entry })}\n`)
// Each process loads only its own site: the public one has no office code in memory.
const start: Record<ChildContext['role'], (context: ChildContext) => Promise<Running>> = {
  office: async context => {
    const { buildOffice } = await import('./main.office.ts')
    keepFilesIn(path.join(context.folder, filesFolderName))
    const { config } = context
    const pool = openPool({ ...roleConnection(context.target, context.keys, 'staff_rw'), max: 12 })
    const app = buildOffice({
      pool,
      url: config.office.url,
      publicUrl: config.public.url,
      demo: context.demo,
      trustProxy: config.trustProxy,
      log,
      keys: {
        auditMac: need(context, 'audit_mac'),
        service: need(context, 'service'),
        login: need(context, 'login'),
        pepper: need(context, 'pepper'),
        totp: need(context, 'totp'),
      },
    })
    await app.listen({ port: config.office.port, host: config.host })
    // With the last open session goes the recovery key of the day: nobody is left who could have used it.
    const sweep = setInterval(() => {
      if (sweepVaults(Date.now()) === 0) wipeEpoch()
    }, 60_000)
    return {
      close: async () => {
        clearInterval(sweep)
        await app.close()
        await pool.end()
      },
    }
  },
  public: async context => {
    const { buildPublic } = await import('./main.public.ts')
    const { publicPoolSize } = await import('./platform/site.ts')
    const { config } = context
    const pool = openPool({ ...roleConnection(context.target, context.keys, 'public_in'), max: publicPoolSize })
    const app = buildPublic({
      pool,
      url: config.public.url,
      demo: context.demo,
      trustProxy: config.trustProxy,
      log,
      keys: { fakeSalt: need(context, 'fake_salt') },
    })
    await app.listen({ port: config.public.port, host: config.host })
    return {
      close: async () => {
        await app.close()
        await pool.end()
      },
    }
  },
  messenger: async context => {
    const { runMessenger } = await import('./main.messenger.ts')
    return runMessenger({ context, subkey: need(context, 'messenger'), log })
  },
  worker: async context => {
    const { runWorker } = await import('./main.worker.ts')
    return runWorker(context)
  },
}

const context = takeContext(process.argv[2])
readAllWords()
const running = await start[context.role](context)
let closing = false
const close = async () => {
  if (closing) return
  closing = true
  await running.close()
  process.exit(0)
}
process.on('SIGTERM', close)
process.on('SIGINT', close)
// The launcher is gone, perhaps killed: nobody would ever stop us.
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready' })
