import { byte, makers, stamp, type TestRow, x } from './rls.testing.rows.ts'
import { agencies, agencyOfTeam, type Person, people, records, teams, uuid, type World } from './rls.testing.ts'

/** Who may and who may not, and some rows that belong to people. */
export const peopleRows = (w: World): Readonly<Record<string, readonly TestRow[]>> => {
  const { row, each, agencyOf } = makers(w)
  return {
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
      const whom: Person | { team: number } | { agency: number } = e.whom
      const [kind, id] =
        typeof whom === 'string' ? ['user', people[whom]] : 'team' in whom ? ['team', teams[whom.team]] : ['agency', agencies[whom.agency]]
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
    on_call: teams.map((id, t) => {
      const user: Person = agencyOfTeam(t) === w.agency ? 'colleague' : 'foreigner'
      return row(
        0,
        t,
        '',
        user,
        ['id'],
        { id: uuid(180, t), team_id: id, user_id: people[user], weekday: null, from_minute: 0, until_minute: 1440, ended_at: null },
        { id: uuid(180, t + 100) },
      )
    }),
    staff_point: (Object.keys(people) as Person[]).map(p =>
      row(0, 0, '', p, ['user_id'], { user_id: people[p], version: 1, sealed: x }, {}, agencyOf(p)),
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
