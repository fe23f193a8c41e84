import path from 'node:path'
import pg from 'pg'
import { asOwner } from './access/store.init.ts'
import type { AccessDeps } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { dayOf } from './base/time.ts'
import { bulkCases, mayCopy } from './cli.demo-bulk.ts'
import { seedCounts, seedMore } from './cli.demo-more.ts'
import { type From, logins, lookAt, openPlaces, otherLogins, type Place, type Places } from './cli.demo-places.ts'
import { demoDeps } from './cli.demo-seed.ts'
import { demoArrivals } from './demo/rules.cases.ts'
import { chance } from './demo/rules.random.ts'
import { sameChildren } from './demo/rules.same-child.ts'
import type { DemoArrival } from './demo/schema.ts'
import { idFrom, writeArrivalWithContact, writeInbox, writeReports } from './demo/store.contacts.ts'
import { writeLife } from './demo/store.emergency.ts'
import { asCrew, foldWritten, type Member } from './demo/store.hands.ts'
import { hangOn, writeRegister } from './demo/store.hang.ts'
import { tracesTold, writeTraces } from './demo/store.traces.ts'
import { type Hand, type Part, writeArrival } from './demo/store.write.ts'
import { argonQueue } from './platform/argon.ts'
import { plainError } from './platform/config.ts'
import { hmac, signPair } from './platform/crypto.ts'
import { openPool } from './platform/db.ts'
import { roleConnection } from './platform/launch.target.ts'
import { repairHeadsLog, sealOnce } from './platform/sealer.ts'
import type { Ask } from './platform/site.ts'
import { leaveCodes } from './statistics/store.outbox.ts'
import { screeningOf } from './statistics/store.screening.ts'

type Say = (line: string) => void

const demoSeed = 'doverie'
export const demoSize = 300
/** The newest of them are written one command after the other, with a contact and everything that hangs on a case; the older ones in bulk. */
const byHand = 60

/** 32 bytes that are the same for the same thing in this installation, so that a seed that was cut short goes on where it stopped. */
const secretFor = (i: From, what: string): Buffer => hmac(i.keys.pepper, `demo/${what}`)
const idFor = (i: From, seed: string, n: number): Id => idFrom(secretFor(i, `case/${seed}/${n}`))

/** The last thing that is told happened a little while ago. */
const lately = () => new Date(Date.now() - 10 * 60_000).toISOString()

/** In bulk a case worker writes alone: invitations and what guests write go the real way only. */
const alone = ({ crew, team }: Place): Place => ({ crew: crew.worker ? { worker: crew.worker } : {}, team })
const placeOf = (p: Places, a: DemoArrival): Place =>
  chance('place', a.key).weighted<Place>([[p.intake, 50], [p.support, 38], ...p.others.map(o => [o, 6] as const)])

/** What was appended goes under signed heads now, as the worker would do it; only while no worker runs. */
const sealAll = async (i: From, say: Say): Promise<void> => {
  const pool = openPool({ ...(roleConnection(i.target, i.keys, 'sealer') as pg.PoolConfig), max: 1 })
  const o = { pool, key: signPair(i.keys.audit_sign), headsLog: path.join(i.folder, 'heads.log'), clock: () => new Date() }
  try {
    await repairHeadsLog(o)
    let n = 0
    for (let some = await sealOnce(o); some > 0; some = await sealOnce(o)) {
      n += some
      if (n % (64 * 4096) === 0) say(`${n} entries of the journal are under signed heads.`)
    }
  } finally {
    await pool.end()
  }
}

const withClient = async <V>(connection: pg.ClientConfig, work: (db: pg.Client) => Promise<V>): Promise<V> => {
  const db = new pg.Client(connection)
  await db.connect()
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
const isFilled = (i: From) =>
  asOwner(i.owner, async db => (await db.query("select from app.installation where settings ? 'demo_cases'")).rowCount === 1)
const markFilled = (i: From, n: number) =>
  asOwner(i.owner, db => db.query("update app.installation set settings = settings || jsonb_build_object('demo_cases', $1::int)", [n]))

/** Which of these ids are there already. */
const present = async (i: From, ids: readonly Id[], table: 'case_record' | 'trace' = 'case_record'): Promise<Set<Id>> =>
  new Set(
    (
      await withClient(roleConnection(i.target, i.keys, 'backup_ro'), db =>
        db.query<{ id: Id }>(`select id from app.${table} c where c.id = any ($1::uuid[])`, [ids]),
      )
    ).rows.map(r => r.id),
  )

const askPublic =
  (pool: pg.Pool): Ask =>
  async (fn, values) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, k) => `$${k + 1}`).join(', ')})`, values as unknown[])).rows as never

/** Leaves the codes of all cases for statistics, as the office does after every request. */
const countThem = async (deps: AccessDeps, i: From, p: Places, ids: readonly Id[]): Promise<void> => {
  const leave = leaveCodes(i.keys.service, screeningOf, () => undefined)
  for (const place of [p.support, ...p.others]) {
    for (let at = 0; at < ids.length; at += 150) {
      const touched = ids.slice(at, at + 150).map(record => ({ record, kind: 'case' as const, type: 'case_opened' }))
      await asCrew(deps.pool, place.crew, place.team, lately(), async h => {
        const w = (await h.as('worker', lately())) as Hand & Pick<Member, 'session'>
        await leave(w, touched)
      })
    }
  }
}

/** Fills a demonstration with its 300 cases. Goes on where it was cut short; does nothing when it was done. */
export const seedCases = async (i: From, say: Say): Promise<unknown> => {
  if (await isFilled(i)) return
  say(`Inventing ${demoSize} cases of two years.`)
  const until = lately()
  const today = dayOf(until)
  const deps = demoDeps(i)
  const reports = openPool({ ...(roleConnection(i.target, i.keys, 'public_in') as pg.PoolConfig), max: 4 })
  try {
    const p = await openPlaces(deps, i, Object.keys(logins) as Part[], otherLogins)
    if (!p) {
      say('The people of this demonstration were changed; it is left as it is.')
      return await markFilled(i, 0)
    }
    const idOf = (n: number) => idFor(i, demoSeed, n)
    const isNew = (a: DemoArrival) => a.cases.some(c => c.n >= demoSize - byHand)
    const all = [...demoArrivals(demoSeed, demoSize, today)]
    // Of one of the newest a card of life in danger was opened, and it is over.
    const over = all.find(a => isNew(a) && a.cases.some(c => c.standing === 'open' && c.danger === 'danger'))
    const there = await present(
      i,
      all.flatMap(a => a.cases.map(c => idOf(c.n))),
    )
    const copies = await withClient(i.owner, mayCopy)
    if (copies) {
      await bulkCases({
        connection: i.owner,
        seed: demoSeed,
        cases: demoSize,
        today,
        until,
        idOf,
        place: a => alone(placeOf(p, a)),
        wanted: a => !isNew(a),
      })
    }
    const hang = { service: i.keys.service, interpreter: (await lookAt(deps, 'demo-interpreter'))?.id ?? null }
    await asCrew(deps.pool, p.intake.crew, p.intake.team, until, h => writeRegister(h, { ...hang, shelter: null }))
    for (const a of all) {
      const ids = a.cases.map(c => idOf(c.n))
      if (ids.some(id => there.has(id)) || (copies && !isNew(a))) continue
      const place = isNew(a) ? (chance('hand', a.key).is(0.7) ? p.intake : p.support) : placeOf(p, a)
      await asCrew(deps.pool, place.crew, place.team, until, async h => {
        const written = await (h.has('duty') ? writeArrivalWithContact(h, a, ids) : writeArrival(h, a, ids))
        if (!isNew(a)) return
        await hangOn(h, written, { ...hang, shelter: place.team })
        const ill = written.find(x => a.key === over?.key && x.told.standing === 'open')
        if (ill) await writeLife(await h.as('worker', until), { record: ill.row.id, kind: 'case', homeGroup: h.team }, 'ended')
      })
    }
    if (p.intake.crew.duty)
      await asCrew(deps.pool, p.intake.crew, p.intake.team, until, h => writeInbox(h, demoSeed, n => idFrom(secretFor(i, `inbox/${n}`))))
    const traces = Array.from({ length: tracesTold }, (_, n) => idFrom(secretFor(i, `trace/${n}`)))
    const tracesThere = await present(i, traces, 'trace')
    await asCrew(deps.pool, p.intake.crew, p.intake.team, until, async h =>
      writeTraces(await h.as('worker', until), p.intake.team, traces, tracesThere),
    )
    const [ask, argon] = [askPublic(reports), argonQueue()]
    await writeReports(ask, argon, demoSeed, n => secretFor(i, `report/${n}`), new Date().toISOString())
    const more = { deps, i, places: p, until, ask, argon, secret: (what: string) => secretFor(i, what) }
    const sameOf = (n: number) => idFor(i, 'same-child', n)
    const same = sameChildren(today).map((_, n) => sameOf(n))
    await seedMore(more, sameOf, await present(i, same))
    await countThem(deps, i, p, [...all.flatMap(a => a.cases.map(c => idOf(c.n))), ...same])
    await seedCounts(more)
    await p.end()
    await markFilled(i, demoSize)
  } finally {
    await Promise.all([deps.end(), reports.end()])
  }
}

export interface BenchCases {
  readonly cases: number
  readonly seed: string
  /** Another process holds the folder: its worker signs the heads. */
  readonly joined: boolean
}
/** Adds so many cases to the two teams whose supervisor and case worker may see them all. The same number and seed again adds nothing. */
export const benchCases = async (i: From, o: BenchCases, say: Say): Promise<number> => {
  if (!(await withClient(i.owner, mayCopy)))
    throw plainError('This needs the embedded database, or an address whose user row-level security does not hold.')
  const until = lately()
  const deps = demoDeps(i)
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(0)
  try {
    const p = await openPlaces(deps, i, ['worker'], [])
    if (!p)
      throw plainError(
        'The people of this demonstration were changed: demo-case-worker must be in two teams with the password of the demonstration.',
      )
    const seed = `bench/${o.seed}`
    let told = 0
    const n = await bulkCases({
      connection: i.owner,
      seed,
      cases: o.cases,
      today: dayOf(until),
      until,
      idOf: k => idFor(i, seed, k),
      // Further notes and answers would double the data and change nothing that is measured.
      whole: false,
      place: (_, at) => (at % 2 === 0 ? p.intake : p.support),
      progress: done => {
        if (done - told < 5000) return
        told = done
        say(`${done} cases after ${seconds()} s.`)
      },
    })
    if (p.intake.crew.worker) await foldWritten(deps, p.intake.crew.worker)
    await p.end()
    if (!o.joined) await sealAll(i, say)
    // Without this the planner would go on as if the tables were as small as before.
    await withClient(i.owner, db => db.query('analyze'))
    say(`${n} cases in ${seconds()} s.`)
    return n
  } finally {
    await deps.end()
  }
}
