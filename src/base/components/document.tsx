import type { Locale } from '../i18n.ts'
import { type Content, cx } from './common.tsx'

/** Put before the rendered document; JSX cannot say it. */
export const doctype = '<!doctype html>'

/** Built names of assets: 'office.css' → 'office-1a2b3c.css' (build/assets.json). A name that is not in it is used as it is. */
export type Assets = Readonly<Record<string, string>>
export const assetHref = (assets: Assets | undefined, name: string): string => `/assets/${assets?.[name] ?? name}`

export interface DocumentProps {
  lang: Locale
  title: string
  site: 'office' | 'public'
  /** Addresses of style sheets and of module scripts, all of our own origin (CSP). */
  css: readonly string[]
  scripts?: readonly string[] | undefined
  /** Default: empty. */
  icon?: string | undefined
  bodyClasses?: string | undefined
  children: Content
}

/** The whole page. No inline script or style: the Content-Security-Policy would refuse it. The tab's icon says nothing about who we are. */
export const Document = (p: DocumentProps) => (
  <html lang={p.lang} class={`govuk-template dv-${p.site}`}>
    <head>
      <meta charset="utf-8" />
      <title>{p.title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      {/* The office needs same-origin referrers for its origin check, so only the public site forbids them here too. */}
      {p.site === 'public' ? <meta name="referrer" content="no-referrer" /> : null}
      <meta name="format-detection" content="telephone=no" />
      <meta name="color-scheme" content="light" />
      {/* An empty icon: the tab bar shows nothing, and no request is made. */}
      <link rel="icon" href={p.icon ?? 'data:,'} />
      {p.css.map(href => (
        <link rel="stylesheet" href={href} />
      ))}
      {(p.scripts ?? []).map(src => (
        <script type="module" src={src} />
      ))}
    </head>
    <body class={cx('govuk-template__body', p.bodyClasses)}>{p.children}</body>
  </html>
)
