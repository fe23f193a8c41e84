import { existsSync } from 'node:fs'
import path from 'node:path'
import { type CommandContext, loadFile } from './cli.commands.ts'
import { root } from './platform/config.ts'
import { type Child, requireFreePort, startChild } from './platform/launch.children.ts'
import { type Installation, openInstallation } from './platform/launch.installation.ts'
import { childEnv } from './platform/launch.target.ts'
import { processRoles } from './platform/subkeys.ts'

/** Writes the demonstration's people and records; in src/cli.demo-seed.ts and src/cli.demo-cases.ts. What was cut short goes on at the next start. */
type Seed = (installation: Installation, say: (line: string) => void) => Promise<unknown>

const seedDemo = async (installation: Installation, say: (line: string) => void) => {
  if (!installation.seeded) await (await loadFile<{ seedDemo: Seed }>('demo-seed'))?.seedDemo(installation, say)
  await (await loadFile<{ seedCases: Seed }>('demo-cases'))?.seedCases(installation, say)
}

/** Resolves at Ctrl-C or SIGTERM; a second one ends at once. */
const untilStopped = () =>
  new Promise<void>(resolve => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!asked) resolve()
        asked = true
      })
    }
  })

/** Starts everything, says where, and stays until stopped: children first, then the database. */
export const runSites = async ({ config: read, print, say }: CommandContext, demo: boolean): Promise<number> => {
  const config = read()
  const stopped = untilStopped()
  await requireFreePort(config.host, config.office.port, 'OFFICE_PORT')
  await requireFreePort(config.host, config.public.port, 'PUBLIC_PORT')
  if (config.messenger?.url || config.messenger?.vk?.confirmation)
    await requireFreePort(config.host, config.messenger.port, 'MESSENGER_PORT')
  const installation = await openInstallation({ config, demo, when: demo ? 'create' : 'existing', say })
  const children: Child[] = []
  try {
    if (demo) await seedDemo(installation, say)
    const script = path.join(root, 'build/main.js')
    if (!existsSync(script)) throw new Error('build/main.js is missing')
    // A messenger's process runs only where one is set up.
    const started = processRoles
      .filter(role => role !== 'messenger' || config.messenger !== null)
      .map(role =>
        startChild({
          name: role,
          script,
          args: [role],
          env: childEnv(role, installation.keys, installation.target, demo, installation.folder, process.env),
          say,
        }).then(child => children.push(child)),
      )
    await Promise.all(started)
    if (demo) print('This is a demonstration: invented people, sign-in by one click. Never enter real data.')
    print(`Office: ${config.office.url}`)
    print(`Public: ${config.public.url}`)
    print('Ctrl-C stops both.')
    await stopped
    say('Stopping.')
  } finally {
    await Promise.all(children.map(c => c.stop()))
    await installation.stop()
  }
  return installation.lost() ? 1 : 0
}
