import { Button, Form, FormErrors, InsetText, Messages, SummaryList, WarningText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatDay, formatStamp, formatTime, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { questionForm, renderingForm } from './schema.forms.ts'
import type { Booking, Room, SessionRow, TurnView } from './schema.ts'
import { WarningList } from './screens.tsx'

interface RoomFacts {
  readonly id: Id
  readonly openedAt: Stamp
  readonly until: Stamp
  readonly room: Room
}
const Log = (v: { turns: readonly TurnView[]; mine: 'question' | 'rendering'; timeZone: string; t: T }) => (
  <div id="log" class="dv-print-hide">
    {v.turns.length === 0 ? (
      <p class="govuk-body">{v.t('language.room.empty')}</p>
    ) : (
      <Messages
        label={v.t('language.room.log')}
        items={v.turns.map(x => ({
          id: `turn-${x.seq}`,
          type: x.kind === v.mine ? ('sent' as const) : ('received' as const),
          text: x.text ?? v.t('language.room.notOpen'),
          sender: v.t(`language.turn.${x.kind}`),
          datetime: x.at,
          when: formatTime(x.at, v.timeZone),
          mark: x.checkWanted ? v.t('language.turn.check') : undefined,
        }))}
      />
    )}
  </div>
)

/** What the interpreter sees: language, way, a name for the session, questions and renderings. Nothing that leads to a child. */
export const roomScreen = (
  v: {
    readonly room: RoomFacts
    readonly turns: readonly TurnView[]
    readonly at: string
    readonly command: string
    readonly values: Values | undefined
    readonly errors: Errors | undefined
    readonly timeZone: string
    readonly second: T | undefined
  },
  t: T,
) => {
  const row = (key: string, text: string) => ({ key: { text: t(`language.room.${key}`) }, value: { text } })
  return (
    <>
      <FormErrors form={renderingForm} errors={v.errors ?? {}} t={t} />
      <h1 class="govuk-heading-l">{t('language.room.title')}</h1>
      <SummaryList
        rows={[
          row('child', v.room.room.childAlias),
          row('language', t(`language.spoken.${v.room.room.language}`)),
          row('way', t(`language.way.${v.room.room.way}`)),
          row('start', `${formatDay(v.room.room.day, t.locale)}, ${v.room.room.time}`),
          row('until', formatStamp(v.room.until, t.locale, v.timeZone)),
        ]}
      />
      <InsetText>
        <p class="govuk-body">{t('language.room.rules')}</p>
        {v.second ? (
          <p class="govuk-body" lang={v.second.locale}>
            {v.second('language.room.rules')}
          </p>
        ) : null}
      </InsetText>
      <Log turns={v.turns} mine="rendering" timeZone={v.timeZone} t={t} />
      <p class="govuk-body">
        <a class="govuk-link" href={v.at}>
          {t('language.room.refresh')}
        </a>
      </p>
      <Form
        form={renderingForm}
        t={t}
        action={v.at}
        command={v.command}
        values={v.values}
        errors={v.errors}
        submitLabel={t('language.room.submit')}
      />
    </>
  )
}
export const noRoomScreen = (refresh: string, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('language.room.none')}</h1>
    <p class="govuk-body">{t('language.room.noneText')}</p>
    <Button text={t('language.room.refresh')} href={refresh} classes="govuk-button--secondary" />
  </>
)

/** The worker's side. No name, number or place: the screen may be turned to the interpreter. */
export const sessionScreen = (
  v: {
    readonly at: string
    readonly back: string
    readonly session: SessionRow
    readonly booking: Booking
    readonly room: RoomFacts | undefined
    readonly over: boolean
    readonly turns: readonly TurnView[]
    readonly command: string
    readonly timeZone: string
  },
  t: T,
) => {
  const { booking: b, session: s } = v
  const row = (key: string, text: string) => ({ key: { text: t(`language.room.${key}`) }, value: { text } })
  return (
    <>
      <h1 class="govuk-heading-l">{t('language.session.title')}</h1>
      <SummaryList
        rows={[
          row('interpreter', `${b.alias} (${t(`language.kind.${b.kind}`)})`),
          row('child', b.childAlias),
          row('language', t(`language.spoken.${b.language}`)),
          row('way', t(`language.way.${b.way}`)),
          row('start', `${formatDay(b.day, t.locale)}, ${b.time}`),
          row('state', t(`language.sessionState.${s.state}`)),
          ...(v.room ? [row('until', formatStamp(v.room.until, t.locale, v.timeZone))] : []),
        ]}
      />
      {s.state === 'booked' ? (
        <>
          {b.warnings.length > 0 ? <WarningList warnings={b.warnings} t={t} /> : null}
          <div class="govuk-button-group">
            <Button text={t('language.open.title')} href={`${v.at}/open`} />
            <a class="govuk-link" href={`${v.at}/cancel`}>
              {t('language.cancel.title')}
            </a>
          </div>
        </>
      ) : null}
      {s.state === 'live' ? (
        <>
          {v.over ? <WarningText text={t('language.session.over')} /> : null}
          {v.room ? null : <p class="govuk-body">{t('language.session.noKey')}</p>}
          <Log turns={v.turns} mine="question" timeZone={v.timeZone} t={t} />
          <p class="govuk-body">
            <a class="govuk-link" href={v.at}>
              {t('language.room.refresh')}
            </a>
          </p>
          {v.room && !v.over ? (
            <div id="ask">
              <Form form={questionForm} t={t} action={`${v.at}/ask`} command={v.command} submitLabel={t('language.ask.submit')} />
            </div>
          ) : null}
          <div class="govuk-button-group">
            <Button text={t('language.take.title')} href={`${v.at}/take`} classes="govuk-button--secondary" />
            <Button text={t('language.close.title')} href={`${v.at}/close`} classes="govuk-button--secondary" />
          </div>
        </>
      ) : null}
      {s.state === 'closed' ? <p class="govuk-body">{t('language.session.closed')}</p> : null}
      <p class="govuk-body">
        <a class="govuk-link" href={v.back}>
          {t('language.sessions.title')}
        </a>
      </p>
    </>
  )
}
