import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { initInstallation } from './access/store.init.ts'
import { type Role, roles } from './base/people.ts'
import type { Command } from './cli.commands.ts'
import { holdersOf, isInside, pagesFolder, writePages } from './cli.init.pages.ts'
import { plainError } from './platform/config.ts'
import { makeKit } from './platform/kit.ts'
import { keyFileFor } from './platform/launch.folder.ts'
import { openInstallation } from './platform/launch.installation.ts'

const options = {
  'name-ru': { type: 'string' },
  'name-en': { type: 'string' },
  size: { type: 'string' },
  login: { type: 'string' },
  name: { type: 'string' },
  alias: { type: 'string' },
  roles: { type: 'string' },
  holders: { type: 'string' },
  needed: { type: 'string' },
  pages: { type: 'string' },
} as const
const questions: readonly (readonly [keyof typeof options, string])[] = [
  ['name-ru', 'Name of the agency in Russian'],
  ['name-en', 'Name of the agency in English'],
  ['size', 'Size: small (one team, made now) or large (you make the teams)'],
  ['login', 'Login of the first administrator, for example anna'],
  ['name', 'Their name (seen by administrators only)'],
  ['alias', 'What colleagues call them'],
  ['holders', 'Holders of the recovery kit, comma-separated (three names is usual)'],
  ['pages', 'Folder for their printable pages, outside the data folder'],
]

/** What is wrong with an answer; asked at once, so that nobody answers everything again for one slip. */
const wrong = (key: keyof typeof options, answer: string, dataFolder: string): string | undefined => {
  if (key === 'size' && answer !== 'small' && answer !== 'large') return 'Type small or large.'
  if (key === 'pages' && isInside(answer, dataFolder))
    return 'That lies in the data folder. Choose another: whoever copies the data must not get the pages.'
  if (key === 'holders' && answer.split(',').filter(h => h.trim()).length < 2) return 'At least two names, with a comma between.'
  return undefined
}

type Given = Partial<Record<keyof typeof options, string>>
const ask = async (given: Given, dataFolder: string): Promise<Given> => {
  const missing = questions.filter(([k]) => !given[k]?.trim())
  if (missing.length === 0) return given
  if (!process.stdin.isTTY) throw plainError(`Name ${missing.map(([k]) => `--${k}`).join(', ')}.`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const out = { ...given }
  for (const [key, question] of missing) {
    for (;;) {
      const answer = (await lines.question(`${question}: `)).trim()
      const problem = answer ? wrong(key, answer, dataFolder) : 'This is needed.'
      if (!problem) {
        out[key] = answer
        break
      }
      process.stderr.write(`${problem}\n`)
    }
  }
  lines.close()
  return out
}

export const command: Command = {
  usage: '[--name-ru … and so on]',
  summary: 'make a real installation: agency, first administrator, recovery kit, install secret',
  details: [
    '--name-ru … --name-en … --size small|large --login … --name … --alias … --holders A,B,C --pages FOLDER [--roles a,b] [--needed 2]',
    'Asks for what is not given. Needs DOVERIE_KEY_FILE: the install secret is written there, never into the data folder.',
    '--roles of the first administrator: administrator alone (default) reads no case; add supervisor or case_worker, comma-separated, in a small agency.',
    '--needed: how many pages of the kit open it (2).',
  ],
  run: async ({ args, config, print, say }) => {
    const { values: given } = parseArgs({ args: [...args], options })
    const settings = config()
    // Before the questions: answers would be lost.
    keyFileFor(settings.dataFolder, settings.keyFile, false)
    const v = await ask(given, settings.dataFolder)
    const size = v.size === 'small' || v.size === 'large' ? v.size : undefined
    if (!size) throw plainError('--size is small or large.')
    const { holders, needed } = holdersOf(v.holders, v.needed)
    const wanted = (v.roles ?? 'administrator').split(',').map(r => r.trim())
    if (!wanted.every(r => roles.includes(r as Role)) || !wanted.includes('administrator'))
      throw plainError(`--roles must hold administrator, and only ${roles.join(', ')}.`)
    const installation = await openInstallation({ config: settings, demo: false, when: 'create', say })
    let written: readonly string[] = []
    let done = false
    try {
      if (installation.seeded) throw plainError('There is an installation already. Nothing was changed.')
      const folder = pagesFolder(v.pages ?? '', installation.folder)
      const now = new Date()
      const kit = await makeKit(holders.length, needed)
      const agency = { ru: v['name-ru'] ?? '', en: v['name-en'] ?? '' }
      // Pages first: an installation whose kit was never written could not be recovered.
      written = await writePages(kit.shares, agency, holders, folder)
      const made = await initInstallation({
        connection: installation.owner,
        keys: installation.keys,
        demo: false,
        agency,
        size,
        recoveryPublic: kit.recoveryPublic,
        now,
        teams: size === 'small' ? [{ ru: 'Команда', en: 'Team' }] : [],
        admin: { login: v.login ?? '', roles: wanted as Role[], profile: { name: v.name ?? '', alias: v.alias ?? '', language: 'ru' } },
      })
      done = true
      print(`Invitation for ${v.login}, valid for seven days, works once:`)
      print(`${settings.office.url}/ru/invitation?code=${made.invitation}`)
      print('')
      print(
        `Recovery kit: ${holders.length} pages in ${folder}; any ${needed} open it. Print each, hand it to its holder, then delete the files.`,
      )
      print(`Install secret: ${installation.keyFile}. Keep a copy where the data is not.`)
      print('Next: npm run -s doverie -- serve')
      print('Then the first supervisor: npm run -s doverie -- user add LOGIN --name … --roles supervisor')
      print('(an administrator alone cannot appoint one: roles change when a second person agrees).')
      return 0
    } finally {
      // Pages of a kit that no installation knows would only mislead whoever keeps them.
      if (!done) for (const file of written) rmSync(file, { force: true })
      await installation.stop()
    }
  },
}
