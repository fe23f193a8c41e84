import {
  Button,
  EmptyState,
  FormPage,
  type FormProps,
  InsetText,
  ScrollTable,
  SummaryList,
  Tag,
  WarningText,
} from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { Weighed } from './rules.match.weigh.ts'
import type { Repeat } from './rules.trace.ts'
import { displayName } from './rules.ts'
import type { Trace, Way } from './schema.trace.ts'
import type { Identity } from './schema.ts'
import { Waterfall, WeighTable } from './screens.waterfall.tsx'

type To = (path: string) => string
type Form = Omit<FormProps, 't' | 'submitLabel'>

/** The same page whoever is asked about: it looks for nobody, so that nothing on it can show whether a child is known. */
export const askScreen = (v: { way: Way; form: Form }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t(`trace.${v.way}.title`)}
    intro={
      <>
        <p class="govuk-body">{t('trace.sayFirst')}</p>
        <InsetText>
          <p class="govuk-body-l govuk-!-margin-bottom-0">{t('trace.sentence')}</p>
        </InsetText>
        <p class="govuk-body">{t(`trace.${v.way}.intro`)}</p>
      </>
    }
    submitLabel={t('trace.form.submit')}
  />
)

export interface TraceLine {
  readonly trace: Trace
  readonly matches: number
  readonly repeats: number
}
export const traceListScreen = (v: { rows: readonly TraceLine[]; to: To }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('trace.list.title')}</h1>
    <p class="govuk-body">{t('trace.list.intro')}</p>
    <div class="govuk-button-group dv-print-hide">
      <Button href={v.to('/traces/new')} text={t('trace.request.title')} />
      <Button href={v.to('/asks/new')} classes="govuk-button--secondary" text={t('trace.ask.title')} />
    </div>
    {v.rows.length === 0 ? (
      <EmptyState title={t('trace.list.empty')} />
    ) : (
      <ScrollTable
        label={t('trace.list.title')}
        head={['child', 'asker', 'received', 'state', 'matches'].map(k => ({ text: t(`trace.list.${k}`) }))}
        rows={v.rows.map(r => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/traces/${r.trace.id}`)}>
                {r.trace.file.asked.childName || t('trace.noName')}
              </a>
            ),
          },
          { text: [t(`trace.asker.${r.trace.file.asked.asker}`), r.trace.file.asked.askerName].filter(Boolean).join(', ') },
          { text: `${formatDayShort(r.trace.received, t.locale)}, ${t(`trace.way.${r.trace.way}`)}` },
          { text: <Tag classes="govuk-tag--grey" text={t(`trace.state.${r.trace.state}`)} /> },
          {
            text: [
              r.matches > 0 ? t('trace.list.found', { n: r.matches }) : '',
              r.repeats > 0 ? t('trace.list.repeats', { n: r.repeats }) : '',
            ]
              .filter(Boolean)
              .join(' · '),
          },
        ])}
      />
    )}
  </>
)

export interface TraceView {
  readonly trace: Trace
  readonly matches: readonly { readonly id: Id; readonly identity: Identity; readonly weighed: Weighed }[]
  readonly repeats: readonly { readonly trace: Trace; readonly by: readonly Repeat[] }[]
  readonly history: readonly { readonly type: string; readonly by: string; readonly at: Stamp }[]
  readonly alias: (id: Id) => string
  readonly timeZone: string
  readonly me: Id
  readonly to: To
}
const Rows = ({ rows, t }: { rows: readonly (readonly [string, string])[]; t: T }) => (
  <SummaryList rows={rows.map(([key, value]) => ({ key: { text: key }, value: { text: value || t('trace.notSaid') } }))} />
)
/** For the coordinator: what was said, whether it is safe to answer, who may be meant, who asked before, and what was answered. */
export const traceScreen = (v: TraceView, t: T) => {
  const { asked, safety, answered, looked } = v.trace.file
  const at = (p: string) => v.to(`/traces/${v.trace.id}/${p}`)
  const open = v.trace.state === 'new' || v.trace.state === 'checked'
  const said = (k: 'how' | 'asker' | 'sex') => t(`trace.${k}.${asked[k]}`)
  return (
    <>
      <p class="govuk-caption-m">
        {t(`trace.way.${v.trace.way}`)}, {formatDayShort(v.trace.received, t.locale)}
      </p>
      <h1 class="govuk-heading-l">{asked.childName || t('trace.noName')}</h1>
      <p class="govuk-body">
        <Tag classes="govuk-tag--grey" text={t(`trace.state.${v.trace.state}`)} />
      </p>
      {v.repeats.length > 0 ? (
        <InsetText>
          <p class="govuk-body">{t('trace.page.repeats', { n: v.repeats.length })}</p>
          <ul class="govuk-list govuk-list--bullet">
            {v.repeats.map(r => (
              <li>
                <a class="govuk-link" href={v.to(`/traces/${r.trace.id}`)}>
                  {formatDayShort(r.trace.received, t.locale)}, {r.trace.file.asked.childName || t('trace.noName')}
                </a>
                : {r.by.map(k => t(`trace.repeat.${k}`)).join(', ')}
              </li>
            ))}
          </ul>
        </InsetText>
      ) : null}
      {open ? (
        <div class="govuk-button-group dv-print-hide">
          <Button href={at('check')} classes={safety ? 'govuk-button--secondary' : ''} text={t('trace.check.title')} />
          {safety ? <Button href={at('answer')} text={t('trace.answer.title')} /> : null}
        </div>
      ) : null}
      <h2 class="govuk-heading-m">{t('trace.page.asked')}</h2>
      <Rows
        t={t}
        rows={[
          [t('trace.form.how'), said('how')],
          [t('trace.form.asker'), said('asker')],
          [t('trace.form.askerName'), asked.askerName],
          [t('trace.form.contact'), asked.contact],
          [t('trace.form.childName'), asked.childName],
          [t('trace.form.childAge'), asked.childAge],
          [t('trace.form.sex'), said('sex')],
          [t('trace.form.origin'), asked.origin],
          [t('trace.form.claimed'), asked.claimed],
          [t('trace.form.wants'), asked.wants],
        ]}
      />
      <h2 class="govuk-heading-m">{t('trace.page.safety')}</h2>
      {safety ? (
        <>
          {safety.danger === 'no_sign' && safety.callBack === 'confirmed' ? null : <WarningText text={t('trace.page.careful')} />}
          <Rows
            t={t}
            rows={[
              [t('trace.form.danger'), t(`trace.danger.${safety.danger}`)],
              [t('trace.form.knows'), safety.knows],
              [t('trace.form.callBack'), t(`trace.callBack.${safety.callBack}`)],
              [t('trace.form.note'), safety.note],
              [t('trace.page.by'), `${v.alias(safety.by)}, ${formatStampShort(safety.at, t.locale, v.timeZone)}`],
            ]}
          />
        </>
      ) : (
        <p class="govuk-body">{t('trace.page.notChecked')}</p>
      )}
      <h2 class="govuk-heading-m">{t('trace.page.matches')}</h2>
      <p class="govuk-hint">{t('trace.page.matchesHint')}</p>
      {v.matches.length === 0 ? <p class="govuk-body">{t('trace.page.noMatches')}</p> : null}
      {v.matches.map(m => (
        <section class="dv-card">
          <h3 class="govuk-heading-s">
            <a class="govuk-link" href={v.to(`/people/${m.id}`)}>
              {displayName(m.identity) || t('person.unnamed')}
            </a>{' '}
            <span class="govuk-body-s">{t('match.percent', { percent: String(Math.round(m.weighed.probability * 100)) })}</span>
          </h3>
          <details class="govuk-details">
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">
                {t('match.waterfall.title')}
                <span class="govuk-visually-hidden">: {displayName(m.identity)}</span>
              </span>
            </summary>
            <div class="govuk-details__text">
              <div class="govuk-grid-row">
                <div class="govuk-grid-column-one-half">
                  <Waterfall w={m.weighed} t={t} />
                </div>
              </div>
              <WeighTable w={m.weighed} names={[t('trace.page.asAsked'), displayName(m.identity)]} t={t} />
            </div>
          </details>
        </section>
      ))}
      <h2 class="govuk-heading-m">{t('trace.page.answer')}</h2>
      {answered ? (
        <>
          <Rows
            t={t}
            rows={[
              [t('trace.form.answer'), t(`trace.answers.${answered.answer}`)],
              [t('trace.form.to'), answered.to],
              [t('trace.form.said'), answered.said],
              [t('trace.page.by'), `${v.alias(answered.by)}, ${formatStampShort(answered.at, t.locale, v.timeZone)}`],
              ...(looked
                ? [
                    [
                      t('trace.page.looked'),
                      `${v.alias(looked.by)}, ${formatStampShort(looked.at, t.locale, v.timeZone)}. ${looked.note}`,
                    ] as const,
                  ]
                : []),
            ]}
          />
          {looked ? null : answered.by === v.me ? (
            <InsetText text={t('trace.page.waitsSecond')} />
          ) : (
            <Button href={at('look')} text={t('trace.look.title')} />
          )}
        </>
      ) : (
        <p class="govuk-body">{t('trace.page.notAnswered')}</p>
      )}
      <h2 class="govuk-heading-m">{t('trace.page.history')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {v.history.map(h => (
          <li>
            {t(`trace.event.${h.type}`)}{' '}
            <span class="govuk-hint">
              {h.by}, {formatStampShort(h.at, t.locale, v.timeZone)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
export const traceFormScreen = (v: { words: 'check' | 'answer' | 'look'; caption: string; form: Form }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t(`trace.${v.words}.title`)}
    intro={
      <>
        <p class="govuk-caption-m">{v.caption}</p>
        <p class="govuk-body">{t(`trace.${v.words}.intro`)}</p>
      </>
    }
    submitLabel={t(`trace.${v.words}.submit`)}
  />
)
