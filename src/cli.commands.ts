import { type Config, readConfig } from './platform/config.ts'

/** What a command gets: its arguments after the name, the validated settings, and where it may write. */
export interface CommandContext {
  readonly args: readonly string[]
  readonly config: () => Config
  /** One line to stdout: the command's answer. */
  readonly print: (line: string) => void
  /** One line to stderr: progress and warnings. */
  readonly say: (line: string) => void
}

/** One command of `doverie`. Each file `src/cli.<name>.ts` exports one as `command`. */
export interface Command {
  /** Arguments as shown in the help, such as `add|disable|readmit LOGIN`. */
  readonly usage: string
  readonly summary: string
  /** Further lines of `doverie help NAME`. */
  readonly details?: readonly string[]
  /** Returns the exit code. A plain error (platform/config.ts) is shown without a stack and ends with 1. */
  readonly run: (context: CommandContext) => Promise<number>
}

/** All commands in the order of the help. A name whose file is not there yet is neither listed nor known. */
export const commandNames = [
  'demo',
  'init',
  'serve',
  'user',
  'verify',
  'backup',
  'restore',
  'recover',
  'new-kit',
  'link',
  'dedupe',
  'check-message',
  'demo-session',
  'help',
] as const

/** Loads src/cli.<name>.ts; undefined when there was no such file at build time. A file that is there but does not load is a bug and throws. */
export const loadFile = async <T>(name: string): Promise<T | undefined> => {
  try {
    return (await import(`./cli.${name}.ts`)) as T
  } catch (e) {
    if (e instanceof Error && /not found in bundle|Unknown variable dynamic import/.test(e.message)) return undefined
    throw e
  }
}

/** Loads one command; undefined when there is none of that name. */
export const loadCommand = async (name: string): Promise<Command | undefined> =>
  commandNames.some(n => n === name) ? (await loadFile<{ command: Command }>(name))?.command : undefined

export const contextOf = (args: readonly string[]): CommandContext => ({
  args,
  config: () => readConfig(process.env),
  print: line => void process.stdout.write(`${line}\n`),
  say: line => void process.stderr.write(`${line}\n`),
})
