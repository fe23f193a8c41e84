import { languageName, officeLocales, type T } from '../i18n.ts'
import { type Content, WordsProvider } from './common.tsx'
import { type Assets, assetHref, Document } from './document.tsx'
import { Breadcrumbs, type Crumb, SkipLink } from './navigation.tsx'
import { DemoBanner, Notification } from './notes.tsx'
import { CountBadge } from './tag.tsx'

export interface NavItem {
  /** Address without the language: '/cases'. */
  href: string
  text: string
  current?: boolean | undefined
  /** What waits behind the link; said aloud as «12 ждут». */
  count?: number | undefined
}
export interface Flash {
  kind: 'success' | 'info'
  text: Content
}
export interface ShellView {
  title: string
  /** This page's address without the language and with its query: '/cases?page=2'; the language links keep it. */
  path: string
  demo?: boolean | undefined
  /** What this person may see; empty before sign-in. */
  nav?: readonly NavItem[] | undefined
  /** Null before sign-in. `roles` are already words. */
  me?: { alias: string; roles?: string | undefined; href?: string | undefined } | null | undefined
  breadcrumbs?: readonly Crumb[] | undefined
  flash?: readonly Flash[] | undefined
  /** Somebody may be in danger and nobody has it yet: shown on every page until somebody does. */
  alarm?: { text: string; href: string; link: string } | undefined
  /** Emergency access is open: shown on every page until it ends. */
  breakGlass?: { text: string; href: string; link: string } | undefined
  /** What waits for somebody with a key: «3 записи ждут ключа». */
  waiting?: readonly { text: string; href?: string | undefined }[] | undefined
  /** Show the search box (the person may search people). */
  search?: boolean | undefined
  /** Printed in the footer of every sheet: the code that leads back to this page. */
  printCode?: string | undefined
  assets?: Assets | undefined
  /** Further browser files by name: 'messages.js'. */
  scripts?: readonly string[] | undefined
  /** Use the whole width (tables); otherwise text keeps a readable line. */
  wide?: boolean | undefined
}

const Languages = ({ view, lang }: { view: ShellView; lang: string }) => (
  <ul class="dv-languages">
    {officeLocales.map(locale => (
      <li>
        {locale === lang ? (
          <span aria-current="true" lang={locale}>
            {languageName[locale]}
          </span>
        ) : (
          <a href={`/${locale}${view.path}`} lang={locale} hreflang={locale} data-keep>
            {languageName[locale]}
          </a>
        )}
      </li>
    ))}
  </ul>
)

/* A POST, not a link: a name in an address would stay in the history of a shared computer. */
const Search = ({ t, lang }: { t: T; lang: string }) => (
  // biome-ignore lint/a11y/useSemanticElements: two-year-old browsers do not know <search>
  <form class="dv-search" action={`/${lang}/people/search`} method="post" role="search" data-no-guard>
    <label class="govuk-visually-hidden" for="dv-search">
      {t('base.shell.search')}
    </label>
    <input
      class="govuk-input dv-search__input"
      id="dv-search"
      name="q"
      type="search"
      autocomplete="off"
      spellcheck={false}
      placeholder={t('base.shell.search')}
    />
    <button class="dv-search__button" type="submit">
      {t('base.shell.find')}
    </button>
  </form>
)

const Me = ({ view, t, lang }: { view: ShellView; t: T; lang: string }) =>
  view.me ? (
    <div class="dv-me">
      <a class="dv-me__name" href={`/${lang}${view.me.href ?? '/me'}`}>
        <span class="govuk-visually-hidden">{t('base.shell.you')} </span>
        {view.me.alias}
      </a>
      {/* Seen on one's own page; here only heard, so that the header stays one line. */}
      {view.me.roles ? <span class="govuk-visually-hidden">{view.me.roles}</span> : null}
      <form action={`/${lang}/sign-out`} method="post" class="dv-me__out">
        <input type="hidden" name="next" value={view.path} />
        <button type="submit" name="then" value="lock" class="dv-plain-button" data-lock>
          {t('base.shell.lock')}
        </button>
        {/* A script keeps what was typed; without one it goes, and that is said where the button is. */}
        <noscript>
          <span class="dv-me__plain">{t('base.shell.lockPlain')}</span>
        </noscript>
        <button type="submit" name="then" value="switch" class="dv-plain-button">
          {t('base.shell.switchUser')}
        </button>
        <button type="submit" name="then" value="leave" class="dv-plain-button">
          {t('base.shell.signOut')}
        </button>
      </form>
    </div>
  ) : null

const Header = ({ view, t, lang }: { view: ShellView; t: T; lang: string }) => (
  <header class="dv-header">
    <div class="dv-header__row govuk-width-container">
      <a class="dv-wordmark" href={`/${lang}/`}>
        {t('base.brand')}
      </a>
      {view.search ? <Search t={t} lang={lang} /> : null}
      <div class="dv-header__end">
        <Me view={view} t={t} lang={lang} />
        <nav aria-label={t('base.shell.languages')}>
          <Languages view={view} lang={lang} />
        </nav>
      </div>
    </div>
    {view.nav?.length ? (
      <nav class="dv-nav" aria-label={t('base.shell.menu')}>
        <ul class="dv-nav__list govuk-width-container">
          {view.nav.map(item => (
            <li class="dv-nav__item">
              <a class="dv-nav__link" href={`/${lang}${item.href}`} aria-current={item.current ? 'page' : undefined}>
                {item.text}
                <CountBadge count={item.count ?? 0} label={t('base.shell.waitingWord')} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
    ) : null}
  </header>
)

/** The whole office page: document, banners, header, navigation, messages, content, footer. */
export const OfficeShell = ({ view, t, children }: { view: ShellView; t: T; children?: Content }) => {
  const lang = t.locale
  return (
    <WordsProvider value={t}>
      <Document
        lang={lang}
        site="office"
        title={`${view.title} — ${t('base.brand')}`}
        css={[assetHref(view.assets, 'office.css')]}
        scripts={['office.js', ...(view.scripts ?? [])].map(name => assetHref(view.assets, name))}
      >
        <SkipLink />
        {view.demo ? <DemoBanner /> : null}
        {view.alarm ? (
          <div class="dv-break-glass" role="status">
            <div class="govuk-width-container">
              <strong>{view.alarm.text}</strong> <a href={`/${lang}${view.alarm.href}`}>{view.alarm.link}</a>
            </div>
          </div>
        ) : null}
        {view.breakGlass ? (
          <div class="dv-break-glass" role="status">
            <div class="govuk-width-container">
              <strong>{view.breakGlass.text}</strong> <a href={`/${lang}${view.breakGlass.href}`}>{view.breakGlass.link}</a>
            </div>
          </div>
        ) : null}
        <Header view={view} t={t} lang={lang} />
        <div class="govuk-width-container">
          {view.waiting?.length ? (
            <section aria-label={t('base.shell.waiting')}>
              <ul class="dv-waiting">
                {view.waiting.map(w => (
                  <li>{w.href ? <a href={`/${lang}${w.href}`}>{w.text}</a> : w.text}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {view.breadcrumbs?.length ? <Breadcrumbs items={view.breadcrumbs} collapseOnMobile /> : null}
          <main class={view.wide ? 'dv-main dv-main--wide' : 'dv-main'} id="content" tabIndex={-1}>
            {(view.flash ?? []).map((flash, at) => (
              <Notification
                type={flash.kind === 'success' ? 'success' : undefined}
                text={flash.text}
                titleId={`flash-${at + 1}`}
                titleText={t(flash.kind === 'success' ? 'base.flash.done' : 'base.component.important')}
              />
            ))}
            {children}
          </main>
        </div>
        <footer class="dv-footer">
          <div class="govuk-width-container">
            <p class="dv-footer__text">{t('base.shell.footer')}</p>
            {view.printCode ? (
              <p class="dv-print-code">
                {t('base.print.code')} <strong>{view.printCode}</strong>
              </p>
            ) : null}
          </div>
        </footer>
      </Document>
    </WordsProvider>
  )
}
