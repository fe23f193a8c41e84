import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { fold } from '../src/person/rules.fold.ts'
import { romanise } from '../src/person/rules.names.romanise.ts'
import { systems } from '../src/person/schema.names.systems.ts'
import type { Row } from './names.register.ts'

/* The comparison: trigrams of PostgreSQL on names in plain Latin letters, as a register that stores them readably would be searched. */

/** Where a PostgreSQL with the pg_trgm extension is installed, if anywhere. */
const installed = (): string | undefined => {
  const root = '/usr/lib/postgresql'
  if (!fs.existsSync(root)) return undefined
  return fs
    .readdirSync(root)
    .sort()
    .reverse()
    .find(v => fs.existsSync(`/usr/share/postgresql/${v}/extension/pg_trgm.control`) && fs.existsSync(`${root}/${v}/bin/initdb`))
}
const letters = systems.find(s => s.id === 'tg2015')!
/** Any script in ASCII: by the plainest table, then without diacritics. */
export const ascii = (text: string): string => {
  const latin = romanise(
    text
      .replace(/[ёЁ]/g, 'е')
      .replace(/[ңҢ]/g, 'н')
      .replace(/[өӨ]/g, 'о')
      .replace(/[үҮўЎ]/g, 'у'),
    letters,
  )
  const plain = latin
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
  return plain === '' ? fold(text) : plain
}

/** Runs `ask` with a search by pg_trgm over these rows; undefined, with a word why, where that is not possible. */
export const withTrigrams = async <T>(
  rows: readonly Row[],
  say: (line: string) => void,
  ask: (search: (query: string) => Promise<string[]>) => Promise<T>,
): Promise<T | undefined> => {
  const version = installed()
  if (version === undefined) {
    say('  pg_trgm: no PostgreSQL with contrib on this machine; not compared')
    return undefined
  }
  const bin = `/usr/lib/postgresql/${version}/bin`
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'names-pg-'))
  // PostgreSQL refuses to run as root; `nobody` runs it then.
  const root = process.getuid?.() === 0
  const as = root ? { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) } : {}
  if (as.uid !== undefined) fs.chownSync(folder, as.uid, as.gid)
  const data = path.join(folder, 'data')
  let server: ReturnType<typeof spawn> | undefined
  try {
    execFileSync(`${bin}/initdb`, ['-D', data, '-U', 'bench', '-A', 'trust', '--locale=C', '-E', 'UTF8', '-N'], { ...as, stdio: 'ignore' })
    server = spawn(
      `${bin}/postgres`,
      ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'shared_buffers=256MB', '-c', 'fsync=off', '-c', 'jit=off'],
      { ...as, stdio: 'ignore' },
    )
    const client = await connected(folder)
    await client.query('create extension pg_trgm')
    await client.query('create table person (id text primary key, latin text not null)')
    for (let at = 0; at < rows.length; at += 5000) {
      const part = rows.slice(at, at + 5000)
      await client.query('insert into person select * from unnest($1::text[], $2::text[])', [
        part.map(r => r.id),
        part.map(r => ascii(r.name)),
      ])
    }
    await client.query('create index on person using gin (latin gin_trgm_ops)')
    await client.query('vacuum analyze person')
    const text = 'select id from person where latin % $1 order by similarity(latin, $1) desc limit 10'
    const answer = await ask(async q =>
      (await client.query<{ id: string }>({ name: 'by_name', text, values: [ascii(q)] })).rows.map(r => r.id),
    )
    await client.end()
    return answer
  } catch (e) {
    say(`  pg_trgm: did not run (${e instanceof Error ? e.message : 'unknown'}); not compared`)
    return undefined
  } finally {
    if (server) {
      const ended = new Promise(done => server?.once('exit', done))
      server.kill('SIGINT')
      await ended
    }
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
const connected = async (folder: string): Promise<pg.Client> => {
  for (let i = 0; ; i += 1) {
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' })
    try {
      await client.connect()
      return client
    } catch (e) {
      if (i > 100) throw e
      await new Promise(r => setTimeout(r, 100))
    }
  }
}
