import { Button, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { publicPath } from '../contact/schema.public.ts'
import { Go, Heading, Say, Section } from '../contact/screens.public.tsx'
import { linkPath } from './schema.ts'

/** Behind a link, before it is used: messengers open addresses by themselves, so that only a press counts. */
export const goScreen = (view: { readonly token: string; readonly press: string; readonly busy: boolean }, t: T) => (
  <>
    <Heading>{t('messenger.go.title')}</Heading>
    {view.busy ? <InsetText text={t('contact-public.busy.text')} /> : null}
    <Say>{t('messenger.go.text')}</Say>
    <p class="govuk-body">{t('messenger.go.once')}</p>
    <form action={linkPath(t.locale, view.token)} method="post" class="dv-form">
      <input type="hidden" name="press" value={view.press} />
      <Button text={t('messenger.go.continue')} />
    </form>
  </>
)

/** The link was used, or is older than a quarter of an hour. One page for both, and for one that never was. */
export const goneScreen = (t: T) => (
  <>
    <Heading>{t('messenger.gone.title')}</Heading>
    <Say>{t('messenger.gone.text')}</Say>
    <Go to="back" text={t('messenger.gone.back')} t={t} />
    <Go to="write" text={t('contact-public.home.tell')} t={t} />
  </>
)

/** The words of the conversation, and on to it. */
export const movedScreen = (view: { readonly parts: readonly string[]; readonly kind: 'words' | 'digits' }, t: T) => (
  <>
    <Heading>{t('messenger.movedPage.title')}</Heading>
    <Say>{t('messenger.movedPage.text')}</Say>
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
      <p class="govuk-body">{t('contact-public.receipt.secret')}</p>
    </Section>
    <form action={publicPath(t.locale, 'back')} method="post" class="dv-form">
      <input type="hidden" name="words" value={view.parts.join(' ')} />
      <Button text={t('messenger.movedPage.continue')} />
    </form>
    <p class="govuk-body">{t('messenger.movedPage.delete')}</p>
    <Go to="safety" text={t('contact-public.home.safety')} t={t} />
  </>
)
