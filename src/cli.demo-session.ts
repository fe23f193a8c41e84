import { parseArgs } from 'node:util'
import { demoPassword } from './access/store.enrol.ts'
import { afterUnlock, createSession, loginHmac, noFactor } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { roles } from './base/people.ts'
import type { Command } from './cli.commands.ts'
import { demoDeps, demoPeople } from './cli.demo-seed.ts'
import { plainError } from './platform/config.ts'
import { SealError } from './platform/crypto.ts'
import { asSession } from './platform/db.ts'
import { openInstallation } from './platform/launch.installation.ts'
import { officeCookie } from './platform/office.ts'
import { openUserKeys } from './platform/vault.ts'

export const command: Command = {
  usage: '--role ROLE',
  summary: 'print a cookie header for scripts: signed in to the running demonstration as somebody with that role',
  details: [`ROLE is one of ${roles.join(', ')}.`, 'Works in a demonstration only.'],
  run: async ({ args, config, print, say }) => {
    const { values } = parseArgs({ args: [...args], options: { role: { type: 'string' } } })
    if (!values.role || !roles.some(r => r === values.role)) throw plainError(`Name --role, one of ${roles.join(', ')}.`)
    const installation = await openInstallation({ config: config(), demo: true, when: 'existing', join: true, say })
    const deps = demoDeps(installation)
    try {
      interface Row {
        id: Id
        roles: string[]
        salt: Buffer
        bundle: Buffer
      }
      const { rows } = await asSession(deps.pool, null, tx => tx.query<Row>('select id, roles, salt, bundle from app.demo_people()'))
      // First whoever belongs to the large agency: a script that measures must see all of its cases.
      const own = await Promise.all(
        demoPeople
          .filter(p => p.roles.some(r => r === values.role))
          .map(p =>
            asSession(deps.pool, null, tx =>
              tx.query<{ a: { id?: Id } }>('select app.sign_in_look($1) as a', [loginHmac(deps, p.login)]),
            ).then(found => found.rows[0]?.a.id),
          ),
      )
      const people = rows
        .filter(r => r.roles.includes(values.role ?? ''))
        .sort((x, y) => Number(own.includes(y.id)) - Number(own.includes(x.id)))
      if (people.length === 0) throw plainError('Nobody in this demonstration has that role.')
      let token: string | null = null
      for (const person of people) {
        const secret = await deps.passwords.keys(demoPassword(installation.keys.pepper, person.id), person.salt)
        try {
          token ??= await createSession(
            deps,
            person.id,
            'password',
            secret.verify,
            openUserKeys(secret.wrap, person.id, person.bundle),
            noFactor,
            false,
          )
        } catch (e) {
          // Somebody who was added by hand has a password of their own.
          if (!(e instanceof SealError)) throw e
        }
      }
      if (!token) throw plainError('The database refused the session: this is not a demonstration.')
      await afterUnlock(deps, token)
      print(`Cookie: ${officeCookie}=${token}`)
      return 0
    } finally {
      await deps.end()
      await installation.stop()
    }
  },
}
