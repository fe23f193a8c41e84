import { expect, test } from 'vitest'
import { caseEventData, isCaseEvent } from './case/schema.ts'
import { caseParts } from './main.office.ts'
import { catalogueFor } from './platform/words.ts'

/* What capabilities further right add to a case: each event has one reader, and words in both languages. */

test('an event of a case has one meaning: no two capabilities use one name', () => {
  const names = caseParts.flatMap(p => Object.keys(p.events ?? {}))
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([])
  expect(names.filter(isCaseEvent)).toEqual([])
  expect(Object.keys(caseEventData).every(isCaseEvent)).toBe(true)
  // The journal of accounts has names of its own that the audit page explains.
  expect(names.filter(n => ['session_opened', 'session_ended', 'session_refused'].includes(n))).toEqual([])
})

test('every event of a part has a title in ru and en, and the parts stand in an order of their own', () => {
  const missing = ['ru', 'en'].flatMap(lang => {
    const words = catalogueFor(lang as 'ru' | 'en')
    return caseParts.flatMap(p => [
      ...Object.keys(p.events ?? {}).flatMap(e => (words[`${p.name}.event.${e}`] ? [] : [`${lang} ${p.name}.event.${e}`])),
      ...(p.link && !words[p.link.words] ? [`${lang} ${p.link.words}`] : []),
    ])
  })
  expect(missing).toEqual([])
  expect(new Set(caseParts.map(p => p.order)).size).toBe(caseParts.length)
})
