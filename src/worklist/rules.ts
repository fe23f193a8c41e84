import type { Day } from '../base/time.ts'
import type { DeputyFor, LeftOut, ShortPart, Task, Tasks, Waiting } from './schema.ts'

/** Care before paperwork: where two things have one day, the child's own stands first. */
const order: Readonly<Record<Task['area'], number>> = {
  plan: 0,
  safe_contact: 1,
  language: 2,
  follow_up: 3,
  match: 4,
  contact: 5,
  report: 6,
  letter: 7,
}
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

/** So many of each part stand on the first page: a page that scrolls for ever hides what is urgent, and is heavy on a bad line. */
export const partShown = 10
const missedShown = 5
/** Whom nobody could reach after closing waits long and has a page of its own: it may not stand before steps and reports. */
const missed = (t: Task) => t.area === 'follow_up' && t.kind === 'missed'

/**
 * The first page, short: the most urgent of each part, and how many more there are. `whole`: the part that is asked for in full. Nothing that asks for help is ever left out.
 */
export const shorten = (w: Waiting, whole: ShortPart | undefined): Waiting => {
  const leftOut: Partial<Record<keyof LeftOut, number>> = {}
  const cut = <V>(part: ShortPart, list: readonly V[]): readonly V[] => {
    if (part === whole || list.length <= partShown) return list
    leftOut[part] = (leftOut[part] ?? 0) + list.length - partShown
    return list.slice(0, partShown)
  }
  const tasks = (part: 'today' | 'overdue' | 'soon'): readonly Task[] => {
    const all = w.tasks[part]
    const late = all.filter(missed)
    const first = cut(
      part,
      all.filter(t => !missed(t)),
    )
    const room = part === whole ? late.length : Math.max(0, Math.min(missedShown, partShown - first.length))
    if (late.length > room) leftOut.missed = (leftOut.missed ?? 0) + late.length - room
    return [...first, ...late.slice(0, room)]
  }
  const myCases = w.mine.cases.slice(0, partShown)
  return {
    ...w,
    danger: { ...w.danger, cases: w.danger.cases.slice(0, partShown) },
    nobody: { ...w.nobody, cases: cut('nobody', w.nobody.cases) },
    due: { ...w.due, cases: w.due.cases.slice(0, partShown) },
    tasks: { ...w.tasks, today: tasks('today'), overdue: tasks('overdue'), soon: tasks('soon') },
    mine: { contacts: cut('contacts', w.mine.contacts), cases: myCases, more: w.mine.more || myCases.length < w.mine.cases.length },
    deputy: w.deputy.map((d): DeputyFor => ({ ...d, contacts: cut('deputy', d.contacts), cases: cut('deputy', d.cases) })),
    leftOut,
  }
}
