import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openTitle } from './access/schema.ts'
import { journalInstallationAct } from './access/store.server-acts.ts'
import type { Id } from './base/id.ts'
import type { Command } from './cli.commands.ts'
import { holdersOf, pagesFolder, writePages } from './cli.init.pages.ts'
import { askForKit, requireSuperuser } from './cli.kit.ts'
import { plainError } from './platform/config.ts'
import { openJson } from './platform/crypto.ts'
import { makeKit } from './platform/kit.ts'
import { openInstallation } from './platform/launch.installation.ts'
import { renewKit } from './platform/recovery.kit.ts'

export const command: Command = {
  usage: '--holders A,B,C --pages FOLDER [--needed 2] [--old FILE]',
  summary: 'make a new recovery kit when a holder leaves or a page is lost; the old pages are asked for',
  details: [
    'Stop `serve` first. Afterwards the old pages open only backups that were made before: make a backup at once, then destroy old pages and old backups.',
    '--old names a file with the present pages, one a line; without it they are typed. --pages is the folder for the new printable pages.',
  ],
  run: async ({ args, config, print, say }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { holders: { type: 'string' }, pages: { type: 'string' }, needed: { type: 'string' }, old: { type: 'string' } },
    })
    if (!values.holders || !values.pages) throw plainError('Name --holders A,B,C and --pages FOLDER.')
    const { holders, needed } = holdersOf(values.holders, values.needed)
    const installation = await openInstallation({ config: config(), demo: false, when: 'existing', say })
    const db = new pg.Client(installation.owner)
    let written: readonly string[] = []
    let made = false
    try {
      await requireSuperuser(installation.owner, 'A new kit')
      const folder = pagesFolder(values.pages, installation.folder)
      await db.connect()
      const { rows: inst } = await db.query<{ recovery_public: Buffer }>('select recovery_public from app.installation')
      const { rows: agencies } = await db.query<{ id: Id; profile: Buffer }>('select id, profile from app.agency limit 1')
      const agency = agencies[0]
      if (!inst[0] || !agency) throw plainError('There is no installation here.')
      say('The pages of the present kit:')
      const old = await askForKit(values.old, inst[0].recovery_public)
      const { name } = openTitle(openJson(installation.keys.service, { table: 'agency', row: agency.id, compartment: 0 }, agency.profile))
      const kit = await makeKit(holders.length, needed)
      written = await writePages(kit.shares, name, holders, folder)
      const n = await renewKit({ connection: installation.owner, old, recoveryPublic: kit.recoveryPublic })
      made = true
      await journalInstallationAct(db, 'server_kit_renewed')
      print(`${n} keys now hang on the new kit: ${holders.length} pages in ${folder}; any ${needed} open it.`)
      print('Print each, hand it to its holder, delete the files, destroy the old pages, and make a backup now:')
      print('older backups still need the old pages, newer ones need the new.')
      return 0
    } finally {
      if (!made) for (const file of written) rmSync(file, { force: true })
      await db.end()
      await installation.stop()
    }
  },
}
