import type { Command } from './cli.commands.ts'
import { runSites } from './cli.run.ts'

export const command: Command = {
  usage: '',
  summary: 'start a demonstration with invented people (the same as `npm start`)',
  details: [
    'Makes the data folder at the first time. A folder is a demonstration for ever or never: a real installation cannot be opened with this command.',
  ],
  run: context => runSites(context, true),
}
