import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filled, formsIn } from '../src/main.forms.testing.ts'
import { root } from '../src/platform/config.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { readFixtures, versionsIn } from '../src/versions.testing.ts'
import { botDoor, doorWords, tellAtTheDoors } from './doors.testing.ts'
import { caller } from './house.testing.ts'
import { inBytes, inFiles, inTables, needlesFor, ownerOf } from './scan.testing.ts'
import { tellStory } from './story.testing.ts'

/* Words typed into every free field of a whole story are found nowhere in the clear: no table, no file of the database, no log, no temporary file, no backup. */

const words = ['КанарейкаЖщ', 'Kanareyka5f1e', '9005557319'] as const
const typed = `${words[0]} ${words[1]} +7${words[2]}`
/** A name for a session may not be one of the child's own, and the child's word for its page is its own too. */
const alias = 'РучеёкЩж4'
const needles = needlesFor([...words, alias])
/** What came in by the doors of the public site and the messenger was read where it may be read. */
let read: Readonly<Record<string, boolean>>

let house: RunningInstallation
let temporary: string
let owner: ReturnType<typeof ownerOf>
let door: Awaited<ReturnType<typeof botDoor>>
beforeAll(async () => {
  temporary = mkdtempSync(path.join(os.tmpdir(), 'dv-canary-'))
  chmodSync(temporary, 0o711)
  door = await botDoor()
  house = await startInstallation({ env: { TMPDIR: temporary, ...door.env } })
  owner = ownerOf(house)
  const names = new Set<string>()
  const story = await tellStory(house, f => {
    names.add(f.name.replace(/\d+/g, '0'))
    return f.name === 'childAlias' ? alias : f.name === 'word' ? typed.slice(0, 50) : typed
  })
  expect(names.size).toBeGreaterThan(60)
  const { people } = story
  // The review of an emergency opening.
  const reviews = await people.supervisor!.get('/ru/emergency/reviews')
  for (const f of formsIn(reviews.body).filter(f => f.action.includes('/review')))
    await people.supervisor!.post(
      f.action,
      filled(f, () => typed),
    )
  const worker = people['case worker']!
  const told = await tellAtTheDoors(house, door, {
    duty: people['duty specialist']!,
    worker,
    caseId: story.caseId,
    personId: story.personId,
  })
  needles.push(...told.needles)
  read = told.read
  // A form sent while the session is locked is kept sealed.
  const note = await worker.form(`/ru/cases/${story.caseId}/notes/new`)
  await worker.post('/ru/lock', {})
  const held = await worker.post(
    note.action,
    filled(note, () => typed),
  )
  expect([200, 303, 423]).toContain(held.status)
  // What may be typed into the wrong place.
  const stranger = caller(house.office)
  await stranger.post('/ru/sign-in', { login: typed, password: typed, code: words[2], next: '/' })
  await stranger.get(`/ru/${encodeURIComponent(words[0])}?q=${words[1]}`)
  await caller(house.public).post('/ru/back', { words: typed })
  await caller(house.public).get(`/ru/${encodeURIComponent(words[0])}?q=${words[1]}`)
  // One thing after the other must be under a signed head, so that heads.log has lines.
  await new Promise(r => setTimeout(r, 2_500))
})
afterAll(async () => {
  await owner?.pool.end()
  await house?.stop()
  await door?.stub.close()
  house?.remove()
  rmSync(temporary, { recursive: true, force: true })
})

test('what was typed is there for those who may read it', async () => {
  const { rows } = await owner.pool.query<{ sealed: string; messages: string; held: string }>(
    'select (select count(*) from app.sealed) as sealed, (select count(*) from app.message) as messages, (select count(*) from app.held_form) as held',
  )
  expect(Number(rows[0]?.sealed)).toBeGreaterThan(10)
  expect(Number(rows[0]?.messages)).toBeGreaterThan(3)
  expect(Number(rows[0]?.held)).toBe(1)
  const parts = await owner.pool.query<{ compartment: number }>('select distinct compartment from app.journal_part order by 1')
  expect(parts.rows.map(r => r.compartment)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('control: what was typed at each door was read where it may be read', () => {
  expect(Object.entries(read).filter(([, yes]) => !yes)).toEqual([])
  expect(Object.keys(read).sort()).toEqual([...Object.keys(doorWords), 'picture'].sort())
})

test('no table holds a word of it', async () => {
  const { hits, tables, rows } = await inTables(owner.pool, needles)
  console.log(
    `canary: ${needles.length} forms of ${words.length + 1 + Object.keys(doorWords).length} words and a photograph looked for in ${rows} rows of ${tables} tables`,
  )
  expect(hits).toEqual([])
  expect(tables).toBeGreaterThan(50)
})

test('no file of the data folder, the write-ahead log included, and no temporary file holds a word of it', async () => {
  await owner.pool.query('checkpoint')
  const data = inFiles(house.folder, needles)
  const temp = inFiles(temporary, needles)
  console.log(`canary: ${data.files} files, ${Math.round(data.bytes / 1e6)} MB in the data folder; ${temp.files} temporary files`)
  expect([...data.hits, ...temp.hits]).toEqual([])
  expect(data.bytes).toBeGreaterThan(10_000_000)
})

test('whatever the story sealed has a committed fixture of its version', async () => {
  const fixtures = new Set(Object.entries(readFixtures()).flatMap(([kind, versions]) => Object.keys(versions).map(v => `${kind}/${v}`)))
  const { found, unknown } = await versionsIn(owner.pool)
  console.log(`versions: ${found.size} kinds of sealed values met of ${fixtures.size} with a fixture`)
  expect(unknown).toEqual([])
  expect([...found].filter(f => !fixtures.has(f))).toEqual([])
  expect(found.size).toBeGreaterThan(40)
})

test('nothing that was printed holds a word of it', () => {
  expect(inBytes('output', Buffer.from(house.output()), needles)).toEqual([])
  expect(house.output()).toContain('Office: ')
})

test('a backup holds no word of it', async () => {
  const to = path.join(temporary, 'backup')
  const env = { ...process.env, DOVERIE_DATA: house.folder, TMPDIR: temporary, VITEST: undefined, NODE_ENV: undefined }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['build/cli.js', 'backup', '--to', to], { cwd: root, env })
  const found = inFiles(to, needles)
  expect(found.hits).toEqual([])
  expect(found.bytes).toBeGreaterThan(10_000)
  expect(inBytes('backup output', Buffer.from(stdout + stderr), needles)).toEqual([])
})

test('control: the same search finds a word that was planted', async () => {
  const planted = needlesFor(['Подсадная7', 'Planted7word'])
  await owner.pool.query('create table app.canary_control (t text, b bytea, j jsonb)')
  await owner.pool.query('insert into app.canary_control values ($1, $2, null), (null, null, $3)', [
    'начало Подсадная7 конец',
    Buffer.from('\u0001Planted7word\u0002'),
    { k: 'Planted7word' },
  ])
  writeFileSync(path.join(temporary, 'control'), Buffer.from(`xx${Buffer.from('__Подсадная7__').toString('base64')}xx`))
  const tables = (await inTables(owner.pool, planted)).hits.filter(h => h.startsWith('app.canary_control'))
  expect(tables).toContain('app.canary_control: Подсадная7 as typed')
  expect(tables).toContain('app.canary_control (bytes): Planted7word as typed')
  expect(tables).toContain('app.canary_control: Planted7word as typed')
  await owner.pool.query('checkpoint')
  const files = inFiles(house.folder, planted).hits
  expect(files.some(h => h.includes('/base/'))).toBe(true)
  expect(files.some(h => h.includes('/pg_wal/'))).toBe(true)
  expect(inFiles(temporary, planted).hits).not.toEqual([])
  await owner.pool.query('drop table app.canary_control')
})
