import { parseForm } from '../base/form.ts'
import { type CatalogueLocale, catalogueLocales } from '../base/i18n.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { wordsFor } from '../platform/words.ts'
import { readText } from './rules.lesson.ts'
import { checkText } from './rules.lesson-check.ts'
import { draftForm } from './schema.content-form.ts'
import { contentListScreen, contentPreviewScreen, type DraftView, draftScreen } from './screens.content.tsx'
import type { Href } from './screens.lesson.tsx'
import { contentFolder, contentLibrary } from './store.lesson.ts'

/** Links of a preview stay in the preview; those that lead to other pages of the site lead nowhere here. */
const previewHref =
  (a: Asked, lang: CatalogueLocale): Href =>
  to => {
    const [, kind, slug, node] = /^\/(learn|stories|quiz)\/([a-z0-9]+)(?:\/([a-z0-9]+))?$/.exec(to) ?? []
    if (slug === undefined) return to === '/learn' || to === '/stories' ? a.to('/content') : '#content'
    return a.to(`/content/${lang}/${kind === 'learn' ? 'lessons' : kind}/${slug}${node === undefined ? '' : `?at=${node}`}`)
  }
/** In a draft all places of a story stand on one page. */
const draftHref: Href = to => {
  const node = /^\/stories\/draft\/([a-z0-9]+)$/.exec(to)?.[1]
  return node === undefined ? '#content' : `#n-${node}`
}

const draftPage = (a: Asked, v: DraftView, status = 200) =>
  page({
    title: a.t('content.draft.heading'),
    body: draftScreen(v, a.t),
    nav: 'content',
    status,
    breadcrumbs: [{ text: a.t('content.heading'), href: '/content' }],
  })

/** Lessons and stories in the office: read only. They are edited as files, and a draft is looked at without being kept. */
export const registerContent = (o: Office, folder = contentFolder()): void => {
  const library = contentLibrary(folder, o.deps.clock)
  const own = process.env.DOVERIE_CONTENT !== undefined

  o.get('/content', 'content:read', async a =>
    page({ title: a.t('content.heading'), body: contentListScreen({ rows: library().files, own }, a.t), nav: 'content', wide: true }),
  )
  o.get('/content/draft', 'content:read', async a => draftPage(a, {}))
  o.post('/content/draft', 'content:read', async a => {
    const parsed = parseForm(draftForm, a.body)
    if (!parsed.ok) return draftPage(a, { values: parsed.values, errors: parsed.errors }, 422)
    const { kind, language, text } = parsed.value
    const read = readText(kind, 'draft', text, checkText)
    return draftPage(a, { values: { kind, language, text }, shown: { ...read, site: wordsFor(language), href: draftHref } })
  })
  o.get('/content/:language/:kind/:slug', 'content:read', async a => {
    const { language, kind, slug } = a.params
    const row = library().files.find(f => f.lang === language && f.kind === kind && f.slug === slug)
    const lang = catalogueLocales.find(l => l === language)
    if (!row || !lang) return hidden
    const first = row.text?.kind === 'stories' ? row.text.nodes[0]?.id : undefined
    const node = row.text?.kind === 'stories' ? (row.text.nodes.find(n => n.id === a.query.at)?.id ?? first) : undefined
    return page({
      title: row.text?.about.title ?? row.slug,
      body: contentPreviewScreen({ row, node, site: wordsFor(lang), href: previewHref(a, lang) }, a.t),
      nav: 'content',
      breadcrumbs: [{ text: a.t('content.heading'), href: '/content' }],
    })
  })
}
