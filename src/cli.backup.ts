import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { asOwner } from './access/store.init.ts'
import { journalInstallationAct } from './access/store.server-acts.ts'
import type { Command } from './cli.commands.ts'
import { writeBackup } from './platform/backup.ts'
import { version } from './platform/config.ts'
import { filesFolderName } from './platform/files.ts'
import { findInstallation } from './platform/launch.folder.ts'
import { openInstallation } from './platform/launch.installation.ts'
import { roleConnection } from './platform/launch.target.ts'

const markHealth = async (connection: pg.ClientConfig, at: Date) => {
  const db = new pg.Client(connection)
  await db.connect()
  try {
    await db.query(
      "insert into app.health_mark (what, at, ok) values ('backup', $1, true) on conflict (what) do update set at = excluded.at, ok = true",
      [at],
    )
  } finally {
    await db.end()
  }
}

export const command: Command = {
  usage: '[--to FOLDER] [--demo]',
  summary: 'write a backup that only the recovery kit opens',
  details: [
    'Two files, the content and the keys, and a folder files/ with the sealed papers, where only new ones are added. Keep all three away from this machine (default folder: backups/ in the data folder).',
    'Key files older than 30 days are deleted here, so that an erased record does not live on in an old backup; delete your copies of them too.',
    'Works while Doverie runs.',
  ],
  run: async ({ args, config, print, say }) => {
    const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' }, demo: { type: 'boolean' } } })
    const settings = config()
    const demo = values.demo ?? findInstallation(settings.dataFolder)?.demo ?? false
    const installation = await openInstallation({ config: settings, demo, when: 'existing', join: true, say })
    try {
      const folder = path.resolve(values.to ?? path.join(installation.folder, 'backups'))
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const now = new Date()
      const done = await writeBackup({
        connection: roleConnection(installation.target, installation.keys, 'backup_ro'),
        installSecret: installation.isk,
        folder,
        filesFolder: path.join(installation.folder, filesFolderName),
        version,
        now,
      })
      // As the worker does: with an external database the migrator writes no row.
      await markHealth(roleConnection(installation.target, installation.keys, 'job'), now)
      await asOwner(installation.owner, db => journalInstallationAct(db, 'server_backup_made'))
      print(done.content)
      print(done.keys)
      print(path.join(folder, filesFolderName))
      if (done.files.missing.length > 0)
        say(`${done.files.missing.length} sealed files are missing or changed on this machine and are not in this backup. Run verify.`)
      for (const file of done.unreadable) say(`${file} has no key file younger than 30 days beside it: it can no longer be opened.`)
      return 0
    } finally {
      await installation.stop()
    }
  },
}
