import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/* Data flows left to right, imports point left only; what a file may use follows from its name. Lists of offenders, so that a failure reads as a work list. */

const src = path.join(import.meta.dirname, '..')

/** Left to right, as in docs/flow.md. A folder imports from itself and from its left. */
const order = [
  'base',
  'platform',
  'access',
  'prevention',
  'contact',
  'messenger',
  'person',
  'case',
  'doors',
  'safe-contact',
  'emergency',
  'screening',
  'language',
  'mandatory-report',
  'plan',
  'night-card',
  'service',
  'follow-up',
  'closure',
  'network',
  'worklist',
  'statistics',
  'exchange',
  'retention',
  'demo',
  'browser',
]

type Role = 'pure' | 'screen' | 'store' | 'routes' | 'jobs' | 'platform' | 'island' | 'top'
/** npm packages and node: modules that a file of the role may import; null: anything in package.json. */
const allowed: Record<Role, readonly RegExp[] | null> = {
  pure: [/^zod$/, /^intl-messageformat$/, /^edtf$/],
  screen: [/^preact(\/hooks)?$/],
  store: [/^pg$/, /^node:(crypto|fs|path)$/, /^@simplewebauthn\/server$/],
  routes: [/^fastify$/, /^preact$/, /^zod$/],
  jobs: [/^pg$/, /^pg-boss$/, /^grammy$/, /^zod$/],
  platform: null,
  island: [
    /^preact(\/|$)/,
    /^govuk-frontend$/,
    /^@ministryofjustice\/frontend$/,
    /^@simplewebauthn\/browser$/,
    /^@noble\/(ciphers|curves)\//,
    /^hash-wasm$/,
  ],
  top: null,
}
/** Which roles a role may import. Islands run in a browser: a server file there would carry its secrets along. */
const sees: Record<Role, readonly Role[]> = {
  pure: ['pure'],
  screen: ['pure', 'screen'],
  store: ['pure', 'store', 'platform'],
  routes: ['pure', 'screen', 'store', 'routes', 'jobs', 'platform'],
  jobs: ['pure', 'store', 'jobs', 'platform'],
  platform: ['pure', 'screen', 'platform'],
  island: ['pure', 'screen', 'island'],
  top: ['pure', 'screen', 'store', 'routes', 'jobs', 'platform', 'top'],
}

interface Source {
  readonly name: string
  readonly folder: string
  readonly role: Role
  readonly text: string
  readonly imports: readonly string[]
}

const roleOf = (name: string): Role | undefined => {
  const [folder = '', ...rest] = name.split('/')
  const file = rest.join('/')
  if (!rest.length) return 'top'
  if (folder === 'browser') return 'island'
  if (folder === 'base') return file.startsWith('components/') ? 'screen' : file.includes('/') ? undefined : 'pure'
  if (/^(schema|rules|policy)(\.[a-z-]+)*\.ts$/.test(file)) return 'pure'
  if (/^screens(\.[a-z-]+)*\.tsx$/.test(file)) return 'screen'
  const server = /^(store|routes|jobs)(\.[a-z-]+)*\.tsx?$/.exec(file)?.[1] as 'store' | 'routes' | 'jobs' | undefined
  return folder === 'platform' && !file.includes('/') ? 'platform' : server
}

const importsOf = (text: string) =>
  [
    ...text.matchAll(
      /^\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
    ),
  ].map(m => m[1] ?? m[2] ?? m[3] ?? '')

const names = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map(n => n.replaceAll(path.sep, '/'))
  .filter(n => /\.tsx?$/.test(n) && !/[./](test|testing)\./.test(n) && !n.endsWith('.d.ts'))
  // Shows every component beside a form made from a schema; no page uses it.
  .filter(n => n !== 'base/components/gallery.tsx')
const roles = new Map(names.map(n => [n, roleOf(n)] as const))
const sources: Source[] = names.flatMap(name => {
  const role = roles.get(name)
  const text = readFileSync(path.join(src, name), 'utf8')
  return role ? [{ name, folder: name.split('/')[0] ?? '', role, text, imports: importsOf(text) }] : []
})
const inTree = sources.filter(s => s.role !== 'top')
const targetOf = (s: Source, reference: string) => path.posix.normalize(path.posix.join(path.posix.dirname(s.name), reference))

describe('the flow of the tree', () => {
  test('every file has a name that says what it is, in a folder that the map knows', () => {
    expect(names.filter(n => roles.get(n) === undefined)).toEqual([])
    expect([...new Set(inTree.map(s => s.folder))].filter(f => !order.includes(f))).toEqual([])
  })

  test('imports point left', () => {
    const right = inTree.flatMap(s =>
      s.imports
        .filter(i => i.startsWith('.'))
        .map(i => targetOf(s, i).split('/')[0] ?? '')
        .filter(folder => order.indexOf(folder) > order.indexOf(s.folder) || !order.includes(folder))
        .map(folder => `${s.name} -> ${folder}`),
    )
    expect(right).toEqual([])
  })

  test('a file imports only what its role may see', () => {
    const wrong = sources.flatMap(s =>
      s.imports
        .filter(i => i.startsWith('.') && /\.tsx?$/.test(i))
        .map(i => targetOf(s, i))
        .filter(target => !sees[s.role].includes(roles.get(target) as Role))
        .map(target => `${s.name} (${s.role}) -> ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('a file imports only the packages of its role', () => {
    const wrong = inTree.flatMap(s => {
      const list = allowed[s.role]
      return list ? s.imports.filter(i => !i.startsWith('.') && !list.some(r => r.test(i))).map(i => `${s.name} (${s.role}) -> ${i}`) : []
    })
    expect(wrong).toEqual([])
  })

  test('relative imports carry their ending', () => {
    expect(
      sources.flatMap(s => s.imports.filter(i => i.startsWith('.') && !/\.(tsx?|json)$/.test(i)).map(i => `${s.name} -> ${i}`)),
    ).toEqual([])
  })

  test('no clock and no randomness in pure files and screens: they are told the time', () => {
    const words =
      /\bDate\.now\b|\bnew Date\(\s*\)|(?<![\w.])Date\(\)|\bMath\.random\b|\brandomUUID\b|\bcrypto\b|\bperformance\b|\bprocess\.|\bfetch\(/
    const wrong = inTree
      .filter(s => s.role === 'pure' || s.role === 'screen')
      .flatMap(s =>
        s.text
          .split('\n')
          .map((line, i) => ({ line: line.replace(/\/\/.*$|\/?\*.*$/, ''), at: `${s.name}:${i + 1}` }))
          .filter(({ line }) => words.test(line.replace(/'[^']*'|`[^`]*`/g, "''")))
          .map(({ line, at }) => `${at}: ${line.trim()}`),
      )
    expect(wrong).toEqual([])
  })
})
