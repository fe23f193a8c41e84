// `npm run bench -- NAME [ARGUMENTS]`: bundles and runs bench/NAME.ts(x); without a name lists them.

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { ensureBuilt, ensureInstalled, node, root, runNode } from './bootstrap.mjs'

const [name, ...rest] = process.argv.slice(2)
const names = fs
  .readdirSync(path.join(root, 'bench'))
  .filter(n => /^[a-z0-9-]+\.tsx?$/.test(n))
  .map(n => n.replace(/\.tsx?$/, ''))
if (!name || !names.includes(name)) {
  process.stderr.write(`${name ? `There is no bench "${name}".\n` : ''}Usage: npm run bench -- ${names.join('|') || '(none yet)'}\n`)
  process.exit(name ? 2 : 0)
}
ensureInstalled()
ensureBuilt()
const built = spawnSync(node(), ['tools/build.mjs', '--bench', name], { cwd: root, stdio: ['ignore', 2, 2] })
process.exitCode = built.status === 0 ? await runNode(['--enable-source-maps', '--expose-gc', `build/bench/${name}.js`, ...rest]) : 1
