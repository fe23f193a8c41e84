import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import {
  chooseFolder,
  createKeyFile,
  findInstallation,
  keyFileFor,
  markInstallation,
  readInstallation,
  readKeyFile,
  requireDemoFlag,
  requireKind,
  socketFolder,
} from './launch.folder.ts'
import { openInstallation } from './launch.installation.ts'
import { roleConnection } from './launch.target.ts'

const top = mkdtempSync(path.join(tmpdir(), 'dvf-'))
chmodSync(top, 0o711)
afterAll(() => rmSync(top, { recursive: true, force: true }))
let n = 0
const fresh = () => {
  const folder = path.join(top, `f${++n}`)
  mkdirSync(folder)
  return folder
}

describe('the data folder', () => {
  it('is the one asked for, or another that is said and found again', () => {
    const wanted = path.join(top, 'wanted')
    expect(chooseFolder(wanted, () => undefined)).toBe(wanted)
    writeFileSync(path.join(top, 'file'), '')
    const said: string[] = []
    const elsewhere = () => chooseFolder(path.join(top, 'file/data'), l => void said.push(l))
    const first = elsewhere()
    try {
      expect(first).not.toContain(top)
      expect(elsewhere()).toBe(first)
      expect(said[0]).toContain('DOVERIE_DATA chooses another')
    } finally {
      rmSync(first, { recursive: true, force: true })
    }
  })
  it.each(['/proc/foo', '/proc/self/deep/er', '/sys/foo', '/dev/foo'])(
    '%s is left at once for another, and nothing is made there',
    wanted => {
      const begun = Date.now()
      const found = chooseFolder(wanted, () => undefined)
      try {
        expect(found.startsWith(`/${wanted.split('/')[1]}/`)).toBe(false)
        expect(Date.now() - begun).toBeLessThan(2_000)
        expect(existsSync(wanted)).toBe(false)
      } finally {
        rmSync(found, { recursive: true, force: true })
      }
    },
  )
  it('a mistyped path leaves nothing behind, and a missing --demo is said', async () => {
    const wanted = path.join(top, 'mistyped')
    const config = readConfig({ DOVERIE_DATA: wanted, DOVERIE_KEY_FILE: path.join(top, 'no.key') })
    await expect(openInstallation({ config, demo: false, when: 'existing', say: () => undefined })).rejects.toThrow('no installation')
    expect(existsSync(wanted)).toBe(false)
    const demo = fresh()
    markInstallation(demo, true, '2026-01-01')
    expect(findInstallation(demo)?.demo).toBe(true)
    expect(() => requireDemoFlag(demo, undefined)).toThrow('Add --demo')
    expect(() => requireDemoFlag(demo, true)).not.toThrow()
    expect(() => requireDemoFlag(wanted, undefined)).not.toThrow()
  })
  it('what it is, is decided once', () => {
    const folder = fresh()
    markInstallation(folder, true, '2026-01-01')
    expect(readInstallation(folder)).toMatchObject({ demo: true, createdOn: '2026-01-01' })
    expect(() => markInstallation(folder, false, '2026-01-02')).toThrow('never become a real installation')
    expect(() => requireKind(folder, false)).toThrow('never become a real installation')
    const real = fresh()
    markInstallation(real, false, '2026-01-01')
    expect(() => requireKind(real, true)).toThrow('never become a demonstration')
  })
  it('a database without its mark is somebody’s data, and a damaged mark is no answer', () => {
    const folder = fresh()
    mkdirSync(path.join(folder, 'postgres'))
    expect(() => markInstallation(folder, true, '2026-01-01')).toThrow('installation.json is missing')
    writeFileSync(path.join(folder, 'installation.json'), '{"createdOn":"x"}')
    expect(() => readInstallation(folder)).toThrow('damaged')
  })
  it('the socket’s path stays short enough for a socket', () => {
    expect(socketFolder('/srv/doverie')).toBe('/srv/doverie/run')
    const long = socketFolder(`/${'x'.repeat(90)}`)
    try {
      expect(Buffer.byteLength(long)).toBeLessThan(80)
    } finally {
      rmSync(long, { recursive: true, force: true })
    }
  })
})

describe('the key file', () => {
  it('is closed to others, never overwritten, and says when it is missing or something else', () => {
    const file = path.join(fresh(), 'deep/install.key')
    const isk = createKeyFile(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readKeyFile(file).equals(isk)).toBe(true)
    expect(() => createKeyFile(file)).toThrow('EEXIST')
    writeFileSync(file, 'not a key')
    expect(() => readKeyFile(file)).toThrow('does not hold an install secret')
    rmSync(file)
    expect(() => readKeyFile(file)).toThrow('runbook')
  })
  it('of a real installation is named and lies outside the data, also behind a link', () => {
    const folder = fresh()
    expect(() => keyFileFor(folder, null, false)).toThrow('Set DOVERIE_KEY_FILE')
    expect(keyFileFor(folder, null, true)).toBe(path.join(folder, 'install.key'))
    expect(() => keyFileFor(folder, path.join(folder, 'x/key'), false)).toThrow('lies in the data folder')
    symlinkSync(folder, path.join(top, 'link'))
    expect(() => keyFileFor(folder, path.join(top, 'link/key'), false)).toThrow('lies in the data folder')
    expect(keyFileFor(folder, path.join(top, 'elsewhere/key'), false)).toBe(path.join(top, 'elsewhere/key'))
  })
})

describe('the flag of a demonstration', () => {
  it('stands in the database too: a changed file alone makes nothing of it', async () => {
    const folder = path.join(top, 'flag')
    const config = readConfig({ DOVERIE_DATA: folder })
    const open = (demo: boolean, when: 'create' | 'existing' = 'existing', keyFile?: string) =>
      openInstallation({ config: keyFile ? { ...config, keyFile } : config, demo, when, say: () => undefined })
    const first = await open(true, 'create')
    const db = new pg.Client(first.owner)
    await db.connect()
    await db.query(
      "insert into app.installation (demo, recovery_public, audit_public, created_day) values (true, '\\x00', '\\x00', current_date)",
    )
    await db.end()
    for (const role of ['staff_rw', 'public_in', 'job', 'sealer', 'backup_ro'] as const) {
      const running = new pg.Client(roleConnection(first.target, first.keys, role))
      await running.connect()
      const changed = await running.query('update app.installation set demo = false').then(
        r => r.rowCount,
        () => 'refused',
      )
      expect(`${role} ${changed}`).toBe(`${role} refused`)
      await running.end()
    }
    await first.stop()
    const mark = path.join(folder, 'installation.json')
    writeFileSync(mark, readFileSync(mark, 'utf8').replace('true', 'false'))
    const key = path.join(top, 'flag.key')
    writeFileSync(key, readFileSync(path.join(folder, 'install.key')))
    await expect(open(false, 'existing', key)).rejects.toThrow('The database says that it is a demonstration')
    expect(existsSync(path.join(folder, 'launcher.json'))).toBe(false)
  }, 60_000)
})
