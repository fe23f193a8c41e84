import { Button, InsetText, ScrollTable, Tag, WarningText } from '../base/components/index.tsx'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { Card, Link } from '../case/screens.cards.tsx'
import type { Booking, LanguageEvent, SessionRow, Warning } from './schema.ts'

type Sessioned = SessionRow & { readonly booking: Booking | undefined }
const whenText = (s: Sessioned, t: T) => [formatDay(s.day, t.locale), s.booking?.time].filter(Boolean).join(', ')

const warningText = (w: Warning, t: T) => t(`language.warning.${w.code}`) + (w.words.length > 0 ? `: ${w.words.join(', ')}` : '')
export const WarningList = ({ warnings, t }: { warnings: readonly Warning[]; t: T }) => (
  <ul class="govuk-list govuk-list--bullet">
    {warnings.map(w => (
      <li>{warningText(w, t)}</li>
    ))}
  </ul>
)
const knowEachOther = (ws: readonly Warning[]) => ws.some(w => /^(kin|place|community)_|^relative$|^other_child$/.test(w.code))

/** Before the choice: what speaks against this interpreter, in plain words. Nothing is hidden behind a colour. */
export const bookIntro = (
  v: {
    readonly judged:
      | { readonly alias: string; readonly warnings: readonly Warning[]; readonly notCompared: readonly ('child' | 'recruiter')[] }
      | undefined
  },
  t: T,
) =>
  v.judged === undefined ? (
    <p class="govuk-body">{t('language.book.intro')}</p>
  ) : (
    <>
      {v.judged.warnings.length > 0 ? (
        <>
          <WarningText
            text={t(knowEachOther(v.judged.warnings) ? 'language.book.mayKnow' : 'language.book.warned', { alias: v.judged.alias })}
          />
          <WarningList warnings={v.judged.warnings} t={t} />
          <p class="govuk-body">{t('language.book.otherWays')}</p>
        </>
      ) : null}
      {v.judged.notCompared.map(n => (
        <p class="govuk-body">{t(`language.book.notCompared.${n}`)}</p>
      ))}
    </>
  )

export const beforeOpening = (v: { readonly booking: Booking; readonly account: boolean }, t: T) => (
  <>
    {v.booking.warnings.length > 0 ? <WarningList warnings={v.booking.warnings} t={t} /> : null}
    <p class="govuk-body">{t(v.account ? 'language.open.text' : 'language.open.textAlone', { alias: v.booking.alias })}</p>
  </>
)
export const beforeClosing = (v: { readonly turns: number; readonly take: string }, t: T) => (
  <>
    {v.turns > 0 ? <InsetText>{t('language.close.count', { count: v.turns })}</InsetText> : null}
    <p class="govuk-body">
      {t('language.close.text')}{' '}
      <a class="govuk-link" href={v.take}>
        {t('language.take.title')}
      </a>
    </p>
  </>
)

/** All sessions of a case: who interpreted what, and who was refused and why. */
export const sessionsScreen = (
  v: {
    readonly caseId: Id
    readonly number: string
    readonly sessions: readonly Sessioned[]
    readonly alias: (id: Id | null) => string
    readonly book: boolean
    readonly act: boolean
    readonly register: boolean
    readonly to: (p: string) => string
  },
  t: T,
) => (
  <>
    <span class="govuk-caption-l">{v.number}</span>
    <h1 class="govuk-heading-l">{t('language.sessions.title')}</h1>
    {v.book ? <Button text={t('language.sessions.book')} href={v.to(`/cases/${v.caseId}/interpreters/book`)} /> : null}
    {v.register ? (
      <p class="govuk-body">
        <Link href={v.to('/interpreters')} text={t('language.sessions.register')} />
      </p>
    ) : null}
    {v.sessions.length === 0 ? (
      <p class="govuk-body">{t('language.sessions.empty')}</p>
    ) : (
      <ScrollTable
        label={t('language.sessions.title')}
        firstCellIsHeader
        head={['when', 'who', 'what', 'state', 'warnings', 'by'].map(k => ({ text: t(`language.sessions.${k}`) }))}
        rows={v.sessions.map(s => {
          const b = s.booking
          const open = v.act && b && (s.state === 'booked' || s.state === 'live')
          return [
            { text: open ? <Link href={v.to(`/cases/${v.caseId}/sessions/${s.id}`)} text={whenText(s, t)} /> : whenText(s, t) },
            { text: b ? `${b.alias} (${t(`language.kind.${b.kind}`)})` : t('language.sessions.sealed') },
            { text: b ? [t(`language.spoken.${b.language}`), t(`language.way.${b.way}`), b.purpose].filter(Boolean).join(', ') : '—' },
            { text: t(`language.sessionState.${s.state}`) },
            {
              text: b ? (
                <>
                  {b.warnings.length > 0 ? <WarningList warnings={b.warnings} t={t} /> : t('language.sessions.noWarnings')}
                  {b.reason ? <p class="govuk-body-s">{t('language.sessions.reason', { reason: b.reason })}</p> : null}
                </>
              ) : (
                t('language.sessions.warningCount', { count: s.warnings })
              ),
            },
            { text: v.alias(s.bookedBy) },
          ]
        })}
      />
    )}
  </>
)

/** On the case's page: the next session by day and state. Who interprets stands with the story, which does not open by itself. */
export const languageCard = ({ sessions, href, t }: { sessions: readonly SessionRow[]; href: string; t: T }) => {
  const [next] = sessions
  return next ? (
    <Card title={t('language.card.title')}>
      <p class="govuk-body">
        {formatDay(next.day, t.locale)} <Tag text={t(`language.sessionState.${next.state}`)} classes="govuk-tag--grey" />
        {next.warnings > 0 ? ` ${t('language.sessions.warningCount', { count: next.warnings })}` : ''}
      </p>
      <p class="govuk-body">
        <Link href={href} text={sessions.length > 1 ? t('language.card.all', { count: sessions.length }) : t('language.card.open')} />
      </p>
    </Card>
  ) : null
}

/** What stands in the timeline under one event. */
export const languageEventText = ({ event: e, t }: { event: LanguageEvent; t: T; alias: (id: Id | null) => string }) => {
  if (e.type === 'interpreter_booked' || e.type === 'interpreter_refused')
    return (
      <>
        <p class="govuk-body">
          {e.booking.alias} ({t(`language.kind.${e.booking.kind}`)}), {formatDay(e.booking.day, t.locale)}, {e.booking.time},{' '}
          {t(`language.spoken.${e.booking.language}`)}, {t(`language.way.${e.booking.way}`)}
        </p>
        {e.booking.warnings.length > 0 ? <WarningList warnings={e.booking.warnings} t={t} /> : null}
        {e.booking.reason ? <p class="govuk-body">{t('language.sessions.reason', { reason: e.booking.reason })}</p> : null}
      </>
    )
  if (e.type === 'interpreter_session_cancelled') return <p class="govuk-body">{t('language.sessions.reason', { reason: e.reason })}</p>
  if (e.type === 'interpreter_session_closed')
    return (
      <p class="govuk-body">
        {e.alias}. {t('language.closedWith', { turns: e.turns, checks: e.checks })}
      </p>
    )
  return <p class="govuk-body">{e.alias}</p>
}
