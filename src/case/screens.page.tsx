import { Button, Details, Form, IdentityBar, InsetText, Tag, WarningText } from '../base/components/index.tsx'
import { formatDay, formatDayShort, formatStampShort, type T } from '../base/i18n.ts'
import { dayOf } from '../base/time.ts'
import { type Apart, ApartWarning, isApart } from './screens.apart.tsx'
import { LinksBlock, TimelineBlock } from './screens.timeline.tsx'

export { type CaseView, dangerTag } from './screens.cards.tsx'

import { Card, type CaseView, DangerCard, DueCard, LastCard, Link, WithCard } from './screens.cards.tsx'

const Looks = ({ v, t }: { v: CaseView; t: T }) => (
  <>
    {v.looks.map(l => (
      <InsetText>
        <p class="govuk-body">
          <strong>{t('case.look.notSeen')}</strong> {t(`case.look.what.${l.what}`)} {l.by}, {formatStampShort(l.at, t.locale, v.timeZone)}.
        </p>
        {v.can.look && !l.own ? (
          <form class="dv-inline" action={v.to(`/cases/${v.case.id}/looks/${l.id}`)} method="post">
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
    <section id="story" class={v.story.open ? 'dv-card' : 'dv-card dv-print-hide'}>
      <h2 class="govuk-heading-m">{t('case.page.story')}</h2>
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

/** Access ends with a day; only that of an emergency ends within hours. */
const endText = (s: CaseView['sharedWith'][number], timeZone: string, t: T): string =>
  s.purpose === 'break_glass' ? formatStampShort(s.until, t.locale, timeZone) : formatDayShort(dayOf(s.until, timeZone), t.locale)

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
              {v.links.map(l =>
                l.other?.id === c.id && l.body && isApart(l.body) ? <strong>. {t(`case.together.${l.body.together}`)}</strong> : null,
              )}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('case.page.team')}>
        <ul class="govuk-list">
          {v.sharedWith.length === 0 ? <li>{t('case.page.nobodyElse')}</li> : null}
          {v.sharedWith.map(s => (
            <li>
              {s.alias}: {t(`case.purpose.${s.purpose}`)}, {t('case.page.until', { day: endText(s, v.timeZone, t) })}
            </li>
          ))}
        </ul>
        {v.can.share || v.can.exclude ? <Link href={at('access')} text={t('case.page.access')} /> : null}
      </Card>
      {v.links.length > 0 || v.can.link ? (
        <LinksBlock links={v.links} to={v.to} t={t} add={v.can.link ? at('links/new') : undefined} caseId={v.case.id} />
      ) : null}
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

const apart = (v: CaseView): Apart[] =>
  v.links.flatMap(l =>
    l.body && isApart(l.body)
      ? [{ relation: l.body.relation, together: l.body.together, who: l.other ? `${l.other.number} ${l.other.name}`.trim() : '' }]
      : [],
  )

/** In this order, without scrolling at 1280 px: is the child in danger, what is due, who is with the child, what was said last. */
export const caseScreen = (v: CaseView, t: T) => (
  <>
    <IdentityBar
      title={v.name || t(v.identityOpen ? 'person.unnamed' : 'person.sealed')}
      facts={[
        v.case.number,
        ...(v.age ? [t('person.ageNow', { age: v.age })] : []),
        <Tag text={t(`case.state.${v.case.state}`)} classes="govuk-tag--grey" />,
      ]}
    />
    <h1 class="govuk-visually-hidden">{t('case.page.title', { number: v.case.number })}</h1>
    <ApartWarning links={apart(v)} t={t} />
    {v.case.state === 'closed' ? (
      <WarningText text={t('case.page.closedReadOnly', { day: formatDay(v.case.closed ?? '', t.locale) })} />
    ) : null}
    <div class="dv-cards">
      <DangerCard v={v} t={t} />
      <DueCard v={v} t={t} />
      <WithCard v={v} t={t} />
      <LastCard v={v} t={t} />
    </div>
    {v.parts.length > 0 ? (
      <nav class="dv-case-parts dv-print-hide" aria-label={t('case.page.parts')}>
        <ul>
          {v.parts.map(p => (
            <li>
              <Link href={p.href} text={p.text} />
            </li>
          ))}
        </ul>
      </nav>
    ) : null}
    {v.cards.length > 0 ? <div class="dv-part-cards">{v.cards}</div> : null}
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
