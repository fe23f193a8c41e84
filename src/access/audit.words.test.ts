import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../platform/config.ts'
import { catalogueFor, wordsFor } from '../platform/words.ts'
import { auditWord } from './screens.audit.tsx'

/* The audit is read by people who know no code: everything that can stand in it is said in words. What can stand there is taken from the sources, so that a new page or
   event cannot be forgotten. */

const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(f => !/\.test\.|\.testing\b/.test(f))
const text = (f: string) => readFileSync(path.join(root, f), 'utf8')
const all = sources.map(text)

/** Names of reads: `a.saw('case.open'`, both sides of a choice in it, and where the name is handed on. */
const reads = all.flatMap(s => [
  ...[...s.matchAll(/\.saw\(\s*'([a-z][a-z.-]+)'/g)].map(m => m[1]!),
  ...[...s.matchAll(/\.saw\([^'\n]*\? '([a-z][a-z.-]+)' : '([a-z][a-z.-]+)'/g)].flatMap(m => [m[1]!, m[2]!]),
  ...[...s.matchAll(/apartOf\([^'\n]*'([a-z][a-z.-]+)'/g)].map(m => m[1]!),
])
/** Types of events: the tables of what each carries, and those that the database writes itself. */
const events = [
  ...sources
    .filter(f => /\/schema[\w.-]*\.ts$/.test(f))
    .flatMap(f => [...text(f).matchAll(/^(?:export )?const (?:\w*[eE]ventData|data) = \{\n([\s\S]*?)^\}/gm)])
    .flatMap(m => [...m[1]!.matchAll(/^ {2}([a-z]+(?:_[a-z]+)+):/gm)].map(x => x[1]!)),
  ...all.flatMap(s => [...s.matchAll(/append\(w, \{[^}]*type: '([a-z_]+)'/g)].map(m => m[1]!)),
  ...globSync('db/migrations/*.sql', { cwd: root }).flatMap(f =>
    [...text(f).matchAll(/journal_write\(.*$/gm)].flatMap(m => [...m[0].matchAll(/'([a-z]+_[a-z_]+)'/g)].map(x => x[1]!)),
  ),
]

test('the sources name enough reads and events for this to mean something', () => {
  for (const r of [
    'case.open',
    'case.story',
    'plan.open',
    'screening.story',
    'screening.open',
    'report.page',
    'night.open',
    'follow-up.list',
  ])
    expect(reads).toContain(r)
  for (const e of [
    'case_opened',
    'plan_step_done',
    'report_letter_sent',
    'night_card_written',
    'check_in_answered',
    'interpreter_saved',
    'screening_decided',
  ])
    expect(events).toContain(e)
})
test('every read and every event has words in ru and en', () => {
  const codes = [...new Set([...reads, ...events])]
  for (const lang of ['ru', 'en'] as const) {
    const t = wordsFor(lang)
    const catalogue = catalogueFor(lang)
    expect([lang, codes.filter(c => auditWord(c, t) === undefined)]).toEqual([lang, []])
    expect([lang, codes.filter(c => !catalogue[`access-admin.auditWord.${c.replace(/[.:]/g, '_')}`])]).toEqual([lang, []])
  }
})
test('a second look asks in words, on the case and among the tasks', () => {
  const asked = all.flatMap(s =>
    [...s.matchAll(/askSecondLook\(([^)]*)\)/g)].flatMap(m => [...m[1]!.matchAll(/'([a-z]+_[a-z_]+)'/g)].map(x => x[1]!)),
  )
  expect(asked).toContain('not_established')
  for (const lang of ['ru', 'en'] as const)
    for (const where of ['case.look.what', 'worklist.what'])
      expect([lang, where, asked.filter(c => !catalogueFor(lang)[`${where}.${c}`])]).toEqual([lang, where, []])
})
