import { parseArgs } from 'node:util'
import type { Command } from './cli.commands.ts'
import { readRegister, runLinkage } from './cli.link-files.ts'
import { printMapping, suggestColumns } from './person/rules.linkage.columns.ts'
import { plainError } from './platform/config.ts'

export const command: Command = {
  usage: 'LEFT RIGHT [--columns COLUMNS.yaml] --out PAIRS.csv [--threshold P] | --suggest FILE…',
  summary: 'find the same people in two registers, by names in any script, dates, places and numbers',
  details: [
    'CSV with any delimiter, in UTF-8, UTF-16, windows-1251, KOI8-R or code page 866, or the first sheet of a workbook (XLSX).',
    '--suggest prints what each column seems to hold, one `heading: kind` a line; edit it where it is wrong and give it as --columns. Without --columns the suggestion is used.',
    'PAIRS.csv has left_id,right_id,probability,weight,why: pairs that are one person with a probability of 0.5 or more (--threshold), the most certain first. No value of the files is in it.',
    'A weight is in bits: each adds to or takes from the odds by half. A pair is a proposal; a person decides.',
    'Rows are held in memory; nothing else is written. The files are yours: delete them and PAIRS.csv when the decision is made.',
  ],
  run: async ({ args, print, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { columns: { type: 'string' }, out: { type: 'string' }, threshold: { type: 'string' }, suggest: { type: 'boolean' } },
    })
    if (values.suggest) {
      if (positionals.length === 0 || positionals.length > 2) throw plainError('Name one file, or two that are to be linked.')
      print(printMapping(positionals.map(f => suggestColumns(readRegister(f)))).trimEnd())
      return 0
    }
    if (positionals.length !== 2 || !values.out)
      throw plainError('Name two files and --out PAIRS.csv. `dedupe` compares one file with itself.')
    return runLinkage({ files: positionals, columns: values.columns, out: values.out, threshold: values.threshold, print, say })
  },
}
