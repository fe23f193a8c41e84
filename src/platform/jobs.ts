import type pg from 'pg'

/** What the jobs may do: read plain columns, take away what has ended, leave numbers in health_mark. The role `job` reads no personal field. */
export interface JobContext {
  /** A pool of the role `job`. */
  readonly pool: pg.Pool
  readonly clock: () => Date
}

/** Minutes after which an unread contact that says "I am not safe now", or that somebody called urgent, is red on the health page. An editable default later. */
export const waitingMinutes = 10
/** Days a command id is remembered: long enough for a form that a phone sends again after a week without network. */
export const commandDays = 14

/** Writes one mark of the health page; detail holds numbers and ids of teams, never of records. */
export const mark = async (
  { pool, clock }: JobContext,
  what: string,
  ok: boolean,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  await pool.query(
    'insert into app.health_mark (what, at, ok, detail) values ($1, $2, $3, $4) on conflict (what) do update set at = excluded.at, ok = excluded.ok, detail = excluded.detail',
    [what, clock().toISOString(), ok, detail],
  )
}

/** Deletes sessions that are over (their sealed keys with them) and forgotten command ids. */
export const sweep = async (c: JobContext): Promise<{ sessions: number; commands: number }> => {
  const sessions = await c.pool.query(
    "delete from app.session where expires_at < now() or idle_until < now() - interval '1 hour' or revoked_at is not null",
  )
  const commands = await c.pool.query('delete from app.command_seen where at < now() - make_interval(days => $1)', [commandDays])
  const result = { sessions: sessions.rowCount ?? 0, commands: commands.rowCount ?? 0 }
  await mark(c, 'sweep', true, result)
  return result
}

/**
 * Unread contacts that must not wait: not safe now, or urgent. Counted per team; paging hangs on these plain answers, never on text.
 * `received` is rounded down to a quarter of an hour, so the mark may come early and never late.
 */
export const waiting = async (c: JobContext, minutes = waitingMinutes): Promise<{ count: number; groups: Record<string, number> }> => {
  const { rows } = await c.pool.query<{ home_group: string; n: number }>(
    `select home_group, count(*)::int as n from app.contact
      where unread and state in ('new', 'open') and (safe_now = 'no' or urgency = 'now') and received < now() - make_interval(mins => $1) group by home_group order by home_group`,
    [minutes],
  )
  const result = { count: rows.reduce((n, r) => n + r.n, 0), groups: Object.fromEntries(rows.map(r => [r.home_group, r.n])) }
  await mark(c, 'contacts_waiting', result.count === 0, { minutes, ...result })
  return result
}

/** Ends grants, absences, deputies' memberships and wraps whose date has come. They open nothing from that moment on; this takes them away. */
export const ended = async (c: JobContext): Promise<{ grants: number; absences: number; wraps: number; members: number }> => {
  const { rows } = await c.pool.query<{ grants: number; absences: number; wraps: number; members: number }>(
    'select * from app.sweep_ended()',
  )
  const result = rows[0] ?? { grants: 0, absences: 0, wraps: 0, members: 0 }
  await mark(c, 'ended', true, result)
  return result
}

/** Queues (made by the migration) with their time table; all of them cheap and repeatable. */
export const jobs = {
  sweep: { cron: '*/10 * * * *', run: sweep },
  waiting: { cron: '* * * * *', run: waiting },
  ended: { cron: '*/5 * * * *', run: ended },
} as const satisfies Record<string, { cron: string; run: (c: JobContext) => Promise<unknown> }>
