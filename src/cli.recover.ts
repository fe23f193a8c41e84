import { parseArgs } from 'node:util'
import pg from 'pg'
import { functions, type TeamFunction } from './base/people.ts'
import type { Command } from './cli.commands.ts'
import { askForKit } from './cli.kit.ts'
import { plainError } from './platform/config.ts'
import { hmac, SealError } from './platform/crypto.ts'
import { openInstallation } from './platform/launch.installation.ts'
import { recoverTeam } from './platform/recovery.ts'

const why: Record<string, string> = {
  person_has_no_keys: 'That person has not signed in yet, so there is nothing to seal the keys to. They must open their invitation first.',
  no_such_team: 'There is no such team.',
  box_not_for_us: 'The recovery kit does not open what is stored here.',
}

export const command: Command = {
  usage: '--login LOGIN --team TEAM --function FUNCTION [--pages FILE] [--demo]',
  summary: 'give a team’s records back to a person when nobody of the team can open them any more',
  details: [
    `FUNCTION is one of ${functions.join(', ')}. TEAM is its id as the administration page shows it. The holders of the recovery kit must be in the room.`,
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
    const fn = functions.find(f => f === values.function) as TeamFunction | undefined
    if (!values.login || !values.team || !fn) throw plainError('Name --login, --team and --function.')
    const installation = await openInstallation({ config: config(), demo: values.demo ?? false, when: 'existing', join: true, say })
    const db = new pg.Client(installation.owner)
    await db.connect()
    try {
      const {
        rows: [inst],
      } = await db.query<{ recovery_public: Buffer }>('select recovery_public from app.installation')
      const {
        rows: [user],
      } = await db.query<{ id: string }>('select id from app.account where login_hmac = $1', [
        hmac(installation.keys.login, values.login.trim().toLowerCase()),
      ])
      if (!user) throw plainError('There is no person with that login.')
      const kit = await askForKit(values.pages, inst?.recovery_public)
      const done = await recoverTeam({ connection: installation.owner, kit, teamId: values.team, userId: user.id, fn })
      print(`${done.records} records can be opened again.${done.lost ? ` ${done.lost} keys could not be opened with this kit.` : ''}`)
      return done.lost ? 1 : 0
    } catch (e) {
      if (e instanceof SealError) throw plainError(why[e.message] ?? 'The keys could not be recovered.')
      throw e
    } finally {
      await db.end()
      await installation.stop()
    }
  },
}
