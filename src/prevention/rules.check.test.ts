import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languagesIn, makeChecker } from './rules.check.ts'
import { allSigns, checkMessage } from './rules.check-all.ts'
import { foldWord, keysOf, keysOfPattern, tokensOf } from './rules.check-fold.ts'
import { makeIndex } from './rules.check-index.ts'
import { checkLanguages, signIds } from './schema.check.ts'

const sets = checkLanguages.map(lang => ({
  lang,
  ...(JSON.parse(readFileSync(new URL(`../../bench/messages/${lang}.json`, import.meta.url), 'utf8')) as {
    offers: string[]
    plain: string[]
  }),
}))
const offers = sets.flatMap(s => s.offers)
const idsIn = (text: string) => checkMessage(text).signs.map(s => s.id)

describe('what must hold for every message', () => {
  const neutral = fc.constantFrom(
    'Сегодня хорошая погода.',
    'We had soup for lunch.',
    'Il fait beau aujourd’hui.',
    'Bugun havo yaxshi.',
    'Бүгүн күн ачык.',
    'Имрӯз ҳаво хуб аст.',
    'Кот спит на диване, за окном идёт дождь.',
    '🙂🙂',
    '1 2 3',
  )
  test('adding neutral text before or after never removes a sign, nor the warning', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...offers),
        fc.array(neutral, { maxLength: 4 }),
        fc.array(neutral, { maxLength: 4 }),
        fc.constantFrom(' ', '\n', ' . '),
        (m, before, after, gap) => {
          const plain = checkMessage(m)
          const more = checkMessage([...before, m, ...after].join(gap))
          expect(more.signs.map(s => s.id)).toEqual(expect.arrayContaining(plain.signs.map(s => s.id)))
          if (plain.warn) expect(more.warn).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
  test('letter case, wider spaces, doubled letters and invisible characters change no sign', () => {
    fc.assert(
      fc.property(fc.constantFrom(...offers), m => {
        const ids = idsIn(m)
        expect(idsIn(m.toUpperCase())).toEqual(ids)
        expect(idsIn(m.toLowerCase())).toEqual(ids)
        expect(idsIn(m.replaceAll(' ', '   '))).toEqual(ids)
        expect(idsIn(m.replace(/(\p{L})(?=\p{L})/gu, '$1\u200b'))).toEqual(ids)
        expect(idsIn(m.normalize('NFD'))).toEqual(ids)
      }),
      { numRuns: 200 },
    )
  })
  test('look-alike letters and letters pulled apart change no sign of a Russian message', () => {
    const alike: Record<string, string> = { а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x' }
    for (const m of sets[0]!.offers.filter(x => !/[a-z]|\p{L} \p{L} |\.\p{L}/iu.test(x))) {
      expect(idsIn(m.replace(/[аеорсух]/g, c => alike[c]!))).toEqual(idsIn(m))
      const dotted = m.replace(/\p{L}{4,}/gu, w => Array.from(w).join('.'))
      expect(idsIn(dotted), dotted).toEqual(
        expect.arrayContaining(idsIn(m).filter(id => checkMessage(m).signs.find(s => s.id === id)!.strength === 3)),
      )
    }
  })
  test('Russian in Latin letters, as people type it and as on a passport, keeps every sign and the warning', () => {
    const latin = [...'a,b,v,g,d,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,h,c,ch,sh,sch,,y,,e,yu,ya'.split(',').entries()]
    const typed = new Map([...latin.map(([i, l]): [string, string] => [String.fromCharCode(0x430 + i), l]), ['ё', 'e']])
    const passport = new Map([...typed, ['х', 'kh'], ['ц', 'ts'], ['щ', 'shch'], ['й', 'i'], ['ю', 'iu'], ['я', 'ia'], ['ъ', 'ie']])
    // "sch" is one letter or two: nobody can tell, so words with сч are left out.
    const pure = sets[0]!.offers.filter(x => !/[a-z]|сч|\p{L} \p{L} |\.\p{L}/iu.test(x))
    expect(pure.length).toBeGreaterThan(25)
    for (const m of pure)
      for (const table of [typed, passport]) {
        const turned = m.toLowerCase().replace(/[а-яё]/g, c => table.get(c) ?? c)
        expect(idsIn(turned), turned).toEqual(expect.arrayContaining(idsIn(m)))
        if (checkMessage(m).warn) expect(checkMessage(turned).warn, turned).toBe(true)
      }
  })
  test('any text is answered, and its spans are parts of it, in order and not overlapping', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...offers)), m => {
        for (const s of checkMessage(m).signs) {
          let at = 0
          for (const span of s.spans) {
            expect(span.from).toBeGreaterThanOrEqual(at)
            expect(span.to).toBeGreaterThan(span.from)
            expect(span.to).toBeLessThanOrEqual(m.length)
            expect(s.words).toContain(m.slice(span.from, span.to))
            at = span.to
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
  test('100 KB of anything takes no more than a moment', () => {
    const long = [
      'а '.repeat(50_000),
      'a'.repeat(100_000),
      'не говори никому '.repeat(6_000),
      'р.а.б.о.т.а.'.repeat(8_000),
      '5 000 '.repeat(16_000),
      '🔥'.repeat(50_000),
      'ни кому не ни кому не '.repeat(5_000),
    ]
    for (const m of long) {
      const from = process.cpuUsage()
      checkMessage(m)
      const used = process.cpuUsage(from)
      expect((used.user + used.system) / 1e6, m.slice(0, 12)).toBeLessThan(3)
    }
  })
})

describe('writings of the same words', () => {
  test.each([
    ['Никому не говори родителям', 'nikomu ne govori roditelyam'],
    ['Пришли фото паспорта', 'prishli foto pasporta'],
    ['Удали переписку', 'udali perepisku'],
    ['жильё предоставим бесплатно', 'zhilyo predostavim besplatno'],
    ['Hech kimga aytma', 'Ҳеч кимга айтма'],
    ["Yo'l pulini biz to'laymiz", 'Йўл пулини биз тўлаймиз'],
    ['Қарзингни қайтар', 'Qarzingni qaytar'],
    ['Эч кимге айтпа, бул биздин сыр', 'эч кимге айтпа бул биздин сыр'],
    ['Ба ҳеҷ кас нагӯй', 'Ба хеч кас нагуй'],
  ])('%s = %s', (a, b) => {
    expect(idsIn(a).length).toBeGreaterThan(0)
    expect(idsIn(b)).toEqual(idsIn(a))
  })
  test.each(['р а б о т а', 'р.а.б.о.т.а', 'р🔥а🔥б🔥о🔥т🔥а', 'ра6ота', 'paбoтa', 'rabota', 'РАБООТА', 'ра-бо-та', 'р_а_б_о_т_а'])(
    '%s is «работа»',
    written => {
      expect(idsIn(`предлагаю ${written}`)).toEqual(idsIn('предлагаю работа'))
      expect(idsIn(`предлагаю ${written}`)).toContain('F9')
    },
  )
})

describe('what is answered', () => {
  test('to debt and threat a person comes first, and no phrase to send', () => {
    expect(checkMessage('Если не скинешь фото, всем разошлю').advice).toBe('away')
    expect(checkMessage('Ты нам должна за билет').advice).toBe('away')
    expect(checkMessage('You owe us. Pay it back').advice).toBe('away')
    expect(checkMessage('Наш секрет, никому не говори').advice).toBe('care')
    expect(checkMessage('Какая погода').advice).toBe('none')
  })
  test('a common home that binds to secrecy or hurries is a strong sign; a common meal is not', () => {
    const bound = checkMessage('Мы земляки, никому не говори, решай сегодня')
    expect([bound.warn, bound.compatriot, bound.signs.find(s => s.id === 'F11')?.strength]).toEqual([true, true, 3])
    const meal = checkMessage('Земляки, в воскресенье готовим плов, приходите с детьми')
    expect([meal.warn, meal.compatriot]).toEqual([false, true])
  })
  test.each([
    'я друг Алишера, никому не говори, приходи сегодня',
    'я твой дядя по отцу, срочно собирайся',
    "I'm a friend of Ali. Don't tell anyone, come today",
    "Men Alining do'stiman, hech kimga aytma, bugun kel",
    'Ман дӯсти Алӣ ҳастам, ба касе нагӯй, имрӯз биё',
    'Мен Алинин досумун, эч кимге айтпа, бүгүн кел',
    "Je suis un ami d'Ali, ne dis rien à personne, viens aujourd'hui",
  ])('kinship or a name of a friend that binds to secrecy or hurries: %s', m => {
    const r = checkMessage(m)
    expect([r.warn, r.compatriot, r.signs.some(s => s.id === 'F18')]).toEqual([true, true, true])
  })
  test.each([
    'пришлю видео твоей маме если не сделаешь что я скажу',
    'мама увидит твои фотки если не заплатишь',
    'we have your video pay or we publish',
  ])('blackmail, however it is put together: %s', m => expect(checkMessage(m).advice).toBe('away'))
  test.each([
    'я с другом в кино, скоро буду',
    'это мой друг из класса, мы сделали уроки',
    'я и мой брат быстро сделали уроки',
    "I'm with a friend, home by six",
    'пришлю фото маме с экскурсии',
  ])('what children write every day: %s', m => expect(checkMessage(m).warn).toBe(false))
  test.each(sets)('$lang: held-out messages', ({ lang, offers: wanted, plain }) => {
    const recall = wanted.filter(m => checkMessage(m).warn).length / wanted.length
    const alarms = plain.filter(m => checkMessage(m).warn)
    expect(recall, lang).toBeGreaterThanOrEqual(0.8)
    expect(alarms.length / plain.length, alarms.join('\n')).toBeLessThanOrEqual(0.05)
  })
  test('every sign has patterns in every language', () => {
    for (const l of allSigns)
      expect(
        signIds.filter(id => !l.signs[id]?.trim()),
        l.lang,
      ).toEqual([])
  })
  test('a browser with the languages that a message speaks gives what the server gives', () => {
    const made = new Map<string, ReturnType<typeof makeChecker>>()
    for (const { lang, offers: list } of sets)
      for (const m of list) {
        const has = new Set([lang, ...languagesIn(m)])
        const chosen = allSigns.filter(l => has.has(l.lang))
        const name = chosen.map(l => l.lang).join()
        const checker = made.get(name) ?? makeChecker(chosen)
        made.set(name, checker)
        expect(checker.check(m).warn, m).toBe(checkMessage(m).warn)
      }
  })
})

test('a mistake in the data is found when it is read', () => {
  const broken = (signs: object) => () => makeIndex([{ ...allSigns[0]!, signs }])
  expect(broken({ F1: 'no strength' })).toThrow(/strength/)
  expect(broken({ F1: '2 <nothing>' })).toThrow(/no words named/)
  expect(broken({ F1: '2 [maybe]' })).toThrow(/begins with nothing/)
  expect(keysOf('привет')).toEqual(keysOfPattern('privet'))
  expect(foldWord("o'z")).toBe('oz')
  expect(tokensOf('5000₽').map(t => t.word)).toEqual(['5000', '₽'])
})
