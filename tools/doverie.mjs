// `npm run -s doverie -- COMMAND`
import { ensureBuilt, ensureInstalled, runNode } from './bootstrap.mjs'

ensureInstalled()
ensureBuilt()
process.exitCode = await runNode(['--enable-source-maps', 'build/cli.js', ...process.argv.slice(2)])
