import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { waitingMatches } from '../case/store.matches.ts'
import { waitingCheckIns } from '../follow-up/store.waiting.ts'
import { waitingSessions } from '../language/store.waiting.ts'
import { waitingReports } from '../mandatory-report/store.waiting.ts'
import { waitingSteps } from '../plan/store.waiting.ts'
import type { Work } from '../platform/records.ts'
import { splitTasks } from './rules.ts'
import type { Task, TaskArea, Tasks } from './schema.ts'

interface Viewer extends Work {
  readonly session: { readonly timeZone: string }
  can(permission: string): boolean
}
interface Row {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: string
}
const nothing = Promise.resolve({ rows: [] as readonly Row[], total: 0 })

/**
 * What has a day, from every capability that has days: each keeps its own and nothing is copied here, so nothing can be forgotten by a copy. `who`: only what
 * waits for this person, by name or because nobody is named and the case is theirs.
 */
export const tasksFor = async (
  w: Viewer,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who: Id | undefined,
): Promise<Tasks> => {
  const parts = await Promise.all([
    w.can('plan:read') ? waitingSteps(w, scope, today, who) : nothing,
    w.can('language:read') ? waitingSessions(w, scope, today, who) : nothing,
    w.can('report:read') ? waitingReports(w, scope, today, who) : nothing,
    w.can('follow-up:list') || w.can('follow-up:read') ? waitingCheckIns(w, scope, today, who) : nothing,
    w.can('match:read') ? waitingMatches(w, scope, today, who) : nothing,
  ])
  const areas: readonly TaskArea[] = ['plan', 'language', 'report', 'follow_up', 'match']
  const all = parts.flatMap((p, i) => p.rows.map((r): Task => ({ ...r, area: areas[i]! })))
  return splitTasks(
    all,
    today,
    parts.reduce((n, p) => n + p.total, 0),
  )
}
