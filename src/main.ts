import http from 'node:http'
import { type ChildContext, takeContext } from './platform/launch.target.ts'

/** A started process: how to stop it. */
interface Running {
  readonly close: () => Promise<void>
}

const stub = async (port: number, { config }: ChildContext): Promise<Running> => {
  const server = http.createServer((request, reply) => {
    if (request.url === '/healthz') return void reply.setHeader('content-type', 'application/json').end('{"status":"ok"}')
    reply
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<!doctype html><html lang="ru"><title>Доверие</title><h1>Доверие</h1></html>')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, config.host, resolve)
  })
  return { close: () => new Promise(resolve => server.close(() => resolve())) }
}

const start = {
  office: (context: ChildContext) => stub(context.config.office.port, context),
  public: (context: ChildContext) => stub(context.config.public.port, context),
  worker: async (): Promise<Running> => {
    const timer = setInterval(() => {}, 60_000)
    return { close: async () => clearInterval(timer) }
  },
}

const context = takeContext(process.argv[2])
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
