import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formsIn } from '../src/main.forms.testing.ts'
import { openBrowser, openPage } from '../src/platform/browser.testing.ts'
import { readConfig } from '../src/platform/config.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { openInstallation } from '../src/platform/launch.installation.ts'
import { totpCode } from '../src/platform/onetime.ts'
import { type Caller, caller, requireId } from './house.testing.ts'
import {
  beginAll,
  codeIn,
  codesIn,
  confirmAll,
  done,
  doverie,
  enrol,
  type Machine,
  newMachine,
  passwordOf,
  type Staff,
  shareOn,
  signIn,
  stepUp,
} from './production.testing.ts'
import { sendForm } from './story.testing.ts'

/* The path of a small organisation, from `init` to a restore on another machine, with the commands of the runbook. */

let browser: Browser
let here: Machine
let there: Machine
let house: RunningInstallation
const staff: Record<string, Staff> = {}
const inside: Record<string, Caller> = {}
const worried = 'Мальчик у рынка просит деньги для чужих людей'
let caseUrl = ''
let shares: string[] = []

const serve = (m: Machine) =>
  startInstallation({ command: 'serve', folder: m.data, officePort: m.officePort, publicPort: m.publicPort, env: m.env })
const invite = async (login: string, roles: string): Promise<string> =>
  codeIn(await done(here, 'user', 'add', login, '--name', login, '--roles', roles))
const enter = async (office: string, login: string) => {
  inside[login] = await signIn(office, staff[login]!)
  return inside[login]
}
/** Whether the case worker's page of the case shows these words. */
const reads = async (words: string): Promise<boolean> => (await inside.vera!.get(caseUrl)).body.includes(words)
const note = (words: string) =>
  sendForm(inside.vera!, `${caseUrl}/notes/new`, f => (f.type === 'textarea' ? words : ''), { compartment: 'summary' })

beforeAll(async () => {
  browser = await openBrowser()
  here = await newMachine()
  there = await newMachine()
})
afterAll(async () => {
  await house?.stop()
  await browser?.close()
  here?.remove()
  there?.remove()
})

describe('a real installation', () => {
  test('is made by one command, with pages for the safe', async () => {
    const pages = path.join(here.folder, 'pages')
    const out = await done(
      here,
      ...['init', '--name-ru', 'Маяк', '--name-en', 'Lighthouse', '--size', 'small', '--login', 'anna', '--name', 'Анна Петрова'],
      ...['--alias', 'Анна', '--holders', 'Иван,Мария,Пётр', '--pages', pages],
    )
    shares = readdirSync(pages)
      .sort()
      .map(f => shareOn(readFileSync(path.join(pages, f), 'utf8')))
    expect(shares.filter(s => /^([0-9A-Z]{4}-){8,}[0-9A-Z]{1,4}$/.test(s))).toHaveLength(3)
    staff.anna = { login: 'anna', password: passwordOf('anna'), recovery: codeIn(out), codes: [] }
  })

  test('the first administrator enrols in a browser with an app, and signs in', async () => {
    house = await serve(here)
    const page = await openPage(browser, 'desk')
    await page.goto(`${house.office}/ru/invitation?code=${staff.anna!.recovery}`)
    const secret = (await page.locator('code.dv-code').first().innerText()).replace(/\s/g, '')
    const step = Math.floor(Date.now() / 30_000)
    await page.fill('[name=password]', staff.anna!.password)
    await page.fill('[name=again]', staff.anna!.password)
    await page.fill('[name=code]', totpCode(secret, step - 1))
    await page.locator('main button[type=submit], main .govuk-button').last().click()
    const codes = codesIn(await page.content())
    staff.anna = { ...staff.anna!, recovery: codes.recovery, codes: [totpCode(secret, step), totpCode(secret, step + 1)] }
    await page.goto(`${house.office}/ru/sign-in`)
    await page.fill('[name=login]', 'anna')
    await page.fill('[name=password]', staff.anna.password)
    await page.fill('[name=code]', staff.anna.codes.shift() ?? '')
    await page.locator('main form[action="/ru/sign-in"] button[type=submit]').last().click()
    await page.waitForURL(u => !u.pathname.endsWith('/sign-in'))
    expect(await page.locator('h1').first().innerText()).not.toBe('')
    const cookie = (await page.context().cookies()).find(c => c.name === '__Host-office')
    inside.anna = caller(house.office, `__Host-office=${cookie?.value ?? ''}`)
    await page.context().close()
  })

  test('the first supervisor comes from the server, the others from the office; a colleague hands them the keys', async () => {
    staff.boris = await enrol(house.office, 'boris', await invite('boris', 'supervisor'))
    await enter(house.office, 'boris')
    await stepUp(inside.anna!, staff.anna!.password)
    const form = await inside.anna!.form('/ru/users/new')
    const team = form.fields.find(f => f.name === 'teams')?.options[0] ?? ''
    for (const [login, role] of [
      ['vera', 'case_worker'],
      ['gleb', 'duty_specialist'],
    ] as const) {
      const answer = await sendForm(inside.anna!, '/ru/users/new', () => login, { language: 'ru', roles: role, teams: team })
      const shown = answer.status === 303 ? await inside.anna!.get(answer.location) : answer
      staff[login] = await enrol(house.office, login, codeIn(shown.body))
      await enter(house.office, login)
    }
    // Whoever has just been agreed to goes on at the next sign-in, or at once by the button.
    for (let round = 0, n = 1; n > 0 && round < 6; round++) {
      n = 0
      for (const login of ['boris', 'vera', 'gleb']) n += (await confirmAll(inside[login]!)) + (await beginAll(inside[login]!))
    }
    for (const login of ['boris', 'vera', 'gleb'])
      expect(formsIn((await inside[login]!.get('/ru/keys')).body).filter(f => f.action === '/ru/keys/confirm')).toEqual([])
  })

  test('a worry from the public page becomes a case', async () => {
    await sendForm(caller(house.public), '/ru/write', f => (f.type === 'textarea' ? worried : ''))
    const inbox = await inside.gleb!.get('/ru/contacts')
    const contact = requireId(inbox.body.slice(inbox.body.indexOf('<main')), 'contacts')
    const opened = await sendForm(
      inside.vera!,
      `/ru/cases/new?contact=${contact}`,
      f => `${f.name} слово`,
      { 'children[0][relation]': 'child', 'children[0][match]': 'new' },
      '/ru/cases/new',
    )
    caseUrl = `/ru/cases/${requireId(opened.location, 'cases')}`
    await note('Записка до копии')
    expect(await reads('Записка до копии')).toBe(true)
  })

  test('backup while it runs, verify while it runs; both end with 0', async () => {
    const out = await done(here, 'backup', '--to', path.join(here.folder, 'copies'))
    expect(out.trim().split('\n')).toHaveLength(3)
    const checked = await done(here, 'verify')
    expect(checked).toContain('Nothing was changed')
    expect((await inside.anna!.get('/ru/health')).body).not.toContain('Копии ещё не было')
  })

  test('on a bare machine two of three pages bring everything back; one page, a wrong page and a strange key file do not', async () => {
    await house.stop()
    const copies = path.join(there.folder, 'copies')
    mkdirSync(copies)
    for (const f of readdirSync(path.join(here.folder, 'copies'))) copyFileSync(path.join(here.folder, 'copies', f), path.join(copies, f))
    const file = (kind: string) => path.join(copies, readdirSync(copies).find(f => f.endsWith(`${kind}.dvb`)) ?? '')
    const pages = path.join(there.folder, 'typed.txt')
    const restore = (...more: string[]) =>
      doverie(there, 'restore', '--content', file('content'), '--keys', file('keys'), '--pages', pages, ...more)
    writeFileSync(pages, `${shares[0]}\n`)
    expect((await restore()).err).toContain('fewer pages')
    writeFileSync(pages, `${shares[0]}\n${shares[2]!.replace(/.$/, c => (c === '0' ? '1' : '0'))}\n`)
    expect((await restore()).err).toContain('Page 2 is mistyped')
    writeFileSync(pages, `${shares[0]}\n${shares[2]!.toLowerCase().replaceAll('-', ' ')}\n`)
    expect((await restore('--check')).out).toContain('Both files are whole')
    expect(existsSync(there.data)).toBe(false)
    mkdirSync(path.dirname(there.keyFile))
    writeFileSync(there.keyFile, Buffer.alloc(32, 9).toString('base64url'))
    expect((await restore()).err).toContain('another install secret')
    writeFileSync(there.keyFile, '')
    const started = performance.now()
    const ran = await doverie(
      { ...there, env: { ...there.env, DOVERIE_KEY_FILE: path.join(there.folder, 'new/place/key') } },
      ...['restore', '--content', file('content'), '--keys', file('keys'), '--pages', pages],
    )
    expect(ran).toMatchObject({ code: 0 })
    there = { ...there, env: { ...there.env, DOVERIE_KEY_FILE: path.join(there.folder, 'new/place/key') } }
    house = await serve(there)
    console.log(`restore to open sites: ${Math.round(performance.now() - started)} ms`)
  })

  test('people sign in with their old passwords, read the case, and nothing was changed', async () => {
    await enter(house.office, 'vera')
    expect(await reads('Записка до копии')).toBe(true)
    await note('Записка после')
    expect(await done(there, 'verify')).toContain('Nothing was changed')
  })

  test('the only case worker lost everything: a new invitation, and the kit gives the records back', async () => {
    staff.vera = await enrol(house.office, 'vera', codeIn(await done(there, 'user', 'readmit', 'vera')), 'quite another copper meadow 7')
    await enter(house.office, 'vera')
    expect(await reads('Записка после')).toBe(false)
    const pages = path.join(there.folder, 'typed.txt')
    expect(await done(there, 'recover', '--login', 'vera', '--pages', pages)).toContain('can be opened again')
    await enter(house.office, 'vera')
    expect(await reads('Записка после')).toBe(true)
  })

  test('a holder leaves: a new kit opens what the old one opened, and the old one opens nothing any more', async () => {
    const [old, typed] = [path.join(there.folder, 'typed.txt'), path.join(there.folder, 'typed-new.txt')]
    const pages = path.join(there.folder, 'pages')
    const renew = () => doverie(there, 'new-kit', '--holders', 'Мария,Пётр,Ольга', '--pages', pages, '--old', old)
    expect((await renew()).err).toContain('already running')
    await house.stop()
    expect(await renew()).toMatchObject({ code: 0 })
    const fresh = readdirSync(pages).map(f => shareOn(readFileSync(path.join(pages, f), 'utf8')))
    writeFileSync(typed, `${fresh[0]}\n${fresh[1]}\n`)
    expect((await doverie(there, 'recover', '--login', 'vera', '--pages', old)).err).toContain('another installation')
    expect(await done(there, 'recover', '--login', 'vera', '--pages', typed)).not.toContain('could not be opened')
    expect((await done(there, 'backup', '--to', path.join(there.folder, 'after'))).trim().split('\n')).toHaveLength(3)
  })

  test('a lost key file comes back from any backup and two pages; the data is as it was', async () => {
    const copies = path.join(there.folder, 'after')
    const content = path.join(copies, readdirSync(copies).find(f => f.endsWith('content.dvb')) ?? '')
    const key = there.env.DOVERIE_KEY_FILE ?? ''
    renameSync(key, `${key}.lost`)
    expect((await doverie(there, 'verify')).err).toContain('is missing')
    await done(there, 'restore', '--content', content, '--key-only', '--pages', path.join(there.folder, 'typed-new.txt'))
    expect(readFileSync(key, 'utf8')).toBe(readFileSync(`${key}.lost`, 'utf8'))
    expect(await done(there, 'verify')).toContain('Nothing was changed')
  })

  test('what was done on the server stands in the journal', async () => {
    const i = await openInstallation({ config: readConfig(there.env), demo: false, when: 'existing', say: () => undefined })
    const db = new pg.Client(i.owner)
    try {
      await db.connect()
      const { rows } = await db.query(
        "select j.type, count(*)::int as n from app.journal j join app.agency a on a.id = j.home_group where j.actor is null and j.type like 'server\\_%' group by 1",
      )
      // The backup that was restored from was taken before it was written down, and so is not in itself.
      expect(Object.fromEntries(rows.map(r => [r.type, r.n]))).toMatchObject({
        server_restored: 1,
        server_account_readmitted: 1,
        server_keys_recovered: 2,
        server_kit_renewed: 1,
        server_backup_made: 1,
      })
    } finally {
      await db.end()
      await i.stop()
    }
  }, 60_000)
})
