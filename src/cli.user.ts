import { parseArgs } from 'node:util'
import type pg from 'pg'
import { functionsOf } from './access/rules.ts'
import { invitationDays, newInvitation } from './access/store.enrol.ts'
import { addPerson, asOwner } from './access/store.init.ts'
import { journalAccountAct } from './access/store.server-acts.ts'
import { loginHmac } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { type Role, roles } from './base/people.ts'
import type { Command } from './cli.commands.ts'
import { plainError } from './platform/config.ts'
import { requireDemoFlag } from './platform/launch.folder.ts'
import { type Installation, openInstallation } from './platform/launch.installation.ts'

interface Flags {
  readonly name?: string | undefined
  readonly alias?: string | undefined
  readonly roles?: string | undefined
  readonly team?: string | undefined
}

const link = (i: Installation, code: string) => `${i.config.office.url}/ru/invitation?code=${code}`

const find = async (db: pg.Client, i: Installation, login: string): Promise<Id> => {
  const { rows } = await db.query<{ id: Id }>('select id from app.account where login_hmac = $1', [loginHmac({ keys: i.keys }, login)])
  if (!rows[0]) throw plainError(`There is no person with the login ${login}.`)
  return rows[0].id
}

const add = async (db: pg.Client, i: Installation, login: string, f: Flags): Promise<string[]> => {
  const wanted = (f.roles ?? '')
    .split(',')
    .map(r => r.trim())
    .filter(r => r !== '')
  if (!f.name || wanted.length === 0) throw plainError(`Name --name and --roles (${roles.join(', ')}).`)
  const { rows: agencies } = await db.query<{ id: Id }>('select id from app.agency')
  const { rows: teams } = await db.query<{ id: Id; agency_id: Id }>("select id, agency_id from app.team where state = 'active'")
  const chosen = f.team ? teams.filter(t => t.id === f.team) : teams
  if (f.team && chosen.length === 0) throw plainError('There is no such team.')
  // One agency, one team: nothing to choose. With several the team must be named, or the person joins none.
  const agency = f.team ? chosen[0]?.agency_id : agencies.length === 1 ? agencies[0]?.id : undefined
  if (!agency) throw plainError('There are several agencies: name --team.')
  const memberships = chosen.length === 1 ? functionsOf(wanted as Role[]).map(fn => [chosen[0]?.id ?? '', fn] as const) : []
  const made = await addPerson(
    db,
    i.keys,
    agency,
    { login, roles: wanted as Role[], profile: { name: f.name, alias: f.alias ?? f.name, language: 'ru' }, teams: memberships },
    new Date(),
  )
  return [
    'Invitation, valid for seven days, works once:',
    link(i, made.invitation),
    ...(memberships.length > 0
      ? ['The first of a team gets its keys at sign-in; others are confirmed by a colleague: page “Keys” (Ключи).']
      : []),
  ]
}
const disable = async (db: pg.Client, i: Installation, login: string): Promise<string[]> => {
  const id = await find(db, i, login)
  const { rows } = await db.query<{ ok: boolean }>('select app.account_disable_do($1) as ok', [id])
  if (rows[0]?.ok) await journalAccountAct(db, id, 'server_account_closed')
  return [
    rows[0]?.ok ? 'Disabled: sessions, keys and grants are gone. New team keys follow when a colleague signs in.' : 'Was disabled already.',
  ]
}
const readmit = async (db: pg.Client, i: Installation, login: string): Promise<string[]> => {
  const { code, verifier } = newInvitation()
  const id = await find(db, i, login)
  await db.query('select app.account_readmit_do($1, $2, $3)', [id, verifier, new Date(Date.now() + invitationDays * 86_400_000)])
  await journalAccountAct(db, id, 'server_account_readmitted')
  return [
    'Invitation, valid for seven days, works once:',
    link(i, code),
    'After it a colleague who holds the team’s keys confirms the person: page “Keys” (Ключи).',
    'If the account had been closed, its functions are gone: an administrator adds them again under “Staff” (Сотрудники).',
  ]
}

const acts: Readonly<Record<string, (db: pg.Client, i: Installation, login: string, f: Flags) => Promise<string[]>>> = {
  add,
  disable,
  readmit,
}

export const command: Command = {
  usage: 'add|disable|readmit LOGIN [--name … --alias … --roles a,b --team ID] [--demo]',
  summary: 'add a person with an invitation, shut somebody out at once, or let them back in',
  details: [
    'For emergencies and the first days; day to day this is done in the office under “Staff” (Сотрудники).',
    'disable ends every session, key and grant at once. What the person could open gets new keys when a colleague signs in.',
  ],
  run: async ({ args, config, print, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        alias: { type: 'string' },
        roles: { type: 'string' },
        team: { type: 'string' },
        demo: { type: 'boolean' },
      },
    })
    const [act, login] = positionals
    const run = act ? acts[act] : undefined
    if (!run || !login) throw plainError('Say add, disable or readmit, and a login.')
    const settings = config()
    requireDemoFlag(settings.dataFolder, values.demo)
    const installation = await openInstallation({ config: settings, demo: values.demo ?? false, when: 'existing', join: true, say })
    try {
      for (const line of await asOwner(installation.owner, db => run(db, installation, login, values))) print(line)
      return 0
    } finally {
      await installation.stop()
    }
  },
}
