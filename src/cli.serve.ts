import type { Command } from './cli.commands.ts'
import { runSites } from './cli.run.ts'

export const command: Command = {
  usage: '',
  summary: 'start the installation made by `init`',
  details: [
    'Needs DOVERIE_KEY_FILE. Behind a proxy set OFFICE_URL, PUBLIC_URL and TRUST_PROXY. Ctrl-C or SIGTERM stops everything in order.',
  ],
  run: context => runSites(context, false),
}
