import { parseArgs } from 'node:util'
import type { Command, CommandContext } from './cli.commands.ts'
import { benchCases } from './cli.demo-cases.ts'
import { seedDemo } from './cli.demo-seed.ts'
import { runSites } from './cli.run.ts'
import { plainError } from './platform/config.ts'
import { openInstallation } from './platform/launch.installation.ts'

/** Fills a stopped or new demonstration and ends. */
const fill = async ({ config, say }: CommandContext, cases: number, seed: string): Promise<number> => {
  const installation = await openInstallation({ config: config(), demo: true, when: 'create', say })
  try {
    if (!installation.seeded) await seedDemo(installation, say)
    await benchCases(installation, { cases, seed, joined: installation.joined }, say)
    return 0
  } finally {
    await installation.stop()
  }
}

export const command: Command = {
  usage: '[--cases N [--seed S]]',
  summary: 'start a demonstration with invented people (the same as `npm start`)',
  details: [
    'Makes the data folder at the first time. A folder is a demonstration for ever or never: a real installation cannot be opened with this command.',
    'With --cases N it starts nothing: it adds N invented cases (up to 1,000,000) to a stopped or new demonstration, for measuring, and ends.',
    'All of them are seen by demo-supervisor and demo-case-worker. The same N and S again add nothing.',
  ],
  run: async context => {
    const { values } = parseArgs({ args: [...context.args], options: { cases: { type: 'string' }, seed: { type: 'string' } } })
    if (values.cases === undefined) {
      if (values.seed !== undefined) throw plainError('--seed goes with --cases.')
      return runSites(context, true)
    }
    const cases = Number(values.cases)
    if (!Number.isInteger(cases) || cases < 1 || cases > 1_000_000) throw plainError('--cases needs a whole number from 1 to 1000000.')
    return fill(context, cases, values.seed ?? 'bench')
  },
}
