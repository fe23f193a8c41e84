import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { type Pg, startPg } from '../src/platform/launch.ts'
import { type Caller, caller, requireId } from './house.testing.ts'
import { codeIn, confirmAll, done, doverie, enrol, type Machine, newMachine, signIn } from './production.testing.ts'
import { sendForm } from './story.testing.ts'

/* A PostgreSQL of somebody else's: the migrator may create roles and owns its database, and is no superuser. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'dvx-'))
chmodSync(folder, 0o711)
let server: Pg
let m: Machine
let house: RunningInstallation
let superUrl = ''

const url = (user: string, password: string) =>
  `postgres://${user}:${password}@localhost/theirs?host=${encodeURIComponent(server.socketDir)}`

beforeAll(async () => {
  server = await startPg({
    dataDir: path.join(folder, 'postgres'),
    socketDir: path.join(folder, 'run'),
    logFile: path.join(folder, 'postgres.log'),
    password: 'theirs',
    quick: true,
  })
  const db = new pg.Client({ host: server.socketDir, user: 'postgres', password: 'theirs', database: 'postgres' })
  await db.connect()
  await db.query("create role mover login createrole password 'moves'")
  await db.query('create database theirs owner mover')
  await db.end()
  superUrl = url('postgres', 'theirs')
  const machine = await newMachine()
  m = { ...machine, env: { ...machine.env, DATABASE_URL: url('mover', 'moves') } }
})
afterAll(async () => {
  await house?.stop()
  await server?.stop()
  m?.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('an external PostgreSQL whose migrator is no superuser', () => {
  let worker: Caller
  test('init and serve make no database of their own', async () => {
    const pages = path.join(m.folder, 'pages')
    await done(
      m,
      ...['init', '--name-ru', 'Маяк', '--name-en', 'Lighthouse', '--size', 'small', '--login', 'anna', '--name', 'Анна'],
      ...['--alias', 'Анна', '--holders', 'Иван,Мария', '--pages', pages],
    )
    house = await startInstallation({ command: 'serve', folder: m.data, officePort: m.officePort, publicPort: m.publicPort, env: m.env })
    expect(readdirSync(m.data)).not.toContain('postgres')
  })

  test('a person is added, signs in, and a report becomes a case', async () => {
    const out = await done(m, 'user', 'add', 'vera', '--name', 'Вера', '--roles', 'case_worker,duty_specialist')
    worker = await signIn(house.office, await enrol(house.office, 'vera', codeIn(out)))
    await confirmAll(worker)
    await sendForm(caller(house.public), '/ru/write', f => (f.type === 'textarea' ? 'Слова с улицы' : ''))
    const inbox = await worker.get('/ru/contacts')
    const contact = requireId(inbox.body.slice(inbox.body.indexOf('<main')), 'contacts')
    const child = { 'children[0][relation]': 'child', 'children[0][match]': 'new' }
    const opened = await sendForm(worker, `/ru/cases/new?contact=${contact}`, f => `${f.name} слово`, child, '/ru/cases/new')
    const at = `/ru/cases/${requireId(opened.location, 'cases')}`
    await sendForm(worker, `${at}/notes/new`, f => (f.type === 'textarea' ? 'Первая запись' : ''), { compartment: 'summary' })
    expect((await worker.get(at)).body.includes('Первая запись')).toBe(true)
  })

  test('backup, verify, disable and readmit work; a second start migrates nothing', async () => {
    expect((await done(m, 'backup', '--to', path.join(m.folder, 'copies'))).trim().split('\n')).toHaveLength(3)
    expect(await done(m, 'verify')).toContain('Nothing was changed')
    await done(m, 'user', 'add', 'petr', '--name', 'Пётр', '--roles', 'lawyer')
    expect(await done(m, 'user', 'disable', 'petr')).toContain('Disabled')
    expect(codeIn(await done(m, 'user', 'readmit', 'petr'))).not.toBe('')
    expect((await worker.get('/ru/worklist')).status).toBe(200)
    await house.stop()
    house = await startInstallation({ command: 'serve', folder: m.data, officePort: m.officePort, publicPort: m.publicPort, env: m.env })
  })

  test('what works past the row policies says that it needs a superuser, before it asks for pages', async () => {
    const pages = path.join(m.folder, 'typed.txt')
    writeFileSync(pages, '')
    expect(await doverie(m, 'recover', '--login', 'vera', '--pages', pages)).toMatchObject({
      code: 1,
      err: expect.stringContaining('needs a superuser of the external PostgreSQL') as string,
    })
    const asSuper = { ...m, env: { ...m.env, DATABASE_URL: superUrl } }
    expect((await doverie(asSuper, 'recover', '--login', 'vera', '--pages', pages)).err).toContain('fewer pages')
  })
})
