import { type Command, commandNames, loadCommand } from './cli.commands.ts'
import { settings } from './platform/config.ts'

const wide = (rows: readonly (readonly [string, string])[]) => {
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)))
  return rows.map(([left, right]) =>
    left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
  )
}

const overview = async (): Promise<string[]> => {
  const rows: [string, string][] = []
  for (const name of commandNames) {
    const found = name === 'help' ? command : await loadCommand(name)
    if (found) rows.push([`${name} ${found.usage}`.trim(), found.summary])
  }
  return [
    'Doverie: identify, assist, stay with and protect children at risk of trafficking.',
    '',
    'Usage: npm run -s doverie -- COMMAND',
    '',
    ...wide(rows),
    '',
    '`npm start` is the same as `demo`. Settings come from the environment:',
    '',
    ...wide(settings.map(([name, fallback, what]) => [name, `${what} [${fallback}]`])),
  ]
}

export const command: Command = {
  usage: '[COMMAND]',
  summary: 'this text, or more about one command',
  run: async ({ args: [name], print, say }) => {
    if (!name || name === 'help') {
      for (const line of await overview()) print(line)
      return 0
    }
    const found = await loadCommand(name)
    if (!found) {
      say(`There is no command "${name}". \`npm run -s doverie -- help\` lists them.`)
      return 2
    }
    for (const line of [
      `Usage: npm run -s doverie -- ${name} ${found.usage}`.trim(),
      '',
      found.summary,
      ...(found.details ? ['', ...found.details] : []),
    ])
      print(line)
    return 0
  },
}
