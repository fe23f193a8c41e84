import { type Content, capital } from '../base/components/index.tsx'
import { formatDay, type T } from '../base/i18n.ts'
import type { ReportEvent } from './schema.ts'

const w = 'mandatory-report'
interface Names {
  readonly t: T
  readonly alias: (id: string | null) => string
  readonly kind: (code: string, lang: string) => string
  readonly recipient: (code: string, lang: string) => string
}
const P = ({ children }: { children: Content }) => <p class="govuk-body">{children}</p>

/** How the timeline of a case reads what happened to its reports. */
export const readReportEvent = (e: ReportEvent, n: Names): Content => {
  const { t } = n
  const day = (d: string) => formatDay(d, t.locale)
  switch (e.type) {
    case 'report_fact_recorded':
      return (
        <>
          <P>{capital(n.kind(e.words.kind, t.locale))}</P>
          <p class="govuk-body dv-own-words">{e.words.text}</p>
        </>
      )
    case 'report_decided':
      return (
        <P>
          {[
            t(`${w}.decided.${e.answer}`, { day: e.until ? day(e.until) : '' }),
            e.body.recipients.map(r => n.recipient(r, t.locale)).join(', '),
            capital(e.body.reason),
          ]
            .filter(Boolean)
            .join('. ')}
        </P>
      )
    case 'report_letter_written':
      return <P>{t(`${w}.identity.${e.words.identity}`)}</P>
    case 'report_letter_sent':
      return <P>{`${day(e.sent)}, ${t(`${w}.way.${e.how}`)}`}</P>
    case 'report_letter_registered':
      return <P>{`${e.number}, ${day(e.registered)}`}</P>
    case 'report_letter_answered':
      return <P>{`${day(e.answered)}. ${e.answer}`}</P>
    case 'report_letter_stopped':
      return <P>{e.reason}</P>
  }
}
