import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Command } from './cli.commands.ts'
import { plainError } from './platform/config.ts'
import { checkMessage } from './prevention/rules.check-all.ts'
import { type CheckLanguage, checkLanguages } from './prevention/schema.check.ts'

/** Lines of a stream as they come. Only \n ends one: other marks that look like a line's end may stand inside a message, and each line in must be one line out. */
async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const parts = rest.split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

const languageOf = (value: string): CheckLanguage | 'auto' => {
  const found = (['auto', ...checkLanguages] as const).find(l => l === value)
  if (found === undefined) throw plainError(`--lang is auto, ${checkLanguages.join(', ')}; not "${value}".`)
  return found
}

export const command: Command = {
  usage: '[--lang auto|ru|en|uz|ky|tg|fr] [--json] < FILE',
  summary: 'warning signs of recruitment in messages, one message a line',
  details: [
    'Reads standard input, one message a line, and answers with one line each, in the same order; nothing is stored or sent.',
    '--json prints {"lang":"ru","warn":true,"signs":[{"id":"F1","words":["…"]}]}: "warn" says whether the page would warn, "words" what triggered it.',
    '--lang auto (the default) looks for the signs of all six languages, Uzbek in both scripts and Russian in Latin letters among them.',
    'No sign found does not mean that a message is safe.',
  ],
  run: async ({ args }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { lang: { type: 'string', default: 'auto' }, json: { type: 'boolean', default: false } },
    })
    const lang = languageOf(values.lang)
    let n = 0
    if (!values.json) process.stdout.write('line  lang  warn  signs\n')
    for await (const line of linesOf(process.stdin)) {
      n += 1
      const r = checkMessage(line, { lang })
      const out = values.json
        ? JSON.stringify({ lang: r.lang, warn: r.warn, signs: r.signs.map(s => ({ id: s.id, words: s.words })) })
        : `${String(n).padStart(4)}  ${r.lang.padEnd(4)}  ${r.warn ? 'yes ' : '-   '}  ${r.signs.map(s => `${s.id} (${s.words.join(' · ').slice(0, 60)})`).join(', ') || 'no signs found; that does not mean safe'}`
      // A reader who takes it slowly must not make us hold everything in memory.
      if (!process.stdout.write(`${out}\n`)) await once(process.stdout, 'drain')
    }
    return 0
  },
}
