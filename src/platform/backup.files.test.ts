import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFiles, copyFiles, restoreFiles, verifyFiles } from './backup.files.ts'
import { checkBackup, loadBackup, writeBackup } from './backup.ts'
import { random } from './crypto.ts'
import { fileAt, readStoredFile, removeStoredFile, type StoredFile, storeFile } from './files.ts'
import { joinKit, makeKit } from './kit.ts'
import { newId } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

let s: Scratch
let kit: Awaited<ReturnType<typeof makeKit>>
const folder = mkdtempSync(path.join(tmpdir(), 'dv-backup-files-'))
const [live, backups] = [path.join(folder, 'live'), path.join(folder, 'backups')]
const [person, team, agency] = [newId(), newId(), newId()]
const plain = Buffer.from('свидетельство-канарейка о рождении')
const kept: { id: string; stored: StoredFile }[] = []

const add = async () => {
  const id = newId()
  const stored = await storeFile(id, plain, live)
  await s.owner.query(
    "insert into app.stored_file (id, record, home_group, what, bytes, digest, sealed) values ($1, $2, $3, 'paper', $4, $5, $6)",
    [id, person, team, stored.bytes, stored.digest, random(80)],
  )
  await s.owner.query('insert into app.file_key (id, record, home_group, sealed) values ($1, $2, $3, $4)', [id, person, team, random(80)])
  kept.push({ id, stored })
  return id
}
const backup = (now = new Date()) =>
  writeBackup({ connection: s.connection('backup_ro'), installSecret: random(32), folder: backups, filesFolder: live, version: '0', now })
const joined = async () => {
  const k = await joinKit([kit.shares[0]!.text, kit.shares[1]!.text], kit.recoveryPublic)
  if (!k.ok) throw new Error(k.error)
  return k
}

beforeAll(async () => {
  s = await scratch()
  kit = await makeKit(3, 2)
  await s.owner.query('insert into app.installation (demo, recovery_public, audit_public, created_day) values (false, $1, $2, now())', [
    kit.recoveryPublic,
    random(32),
  ])
  await s.owner.query("insert into app.agency (id, profile, size, session_hours) values ($1, $2, 'small', 12)", [agency, random(4)])
  await s.owner.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, false, $3)', [team, agency, random(4)])
  await s.owner.query('insert into app.person (id, home_group) values ($1, $2)', [person, team])
  await s.owner.query("insert into app.record_head (record, kind, home_group, seq, hash) values ($1, 'person', $2, 0, '')", [person, team])
  for (let i = 0; i < 3; i++) await add()
}, 60_000)
afterAll(async () => {
  await s.end()
  rmSync(folder, { recursive: true, force: true })
})

test('the keys of files stand with the keys; a backup and the kit bring every paper back, readable', async () => {
  const made = await backup()
  const pair = await joined()
  const [content, keys] = [await checkBackup(made.content, pair), await checkBackup(made.keys, pair)]
  expect([content.tables.stored_file?.rows, content.tables.file_key, keys.tables.file_key?.rows]).toEqual([3, undefined, 3])
  expect(made.files).toEqual({ copied: 3, missing: [] })
  expect(await checkFiles(content.files ?? [], path.join(backups, 'files'))).toEqual([])
  for (const { id } of kept) expect(readFileSync(fileAt(path.join(backups, 'files'), id)).includes('канарейка')).toBe(false)
  // Nothing new is copied twice.
  expect((await backup(new Date(Date.now() + 1000))).files.copied).toBe(0)
  const bare = await scratch()
  try {
    const back = path.join(folder, 'back')
    expect(await restoreFiles(content.files ?? [], path.join(backups, 'files'), back)).toBe(3)
    await loadBackup({ connection: bare.connection('postgres'), content: made.content, keys: made.keys, kit: pair })
    expect(await verifyFiles(bare.connection('backup_ro'), back)).toEqual([])
    for (const { id, stored } of kept) expect((await readStoredFile(id, stored.key, back)).equals(plain)).toBe(true)
  } finally {
    await bare.end()
  }
}, 60_000)

test('verify names what is missing and what was changed; a backup says so and keeps its own whole copy', async () => {
  const [gone, spoilt] = [kept[0]!.id, kept[1]!.id]
  const whole = readFileSync(fileAt(live, spoilt))
  const other = Buffer.from(whole)
  other[40]! ^= 1
  writeFileSync(fileAt(live, spoilt), other)
  await removeStoredFile(gone, live)
  const findings = await verifyFiles(s.connection('backup_ro'), live)
  expect(findings.toSorted((x, y) => x.code.localeCompare(y.code))).toEqual([
    { code: 'file_changed', at: spoilt },
    { code: 'file_missing', at: gone },
  ])
  const fresh = await copyFiles(
    kept.map(k => [k.id, k.stored.bytes, k.stored.digest.toString('hex')]),
    live,
    path.join(folder, 'other'),
    new Date(),
  )
  expect([fresh.copied, [...fresh.missing].sort()]).toEqual([1, [gone, spoilt].sort()])
  await backup(new Date(Date.now() + 2000))
  const lines = kept.map(k => [k.id, k.stored.bytes, k.stored.digest.toString('hex')] as const)
  expect(await checkFiles(lines, path.join(backups, 'files'))).toEqual([])
  // From there they come back.
  await restoreFiles(lines, path.join(backups, 'files'), live)
  expect(await verifyFiles(s.connection('backup_ro'), live)).toEqual([])
})

test('a file that was removed leaves the backups when the keys of its time have gone', async () => {
  const id = kept[2]!.id
  await s.owner.query('delete from app.file_key where id = $1', [id])
  await s.owner.query('delete from app.stored_file where id = $1', [id])
  const copy = fileAt(path.join(backups, 'files'), id)
  await backup(new Date(Date.now() + 3000))
  expect(existsSync(copy)).toBe(true)
  const old = new Date(Date.now() - 31 * 86_400_000)
  utimesSync(copy, old, old)
  await backup(new Date(Date.now() + 4000))
  expect(existsSync(copy)).toBe(false)
})
