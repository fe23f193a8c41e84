import { Button, Details, FormErrors, InsetText, Messages, SummaryList, Table, Timeline, WarningText } from '../base/components/index.tsx'
import type { Errors, Option, Values } from '../base/form.ts'
import { formatStamp, formatStampShort, isLocale, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { ContactFile } from './rules.ts'
import { type ContactAct, contactForms } from './schema.forms.ts'
import { type ContactEventType, type Message, outerChannels } from './schema.ts'
import { ContactForms } from './screens.acts.tsx'
import { ContactDanger } from './screens.inbox.tsx'

/** A form that came back: what was typed is in it, whatever the reason. */
export interface Returned {
  readonly act: ContactAct
  readonly values: Values
  readonly errors: Errors
  /** Somebody else was faster: field by field, what stands now beside what was sent. */
  readonly stale?: readonly { readonly label: string; readonly now: string; readonly yours: string }[] | undefined
}

export interface ContactView {
  readonly file: ContactFile
  readonly messages: readonly Message[]
  /** There is a conversation on the public site: it can be answered. */
  readonly conversation: boolean
  readonly assignee: string | null
  readonly colleagues: readonly { readonly value: Id; readonly text: string }[]
  readonly me: Id
  /** The opening script and the ready sentences in the sender's language. */
  readonly script: { readonly lang: string; readonly lines: readonly string[] }
  readonly sentences: readonly Option[]
  readonly history: readonly { readonly seq: number; readonly type: ContactEventType; readonly at: Stamp; readonly by: string | null }[]
  readonly explainedBy: readonly string[]
  /** A fresh command for each form that may be sent. */
  readonly commands: Readonly<Record<ContactAct, Id>>
  readonly returned: Returned | undefined
  readonly timeZone: string
  readonly can: { readonly write: boolean; readonly openCase: boolean; readonly readCase: boolean }
}

const Facts = ({ v, t }: { v: ContactView; t: T }) => {
  const { contact: c, story: s, course } = v.file
  const row = (key: string, text: unknown, show = true) =>
    show && { key: { text: t(`contact.page.${key}`) }, value: { text: text as string } }
  return (
    <SummaryList
      classes="dv-facts"
      rows={[
        row('came', formatStamp(c.received, t.locale, v.timeZone)),
        row('safeNow', t(`contact.safeNow.${c.safeNow}`)),
        row(
          'urgency',
          c.urgency ? [t(`contact.urgency.${c.urgency}`), s?.urgencyReason ? `. ${s.urgencyReason}` : ''] : t('contact.page.notJudged'),
        ),
        row('state', t(`contact.state.${c.state}`)),
        row(
          'closing',
          course.closing && [t(`contact.reason.${course.closing.reason}`), course.closing.note ? `. ${course.closing.note}` : ''],
          course.closing !== null,
        ),
        row('assignee', v.assignee ?? t('contact.inbox.nobody')),
        row('language', s && t(`contact.language.${s.language}`), s !== undefined),
        row('from', s && t(`contact.from.${s.from}`), s !== undefined),
        row('cameWith', s?.cameWith, Boolean(s?.cameWith)),
        row('papers', s && t(`contact.papers.${s.papers}`), s !== undefined && c.channel === 'walk_in'),
        row('where', s?.answers.where, Boolean(s?.answers.where)),
        row('circumstances', s?.circumstances, Boolean(s?.circumstances)),
        row(
          'explained',
          v.explainedBy.length > 0 ? v.explainedBy.map(text => <div>{text}</div>) : t('contact.page.notExplained'),
          s !== undefined,
        ),
        row(
          'cases',
          course.cases.map((id, i) => (
            <>
              {v.can.readCase ? (
                <a class="govuk-link" href={`/${t.locale}/cases/${id}`}>
                  {t('contact.page.case', { n: i + 1 })}
                </a>
              ) : (
                t('contact.page.case', { n: i + 1 })
              )}{' '}
            </>
          )),
          course.cases.length > 0,
        ),
      ]}
    />
  )
}

const Words = ({ v, t }: { v: ContactView; t: T }) => {
  if (!v.file.story) return <InsetText text={t('contact.page.wordsClosed')} />
  const language = v.file.story.language
  const outer = (outerChannels as readonly string[]).includes(v.file.contact.channel)
  const sender = outer ? t('contact.page.in') : t('contact.page.inStaff')
  return (
    <Messages
      label={t('contact.page.words')}
      items={v.messages.map(m => ({
        id: `m${m.seq}`,
        type: m.direction === 'out' ? 'sent' : 'received',
        text: m.body?.text ?? '',
        sender: m.direction === 'out' ? t('contact.page.out') : sender,
        datetime: m.at,
        when: formatStampShort(m.at, t.locale, v.timeZone),
        mark: m.direction === 'out' ? t(m.acknowledged ? 'contact.page.acknowledged' : 'contact.page.notAcknowledged') : undefined,
        lang: isLocale(m.body?.language ?? language) ? (m.body?.language ?? language) : undefined,
      }))}
    />
  )
}

const Stale = ({ r, t }: { r: Returned; t: T }) =>
  r.stale ? (
    <section class="dv-stale" aria-labelledby="stale">
      <h2 class="govuk-heading-m" id="stale">
        {t('contact.stale.title')}
      </h2>
      <p class="govuk-body">{t('contact.stale.text')}</p>
      <Table
        stack
        head={['what', 'now', 'yours'].map(k => ({ text: t(`contact.stale.${k}`) }))}
        firstCellIsHeader
        rows={r.stale.map(s => [
          { text: s.label },
          { text: s.now || t('contact.stale.nothing') },
          { text: s.yours || t('contact.stale.nothing') },
        ])}
      />
    </section>
  ) : null

export const contactTitle = (v: Pick<ContactView, 'file' | 'timeZone'>, t: T): string =>
  t('contact.page.title', {
    channel: t(`contact.channel.${v.file.contact.channel}`),
    when: formatStampShort(v.file.contact.received, t.locale, v.timeZone),
  })

export const contactScreen = (v: ContactView, t: T) => {
  const c = v.file.contact
  return (
    <>
      {v.returned ? <FormErrors form={contactForms[v.returned.act]} errors={v.returned.errors} t={t} /> : null}
      <h1 class="govuk-heading-l">{contactTitle(v, t)}</h1>
      <p class="govuk-body">
        <ContactDanger c={c} t={t} />
      </p>
      {v.returned ? <Stale r={v.returned} t={t} /> : null}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {c.unread ? <WarningText text={t('contact.page.unread')} /> : null}
          <h2 class="govuk-heading-m">{t('contact.page.words')}</h2>
          <Words v={v} t={t} />
          <ContactForms v={v} t={t} />
        </div>
        <div class="govuk-grid-column-one-third">
          <h2 class="govuk-heading-m">{t('contact.page.facts')}</h2>
          <Facts v={v} t={t} />
          {v.can.openCase && c.state !== 'closed' ? (
            <Button
              text={t(c.state === 'converted' ? 'contact.page.anotherCase' : 'contact.page.openCase')}
              href={`/${t.locale}/cases/new?contact=${c.id}`}
              classes="govuk-button--secondary"
            />
          ) : null}
          <p class="govuk-body dv-print-hide">
            <a class="govuk-link" href={`/${t.locale}/contacts/${c.id}/screening`}>
              {t('contact.page.screening')}
            </a>
          </p>
          {v.file.story ? (
            <Details summaryText={t('contact.page.script')}>
              <div lang={v.script.lang}>
                {v.script.lines.map(line => (
                  <p class="govuk-body">{line}</p>
                ))}
              </div>
            </Details>
          ) : null}
          <Details summaryText={t('contact.page.history')}>
            <Timeline
              headingLevel={3}
              items={v.history.map(h => ({
                title: t(`contact.event.${h.type}`),
                byline: h.by ?? t('contact.page.public'),
                datetime: h.at,
                when: formatStampShort(h.at, t.locale, v.timeZone),
              }))}
            />
          </Details>
        </div>
      </div>
    </>
  )
}
