// `npm test`: everything from nothing, ending with one line `N passed, N failed`. `--long` runs the full figures; further arguments go to vitest.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { ensureBuilt, ensureInstalled, node, root } from './bootstrap.mjs'

let passed = 0
let failed = 0
/** The last line in any case: also when something crashes or somebody interrupts. */
process.on('exit', () => {
  if (failed === 0 && passed === 0) failed = 1
  process.exitCode = failed ? 1 : 0
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
})

ensureInstalled()
ensureBuilt()
const args = process.argv.slice(2).filter(a => a !== '--long')
const env = {
  ...process.env,
  TZ: 'Asia/Yekaterinburg',
  PATH: `${path.join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  ...(process.argv.includes('--long') ? { DOVERIE_LONG: '1' } : {}),
}
const report = path.join(root, 'build/test-results.json')
fs.rmSync(report, { force: true })
const run = spawnSync(
  node(),
  ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
  { cwd: root, env, stdio: ['ignore', 1, 2] },
)
if (fs.existsSync(report)) {
  const result = JSON.parse(fs.readFileSync(report, 'utf8'))
  passed = result.numPassedTests
  // A file that does not load has no tests that could fail.
  failed =
    result.numFailedTests +
    result.testResults.filter(f => f.status === 'failed' && !f.assertionResults.some(t => t.status === 'failed')).length
}
if (run.status !== 0 && failed === 0) failed = 1
