import { membersToAgree, openChanges } from '../access/store.admin.ts'
import { glassToReview } from '../access/store.glass.ts'
import { canConfirm, myWaiting, rotationWaiting } from '../access/store.keys.ts'
import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import { dayOf } from '../base/time.ts'
import { openCasesOf, waitingCases } from '../case/store.ts'
import { countAlerts } from '../contact/store.alert.ts'
import { countLate } from '../contact/store.desk.ts'
import { countUnread, waitingContacts } from '../contact/store.list.ts'
import { waitingNotices } from '../person/store.elsewhere.talk.ts'
import type { SessionView } from '../platform/office.ts'
import type { Work } from '../platform/records.ts'
import type { DeputyFor, Waiting, WaitingLook } from './schema.ts'
import { tasksFor } from './store.tasks.ts'

interface Viewer extends Work {
  readonly actor: Actor
  readonly session: SessionView
  can(permission: string): boolean
}

const one = async (w: Work, sql: string, values: readonly unknown[] = []): Promise<number> =>
  (await w.tx.query<{ n: number }>(sql, values)).rows[0]?.n ?? 0

/** Whom this person stands in for now, and until when. */
const absences = async (w: Viewer): Promise<{ user: Id; until: string }[]> => {
  const { rows } = await w.tx.query<{ user_id: Id; until: Date }>(
    'select user_id, max(until) as until from app.absence where deputy_id = $1 and now() between from_at and until and ended_at is null group by user_id',
    [w.actor.id],
  )
  return rows.map(r => ({ user: r.user_id, until: r.until.toISOString() }))
}

/** Safety steps of others that this person may look at. One's own step is not a second look. */
const waitingLooks = async (w: Viewer): Promise<WaitingLook[]> => {
  const { rows } = await w.tx.query<{ id: Id; record: Id; kind: string; what: string; done_by: Id; done_at: Date }>(
    `select id, record, kind, what, done_by, done_at from app.second_look
      where seen_at is null and done_by <> $1 and (home_group = any ($2::uuid[]) or record = any ($3::uuid[])) order by done_at, id limit 25`,
    [w.actor.id, w.actor.groups, w.actor.direct],
  )
  return rows.map(r => ({ id: r.id, record: r.record, kind: r.kind, what: r.what, by: r.done_by, at: r.done_at.toISOString() }))
}

/** Changes of where new contacts go that wait for this person to look: supervisors, other desks, the team that no longer takes them. */
const intakeToLook = async (w: Viewer): Promise<Waiting['intake']> => {
  const { rows } = await w.tx.query<{ id: Id; record: Id; done_by: Id; done_at: Date }>('select * from app.intake_to_look()')
  return rows.map(r => ({ id: r.id, record: r.record, by: r.done_by, at: r.done_at.toISOString() }))
}
/** This person has looked; the team, or null when it is not theirs to look at. */
export const intakeLooked = async (w: Work, id: Id): Promise<Id | null> =>
  (await w.tx.query<{ x: Id | null }>('select app.intake_looked($1) as x', [id])).rows[0]?.x ?? null

/** A person has some dozens of cases; a page with thousands helps nobody. */
const mineShown = 100

const none = Promise.resolve([])
const noCases = Promise.resolve({ rows: [], total: 0 })
const zero = Promise.resolve(0)

/** Everything that waits for this person. What their roles do not allow is not even asked. */
export const waitingFor = async (w: Viewer): Promise<Waiting> => {
  const me = w.actor.id
  const contacts = w.can('contact:list')
  const cases = w.can('case:list')
  const admin = w.session.roles.includes('administrator')
  const has = (role: Role) => w.session.roles.includes(role)
  const scope = { groups: w.session.groups, direct: w.session.direct }
  // A case worker or supervisor sees what their teams have not taken; a duty specialist what they opened. Others were asked for help with one part only.
  const takes = has('case_worker') || has('supervisor') || has('duty_specialist')
  const away = contacts || cases ? await absences(w) : []
  const deputy = Promise.all(
    away.map(async (a): Promise<DeputyFor> => {
      const [c, k] = await Promise.all([
        contacts ? waitingContacts(w, w.actor, { assignee: [a.user] }, 25) : none,
        cases ? openCasesOf(w, a.user) : none,
      ])
      return { ...a, contacts: c, cases: k }
    }),
  )
  const [
    inDanger,
    dangerCases,
    nobody,
    due,
    tasks,
    unread,
    myContacts,
    myCases,
    deputies,
    looks,
    intake,
    members,
    own,
    rotation,
    work,
    invitations,
    helplines,
    glass,
    changes,
    traces,
    agree,
    late,
    notices,
    alerts,
  ] = await Promise.all([
    contacts ? waitingContacts(w, w.actor, 'danger') : none,
    cases ? waitingCases(w, 'danger', scope) : noCases,
    cases && takes ? waitingCases(w, 'nobody', scope) : noCases,
    cases ? waitingCases(w, has('supervisor') ? 'due' : 'mine_due', scope) : noCases,
    // Psychologists, lawyers and follow-up workers see only what is theirs anyway; a supervisor answers for the team.
    tasksFor(w, scope, dayOf(w.now, w.session.timeZone), has('case_worker') && !has('supervisor') ? me : undefined),
    contacts ? countUnread(w, w.actor) : zero,
    contacts ? waitingContacts(w, w.actor, { assignee: [me] }, 25) : none,
    // One more than is shown: whoever has more finds the rest in the list of cases.
    cases ? openCasesOf(w, me, mineShown + 1) : none,
    deputy,
    w.can('case:look') ? waitingLooks(w) : none,
    w.can('worklist:intake') ? intakeToLook(w) : none,
    w.can('access:keys-confirm') ? canConfirm(w).then(l => l.length) : zero,
    myWaiting(w).then(l => l.length),
    rotationWaiting(w),
    contacts || cases ? one(w, 'select count(*)::int as n from (select from app.unlocked_work limit 1001) x') : zero,
    admin ? one(w, "select count(*)::int as n from app.account where state = 'invited'") : zero,
    admin
      ? one(
          w,
          "select count(*)::int as n from app.helpline where not always and (verified_on is null or verified_on < (now() - interval '12 months')::date)",
        )
      : zero,
    w.session.roles.includes('supervisor') ? glassToReview(w, me).then(l => l.length) : zero,
    w.can('user:decide') ? openChanges(w).then(l => l.filter(c => c.by !== me && c.userId !== me).length) : zero,
    // Whoever asks about a child, and who is to be looked for: read and answered by supervisors alone.
    w.can('trace:read')
      ? one(w, "select count(*)::int as n from (select from app.trace where state in ('new', 'checked') limit 1001) x")
      : zero,
    w.can('user:decide') ? membersToAgree(w).then(l => l.filter(m => m.by !== me && m.userId !== me).length) : zero,
    w.can('contact:load') ? countLate(w) : zero,
    waitingNotices(w, { coordinate: w.can('match:coordinate'), asks: w.can('match:asks') }),
    w.can('contact:write') ? countAlerts(w) : zero,
  ])
  return {
    danger: { contacts: inDanger, cases: dangerCases.rows, total: dangerCases.total },
    nobody: { cases: nobody.rows, total: nobody.total },
    due: { cases: due.rows, total: due.total, team: has('supervisor') },
    tasks,
    unread,
    late,
    alerts,
    mine: {
      contacts: myContacts,
      cases: myCases.slice(0, mineShown).filter(c => !due.rows.some(d => d.id === c.id)),
      more: myCases.length > mineShown,
    },
    deputy: deputies,
    looks,
    intake,
    members,
    ownKeys: own,
    rotation,
    work,
    invitations,
    helplines,
    glass,
    changes,
    agree,
    traces,
    notices,
    today: dayOf(w.now, w.session.timeZone),
    leftOut: {},
  }
}

/** What somebody still holds: two numbers, whatever the viewer may see. Undefined for a person of another agency. */
export const leaverCounts = async (w: Work, user: Id): Promise<{ contacts: number; cases: number } | undefined> =>
  (await w.tx.query<{ contacts: number; cases: number }>('select contacts, cases from app.leaver_counts($1)', [user])).rows[0]
