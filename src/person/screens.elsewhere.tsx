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
import { displayName } from './rules.ts'
import type { Ask, AskedElsewhere, Notice, OtherWords, Speaker } from './schema.elsewhere.ts'
import type { Identity } from './schema.ts'
import { Waterfall, WeighTable } from './screens.waterfall.tsx'

type To = (path: string) => string
type FormParts = Omit<FormProps, 't' | 'submitLabel'>
const local = (name: Speaker['team'], t: T) => (t.locale === 'en' ? name.en : name.ru)
const whoText = (s: Speaker | undefined, t: T) => (s ? [s.alias, local(s.team, t), local(s.agency, t)].join(', ') : t('elsewhere.sealed'))

export type Said = 'told' | 'nobody' | 'limit' | 'too_little' | 'no_key'
/** What somebody who asked other teams is told: one of a few sentences, the same whoever was found and wherever. */
export const ToldText = ({ said, t }: { said: Said; t: T }) => <InsetText text={t(`elsewhere.told.${said}`)} />

export const askElsewhereScreen = (v: { form: FormParts; said: Said | undefined; asks: boolean; to: To }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t('elsewhere.ask.title')}
    intro={
      <>
        {v.said ? <ToldText said={v.said} t={t} /> : null}
        <p class="govuk-body">{t('elsewhere.ask.intro')}</p>
      </>
    }
    submitLabel={t('elsewhere.ask.submit')}
    after={
      v.asks ? (
        <a class="govuk-link" href={v.to('/matches/asks')}>
          {t('elsewhere.asks.title')}
        </a>
      ) : undefined
    }
  />
)

/** Under what a search found: one press asks the other teams by the same name. */
export const AskButton = (v: { action: string; name: string; command: string; t: T }) => (
  <form action={v.action} method="post" class="dv-print-hide">
    <input type="hidden" name="command" value={v.command} />
    <input type="hidden" name="name" value={v.name} />
    <input type="hidden" name="sex" value="not_asked" />
    <Button text={v.t('elsewhere.ask.button')} classes="govuk-button--secondary" preventDoubleClick />
    <p class="govuk-hint">{v.t('elsewhere.ask.buttonHint')}</p>
  </form>
)

export const asksScreen = (
  v: {
    asks: readonly Ask[]
    reasons: readonly { by: Id; at: Stamp; reason: string }[]
    alias: (id: Id) => string
    timeZone: string
    to: To
  },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('elsewhere.asks.title')}</h1>
    <p class="govuk-body">{t('elsewhere.asks.intro')}</p>
    <Button href={v.to('/matches/ask')} text={t('elsewhere.ask.title')} classes="govuk-button--secondary" />
    {v.asks.length === 0 ? (
      <EmptyState title={t('elsewhere.asks.empty')} />
    ) : (
      <ScrollTable
        label={t('elsewhere.asks.title')}
        head={['child', 'by', 'found', 'state'].map(k => ({ text: t(`elsewhere.list.${k}`) }))}
        rows={v.asks.map(k => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/matches/asks/${k.id}`)}>
                {k.words?.asked.name ?? t('elsewhere.sealed')}
              </a>
            ),
          },
          { text: k.words ? v.alias(k.words.by) : '—' },
          { text: formatDayShort(k.found, t.locale) },
          { text: <Tag classes="govuk-tag--grey" text={t(`elsewhere.askState.${k.state}`)} /> },
        ])}
      />
    )}
    {v.reasons.length > 0 ? (
      <>
        <h2 class="govuk-heading-m">{t('elsewhere.asks.groups')}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {v.reasons.map(r => (
            <li>
              {r.reason || t('elsewhere.sealed')}{' '}
              <span class="govuk-hint">
                {v.alias(r.by)}, {formatStampShort(r.at, t.locale, v.timeZone)}
              </span>
            </li>
          ))}
        </ul>
      </>
    ) : null}
  </>
)

const AskedRows = ({ asked, more = [], t }: { asked: AskedElsewhere | undefined; more?: readonly (readonly [string, string])[]; t: T }) => (
  <SummaryList
    rows={[
      ...(asked
        ? ([
            [t('elsewhere.form.name'), asked.name],
            [t('elsewhere.form.age'), asked.age],
            [t('elsewhere.form.sex'), t(`trace.sex.${asked.sex}`)],
            [t('elsewhere.form.origin'), asked.origin],
          ] as const)
        : []),
      ...more,
    ].map(([key, value]) => ({ key: { text: key }, value: { text: value || t('match.notSaid') } }))}
  />
)
/** What each side said to the other, once both agreed; and how to go on. */
const BothAgreed = ({ other, own, share, to, t }: { other: OtherWords | undefined; own: string; share: string; to: To; t: T }) => (
  <>
    <h2 class="govuk-heading-m">{t('elsewhere.both.title')}</h2>
    <SummaryList
      rows={[
        { key: { text: t('elsewhere.both.who') }, value: { text: whoText(other?.from, t) } },
        { key: { text: t('elsewhere.both.said') }, value: { text: other?.message ?? t('elsewhere.sealed') } },
        { key: { text: t('elsewhere.both.own') }, value: { text: own } },
      ]}
    />
    <InsetText>
      <p class="govuk-body">{t('elsewhere.both.share')}</p>
      <p class="govuk-body govuk-!-margin-bottom-0">
        <a class="govuk-link" href={to(share)}>
          {t(share === '/cases' ? 'elsewhere.both.cases' : 'elsewhere.both.person')}
        </a>
      </p>
    </InsetText>
  </>
)

export const askPageScreen = (
  v: { ask: Ask; alias: (id: Id) => string; other: OtherWords | undefined; form: FormParts | undefined; to: To },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{v.ask.words?.asked.name ?? t('elsewhere.sealed')}</h1>
    <p class="govuk-body">
      <Tag classes="govuk-tag--grey" text={t(`elsewhere.askState.${v.ask.state}`)} />
    </p>
    <p class="govuk-body">{t(`elsewhere.askText.${v.ask.state}`)}</p>
    <AskedRows
      asked={v.ask.words?.asked}
      more={[
        [t('elsewhere.list.by'), v.ask.words ? v.alias(v.ask.words.by) : ''],
        [t('elsewhere.list.found'), formatDayShort(v.ask.found, t.locale)],
      ]}
      t={t}
    />
    {v.ask.state === 'both' ? <BothAgreed other={v.other} own={v.ask.answer?.message ?? ''} share="/cases" to={v.to} t={t} /> : null}
    {v.form ? (
      <>
        <h2 class="govuk-heading-m">{t('elsewhere.agree.title')}</h2>
        <FormPage {...v.form} t={t} submitLabel={t('elsewhere.agree.submit')} />
      </>
    ) : null}
  </>
)

export interface NoticeLine {
  readonly notice: Notice
  readonly own: Identity | undefined
}
export const noticesScreen = (v: { rows: readonly NoticeLine[]; to: To }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('elsewhere.notices.title')}</h1>
    <p class="govuk-body">{t('elsewhere.notices.intro')}</p>
    {v.rows.length === 0 ? (
      <EmptyState title={t('elsewhere.notices.empty')} />
    ) : (
      <ScrollTable
        label={t('elsewhere.notices.title')}
        head={['own', 'from', 'found', 'state'].map(k => ({ text: t(`elsewhere.list.${k}`) }))}
        rows={v.rows.map(({ notice: n, own }) => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/matches/notices/${n.id}`)}>
                {(own && displayName(own)) || t('elsewhere.sealed')}
              </a>
            ),
          },
          { text: whoText(n.words?.from, t) },
          { text: formatDayShort(n.found, t.locale) },
          {
            text: (
              <>
                <Tag classes="govuk-tag--grey" text={t(`elsewhere.state.${n.state}`)} />
                {n.keptOut ? <div class="govuk-hint govuk-!-margin-bottom-0">{t('elsewhere.keptOutShort')}</div> : null}
              </>
            ),
          },
        ])}
      />
    )}
  </>
)

export interface NoticeView {
  readonly notice: Notice
  readonly own: Identity | undefined
  readonly weighed: Weighed | undefined
  readonly other: OtherWords | undefined
  readonly form: FormParts | undefined
  readonly alias: (id: Id) => string
  readonly timeZone: string
  readonly to: To
}
/** For the coordinator: what was asked beside what is known here, who asks, and what to answer. */
export const noticeScreen = (v: NoticeView, t: T) => {
  const n = v.notice
  const own = v.own && (displayName(v.own) || t('person.unnamed'))
  return (
    <>
      <h1 class="govuk-heading-l">{t('elsewhere.notice.title')}</h1>
      <p class="govuk-body">
        <Tag classes="govuk-tag--grey" text={t(`elsewhere.state.${n.state}`)} />
      </p>
      {n.keptOut ? <WarningText text={t('elsewhere.keptOut')} /> : null}
      <AskedRows
        asked={v.weighed ? undefined : n.words?.asked}
        more={[
          [t('elsewhere.list.from'), whoText(n.words?.from, t)],
          [t('elsewhere.list.found'), formatDayShort(n.found, t.locale)],
          ...(n.words?.reason ? [[t('elsewhere.form.reason'), n.words.reason] as const] : []),
        ]}
        t={t}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={v.to(`/people/${n.personId}`)}>
          {own ? t('elsewhere.notice.open', { name: own }) : t('elsewhere.notice.openSealed')}
        </a>
      </p>
      {v.weighed ? (
        <>
          <WeighTable w={v.weighed} names={[t('elsewhere.notice.asked'), t('elsewhere.notice.ours')]} t={t} />
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-one-half">
              <h2 class="govuk-heading-m">{t('match.waterfall.title')}</h2>
              <Waterfall w={v.weighed} t={t} />
            </div>
          </div>
        </>
      ) : null}
      {n.state === 'both' ? (
        <BothAgreed other={v.other} own={n.answer?.message ?? ''} share={`/people/${n.personId}`} to={v.to} t={t} />
      ) : n.state === 'talk' ? (
        <InsetText>
          <p class="govuk-body">{t('elsewhere.notice.waits')}</p>
          {n.answer ? (
            <p class="govuk-body govuk-!-margin-bottom-0">
              {n.answer.message}{' '}
              <span class="govuk-hint">
                {v.alias(n.answer.by)}, {formatStampShort(n.answer.at, t.locale, v.timeZone)}
              </span>
            </p>
          ) : null}
        </InsetText>
      ) : null}
      {v.form ? (
        <>
          <h2 class="govuk-heading-m">{t(n.state === 'talk' ? 'elsewhere.notice.change' : 'elsewhere.notice.decide')}</h2>
          <FormPage {...v.form} t={t} submitLabel={t('match.form.submit')} />
        </>
      ) : null}
    </>
  )
}
