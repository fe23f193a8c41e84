import { errorText } from '../base/components/form-field.tsx'
import { Button, Checkboxes, Details, InsetText, Messages, Textarea } from '../base/components/index.tsx'
import { formatStampShort, isLocale, type Locale, type T } from '../base/i18n.ts'
import { type PhraseGroup, phraseGroupNames } from './schema.desk-phrases.ts'
import { answerForm } from './schema.forms.ts'
import { type Message, messengers, outerChannels } from './schema.ts'
import type { ContactView } from './screens.contact.tsx'
import { meaningsOf } from './screens.room.tsx'

/** A ready sentence as the composer shows it: in the sender's language, with what it means under it. */
export interface PhraseView {
  readonly id: string
  readonly group: PhraseGroup
  readonly text: string
  /** Null where the reader reads the sender's language. */
  readonly meaning: string | null
}
export interface PhrasesView {
  readonly lang: Locale
  /** Has a native speaker read them? */
  readonly reviewed: boolean
  readonly list: readonly PhraseView[]
}

/** Beside a message: what became of ours, and that one of theirs came through a messenger. */
const markOf = (m: Message, t: T): string | undefined =>
  m.direction === 'in'
    ? m.via
      ? t('contact.delivery.via', { messenger: t(`contact.channel.${m.via}`) })
      : undefined
    : m.delivery && !m.acknowledged
      ? t(`contact.delivery.${m.delivery}`)
      : t(m.acknowledged ? 'contact.page.acknowledged' : 'contact.page.notAcknowledged')

/** What was said, oldest first, scrolled to the newest; the scripts of the desk put newer messages into it. */
export const Talk = ({ v, t }: { v: ContactView; t: T }) => {
  if (!v.file.story) return <InsetText text={t('contact.page.wordsClosed')} />
  const language = v.file.story.language
  const outer = (outerChannels as readonly string[]).includes(v.file.contact.channel)
  const sender = outer ? t('contact.page.in') : t('contact.page.inStaff')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="dv-talk" tabIndex={0} aria-label={t('contact.page.words')} data-live="talk">
      <div>
        <Messages
          label={t('contact.desk.messages')}
          items={v.messages.map(m => {
            const said = v.meanings[m.id]
            const meaning = [...(said ? [said] : []), ...meaningsOf(v.invitation?.turns ?? [], m.id)].join('\n\n')
            return {
              id: `m${m.seq}`,
              type: m.direction === 'out' ? 'sent' : 'received',
              text: meaning ? (
                <>
                  {m.body?.text}
                  <span class="dv-meaning" lang={t.locale}>
                    {meaning}
                  </span>
                </>
              ) : (
                (m.body?.text ?? '')
              ),
              sender: m.direction === 'out' ? t('contact.page.out') : sender,
              datetime: m.at,
              when: formatStampShort(m.at, t.locale, v.timeZone),
              mark: [markOf(m, t), m.body?.interpretedBy ? t('contact-room.interpretedBy', { alias: m.body.interpretedBy }) : undefined]
                .filter(Boolean)
                .join(', '),
              lang: isLocale(m.body?.language ?? language) ? (m.body?.language ?? language) : undefined,
            }
          })}
        />
      </div>
    </section>
  )
}

/** Ready sentences by situation, each in both languages. */
const Phrases = ({ p, chosen, offer, t }: { p: PhrasesView; chosen: readonly string[]; offer: PhraseGroup | null; t: T }) => (
  <Details summaryText={t('contact.form.sentences')} open={chosen.length > 0 || offer !== null} classes="dv-phrases">
    <p class="govuk-body dv-print-hide">{t(p.reviewed ? 'contact.desk.phrasesHint' : 'contact.desk.phrasesUnreviewed')}</p>
    {phraseGroupNames.map(group => {
      const list = p.list.filter(x => x.group === group)
      return (
        <Details
          summaryText={t(`contact.phrases.${group}`)}
          open={group === offer || list.some(x => chosen.includes(x.id))}
          classes="dv-phrase-group"
        >
          <Checkboxes
            name="sentences"
            idPrefix={`sentences-${group}`}
            classes="govuk-checkboxes--small"
            fieldset={{ legend: { text: t(`contact.phrases.${group}`), classes: 'govuk-visually-hidden' } }}
            values={chosen}
            items={list.map(x => ({
              value: x.id,
              text: <span lang={p.lang}>{x.text}</span>,
              ...(x.meaning ? { hint: { text: x.meaning } } : {}),
            }))}
          />
        </Details>
      )
    })}
  </Details>
)

/** A case was opened from what the child said, and the child has not been told that it was noted: the sentence is offered, a person sends it or does not. */
const offersNoted = (v: ContactView): boolean => {
  const noted = v.phrases.list.find(x => x.id === 'noted')?.text
  return (
    v.file.contact.state === 'converted' &&
    noted !== undefined &&
    !v.messages.some(m => m.direction === 'out' && m.body?.text.includes(noted))
  )
}

/** Where the answer is written: under the conversation, on the same screen. */
export const Composer = ({ v, t }: { v: ContactView; t: T }) => {
  const back = v.returned?.act === 'answer' ? v.returned : undefined
  const language = v.file.story?.language
  const chosen = back?.values.sentences ?? []
  const text = back?.values.text
  const wrong = back && (['text', 'sentences'] as const).find(f => back.errors[f])
  const foreign = v.phrases.lang !== t.locale
  return (
    <section class="dv-composer" aria-labelledby="answer-to">
      <h2 class="govuk-visually-hidden" id="answer-to">
        {t('contact.act.answer')}
      </h2>
      {(messengers as readonly string[]).includes(v.file.contact.channel) ? <p class="govuk-body">{t('contact.desk.notPrivate')}</p> : null}
      <form
        action={`/${t.locale}/contacts/${v.file.contact.id}/answer`}
        method="post"
        class="dv-form"
        novalidate
        data-guard
        data-desk-send
        data-desk-typing-to={`/${t.locale}/contacts/${v.file.contact.id}/typing`}
      >
        <input type="hidden" name="command" value={v.commands.answer} />
        <input type="hidden" name="version" value={v.file.contact.version} />
        <Textarea
          id="text"
          name="text"
          rows={3}
          label={{ text: t('contact.form.answer'), classes: 'govuk-visually-hidden' }}
          hint={{ text: t('contact.form.answerHint') }}
          value={typeof text === 'string' ? text : ''}
          {...(wrong ? { errorMessage: { text: errorText(back.errors, wrong, answerForm.fields[wrong], t) } } : {})}
        />
        <Phrases p={v.phrases} chosen={typeof chosen === 'string' ? [chosen] : chosen} offer={offersNoted(v) ? 'noted' : null} t={t} />
        <div class="govuk-button-group">
          {/* Two short answers in a second are two answers; the same one sent twice is saved once by its command. */}
          <Button text={t('contact.desk.send')} />
          <span class="govuk-body dv-muted">
            {t('contact.desk.sentIn', { language: t(`contact.language.${v.phrases.lang}`) })}
            {language === 'other' || language === 'not_asked' ? ` ${t('contact.desk.askLanguage')}` : ''}
          </span>
        </div>
      </form>
      {foreign ? (
        <p class="govuk-body dv-never">
          <strong>{t('contact.desk.neverTranslator')}</strong>{' '}
          <a class="govuk-link" href={`/${t.locale}/interpreters`}>
            {t('contact.desk.interpreter')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

/** Notes of the colleagues: the sender never sees them. */
export const Remarks = ({ v, t }: { v: ContactView; t: T }) =>
  v.remarks.length === 0 ? null : (
    <section class="dv-remarks" aria-labelledby="remarks">
      <h2 class="govuk-heading-s" id="remarks">
        {t('contact.desk.remarks')}
      </h2>
      <ul class="govuk-list">
        {v.remarks.map(r => (
          <li>
            <p class="govuk-body dv-pre">{r.text}</p>
            <p class="govuk-body dv-muted">
              {r.by}, <time datetime={r.at}>{formatStampShort(r.at, t.locale, v.timeZone)}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )

/** What the rules propose and by which words. Said as what it is: a proposal of a program that may be wrong. */
export const Proposed = ({ v, t }: { v: ContactView; t: T }) =>
  v.proposal === null ? null : (
    <section class="dv-proposed" aria-labelledby="proposed">
      <h2 class="govuk-heading-s" id="proposed">
        {t('contact.desk.proposed', { urgency: t(`contact.danger.${v.proposal.urgency}`) })}
      </h2>
      <ul class="govuk-list">
        {v.proposal.reasons.map(r => (
          <li>
            {t(`contact.why.${r.why}`)}
            {r.words.length > 0 ? ': ' : ''}
            {r.words.map((w, i) => (
              <>
                {i > 0 ? ', ' : ''}
                <mark>{w}</mark>
              </>
            ))}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        {t('contact.desk.proposedHow')}{' '}
        {v.can.write ? (
          <a class="govuk-link" href="#act-urgency">
            {t('contact.act.urgency')}
          </a>
        ) : null}
      </p>
    </section>
  )
