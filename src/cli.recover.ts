import { parseArgs } from 'node:util'
import pg from 'pg'
import { openTitle } from './access/schema.ts'
import { journalAccountAct } from './access/store.server-acts.ts'
import { loginHmac } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { functions, type TeamFunction } from './base/people.ts'
import type { Command } from './cli.commands.ts'
import { askForKit, requireSuperuser } from './cli.kit.ts'
import { plainError } from './platform/config.ts'
import { openJson, SealError } from './platform/crypto.ts'
import { requireDemoFlag } from './platform/launch.folder.ts'
import { type Installation, openInstallation } from './platform/launch.installation.ts'
import { recoverTeam } from './platform/recovery.ts'

const why: Record<string, string> = {
  person_has_no_keys:
    'That person has no keys yet, so there is nothing to seal the records to. They must open their invitation and sign in first.',
  no_such_team: 'There is no such team.',
  box_not_for_us: 'The recovery kit does not open what is stored here.',
}

interface Member {
  readonly id: Id
  readonly fn: TeamFunction
}
const nameOf = (i: Installation, id: Id, sealed: Buffer): string =>
  openTitle(openJson(i.keys.service, { table: 'team', row: id, compartment: 0 }, sealed)).name.en

/** The team: the one named, or the person's only one. With several it says which there are, so that nobody has to look for ids. */
const teamOf = async (db: pg.Client, i: Installation, userId: Id, named: string | undefined): Promise<readonly Member[]> => {
  const { rows } = await db.query<{ id: Id; profile: Buffer; function: TeamFunction | null }>(
    'select t.id, t.profile, m.function from app.team t left join app.member m on m.team_id = t.id and m.user_id = $1 and now() < m.until order by t.id',
    [userId],
  )
  const mine = rows.filter(r => r.function)
  const ids = [...new Set((named ? rows.filter(r => r.id === named) : mine.length > 0 ? mine : rows).map(r => r.id))]
  if (ids.length === 1) return rows.filter(r => r.id === ids[0]).flatMap(r => (r.function ? [{ id: r.id, fn: r.function }] : []))
  if (ids.length === 0) throw plainError(why.no_such_team ?? '')
  const lines = ids.map(id => `  --team ${id}  (${nameOf(i, id, rows.find(r => r.id === id)?.profile ?? Buffer.alloc(0))})`)
  throw plainError(`There are several teams. Name one:\n${lines.join('\n')}`)
}

export const command: Command = {
  usage: '--login LOGIN [--team TEAM] [--function FUNCTION] [--pages FILE] [--demo]',
  summary: 'give a team’s records back to a person when nobody of the team can open them any more',
  details: [
    'The person must have opened their invitation before. The holders of the recovery kit must be in the room: their pages are asked for.',
    `TEAM is needed only when the person is in several; FUNCTION (${functions.join(', ')}) only when they are in none.`,
  ],
  run: async ({ args, config, print, say }) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        login: { type: 'string' },
        team: { type: 'string' },
        function: { type: 'string' },
        pages: { type: 'string' },
        demo: { type: 'boolean' },
      },
    })
    const fn = functions.find(f => f === values.function)
    if (!values.login) throw plainError('Name the person: --login LOGIN.')
    if (values.function && !fn) throw plainError(`--function is one of ${functions.join(', ')}.`)
    const settings = config()
    requireDemoFlag(settings.dataFolder, values.demo)
    const installation = await openInstallation({ config: settings, demo: values.demo ?? false, when: 'existing', join: true, say })
    const db = new pg.Client(installation.owner)
    await db.connect()
    try {
      await requireSuperuser(installation.owner, 'Recovering')
      const {
        rows: [inst],
      } = await db.query<{ recovery_public: Buffer }>('select recovery_public from app.installation')
      const {
        rows: [user],
      } = await db.query<{ id: Id }>('select id from app.account where login_hmac = $1', [
        loginHmac({ keys: installation.keys }, values.login),
      ])
      if (!user) throw plainError(`There is no person with the login ${values.login}.`)
      const members = await teamOf(db, installation, user.id, values.team)
      const team = members[0]?.id ?? values.team
      const wanted = fn ? [fn] : members.map(m => m.fn)
      if (!team || wanted.length === 0) throw plainError('That person is in no team: name --team and --function.')
      const kit = await askForKit(values.pages, inst?.recovery_public)
      let lost = 0
      for (const f of wanted) {
        const done = await recoverTeam({ connection: installation.owner, kit, teamId: team, userId: user.id, fn: f })
        print(
          `${f}: ${done.records} records can be opened again.${done.lost ? ` ${done.lost} keys could not be opened with this kit.` : ''}`,
        )
        lost += done.lost
      }
      await journalAccountAct(db, user.id, 'server_keys_recovered')
      print(`${values.login} must sign out and in again.`)
      return lost ? 1 : 0
    } catch (e) {
      if (e instanceof SealError) throw plainError(why[e.message] ?? 'The keys could not be recovered.')
      throw e
    } finally {
      await db.end()
      await installation.stop()
    }
  },
}
