import { parseArgs } from 'node:util'
import type { Command } from './cli.commands.ts'
import { runLinkage } from './cli.link-files.ts'
import { plainError } from './platform/config.ts'

export const command: Command = {
  usage: 'FILE [--columns COLUMNS.yaml] --out PAIRS.csv [--threshold P]',
  summary: 'find people who stand in one register more than once; files and options as for `link`',
  details: [
    'PAIRS.csv has left_id,right_id,probability,weight,why; the row that stands first in the file is on the left.',
    'The file is yours: delete it and PAIRS.csv when the decision is made.',
  ],
  run: async ({ args, print, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { columns: { type: 'string' }, out: { type: 'string' }, threshold: { type: 'string' } },
    })
    if (positionals.length !== 1 || !values.out) throw plainError('Name one file and --out PAIRS.csv. `link` compares two files.')
    return runLinkage({ files: positionals, columns: values.columns, out: values.out, threshold: values.threshold, print, say })
  },
}
