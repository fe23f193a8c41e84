import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AgencyName } from './access/schema.ts'
import { sealTitle } from './access/store.directory.ts'
import { demoPassword, enrol, invitationSecret } from './access/store.enrol.ts'
import { addPerson, asOwner, completeInstallation, initInstallation } from './access/store.init.ts'
import { canConfirm, confirmMember } from './access/store.keys.ts'
import { journalAct } from './access/store.server-acts.ts'
import { type AccessDeps, afterUnlock, createSession, noFactor, sessionOf } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import type { Role, TeamFunction } from './base/people.ts'
import { asSession, openPool } from './platform/db.ts'
import { makeKit } from './platform/kit.ts'
import type { Installation } from './platform/launch.installation.ts'
import { roleConnection } from './platform/launch.target.ts'
import { newPrintedCodes } from './platform/onetime.ts'
import { passwords } from './platform/password.ts'
import { newId } from './platform/records.ts'
import { openVault } from './platform/vault.ts'

interface DemoPerson {
  readonly login: string
  readonly alias: string
  readonly roles: readonly Role[]
  readonly teams: readonly (readonly [team: 0 | 1, fn: TeamFunction])[]
}
/** One person for each role. Birds, so that nobody takes them for anybody; in both languages of the office. */
export const demoPeople: readonly DemoPerson[] = [
  { login: 'demo-admin', alias: 'Филин (Hawk Owl)', roles: ['administrator'], teams: [] },
  {
    login: 'demo-supervisor',
    alias: 'Сова (Owl)',
    roles: ['supervisor'],
    teams: [
      [0, 'supervision'],
      [1, 'supervision'],
    ],
  },
  {
    login: 'demo-case-worker',
    alias: 'Ласточка (Swallow)',
    roles: ['case_worker'],
    teams: [
      [0, 'casework'],
      [1, 'casework'],
    ],
  },
  { login: 'demo-duty', alias: 'Дрозд (Thrush)', roles: ['duty_specialist'], teams: [[0, 'desk']] },
  {
    login: 'demo-psychologist',
    alias: 'Синица (Chickadee)',
    roles: ['psychologist'],
    teams: [
      [0, 'health'],
      [1, 'health'],
    ],
  },
  {
    login: 'demo-lawyer',
    alias: 'Сокол (Falcon)',
    roles: ['lawyer'],
    teams: [
      [0, 'legal'],
      [1, 'legal'],
    ],
  },
  {
    login: 'demo-shelter',
    alias: 'Аист (Stork)',
    roles: ['shelter_carer'],
    teams: [
      [0, 'shelter'],
      [1, 'shelter'],
    ],
  },
  {
    login: 'demo-follow-up',
    alias: 'Журавль (Crane)',
    roles: ['follow_up_worker'],
    teams: [
      [0, 'follow_up'],
      [1, 'follow_up'],
    ],
  },
  { login: 'demo-interpreter', alias: 'Скворец (Starling)', roles: ['interpreter'], teams: [] },
  { login: 'demo-partner', alias: 'Чайка (Gull)', roles: ['partner'], teams: [] },
  { login: 'demo-analyst', alias: 'Дятел (Woodpecker)', roles: ['analyst'], teams: [] },
  { login: 'demo-auditor', alias: 'Ворон (Raven)', roles: ['auditor'], teams: [] },
  { login: 'demo-editor', alias: 'Соловей (Nightingale)', roles: ['content_editor'], teams: [] },
]

/** Two small agencies beside it, so that one sees what they do not see. Two or three people, as small places have them. */
interface DemoAgency {
  readonly name: AgencyName
  readonly team: AgencyName
  readonly people: readonly (Omit<DemoPerson, 'teams'> & { readonly functions: readonly TeamFunction[] })[]
}
export const demoAgencies: readonly DemoAgency[] = [
  {
    name: { ru: 'Демонстрация: приют «Причал»', en: 'Demonstration: shelter “Harbour”' },
    team: { ru: 'Причал', en: 'Harbour' },
    people: [
      { login: 'demo-harbour-worker', alias: 'Зарянка, Причал (Robin)', roles: ['case_worker'], functions: ['casework'] },
      { login: 'demo-harbour-supervisor', alias: 'Пустельга, Причал (Kestrel)', roles: ['supervisor'], functions: ['supervision'] },
      { login: 'demo-harbour-shelter', alias: 'Оляпка, Причал (Dipper)', roles: ['shelter_carer'], functions: ['shelter'] },
    ],
  },
  {
    name: { ru: 'Демонстрация: северный город', en: 'Demonstration: a northern town' },
    team: { ru: 'Север', en: 'North' },
    people: [
      { login: 'demo-north-worker', alias: 'Вьюрок, Север (Brambling)', roles: ['case_worker'], functions: ['casework'] },
      { login: 'demo-north-supervisor', alias: 'Чечётка, Север (Redpoll)', roles: ['supervisor'], functions: ['supervision'] },
    ],
  },
]

export type SeedFrom = Pick<Installation, 'owner' | 'keys' | 'folder' | 'target'>

/** What the demonstration does as its people: from the command line, on the office's own database role. */
export const demoDeps = (i: Pick<Installation, 'keys' | 'target'>): AccessDeps & { end: () => Promise<void> } => {
  const pool = openPool({ ...(roleConnection(i.target, i.keys, 'staff_rw') as Parameters<typeof openPool>[0]), max: 4 })
  return {
    pool,
    keys: i.keys,
    passwords: passwords(i.keys.pepper),
    origin: 'http://localhost',
    clock: () => new Date(),
    end: () => pool.end(),
  }
}

/** Confirms whoever waits, as a colleague who holds the keys would; returns how many were confirmed. */
const confirmWaiting = (deps: AccessDeps, token: string): Promise<number> =>
  asSession(deps.pool, token, async tx => {
    const s = await sessionOf(tx)
    if (!s) return 0
    const w = { tx, vault: await openVault(tx, s, token, Date.now()), now: new Date().toISOString() }
    let n = 0
    for (const p of await canConfirm(w)) if ((await confirmMember(w, p.userId, p.teamId, p.fn)) === 'confirmed') n++
    return n
  })

/** Writes the demonstration's agency, teams and people, with keys made and memberships confirmed. Runs once, before the sites start. */
export const seedDemo = async (installation: SeedFrom, say: (line: string) => void): Promise<void> => {
  say('Making the demonstration: three agencies, one invented person for each role.')
  const { keys, owner } = installation
  const kit = await makeKit(3, 2)
  const now = new Date()
  // A day before the small ones: the sign-in page lists them by day, and whoever is meant by a role is of the large agency.
  const before = new Date(now.getTime() - 86_400_000)
  const [first, ...others] = demoPeople
  if (!first) return
  const made = await initInstallation({
    connection: owner,
    keys,
    demo: true,
    incomplete: true,
    agency: { ru: 'Демонстрация', en: 'Demonstration' },
    size: 'small',
    recoveryPublic: kit.recoveryPublic,
    now: before,
    teams: [
      { ru: 'Приём', en: 'Intake' },
      { ru: 'Сопровождение', en: 'Support' },
    ],
    admin: { login: first.login, roles: first.roles, profile: { name: first.alias, alias: first.alias, language: 'ru' } },
  })
  const invited: { person: DemoPerson; member: boolean; id: Id; invitation: string }[] = [
    { person: first, member: first.teams.length > 0, id: made.adminId, invitation: made.invitation },
  ]
  await asOwner(owner, async db => {
    for (const p of others) {
      const teams = p.teams.map(([t, fn]) => [made.teams[t] ?? '', fn] as const)
      invited.push({
        person: p,
        member: teams.length > 0,
        ...(await addPerson(
          db,
          keys,
          made.agencyId,
          { login: p.login, roles: p.roles, profile: { name: p.alias, alias: p.alias, language: 'ru' }, teams },
          before,
        )),
      })
    }
  })
  await asOwner(owner, async db => {
    for (const a of demoAgencies) {
      const [agencyId, team] = [newId(), newId()]
      const values = [agencyId, sealTitle(keys.service, 'agency', agencyId, a.name)]
      await db.query("insert into app.agency (id, profile, size, session_hours) values ($1, $2, 'small', 26)", values)
      await journalAct(db, agencyId, 'installation', agencyId, 'installation_made')
      const title = sealTitle(keys.service, 'team', team, a.team)
      await db.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, false, $3)', [team, agencyId, title])
      await journalAct(db, team, 'team', agencyId, 'server_team_made')
      for (const { functions, ...p } of a.people) {
        const profile = { name: p.alias, alias: p.alias, language: 'ru' as const }
        const teams = functions.map(fn => [team, fn] as const)
        invited.push({
          person: { ...p, teams: [] },
          member: true,
          ...(await addPerson(db, keys, agencyId, { login: p.login, roles: p.roles, profile, teams }, now)),
        })
      }
    }
  })
  const deps = demoDeps(installation)
  const lines = [
    'Invented people of this demonstration. To sign in with the form: login, password, and one of the codes (each works once).',
    '',
  ]
  try {
    const enrolled = await Promise.all(
      invited.map(async ({ person, member, id, invitation }) => {
        const password = demoPassword(keys.pepper, id)
        const printed = newPrintedCodes()
        const secret = invitationSecret(invitation)
        const done = secret && (await enrol(deps, { invitation: secret, userId: id, password, totpSecret: null, printed }))
        if (!done) throw new Error('an invitation of our own making must be valid')
        lines.push(`${person.login}  ${password}  ${printed.join(' ')}`)
        return { member, id, ...done }
      }),
    )
    lines.push('', 'Recovery kit of this demonstration (any two pages):', ...kit.shares.map(s => s.text), '')
    writeFileSync(path.join(installation.folder, 'demo-people.txt'), lines.join('\n'), { mode: 0o600 })
    await completeInstallation({ connection: owner, keys, demo: true, recoveryPublic: kit.recoveryPublic, now })
    const open: string[] = []
    for (const { member, id, keys: own, verify } of enrolled) {
      const token = member ? await createSession(deps, id, 'password', verify, own, noFactor, false) : null
      if (token) open.push(token)
    }
    for (const t of open) await afterUnlock(deps, t)
    // Whoever came first holds keys that later ones wait for; each round hands on what the last one brought.
    for (let round = 0, n = 1; n > 0 && round < 5; round++) {
      n = 0
      for (const t of open) n += await confirmWaiting(deps, t)
    }
    for (const t of open) await afterUnlock(deps, t)
    for (const t of open) await asSession(deps.pool, t, tx => tx.query('select app.session_end(null)'))
  } finally {
    await deps.end()
  }
}
