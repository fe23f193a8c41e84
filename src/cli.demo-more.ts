import type pg from 'pg'
import { asOwner } from './access/store.init.ts'
import type { AccessDeps } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { dayOf, type Stamp } from './base/time.ts'
import type { From, Place, Places } from './cli.demo-places.ts'
import { type SameChildPlace, sameChildren } from './demo/rules.same-child.ts'
import { askedAbout, askForHelp, giveWords } from './demo/store.check-in.ts'
import { writeDeskHours } from './demo/store.desk-hours.ts'
import { writeRota } from './demo/store.emergency.ts'
import { asCrew, type Member } from './demo/store.hands.ts'
import { postersRead, reachTold, writeOutreach } from './demo/store.reach.ts'
import { writeSafeContact } from './demo/store.safe.ts'
import { askThem, linkThem } from './demo/store.same-child.ts'
import { sendTalks, workTalks } from './demo/store.talks.ts'
import { type Hand, writeArrival } from './demo/store.write.ts'
import { botKeys } from './messenger/store.ts'
import type { ArgonQueue } from './platform/argon.ts'
import { openPool } from './platform/db.ts'
import { roleConnection } from './platform/launch.target.ts'
import { newId } from './platform/records.ts'
import type { Ask } from './platform/site.ts'
import { posterCodes } from './prevention/store.reach.ts'
import { countCases } from './statistics/jobs.ts'
import { cutOf, decideRelease, monthsBack } from './statistics/rules.cuts.ts'
import { tableOf } from './statistics/rules.tables.ts'
import { releaseK, releasesOf, saveRelease } from './statistics/store.releases.ts'
import { releaseCounts } from './statistics/store.rows.ts'

export interface MoreDeps {
  readonly deps: AccessDeps
  readonly i: From
  readonly places: Places
  readonly until: Stamp
  readonly ask: Ask
  readonly argon: ArgonQueue
  /** The same 32 bytes for the same words, in this installation. */
  readonly secret: (what: string) => Buffer
}
type Agent = Hand & Pick<Member, 'session'>

/** Who is on call, when the desk answers, what was done among people, and how often pages were shown. */
const writeAround = async ({ deps, i, places: { intake, support }, until }: MoreDeps): Promise<void> => {
  const today = dayOf(until)
  const codes = await asCrew(deps.pool, intake.crew, intake.team, until, async h => {
    if (!h.has('supervisor') || !h.has('duty')) return undefined
    await writeRota(h, i.keys.service)
    await writeOutreach(h, i.keys.service)
    await writeDeskHours(h)
    const w = (await h.as('supervisor', until)) as Agent
    return { agency: w.session.agencyId, list: await posterCodes(w, i.keys.service) }
  })
  if (!codes) return
  await asCrew(deps.pool, support.crew, support.team, until, h => writeRota(h, i.keys.service))
  // Counts of days that are over: the public site counts today alone.
  await asOwner(i.owner, async db => {
    await db.query('set local role intake')
    const insert = (sql: string, rows: readonly (readonly unknown[])[]) =>
      db.query(
        sql,
        [...(rows[0] ?? []).keys()].map(k => rows.map(r => r[k])),
      )
    const pages = reachTold(today).map(r => [r.day, r.what, r.lang, r.n])
    await insert(
      'insert into app.public_reach (day, page, lang, n) select * from unnest($1::date[], $2::text[], $3::text[], $4::int[]) on conflict do nothing',
      pages,
    )
    const read = postersRead(codes.list, today).map(r => [r.what, codes.agency, r.day, r.n])
    if (read.length > 0)
      await insert(
        'insert into app.poster_count (code, agency_id, day, n) select * from unnest($1::text[], $2::uuid[], $3::date[], $4::int[]) on conflict do nothing',
        read,
      )
  })
}

const writeTalks = async ({ deps, i, places: { intake }, ask, argon, secret }: MoreDeps): Promise<void> => {
  const now = new Date().toISOString()
  if (!intake.crew.duty) return
  await sendTalks(ask, argon, botKeys(i.keys.messenger), what => secret(`talk/${what}`), now)
  await asCrew(deps.pool, intake.crew, intake.team, now, h => workTalks(h, now))
}

/** The same child in several hands. `there`: ids of cases that a first try has written. */
const writeSame = async (m: MoreDeps, idOf: (n: number) => Id, there: ReadonlySet<Id>): Promise<void> => {
  const { deps, places: p, until } = m
  const list = sameChildren(dayOf(until))
  if (there.size > 0) return
  const place: Readonly<Record<SameChildPlace, Place | undefined>> = { intake: p.intake, support: p.support, harbour: p.others[0] }
  const people: { readonly at: SameChildPlace; readonly id: Id; readonly child: string; readonly linked: boolean }[] = []
  for (const [n, s] of list.entries()) {
    const at = place[s.place]
    if (!at?.crew.worker) continue
    const crew = { worker: at.crew.worker }
    const [written] = await asCrew(deps.pool, crew, at.team, until, async h => {
      const list = await writeArrival(h, s.arrival, [idOf(n)])
      if (list[0] && s.place === 'support') await writeSafeContact(h, list[0].person.id, s.child === 'madina')
      return list
    })
    if (written) people.push({ at: s.place, id: written.person.id, child: s.child, linked: s.linked })
  }
  const own = people.filter(x => x.at !== 'harbour')
  await asCrew(deps.pool, p.intake.crew, p.intake.team, until, async h => {
    for (const [n, x] of own.entries()) {
      const before = own[n - 1]
      if (!before || before.child !== x.child) continue
      if (x.linked) await linkThem(h, before.id, x.id, 'Одна и та же школа, тётя та же; имя в двух написаниях.')
      else await askThem(h, before.id, x.id)
    }
  })
}

const writeHelp = async ({ deps, places, until, ask, argon, secret }: MoreDeps): Promise<void> => {
  const seed = secret('check-in').toString('hex')
  const { crew, team } = places.support
  const given = await asCrew(deps.pool, crew, team, until, async h => {
    const id = await askedAbout(h)
    return id !== undefined && (await giveWords(h, id, seed))
  })
  if (given) await askForHelp(ask, argon, seed, secret('check-in/fake'))
}

/** The rows of statistics are made as the worker makes them, and the last year is released by age and sex. */
const writeRelease = async ({ deps, i, places: { intake }, until }: MoreDeps): Promise<void> => {
  const pool = openPool({ ...(roleConnection(i.target, i.keys, 'job') as pg.PoolConfig), max: 1 })
  try {
    await countCases({ pool, clock: () => new Date() }, { service: i.keys.service, statistics: i.keys.statistics })
  } finally {
    await pool.end()
  }
  if (!intake.crew.supervisor) return
  await asCrew(deps.pool, { supervisor: intake.crew.supervisor }, intake.team, until, async h => {
    const w = (await h.as('supervisor', until)) as Agent
    if ((await releasesOf(w)).length > 0) return
    const cut = cutOf({}, monthsBack(dayOf(until), 2)[1]!)
    const decided = decideRelease(tableOf(cut, await releaseCounts(w, cut)), await releaseK(w), [])
    if (decided.ok) await saveRelease(w, newId(), decided.value)
  })
}

/** What stands around the cases: who is called at night, what people wrote, what was done outside, and what is counted. Written again, it adds nothing. */
export const seedMore = async (m: MoreDeps, idOf: (n: number) => Id, there: ReadonlySet<Id>): Promise<void> => {
  await writeAround(m)
  await Promise.all([writeTalks(m), writeSame(m, idOf, there).then(() => writeHelp(m))])
}
export const seedCounts = writeRelease
