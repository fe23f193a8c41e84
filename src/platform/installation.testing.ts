import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './config.ts'

/** A port that nobody had a moment ago. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })

/** A new folder that the database's account may walk through: mkdtemp closes it to everybody, and the launcher would move elsewhere. */
const newParent = () => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'dvi-'))
  chmodSync(parent, 0o711)
  return parent
}

export interface InstallationOptions {
  /** A folder of an earlier run; else a new one under the temporary folder, removed by `remove`. */
  readonly folder?: string
  readonly officePort?: number
  readonly publicPort?: number
  readonly env?: NodeJS.ProcessEnv
  /** What the launcher is told to do. */
  readonly command?: 'demo' | 'serve'
}

/** A real launcher with its children and database. */
export interface RunningInstallation {
  readonly folder: string
  readonly office: string
  readonly public: string
  readonly officePort: number
  readonly publicPort: number
  /** Everything it printed so far. */
  readonly output: () => string
  /** Milliseconds from the start to the addresses. */
  readonly startedIn: number
  /** Process id of build/cli.js, the launcher. */
  readonly launcherPid: () => number
  /** Process id of the database, from its lock file. */
  readonly postgresPid: () => number
  /** Stops as Ctrl-C does; resolves with the exit code. */
  readonly stop: () => Promise<number | null>
  /** kill -9 of the launcher (and of the script that started it). */
  readonly kill9: () => Promise<void>
  readonly remove: () => void
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>(resolve => child.once('exit', () => resolve()))

/** Runs the real `npm start` script in a folder and on ports of its own, and resolves when it has printed its addresses. Rejects with its output when it ends before. */
export const startInstallation = async (options: InstallationOptions = {}): Promise<RunningInstallation> => {
  const folder = options.folder ?? path.join(newParent(), 'data')
  const officePort = options.officePort ?? (await freePort())
  const publicPort = options.publicPort ?? (await freePort())
  const started = performance.now()
  const env = {
    ...process.env,
    DOVERIE_DATA: folder,
    OFFICE_PORT: String(officePort),
    PUBLIC_PORT: String(publicPort),
    OFFICE_URL: '',
    PUBLIC_URL: '',
    ...options.env,
  }
  // The test runner's own settings must not make the server take itself for a test.
  for (const name of ['VITEST', 'NODE_ENV', 'NODE_OPTIONS', 'npm_lifecycle_event']) delete (env as NodeJS.ProcessEnv)[name]
  const script = options.command === 'serve' ? ['tools/doverie.mjs', 'serve'] : ['tools/start.mjs']
  const child = spawn(process.execPath, script, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', d => (output += String(d)))
  while (!/^Public: /m.test(output)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the installation did not start:\n${output}`)
    await sleep(20)
  }
  const startedIn = performance.now() - started
  const lock = path.join(folder, 'launcher.json')
  const launcherPid = () => (JSON.parse(readFileSync(lock, 'utf8')) as { pid: number }).pid
  return {
    folder,
    officePort,
    publicPort,
    office: `http://localhost:${officePort}`,
    public: `http://localhost:${publicPort}`,
    output: () => output,
    startedIn,
    launcherPid,
    postgresPid: () => Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]),
    stop: async () => {
      child.kill('SIGTERM')
      await ended(child)
      return child.exitCode
    },
    kill9: async () => {
      const pid = existsSync(lock) ? launcherPid() : undefined
      child.kill('SIGKILL')
      if (pid) process.kill(pid, 'SIGKILL')
      await ended(child)
    },
    remove: () => rmSync(path.dirname(folder), { recursive: true, force: true }),
  }
}
