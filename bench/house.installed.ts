import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '../src/platform/config.ts'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'

/* A demonstration of so many cases, made by the command that anybody has, for benches that measure the running product. */

const run = (args: string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tools/doverie.mjs', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', d => (out += String(d)))
    child.once('exit', code => (code === 0 ? resolve(out) : reject(new Error(`doverie ${args[0]} ended with ${code}`))))
  })

/** Makes the demonstration in a new temporary folder; returns the folder. */
export const demoFolder = async (cases: number): Promise<string> => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'dvb-'))
  chmodSync(parent, 0o711)
  const folder = path.join(parent, 'data')
  const start = performance.now()
  await run(['demo', '--cases', String(cases), '--seed', '1'], { DOVERIE_DATA: folder })
  process.stderr.write(`${cases} cases made in ${((performance.now() - start) / 1000).toFixed(0)} s\n`)
  return folder
}

/** The cookie of somebody with a role, as `doverie demo-session` prints it. */
export const sessionCookie = async (house: RunningInstallation, role: string): Promise<string> => {
  const out = await run(['demo-session', '--role', role], {
    DOVERIE_DATA: house.folder,
    OFFICE_PORT: String(house.officePort),
    PUBLIC_PORT: String(house.publicPort),
  })
  const cookie = /Cookie: (\S+)/.exec(out)?.[1]
  if (!cookie) throw new Error('no session')
  return cookie
}
