import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainError } from './config.ts'
import { noOwnCoreDumps, withoutCoreDumps } from './launch.limits.ts'

export interface Child {
  readonly name: string
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

/** How a child is started: `env` is all that it gets. */
export interface ChildPlan {
  readonly name: string
  readonly script: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly say: (line: string) => void
}

const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 8_000)
  await exited
  clearTimeout(timer)
}

const launch = (plan: ChildPlan): ChildProcess => {
  const { file, args } = withoutCoreDumps(process.execPath, ['--enable-source-maps', plan.script, ...plan.args])
  // detached: a Ctrl-C in the terminal must reach the launcher only, which stops children before the database.
  return spawn(file, args, {
    env: plan.env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
}

/** Resolves when the child says `ready`; rejects when it ends before. */
const ready = (child: ChildProcess, name: string) =>
  new Promise<void>((resolve, reject) => {
    child.on('message', m => (m as { type?: string }).type === 'ready' && resolve())
    child.once('exit', code => reject(new Error(`the ${name} process ended before it was ready (code ${code})`)))
    child.once('error', reject)
  })

/**
 * Starts a child and keeps it running: when it ends by itself it is started again, at once after it had been ready, else with growing pauses up to 30 s.
 * It never gives up: what keeps a child from starting (a database that recovers, a full disk) may pass in the night, when nobody is there to start it by hand.
 * The child ends when the IPC channel closes, so it never outlives a killed launcher. Rejects when the very first start fails.
 */
export const startChild = async (plan: ChildPlan): Promise<Child> => {
  // The launcher holds the install secret.
  noOwnCoreDumps()
  let stopping = false
  let child = launch(plan)
  await ready(child, plan.name).catch(async e => {
    await end(child)
    throw e
  })
  let wasReady = true
  const watch = async (failures: number): Promise<void> => {
    await new Promise<void>(resolve =>
      child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve()),
    )
    if (stopping) return
    const soon = wasReady ? 0 : failures
    const pause = soon === 0 ? 0 : Math.min(30_000, 500 * 2 ** soon)
    plan.say(
      `The ${plan.name} process ended (${child.signalCode ?? child.exitCode}); starting it again${pause ? ` in ${pause / 1000} s` : ''}.`,
    )
    if (soon === 5) plan.say(`The ${plan.name} process does not start; what it says stands above. Trying goes on.`)
    await sleep(pause)
    if (stopping) return
    wasReady = false
    child = launch(plan)
    ready(child, plan.name).then(
      () => {
        wasReady = true
      },
      () => undefined,
    )
    return watch(soon + 1)
  }
  void watch(0)
  return {
    name: plan.name,
    pid: () => child.pid,
    stop: () => {
      stopping = true
      return end(child)
    },
  }
}

/** Throws a plain error when the port is taken. A child of a launcher that was just killed may still hold it for a moment: waits up to 3 s. */
export const requireFreePort = async (host: string, port: number, setting: string): Promise<void> => {
  for (let waited = 0; ; waited += 100) {
    const problem = await new Promise<string | undefined>(resolve => {
      const probe = net.createServer()
      probe.once('error', (e: NodeJS.ErrnoException) => resolve(e.code ?? 'unknown'))
      probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)))
    })
    if (!problem) return
    if (problem === 'EADDRINUSE' && waited < 3_000) {
      await sleep(100)
      continue
    }
    if (problem === 'EADDRINUSE')
      throw plainError(
        `Port ${port} is taken by another program. Choose another with ${setting}, for example: ${setting}=${port + 10} npm start`,
      )
    if (problem === 'EACCES')
      throw plainError(
        `Port ${port} may not be opened by this user. Choose another with ${setting}, for example: ${setting}=${port + 4000} npm start`,
      )
    throw plainError(`Port ${port} cannot be opened on ${host} (${problem}). Check HOST and ${setting}.`)
  }
}
