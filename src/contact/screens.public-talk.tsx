import { Button, Form, FormErrors, FormPage, InsetText, Messages } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { dayOf, type Stamp } from '../base/time.ts'
import { publicPath, type safeNow } from './schema.public.ts'
import { additionForm, readForm, reportForm, returnForm } from './schema.public-form.ts'
import { BeforeFirstWord, Go, Heading, Say, Section } from './screens.public.tsx'
import { LiveChat, Working } from './screens.public-chat.tsx'
import { HelpQuestion } from './screens.public-help.tsx'

/* Pages on which somebody writes to us or reads an answer. None needs JavaScript. */

/** Kept words and errors of a form that is shown again. */
export interface FormView {
  readonly values?: Values | undefined
  readonly errors?: Errors | undefined
}

/** The report form. `submission`, `seed` and `language` are in `values` from the first showing on. */
export const reportScreen = (view: FormView, t: T) => (
  <FormPage
    form={reportForm}
    t={t}
    action={publicPath(t.locale, 'write')}
    values={view.values}
    errors={view.errors}
    title={t('contact-public.report.title')}
    intro={
      <>
        <BeforeFirstWord t={t} />
        <p class="govuk-body">{t('contact-public.report.intro')}</p>
      </>
    }
    submitLabel={t('contact-public.report.send')}
  />
)

export interface SentView {
  /** Eight words, or seven groups of digits. */
  readonly parts: readonly string[]
  readonly kind: 'words' | 'digits'
  readonly safeNow: (typeof safeNow)[number]
}

/** "We have your message", and the receipt. Not keeping it is said to be fine: what is kept can be found. */
export const sentScreen = (view: SentView, t: T) => (
  <>
    <Heading>{t('contact-public.receipt.title')}</Heading>
    {view.safeNow === 'no' ? <InsetText text={t('contact-public.receipt.dangerNow')} /> : null}
    {view.safeNow === 'unsure' ? <InsetText text={t('contact-public.receipt.dangerUnsure')} /> : null}
    <Say>{t('contact-public.receipt.thanks')}</Say>
    <Say>{t('contact-public.receipt.next')}</Say>
    <Section title={t(`contact-public.receipt.${view.kind}Title`)}>
      <p class="govuk-body">{t(`contact-public.receipt.${view.kind}`)}</p>
      {view.kind === 'words' ? (
        <ol class="dv-secret" translate={false}>
          {view.parts.map(word => (
            <li>{word}</li>
          ))}
        </ol>
      ) : (
        <p class="dv-secret" translate={false}>
          {view.parts.join(' ')}
        </p>
      )}
      <Say>
        <strong>{t('contact-public.receipt.keepSafe')}</strong>
      </Say>
      <p class="govuk-body">{t('contact-public.receipt.notKeep')}</p>
      {view.kind === 'words' ? (
        <p class="govuk-body">
          {t('contact-public.receipt.learn')} {t('contact-public.receipt.learnStory')}
        </p>
      ) : null}
      <p class="govuk-body">
        {t('contact-public.receipt.secret')} {t('contact-public.receipt.noSecond')}
      </p>
    </Section>
    <Go to="safety" text={t('contact-public.home.safety')} t={t} />
    <Go to="home" text={t('contact-public.receipt.done')} t={t} />
  </>
)

/** "I wrote before". What is wrong is told from the word lists alone; an unknown receipt and a wrong one give the same page. */
export const backScreen = (view: FormView, t: T) => (
  <div data-chat="back">
    <div data-part="before">
      <div data-part="no-answer" hidden tabIndex={-1} role="alert">
        <InsetText text={t('contact-public.error.noAnswer')} />
      </div>
      {/* Said on the device, so that words with a mistake in them are not sent either. */}
      <div
        data-part="wrong-words"
        data-wrong={t('contact-public.error.wrongWords', { list: '%' })}
        data-count={t('chat.count')}
        hidden
        tabIndex={-1}
        role="alert"
      >
        <p class="govuk-error-message" data-text />
      </div>
      <Working t={t} />
      <FormPage
        form={returnForm}
        t={t}
        action={publicPath(t.locale, 'back')}
        values={view.values}
        errors={view.errors}
        title={t('contact-public.back.title')}
        submitLabel={t('contact-public.back.show')}
      />
      <Section title={t('contact-public.back.lost')}>
        <p class="govuk-body">{t('contact-public.back.lostText')}</p>
        <Go to="write" text={t('contact-public.home.tell')} t={t} />
      </Section>
      <p class="govuk-hint" data-part="by-device" hidden>
        {t('chat.backByDevice')}
      </p>
      <p class="govuk-hint" data-part="by-server">
        {t('chat.backByServer')}
      </p>
    </div>
    <LiveChat t={t} />
  </div>
)

export interface Answer {
  readonly id: Id
  readonly at: Stamp
  readonly text: string
}
export interface TalkView extends FormView {
  /** Answers not yet marked as read, oldest first. Never the sender's own words: somebody else may hold the phone. */
  readonly answers: readonly Answer[]
  /** The words as they were typed: they go on in the forms of this page. */
  readonly words: string
  /** Ids of the two commands that can be given here. */
  readonly addCommand: Id
  readonly readCommand: Id
}

export const talkScreen = (view: TalkView, t: T) => (
  <>
    <FormErrors form={additionForm} errors={view.errors ?? {}} t={t} />
    <Heading>{t('contact-public.talk.title')}</Heading>
    {view.answers.length === 0 ? (
      <>
        <Say>{t('contact-public.talk.nothing')}</Say>
        <p class="govuk-body">{t('contact-public.talk.nothingNext')}</p>
      </>
    ) : (
      <>
        <Messages
          label={t('contact-public.talk.title')}
          items={view.answers.map(a => ({
            type: 'received' as const,
            text: a.text,
            sender: t('contact-public.talk.us'),
            datetime: dayOf(a.at),
            when: formatDay(dayOf(a.at), t.locale),
          }))}
        />
        <Section title={t('contact-public.talk.readTitle')}>
          <p class="govuk-body">{t('contact-public.talk.readText')}</p>
          <Form
            form={readForm}
            t={t}
            action={publicPath(t.locale, 'read')}
            command={view.readCommand}
            values={{ words: view.words, messages: view.answers.map(a => a.id).join(' ') }}
            submitLabel={t('contact-public.talk.read')}
          />
          <p class="govuk-body">{t('contact-public.talk.keep')}</p>
        </Section>
      </>
    )}
    <Section title={t('contact-public.talk.addTitle')}>
      <Form
        form={additionForm}
        t={t}
        action={publicPath(t.locale, 'talk')}
        command={view.addCommand}
        values={{ ...view.values, words: view.words }}
        errors={view.errors}
        submitLabel={t('contact-public.talk.add')}
      />
    </Section>
    <form action={publicPath(t.locale, 'end')} method="post" class="dv-form">
      <p class="govuk-body">{t('contact-public.talk.endText')}</p>
      <Button text={t('contact-public.talk.end')} classes="govuk-button--secondary" />
    </form>
  </>
)

/* Back to the answers, by the words of this page. */
const Again = ({ words, t }: { words: string; t: T }) => (
  <form action={publicPath(t.locale, 'back')} method="post" class="dv-form">
    <input type="hidden" name="words" value={words} />
    <Button text={t('contact-public.added.talk')} classes="govuk-button--secondary" />
  </form>
)

/** After something was added. */
export const addedScreen = (view: { words: string }, t: T) => (
  <>
    <Heading>{t('contact-public.added.title')}</Heading>
    <Say>{t('contact-public.added.text')}</Say>
    <Again words={view.words} t={t} />
    <Go to="home" text={t('contact-public.added.home')} t={t} />
  </>
)

/** After "I have read this". */
export const readScreen = (view: { words: string }, t: T) => (
  <>
    <Heading>{t('contact-public.read.title')}</Heading>
    <Say>{t('contact-public.read.text')}</Say>
    <Again words={view.words} t={t} />
    <Go to="home" text={t('contact-public.added.home')} t={t} />
  </>
)

/** After "close this page". */
export const endedScreen = (t: T) => (
  <>
    <Heading>{t('contact-public.ended.title')}</Heading>
    <Say>{t('contact-public.ended.text')}</Say>
    <HelpQuestion t={t} />
    <Go to="safety" text={t('contact-public.home.safety')} t={t} />
    <Go to="home" text={t('contact-public.added.home')} t={t} />
  </>
)
