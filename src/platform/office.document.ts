import { h, type VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { doctype, errorScreen, knownStatus, OfficeShell, type ShellView } from '../base/components/index.tsx'
import { formatStamp, isOfficeLocale, type T } from '../base/i18n.ts'
import { openJson } from './crypto.ts'
import type { Asked, Page } from './office.ts'

/** What stands in the navigation, and the permission that shows it. Order: what a day needs first. */
export const navigation = [
  ['worklist', '/worklist', 'worklist:read'],
  ['night', '/night', 'night:list'],
  ['contacts', '/contacts', 'contact:list'],
  ['cases', '/cases', 'case:nav'],
  ['reports', '/reports', 'report:list'],
  ['follow-up', '/follow-up', 'follow-up:list'],
  ['people', '/people/search', 'person:search'],
  ['asks', '/asks/new', 'trace:ask'],
  ['traces', '/traces', 'trace:read'],
  ['registers', '/registers', 'register:use'],
  ['interpreters', '/interpreters', 'language:register'],
  ['sessions', '/sessions', 'language:room'],
  ['statistics', '/statistics', 'statistics:working'],
  ['reach', '/statistics/reach', 'reach:read'],
  ['outreach', '/outreach', 'outreach:use'],
  ['releases', '/releases', 'statistics:release'],
  ['on-call', '/on-call', 'on-call:see'],
  ['emergency', '/emergency', 'glass:see'],
  ['audit', '/audit', 'audit:read'],
  ['users', '/users', 'user:list'],
  ['teams', '/teams', 'team:list'],
  ['content', '/content', 'content:read'],
  ['health', '/health', 'health:read'],
] as const

/** Words for `?done=…` after a redirect: a closed list, so that an address cannot put words on our page. */
const doneText = (t: T, done: string | undefined): string | undefined =>
  done === 'sent'
    ? t('base.flash.sent')
    : done === 'saved'
      ? t('base.flash.saved')
      : done === 'told' || done === 'not-asked'
        ? t(`elsewhere.flash.${done}`)
        : undefined

/** A person's alias, from the profile that the session brings (sealed under the service key). */
const aliasOf = (service: Buffer, asked: Asked): string => {
  try {
    const { schema, value } = openJson(service, { table: 'account', row: asked.session.userId, compartment: 0 }, asked.session.profile)
    return schema === 1 ? (value as { alias: string }).alias : '—'
  } catch {
    return '—'
  }
}

/** Builds the function that puts the office's shell around a page. */
export const officeDocument =
  (service: Buffer, demo: boolean) =>
  (p: Page, _lang: string, t: T, asked: Asked | undefined, path: string): string => {
    const done = doneText(t, asked?.query.done)
    const view: ShellView = {
      // A screen reader says the title first: that something went wrong must be in it.
      title: p.status === 422 ? `${t('base.component.error')}: ${p.title}` : p.title,
      path,
      demo,
      nav: asked
        ? navigation
            .filter(([, , permit]) => asked.can(permit))
            .map(([key, href]) => ({ href, text: t(`base.shell.nav.${key}`), current: p.nav === key }))
        : [],
      me: asked ? { alias: aliasOf(service, asked), roles: asked.session.roles.map(r => t(`base.role.${r}`)).join(', ') } : null,
      breadcrumbs: (p.breadcrumbs ?? []).map(b => ({
        text: b.text,
        href: b.href.startsWith(`/${t.locale}`) ? b.href : `/${t.locale}${b.href}`,
      })),
      flash: done ? [{ kind: 'success', text: done }] : [],
      search: asked?.can('person:search') ?? false,
      printCode: p.print,
      scripts: asked?.session.sharedComputer ? [...(p.scripts ?? []), 'lock.js'] : p.scripts,
      wide: p.wide,
      alarm: asked?.alarm,
      breakGlass: asked?.session.glass
        ? {
            text: t('base.shell.glass', { until: formatStamp(asked.session.glass.until, t.locale, asked.session.timeZone) }),
            href: `/cases/${asked.session.glass.record}`,
            link: t('base.shell.glassLink'),
          }
        : undefined,
    }
    return doctype + render(h(OfficeShell, { view, t, children: p.body }))
  }

/** The pages for what went wrong: rendered without database and session, so that they work when both are away. */
export const officeErrorPage =
  (demo: boolean, words: (lang: 'ru' | 'en') => T) =>
  (status: number, lang: string): string => {
    const t = words(isOfficeLocale(lang) ? lang : 'ru')
    const body: VNode = h('div', null, errorScreen({ status }, t))
    return (
      doctype +
      render(
        h(OfficeShell, {
          view: { title: t(`base.errorPage.s${knownStatus(status)}.title`), path: '/', demo, nav: [], me: null },
          t,
          children: body,
        }),
      )
    )
  }
