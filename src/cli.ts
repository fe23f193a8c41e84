import { contextOf, loadCommand } from './cli.commands.ts'
import { isPlain } from './platform/config.ts'

const [name = 'help', ...args] = process.argv.slice(2)
const wanted = name === '--help' || name === '-h' ? 'help' : name
// Whoever started us is gone, perhaps killed: stop as after SIGTERM, or the database would be left to nobody.
if (process.send) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

try {
  const asked = args.includes('--help') || args.includes('-h')
  const command = await loadCommand(asked ? 'help' : wanted)
  if (command) process.exitCode = await command.run(contextOf(asked ? [wanted] : args))
  else {
    process.stderr.write(`There is no command "${name}". \`npm run -s doverie -- help\` lists them.\n`)
    process.exitCode = 2
  }
} catch (e) {
  process.stderr.write(`${isPlain(e) ? e.message : e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`)
  process.exitCode = 1
}
// The channel to the starter would keep us alive.
if (process.connected) process.disconnect()
