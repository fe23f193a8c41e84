import { Button, Details, FormErrors, SummaryList, Table, Timeline } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatStamp, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { Proposal } from './rules.desk-urgency.ts'
import type { ContactFile } from './rules.ts'
import { broughtKeys, type ContactAct, contactForms } from './schema.forms.ts'
import type { InvitationView } from './schema.room.ts'
import type { ContactEventType, ContactStory, Message } from './schema.ts'
import { ContactForms } from './screens.acts.tsx'
import { type ChatFacts, chatFacts, Watched } from './screens.chat-facts.tsx'
import { concernRows } from './screens.concern.tsx'
import { Composer, type PhrasesView, Proposed, Remarks, Talk } from './screens.desk.tsx'
import { ContactDanger, deskWords } from './screens.inbox.tsx'
import { RoomPanel } from './screens.room.tsx'

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
  readonly chat?: ChatFacts | undefined
  readonly assignee: string | null
  readonly colleagues: readonly { readonly value: Id; readonly text: string }[]
  readonly me: Id
  /** Who was asked in, or may be; undefined where this session can ask nobody. */
  readonly invitation?: InvitationView | undefined
  /** The opening script in the sender's language. */
  readonly script: { readonly lang: string; readonly lines: readonly string[] }
  readonly phrases: PhrasesView
  /** What our answers say in the reader's language, by message, where they were made of ready sentences. */
  readonly meanings: Readonly<Record<Id, string | null>>
  /** An urgency that the rules propose, with its reasons; a person sets it. */
  readonly proposal: Proposal | null
  /** Notes for colleagues, newest first. */
  readonly remarks: readonly { readonly text: string; readonly by: string; readonly at: Stamp }[]
  readonly history: readonly { readonly seq: number; readonly type: ContactEventType; readonly at: Stamp; readonly by: string | null }[]
  readonly explainedBy: readonly string[]
  /** A fresh command for each form that may be sent. */
  readonly commands: Readonly<Record<ContactAct, Id>>
  readonly returned: Returned | undefined
  readonly timeZone: string
  readonly can: { readonly write: boolean; readonly openCase: boolean; readonly readCase: boolean }
}

/** How a messenger calls the sender, for finding out whether we know them; whoever runs an account may call it anything. */
const handleOf = ({ answers: a }: ContactStory): string =>
  [a.messengerHandle, a.messengerName, a.messengerId && `№ ${a.messengerId}`].filter(Boolean).join(' · ')

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
        row('blocked', c.blockedUntil && formatStamp(c.blockedUntil, t.locale, v.timeZone), c.blockedUntil !== null),
        row('assignee', v.assignee ?? t('contact.inbox.nobody')),
        row('language', s && t(`contact.language.${s.language}`), s !== undefined),
        row('from', s && t(`contact.from.${s.from}`), s !== undefined),
        row('cameWith', s?.cameWith, Boolean(s?.cameWith)),
        row('papers', s && t(`contact.papers.${s.papers}`), s !== undefined && c.channel === 'walk_in'),
        row('caller', s?.answers.caller, Boolean(s?.answers.caller)),
        row('withheld', t('contact.page.withheldYes'), s?.answers.withheld === 'yes'),
        ...broughtKeys.map(k => row(k, s?.answers[k], Boolean(s?.answers[k]))),
        ...(s && c.channel === 'concern' ? concernRows(s.answers, t) : [row('where', s?.answers.where, Boolean(s?.answers.where))]),
        ...chatFacts(v.chat, t),
        row('handle', s && handleOf(s), Boolean(s && handleOf(s))),
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
    <div class="dv-desk" data-desk={`/${t.locale}/contacts/${c.id}/live`} {...deskWords(t)}>
      {v.returned ? <FormErrors form={contactForms[v.returned.act]} errors={v.returned.errors} t={t} /> : null}
      <div class="dv-desk-title">
        <h1 class="govuk-heading-m">{contactTitle(v, t)}</h1>
        <p class="govuk-body" data-live="danger">
          <ContactDanger c={c} t={t} /> {c.unread ? <strong class="dv-mark">{t('contact.page.unread')}</strong> : null}
        </p>
        {v.can.write ? (
          <form action={`/${t.locale}/contacts/${c.id}/life`} method="post" class="dv-print-hide">
            <Button text={t('emergency.part.open')} classes="govuk-button--warning" preventDoubleClick />
          </form>
        ) : null}
      </div>
      <div data-live="watched">
        <Watched chat={v.chat} t={t} />
      </div>
      {v.returned ? <Stale r={v.returned} t={t} /> : null}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h2 class="govuk-visually-hidden">{t('contact.page.words')}</h2>
          <Talk v={v} t={t} />
          <p class="govuk-body dv-desk-status" role="status" data-desk-status />
          {v.can.write && v.file.story && v.conversation && c.state !== 'closed' ? (
            <p class="govuk-body dv-muted dv-typing" role="status" data-desk-typing>
              <span hidden>{t('chat-desk.typing')}</span>
            </p>
          ) : null}
          {v.can.write && v.file.story && v.conversation && c.state !== 'closed' ? <Composer v={v} t={t} /> : null}
          {v.invitation?.room ? (
            <RoomPanel v={v.invitation} contact={c.id} version={c.version} command={v.commands.suggested} timeZone={v.timeZone} t={t} />
          ) : null}
          <div data-live="acts">
            <ContactForms v={v} t={t} />
          </div>
        </div>
        <div class="govuk-grid-column-one-third">
          <div data-live="proposed">
            <Proposed v={v} t={t} />
          </div>
          <h2 class="govuk-heading-m">{t('contact.page.facts')}</h2>
          <div data-live="facts">
            <Facts v={v} t={t} />
            <Remarks v={v} t={t} />
          </div>
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
          {v.can.write && v.file.story && (c.channel === 'walk_in' || c.channel === 'letter' || c.channel === 'call') ? (
            <p class="govuk-body dv-print-hide">
              <a class="govuk-link" href={`/${t.locale}/contacts/${c.id}/${c.channel === 'walk_in' ? 'act' : 'letter'}`}>
                {t(c.channel === 'walk_in' ? 'contact.page.act' : 'contact.page.letter')}
              </a>
            </p>
          ) : null}
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
    </div>
  )
}
