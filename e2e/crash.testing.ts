import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import type { Caller, Reply } from './house.testing.ts'

/* Writers who never give up, and a record outside the system of what was acknowledged to them. */

/** One form, sent until somebody says that it is saved. */
export interface Op {
  readonly kind: string
  /** Id of the command, as it stands in the journal. */
  readonly command: string
  readonly text: string
  readonly who: Caller
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  /** Is this answer an acknowledgement? */
  readonly saved: (r: Reply) => boolean
}
export interface Done extends Op {
  readonly at: string
  readonly tries: number
}
export interface History {
  readonly done: Done[]
  readonly faults: string[]
  /** Answers and lost connections, counted. */
  readonly seen: Record<string, number>
  /** The longest wait for an answer, in milliseconds. */
  slowest: number
}
export const newHistory = (): History => ({ done: [], faults: [], seen: {}, slowest: 0 })

const count = (h: History, what: string) => {
  h.seen[what] = (h.seen[what] ?? 0) + 1
}

/** Sends one form until it is acknowledged, the same form each time. Any answer but "saved", "not now" or a lost connection is a fault. */
const persist = async (op: Op, h: History, givingUp: () => boolean): Promise<void> => {
  for (let tries = 1; ; tries++) {
    const began = performance.now()
    const answer = await op.who.post(op.action, op.fields).catch((e: unknown) => ({ lost: (e as Error).name }))
    h.slowest = Math.max(h.slowest, performance.now() - began)
    if ('lost' in answer) {
      count(h, answer.lost === 'TimeoutError' ? 'no answer in time' : 'connection lost')
      if (answer.lost === 'TimeoutError') h.faults.push(`${op.kind}: no answer in time`)
    } else {
      count(h, String(answer.status))
      if (op.saved(answer)) {
        h.done.push({ ...op, at: answer.location, tries })
        return
      }
      if (answer.status !== 503) {
        h.faults.push(`${op.kind}: ${answer.status} ${answer.location} try ${tries} ${/<h1[\s\S]*?<\/h1>/.exec(answer.body)?.[0] ?? ''}`)
        return
      }
      if (!answer.retryAfter) h.faults.push(`${op.kind}: 503 without Retry-After`)
    }
    if (givingUp()) return
    await sleep(50 + Math.random() * 150)
  }
}

/** Writers that go on until `stop`, which resolves when the last form of each was acknowledged. */
export const writers = (
  makers: readonly (() => Op | Promise<Op>)[],
  h: History,
): { readonly stop: () => Promise<void>; readonly inFlight: () => number } => {
  let stopping = false
  let stoppedAt = Number.POSITIVE_INFINITY
  let inFlight = 0
  const loops = makers.map(async make => {
    while (!stopping) {
      inFlight += 1
      await persist(await make(), h, () => performance.now() - stoppedAt > 30_000)
      inFlight -= 1
      await sleep(Math.random() * 120)
    }
  })
  return {
    inFlight: () => inFlight,
    stop: async () => {
      stopping = true
      stoppedAt = performance.now()
      await Promise.all(loops)
    },
  }
}

/** A form whose open fields are known by name, sent under a new command each time. */
export const maker =
  (kind: string, who: Caller, action: string, shown: Readonly<Record<string, string>>, open: string, saved: (r: Reply) => boolean) =>
  (): Op => {
    const command = randomUUID()
    const text = `${kind}-${command}`
    return { kind, command, text, who, action, fields: { ...shown, [open]: text, command }, saved }
  }

const statOf = (pid: number) => {
  try {
    const rest = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { state: rest[0], parent: Number(rest[1]) }
  } catch {
    return undefined
  }
}
const pids = () =>
  readdirSync('/proc')
    .filter(n => /^\d+$/.test(n))
    .map(Number)
/** PostgreSQL and everything that it started. */
export const databaseProcesses = (house: RunningInstallation): number[] => {
  const head = house.postgresPid()
  return [head, ...pids().filter(p => statOf(p)?.parent === head)]
}
/** The process of one site, a child of this launcher. */
export const siteProcess = (house: RunningInstallation, role: 'office' | 'public' | 'worker'): number | undefined => {
  const launcher = house.launcherPid()
  return pids().find(p => {
    const stat = statOf(p)
    if (stat?.parent !== launcher || stat.state === 'Z') return false
    try {
      return readFileSync(`/proc/${p}/cmdline`, 'utf8').includes(`\0${role}\0`)
    } catch {
      return false
    }
  })
}
/** Sends a signal to processes that may be gone already. */
export const signal = (targets: readonly number[], name: NodeJS.Signals): void => {
  for (const pid of targets) {
    try {
      process.kill(pid, name)
    } catch {
      // it ended by itself
    }
  }
}

/** Resolves with the milliseconds until `check` was true. */
export const until = async (check: () => Promise<boolean>, mostMs: number, what: string): Promise<number> => {
  const began = performance.now()
  while (performance.now() - began < mostMs) {
    if (await check().catch(() => false)) return performance.now() - began
    await sleep(100)
  }
  throw new Error(`${what} within ${mostMs} ms: it did not happen`)
}

/** Rows that do not fit together: row without journal, journal with a gap, event without its sealed part, sealed value without key, report without words. */
export const torn = async (owner: pg.Pool): Promise<string[]> => {
  const questions: Readonly<Record<string, string>> = {
    'journal is not 1..n of its head':
      'select h.record::text as id from app.record_head h left join (select record, count(*) n, max(seq) m from app.journal group by 1) j using (record) where j.n is distinct from h.seq or j.m is distinct from h.seq',
    'row without head': `select id::text from (select id from app.contact union all select id from app.person union all select id from app.case_record) r
      where not exists (select from app.record_head h where h.record = r.id)`,
    'head without row': `select record::text as id from app.record_head h where kind in ('contact', 'person', 'case')
      and not exists (select from app.contact c where c.id = h.record) and not exists (select from app.person p where p.id = h.record)
      and not exists (select from app.case_record c where c.id = h.record)`,
    'event without its sealed parts': `select j.record || ' ' || j.seq as id from app.journal j where
      (case when j.digests = '' then 0 else array_length(string_to_array(j.digests, ','), 1) end) <>
      (select count(*) from app.journal_part p where p.record = j.record and p.seq = j.seq)`,
    'sealed value without a key': `select s.record || ' ' || s.compartment as id from app.sealed s
      where not exists (select from app.key_wrap k where k.record = s.record and k.compartment = s.compartment and k.dek_version = s.dek_version)`,
    'report without words or conversation': `select id::text from app.contact c where channel = 'report' and
      (not exists (select from app.message m where m.contact_id = c.id and m.seq = 1) or not exists (select from app.conversation x where x.contact_id = c.id))`,
    'contact without sealed words': `select id::text from app.contact c where not exists (select from app.sealed s where s.record = c.id)`,
  }
  const found: string[] = []
  for (const [what, sql] of Object.entries(questions))
    for (const { id } of (await owner.query<{ id: string }>(sql)).rows) found.push(`${what}: ${id}`)
  return found
}
