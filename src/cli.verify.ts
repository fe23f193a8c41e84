import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Command } from './cli.commands.ts'
import { verifyFiles } from './platform/backup.files.ts'
import { plainError } from './platform/config.ts'
import { signPair } from './platform/crypto.ts'
import { filesFolderName } from './platform/files.ts'
import { findInstallation } from './platform/launch.folder.ts'
import { openInstallation } from './platform/launch.installation.ts'
import { roleConnection } from './platform/launch.target.ts'
import { type Finding, isDamage, verify } from './platform/verify.ts'

const option = (args: readonly string[], name: string): string | undefined => {
  const i = args.indexOf(name)
  if (i < 0) return undefined
  const value = args[i + 1]
  if (!value || value.startsWith('--')) throw plainError(`${name} needs a value.`)
  return value
}

const keyOf = (hex: string): Buffer => {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw plainError('--public-key needs 64 hexadecimal digits.')
  return Buffer.from(hex, 'hex')
}

const notCovered =
  'Not covered: the present state of a row (state, danger, urgency, assignee). What staff did to it stands in the journal, which is.'

/** The last line of a check that found nothing: what it could not see, it does not claim. */
export const nothingFound = (logged: boolean): string =>
  logged
    ? 'Nothing was changed, deleted, reordered or cut off.'
    : 'Nothing was changed, deleted or reordered. Whether the newest entries were cut off cannot be said without heads.log.'

export const command: Command = {
  usage: '[--heads-log FILE] [--public-key HEX]',
  summary: 'check that nothing was changed, deleted, reordered or (with heads.log) cut off in the journal and the read audit',
  details: [
    'Looks too whether every sealed file is there and is what was stored.',
    'Compares every event, sealed part and read audit with the signed heads, and these with heads.log (default: the one in the data folder).',
    'Give a copy of heads.log and the public key that were kept elsewhere: whoever holds this machine could have rewritten both here.',
    'Without heads.log a cut newest tail cannot be seen, and the answer says so. Ends with 0 when nothing was found, 1 otherwise.',
    notCovered,
  ],
  run: async ({ args, config: read, print, say }) => {
    const config = read()
    const kind = findInstallation(config.dataFolder)
    const installation = await openInstallation({ config, demo: kind?.demo ?? false, when: 'existing', join: true, say })
    try {
      const given = option(args, '--heads-log')
      if (given !== undefined && !existsSync(given)) throw plainError(`There is no file ${given}.`)
      const own = path.join(installation.folder, 'heads.log')
      const headsLog = given ?? (existsSync(own) ? own : undefined)
      const hex = option(args, '--public-key')
      const auditPublicKey = hex ? keyOf(hex) : signPair(installation.keys.audit_sign).publicKey
      const connection = roleConnection(installation.target, installation.keys, 'backup_ro')
      const chains = await verify({
        connection,
        auditPublicKey,
        ...(headsLog ? { headsLog } : {}),
      })
      const findings: Finding[] = [...chains, ...(await verifyFiles(connection, path.join(installation.folder, filesFolderName)))]
      for (const f of findings) {
        if (f.code === 'note_no_log') print('Note: no heads.log was given, so a cut newest tail cannot be seen.')
        else if (f.code === 'note_unsealed') print(`Note: ${f.at} newest entries are not yet under a signed head.`)
        else print(`${f.code} ${f.at}`)
      }
      const damage = findings.filter(isDamage).length
      print(notCovered)
      print(`Public key ${auditPublicKey.toString('hex')}`)
      print(
        damage === 0
          ? nothingFound(!findings.some(f => f.code === 'note_no_log'))
          : `${damage} found. Keep the data folder and heads.log as they are and follow docs/runbook.md.`,
      )
      return damage === 0 ? 0 : 1
    } finally {
      await installation.stop()
    }
  },
}
