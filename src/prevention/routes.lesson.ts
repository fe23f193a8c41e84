import type { CatalogueLocale, Locale } from '../base/i18n.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { moreOf } from './rules.lesson-more.ts'
import { type LearnText, type TextKind, textKinds } from './schema.lesson.ts'
import { learnScreen, lessonScreen, pathOf, storyScreen } from './screens.lesson.tsx'
import { type Chosen, quizScreen } from './screens.quiz.tsx'
import { contentFolder, contentLibrary, type Library } from './store.lesson.ts'

const hidden: SiteAnswer = { kind: 'hidden' }
/** Cyrillic Uzbek is made from the Latin files. */
const fileLanguage = (lang: Locale): CatalogueLocale => (lang === 'uz-Cyrl' ? 'uz' : lang)
const at = (g: Guest) => ({ t: g.t, href: g.to })

/**
 * The text that was asked for. One that exists in another language only leads to the list of this one: the language links of a page stay true.
 * One that exists nowhere is hidden like every other address.
 */
const found = <K extends TextKind>(library: Library, g: Guest, kind: K): Extract<LearnText, { kind: K }> | SiteAnswer => {
  const slug = g.params.slug ?? ''
  const text = library.find(fileLanguage(g.lang), kind, slug)
  if (text) return text as Extract<LearnText, { kind: K }>
  return library.known(kind, slug) ? { kind: 'redirect', to: '/learn' } : hidden
}
const isText = (x: LearnText | SiteAnswer): x is LearnText => 'about' in x

const chosenOf = (body: Guest['body'], questions: number): Chosen =>
  Object.fromEntries(
    Array.from({ length: questions }, (_, i) => [
      i,
      /^[1-5]$/.test(body[`q${i + 1}`] ?? '') ? Number(body[`q${i + 1}`]) - 1 : undefined,
    ]).filter(([, n]) => n !== undefined),
  ) as Chosen

/** Lessons, stories and questions. No cookie, no score, nothing stored; what was answered comes in a body and goes nowhere. */
export const registerLessons = (site: Site, folder = contentFolder()): void => {
  const library = contentLibrary(folder, site.deps.clock)
  // Read at the start: the first child must not wait for it.
  library()

  site.get('/learn', 'public:learn', async g => {
    const texts = textKinds.flatMap(kind => library().of(fileLanguage(g.lang), kind))
    return sitePage({ body: learnScreen({ texts }, at(g)), back: '/' })
  })
  site.get('/learn/:slug', 'public:learn', async g => {
    const lesson = found(library(), g, 'lessons')
    if (!isText(lesson)) return lesson
    const more = moreOf(lesson, [...library().of(fileLanguage(g.lang), 'stories'), ...library().of(fileLanguage(g.lang), 'quiz')])
    return sitePage({ body: lessonScreen({ lesson, more }, at(g)), back: '/learn', path: pathOf(lesson) })
  })
  site.get('/stories', 'public:learn', async g =>
    sitePage({ body: learnScreen({ texts: library().of(fileLanguage(g.lang), 'stories'), stories: true }, at(g)), back: '/learn' }),
  )
  site.get('/stories/:slug', 'public:learn', async g => {
    const story = found(library(), g, 'stories')
    if (!isText(story)) return story
    const node = story.nodes[0]
    return node ? sitePage({ body: storyScreen({ story, node }, at(g)), back: '/stories', path: pathOf(story) }) : hidden
  })
  site.get('/stories/:slug/:node', 'public:learn', async g => {
    const story = found(library(), g, 'stories')
    if (!isText(story)) return story
    const node = story.nodes.find(n => n.id === g.params.node)
    // The other language tells it in its own places: from there a reader begins anew.
    return node ? sitePage({ body: storyScreen({ story, node }, at(g)), back: pathOf(story), path: pathOf(story) }) : hidden
  })
  site.get('/quiz/:slug', 'public:learn', async g => {
    const quiz = found(library(), g, 'quiz')
    return isText(quiz) ? sitePage({ body: quizScreen({ quiz }, at(g)), back: '/learn', path: pathOf(quiz) }) : quiz
  })
  site.post('/quiz/:slug', 'public:learn', async g => {
    const quiz = found(library(), g, 'quiz')
    if (!isText(quiz)) return quiz
    const chosen = chosenOf(g.body, quiz.questions.length)
    return sitePage({ body: quizScreen({ quiz, chosen }, at(g)), back: pathOf(quiz), path: pathOf(quiz) })
  })
}
