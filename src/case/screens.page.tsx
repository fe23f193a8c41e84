import {
  Button,
  type Content,
  DangerTag,
  Details,
  DueTag,
  Form,
  IdentityBar,
  InsetText,
  Tag,
  WarningText,
} from '../base/components/index.tsx'
import type { FormDef, Values } from '../base/form.ts'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { CaseRow, Danger } from './schema.ts'
import type { CaseLinkView, TimelineEntry } from './screens.timeline.tsx'
import { LinksBlock, TimelineBlock } from './screens.timeline.tsx'

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
  readonly last: { readonly text: string; readonly by: string; readonly at: Stamp; readonly compartment: Compartment } | undefined
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

const Card = ({ title, children }: { title: string; children: Content }) => (
  <section class="dv-card" aria-label={title}>
    <h2 class="govuk-heading-s">{title}</h2>
    {children}
  </section>
)
const Small = ({ children }: { children: Content }) => <p class="govuk-body-s dv-muted">{children}</p>
const Link = ({ href, text }: { href: string; text: string }) => (
  <a class="govuk-link" href={href}>
    {text}
  </a>
)
const shorten = (s: string, n = 280) => (s.length > n ? `${s.slice(0, n).trimEnd()}…` : s)

const DangerCard = ({ v, t }: { v: CaseView; t: T }) => (
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

const DueCard = ({ v, t }: { v: CaseView; t: T }) => (
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

const WithCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.withChild')}>
    <p class="govuk-body">
      <strong>{v.assignee || t('case.page.nobodyYet')}</strong>
      <br />
      {v.team}
    </p>
    {v.stays.map(line => (
      <p class="govuk-body">{line}</p>
    ))}
    {v.accept ? (
      <form method="post" action={v.to(`/cases/${v.case.id}/accept`)}>
        <input type="hidden" name="command" value={v.accept.command} />
        <input type="hidden" name="version" value={v.case.version} />
        <Button text={t('case.page.accept')} preventDoubleClick />
      </form>
    ) : null}
    {v.can.assign ? <Link href={v.to(`/cases/${v.case.id}/assign`)} text={t('case.page.assign')} /> : null}
  </Card>
)

const LastCard = ({ v, t }: { v: CaseView; t: T }) => (
  <Card title={t('case.page.saidLast')}>
    {v.last ? (
      <>
        <p class="govuk-body dv-own-words">
          {v.last.text ? shorten(v.last.text) : t('case.page.lastClosed', { compartment: t(`base.compartment.${v.last.compartment}`) })}
        </p>
        <Small>
          {v.last.by}, {formatStampShort(v.last.at, t.locale, v.timeZone)}
        </Small>
      </>
    ) : (
      <p class="govuk-body">{t('case.page.nothingSaid')}</p>
    )}
  </Card>
)

const Looks = ({ v, t }: { v: CaseView; t: T }) => (
  <>
    {v.looks.map(l => (
      <InsetText>
        <p class="govuk-body">
          <strong>{t('case.look.notSeen')}</strong> {t(`case.look.what.${l.what}`)} {l.by}, {formatStampShort(l.at, t.locale, v.timeZone)}.
        </p>
        {v.can.look && !l.own ? (
          <form method="post" action={v.to(`/cases/${v.case.id}/looks/${l.id}`)}>
            <input type="hidden" name="command" value={l.command} />
            <Button text={t('case.look.give')} classes="govuk-button--secondary" preventDoubleClick />
          </form>
        ) : null}
      </InsetText>
    ))}
  </>
)

const Story = ({ v, t }: { v: CaseView; t: T }) => {
  if (!v.story.holdsKey) return null
  const href = (why: string) => v.to(`/cases/${v.case.id}?open=story&why=${why}#story`)
  return (
    <section id="story" class="dv-card">
      <h2 class="govuk-heading-m">{t('base.compartment.story')}</h2>
      {v.story.open ? (
        <>
          {v.story.circumstances ? (
            <>
              <h3 class="govuk-heading-s">{t('case.page.circumstances')}</h3>
              <p class="govuk-body dv-own-words">{v.story.circumstances}</p>
            </>
          ) : null}
          <p class="govuk-body">{t('case.page.storyInTimeline')}</p>
          {v.contactId && v.can.contact ? <Link href={v.to(`/contacts/${v.contactId}`)} text={t('case.page.contact')} /> : null}
        </>
      ) : (
        <>
          <p class="govuk-body">{t('case.page.storyClosed')}</p>
          <div class="govuk-button-group dv-print-hide">
            {['work', 'danger', 'second_look'].map(why => (
              <Button href={href(why)} classes="govuk-button--secondary" text={t(`case.page.openFor.${why}`)} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

const QuickNote = ({ v, t }: { v: CaseView; t: T }) =>
  v.note ? (
    <section class="dv-card dv-print-hide" aria-label={t('case.note.title')}>
      <h2 class="govuk-heading-m">{t('case.note.title')}</h2>
      <Form
        form={v.note.form}
        t={t}
        action={v.to(`/cases/${v.case.id}/notes/new`)}
        command={v.note.command}
        values={v.note.values}
        options={{ compartment: v.note.compartments.map(value => ({ value, label: `base.compartment.${value}` })) }}
        submitLabel={t('case.note.submit')}
        after={<Link href={v.to(`/cases/${v.case.id}/notes/new`)} text={t('case.note.more')} />}
      />
    </section>
  ) : null

const Side = ({ v, t }: { v: CaseView; t: T }) => {
  const at = (p: string) => v.to(`/cases/${v.case.id}/${p}`)
  return (
    <div class="dv-print-hide">
      <Card title={t('case.page.about')}>
        <ul class="govuk-list">
          {v.can.person ? (
            <li>
              <Link href={v.to(`/people/${v.case.personId}`)} text={t('case.page.person')} />
            </li>
          ) : null}
          {v.contactId && v.can.contact ? (
            <li>
              <Link href={v.to(`/contacts/${v.contactId}`)} text={t('case.page.contact')} />
            </li>
          ) : null}
          {v.sameContact.map(c => (
            <li>
              {t('case.page.sameContact')}: <Link href={v.to(`/cases/${c.id}`)} text={`${c.number} ${c.name}`} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('case.page.team')}>
        <ul class="govuk-list">
          {v.sharedWith.length === 0 ? <li>{t('case.page.nobodyElse')}</li> : null}
          {v.sharedWith.map(s => (
            <li>
              {s.alias}: {t(`case.purpose.${s.purpose}`)}, {t('case.page.until', { day: formatStampShort(s.until, t.locale, v.timeZone) })}
            </li>
          ))}
        </ul>
        {v.can.share || v.can.exclude ? <Link href={at('access')} text={t('case.page.access')} /> : null}
      </Card>
      <LinksBlock links={v.links} to={v.to} t={t} add={v.can.link ? at('links/new') : undefined} caseId={v.case.id} />
      {v.can.close ? (
        <p class="govuk-body">
          <Link href={at('close')} text={t('case.page.close')} />
        </p>
      ) : null}
      {v.can.reopen ? (
        <p class="govuk-body">
          <Link href={at('reopen')} text={t('case.page.reopen')} />
        </p>
      ) : null}
    </div>
  )
}

/** In this order, without scrolling at 1280 px: is the child in danger, what is due, who is with the child, what was said last. */
export const caseScreen = (v: CaseView, t: T) => (
  <>
    <IdentityBar
      title={v.name || t(v.identityOpen ? 'person.unnamed' : 'person.sealed')}
      facts={[
        v.case.number,
        ...(v.age ? [t('person.ageAsSaid', { age: v.age })] : []),
        <Tag text={t(`case.state.${v.case.state}`)} classes="govuk-tag--grey" />,
      ]}
    />
    <h1 class="govuk-visually-hidden">{t('case.page.title', { number: v.case.number })}</h1>
    {v.case.state === 'closed' ? (
      <WarningText text={t('case.page.closedReadOnly', { day: formatDay(v.case.closed ?? '', t.locale) })} />
    ) : null}
    <div class="dv-cards">
      <DangerCard v={v} t={t} />
      <DueCard v={v} t={t} />
      <WithCard v={v} t={t} />
      <LastCard v={v} t={t} />
    </div>
    <Looks v={v} t={t} />
    <div class="dv-columns">
      <div>
        <QuickNote v={v} t={t} />
        <Story v={v} t={t} />
        <TimelineBlock entries={v.timeline} timeZone={v.timeZone} t={t} />
      </div>
      <Side v={v} t={t} />
    </div>
    <Details summaryText={t('case.page.whoCanRead')} text={t('case.page.whoCanReadText')} classes="dv-print-hide" />
  </>
)
