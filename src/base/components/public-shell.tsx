import { languageName, locales, type T } from '../i18n.ts'
import { type Content, WordsProvider } from './common.tsx'
import { type Assets, assetHref, Document } from './document.tsx'
import { ExitThisPage, exitAddress } from './exit.tsx'
import { BackLink, SkipLink } from './navigation.tsx'
import { DemoBanner } from './notes.tsx'

export interface PublicView {
  /** Address without the language, with its query; the language links keep it. Must never hold a secret. */
  path: string
  demo?: boolean | undefined
  /** Address without the language of the page before this one. */
  back?: string | undefined
  /** Default '/urgent'. */
  urgentHref?: string | undefined
  assets?: Assets | undefined
  /** A page that must not say whose it is, nor lead to a page that does: only the exit and the languages stand around it. */
  bare?: boolean | undefined
  /** In the look of a page about lessons: title, icon and what stands at the top say nothing of us. The exit stays. */
  skin?: boolean | undefined
  /** Further browser files by name: 'report.js'. */
  scripts?: readonly string[] | undefined
}

/** A sheet with lines: what an icon of homework looks like. */
const lessonsIcon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%23fff' stroke='%23505a5f' d='M3 1h10v14H3z'/%3E%3Cpath stroke='%23505a5f' d='M5 5h6M5 8h6M5 11h4'/%3E%3C/svg%3E"

/* Latin and Cyrillic Uzbek stand together: one language, two scripts. */
const Languages = ({ view, t }: { view: PublicView; t: T }) => (
  <nav class="dv-public-languages" aria-label={t('base.shell.languages')}>
    <ul class="dv-languages">
      {locales.map(locale => (
        <li>
          {locale === t.locale ? (
            <span aria-current="true" lang={locale}>
              {languageName[locale]}
            </span>
          ) : (
            <a href={`/${locale}${view.path}`} lang={locale} hreflang={locale}>
              {languageName[locale]}
            </a>
          )}
        </li>
      ))}
    </ul>
  </nav>
)

/**
 * The whole public page. The title in the browser's tab and history says nothing (security.md §1.4); the heading on the page does.
 * "Exit this page" is always in sight and works as a plain link.
 */
export const PublicShell = ({ view, t, children }: { view: PublicView; t: T; children?: Content }) => {
  return (
    <WordsProvider value={t}>
      <Document
        lang={t.locale}
        site="public"
        title={t(view.skin ? 'traces.skin.title' : 'base.public.neutralTitle')}
        {...(view.skin ? { icon: lessonsIcon, bodyClasses: 'dv-skin' } : {})}
        css={[assetHref(view.assets, 'public.css')]}
        scripts={['exit.js', ...(view.scripts ?? [])].map(name => assetHref(view.assets, name))}
      >
        <SkipLink />
        {view.demo && !view.bare && !view.skin ? <DemoBanner /> : null}
        <header class="dv-public-header">
          <SkipLink
            text={t('base.exit.leaveNow')}
            href={exitAddress}
            classes="govuk-js-exit-this-page-skiplink"
            attributes={{ rel: 'nofollow noreferrer' }}
          />
          <div class="dv-public-header__row govuk-width-container">
            {view.bare ? (
              <span />
            ) : (
              <a class="dv-wordmark" href={`/${t.locale}/`}>
                {t(view.skin ? 'traces.skin.header' : 'base.public.home')}
              </a>
            )}
            <ExitThisPage
              activatedText={t('base.exit.activated')}
              timedOutText={t('base.exit.timedOut')}
              pressTwoMoreTimesText={t('base.exit.twoMore')}
              pressOneMoreTimeText={t('base.exit.oneMore')}
            />
          </div>
        </header>
        <div class="govuk-width-container">
          {view.back && !view.bare ? (
            <nav aria-label={t('base.component.back')}>
              <BackLink href={`/${t.locale}${view.back}`} />
            </nav>
          ) : null}
          <main class="dv-main" id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
        <footer class="dv-public-footer">
          <div class="govuk-width-container">
            {view.bare ? null : (
              <p class="govuk-body">
                <a class="govuk-link" href={`/${t.locale}${view.urgentHref ?? '/urgent'}`}>
                  {t(view.skin ? 'traces.skin.numbers' : 'base.public.urgent')}
                </a>
              </p>
            )}
            <Languages view={view} t={t} />
            {view.bare ? null : <p class="govuk-body dv-small">{t('base.exit.history')}</p>}
          </div>
        </footer>
      </Document>
    </WordsProvider>
  )
}
