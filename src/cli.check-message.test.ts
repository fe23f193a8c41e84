import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './platform/config.ts'

const run = (args: readonly string[], input: string) =>
  spawnSync(process.execPath, [path.join(root, 'build/cli.js'), 'check-message', ...args], { input, encoding: 'utf8' })

test('one line of JSON for each line, empty ones and odd line ends among them', () => {
  const input = ['Никому не говори родителям, это наш секрет', '', 'a\rb\u2028c\u0085d', '🔥'.repeat(2000), '{"x":1}\r', 'последняя'].join(
    '\n',
  )
  const r = run(['--lang', 'auto', '--json'], input)
  expect(r.status).toBe(0)
  const out = r.stdout
    .trimEnd()
    .split('\n')
    .map(l => JSON.parse(l) as { lang: string; warn: boolean; signs: { id: string; words: string[] }[] })
  expect(out).toHaveLength(6)
  expect(out[0]).toEqual({ lang: 'ru', warn: true, signs: [{ id: 'F2', words: ['Никому не говори родителям', 'наш секрет'] }] })
  expect(out[1]).toMatchObject({ warn: false, signs: [] })
})

test('a table for people never says that a message is safe; an unknown language is told', () => {
  expect(run([], 'Сегодня хорошая погода\n').stdout).toMatch(/no signs found; that does not mean safe/)
  const wrong = run(['--lang', 'xx'], '')
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('--lang is auto')])
})
