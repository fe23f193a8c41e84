import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filled } from '../src/main.forms.testing.ts'
import { root } from '../src/platform/config.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { databaseProcesses, type History, maker, newHistory, type Op, signal, siteProcess, torn, until, writers } from './crash.testing.ts'
import { type Caller, caller, demoSignIn, type Reply, requireId } from './house.testing.ts'
import { ownerOf } from './scan.testing.ts'
import { sendForm } from './story.testing.ts'

/* The office and the database are killed while eight people write. What was acknowledged is there afterwards, once; what was not, can be sent again. */

const long = process.env.DOVERIE_LONG === '1'
const [officeKills, databaseKills] = long ? [300, 200] : [10, 10]

let house: RunningInstallation
let owner: ReturnType<typeof ownerOf>
let worker: Caller
let history: History
let crew: ReturnType<typeof writers>
let caseId: string
const recovery: Record<string, number[]> = {}

const saved = (r: Reply) => r.status === 303 && /^\/ru\/(cases|contacts)\/[0-9a-f-]{36}\?done=/.test(r.location)
/** Public reports travel with their own id and the words of the receipt. */
const reporter = async (child: Caller): Promise<() => Op> => {
  const form = await child.form('/ru/write')
  const make = maker(
    'report',
    child,
    '/ru/write',
    filled(form, () => ''),
    'text',
    r => r.status === 200 && r.body.includes('dv-secret'),
  )
  return () => {
    const { command, ...op } = make()
    const { command: _own, ...fields } = op.fields
    return { ...op, command, fields: { ...fields, submission: command, seed: randomBytes((fields.seed ?? '').length / 2).toString('hex') } }
  }
}

/** Each report costs a dear hash, here and at the sender's patience. */
const slowly = (make: () => Op) => async (): Promise<Op> => {
  await sleep(400)
  return make()
}

beforeAll(async () => {
  house = await startInstallation()
  owner = ownerOf(house)
  const signIn = await demoSignIn(house)
  const duty = await signIn('duty specialist')
  worker = await signIn('case worker')
  const child = caller(house.public)
  await sendForm(child, '/ru/write', () => 'Первое слово')
  const inbox = await duty.get('/ru/contacts?channel=report')
  const contact = `/ru/contacts/${requireId(inbox.body.slice(inbox.body.indexOf('<main')), 'contacts')}`
  const openCase = async () =>
    requireId(
      (await sendForm(worker, '/ru/cases/new', () => '', { 'children[0][relation]': 'child', 'children[0][match]': 'new' })).location,
      'cases',
    )
  const cases = [await openCase(), await openCase()]
  caseId = cases[0]!
  // Each with a session of their own, as eight people have: requests of one session are limited.
  const noteOn = async (id: string) => {
    const who = await signIn('case worker')
    const form = await who.form(`/ru/cases/${id}/notes/new`)
    return maker(
      'note',
      who,
      form.action,
      filled(form, () => ''),
      'text',
      saved,
    )
  }
  const newContact = async (role: string, door: string) => {
    const who = await signIn(role)
    const form = await who.form(`/ru/contacts/new/${door}`)
    return maker(
      'contact',
      who,
      form.action,
      filled(form, () => ''),
      'said',
      saved,
    )
  }
  // An answer is written under what was last read: the form is asked for anew each time, as long as it takes.
  const answer = async (): Promise<Op> => {
    for (;;) {
      const form = await duty.form(contact, `${contact}/answer`).catch(() => undefined)
      if (form)
        return maker(
          'answer',
          duty,
          form.action,
          filled(form, () => ''),
          'text',
          saved,
        )()
      await sleep(100)
    }
  }
  history = newHistory()
  crew = writers(
    [
      await noteOn(cases[0]!),
      await noteOn(cases[0]!),
      await noteOn(cases[1]!),
      await newContact('duty specialist', 'call'),
      await newContact('case worker', 'walk-in'),
      answer,
      slowly(await reporter(child)),
    ],
    history,
  )
}, 120_000)
afterAll(async () => {
  await owner?.pool.end()
  await house?.stop()
  house?.remove()
})

const officeAnswers = async () => (await worker.get('/ru/worklist')).status === 200
const both = async () => (await officeAnswers()) && (await fetch(`${house.public}/ru/write`)).status === 200
/** At a moment that nobody chose. */
const moment = () => sleep(150 + Math.random() * 500)
const kills = async (what: string, times: number, kill: () => void) => {
  for (let i = 0; i < times; i++) {
    await moment()
    const before = history.done.length
    kill()
    const took = await until(both, 30_000, `after kill ${i + 1} of ${what} both sites answer`)
    recovery[what] = [...(recovery[what] ?? []), Math.round(took)]
    // Somebody must have written in between, or the kill was not mid-write.
    await until(async () => history.done.length > before, 30_000, 'a form is acknowledged again')
  }
}

test(
  'kill -9 of the office mid-write: it is back by itself',
  async () => {
    await kills('office', officeKills, () =>
      signal(
        [siteProcess(house, 'office') ?? 0].filter(p => p > 0),
        'SIGKILL',
      ),
    )
  },
  long ? 3_600_000 : 120_000,
)

test(
  'kill -9 of PostgreSQL and all its processes mid-write: everything goes on without a restart',
  async () => {
    const launcher = house.launcherPid()
    const office = siteProcess(house, 'office')
    await kills('database', databaseKills, () => signal(databaseProcesses(house), 'SIGKILL'))
    expect(house.launcherPid()).toBe(launcher)
    expect(siteProcess(house, 'office'), house.output().slice(-2_000)).toBe(office)
  },
  long ? 3_600_000 : 180_000,
)

test('a database that stands still for three seconds: everybody waits, nobody is told anything wrong', async () => {
  const stopped = databaseProcesses(house)
  signal(stopped, 'SIGSTOP')
  const began = performance.now()
  const page = worker.get('/ru/worklist')
  await sleep(3_000)
  signal(stopped, 'SIGCONT')
  const answer = await page
  expect([200, 503]).toContain(answer.status)
  expect(performance.now() - began).toBeLessThan(15_000)
})

test('what was acknowledged is there, exactly once; nothing is torn; nothing was a fault', async () => {
  await crew.stop()
  expect(await officeAnswers()).toBe(true)
  const kinds = Object.fromEntries(['note', 'contact', 'answer', 'report'].map(k => [k, history.done.filter(d => d.kind === k).length]))
  console.log(
    `crash: ${history.done.length} forms acknowledged ${JSON.stringify(kinds)}, ${history.done.filter(d => d.tries > 1).length} of them only after sending again; answers ${JSON.stringify(history.seen)}; slowest ${Math.round(history.slowest)} ms; back after ms ${JSON.stringify(recovery)}`,
  )
  const told = house
    .output()
    .split('\n')
    .filter(l => l.includes('"level":"error"'))
  expect([...history.faults, ...told]).toEqual([])
  expect(history.slowest).toBeLessThan(15_000)
  for (const n of Object.values(kinds)) expect(n).toBeGreaterThan(3)
  const { rows } = await owner.pool.query<{ command: string; n: string }>(
    'select command, count(*) as n from app.journal where command = any($1) group by command',
    [history.done.map(d => d.command)],
  )
  const times = new Map(rows.map(r => [r.command, Number(r.n)]))
  expect(history.done.filter(d => times.get(d.command) !== 1).map(d => `${d.kind} ${d.at}: ${times.get(d.command) ?? 0} times`)).toEqual([])
  expect(await torn(owner.pool)).toEqual([])
})

test('the words are there too: each of a sample is read once on its page', async () => {
  const wrong: string[] = []
  for (const d of history.done.filter(x => x.kind === 'contact').slice(-15)) {
    const { body } = await worker.get(d.at.split('?')[0] ?? '')
    if (body.split(d.text).length !== 2) wrong.push(`${d.at}: ${body.split(d.text).length - 1} times`)
  }
  const page = (await worker.get(`/ru/cases/${caseId}`)).body
  const timeline = page.slice(page.indexOf('id="timeline"'))
  const notes = history.done.filter(d => d.kind === 'note' && d.at.includes(caseId)).slice(-10)
  for (const d of notes) if (timeline.split(d.text).length !== 2) wrong.push(`note: ${timeline.split(d.text).length - 1} times`)
  expect(wrong).toEqual([])
})

test('doverie verify finds nothing afterwards', async () => {
  // The sealer gathers within a second.
  await sleep(1_500)
  const env = { ...process.env, DOVERIE_DATA: house.folder, VITEST: undefined, NODE_ENV: undefined }
  const { stdout } = await promisify(execFile)(process.execPath, ['build/cli.js', 'verify'], { cwd: root, env })
  expect(stdout).toContain('Nothing was changed, deleted, reordered or cut off.')
}, 60_000)
