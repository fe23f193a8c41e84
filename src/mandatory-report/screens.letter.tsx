import { Button, Details, InsetText, WarningText } from '../base/components/index.tsx'
import { formatDay, formatStamp, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { Link } from '../case/screens.cards.tsx'
import type { LetterWords, Recipient } from './schema.ts'
import { type LetterLine, letterText } from './screens.tsx'

const w = 'mandatory-report'

export interface LetterView {
  readonly caseId: Id
  readonly letter: LetterLine
  readonly words: LetterWords | undefined
  readonly recipient: Recipient | undefined
  readonly timeZone: string
  readonly can: { readonly write: boolean; readonly follow: boolean }
  readonly to: (path: string) => string
}

const Line = ({ text }: { text: string }) => (
  <p class="govuk-body">
    {text} <span aria-hidden="true">______________________________</span>
  </p>
)
const Part = ({ title, text }: { title: string; text: string }) =>
  text === '' ? null : (
    <>
      <h2 class="govuk-heading-s">{title}</h2>
      <p class="govuk-body dv-own-words">{text}</p>
    </>
  )

/** The letter as it goes out, in the language of the page; what people wrote stays as they wrote it. Name and signature are written by hand: no staff name is kept here. */
const Sheet = ({ v, words, t }: { v: LetterView; words: LetterWords; t: T }) => {
  const lang = t.locale === 'en' ? 'en' : 'ru'
  return (
    <article class="dv-letter" aria-label={t(`${w}.sheet.title`)}>
      <p class="govuk-body">
        <strong>{v.recipient ? v.recipient.to[lang] : v.letter.recipient}</strong>
      </p>
      <Line text={t(`${w}.sheet.from`)} />
      <p class="govuk-body">
        {t(`${w}.sheet.ourNumber`, { number: v.letter.number, day: formatDay(words.written.slice(0, 10), t.locale) })}
      </p>
      <h2 class="govuk-heading-m">{t(`${w}.sheet.title`)}</h2>
      {words.life ? (
        <p class="govuk-body">
          <strong>{t(`${w}.sheet.life`)}</strong>
        </p>
      ) : null}
      <h2 class="govuk-heading-s">{t(`${w}.sheet.child`)}</h2>
      <p class="govuk-body">
        {[words.name || t(`${w}.sheet.noName`), ...words.about.map(a => `${t(`${w}.about.${a.what}`)}: ${a.text}`)].join('; ')}
      </p>
      <Part title={t(`${w}.sheet.facts`)} text={words.facts} />
      <Part title={t(`${w}.sheet.where`)} text={words.where} />
      <Part title={t(`${w}.sheet.measures`)} text={words.measures} />
      <Part title={t(`${w}.sheet.request`)} text={words.request} />
      <p class="govuk-body">{t(`${w}.sheet.answer`)}</p>
      <p class="govuk-body-s">{t(`${w}.sheet.confidential`)}</p>
      <Line text={t(`${w}.sheet.signature`)} />
      <Line text={t(`${w}.sheet.phone`)} />
    </article>
  )
}

const Acts = ({ v, t }: { v: LetterView; t: T }) => {
  const at = (p: string) => v.to(`/cases/${v.caseId}/letters/${v.letter.id}/${p}`)
  const s = v.letter.state
  const draft = s === 'draft'
  const out = s === 'sent' || s === 'registered'
  return (
    <div class="govuk-button-group dv-print-hide">
      {draft && v.can.write ? (
        <Button
          href={at('write')}
          text={t(v.letter.written ? `${w}.letter.again` : `${w}.letter.title`)}
          classes={v.letter.written ? 'govuk-button--secondary' : ''}
        />
      ) : null}
      {draft && v.can.follow ? (
        <Button href={at('sent')} text={t(`${w}.sent.title`)} classes={v.letter.written ? '' : 'govuk-button--secondary'} />
      ) : null}
      {s === 'sent' && v.can.follow ? <Button href={at('registered')} text={t(`${w}.registered.title`)} /> : null}
      {out && v.can.follow ? (
        <Button href={at('answered')} text={t(`${w}.answered.title`)} classes={s === 'sent' ? 'govuk-button--secondary' : ''} />
      ) : null}
      {out && v.can.follow ? <Link href={at('stop')} text={t(`${w}.stop.title`)} /> : null}
    </div>
  )
}

/** One letter: its preview is the sheet itself; around it, what can be done with it, which is never printed. */
export const letterScreen = (v: LetterView, t: T) => (
  <>
    <div class="dv-print-hide">
      <span class="govuk-caption-m">{v.letter.number}</span>
      <h1 class="govuk-heading-l">{v.letter.recipient}</h1>
      <p class="govuk-body">{letterText(v.letter, t)}</p>
      {v.letter.body?.how ? (
        <p class="govuk-body">
          {t(`${w}.sent.how`)}: {t(`${w}.way.${v.letter.body.how}`)}
          {v.letter.body.sentBy ? `; ${v.letter.body.sentBy}` : ''}
        </p>
      ) : null}
      {v.letter.body?.answer ? <p class="govuk-body dv-own-words">{v.letter.body.answer}</p> : null}
      {v.letter.body?.stopped ? <p class="govuk-body">{v.letter.body.stopped}</p> : null}
      <Acts v={v} t={t} />
      {v.words ? (
        <>
          {v.words.identity === 'full' ? <WarningText text={t(`${w}.letter.fullUsed`, { why: v.words.why })} /> : null}
          <InsetText text={t(`${w}.letter.rule`)} />
          <Details summaryText={t(`${w}.letter.printTitle`)} text={t(`${w}.letter.printText`)} />
          <p class="govuk-body-s dv-muted">{t(`${w}.letter.writtenAt`, { when: formatStamp(v.words.written, t.locale, v.timeZone) })}</p>
        </>
      ) : (
        <p class="govuk-body">
          {t(v.letter.written ? `${w}.page.sealed` : v.letter.body?.how ? `${w}.letter.noPaper` : `${w}.letter.notWritten`)}
        </p>
      )}
    </div>
    {v.words ? <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible dv-print-hide" /> : null}
    {v.words ? <Sheet v={v} words={v.words} t={t} /> : null}
  </>
)
/** Above the form of a letter. */
export const beforeWriting = (t: T) => (
  <>
    <WarningText text={t(`${w}.letter.rule`)} />
    <p class="govuk-body">{t(`${w}.letter.rules`)}</p>
  </>
)
