import fc from 'fast-check'
import type pg from 'pg'
import type { Actor } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { functions, type Role, roles, type TeamFunction } from '../base/people.ts'
import { sha256 } from './crypto.ts'

// A small world: two agencies with three teams each, four people, six records with everything that hangs on them. Numbers are places in these lists,
// so that fast-check can shrink a counterexample to something a person can read.
const uuid = (kind: number, n: number): Id => `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
export const agencies = [0, 1].map(n => uuid(1, n))
export const teams = [0, 1, 2, 3, 4, 5].map(n => uuid(2, n))
export const agencyOfTeam = (t: number) => (t < 3 ? 0 : 1)
export const records = [0, 1, 2, 3, 4, 5].map(n => uuid(3, n))
export const people = { me: uuid(4, 0), colleague: uuid(4, 1), absent: uuid(4, 2), foreigner: uuid(4, 3) }
export type Person = keyof typeof people
export const token = 'a'.repeat(43)

const person = fc.constantFrom<Person>('me', 'colleague', 'absent', 'foreigner')
const team = fc.nat(5)
const record = fc.nat(5)
const when = fc.constantFrom('now', 'now', 'now', 'over', 'future', 'ended')

export const anyWorld = fc.record({
  agency: fc.nat(1),
  roles: fc.uniqueArray(fc.constantFrom<Role>(...roles), { maxLength: 3 }),
  session: fc.constantFrom('live', 'live', 'live', 'live', 'live', 'none', 'forged', 'expired', 'idle', 'locked', 'revoked'),
  members: fc.uniqueArray(
    fc.record({
      person,
      team,
      function: fc.constantFrom<TeamFunction>(...functions),
      confirmed: fc.constantFrom(true, true, true, false),
      ended: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 6, selector: m => `${m.person} ${m.team} ${m.function}` },
  ),
  intake: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
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
  grants: fc.array(fc.record({ record, person, when, kind: fc.constantFrom('contact', 'person', 'case'), group: team }), { maxLength: 5 }),
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
    excluded: ids(
      out.map(x => x.record),
      records,
    ),
  }
}

/** One row: its columns, and how code sees it. `other` are the columns in which a row to be inserted differs. */
export interface TestRow {
  readonly columns: Readonly<Record<string, unknown>>
  readonly other: Readonly<Record<string, unknown>>
  readonly key: readonly string[]
  readonly twin: {
    readonly record: Id
    readonly homeGroup: Id
    readonly kind: string
    readonly user: Id
    readonly agencyId: Id
    readonly members: readonly Id[]
  }
}

const x = '\\x00'
const byte = (n: number) => `\\x${n.toString(16).padStart(2, '0')}`
const stamp = {
  now: ['2020-01-01', 'infinity', null],
  over: ['2020-01-01', '2021-01-01', null],
  future: ['2999-01-01', 'infinity', null],
  ended: ['2020-01-01', 'infinity', '2021-01-01'],
} as const

/** The rows of every table that belongs to a record, and of some that belong to people. */
export const rowsOf = (w: World): Readonly<Record<string, readonly TestRow[]>> => {
  const agencyOf = (p: Person) => (p === 'foreigner' ? 1 - w.agency : w.agency)
  const membersOf = (t: number) => w.members.filter(m => m.team === t && m.confirmed && !m.ended).map(m => people[m.person])
  const row = (
    i: number,
    group: number,
    kind: string,
    user: Person,
    key: readonly string[],
    columns: Record<string, unknown>,
    other: Record<string, unknown>,
    agency = agencyOfTeam(group),
  ): TestRow => ({
    columns,
    other,
    key,
    twin: {
      record: records[i] as Id,
      homeGroup: teams[group] as Id,
      kind,
      user: people[user],
      agencyId: agencies[agency] as Id,
      members: membersOf(group),
    },
  })
  const each = (make: (i: number, r: World['rows'][number]) => TestRow) => w.rows.map((r, i) => make(i, r))
  const hanging = (
    table: number,
    key: readonly string[],
    columns: (i: number, r: World['rows'][number]) => Record<string, unknown>,
    other: (i: number) => Record<string, unknown>,
    kind?: string,
  ) =>
    each((i, r) =>
      row(
        i,
        r.hangingGroup,
        kind ?? r.kind,
        r.user,
        key,
        { home_group: teams[r.hangingGroup], ...(key.includes('id') ? { id: uuid(table, i) } : {}), ...columns(i, r) },
        { ...(key.includes('id') ? { id: uuid(table, i + 100) } : {}), ...other(i) },
      ),
    )
  const record = (i: number) => ({ record: records[i] })
  const kinded = (i: number, r: { kind: string }) => ({ record: records[i], kind: r.kind })
  return {
    contact: each((i, r) =>
      row(
        i,
        r.contactGroup,
        'contact',
        'me',
        ['id'],
        {
          id: records[i],
          home_group: teams[r.contactGroup],
          channel: 'report',
          received: '2024-01-01',
          safe_now: 'yes',
          state: 'new',
          unread: true,
          version: 1,
        },
        { id: uuid(3, i + 100) },
      ),
    ),
    conversation: hanging(
      20,
      ['contact_id'],
      i => ({
        contact_id: records[i],
        submission: uuid(20, i),
        digest: x,
        attempt: 0,
        locator: i,
        salt: x,
        kdf: 'k',
        ck_public: x,
        ck_wrapped: x,
        proof_hash: x,
        last_day: '2024-01-01',
      }),
      () => ({}),
      'contact',
    ),
    message: hanging(
      21,
      ['id'],
      i => ({ contact_id: records[i], seq: 1, direction: 'in', at: '2024-01-01', sealed: x, acknowledged: false }),
      () => ({ seq: 2 }),
      'contact',
    ),
    person: each((i, r) =>
      row(
        i,
        r.personGroup,
        'person',
        'me',
        ['id'],
        { id: records[i], home_group: teams[r.personGroup], state: 'active', version: 1 },
        { id: uuid(3, i + 100) },
      ),
    ),
    person_link: hanging(
      22,
      ['id'],
      i => ({ person_id: records[i], other_id: uuid(22, i), signature: x, made_by: people.me, ended_at: null }),
      () => ({}),
      'person',
    ),
    case_record: each((i, r) =>
      row(
        i,
        r.caseGroup,
        'case',
        'me',
        ['id'],
        {
          id: records[i],
          home_group: teams[r.caseGroup],
          number: `D-AAAAAA${i}`,
          person_id: records[r.person],
          contact_id: r.contact === null ? null : records[r.contact],
          assignee: r.assignee && people[r.assignee],
          state: r.state,
          danger: 'none',
          opened: '2024-01-01',
          due: null,
          version: 1,
        },
        { id: uuid(3, i + 100), number: `D-BBBBBB${i}` },
      ),
    ),
    case_link: hanging(
      23,
      ['id'],
      i => ({ case_id: records[i], other_case: uuid(23, i), pair: uuid(23, i), sealed: x, ended_at: null }),
      () => ({}),
      'case',
    ),
    sealed: hanging(
      24,
      ['record', 'compartment'],
      (i, r) => ({ ...kinded(i, r), compartment: 1, dek_version: 1, value: x }),
      () => ({ compartment: 7 }),
    ),
    key_wrap: hanging(
      25,
      ['record', 'compartment', 'dek_version', 'holder', 'holder_id'],
      (i, r) => ({
        ...kinded(i, r),
        compartment: 1,
        dek_version: 1,
        holder: 'team',
        holder_id: uuid(25, i),
        holder_version: 0,
        form: 1,
        wrapped: x,
        until: 'infinity',
      }),
      () => ({ compartment: 7 }),
    ),
    journal: hanging(
      26,
      ['record', 'seq'],
      (i, r) => ({
        ...kinded(i, r),
        seq: 1,
        type: 'noted',
        actor: people.me,
        recorded_at: '2024-01-01',
        command: uuid(26, i),
        digests: '',
        prev: x,
        hash: x,
      }),
      () => ({ seq: 2 }),
    ),
    journal_part: hanging(
      27,
      ['record', 'seq', 'compartment'],
      (i, r) => ({ ...kinded(i, r), seq: 1, compartment: 1, dek_version: 1, sealed: x }),
      () => ({ seq: 2 }),
    ),
    record_head: hanging(
      28,
      ['record'],
      (i, r) => ({ ...kinded(i, r), seq: 1, hash: x }),
      i => ({ record: uuid(28, i) }),
    ),
    second_look: hanging(
      29,
      ['id'],
      (i, r) => ({ ...kinded(i, r), what: 'closed_alone', done_by: people.colleague, seen_by: null, seen_at: null }),
      () => ({}),
    ),
    unlocked_work: hanging(
      30,
      ['id'],
      i => ({ ...record(i), kind: 'work' }),
      () => ({}),
    ),
    break_glass: hanging(
      31,
      ['id'],
      (i, r) => ({ ...record(i), user_id: people[r.user], reason: 'immediate_danger', until: 'infinity', extended: false }),
      () => ({}),
    ),
    grant_: w.grants.map((g, n) => {
      const [from_at, until, ended_at] = stamp[g.when as keyof typeof stamp]
      return row(
        g.record,
        g.group,
        g.kind,
        g.person,
        ['id'],
        {
          id: uuid(32, n),
          record: records[g.record],
          kind: g.kind,
          home_group: teams[g.group],
          user_id: people[g.person],
          compartments: '{1}',
          rights: '{read}',
          purpose: 'share',
          from_at,
          until,
          granted_by: people.colleague,
          ended_at,
        },
        { id: uuid(32, n + 100) },
      )
    }),
    record_exclusion: w.exclusions.map((e, n) => {
      const [kind, id] =
        typeof e.whom === 'string'
          ? ['user', people[e.whom]]
          : 'team' in e.whom
            ? ['team', teams[e.whom.team]]
            : ['agency', agencies[e.whom.agency]]
      return row(
        e.record,
        e.group,
        '',
        'colleague',
        ['id'],
        {
          id: uuid(33, n),
          record: records[e.record],
          home_group: teams[e.group],
          excluded_kind: kind,
          excluded_id: id,
          made_by: people.colleague,
          ended_at: e.ended ? '2021-01-01' : null,
        },
        { id: uuid(33, n + 100) },
      )
    }),
    read_audit: each((i, r) =>
      row(
        i,
        0,
        '',
        r.user,
        ['id'],
        {
          id: uuid(34, i),
          at: '2024-01-01',
          actor: people[r.user],
          session_id: uuid(34, i),
          action: 'case:read',
          records: `{${records[i]}}`,
          purpose: '',
          outcome: 'shown',
          mac: x,
          leaf: x,
        },
        { id: uuid(34, i + 100) },
        agencyOf(r.user),
      ),
    ),
    team: teams.map((id, t) =>
      row(
        0,
        t,
        '',
        'me',
        ['id'],
        { id, agency_id: agencies[agencyOfTeam(t)], intake: w.intake[t], state: 'active', profile: x },
        { id: uuid(2, t + 100) },
      ),
    ),
    account: (Object.keys(people) as Person[]).map((p, n) =>
      row(
        0,
        0,
        '',
        p,
        ['id'],
        {
          id: people[p],
          agency_id: agencies[agencyOf(p)],
          login_hmac: byte(n),
          profile: x,
          roles: p === 'me' ? `{${w.roles.join()}}` : '{}',
          state: 'active',
          created_day: '2024-01-01',
        },
        { id: uuid(4, n + 100), login_hmac: byte(n + 100) },
        agencyOf(p),
      ),
    ),
    member: w.members.map(m =>
      row(
        0,
        m.team,
        '',
        m.person,
        ['user_id', 'team_id', 'function'],
        {
          user_id: people[m.person],
          team_id: teams[m.team],
          function: m.function,
          confirmed_by: m.confirmed ? people.colleague : null,
          until: m.ended ? '2021-01-01' : 'infinity',
        },
        { user_id: uuid(4, 50) },
      ),
    ),
    team_key_wrap: teams.map((id, t) =>
      row(
        0,
        t,
        '',
        w.rows[t]?.user ?? 'me',
        ['team_id', 'compartment', 'version', 'user_id'],
        { team_id: id, compartment: 1, version: 1, user_id: people[w.rows[t]?.user ?? 'me'], form: 1, wrapped: x },
        { version: 2 },
      ),
    ),
  }
}

const literal = (v: unknown) => (v === null || v === undefined ? 'null' : `'${String(v).replaceAll("'", "''")}'`)
export const insertSql = (table: string, r: Readonly<Record<string, unknown>>) =>
  `insert into app.${table} (${Object.keys(r).join(', ')}) values (${Object.values(r).map(literal).join(', ')})`
export const whereSql = (r: TestRow) => r.key.map(k => `${k} = ${literal(r.columns[k])}`).join(' and ')
export const setSql = (column: string, r: TestRow) => `${column} = ${literal(r.columns[column])}`

/** Writes the world as the superuser, in the open transaction, and turns into staff_rw with the session's token. */
export const enter = async (db: pg.ClientBase, w: World, rows = rowsOf(w)): Promise<void> => {
  const all = [
    "set local session_replication_role = 'replica'",
    ...agencies.map(id => insertSql('agency', { id, profile: x, size: 'large', session_hours: 10 })),
    ...Object.entries(rows).flatMap(([table, list]) => list.map(r => insertSql(table, r.columns))),
  ]
  if (w.absence !== 'none') {
    const [from_at, until, ended_at] = stamp[w.absence as keyof typeof stamp]
    all.push(insertSql('absence', { id: uuid(5, 0), user_id: people.absent, deputy_id: people.me, from_at, until, ended_at }))
  }
  if (w.session !== 'none') {
    const given = w.session === 'forged' ? 'b'.repeat(43) : token
    all.push(
      insertSql('session', {
        id: uuid(6, 0),
        user_id: people.me,
        token_hash: `\\x${sha256(given).toString('hex')}`,
        bundle: x,
        expires_at: w.session === 'expired' ? '2021-01-01' : 'infinity',
        idle_until: w.session === 'idle' ? '2021-01-01' : 'infinity',
        revoked_at: w.session === 'revoked' ? '2021-01-01' : null,
        locked_at: w.session === 'locked' ? '2021-01-01' : null,
      }),
    )
  }
  all.push('set local role staff_rw', `select set_config('app.tok', '${token}', true)`)
  await db.query(all.join(';\n'))
}
