import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command as backup } from './cli.backup.ts'
import { command as demoSession } from './cli.demo-session.ts'
import { command as init } from './cli.init.ts'
import { command as user } from './cli.user.ts'
import { nothingFound, command as verify } from './cli.verify.ts'
import { readConfig } from './platform/config.ts'
import { joinKit } from './platform/kit.ts'
import { openInstallation } from './platform/launch.installation.ts'

/* A real installation from the command line: every command opens and closes the database itself, as an administrator would see it. */

const folder = mkdtempSync(path.join(tmpdir(), 'dv-init-'))
chmodSync(folder, 0o711)
const at = (name: string) => path.join(folder, name)
const config = () => readConfig({ DOVERIE_DATA: at('data'), DOVERIE_KEY_FILE: at('key/install.key'), OFFICE_URL: 'https://office.example' })
const run = async (command: typeof init, ...args: string[]) => {
  const printed: string[] = []
  const code = await command.run({ args, config, print: l => void printed.push(l), say: () => undefined })
  return { code, text: printed.join('\n') }
}
const flags = [
  '--name-ru',
  'Маяк',
  '--name-en',
  'Lighthouse',
  '--size',
  'small',
  '--login',
  'anna',
  '--name',
  'Анна <А>',
  '--alias',
  'Анна',
  '--holders',
  'Иван,Мария <М>,Пётр',
]
let first: { code: number; text: string }
beforeAll(async () => {
  first = await run(init, ...flags, '--pages', at('pages'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ask = async (sql: string) => {
  const i = await openInstallation({ config: config(), demo: false, when: 'existing', say: () => undefined })
  const db = new pg.Client(i.owner)
  try {
    await db.connect()
    return (await db.query(sql)).rows
  } finally {
    await db.end()
    await i.stop()
  }
}

describe('init', () => {
  it('refuses what cannot be: pages beside the data, a kit that nobody could lose, an auditor who reads cases', async () => {
    await expect(run(init, ...flags, '--pages', at('data/pages'))).rejects.toThrow(/already|data folder/)
    await expect(run(init, ...flags.slice(0, -1), 'Иван', '--pages', at('other'))).rejects.toThrow('at least two holders')
    await expect(run(init, ...flags, '--pages', at('other'), '--roles', 'supervisor')).rejects.toThrow('must hold administrator')
    await expect(run(init, ...flags, '--pages', at('other'))).rejects.toThrow('already')
  }, 60_000)
  it('prints the invitation, keeps the secret away from the data, and closed to others', () => {
    expect(first.code).toBe(0)
    expect(first.text).toMatch(/https:\/\/office\.example\/ru\/invitation\?code=[0-9A-Z-]{44}/)
    expect(statSync(at('key/install.key')).mode & 0o777).toBe(0o600)
    for (const f of readdirSync(at('pages'))) expect(statSync(at(`pages/${f}`)).mode & 0o777).toBe(0o600)
  })
  it('writes one page for each holder; any two make the recovery key, one does not', async () => {
    const pages = readdirSync(at('pages'))
      .sort()
      .map(f => readFileSync(at(`pages/${f}`), 'utf8'))
    expect(pages).toHaveLength(3)
    expect(pages[1]).toContain('Мария &#60;М&#62;')
    const texts = pages.map(p => [...p.matchAll(/<\/small>([0-9A-Z]{1,4})<\/span>/g)].map(m => m[1]).join('-'))
    const [row] = await ask('select recovery_public, demo from app.installation')
    expect(row.demo).toBe(false)
    expect(await joinKit([texts[0]!, texts[2]!], row.recovery_public)).toMatchObject({ ok: true })
    expect(await joinKit([texts[1]!], row.recovery_public)).toMatchObject({ ok: false })
  }, 60_000)
  it('names stand nowhere in the database, and urgent numbers wait to be verified', async () => {
    const rows = await ask(
      "select position(convert_to('Анна', 'UTF8') in profile) > 0 as found from (select profile from app.account union all select profile from app.agency) x",
    )
    expect(rows.every(r => r.found === false)).toBe(true)
    expect(await ask('select count(*)::int as n from app.helpline where verified_on is not null')).toEqual([{ n: 0 }])
  }, 60_000)
})

describe('user', () => {
  it('adds with an invitation, shuts out at once, lets back in with new keys', async () => {
    expect((await run(user, 'add', 'boris', '--name', 'Борис', '--roles', 'case_worker')).text).toContain(
      'https://office.example/ru/invitation?code=',
    )
    await expect(run(user, 'add', 'Boris ', '--name', 'Б', '--roles', 'case_worker')).rejects.toThrow('taken')
    expect((await run(user, 'disable', 'boris')).text).toContain('Disabled')
    expect(await ask("select count(*)::int as n from app.account where state = 'disabled'")).toEqual([{ n: 1 }])
    expect((await run(user, 'readmit', 'boris')).text).toContain('code=')
    await expect(run(user, 'disable', 'nobody')).rejects.toThrow('no person')
  }, 90_000)
  it('init, user and backup stand in the journal of the agency, without an actor; verify covers them and claims no more than it saw', async () => {
    expect((await run(backup, '--to', at('copies'))).code).toBe(0)
    const rows = await ask(
      'select j.type, j.kind, j.actor from app.journal j join app.agency a on a.id = j.home_group order by j.recorded_at',
    )
    expect(rows.map(r => [r.kind, r.type, r.actor])).toEqual([
      ['installation', 'installation_made', null],
      ['team', 'server_team_made', null],
      ['account', 'server_account_added', null],
      ['account', 'server_account_added', null],
      ['account', 'server_account_closed', null],
      ['account', 'server_account_readmitted', null],
      ['installation', 'server_backup_made', null],
    ])
    const { code, text } = await run(verify)
    expect([code, text]).toEqual([0, expect.stringContaining('7 newest entries are not yet under a signed head')])
    expect(text).toContain('Nothing was changed, deleted or reordered. Whether')
    expect(text).toContain('Not covered')
    expect(text).not.toContain('reordered or cut off')
    expect(nothingFound(true)).toContain('cut off')
  }, 120_000)
  it('one click into a real installation does not exist', async () => {
    await expect(run(demoSession, '--role', 'case_worker')).rejects.toThrow('real installation')
  }, 30_000)
})
