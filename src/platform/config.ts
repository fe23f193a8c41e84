import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** The folder of the installation's code: locales, db, content and build lie directly in it. */
export const root: string = (() => {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json')
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'doverie') return folder
    if (folder === path.dirname(folder)) throw new Error('package.json of doverie not found above this file')
  }
})()

export const version: string = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version

/** What can be set from outside, each with the words that `doverie help` and the README show. */
export const settings = [
  ['DOVERIE_DATA', './data', 'the data folder: database, logs'],
  ['OFFICE_PORT', '4300', 'port of the office site'],
  ['PUBLIC_PORT', '4301', 'port of the public site'],
  ['OFFICE_URL', 'http://localhost:OFFICE_PORT', 'address under which staff open the office; https except on localhost'],
  ['PUBLIC_URL', 'http://localhost:PUBLIC_PORT', 'address under which the public site is opened; https except on localhost and .onion'],
  ['HOST', '127.0.0.1', 'address to listen on'],
  ['TRUST_PROXY', 'no', 'whom to believe about the client: no, the number of proxies in front, or their addresses (comma-separated)'],
  ['DATABASE_URL', '(embedded)', 'an external PostgreSQL 15 or newer, as a user that may create roles; without it our own is started'],
  ['DOVERIE_KEY_FILE', '(demonstration: in the data folder)', 'file with the install secret; in production never inside the data folder'],
  ['DOVERIE_CONTENT', './content', 'the folder with lessons and stories, for teachers who edit them'],
  ['LOG_LEVEL', 'info', 'fatal, error, warn, info, debug or silent'],
  ['MAIL_URL', '(none)', 'smtp:// or smtps:// address of the mail server for notices to staff'],
  ['MAIL_FROM', '(none)', 'sender of these notices'],
  ['PAGE_URL', '(none)', 'http(s) address of a service that passes a page on to a phone (POST of template, language and number)'],
  ['TELEGRAM_TOKEN', '(none)', 'token of the Telegram bot; without it there is none'],
  ['TELEGRAM_API', 'https://api.telegram.org', 'address of the Bot API'],
  ['VK_TOKEN', '(none)', 'access token of the VK community (messages); without it there is none'],
  ['VK_GROUP', '(none)', 'number of the VK community; needed with VK_TOKEN'],
  ['VK_SECRET', '(none)', 'secret key of the VK callback API; with VK_CONFIRMATION VK calls us, without we ask'],
  ['VK_CONFIRMATION', '(none)', 'the string that VK wants to hear from the callback address'],
  ['VK_API', 'https://api.vk.com', 'address of the VK API'],
  ['MESSENGER_URL', '(none)', 'https address under which messengers may call us; without it Telegram is asked by long polling'],
  ['MESSENGER_PORT', '4302', 'port for these calls'],
] as const

const local = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
const port = (fallback: number) =>
  z.coerce
    .number({ error: 'a port is 1–65535' })
    .int('a port is 1–65535')
    .min(1, 'a port is 1–65535')
    .max(65535, 'a port is 1–65535')
    .default(fallback)
const site = (onion: boolean) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .refine(u => URL.canParse(u) && new URL(u).pathname === '/' && !new URL(u).search, 'must be an address without path')
    .refine(u => {
      if (!URL.canParse(u)) return false
      const { protocol, hostname } = new URL(u)
      return protocol === 'https:' || local(hostname) || (onion && hostname.endsWith('.onion'))
    }, 'must be https except on localhost: browsers keep passkeys and our cookies from anything else')
    .transform(u => new URL(u).origin)
    .optional()
/** A service of somebody else; http only for a stand-in on this machine. */
const service = (fallback: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .refine(u => URL.canParse(u) && (new URL(u).protocol === 'https:' || local(new URL(u).hostname)), 'must be https except on localhost')
    .transform(u => new URL(u).origin)
    .default(fallback)
const proxies = z
  .string()
  .default('no')
  .transform((value, ctx): boolean | number | readonly string[] => {
    if (/^(no|false|0)$/i.test(value)) return false
    if (/^\d+$/.test(value)) return Number(value)
    const list = value.split(',').map(s => s.trim())
    if (list.every(s => /^[0-9a-f.:]+(\/\d+)?$/i.test(s))) return list
    ctx.addIssue({ code: 'custom', message: 'must be no, a number of proxies, or addresses such as 10.0.0.1,10.1.0.0/16' })
    return z.NEVER
  })

const environment = z.object({
  DOVERIE_DATA: z.string().default('./data'),
  OFFICE_PORT: port(4300),
  PUBLIC_PORT: port(4301),
  OFFICE_URL: site(false),
  PUBLIC_URL: site(true),
  HOST: z
    .string()
    .regex(/^[0-9a-z.:-]+$/i, 'must be an address to listen on, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  TRUST_PROXY: proxies,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  DOVERIE_KEY_FILE: z.string().optional(),
  DOVERIE_CONTENT: z.string().optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'must be fatal, error, warn, info, debug or silent' })
    .default('info'),
  MAIL_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z.email({ error: 'must be an e-mail address' }).optional(),
  PAGE_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d{3,20}:[\w-]{10,100}$/, 'must be the token that BotFather gave')
    .optional(),
  TELEGRAM_API: service('https://api.telegram.org'),
  VK_TOKEN: z.string().min(8, 'must be the access token of the community').optional(),
  VK_GROUP: z.coerce
    .number({ error: 'must be the number of the community' })
    .int()
    .positive('must be the number of the community')
    .optional(),
  VK_SECRET: z.string().min(8, 'must have 8 characters or more').optional(),
  VK_CONFIRMATION: z.string().min(4, 'must be the string that VK shows').optional(),
  VK_API: service('https://api.vk.com'),
  MESSENGER_URL: site(false),
  MESSENGER_PORT: port(4302),
})

export interface Config {
  /** As asked for; launch.folder.ts decides where the data really lies. */
  readonly dataFolder: string
  readonly office: { readonly port: number; readonly url: string }
  readonly public: { readonly port: number; readonly url: string }
  readonly host: string
  readonly trustProxy: boolean | number | readonly string[]
  readonly databaseUrl: string | null
  readonly keyFile: string | null
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  readonly mail: { readonly url: string; readonly from: string } | null
  readonly pageUrl: string | null
  /** Undefined parts are switched off; null: no messenger at all. */
  readonly messenger: {
    readonly url: string | null
    readonly port: number
    readonly telegram: { readonly token: string; readonly api: string } | null
    readonly vk: {
      readonly token: string
      readonly group: number
      readonly api: string
      readonly secret: string | undefined
      readonly confirmation: string | undefined
    } | null
  } | null
}

/** A mistake of whoever runs the installation: shown as it stands, without a stack. */
export const plainError = (message: string): Error => Object.assign(new Error(message), { plain: true })
export const isPlain = (e: unknown): e is Error => e instanceof Error && (e as { plain?: boolean }).plain === true

/** Validates the environment; throws a plain error that names every setting that is wrong. Values are not repeated: they may hold passwords. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(settings.map(([name]) => [name, env[name]?.trim()]).filter(([, v]) => v))
  const parsed = environment.safeParse(given)
  const problems = parsed.success ? [] : parsed.error.issues.map(i => `${String(i.path[0])}: ${i.message}`)
  if (parsed.success && parsed.data.OFFICE_PORT === parsed.data.PUBLIC_PORT) problems.push('PUBLIC_PORT: must differ from OFFICE_PORT')
  if (parsed.success && Boolean(parsed.data.MAIL_URL) !== Boolean(parsed.data.MAIL_FROM))
    problems.push('MAIL_URL and MAIL_FROM: set both or neither')
  if (
    parsed.success &&
    (parsed.data.TELEGRAM_TOKEN || parsed.data.VK_TOKEN) &&
    [parsed.data.OFFICE_PORT, parsed.data.PUBLIC_PORT].includes(parsed.data.MESSENGER_PORT)
  )
    problems.push('MESSENGER_PORT: must differ from the ports of the sites')
  if (parsed.success && Boolean(parsed.data.VK_TOKEN) !== Boolean(parsed.data.VK_GROUP))
    problems.push('VK_GROUP: set it together with VK_TOKEN')
  if (parsed.success && Boolean(parsed.data.VK_SECRET) !== Boolean(parsed.data.VK_CONFIRMATION))
    problems.push('VK_CONFIRMATION: set it together with VK_SECRET')
  if (!parsed.success || problems.length) throw plainError(`These settings cannot be used:\n  ${problems.join('\n  ')}`)
  const e = parsed.data
  return {
    dataFolder: path.resolve(root, e.DOVERIE_DATA),
    office: { port: e.OFFICE_PORT, url: e.OFFICE_URL ?? `http://localhost:${e.OFFICE_PORT}` },
    public: { port: e.PUBLIC_PORT, url: e.PUBLIC_URL ?? `http://localhost:${e.PUBLIC_PORT}` },
    host: e.HOST,
    trustProxy: e.TRUST_PROXY,
    databaseUrl: e.DATABASE_URL ?? null,
    keyFile: e.DOVERIE_KEY_FILE ? path.resolve(root, e.DOVERIE_KEY_FILE) : null,
    logLevel: e.LOG_LEVEL,
    mail: e.MAIL_URL && e.MAIL_FROM ? { url: e.MAIL_URL, from: e.MAIL_FROM } : null,
    pageUrl: e.PAGE_URL ?? null,
    messenger:
      e.TELEGRAM_TOKEN || e.VK_TOKEN
        ? {
            url: e.MESSENGER_URL ?? null,
            port: e.MESSENGER_PORT,
            telegram: e.TELEGRAM_TOKEN ? { token: e.TELEGRAM_TOKEN, api: e.TELEGRAM_API } : null,
            vk:
              e.VK_TOKEN && e.VK_GROUP
                ? { token: e.VK_TOKEN, group: e.VK_GROUP, api: e.VK_API, secret: e.VK_SECRET, confirmation: e.VK_CONFIRMATION }
                : null,
          }
        : null,
  }
}
