import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/* The peer: Directus 11.3.5 on the same PostgreSQL, installed into a cache outside the repository. It needs the machine's own Node 20 or 22 and a compiler. */

export const peerVersion = '11.3.5'
const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'doverie-bench', 'directus')
const token = 'benchtoken'

/** The Node of the machine (never the one we bring): Directus' native parts are built for it. Undefined where it is missing or of another age. */
const systemNode = (): string | undefined => {
  for (const dir of (process.env.PATH ?? '').split(':')) {
    const file = path.join(dir, 'node')
    if (dir.includes('node_modules') || !existsSync(file)) continue
    const version = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim() ?? ''
    if (/^(20|22)\./.test(version)) return file
  }
  return undefined
}

/** Why the comparison cannot be made here; undefined: it can. */
export const peerMissing = (): string | undefined => {
  const node = systemNode()
  if (!node) return "the machine's own Node 20 or 22 is missing"
  if (spawnSync('g++', ['--version']).status !== 0 && !existsSync(path.join(cache, 'node_modules/isolated-vm/out'))) return 'g++ is missing'
  if (existsSync(path.join(cache, 'node_modules/directus/package.json'))) return undefined
  mkdirSync(cache, { recursive: true })
  if (!existsSync(path.join(cache, 'package.json'))) writeFileSync(path.join(cache, 'package.json'), '{"private":true}\n')
  process.stderr.write(`Installing Directus ${peerVersion} into a cache (once, some minutes).\n`)
  const npm = path.join(path.dirname(node), 'npm')
  const done = spawnSync(npm, ['install', `directus@${peerVersion}`, '--save-exact', '--no-audit', '--no-fund', '--ignore-scripts=false'], {
    cwd: cache,
    env: { ...process.env, PATH: `${path.dirname(node)}:/usr/local/bin:/usr/bin:/bin` },
    stdio: ['ignore', 2, 2],
  })
  return done.status === 0 ? undefined : 'Directus could not be installed'
}

/** A row of the register: id, name, birth date, sex, nationality. */
export type Row = readonly [string, string, string, string, string]

const states = ['open', 'open', 'monitoring', 'closed']
const risks = ['low', 'medium', 'high', 'critical']
const notes = [
  'Arrived alone, papers are missing.',
  'Живёт у тёти, в школу не записана.',
  'An interpreter is needed.',
  'Звонили, всё спокойно.',
]

const field = (name: string, type: string, unique = false) => ({
  field: name,
  type,
  schema: unique ? { is_unique: true } : {},
  meta: { interface: 'input' },
})

const load = async (connection: pg.ClientConfig, rows: readonly Row[]) => {
  const db = new pg.Client(connection)
  await db.connect()
  await db.query('truncate cases restart identity')
  for (let at = 0; at < rows.length; at += 5000) {
    const part = rows.slice(at, at + 5000).map((r, i) => {
      const k = at + i
      return {
        case_no: `C-${String(k + 1).padStart(6, '0')}`,
        full_name: r[1],
        dob: r[2] || null,
        sex: r[3],
        nationality: r[4],
        status: states[k % 4],
        risk: risks[(k * 7) % 4],
        worker: `w${k % 40}`,
        opened_at: new Date(Date.UTC(2024, 0, 1) + k * 600_000).toISOString(),
        next_followup: new Date(Date.UTC(2026, 0, 1) + (k % 365) * 86_400_000).toISOString().slice(0, 10),
        notes: `${notes[k % 4]} ${notes[(k * 3 + 1) % 4]}`,
        data: { languages: ['ru', 'uz'], needs: ['shelter', 'papers'] },
      }
    })
    await db.query(
      `insert into cases (case_no, full_name, dob, sex, nationality, status, risk, worker, opened_at, next_followup, notes, data)
       select case_no, full_name, dob, sex, nationality, status, risk, worker, opened_at, next_followup, notes, data
         from jsonb_to_recordset($1::jsonb) as x(case_no text, full_name text, dob date, sex text, nationality text, status text, risk text, worker text, opened_at timestamp, next_followup date, notes text, data json)`,
      [JSON.stringify(part)],
    )
  }
  // The indexes that somebody who knows PostgreSQL would add for these questions.
  await db.query('create index if not exists cases_open on cases (status, opened_at desc)')
  await db.query('create index if not exists cases_opened on cases (opened_at desc)')
  await db.query('create index if not exists cases_next on cases (next_followup)')
  await db.query('vacuum analyze cases')
  await db.end()
}

export interface Peer {
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly database: pg.ClientConfig
  stop(): Promise<void>
}

/** Directus with a collection of cases as large as ours, in a database of its own on our server. */
export const startDirectus = async (
  server: pg.ClientConfig & { host: string; user: string; password: string },
  rows: readonly Row[],
  port: number,
): Promise<Peer> => {
  const database = { ...server, database: 'directus_bench' }
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  const known = (await admin.query("select 1 from pg_database where datname = 'directus_bench'")).rows.length > 0
  if (!known) await admin.query('create database directus_bench')
  await admin.end()
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: os.homedir(),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DB_CLIENT: 'pg',
    DB_HOST: server.host,
    DB_PORT: String(server.port ?? 5432),
    DB_DATABASE: 'directus_bench',
    DB_USER: server.user,
    DB_PASSWORD: server.password,
    SECRET: 'bench-secret-bench-secret-bench-secret',
    KEY: '7d7a2a9e-8f0e-4a53-9f2a-0f2a8b7a1c11',
    ADMIN_EMAIL: 'bench@example.org',
    ADMIN_PASSWORD: 'bench-password',
    ADMIN_TOKEN: token,
    TELEMETRY: 'false',
    RATE_LIMITER_ENABLED: 'false',
    CACHE_ENABLED: 'false',
    LOG_LEVEL: 'error',
    STORAGE_LOCAL_ROOT: path.join(cache, 'uploads'),
    EXTENSIONS_PATH: path.join(cache, 'extensions'),
  }
  const node = systemNode() as string
  const cli = path.join(cache, 'node_modules/directus/cli.js')
  const run = (args: string[]): ChildProcess =>
    spawn(node, ['--no-node-snapshot', cli, ...args], { cwd: cache, env, stdio: ['ignore', 2, 2] })
  const boot = run(['bootstrap'])
  const code = await new Promise<number | null>(resolve => boot.once('exit', resolve))
  if (code !== 0) throw new Error('Directus could not be bootstrapped')
  const child = run(['start'])
  const base = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 240; tries += 1) {
    if (
      await fetch(`${base}/server/ping`).then(
        r => r.ok,
        () => false,
      )
    )
      break
    await sleep(250)
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  if (!known) {
    const made = await fetch(`${base}/collections`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        collection: 'cases',
        schema: {},
        meta: {},
        fields: [
          { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: { hidden: true } },
          field('case_no', 'string', true),
          ...['full_name', 'sex', 'nationality', 'status', 'risk', 'worker'].map(n => field(n, 'string')),
          field('dob', 'date'),
          field('opened_at', 'timestamp'),
          field('next_followup', 'date'),
          field('notes', 'text'),
          field('data', 'json'),
        ],
      }),
    })
    if (!made.ok) throw new Error(`Directus refused the collection: ${made.status} ${await made.text()}`)
  }
  await load(database, rows)
  return {
    base,
    headers,
    database,
    stop: async () => {
      child.kill('SIGTERM')
      await Promise.race([new Promise(resolve => child.once('exit', resolve)), sleep(5000)])
    },
  }
}

/** Where the version of the installed peer stands, for the report. */
export const peerInstalled = (): string =>
  (JSON.parse(readFileSync(path.join(cache, 'node_modules/directus/package.json'), 'utf8')) as { version: string }).version
