import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import { readKeyFile, socketFolder } from '../src/platform/launch.folder.ts'
import { passwordOf, type Subkeys, subkeys } from '../src/platform/subkeys.ts'

/* Looking for words where none may be. */

/** The database of a running demonstration as its superuser. */
export const ownerOf = (house: Pick<RunningInstallation, 'folder'>): { readonly pool: pg.Pool; readonly keys: Subkeys } => {
  const keys = subkeys(readKeyFile(path.join(house.folder, 'install.key')))
  const pool = new pg.Pool({
    host: socketFolder(house.folder),
    port: 5432,
    database: 'doverie',
    user: 'postgres',
    password: passwordOf(keys, 'superuser'),
    max: 4,
  })
  pool.on('error', () => undefined)
  return { pool, keys }
}

export interface Needle {
  readonly what: string
  readonly bytes: Buffer
}

/** A word in every form in which it could lie about: as typed, folded, UTF-16, escaped, hexadecimal, base64. */
export const needlesFor = (words: readonly string[]): Needle[] =>
  words.flatMap(word => {
    const utf8 = Buffer.from(word)
    // Base64 of a piece inside a longer text: by where the word begins in a group of three.
    const base64 = [0, 1, 2].map(skip =>
      utf8
        .subarray((3 - skip) % 3, utf8.length)
        .toString('base64')
        .replace(/=+$/, '')
        .slice(0, -2),
    )
    const escaped = JSON.stringify(word)
      .slice(1, -1)
      .replace(/[^\0-\x7f]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    const forms: readonly (readonly [string, Buffer | string])[] = [
      ['as typed', utf8],
      ['lower case', word.toLowerCase()],
      ['upper case', word.toUpperCase()],
      ['UTF-16', Buffer.from(word, 'utf16le')],
      ['escaped', escaped],
      ['percent', encodeURIComponent(word)],
      ['hexadecimal', utf8.toString('hex')],
      ...base64
        .filter(b => b.length >= 10)
        .flatMap(b => [['base64', b] as const, ['base64url', b.replaceAll('+', '-').replaceAll('/', '_')] as const]),
    ]
    const seen = new Set<string>()
    return forms.flatMap(([form, bytes]) => {
      const buffer = Buffer.from(bytes as string)
      if (seen.has(buffer.toString('latin1'))) return []
      seen.add(buffer.toString('latin1'))
      return [{ what: `${word} ${form}`, bytes: buffer }]
    })
  })

/** Which needles lie in these bytes. */
export const inBytes = (where: string, bytes: Buffer, needles: readonly Needle[]): string[] =>
  needles.filter(n => bytes.includes(n.bytes)).map(n => `${where}: ${n.what}`)

const filesUnder = (at: string): string[] =>
  !existsSync(at)
    ? []
    : statSync(at).isFile()
      ? [at]
      : readdirSync(at, { recursive: true, withFileTypes: true })
          .filter(e => e.isFile())
          .map(e => path.join(e.parentPath, e.name))

/** Which needles lie in the files under a folder; files that end while we look are passed over. */
export const inFiles = (
  at: string,
  needles: readonly Needle[],
): { readonly hits: string[]; readonly files: number; readonly bytes: number } => {
  const hits: string[] = []
  let [files, bytes] = [0, 0]
  for (const file of filesUnder(at)) {
    try {
      const content = readFileSync(file)
      files += 1
      bytes += content.length
      hits.push(...inBytes(file, content, needles))
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e
    }
  }
  return { hits, files, bytes }
}

/** Which needles stand in any column of any table, as text or (in hexadecimal) as bytes. */
export const inTables = async (
  pool: pg.Pool,
  needles: readonly Needle[],
): Promise<{ readonly hits: string[]; readonly tables: number; readonly rows: number }> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm', 'p') and n.nspname not in ('information_schema', 'pg_toast') order by 1",
  )
  const hits: string[] = []
  let seen = 0
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select _r::text as row from ${name} as _r`)
    seen += rows.length
    for (const { row } of rows) {
      hits.push(...inBytes(name, Buffer.from(row), needles))
      // bytea is shown as \x…: what it holds is looked at as it is.
      for (const [, hex] of row.matchAll(/\\x([0-9a-f]{16,})/g))
        hits.push(...inBytes(`${name} (bytes)`, Buffer.from(hex ?? '', 'hex'), needles))
    }
  }
  return { hits: [...new Set(hits)], tables: tables.length, rows: seen }
}
