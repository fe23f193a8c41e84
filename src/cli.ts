import { contextOf, loadCommand } from './cli.commands.ts'
import { isPlain } from './platform/config.ts'

const [name = 'help', ...args] = process.argv.slice(2)
const wanted = name === '--help' || name === '-h' ? 'help' : name
const starterGone = () => process.kill(process.pid, 'SIGTERM')
// Whoever started us is gone, perhaps killed: stop as after SIGTERM, or the database would be left to nobody.
if (process.send) process.once('disconnect', starterGone)

/** A mistyped option is a mistake of whoever typed it, not of ours: no stack. */
const isMistyped = (e: unknown): e is Error => e instanceof Error && ((e as { code?: string }).code ?? '').startsWith('ERR_PARSE_ARGS_')

// `doverie help | head -1`: whoever reads has read enough. Not an error, and no stack; a running `serve` goes on.
for (const out of [process.stdout, process.stderr])
  out.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e
  })

try {
  const asked = args.includes('--help') || args.includes('-h')
  const command = await loadCommand(asked ? 'help' : wanted)
  if (command) process.exitCode = await command.run(contextOf(asked ? [wanted] : args))
  else {
    process.stderr.write(`There is no command "${name}". \`npm run -s doverie -- help\` lists them.\n`)
    process.exitCode = 2
  }
} catch (e) {
  if (isMistyped(e)) process.stderr.write(`${e.message.split('. ')[0]}. \`npm run -s doverie -- help ${name}\` shows what there is.\n`)
  else process.stderr.write(`${isPlain(e) ? e.message : e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`)
  process.exitCode = isMistyped(e) ? 2 : 1
}
// The channel to the starter would keep us alive. Closing it ourselves must not look as if the starter were gone: a command that worked would end with 1.
process.off('disconnect', starterGone)
if (process.connected) process.disconnect()
