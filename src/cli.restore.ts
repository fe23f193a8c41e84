import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { asOwner } from './access/store.init.ts'
import { journalInstallationAct } from './access/store.server-acts.ts'
import type { Command } from './cli.commands.ts'
import { askForKit, requireSuperuser } from './cli.kit.ts'
import { backupHeader, installSecretOf } from './platform/backup.file.ts'
import { checkFiles, restoreFiles } from './platform/backup.files.ts'
import { checkBackup, loadBackup } from './platform/backup.ts'
import { plainError } from './platform/config.ts'
import { SealError } from './platform/crypto.ts'
import { filesFolderName } from './platform/files.ts'
import { keyFileFor } from './platform/launch.folder.ts'
import { openInstallation } from './platform/launch.installation.ts'

const why: Record<string, string> = {
  not_a_backup: 'One of the files is not a backup of Doverie.',
  stream_altered: 'A backup file was changed or damaged. Nothing was written. Use another copy.',
  backup_cut: 'A backup file is incomplete. Nothing was written. Use another copy.',
  backup_altered: 'A backup file does not hold what it says. Nothing was written.',
  backup_malformed: 'A backup file was changed or damaged. Nothing was written.',
  box_not_for_us: 'This backup was sealed to another recovery kit.',
  migrations_differ: 'The backup was made by a newer version of Doverie. Install that version and try again.',
  database_not_empty: 'There is an installation here already. Restore into an empty data folder.',
}

/** Puts the install secret of the backup where it shall lie. Another secret is never overwritten: it may be the only key of something else. */
const putSecret = (file: string, secret: Buffer): void => {
  const text = secret.toString('base64url')
  const there = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (there === text) return
  if (there)
    throw plainError(`${file} holds another install secret than the backup. Name another file with DOVERIE_KEY_FILE. Nothing was written.`)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${text}\n`, { mode: 0o600 })
}

export const command: Command = {
  usage: '--content FILE --keys FILE [--files FOLDER] [--incomplete] [--pages FILE] [--check | --key-only]',
  summary: 'restore a backup on a bare machine, with the pages of the recovery kit',
  details: [
    'Set DOVERIE_DATA to a new folder and DOVERIE_KEY_FILE to where the install secret shall be written; the backup brings it.',
    'Everything is read and checked to the end before anything is written. --check stops there: that is the drill.',
    'The newest key file opens every older content file. --pages names a file with one page a line; without it the pages are asked for.',
    'Sealed papers come from the folder files/ beside the content file, or from --files. --incomplete restores even if some of them are missing.',
    '--key-only: the data is whole and only the file with the install secret is lost; it is written again, nothing else is touched.',
  ],
  run: async ({ args, config, print, say }) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        content: { type: 'string' },
        keys: { type: 'string' },
        files: { type: 'string' },
        incomplete: { type: 'boolean' },
        pages: { type: 'string' },
        check: { type: 'boolean' },
        'key-only': { type: 'boolean' },
      },
    })
    if (values.content && values['key-only']) values.keys ??= values.content
    if (!values.content || !values.keys) throw plainError('Name both files: --content FILE --keys FILE.')
    for (const f of [values.content, values.keys]) if (!existsSync(f)) throw plainError(`${f} is not there.`)
    try {
      const header = await backupHeader(values.content)
      say(`Backup of ${header.madeAt}, recovery kit ${header.kit}.`)
      const kit = await askForKit(values.pages)
      const secret = installSecretOf(header, kit)
      if (values['key-only']) {
        const settings = config()
        const file = keyFileFor(path.resolve(settings.dataFolder), settings.keyFile, false)
        putSecret(file, secret)
        print(`The install secret is in ${file} again. Start with \`npm run -s doverie -- serve\`.`)
        return 0
      }
      const manifest = await checkBackup(values.content, kit)
      await checkBackup(values.keys, kit)
      const files = manifest.files ?? []
      const filesFrom = path.resolve(values.files ?? path.join(path.dirname(values.content), filesFolderName))
      const bad = await checkFiles(files, filesFrom)
      if (bad.length > 0 && !values.incomplete)
        throw plainError(
          `${bad.length} of ${files.length} sealed files are missing or damaged in ${filesFrom}. Nothing was written. Name their folder with --files, or restore without them: --incomplete.`,
        )
      if (values.check) {
        print(
          `Both files are whole: ${Object.values(manifest.tables).reduce((n, t) => n + t.rows, 0)} rows, ${files.length - bad.length} sealed files.`,
        )
        return 0
      }
      const settings = config()
      if (settings.databaseUrl) await requireSuperuser({ connectionString: settings.databaseUrl }, 'Restoring')
      const keyFile = keyFileFor(path.resolve(settings.dataFolder), settings.keyFile, manifest.demo)
      putSecret(keyFile, secret)
      const installation = await openInstallation({ config: settings, demo: manifest.demo, when: 'create', say })
      try {
        // First the files: a row without its file would be a loss, a file without its row is swept.
        await restoreFiles(files, filesFrom, path.join(installation.folder, filesFolderName))
        await loadBackup({ connection: installation.owner, content: values.content, keys: values.keys, kit })
        await asOwner(installation.owner, db => journalInstallationAct(db, 'server_restored'))
      } finally {
        await installation.stop()
      }
      if (bad.length > 0) print(`${bad.length} sealed files were missing and are not restored.`)
      print(`Restored into ${installation.folder}. The install secret is in ${keyFile}.`)
      print(
        'Start with `npm run -s doverie -- serve`; passwords are as they were on the day of the backup. Then run `npm run -s doverie -- verify`.',
      )
      return 0
    } catch (e) {
      if (e instanceof SealError) throw plainError(why[e.message] ?? 'The backup could not be read.')
      throw e
    }
  },
}
