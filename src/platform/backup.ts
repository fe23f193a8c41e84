import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Frame, jsonFrame, readBackupFile, writeBackupFile } from './backup.file.ts'
import { copyFiles, type FileLine, fileLines } from './backup.files.ts'
import { type BoxPair, SealError } from './crypto.ts'
import { filesFolderName } from './files.ts'
import { kitFingerprint } from './kit.ts'

/** Tables that a backup leaves out: sessions carry people's unlocked keys. */
const never = new Set(['session', 'held_form'])
/** The wraps stand in a stream of their own that is kept 30 days: an erased record must not live on in an old backup. */
const keyTables = new Set([
  'key_wrap',
  'team_key_wrap',
  'recovery_epoch',
  'break_glass_key',
  'break_glass_team_key',
  'file_key',
  'contact_file_key',
  'register_key',
  'prekey',
  'match_key',
  'match_key_wrap',
  // With the keys, of which the newest opens every older content: what was taken away since then is taken away again.
  'tombstone',
])

export interface Manifest {
  readonly madeAt: string
  readonly migrations: readonly string[]
  readonly demo: boolean
  readonly head: { readonly n: string; readonly root: string } | null
  /** Sealed files, which lie in a folder beside the backup; absent in backups of the time before there were any. */
  readonly files?: readonly FileLine[]
  readonly tables: Readonly<Record<string, { rows: number; sha256: string }>>
}

const tablesOf = async (db: pg.Client): Promise<{ table: string; columns: string[] }[]> =>
  (
    await db.query<{ table: string; columns: string[] }>(
      `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' group by 1 order by 1`,
    )
  ).rows.filter(t => !never.has(t.table))

const quoted = (names: readonly string[]) => names.map(n => `"${n}"`).join(', ')

async function* framesOf(
  db: pg.Client,
  tables: readonly { table: string; columns: string[] }[],
  about: Omit<Manifest, 'tables'>,
): AsyncGenerator<Frame> {
  const counts: Record<string, { rows: number; sha256: string }> = {}
  for (const t of tables) {
    yield jsonFrame('T', t)
    const hash = createHash('sha256')
    const stream = db.query(copyTo(`copy (select ${quoted(t.columns)} from app."${t.table}") to stdout`))
    for await (const piece of stream) {
      hash.update(piece as Buffer)
      yield { type: 'D', bytes: piece as Buffer }
    }
    counts[t.table] = { rows: stream.rowCount, sha256: hash.digest('hex') }
    yield jsonFrame('E', { table: t.table, ...counts[t.table] })
  }
  yield jsonFrame('M', { ...about, tables: counts } satisfies Manifest)
}

/**
 * Writes the two files of a backup into `folder` from one snapshot, and copies the sealed files of `filesFolder` into `files/` beside them, as role backup_ro (ciphertext only). Key streams older than 30 days are removed;
 * returns the paths, and the content files in the folder that no key stream opens any more.
 */
export const writeBackup = async (o: {
  connection: pg.ClientConfig
  installSecret: Buffer
  folder: string
  /** Where sealed files lie. */
  filesFolder: string
  version: string
  now: Date
}): Promise<{
  content: string
  keys: string
  rows: number
  unreadable: string[]
  files: { copied: number; missing: readonly string[] }
}> => {
  await mkdir(o.folder, { recursive: true, mode: 0o700 })
  const db = new pg.Client(o.connection)
  await db.connect()
  try {
    await db.query('begin isolation level repeatable read read only')
    const {
      rows: [inst],
    } = await db.query<{ recovery_public: Buffer; demo: boolean }>('select recovery_public, demo from app.installation')
    if (!inst) throw new SealError('nothing_to_back_up')
    const { rows: migrations } = await db.query<{ name: string }>('select name from app_meta.migration order by name')
    const {
      rows: [head],
    } = await db.query<{ n: string; root: string }>(
      "select n::text, encode(root, 'hex') as root from app.tree_head h order by h.n desc limit 1",
    )
    const files = await fileLines(db)
    const about = { madeAt: o.now.toISOString(), migrations: migrations.map(m => m.name), demo: inst.demo, head: head ?? null }
    const tables = await tablesOf(db)
    const stamp = about.madeAt.slice(0, 19).replace(/[-:]/g, '')
    const header = { madeAt: about.madeAt, version: o.version, kit: kitFingerprint(inst.recovery_public) }
    const content = path.join(o.folder, `doverie-${stamp}-content.dvb`)
    const keys = path.join(o.folder, `doverie-${stamp}-keys.dvb`)
    await writeBackupFile(
      content,
      { kind: 'content', ...header },
      inst.recovery_public,
      o.installSecret,
      framesOf(
        db,
        tables.filter(t => !keyTables.has(t.table)),
        { ...about, files },
      ),
    )
    await writeBackupFile(
      keys,
      { kind: 'keys', ...header },
      inst.recovery_public,
      o.installSecret,
      framesOf(
        db,
        tables.filter(t => keyTables.has(t.table)),
        about,
      ),
    )
    await db.query('commit')
    const copies = await copyFiles(files, o.filesFolder, path.join(o.folder, filesFolderName), o.now)
    return { content, keys, files: copies, ...(await tidy(o.folder, o.now)) }
  } finally {
    await db.end()
  }
}

const monthMs = 30 * 86_400_000
const tidy = async (folder: string, now: Date): Promise<{ rows: number; unreadable: string[] }> => {
  const names = await readdir(folder)
  const ages = await Promise.all(
    names.filter(n => n.endsWith('-keys.dvb')).map(async n => ({ n, at: (await stat(path.join(folder, n))).mtimeMs })),
  )
  for (const k of ages) if (now.getTime() - k.at > monthMs) await rm(path.join(folder, k.n))
  const fresh = ages.some(k => now.getTime() - k.at <= monthMs)
  return { rows: 0, unreadable: fresh ? [] : names.filter(n => n.endsWith('-content.dvb')) }
}

/** Reads a file to its end and checks every chunk, count and hash; nothing is written. Returns its manifest. */
export const checkBackup = async (file: string, kit: BoxPair): Promise<Manifest> => {
  let manifest: Manifest | undefined
  let hash = createHash('sha256')
  const seen: Record<string, string> = {}
  await readBackupFile(file, kit, async f => {
    if (f.type === 'T') hash = createHash('sha256')
    else if (f.type === 'D') hash.update(f.bytes)
    else if (f.type === 'E') seen[(JSON.parse(f.bytes.toString('utf8')) as { table: string }).table] = hash.digest('hex')
    else manifest = JSON.parse(f.bytes.toString('utf8')) as Manifest
  })
  if (!manifest) throw new SealError('backup_cut')
  for (const [table, t] of Object.entries(manifest.tables)) if (seen[table] !== t.sha256) throw new SealError('backup_altered')
  return manifest
}

/**
 * Loads a checked pair of files into an empty, migrated database, all or nothing. `connection` must be a superuser: COPY FROM does not work under row-level security.
 * Throws SealError('database_not_empty' | 'migrations_differ').
 */
export const loadBackup = async (o: { connection: pg.ClientConfig; content: string; keys: string; kit: BoxPair }): Promise<Manifest> => {
  const manifests = [await checkBackup(o.content, o.kit), await checkBackup(o.keys, o.kit)]
  const db = new pg.Client(o.connection)
  await db.connect()
  try {
    const { rows } = await db.query<{ name: string }>('select name from app_meta.migration')
    const here = new Set(rows.map(r => r.name))
    if (manifests[0]!.migrations.some(m => !here.has(m))) throw new SealError('migrations_differ')
    if ((await db.query('select from app.installation')).rowCount) throw new SealError('database_not_empty')
    await db.query('begin')
    await db.query("set local session_replication_role = 'replica'")
    // Rows that a migration itself put there come again from the backup.
    for (const m of manifests) for (const table of Object.keys(m.tables)) await db.query(`delete from app."${table}"`)
    for (const file of [o.content, o.keys]) {
      let sink: NodeJS.WritableStream | undefined
      await readBackupFile(file, o.kit, async f => {
        if (f.type === 'T') {
          const t = JSON.parse(f.bytes.toString('utf8')) as { table: string; columns: string[] }
          if (!/^[a-z_]+$/.test(t.table) || !t.columns.every(c => /^[a-z_0-9]+$/.test(c))) throw new SealError('backup_malformed')
          sink = db.query(copyFrom(`copy app."${t.table}" (${quoted(t.columns)}) from stdin`))
        } else if (f.type === 'D') {
          if (!sink!.write(f.bytes)) await new Promise<void>(r => sink!.once('drain', () => r()))
        } else if (f.type === 'E') {
          const s = sink!
          await new Promise<void>((done, fail) => {
            s.once('finish', () => done())
            s.once('error', fail)
            s.end()
          })
        }
      })
    }
    await db.query('select app.replay_tombstones()')
    await db.query('commit')
    return manifests[0]!
  } catch (e) {
    await db.query('rollback').catch(() => undefined)
    throw e
  } finally {
    await db.end()
  }
}
