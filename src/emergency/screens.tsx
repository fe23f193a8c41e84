import { Button, Details, Form, FormErrors, InsetText, Select, Timeline } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatStamp, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { type SayLanguage, sayLanguages } from './schema.content.ts'
import { type CardAct, calledForm, cardForms, endForm, tellForm } from './schema.forms.ts'
import { type Card, dangers } from './schema.ts'
import { Paging, type PagingView } from './screens.paging.tsx'

/** A sentence to the child, and what it means in the language of whoever reads the card. */
export interface Said {
  readonly text: string
  readonly means: string
}
export interface CardView {
  readonly id: Id
  readonly state: 'live' | 'ended'
  readonly openedAt: Stamp
  readonly openedBy: string
  readonly version: number
  /** Undefined where this session holds no key. */
  readonly card: Card | undefined
  readonly calls: readonly { readonly at: Stamp; readonly by: string; readonly line: Card['calls'][number] }[]
  /** What hangs on it: the contact or case. */
  readonly back: { readonly href: string; readonly text: string }
  readonly paging: PagingView
  readonly steps: readonly string[]
  readonly source: string
  readonly language: SayLanguage
  readonly reviewed: boolean
  readonly say: readonly Said[]
  readonly where: readonly Said[]
  /** Further numbers that somebody has called lately. */
  readonly numbers: readonly { readonly number: string; readonly name: string }[]
  readonly commands: Readonly<Record<CardAct, Id>>
  readonly returned: { readonly act: CardAct; readonly values: Values; readonly errors: Errors } | undefined
  readonly timeZone: string
}
const at = (v: CardView, t: T, act: string) => `/${t.locale}/life/${v.id}/${act}`
const langOf = (l: SayLanguage) => (l === 'uz-Cyrl' ? 'uz-Cyrl' : l)

/** First the number, in the size of a poster: everything else can wait until somebody has called. */
const First = ({ t }: { t: T }) => (
  <section class="dv-life-first" aria-labelledby="first">
    <h2 class="govuk-heading-m" id="first">
      {t('emergency.first.title')}
    </h2>
    <p class="dv-life-number">
      <a href="tel:112">112</a>
    </p>
    <p class="govuk-body-l">{t('emergency.first.text')}</p>
  </section>
)

const Kinds = ({ v, t }: { v: CardView; t: T }) => (
  <form action={at(v, t, 'kind')} method="post" class="dv-life-kinds" aria-labelledby="kind">
    <h2 class="govuk-heading-m" id="kind">
      {t('emergency.field.danger')}
    </h2>
    <input type="hidden" name="command" value={v.commands.kind} />
    <input type="hidden" name="version" value={v.version} />
    <div class="govuk-button-group">
      {dangers.map(d => (
        <Button
          text={t(`emergency.danger.${d}`)}
          name="danger"
          value={d}
          classes={d === v.card?.danger ? '' : 'govuk-button--secondary'}
          attributes={d === v.card?.danger ? { 'aria-current': 'true' } : {}}
        />
      ))}
    </div>
  </form>
)

const Sayings = ({ items, language }: { items: readonly Said[]; language: SayLanguage }) => (
  <ul class="dv-life-say">
    {items.map(s => (
      <li>
        <p class="govuk-body" lang={langOf(language)}>
          {s.text}
        </p>
        {s.means === s.text ? null : <p class="govuk-hint">{s.means}</p>}
      </li>
    ))}
  </ul>
)
const Language = ({ v, t }: { v: CardView; t: T }) => (
  <form action={`/${t.locale}/life/${v.id}`} method="get" class="dv-life-language">
    <Select
      id="say"
      name="say"
      label={{ text: t('emergency.say.language') }}
      items={sayLanguages.map(l => ({ value: l, text: t(`contact.language.${l}`), selected: l === v.language }))}
    />
    <Button text={t('emergency.say.show')} classes="govuk-button--secondary" />
  </form>
)

const Calls = ({ v, t }: { v: CardView; t: T }) => (
  <section aria-labelledby="calls">
    <h2 class="govuk-heading-m" id="calls">
      {t('emergency.calls.title')}
    </h2>
    {v.calls.length === 0 ? (
      <p class="govuk-body">{t('emergency.calls.none')}</p>
    ) : (
      <Timeline
        headingLevel={3}
        items={v.calls.map(c => ({
          title: `${t(`emergency.callee.${c.line.whom}`)}: ${t(`emergency.outcome.${c.line.outcome}`)}`,
          byline: c.by,
          datetime: c.at,
          when: formatStampShort(c.at, t.locale, v.timeZone),
          children: c.line.words || undefined,
        }))}
      />
    )}
  </section>
)

const returnedTo = (v: CardView, act: CardAct) => (v.returned?.act === act ? v.returned : undefined)
const Acts = ({ v, card, t }: { v: CardView; card: Card; t: T }) => {
  const called = returnedTo(v, 'called')
  const end = returnedTo(v, 'end')
  return (
    <>
      <Details summaryText={t('emergency.calls.add')} open={v.calls.length === 0 || called !== undefined}>
        <Form
          form={calledForm}
          t={t}
          action={at(v, t, 'called')}
          command={v.commands.called}
          version={v.version}
          values={called?.values}
          errors={called?.errors}
          submitLabel={t('emergency.calls.save')}
        />
      </Details>
      <Details summaryText={t('emergency.end.title')} open={end !== undefined}>
        <Form
          form={endForm}
          t={t}
          action={at(v, t, 'end')}
          command={v.commands.end}
          version={v.version}
          values={end?.values ?? { became: card.ended }}
          errors={end?.errors}
          submitLabel={t('emergency.end.save')}
        />
      </Details>
    </>
  )
}
const Told = ({ v, card, t }: { v: CardView; card: Card; t: T }) => {
  const told = returnedTo(v, 'tell')
  return (
    <section aria-labelledby="told">
      <h2 class="govuk-heading-m" id="told">
        {t('emergency.tell.title')}
      </h2>
      <Form
        form={tellForm}
        t={t}
        action={at(v, t, 'tell')}
        command={v.commands.tell}
        version={v.version}
        values={told?.values ?? { where: card.where, what: card.what, since: card.since }}
        errors={told?.errors}
        submitLabel={t('emergency.tell.save')}
      />
    </section>
  )
}

/** On a phone what is written down stands far below: one touch leads there. */
const Jump = ({ t }: { t: T }) => (
  <p class="govuk-body dv-life-jump dv-print-hide">
    <a class="govuk-link" href="#told">
      {t('emergency.tell.title')}
    </a>
    <a class="govuk-link" href="#calls">
      {t('emergency.calls.title')}
    </a>
  </p>
)
const Live = ({ v, card, t }: { v: CardView; card: Card; t: T }) => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">
      <Jump t={t} />
      <Kinds v={v} t={t} />
      {card.danger ? (
        <section aria-labelledby="steps">
          <h2 class="govuk-heading-m" id="steps">
            {t('emergency.steps.title', { danger: t(`emergency.danger.${card.danger}`) })}
          </h2>
          <ol class="dv-life-steps">
            {v.steps.map(s => (
              <li>{s}</li>
            ))}
          </ol>
        </section>
      ) : null}
      <section aria-labelledby="say-title">
        <h2 class="govuk-heading-m" id="say-title">
          {t('emergency.say.title')}
        </h2>
        <Language v={v} t={t} />
        {v.reviewed ? null : <p class="govuk-hint">{t('emergency.say.notReviewed')}</p>}
        {v.say.length > 0 ? <Sayings items={v.say} language={v.language} /> : null}
        <h3 class="govuk-heading-s">{t('emergency.where.title')}</h3>
        <p class="govuk-body">{t('emergency.where.text')}</p>
        <Sayings items={v.where} language={v.language} />
      </section>
      {v.source ? <p class="govuk-hint">{t('emergency.steps.source', { source: v.source })}</p> : null}
    </div>
    <div class="govuk-grid-column-one-third">
      <Told v={v} card={card} t={t} />
      <Calls v={v} t={t} />
      <Acts v={v} card={card} t={t} />
      {v.numbers.length > 0 ? (
        <>
          <h2 class="govuk-heading-s">{t('emergency.first.more')}</h2>
          <ul class="govuk-list">
            {v.numbers.map(n => (
              <li>
                <strong>{n.number}</strong> {n.name}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  </div>
)

/** The card: the number, who is coming, the kind, what to do, what to say. */
export const cardScreen = (v: CardView, t: T) => (
  <>
    {v.returned ? <FormErrors form={cardForms[v.returned.act]} errors={v.returned.errors} t={t} /> : null}
    <h1 class="govuk-heading-l">{t('emergency.page.title')}</h1>
    <p class="govuk-body">
      {t('emergency.page.opened', { who: v.openedBy, at: formatStamp(v.openedAt, t.locale, v.timeZone) })}{' '}
      <a class="govuk-link" href={v.back.href}>
        {v.back.text}
      </a>
    </p>
    {v.state === 'live' ? (
      <div class="dv-life-top">
        <First t={t} />
        <Paging p={v.paging} action={at(v, t, 'take')} command={v.commands.take} version={v.version} timeZone={v.timeZone} t={t} />
      </div>
    ) : (
      <>
        <InsetText text={t('emergency.end.ended', { words: v.card?.ended ?? '' })} />
        <Calls v={v} t={t} />
      </>
    )}
    {v.card === undefined ? (
      <InsetText text={t('emergency.error.no_key')} />
    ) : v.state === 'live' ? (
      <Live v={v} card={v.card} t={t} />
    ) : null}
  </>
)

/** On the page of a case: one press, no form before it. */
export const lifePartCard = (v: { readonly action: string; readonly live: string | undefined; readonly command: Id }, t: T) => (
  <section class="dv-card">
    <h2 class="govuk-heading-s">{t('emergency.part.title')}</h2>
    {v.live ? (
      <p class="govuk-body-s">
        <a class="govuk-link" href={v.live}>
          {t('emergency.part.live')}
        </a>
      </p>
    ) : (
      <form action={v.action} method="post" class="dv-inline dv-print-hide">
        <input type="hidden" name="command" value={v.command} />
        <Button text={t('emergency.part.open')} classes="govuk-button--warning" preventDoubleClick />
      </form>
    )}
  </section>
)
