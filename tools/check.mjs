// `npm run check`: types, lint and format, generated files, pure tests; under a minute. All are run even when one fails.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled, node, root } from './bootstrap.mjs'

ensureInstalled()
const env = { ...process.env, PATH: `${path.join(root, 'node_modules/.bin')}:${process.env.PATH}` }
const steps = [
  ['types', 'node_modules/typescript/bin/tsc', '-b'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  ['generated files', 'tools/policies.ts', '--check'],
  ['pure tests', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'pure', '--reporter=dot'],
]
const results = steps.map(([name, ...args]) => {
  const from = performance.now()
  const done = spawnSync(node(), args, { cwd: root, env, stdio: ['ignore', 1, 2] })
  return { name, ok: done.status === 0, seconds: ((performance.now() - from) / 1000).toFixed(1) }
})
for (const { name, ok, seconds } of results) process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`)
process.exitCode = results.every(r => r.ok) ? 0 : 1
