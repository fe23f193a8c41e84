import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { filled, formsIn } from '../src/main.forms.testing.ts'
import { root } from '../src/platform/config.ts'
import { freePort } from '../src/platform/installation.testing.ts'
import { type Caller, caller, summaryOf } from './house.testing.ts'

/* A real installation as whoever runs it meets it: the commands of the runbook, and people who enrol by their links. */

/** A machine of one's own: data folder, key elsewhere, two ports. */
export interface Machine {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly data: string
  readonly keyFile: string
  readonly officePort: number
  readonly publicPort: number
  readonly remove: () => void
}
export const newMachine = async (): Promise<Machine> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dvp-'))
  chmodSync(folder, 0o711)
  const [data, keyFile] = [path.join(folder, 'data'), path.join(folder, 'key/install.key')]
  const [officePort, publicPort] = [await freePort(), await freePort()]
  return {
    folder,
    data,
    keyFile,
    officePort,
    publicPort,
    env: {
      DOVERIE_DATA: data,
      DOVERIE_KEY_FILE: keyFile,
      OFFICE_PORT: String(officePort),
      PUBLIC_PORT: String(publicPort),
      OFFICE_URL: '',
      PUBLIC_URL: '',
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
/** One command as typed: `doverie NAME …`. Never rejects: what it answers is what is looked at. */
export const doverie = (m: Machine, ...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, ...m.env }
    for (const name of ['VITEST', 'NODE_ENV', 'NODE_OPTIONS', 'npm_lifecycle_event']) delete env[name]
    const child = spawn(process.execPath, ['tools/doverie.mjs', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', d => (out += String(d)))
    child.stderr.on('data', d => (err += String(d)))
    child.once('error', reject)
    child.once('close', code => resolve({ code, out, err }))
  })
/** The same, which must end with 0. */
export const done = async (m: Machine, ...args: readonly string[]): Promise<string> => {
  const ran = await doverie(m, ...args)
  if (ran.code !== 0) throw new Error(`doverie ${args.join(' ')} ended with ${ran.code}:\n${ran.out}${ran.err}`)
  return ran.out
}

export const codeIn = (text: string): string => {
  const found = /code=([0-9A-Z-]{44})/.exec(text)?.[1]
  if (!found) throw new Error(`no invitation in: ${text.slice(0, 400)}`)
  return found
}

/** Somebody of a real installation; `codes` are what is left of the printed list. */
export interface Staff {
  readonly login: string
  readonly password: string
  readonly recovery: string
  readonly codes: string[]
}
export const passwordOf = (login: string): string => `sand lantern ${login} orchard bridge 41`

/** What the page of codes shows, once. */
export const codesIn = (html: string): { recovery: string; printed: string[] } => {
  const recovery = /dv-code--large">([0-9A-Z-]+)</.exec(html)?.[1]
  if (!recovery) throw new Error(`no recovery code: ${summaryOf(html)}`)
  return { recovery, printed: [...html.matchAll(/<li>(\d{5}) (\d{5})<\/li>/g)].map(m => `${m[1]}${m[2]}`) }
}

/** The first visit by the link: password and a printed list. */
export const enrol = async (office: string, login: string, code: string, password = passwordOf(login)): Promise<Staff> => {
  const visitor = caller(office)
  const form = await visitor.form(`/ru/invitation?code=${code}`, '/ru/invitation')
  const answer = await visitor.post('/ru/invitation', { ...filled(form, () => ''), password, again: password, second: 'printed' })
  if (answer.status !== 200) throw new Error(`${login} cannot enrol: ${answer.status} ${summaryOf(answer.body)}`)
  const { recovery, printed } = codesIn(answer.body)
  return { login, password, recovery, codes: printed }
}

export const signIn = async (office: string, who: Staff): Promise<Caller> => {
  const answer = await fetch(`${office}/ru/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: office },
    body: new URLSearchParams({ login: who.login, password: who.password, code: who.codes.shift() ?? '' }).toString(),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie?.includes('=')) throw new Error(`${who.login} cannot sign in: ${answer.status} ${summaryOf(await answer.text())}`)
  return caller(office, cookie)
}

export const stepUp = async (who: Caller, password: string): Promise<void> => {
  const answer = await who.post('/ru/step-up', { password, next: '/me' })
  if (answer.status !== 303) throw new Error(`no step-up: ${summaryOf(answer.body)}`)
}

/** Confirms everybody who waits; returns how many buttons there were. */
export const confirmAll = async (who: Caller): Promise<number> => {
  const forms = formsIn((await who.get('/ru/keys')).body).filter(f => f.action === '/ru/keys/confirm')
  for (const f of forms)
    await who.post(
      f.action,
      filled(f, () => ''),
    )
  return forms.length
}

/** Presses the button of whoever may begin on the own page of keys, and waits until it is done. */
export const beginAll = async (who: Caller): Promise<number> => {
  const may = async () => formsIn((await who.get('/ru/keys')).body).some(f => f.action === '/ru/keys/continue')
  if (!(await may())) return 0
  await who.post('/ru/keys/continue', {})
  for (let i = 0; i < 50 && (await may()); i++) await new Promise(r => setTimeout(r, 200))
  return 1
}

/** The groups of characters on a printed page of the kit, as its holder would type them. */
export const shareOn = (html: string): string => [...html.matchAll(/<\/small>([0-9A-Z]{1,4})<\/span>/g)].map(m => m[1]).join('-')
