import type { Day } from '../base/time.ts'
import type { Outreach } from './schema.outreach.ts'

/** What looks like a way to one person: a name on a platform, a link to a profile, a telephone number, an address of e-mail. */
const ways =
  /(?:^|[^\p{L}\p{N}_.])@[a-z0-9_.]{3,}|\bt\.me\/[a-z0-9_]{3,}|\bvk\.(?:com|ru)\/(?:id\d+|[a-z0-9_.]{3,})|(?:\+|\b)\d(?:[\s().-]*\d){9,13}\b|[\w.+-]+@[\w-]+\.[a-z]{2,}/giu

/** Ways to a person that stand in words; a community's own link is one too, so whoever writes is asked and not refused. */
export const waysIn = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap(t => [...t.matchAll(ways)].map(m => m[0].trim()))),
]

export type OutreachError = 'future' | 'too_old'
/** A diary is written after the day, and not years after. */
export const judgeDay = (day: Day, today: Day): OutreachError | undefined =>
  day > today ? 'future' : Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`) > 400 * 86_400_000 ? 'too_old' : undefined

export interface MonthCount {
  readonly month: string
  readonly posts: number
  readonly hours: number
  readonly contacts: number
  readonly events: number
  readonly reached: number
}
type Counted = Pick<Outreach, 'kind' | 'day' | 'hours' | 'contacts' | 'reached'>
/** Sums by month, newest first. */
export const byMonth = (rows: readonly Counted[]): MonthCount[] => {
  const months = new Map<string, MonthCount>()
  for (const r of rows) {
    const month = r.day.slice(0, 7)
    const m = months.get(month) ?? { month, posts: 0, hours: 0, contacts: 0, events: 0, reached: 0 }
    months.set(month, {
      month,
      posts: m.posts + (r.kind === 'post' ? 1 : 0),
      hours: Math.round((m.hours + (r.hours ?? 0)) * 10) / 10,
      contacts: m.contacts + (r.contacts ?? 0),
      events: m.events + (r.kind === 'event' ? 1 : 0),
      reached: m.reached + (r.reached ?? 0),
    })
  }
  return [...months.values()].sort((a, b) => b.month.localeCompare(a.month))
}
