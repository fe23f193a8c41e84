import type { Day } from '../base/time.ts'
import type { Task, Tasks } from './schema.ts'

/** Care before paperwork: where two things have one day, the child's own stands first. */
const order: Readonly<Record<Task['area'], number>> = { plan: 0, language: 1, follow_up: 2, match: 3, contact: 4, report: 5 }
/** A child who asks for help, or whose life is said to be in danger and who has no case yet, waits for no day. */
export const asksForHelp = (t: Pick<Task, 'area' | 'kind'>): boolean =>
  (t.area === 'follow_up' && t.kind === 'help') || (t.area === 'contact' && t.kind === 'life')

/** Every task in exactly one part: help asked for, overdue, of today, or with a later day that has to be seen already (a report whose clock runs). `total`: how many there are beyond those that were read. */
export const splitTasks = (all: readonly Task[], today: Day, total: number): Tasks => {
  const sorted = all.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : order[a.area] - order[b.area] || (a.id < b.id ? -1 : 1)))
  const rest = sorted.filter(t => !asksForHelp(t))
  return {
    help: sorted.filter(asksForHelp),
    overdue: rest.filter(t => t.due < today),
    today: rest.filter(t => t.due === today),
    soon: rest.filter(t => t.due > today),
    more: Math.max(0, total - all.length),
  }
}
