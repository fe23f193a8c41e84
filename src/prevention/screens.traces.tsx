import { InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'

const Link = ({ to, text, t }: { to: string; text: string; t: T }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={`/${t.locale}${to}`}>
      {text}
    </a>
  </p>
)
const List = ({ keys, t }: { keys: readonly string[]; t: T }) => (
  <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
    {keys.map(k => (
      <li>{t(`traces.clear.${k}`)}</li>
    ))}
  </ul>
)
const Title = ({ of, t }: { of: string; t: T }) => <h2 class="govuk-heading-m">{t(`traces.clear.${of}Title`)}</h2>

/** How to clear traces. What cannot be cleared stands first: whoever believes that all is gone is in more danger than whoever knows that it is not. */
export const clearScreen = (t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('traces.clear.title')}</h1>
    <p class="govuk-body-l">{t('traces.clear.intro')}</p>
    <Title of="cannot" t={t} />
    <List keys={['other', 'family', 'control', 'provider', 'sent', 'here'].map(k => `cannot.${k}`)} t={t} />
    <Title of="keep" t={t} />
    <InsetText text={t('traces.clear.keep')} />
    <Title of="one" t={t} />
    <p class="govuk-body">{t('traces.clear.one')}</p>
    <Title of="steps" t={t} />
    <h3 class="govuk-heading-s">{t('traces.clear.browsersTitle')}</h3>
    <List keys={['chrome', 'safari', 'samsung', 'computer', 'typed']} t={t} />
    <h3 class="govuk-heading-s">{t('traces.clear.messengersTitle')}</h3>
    <List keys={['telegram', 'whatsapp', 'vk', 'calls']} t={t} />
    <Title of="next" t={t} />
    <List keys={['next1', 'next2', 'next3']} t={t} />
    <Link to="/safety" text={t('traces.clear.safety')} t={t} />
    <Link to="/" text={t('traces.clear.home')} t={t} />
  </>
)

/** The first page in the look of lessons: the same ways on, in words that say nothing of us. */
export const skinHomeScreen = (t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('traces.skin.homeTitle')}</h1>
    <p class="govuk-body">{t('traces.skin.homeText')}</p>
    <ul class="govuk-list govuk-list--spaced">
      {(
        [
          ['/chat', 'ask'],
          ['/write', 'write'],
          ['/back', 'back'],
          ['/check', 'check'],
          ['/learn', 'read'],
          ['/urgent', 'numbers'],
          ['/clear', 'clear'],
        ] as const
      ).map(([to, k]) => (
        <li>
          <a class="govuk-link" href={`/${t.locale}${to}`}>
            {t(`traces.skin.${k}`)}
          </a>
        </li>
      ))}
    </ul>
    <p class="govuk-body dv-small">
      {/* Without the slash at its end this address is the usual look: the skin keeps all others (site.ts). */}
      <a class="govuk-link" href={`/${t.locale}`}>
        {t('traces.skin.usual')}
      </a>
    </p>
  </>
)
