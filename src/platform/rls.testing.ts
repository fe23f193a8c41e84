import fc from 'fast-check'
import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { functions, type Role, roles, type TeamFunction } from '../base/people.ts'

// A small world: two agencies with three teams each, four people, six records with everything that hangs on them. Numbers are places in these lists,
// so that fast-check can shrink a counterexample to something a person can read.
export const uuid = (kind: number, n: number): Id =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
export const agencies = [0, 1].map(n => uuid(1, n))
export const teams = [0, 1, 2, 3, 4, 5].map(n => uuid(2, n))
export const agencyOfTeam = (t: number) => (t < 3 ? 0 : 1)
export const records = [0, 1, 2, 3, 4, 5].map(n => uuid(3, n))
export const people = { me: uuid(4, 0), colleague: uuid(4, 1), absent: uuid(4, 2), foreigner: uuid(4, 3) }
export type Person = keyof typeof people
export const token = 'a'.repeat(43)

// Weighted towards what decides something: evenly drawn, one world in a hundred would hold anybody at the desk, and a hole there would stay unseen.
const person = fc.constantFrom<Person>('me', 'me', 'me', 'colleague', 'absent', 'foreigner')
const someFunction = fc.constantFrom<TeamFunction>(...functions, 'desk', 'desk', 'desk', 'casework', 'casework', 'supervision')
const someRole = fc.constantFrom<Role>(...roles, 'auditor', 'auditor', 'administrator', 'supervisor')
const team = fc.nat(5)
const record = fc.nat(5)
const when = fc.constantFrom('now', 'now', 'now', 'over', 'future', 'ended')

export const anyWorld = fc.record({
  agency: fc.nat(1),
  roles: fc.uniqueArray(someRole, { maxLength: 3 }),
  session: fc.constantFrom(...Array<'live'>(14).fill('live'), 'none', 'forged', 'expired', 'idle', 'locked', 'revoked'),
  members: fc.uniqueArray(
    fc.record({
      person,
      team,
      function: someFunction,
      confirmed: fc.constantFrom(true, true, true, false),
      ended: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 6, selector: m => `${m.person} ${m.team} ${m.function}` },
  ),
  intake: fc.array(fc.constantFrom(true, true, false), { minLength: 6, maxLength: 6 }),
  absence: fc.constantFrom('none', 'now', 'over', 'future', 'ended'),
  rows: fc.array(
    fc.record({
      kind: fc.constantFrom('contact', 'person', 'case', 'account'),
      contactGroup: team,
      personGroup: team,
      caseGroup: team,
      hangingGroup: team,
      user: person,
      assignee: fc.option(person),
      state: fc.constantFrom('open', 'suspended', 'closed'),
      person: record,
      contact: fc.option(record),
    }),
    { minLength: 6, maxLength: 6 },
  ),
  grants: fc.array(
    fc.record({
      record,
      person: fc.constantFrom<Person>('me', 'colleague', 'colleague', 'absent', 'foreigner'),
      when,
      kind: fc.constantFrom('contact', 'contact', 'person', 'case'),
      group: team,
    }),
    { maxLength: 6 },
  ),
  exclusions: fc.array(
    fc.record({ record, whom: fc.oneof(person, fc.record({ team }), fc.record({ agency: fc.nat(1) })), ended: fc.boolean(), group: team }),
    { maxLength: 3 },
  ),
})
export type World = typeof anyWorld extends fc.Arbitrary<infer W> ? W : never

/** What the row policies should take the person for; null when nobody is there. Written from the words of security.md, not from the SQL functions. */
export const actorOf = (w: World): Actor | null => {
  if (w.session !== 'live') return null
  const live = w.members.filter(m => m.person === 'me' && m.confirmed && !m.ended)
  const standing: Person[] = w.absence === 'now' ? ['me', 'absent'] : ['me']
  const cases = w.rows.flatMap((r, i) =>
    r.assignee && standing.includes(r.assignee) && r.state !== 'closed' ? [i, r.person, ...(r.contact === null ? [] : [r.contact])] : [],
  )
  const granted = w.grants.filter(g => standing.includes(g.person) && g.when === 'now').map(g => g.record)
  // A membership that is unconfirmed or over still excludes: exclusion errs on the side of hiding.
  const myTeams = w.members.filter(m => m.person === 'me').map(m => m.team)
  const out = w.exclusions.filter(
    x =>
      !x.ended &&
      (x.whom === 'me' || (typeof x.whom === 'object' && ('team' in x.whom ? myTeams.includes(x.whom.team) : x.whom.agency === w.agency))),
  )
  const hidden = out.map(x => x.record)
  // Whoever must not see a person sees no case about that person, nor how that case came to us, nor its sessions with an interpreter.
  const about = w.rows.flatMap((r, i) => (hidden.includes(r.person) ? [i] : []))
  const cameBy = about.flatMap(i => w.rows[i]?.contact ?? [])
  const ids = (list: readonly number[], of: readonly Id[]) => [...new Set(list)].map(n => of[n] as Id).sort()
  return {
    id: people.me,
    agencyId: agencies[w.agency] as Id,
    roles: w.roles,
    groups: ids(
      live.filter(m => m.function === 'casework' || m.function === 'supervision').map(m => m.team),
      teams,
    ),
    desk: ids(
      live.filter(m => m.function === 'desk' && w.intake[m.team]).map(m => m.team),
      teams,
    ),
    direct: ids([...cases, ...granted], records),
    excluded: [
      ...ids([...hidden, ...about, ...cameBy], records),
      ...[...new Set([...hidden, ...about])].filter(i => i < w.rows.length).map(i => uuid(60, i)),
    ].sort(),
  }
}
