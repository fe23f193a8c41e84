import type { Content } from '../base/components/index.tsx'
import { Button, Details, InsetText } from '../base/components/index.tsx'
import type { Locale, T } from '../base/i18n.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import { type PublicPage, publicPath } from './schema.public.ts'

/* Pages of the public site that ask nothing. Each is what stands inside <main>; the shell adds the neutral title, the exit and the languages. */

/** A number that may be shown today. */
export interface Helpline {
  /** ISO 3166-1 code. */
  readonly country: string
  readonly always: boolean
  readonly number: string
  /** By catalogue language; Russian stands in for a missing one. */
  readonly names: Readonly<Record<string, string>>
  readonly hours: Readonly<Record<string, string>>
}

const own = (words: Readonly<Record<string, string>>, locale: Locale): string => {
  if (locale === 'uz-Cyrl') return toUzbekCyrillic(words.uz ?? '') || (words.ru ?? '')
  return words[locale] ?? words.ru ?? ''
}

export const Heading = ({ children }: { children: Content }) => <h1 class="govuk-heading-l">{children}</h1>
export const Section = ({ title, children }: { title: string; children: Content }) => (
  <section>
    <h2 class="govuk-heading-m">{title}</h2>
    {children}
  </section>
)
export const Say = ({ children }: { children: Content }) => <p class="govuk-body-l">{children}</p>
export const Go = ({ to, text, t }: { to: PublicPage; text: string; t: T }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={publicPath(t.locale, to)}>
      {text}
    </a>
  </p>
)

const Choice = ({ to, text, hint, t }: { to: PublicPage; text: string; hint: string; t: T }) => (
  <li>
    <h2 class="govuk-heading-m">
      <a class="govuk-link" href={publicPath(t.locale, to)}>
        {text}
      </a>
    </h2>
    <p class="govuk-hint">{hint}</p>
  </li>
)

/** Who we are, whether somebody is there now, and the ways on. */
export const homeScreen = (t: T, desk?: Content) => (
  <>
    <Heading>{t('contact-public.home.title')}</Heading>
    <Say>{t('contact-public.home.who')}</Say>
    <Say>{t('contact-public.home.noName')}</Say>
    {desk}
    <ul class="dv-steps">
      <Choice to="chat" text={t('chat.home.chat')} hint={t('chat.home.chatHint')} t={t} />
      <Choice to="write" text={t('contact-public.home.tell')} hint={t('contact-public.home.tellHint')} t={t} />
      <Choice to="concern" text={t('concern.home.link')} hint={t('concern.home.hint')} t={t} />
      <Choice to="back" text={t('contact-public.home.answer')} hint={t('contact-public.home.answerHint')} t={t} />
      <Choice to="check" text={t('prevention.home.check')} hint={t('prevention.home.checkHint')} t={t} />
      <Choice to="learn" text={t('prevention-learn.home.learn')} hint={t('prevention-learn.home.learnHint')} t={t} />
    </ul>
    <Go to="urgent" text={t('contact-public.home.urgent')} t={t} />
    <Go to="safety" text={t('contact-public.home.safety')} t={t} />
    <Go to="how" text={t('contact-public.home.how')} t={t} />
    <Go to="clear" text={t('traces.clear.link')} t={t} />
    <p class="govuk-body">
      <a class="govuk-link" href={`/h/${t.locale}/`}>
        {t('traces.skin.on')}
      </a>
      <br />
      <span class="govuk-hint">{t('traces.skin.onHint')}</span>
    </p>
  </>
)

const callHref = (number: string) => `tel:${number.replace(/[^+\d]/g, '')}`

const Numbers = ({ lines, t }: { lines: readonly Helpline[]; t: T }) => (
  <ul class="dv-steps">
    {lines.map(line => (
      <li>
        <p class="govuk-body">
          <a class="dv-phone govuk-link" href={callHref(line.number)}>
            {line.number}
          </a>
        </p>
        <p class="govuk-body">{own(line.names, t.locale)}</p>
        {own(line.hours, t.locale) ? (
          <p class="govuk-hint">{t('contact-public.urgent.hours', { hours: own(line.hours, t.locale) })}</p>
        ) : null}
      </li>
    ))}
  </ul>
)

/** Where most readers are. The same three digits ring in another place in another country, so numbers of other countries stand apart under its name. */
const here = 'RU'

/** Numbers to call, the one that always answers first. */
export const urgentScreen = (view: { numbers: readonly Helpline[] }, t: T) => {
  const country = new Intl.DisplayNames([t.locale], { type: 'region' })
  const near = view.numbers.filter(n => n.always || n.country === here)
  const elsewhere = [...new Set(view.numbers.filter(n => !near.includes(n)).map(n => n.country))]
  return (
    <>
      <Heading>{t('contact-public.urgent.title')}</Heading>
      <Say>{t('contact-public.urgent.call')}</Say>
      <p class="govuk-body">{t('contact-public.urgent.say')}</p>
      <p class="govuk-body">{t('contact-public.urgent.cannotTalk')}</p>
      <h2 class="govuk-heading-m">{t('contact-public.urgent.list')}</h2>
      <Numbers lines={near} t={t} />
      {elsewhere.length > 0 ? (
        <Details summaryText={t('contact-public.urgent.elsewhere')}>
          {elsewhere.map(code => (
            <>
              <h3 class="govuk-heading-s">{country.of(code) ?? code}</h3>
              <Numbers lines={view.numbers.filter(n => n.country === code && !near.includes(n))} t={t} />
            </>
          ))}
        </Details>
      ) : null}
      <p class="govuk-body">{t('contact-public.urgent.trace')}</p>
      <Go to="write" text={t('contact-public.urgent.write')} t={t} />
    </>
  )
}

/** Said before the first word is written, on the page that asks for it: what stays here, what must go on, and that we tell first. `lock`: where the words are locked, unless the page says that itself. */
export const BeforeFirstWord = ({ t, lock = true }: { t: T; lock?: boolean }) => (
  <InsetText>
    <h2 class="govuk-heading-m">{t('contact-public.before.title')}</h2>
    <Say>{t('contact-public.before.between')}</Say>
    <Say>{t('contact-public.before.mustTell')}</Say>
    <p class="govuk-body">{t('contact-public.before.noName')}</p>
    <p class="govuk-body">{t('contact-public.before.screen')}</p>
    <Details summaryText={t('contact-public.home.how')}>
      {lock ? <p class="govuk-body">{t('contact-public.before.sealed')}</p> : null}
      <p class="govuk-body">{t('contact-public.before.noPictures')}</p>
    </Details>
  </InsetText>
)

/** What the exit button does and does not do, and how to clear traces. */
export const safetyScreen = (t: T) => (
  <>
    <Heading>{t('contact-public.safety.title')}</Heading>
    <Section title={t('contact-public.safety.exitTitle')}>
      <p class="govuk-body">{t('contact-public.safety.exit')}</p>
      <p class="govuk-body">{t('contact-public.safety.exitKeys')}</p>
      <p class="govuk-body">
        <strong>{t('contact-public.safety.exitNot')}</strong>
      </p>
    </Section>
    <Section title={t('contact-public.safety.clearTitle')}>
      <ol class="govuk-list govuk-list--number">
        <li>{t('contact-public.safety.clear1')}</li>
        <li>{t('contact-public.safety.clear2')}</li>
        <li>{t('contact-public.safety.clear3')}</li>
      </ol>
    </Section>
    <Section title={t('contact-public.safety.spyTitle')}>
      <p class="govuk-body">{t('contact-public.safety.spy')}</p>
    </Section>
    <Go to="clear" text={t('traces.clear.link')} t={t} />
    <Go to="home" text={t('contact-public.safety.home')} t={t} />
  </>
)

/** Explains leaving before it is needed. `exitHref` is the one neutral place that every exit leads to. */
export const exitScreen = (view: { exitHref: string }, t: T) => (
  <>
    <Heading>{t('contact-public.exit.title')}</Heading>
    <Say>{t('contact-public.exit.text')}</Say>
    <p class="govuk-body">{t('contact-public.exit.history')}</p>
    <Button text={t('contact-public.exit.go')} href={view.exitHref} attributes={{ rel: 'nofollow noreferrer' }} />
    <Go to="home" text={t('contact-public.exit.stay')} t={t} />
    <Go to="safety" text={t('contact-public.exit.safety')} t={t} />
  </>
)

/** The same for an address that never existed and for one that may not be seen. */
export const notFoundScreen = (t: T) => (
  <>
    <Heading>{t('contact-public.notFound.title')}</Heading>
    <Say>{t('contact-public.notFound.text')}</Say>
    <Go to="home" text={t('contact-public.notFound.home')} t={t} />
  </>
)

/** 503: nothing is shown as sent that was not. The form comes back with the browser's own "back". */
export const busyScreen = (t: T) => (
  <>
    <Heading>{t('contact-public.busy.title')}</Heading>
    <Say>{t('contact-public.busy.text')}</Say>
    <p class="govuk-body">{t('contact-public.busy.again')}</p>
    <Say>{t('contact-public.busy.call')}</Say>
    <Go to="urgent" text={t('contact-public.busy.numbers')} t={t} />
  </>
)

/** What is locked, what is not, what we cannot promise. */
export const howScreen = (t: T) => (
  <>
    <Heading>{t('contact-public.how.title')}</Heading>
    <Section title={t('contact-public.how.lockTitle')}>
      <p class="govuk-body">{t('contact-public.how.lock')}</p>
      <p class="govuk-body">{t('contact-public.how.who')}</p>
      <p class="govuk-body">{t('contact-public.how.look')}</p>
    </Section>
    <Section title={t('contact-public.how.notTitle')}>
      <p class="govuk-body">{t('contact-public.how.live')}</p>
      <p class="govuk-body">{t('contact-public.how.history')}</p>
    </Section>
    <Section title={t('contact-public.how.keepTitle')}>
      <p class="govuk-body">{t('contact-public.how.keep')}</p>
    </Section>
    <Section title={t('contact-public.how.tellTitle')}>
      <p class="govuk-body">{t('contact-public.how.tell')}</p>
    </Section>
    <Go to="home" text={t('contact-public.how.home')} t={t} />
  </>
)
