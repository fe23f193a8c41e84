// `npm start`: the demonstration, from a fresh clone to two open sites.
import { ensureBuilt, ensureInstalled, runNode } from './bootstrap.mjs'

ensureInstalled()
ensureBuilt()
process.exitCode = await runNode(['--enable-source-maps', 'build/cli.js', 'demo', ...process.argv.slice(2)])
