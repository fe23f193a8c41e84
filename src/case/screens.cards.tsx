import { Button, type Content, capital, DangerTag, DueTag } from '../base/components/index.tsx'
import type { FormDef, Values } from '../base/form.ts'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { CaseRow, Danger } from './schema.ts'
import type { CaseLinkView, TimelineEntry } from './screens.timeline.tsx'

/** The words and colours of danger are the design system's; ours are the codes. */
export const dangerTag: Record<Danger, 'none' | 'watch' | 'now' | 'unknown'> = {
  none: 'none',
  concern: 'watch',
  danger: 'now',
  not_assessed: 'unknown',
}

export interface CaseView {
  readonly case: CaseRow
  readonly today: Day
  readonly timeZone: string
  /** Empty where the identity cannot be opened, or no name is known. */
  readonly name: string
  readonly age: string
  readonly identityOpen: boolean
  readonly assignee: string
  readonly team: string
  /** Where and with whom the child stays, as last said; empty where not known or not open. */
  readonly stays: readonly string[]
  readonly danger: { readonly reason: string; readonly by: string; readonly at: Stamp } | undefined
  readonly dueWhat: string
  /** The newest note that is open here, and the newest of all where that one is not. */
  readonly last: { readonly text: string; readonly by: string; readonly at: Stamp } | undefined
  readonly lastClosed: { readonly compartment: Compartment; readonly by: string; readonly at: Stamp } | undefined
  readonly looks: readonly {
    readonly id: Id
    readonly what: string
    readonly by: string
    readonly at: Stamp
    readonly own: boolean
    readonly command: Id
  }[]
  readonly sharedWith: readonly { readonly alias: string; readonly until: Stamp; readonly purpose: string }[]
  readonly sameContact: readonly { readonly id: Id; readonly number: string; readonly name: string }[]
  readonly contactId: Id | null
  readonly links: readonly CaseLinkView[]
  readonly story: { readonly open: boolean; readonly holdsKey: boolean; readonly circumstances: string }
  /** Pages of this case that belong to capabilities further right, and what they say here. */
  readonly parts: readonly { readonly href: string; readonly text: string }[]
  readonly cards: readonly Content[]
  readonly timeline: readonly TimelineEntry[]
  readonly note:
    | { readonly form: FormDef; readonly values: Values; readonly command: Id; readonly compartments: readonly Compartment[] }
    | undefined
  readonly accept: { readonly command: Id } | undefined
  readonly can: {
    readonly danger: boolean
    readonly due: boolean
    readonly assign: boolean
    readonly share: boolean
    readonly exclude: boolean
    readonly link: boolean
    readonly close: boolean
    readonly reopen: boolean
    readonly person: boolean
    readonly contact: boolean
    readonly look: boolean
  }
  readonly to: (path: string) => string
}

/** A framed part of the page. */
export const Card = (p: { title: string; children: Content }) => (
  <section class="dv-card" aria-label={p.title}>
    <h2 class="govuk-heading-s">{p.title}</h2>
    {p.children}
  </section>
)
export const Small = ({ children }: { children: Content }) => <p class="govuk-body-s dv-muted">{children}</p>
export const Link = ({ href, text }: { href: string; text: string }) => (
  <a class="govuk-link" href={href}>
    {text}
  </a>
)
const shorten = (s: string, n = 280) => (s.length > n ? `${s.slice(0, n).trimEnd()}…` : s)

export const DangerCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.isInDanger')}>
    <p class="govuk-body">
      <DangerTag level={dangerTag[v.case.danger]} />
    </p>
    {v.danger ? (
      <>
        <p class="govuk-body">{shorten(v.danger.reason, 160)}</p>
        <Small>
          {v.danger.by}, {formatStampShort(v.danger.at, t.locale, v.timeZone)}
        </Small>
      </>
    ) : null}
    {v.can.danger ? <Link href={v.to(`/cases/${v.case.id}/danger`)} text={t('case.page.setDanger')} /> : null}
  </Card>
)

export const DueCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.due')}>
    <p class="govuk-body">
      {v.case.due ? (
        <DueTag
          late={v.case.due < v.today}
          text={
            v.case.due < v.today
              ? t('case.page.overdue', { day: formatDay(v.case.due, t.locale) })
              : v.case.due === v.today
                ? t('base.date.today')
                : formatDay(v.case.due, t.locale)
          }
        />
      ) : (
        t('case.page.nothingDue')
      )}
    </p>
    {v.case.due ? <p class="govuk-body">{v.dueWhat || t('case.page.firstStep')}</p> : null}
    {v.can.due ? <Link href={v.to(`/cases/${v.case.id}/due`)} text={t('case.page.setDue')} /> : null}
  </Card>
)

export const WithCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.withChild')}>
    <p class="govuk-body">
      <strong>{v.assignee || t('case.page.nobodyYet')}</strong>
      <br />
      {v.team}
    </p>
    {v.stays.map(line => (
      <p class="govuk-body">{capital(line)}</p>
    ))}
    {v.accept ? (
      <form action={v.to(`/cases/${v.case.id}/accept`)} method="post">
        <input type="hidden" name="command" value={v.accept.command} />
        <input type="hidden" name="version" value={v.case.version} />
        <Button text={t('case.page.accept')} preventDoubleClick />
      </form>
    ) : null}
    {v.can.assign ? <Link href={v.to(`/cases/${v.case.id}/assign`)} text={t('case.page.assign')} /> : null}
  </Card>
)

export const LastCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.saidLast')}>
    {v.lastClosed ? (
      <p class="govuk-body">
        {t('case.page.lastClosed', {
          compartment: t(`base.compartment.${v.lastClosed.compartment}`),
          by: v.lastClosed.by,
          when: formatStampShort(v.lastClosed.at, t.locale, v.timeZone),
        })}
      </p>
    ) : null}
    {v.last ? (
      <>
        <p class="govuk-body dv-own-words">{shorten(v.last.text)}</p>
        <Small>
          {v.last.by}, {formatStampShort(v.last.at, t.locale, v.timeZone)}
        </Small>
      </>
    ) : v.lastClosed ? null : (
      <p class="govuk-body">{t('case.page.nothingSaid')}</p>
    )}
  </Card>
)
