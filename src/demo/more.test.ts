import { expect, test } from 'vitest'
import { phraseIds } from '../contact/schema.desk-phrases.ts'
import { startModel } from '../person/rules.match.weigh.model.ts'
import { weigh, worthAsking } from '../person/rules.match.weigh.ts'
import { waysIn } from '../prevention/rules.outreach.ts'
import { reachPages } from '../prevention/schema.reach.ts'
import { sameChildren } from './rules.same-child.ts'
import { outreachTold } from './schema.reach.ts'
import { talks } from './schema.talks.ts'
import { postersRead, reachTold } from './store.reach.ts'

const today = '2026-11-24'

test('a conversation is found again by its door and language, and its answers are sentences that exist', () => {
  const keys = talks.map(t => `${t.door}/${t.language}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const t of talks) for (const p of t.desk?.answer ?? []) expect(phraseIds).toContain(p)
})

test('in the diary of outreach stands no way to one person', () => {
  expect(outreachTold.flatMap(o => waysIn(o.community, o.text, o.note))).toEqual([])
})

test('counts are of days that are over and of kinds of page that are counted', () => {
  const counts = [...reachTold(today), ...postersRead([{ code: 'abcde', name: 'Рынок, доска у касс' }], today)]
  expect(counts.length).toBeGreaterThan(500)
  for (const c of counts) expect(c.day < today && c.n > 0 && (c.what === 'abcde' || reachPages.some(p => p === c.what))).toBe(true)
})

test('every record of one child is found again by every other, in another team and in another agency; of two children it is not', () => {
  const compared = sameChildren(today).map(s => {
    const p = s.arrival.cases[0]!.person
    const year = Number(today.slice(0, 4)) - Number.parseInt(p.ageSaid, 10)
    return {
      child: s.child,
      place: s.place,
      c: {
        names: [`${p.names[0]!.family} ${p.names[0]!.given}`],
        minYear: year - 1,
        maxYear: year,
        sex: p.sex,
        origin: 'tj',
        relatives: [],
        phones: [],
        handles: [],
        documents: [],
      },
    }
  })
  expect(new Set(compared.filter(x => x.child === 'jamshed').map(x => x.place)).size).toBe(3)
  for (const [i, a] of compared.entries())
    for (const b of compared.slice(i + 1))
      expect([a.child, b.child, weigh(a.c, b.c, startModel(300)).bits >= worthAsking]).toEqual([a.child, b.child, a.child === b.child])
})
