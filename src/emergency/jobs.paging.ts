import type pg from 'pg'
import type { Id } from '../base/id.ts'
import { openJson, sha256 } from '../platform/crypto.ts'
import { type JobContext, mark } from '../platform/jobs.ts'
import type { Mailer, NoticeLanguage, NoticeTemplate } from '../platform/mail.ts'
import { type Hours, mergeSeconds, onCallNow, recipients, staleSeconds, waitAfter } from './rules.paging.ts'
import { openStaffPoint, type StaffPoint } from './schema.ts'

/*
 * Paging, in the worker: what is written down is sent, and what is sent is written down. It reads plain ids and times, and the addresses of staff; no key of a record is here.
 */

/** One way to reach somebody. A messenger is added by one more of these. */
export interface PagingChannel {
  /** 2 to 12 small letters: what the log of paging says. */
  readonly name: string
  /** Where it reaches this person; undefined: by this way not at all. */
  readonly address: (p: StaffPoint) => string | undefined
  readonly send: (to: string, template: NoticeTemplate, lang: NoticeLanguage, number: string) => Promise<void>
}
export const mailChannel = (m: Mailer): PagingChannel => ({ name: 'mail', address: p => p.mail || undefined, send: m.send })
/** A service of the installation that passes a page on (an SMS gateway, a push service): it learns the number of a colleague, a template and a language. */
export const hookChannel = (url: string): PagingChannel => ({
  name: 'hook',
  address: p => p.phone || undefined,
  send: async (to, template, lang, number) => {
    const r = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(8000),
      headers: { 'content-type': 'application/json', 'idempotency-key': number },
      body: JSON.stringify({ template, lang, to }),
    })
    if (!r.ok) throw new Error('hook refused')
  },
})

export interface Paging {
  readonly pool: pg.Pool
  readonly clock: () => Date
  readonly service: Buffer
  readonly channels: readonly PagingChannel[]
  readonly mergeSeconds?: number
}
interface Person {
  readonly userId: Id
  readonly onCall: boolean
  readonly point: StaffPoint | undefined
}
interface Due {
  id: Id
  cause: 'card' | 'contact' | 'test'
  record: Id
  home_group: Id
  opened_by: Id | null
  for_user: Id | null
  round: number
}

const pointOf = (service: Buffer, user: Id, sealed: Buffer): StaffPoint | undefined => {
  // One address that does not open must not silence the others.
  try {
    return openStaffPoint(openJson(service, { table: 'staff_point', row: user, compartment: 0 }, sealed))
  } catch {
    return undefined
  }
}
const peopleOf = async (c: pg.PoolClient, p: Paging, d: Due): Promise<Person[]> => {
  const { rows } = await c.query<{ user_id: Id; time_zone: string; point: Buffer | null; hours: Hours[] }>(
    'select * from app.page_people($1, $2, $3)',
    [d.home_group, d.record, d.for_user],
  )
  return rows.map(r => ({
    userId: r.user_id,
    onCall: onCallNow(r.hours, p.clock().toISOString(), r.time_zone),
    point: r.point ? pointOf(p.service, r.user_id, r.point) : undefined,
  }))
}

/** Contacts that said "I am not safe now" and that nobody has read are paged for; what somebody has read or closed meanwhile pages no more. */
export const notice = async (pool: pg.Pool): Promise<void> => {
  await pool.query(
    `insert into app.page_call (id, cause, record, home_group)
     select c.id, 'contact', c.id, c.home_group from app.contact c where c.unread and c.safe_now = 'no' and c.state in ('new', 'open')
        and not exists (select from app.page_call p where p.id = c.id) on conflict do nothing`,
  )
  await pool.query(
    `update app.page_call p set ended_at = clock_timestamp() where p.cause = 'contact' and p.taken_at is null and p.ended_at is null
        and not exists (select from app.contact c where c.id = p.record and c.unread and c.state in ('new', 'open'))`,
  )
}

/** Writes down one round of every page that is due: to whom, by what. Sent afterwards; a process that dies in between leaves it to the next. */
export const writeRounds = async (p: Paging): Promise<number> => {
  const c = await p.pool.connect()
  try {
    await c.query('begin')
    const due = await c.query<Due>(
      `select id, cause, record, home_group, opened_by, for_user, round from app.page_call
        where taken_at is null and ended_at is null and next_at <= clock_timestamp() order by at limit 50 for update skip locked`,
    )
    for (const d of due.rows) {
      const people = d.for_user ? await peopleOf(c, p, d) : recipients(await peopleOf(c, p, d), d.round, d.opened_by)
      for (const person of people)
        for (const ch of p.channels)
          if (person.point && ch.address(person.point))
            // Somebody who was told "please sign in" a moment ago for another reason is not told twice: a flood must not teach anybody to switch it off.
            await c.query(
              `insert into app.page_try (call_id, user_id, channel, round, record, home_group, state, done_at)
               select $1, $2, $3, $4, $5, $6, case when m then 'merged' else 'sending' end, case when m then clock_timestamp() end from (select $8 <> 'test' and exists (select from app.page_try t join app.page_call k on k.id = t.call_id
                 where k.taken_at is null and k.ended_at is null and t.user_id = $2 and t.channel = $3 and (t.state = 'sending' or t.state = 'sent' and t.done_at > clock_timestamp() - make_interval(secs => $7))) as m) x
               on conflict do nothing`,
              [d.id, person.userId, ch.name, d.round, d.record, d.home_group, p.mergeSeconds ?? mergeSeconds, d.cause],
            )
      // A test is one message.
      await c.query(
        `update app.page_call set round = round + 1, next_at = clock_timestamp() + make_interval(secs => $2), ended_at = case when cause = 'test' then clock_timestamp() end where id = $1`,
        [d.id, waitAfter(d.round) / 1000],
      )
    }
    await c.query('commit')
    return due.rows.length
  } catch (e) {
    await c.query('rollback').catch(() => undefined)
    throw e
  } finally {
    c.release()
  }
}

interface Try {
  call_id: Id
  user_id: Id
  channel: string
  round: number
  cause: Due['cause']
  point: Buffer | null
}
/** The same for the same message however often it is sent: a mailbox or gateway may drop the second. */
const numberOf = (t: Try): string => sha256([t.call_id, t.user_id, t.channel, t.round].join()).toString('hex').slice(0, 32)

/** Sends what was written down, all at once: one mailbox that hangs must not keep the others waiting. */
export const sendWritten = async (p: Paging): Promise<number> => {
  const { rows } = await p.pool.query<Try>(
    `update app.page_try t set at = clock_timestamp(), done_at = clock_timestamp() from app.page_call c
      where c.id = t.call_id and t.state = 'sending' and (t.done_at is null or t.done_at < clock_timestamp() - make_interval(secs => $1))
      returning t.call_id, t.user_id, t.channel, t.round, c.cause, (select q.point from app.page_people(t.home_group, t.record, t.user_id) q) as point`,
    [staleSeconds],
  )
  await Promise.all(
    rows.map(async t => {
      const channel = p.channels.find(c => c.name === t.channel)
      const point = t.point ? pointOf(p.service, t.user_id, t.point) : undefined
      const to = point && channel?.address(point)
      let state = 'failed'
      if (channel && point && to)
        try {
          await channel.send(to, t.cause === 'test' ? 'test' : 'page', point.lang, numberOf(t))
          state = 'sent'
        } catch {
          // What went wrong may name an address: the log of paging says only that it did.
        }
      await p.pool.query(
        'update app.page_try set state = $5, done_at = clock_timestamp() where call_id = $1 and user_id = $2 and channel = $3 and round = $4',
        [t.call_id, t.user_id, t.channel, t.round, state],
      )
    }),
  )
  return rows.length
}

/** One turn: look, write down, send. Cheap when there is nothing to do. */
export const pageOnce = async (p: Paging): Promise<void> => {
  await notice(p.pool)
  await writeRounds(p)
  await sendWritten(p)
}

/** Red on the health page while some intake team has nobody on call: then everybody of it is called. */
export const markOnCall = async (p: Pick<Paging, 'pool' | 'clock'>): Promise<void> => {
  const { rows } = await p.pool.query<{ team: Id; time_zone: string; hours: Hours[] }>('select * from app.page_rotas()')
  const nobody = rows.filter(r => !onCallNow(r.hours, p.clock().toISOString(), r.time_zone)).map(r => r.team)
  await mark(p, 'on_call', nobody.length === 0, { nobody })
}

/** Turns once a second, beside the queue: a page must not wait for a job that runs long. What is being sent does not hold up the next turn. */
export const startPaging = (p: Paging, say: (line: string) => void = () => {}): { readonly stop: () => Promise<void> } => {
  let stopped = false
  let told: string | undefined
  let marked = 0
  const context: JobContext = { pool: p.pool, clock: p.clock }
  const sending = new Set<Promise<unknown>>()
  const turn = async () => {
    let now = 'ok'
    try {
      await notice(p.pool)
      await writeRounds(p)
      const sent = sendWritten(p).catch(() => undefined)
      sending.add(sent)
      void sent.finally(() => sending.delete(sent))
    } catch (e) {
      now = (e as { code?: string } | null)?.code ?? 'unknown'
    }
    if (now !== told || p.clock().getTime() - marked > 60_000) {
      marked = p.clock().getTime()
      const ready = p.channels.length > 0
      await mark(context, 'paging', now === 'ok' && ready, { channels: p.channels.length }).catch(() => undefined)
      await markOnCall(p).catch(() => undefined)
    }
    if (now !== told && (now !== 'ok' || told !== undefined)) say(`paging: ${now}`)
    told = now
  }
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const go = () => {
    running = turn().finally(() => {
      if (!stopped) timer = setTimeout(go, 1000)
    })
  }
  go()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
      await Promise.allSettled([...sending])
    },
  }
}
