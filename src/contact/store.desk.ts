import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { Asked } from '../platform/office.ts'
import type { Work } from '../platform/records.ts'
import { noisy } from '../prevention/rules.reach.ts'
import { chanceOf } from '../prevention/store.reach.ts'
import { type Calendar, isLate } from './rules.desk-calendar.ts'
import { waits } from './store.list.ts'

export interface CalendarDay {
  readonly id: Id
  readonly day: Day
  readonly worked: boolean
}
/** Days that somebody of the agency added, from two months back on. */
export const calendarDays = async (w: Work): Promise<CalendarDay[]> => {
  const { rows } = await w.tx.query<{ id: Id; day: string; worked: boolean }>(
    "select id, to_char(day, 'YYYY-MM-DD') as day, worked from app.calendar_day where day > current_date - 60 order by day, id limit 400",
  )
  return rows
}
export const calendarOf = async (w: Work): Promise<Calendar> => {
  const days = await calendarDays(w)
  return { free: new Set(days.filter(d => !d.worked).map(d => d.day)), worked: new Set(days.filter(d => d.worked).map(d => d.day)) }
}
/** A day has one meaning: what was said of it before is taken away. */
export const setCalendarDay = async (w: Work, v: CalendarDay & { readonly agencyId: Id }): Promise<void> => {
  await w.tx.query('delete from app.calendar_day where day = $1', [v.day])
  await w.tx.query('insert into app.calendar_day (id, agency_id, day, worked) values ($1, $2, $3, $4)', [v.id, v.agencyId, v.day, v.worked])
}
export const dropCalendarDay = async (w: Work, id: Id): Promise<void> =>
  void (await w.tx.query('delete from app.calendar_day where id = $1', [id]))

export interface Load {
  /** Null: what nobody has taken. */
  readonly who: Id | null
  readonly open: number
  readonly unread: number
  readonly since: Stamp | null
}
/** What each person has on the desk, by plain columns only; what nobody has taken first. */
export const deskLoad = async (w: Work): Promise<Load[]> => {
  const { rows } = await w.tx.query<{ who: Id | null; open: number; unread: number; since: Date | null }>(
    `select c.assignee as who, count(*)::int as open, count(*) filter (where c.unread)::int as unread, min(c.waits_since) as since
       from app.contact c where ${waits} group by c.assignee order by (c.assignee is null) desc, count(*) desc, c.assignee limit 200`,
  )
  return rows.map(r => ({ who: r.who, open: r.open, unread: r.unread, since: r.since?.toISOString() ?? null }))
}
/** How many contacts lie unread for longer than a working day. Looked at: the five hundred that wait longest. */
export const countLate = async (a: Pick<Asked, 'tx' | 'now' | 'session' | 'vault'>): Promise<number> => {
  const [calendar, waiting] = await Promise.all([
    calendarOf(a),
    a.tx.query<{ since: Date }>(
      `select c.waits_since as since from app.contact c where c.unread and c.waits_since < now() - interval '24 hours' and ${waits} order by c.waits_since limit 500`,
    ),
  ])
  return waiting.rows.filter(r => isLate(r.since.toISOString(), a.now, a.session.timeZone, calendar)).length
}

export const helpAnswers = ['yes', 'partly', 'no'] as const
export type Helped = Readonly<Record<(typeof helpAnswers)[number], number>>
/**
 * What was answered to "Did this help?" in weeks that are over. Each week's small numbers are shown as those of the reach page are, and the sums are made from what is
 * shown: an exact sum would give the small numbers back. One answer in a quiet week could be somebody's.
 */
export const helpedBetween = async (w: Pick<Work, 'tx'>, service: Buffer, from: Day, before: Day): Promise<Helped> => {
  const { rows } = await w.tx.query<{ week: Day; what: string; n: number }>(
    `select date_trunc('week', day)::date::text as week, what, sum(n)::int as n from app.public_count
      where what = any ($3) and day >= $1 and day < $2 group by 1, 2`,
    [from, before, helpAnswers.map(x => `helped_${x}`)],
  )
  const cells = noisy(
    rows.map(r => ({ ...r, lang: '' })),
    chanceOf(service, 'helped'),
  )
  const of = (x: string) => cells.filter(c => c.what === `helped_${x}`).reduce((n, c) => n + c.n, 0)
  return { yes: of('yes'), partly: of('partly'), no: of('no') }
}
