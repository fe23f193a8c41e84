import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moreUrgent, proposeUrgency } from './rules.desk-urgency.ts'

const whys = (text: string) => proposeUrgency('not_asked', [text])?.reasons.map(r => r.why) ?? []

test('what says nothing of danger proposes nothing', () => {
  for (const calm of [
    'здравствуйте, у меня вопрос про школу',
    'hello, how do I get a school place',
    'Салом, як савол дорам',
    'Salom, bir savolim bor',
    'Саламатсызбы, суроом бар',
    'bonjour, une question',
  ])
    expect(whys(calm), calm).toEqual([])
})
describe('the child’s own words, in each language', () => {
  const cases: readonly [string, string][] = [
    ['Нас держат на складе, дверь закрыта, мы не можем выйти', 'locked'],
    ['не хочу больше жить', 'selfHarm'],
    ['хозяин избивает нас', 'violence'],
    ['завтра нас увезут в другой город', 'moved'],
    ['паспорт забрали', 'papers'],
    ['он выложит видео всем', 'blackmail'],
    ['they locked us in', 'locked'],
    ['I want to die', 'selfHarm'],
    ['he took my passport', 'papers'],
    ['шиносномаамро гирифтанд', 'papers'],
    ['дар қулф аст, баромадан намешавад', 'locked'],
    ['пагоҳ моро мебаранд', 'moved'],
    ['pasportimni olib qoʻyishdi', 'papers'],
    ['eshik yopiq, chiqolmaymiz', 'locked'],
    ['паспортумду алып койду', 'papers'],
    ['эшик жабык', 'locked'],
    ['ils nous ont enfermés', 'locked'],
    ['je veux mourir', 'selfHarm'],
  ]
  test.each(cases)('%s → %s', (text, why) => expect(whys(text)).toContain(why))
})
test('the words stand in what was written, and the plain answer outweighs silence', () => {
  const p = proposeUrgency('no', ['Нас держат на складе, паспорт забрали'])!
  expect(p.urgency).toBe('now')
  expect(p.reasons[0]).toEqual({ why: 'unsafe', urgency: 'now', words: [] })
  for (const r of p.reasons) for (const w of r.words) expect('Нас держат на складе, паспорт забрали').toContain(w)
  expect(moreUrgent(p, 'now')).toBe(false)
  expect(moreUrgent(p, 'today')).toBe(true)
})
test('a further message never takes a reason away', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('нас избивают', 'привет', 'паспорт забрали', 'I want to die', 'дверь закрыта', 'спасибо'), { maxLength: 5 }),
      fc.string(),
      (list, more) => {
        const before = proposeUrgency('not_asked', list)?.reasons.map(r => r.why) ?? []
        const after = proposeUrgency('not_asked', [...list, more])?.reasons.map(r => r.why) ?? []
        for (const w of before.filter(x => x !== 'shown')) expect(after).toContain(w)
      },
    ),
    { numRuns: 60 },
  )
})
