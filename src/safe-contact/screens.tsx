import { Button, ButtonGroup, type Content, DueTag, InsetText, SummaryList, Timeline, WarningText } from '../base/components/index.tsx'
import { formatDay, formatStampShort, type T } from '../base/i18n.ts'
import type { Day, Stamp } from '../base/time.ts'
import { type Apart, ApartWarning } from '../case/screens.apart.tsx'
import { clockOf } from './schema.forms.ts'
import type { Agreed, PassEvent, SafeContactEvent, SeenPlan } from './schema.ts'

export interface SafeContactView {
  readonly number: string
  readonly today: Day
  readonly timeZone: string
  readonly apart: readonly Apart[]
  readonly plan: SeenPlan | undefined
  readonly pass: { readonly by: string; readonly until: Stamp } | undefined
  readonly history: readonly { readonly event: SafeContactEvent; readonly by: string; readonly at: Stamp }[]
  readonly passes: readonly { readonly pass: PassEvent | undefined; readonly by: string; readonly at: Stamp }[]
  readonly alias: (id: string | null) => string
  readonly can: { readonly write: boolean; readonly pass: boolean }
  /** Address of a form of this page. */
  readonly at: (path: string) => string
}

const waysOf = (g: Agreed, t: T): string => g.ways.map(x => t(`safe-contact.way.${x}`)).join(', ')
const daysOf = (g: Agreed, t: T): string =>
  g.days.length === 0 || g.days.length === 7 ? t('safe-contact.page.anyDay') : g.days.map(x => t(`safe-contact.weekday.${x}`)).join(', ')
const hoursOf = (g: Agreed, t: T): string =>
  g.from === 0 && g.until === 1440 ? t('safe-contact.page.anyHour') : `${clockOf(g.from)}–${clockOf(g.until)}`

const Facts = ({ g, v, t }: { g: Agreed; v: SafeContactView; t: T }) => {
  const row = (key: string, text: string, show = true) => show && { key: { text: t(`safe-contact.page.${key}`) }, value: { text } }
  return (
    <SummaryList
      rows={[
        row('ways', waysOf(g, t)),
        row('how', g.how, g.how !== ''),
        row('when', `${daysOf(g, t)}, ${hoursOf(g, t)}`),
        row('answerers', g.answerers.length > 0 ? g.answerers.map(x => v.alias(x)).join(', ') : t('safe-contact.page.anyAnswerer')),
        row('never', g.never.join(', ') || t('safe-contact.page.noNever')),
        row('coverName', g.coverName || t('safe-contact.page.noCoverName')),
        row('language', t(`contact.language.${g.language}`)),
        row('note', g.note, g.note !== ''),
      ]}
    />
  )
}
/** Until when it may be used; that it has run out is said in words, for it is nobody's fault. */
const Holds = ({ plan, today, t }: { plan: SeenPlan; today: Day; t: T }) =>
  plan.until < today ? (
    <WarningText text={t('safe-contact.page.runOut', { day: formatDay(plan.until, t.locale) })} />
  ) : (
    <p class="govuk-body">
      <DueTag text={t('safe-contact.page.holds', { day: formatDay(plan.until, t.locale) })} />{' '}
      {t('safe-contact.page.verified', { day: formatDay(plan.verified, t.locale) })}
    </p>
  )

const textOf = (e: SafeContactEvent, t: T): string => {
  const until = (d: Day) => t('safe-contact.page.until', { day: formatDay(d, t.locale) })
  switch (e.type) {
    case 'safe_contact_planned':
      return `${waysOf(e.agreed, t)}; ${daysOf(e.agreed, t)}, ${hoursOf(e.agreed, t)}. ${until(e.until)}`
    case 'safe_contact_verified':
      return `${e.how}. ${until(e.until)}`
    case 'safe_contact_renewed':
      return until(e.until)
    case 'safe_contact_ended':
      return e.reason
  }
}
const History = ({ v, t }: { v: SafeContactView; t: T }) => {
  const items = [
    ...v.history.map(h => ({ title: t(`safe-contact.event.${h.event.type}`), at: h.at, by: h.by, text: textOf(h.event, t) })),
    ...v.passes.map(p => ({
      title: t('safe-contact.event.safe_contact_passed'),
      at: p.at,
      by: p.by,
      text: p.pass ? `${t('safe-contact.page.passHours', { n: p.pass.hours })}: ${p.pass.reason}` : '',
    })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return items.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">{t('safe-contact.page.history')}</h2>
      <Timeline
        headingLevel={3}
        items={items.map(i => ({
          title: i.title,
          byline: i.by,
          datetime: i.at,
          when: formatStampShort(i.at, t.locale, v.timeZone),
          children: i.text ? <p class="govuk-body-s">{i.text}</p> : null,
        }))}
      />
    </>
  )
}

/** How somebody may be reached, until when it holds, and what was agreed before. */
export const safeContactScreen = (v: SafeContactView, t: T) => {
  const live = v.plan?.state === 'live' ? v.plan : undefined
  return (
    <>
      <span class="govuk-caption-m">{v.number}</span>
      <h1 class="govuk-heading-l">{t('safe-contact.page.title')}</h1>
      <ApartWarning links={v.apart} t={t} />
      {live ? (
        <Holds plan={live} today={v.today} t={t} />
      ) : (
        <InsetText text={t(v.plan ? 'safe-contact.page.ended' : 'safe-contact.page.none')} />
      )}
      {v.pass ? (
        <WarningText
          text={t('safe-contact.page.passNow', { who: v.pass.by, until: formatStampShort(v.pass.until, t.locale, v.timeZone) })}
        />
      ) : null}
      {!live ? null : live.agreed ? <Facts g={live.agreed} v={v} t={t} /> : <InsetText text={t('safe-contact.page.sealed')} />}
      <ButtonGroup>
        {v.can.write && live?.agreed ? <Button href={v.at('verify')} text={t('safe-contact.page.verify')} /> : null}
        {v.can.write && (!live || live.agreed) ? (
          <Button
            href={v.at('write')}
            text={t(live ? 'safe-contact.page.change' : 'safe-contact.page.write')}
            classes={live ? 'govuk-button--secondary' : ''}
          />
        ) : null}
        {v.can.pass && live ? (
          <Button href={v.at('override')} text={t('safe-contact.page.override')} classes="govuk-button--secondary" />
        ) : null}
        {v.can.write && live?.agreed ? (
          <a class="govuk-link" href={v.at('end')}>
            {t('safe-contact.page.end')}
          </a>
        ) : null}
      </ButtonGroup>
      <History v={v} t={t} />
    </>
  )
}

/** On the page of the case. */
export const safeContactCard = (
  v: {
    readonly plan: Pick<SeenPlan, 'until' | 'agreed'> | undefined
    readonly today: Day
    readonly passed: boolean
    readonly href: string
    readonly write: boolean
  },
  t: T,
): Content | undefined =>
  !v.plan && !v.write ? undefined : (
    <section class="dv-card">
      <h2 class="govuk-heading-s">{t('safe-contact.card.title')}</h2>
      {v.passed ? <p class="govuk-body-s">{t('safe-contact.card.passed')}</p> : null}
      {v.plan ? (
        <>
          {v.plan.agreed ? (
            <p class="govuk-body-s">
              {waysOf(v.plan.agreed, t)}; {daysOf(v.plan.agreed, t)}, {hoursOf(v.plan.agreed, t)}
            </p>
          ) : null}
          <p class="govuk-body-s">
            {v.plan.until < v.today ? (
              <DueTag late text={t('safe-contact.card.runOut', { day: formatDay(v.plan.until, t.locale) })} />
            ) : (
              t('safe-contact.page.holds', { day: formatDay(v.plan.until, t.locale) })
            )}
          </p>
        </>
      ) : (
        <p class="govuk-body-s">{t('safe-contact.card.none')}</p>
      )}
      <p class="govuk-body-s">
        <a class="govuk-link" href={v.href}>
          {t(v.plan ? 'safe-contact.card.open' : 'safe-contact.card.write')}
        </a>
      </p>
    </section>
  )
