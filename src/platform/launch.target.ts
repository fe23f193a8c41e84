import type pg from 'pg'
import { type Config, readConfig } from './config.ts'
import { type ProcessRole, packSubkeys, passwordOf, processRoles, type Subkeys, takeSubkeys } from './subkeys.ts'

/** Where the database is, without who asks: an embedded server's socket folder, or an external address. */
export type DbTarget = { readonly socket: string; readonly database: string } | { readonly url: string }

/** What `sslmode` of an external address means to pg: everything but `disable` and `no-verify` checks the certificate. */
const tls = (mode: string | null): pg.ClientConfig['ssl'] =>
  mode === null || mode === 'disable' ? undefined : { rejectUnauthorized: mode !== 'no-verify' }

/** Connection of one role. */
export const connectionFor = (target: DbTarget, user: string, password: string) => {
  if ('socket' in target) return { host: target.socket, port: 5432, database: target.database, user, password }
  const url = new URL(target.url)
  const ssl = tls(url.searchParams.get('sslmode'))
  const host = url.searchParams.get('host') ?? url.hostname
  return {
    host,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user,
    password,
    ...(ssl ? { ssl } : {}),
  }
}

/** An external address without its user and password: all that a child may see of it. */
const bareUrl = (target: { readonly url: string }): DbTarget => {
  const url = new URL(target.url)
  url.username = ''
  url.password = ''
  return { url: url.href }
}

/** Connection of a login role with its sub-key as password. */
export const roleConnection = (target: DbTarget, keys: Partial<Subkeys>, role: Parameters<typeof passwordOf>[1]) =>
  connectionFor(target, role === 'superuser' ? 'postgres' : role, passwordOf(keys, role))

/** What a child process knows of the installation. */
export interface ChildContext {
  readonly role: ProcessRole
  readonly config: Config
  readonly target: DbTarget
  readonly keys: Partial<Subkeys>
  readonly demo: boolean
  /** The data folder as it really lies. */
  readonly folder: string
}

/** What of the launcher's environment no child gets: the migrator's password and the way to the install secret. */
const kept = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_ENV',
  'NODE_OPTIONS',
  'OFFICE_PORT',
  'PUBLIC_PORT',
  'OFFICE_URL',
  'PUBLIC_URL',
  'HOST',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'DOVERIE_CONTENT',
] as const

const extra: Partial<Record<ProcessRole, readonly string[]>> = {
  worker: ['MAIL_URL', 'MAIL_FROM', 'PAGE_URL'],
  messenger: [
    'MESSENGER_URL',
    'MESSENGER_PORT',
    'TELEGRAM_TOKEN',
    'TELEGRAM_API',
    'VK_TOKEN',
    'VK_API',
    'VK_GROUP',
    'VK_SECRET',
    'VK_CONFIRMATION',
  ],
}

/** The whole environment of one child. Mail is the worker's alone, the tokens of messengers are theirs. */
export const childEnv = (
  role: ProcessRole,
  keys: Subkeys,
  target: DbTarget,
  demo: boolean,
  folder: string,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv => {
  const bare = 'url' in target ? bareUrl(target) : target
  const names = [...kept, ...(extra[role] ?? [])]
  return {
    ...Object.fromEntries(names.filter(n => env[n] !== undefined).map(n => [n, env[n]])),
    DOVERIE_SUBKEYS: packSubkeys(keys, role),
    DOVERIE_CHILD: JSON.stringify({ target: bare, demo, folder }),
  }
}

/** Reads, in a child, what the launcher handed over. */
export const takeContext = (argument: string | undefined, env: NodeJS.ProcessEnv = process.env): ChildContext => {
  const role = processRoles.find(r => r === argument)
  if (!role) throw new Error(`name one of ${processRoles.join(', ')}`)
  const keys = takeSubkeys(env)
  const { target, demo, folder } = JSON.parse(env.DOVERIE_CHILD ?? '{}') as Pick<ChildContext, 'target' | 'demo' | 'folder'>
  return { role, keys, target, demo, folder, config: readConfig(env) }
}
