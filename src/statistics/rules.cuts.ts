import { err, ok, type Result } from '../base/result.ts'
import { telling } from '../base/suppression.ts'
import { type Conflict, conflict } from './rules.releases.ts'
import { released } from './rules.tables.ts'
import { type Cut, type Dimension, dimensions, levels, type Released, type Table, type What, whats } from './schema.ts'

/** A dimension with its coarseness, as it stands in an address and a form: `age.1`. */
export const sides: readonly string[] = dimensions.flatMap(d => Array.from({ length: levels[d] + 1 }, (_, l) => `${d}.${l}`))
const sideOf = (text: string | undefined): { d: Dimension; level: number } | undefined => {
  if (text === undefined || !sides.includes(text)) return undefined
  const [d, level] = text.split('.')
  return { d: d as Dimension, level: Number(level) }
}
/** The `n` months up to and with a day's month, newest first. */
export const monthsBack = (day: string, n: number): string[] => {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: n }, (_, i) => `${Math.floor((index - i) / 12)}-${String(((index - i) % 12) + 1).padStart(2, '0')}-01`)
}

/** What an address asks for; whatever is missing or wrong is the usual question: who came in the last year, by age and sex. `latest`: the last month that may be asked. */
export const cutOf = (q: Readonly<Record<string, unknown>>, latest: string): Cut => {
  const text = (name: string) => (typeof q[name] === 'string' ? q[name] : undefined)
  const month = (name: string, usual: string) => {
    const m = `${text(name) ?? ''}-01`
    return /^(19|20)\d{2}-(0[1-9]|1[0-2])-01$/.test(m) ? m : usual
  }
  const wanted = month('to', latest)
  const to = wanted > latest ? latest : wanted
  const from = month('from', monthsBack(latest, 12).at(-1)!)
  const rows = sideOf(text('rows')) ?? { d: 'age', level: 0 }
  const columns = q.columns === 'none' ? undefined : q.columns === undefined ? { d: 'sex' as Dimension, level: 0 } : sideOf(text('columns'))
  const beside = columns && columns.d !== rows.d ? columns : undefined
  return {
    what: whats.includes(q.what as What) ? (q.what as What) : 'opened',
    from: from > to ? to : from,
    to,
    rows: rows.d,
    rowLevel: rows.level,
    columns: beside?.d ?? null,
    columnLevel: beside?.level ?? 0,
  }
}
/** The cut as the fields of a form or an address. */
export const fieldsOf = (c: Cut): Readonly<Record<'what' | 'from' | 'to' | 'rows' | 'columns', string>> => ({
  what: c.what,
  from: c.from.slice(0, 7),
  to: c.to.slice(0, 7),
  rows: `${c.rows}.${c.rowLevel}`,
  columns: c.columns ? `${c.columns}.${c.columnLevel}` : 'none',
})
export const addressOf = (path: string, c: Cut): string =>
  `${path}?${Object.entries(fieldsOf(c))
    .map(([k, v]) => `${k}=${v}`)
    .join('&')}`

export const releaseErrors = ['says_nothing', 'too_close', 'shows_hidden', 'other_width'] as const
export type ReleaseError = 'says_nothing' | Conflict

/** May this table leave the house? Small numbers hidden, something left to say, and nothing to be learned by holding it against an earlier release. */
export const decideRelease = (t: Table, k: number, earlier: readonly Released[]): Result<Released, ReleaseError> => {
  const next = released(t, k)
  if (next.grand === null || telling(t, next).shown === 0) return err('says_nothing')
  for (const e of earlier) {
    const why = conflict(e, next)
    if (why) return err(why)
  }
  return ok(next)
}
