import { codeOf } from '../base/codes.ts'
import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { type Day, dayOf } from '../base/time.ts'
import { waitingMatches } from '../case/store.matches.ts'
import { waitingLetters } from '../doors/store.ts'
import { waitingCheckIns } from '../follow-up/store.waiting.ts'
import { waitingSessions } from '../language/store.waiting.ts'
import { decisionDue } from '../mandatory-report/rules.days.ts'
import { reportTerms } from '../mandatory-report/store.instruments.ts'
import { waitingReports } from '../mandatory-report/store.waiting.ts'
import { waitingSteps } from '../plan/store.waiting.ts'
import type { Work } from '../platform/records.ts'
import { waitingContactPlans } from '../safe-contact/store.waiting.ts'
import { waitingContactFacts } from '../screening/store.waiting.ts'
import { splitTasks } from './rules.ts'
import type { Task, TaskArea, Tasks } from './schema.ts'

interface Viewer extends Work {
  readonly actor: Actor
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

/** Facts on contacts that are no case yet, whoever of those that see the contact may act: the clock waits for nobody. */
const contactFacts = async (w: Viewer): Promise<{ rows: Row[]; total: number }> => {
  const { clock } = reportTerms().kinds
  const groups = [...new Set([...w.actor.groups, ...w.actor.desk])]
  const { rows, total } = await waitingContactFacts(w, { groups, direct: w.actor.direct })
  return {
    rows: rows.map(r => ({
      id: r.contactId,
      caseId: r.contactId,
      number: codeOf('K', r.contactId),
      due: dayOf(decisionDue(r, clock), w.session.timeZone),
      assignee: r.assignee,
      kind: r.life ? 'life' : 'fact',
    })),
    total,
  }
}

/** Letters of other bodies whose answer is due: of the whole desk, for whoever is there may answer. */
const letters = async (w: Viewer, today: Day): Promise<{ rows: Row[]; total: number }> => {
  const groups = [...new Set([...w.actor.groups, ...w.actor.desk])]
  const { rows, total } = await waitingLetters(w, { groups, direct: w.actor.direct }, today)
  return {
    rows: rows.map(r => ({
      id: r.id,
      caseId: r.contactId,
      number: codeOf('K', r.contactId),
      due: r.due ?? today,
      assignee: null,
      kind: 'answer',
    })),
    total,
  }
}

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
    w.can('contact:list') && w.can('screening:read') ? contactFacts(w) : nothing,
    w.can('safe-contact:read') ? waitingContactPlans(w, scope, today, who) : nothing,
    w.can('letter:list') ? letters(w, today) : nothing,
  ])
  const areas: readonly TaskArea[] = ['plan', 'language', 'report', 'follow_up', 'match', 'contact', 'safe_contact', 'letter']
  const all = parts.flatMap((p, i) => p.rows.map((r): Task => ({ ...r, area: areas[i]! })))
  return splitTasks(
    all,
    today,
    parts.reduce((n, p) => n + p.total, 0),
  )
}
