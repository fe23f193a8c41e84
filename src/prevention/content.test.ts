import { describe, expect, test } from 'vitest'
import { catalogueLocales } from '../base/i18n.ts'
import { piecesOfText, readable, readingOf } from './rules.lesson-check.ts'
import { audiences, topics } from './schema.lesson.ts'
import { contentFolder, readLibrary } from './store.lesson.ts'

/* Every text that comes with the program. */

const library = readLibrary(contentFolder({}))
const shown = library.files.flatMap(f => (f.text ? [{ lang: f.lang, text: f.text }] : []))

test('nothing is wrong with any of them: every choice leads on, every branch ends kindly, nobody is blamed, every link is ours', () => {
  expect(library.files.flatMap(f => f.faults.map(x => `${f.lang}/${f.kind}/${f.slug}: ${x.code} ${x.detail}`))).toEqual([])
})

test('there is enough, and nobody is left out', () => {
  for (const lang of catalogueLocales) {
    const [lessons, stories] = lang === 'ru' || lang === 'en' ? [6, 4] : [3, 2]
    expect([lang, library.of(lang, 'lessons').length >= lessons, library.of(lang, 'stories').length >= stories]).toEqual([lang, true, true])
    expect(library.of(lang, 'quiz').length).toBeGreaterThan(0)
  }
  for (const lang of ['ru', 'en'] as const) {
    const own = shown.filter(s => s.lang === lang).map(s => s.text.about)
    for (const a of audiences) expect([lang, a, own.some(x => x.for.includes(a))]).toEqual([lang, a, true])
    for (const x of topics) expect([lang, x, own.some(o => o.topics.includes(x))]).toEqual([lang, x, true])
  }
})

test('what a computer wrote says that nobody has read it', () => {
  expect(shown.filter(s => s.text.about.reviewed).map(s => `${s.lang} ${s.text.slug}`)).toEqual([])
})

test('translations of a story have the same places and the same choices', () => {
  for (const lang of catalogueLocales)
    for (const story of library.of(lang, 'stories')) {
      const ru = library.find('ru', 'stories', story.slug)
      if (ru?.kind !== 'stories' || story.kind !== 'stories') throw new Error(story.slug)
      const shape = (s: typeof ru) => s.nodes.map(n => [n.id, n.end, n.choices.map(c => c.to)])
      expect([lang, shape(story)]).toEqual([lang, shape(ru)])
    }
})

describe('words that can be read', () => {
  test.each(shown.map(s => [s.lang, s.text.slug, s.text] as const))('%s %s: short sentences', (_lang, _slug, text) => {
    const r = readingOf(text)
    for (const a of text.about.for) {
      expect(r.mean).toBeLessThanOrEqual(readable[a].mean)
      expect(r.longest).toBeLessThanOrEqual(readable[a].longest)
    }
  })

  test('nothing that frightens: no capitals that shout, no exclamation outside what somebody says', () => {
    for (const { lang, text } of shown)
      for (const piece of piecesOfText(text)) {
        expect([lang, text.slug, piece.match(/\p{Lu}{4,}/u)]).toEqual([lang, text.slug, null])
        const own = piece.replace(/[«“][^»”]*[»”]|« [^»]* »/g, '')
        expect([lang, text.slug, own.includes('!')]).toEqual([lang, text.slug, false])
      }
  })

  test('whatever a child is told about pictures says where not to send them, and about threats what not to do', () => {
    for (const lang of catalogueLocales) {
      const words = piecesOfText(library.find(lang, 'lessons', 'photos')!).length
      expect([lang, words]).toEqual([lang, piecesOfText(library.find('ru', 'lessons', 'photos')!).length])
    }
  })
})
