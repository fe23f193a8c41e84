import { EmptyState, Form, FormErrors, InsetText, Table, Tag, WordsProvider } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { type CatalogueLocale, catalogueLocales, languageName, type T } from '../base/i18n.ts'
import { draftForm } from './schema.content-form.ts'
import { type Fault, type LearnText, type TextKind, textKinds, warnings } from './schema.lesson.ts'
import { type Href, lessonScreen, storyScreen } from './screens.lesson.tsx'
import { quizScreen } from './screens.quiz.tsx'

/* The office's view of lessons and stories: what there is in which language, what is wrong with it, and how it looks on the site. */

export interface ContentRow {
  readonly lang: CatalogueLocale
  readonly kind: TextKind
  readonly slug: string
  readonly text?: LearnText | undefined
  readonly faults: readonly Fault[]
}
const pathOfRow = (t: T, r: Pick<ContentRow, 'lang' | 'kind' | 'slug'>) => `/${t.locale}/content/${r.lang}/${r.kind}/${r.slug}`

/** What a cell says: there is none, it is kept off the site, something to look at, read by a person or not yet. */
const stateOf = (r: ContentRow | undefined): 'missing' | 'broken' | 'warned' | 'reviewed' | 'unread' => {
  if (!r) return 'missing'
  if (!r.text) return 'broken'
  if (r.faults.length > 0) return 'warned'
  return r.text.about.reviewed ? 'reviewed' : 'unread'
}
const tagOf = { missing: 'grey', broken: 'red', warned: 'yellow', reviewed: 'green', unread: 'blue' } as const

const Faults = ({ faults, t }: { faults: readonly Fault[]; t: T }) => (
  <ul class="govuk-list govuk-list--bullet">
    {faults.map(f => (
      <li>
        {t(`content.fault.${f.code}`)}
        {warnings.includes(f.code) ? null : ` ${t('content.stops')}`}
        {f.detail ? (
          <>
            {' '}
            <bdi class="dv-own-words">{f.detail}</bdi>
          </>
        ) : null}
      </li>
    ))}
  </ul>
)

const titleOf = (rows: readonly ContentRow[], lang: string): string =>
  (rows.find(r => r.lang === lang && r.text) ?? rows.find(r => r.text))?.text?.about.title ?? rows[0]?.slug ?? ''

const KindTable = ({ kind, rows, t }: { kind: TextKind; rows: readonly ContentRow[]; t: T }) => {
  const slugs = [...new Set(rows.map(r => r.slug))]
  return (
    <Table
      caption={t(`content.kinds.${kind}`)}
      captionClasses="govuk-table__caption--m"
      firstCellIsHeader
      stack
      head={[{ text: t('content.title') }, ...catalogueLocales.map(l => ({ text: languageName[l] }))]}
      rows={slugs.map(slug => {
        const own = rows.filter(r => r.slug === slug)
        return [
          { text: titleOf(own, t.locale) },
          ...catalogueLocales.map(l => {
            const row = own.find(r => r.lang === l)
            const state = stateOf(row)
            const words = t(`content.state.${state}`)
            return {
              text: row ? (
                <a class="govuk-link" href={pathOfRow(t, row)} aria-label={`${titleOf(own, t.locale)}, ${languageName[l]}: ${words}`}>
                  {words}
                </a>
              ) : (
                <span class="govuk-hint">{words}</span>
              ),
            }
          }),
        ]
      })}
    />
  )
}

/** Every text by language, and what there is to do. */
export const contentListScreen = (v: { rows: readonly ContentRow[]; own: boolean }, t: T) => {
  const wrong = v.rows.filter(r => r.faults.length > 0)
  return (
    <>
      <h1 class="govuk-heading-l">{t('content.heading')}</h1>
      <p class="govuk-body">{t(v.own ? 'content.howOwn' : 'content.how')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/${t.locale}/content/draft`}>
          {t('content.draft.go')}
        </a>
      </p>
      {v.rows.length === 0 ? <EmptyState title={t('content.empty')} text={t('content.emptyDo')} /> : null}
      {wrong.length > 0 ? (
        <section>
          <h2 class="govuk-heading-m">{t('content.wrong')}</h2>
          {wrong.map(r => (
            <>
              <h3 class="govuk-heading-s">
                <a class="govuk-link" href={pathOfRow(t, r)}>{`${r.lang}/${r.kind}/${r.slug}.md`}</a>
              </h3>
              <Faults faults={r.faults} t={t} />
            </>
          ))}
        </section>
      ) : null}
      {textKinds.map(kind => {
        const rows = v.rows.filter(r => r.kind === kind)
        return rows.length > 0 ? <KindTable kind={kind} rows={rows} t={t} /> : null
      })}
    </>
  )
}

/** The text as the site shows it, in its own language. A story without a place shows all of them, one under the other. */
const AsOnTheSite = ({ text, node, site, href }: { text: LearnText; node?: string | undefined; site: T; href: Href }) => {
  const at = { t: site, href, preview: true }
  const boxes =
    text.kind === 'lessons'
      ? [{ id: 'preview', body: lessonScreen({ lesson: text, more: [] }, at) }]
      : text.kind === 'quiz'
        ? [
            { id: 'preview', body: quizScreen({ quiz: text }, at) },
            { id: 'answers', body: quizScreen({ quiz: text, chosen: {} }, at) },
          ]
        : text.nodes
            .filter(n => node === undefined || n.id === node)
            .map(n => ({ id: `n-${n.id}`, body: storyScreen({ story: text, node: n }, at) }))
  return (
    <WordsProvider value={site}>
      {boxes.map(b => (
        <div class="dv-preview" id={b.id} lang={site.locale}>
          {b.body}
        </div>
      ))}
    </WordsProvider>
  )
}

export interface PreviewView {
  readonly row: ContentRow
  readonly node?: string | undefined
  readonly site: T
  readonly href: Href
}
export const contentPreviewScreen = (v: PreviewView, t: T) => (
  <>
    <p class="govuk-body">
      {languageName[v.row.lang]}, {t(`content.kind.${v.row.kind}`)}{' '}
      <Tag text={t(`content.state.${stateOf(v.row)}`)} classes={`govuk-tag--${tagOf[stateOf(v.row)]}`} />
    </p>
    {v.row.text ? (
      <p class="govuk-hint">
        {t('content.sources')} {v.row.text.about.sources.join('; ')}
      </p>
    ) : null}
    {v.row.faults.length > 0 ? <Faults faults={v.row.faults} t={t} /> : null}
    {v.row.text ? <AsOnTheSite text={v.row.text} node={v.node} site={v.site} href={v.href} /> : null}
  </>
)

export interface DraftView {
  readonly values?: Values | undefined
  readonly errors?: Errors | undefined
  readonly shown?: { readonly text?: LearnText | undefined; readonly faults: readonly Fault[]; readonly site: T; readonly href: Href }
}
/** Paste a draft, see it as the site would show it. Nothing is kept. */
export const draftScreen = (v: DraftView, t: T) => (
  <>
    <FormErrors form={draftForm} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('content.draft.heading')}</h1>
    <p class="govuk-body">{t('content.draft.intro')}</p>
    {v.shown ? (
      <section aria-label={t('content.draft.result')}>
        {v.shown.faults.length > 0 ? <Faults faults={v.shown.faults} t={t} /> : <InsetText text={t('content.draft.good')} />}
        {v.shown.text ? <AsOnTheSite text={v.shown.text} site={v.shown.site} href={v.shown.href} /> : null}
      </section>
    ) : null}
    <Form
      form={draftForm}
      t={t}
      action={`/${t.locale}/content/draft`}
      values={v.values}
      errors={v.errors}
      submitLabel={t('content.draft.submit')}
    />
  </>
)
