import type { Day } from '../base/time.ts'
import type { ReachPage } from './schema.reach.ts'

/**
 * Which kind of page a route is, from the route's pattern alone: the address that somebody opened, and what stands in it, is never looked at. Pages of a conversation
 * and of a child's own code are not counted at all.
 */
export const reachPageOf = (pattern: string): ReachPage | undefined =>
  kinds[/^(?:\/h)?\/:lang\/?([a-z-]*)(?:\.pdf)?/.exec(pattern)?.[1] ?? '-']
const kinds: Readonly<Record<string, ReachPage>> = {
  '': 'home',
  urgent: 'urgent',
  safety: 'safety',
  how: 'how',
  clear: 'clear',
  write: 'report',
  back: 'back',
  concern: 'concern',
  chat: 'chat',
  check: 'check',
  learn: 'lesson',
  lesson: 'lesson',
  lessons: 'lesson',
  story: 'story',
  stories: 'story',
  quiz: 'quiz',
  leaflet: 'leaflet',
  poster: 'poster',
}

/** From here on a number is shown as it is. */
export const exactFrom = 10
/** Smaller numbers are moved to one of the two multiples of this around them. */
const step = 5

/**
 * A count as it is shown. From ten on exact; below ten moved up or down to a multiple of five, by chance, so that on average it stays true (3 becomes 5 in three cases
 * of five, else 0). `chance` is in [0, 1) and belongs to the cell, not to the look: looking again shows the same, so nothing can be averaged out. Cells of the week that
 * runs are not shown at all, or a number would be watched as it steps.
 */
export const shown = (n: number, chance: number): number => {
  if (n >= exactFrom) return n
  const low = Math.floor(n / step) * step
  return chance < (n - low) / step ? low + step : low
}

const day = (d: Day) => new Date(`${d}T00:00:00Z`)
const text = (d: Date) => d.toISOString().slice(0, 10)
/** The Monday of a day's week. */
export const weekOf = (d: Day): Day => {
  const x = day(d)
  x.setUTCDate(x.getUTCDate() - ((x.getUTCDay() + 6) % 7))
  return text(x)
}
/** Mondays of the last weeks that are over, newest first. */
export const weeksBack = (today: Day, n: number): Day[] => {
  const x = day(weekOf(today))
  return Array.from({ length: n }, () => {
    x.setUTCDate(x.getUTCDate() - 7)
    return text(x)
  })
}

export interface Cell {
  readonly week: Day
  readonly what: string
  readonly lang: string
  readonly n: number
}
/** Cells as they may be shown; `chanceOf` says the fixed chance of a cell. Totals are made from what is shown, or the noise could be subtracted. */
export const noisy = (cells: readonly Cell[], chanceOf: (cell: Omit<Cell, 'n'>) => number): Cell[] =>
  cells.map(c => ({ ...c, n: shown(c.n, chanceOf(c)) }))
