import { type Attrs, type Content, cx, useWords } from './common.tsx'

/** A weather page: nobody is surprised to see it over a shoulder, it opens in Russia, and it has no account. */
export const exitAddress = 'https://ya.ru/pogoda'

export interface ExitThisPageProps {
  id?: string | undefined
  text?: Content
  redirectUrl?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
  /** Said to a screen reader by the browser file. */
  activatedText?: string | undefined
  timedOutText?: string | undefined
  pressTwoMoreTimesText?: string | undefined
  pressOneMoreTimeText?: string | undefined
}
/** Leaves at once. Works as a plain link; the browser file makes it faster, blanks the page, and forgets. */
export const ExitThisPage = (p: ExitThisPageProps) => {
  const t = useWords()
  return (
    <div
      id={p.id || undefined}
      class={cx('govuk-exit-this-page', p.classes)}
      data-module="govuk-exit-this-page"
      {...p.attributes}
      {...(p.activatedText ? { 'data-i18n.activated': p.activatedText } : {})}
      {...(p.timedOutText ? { 'data-i18n.timed-out': p.timedOutText } : {})}
      {...(p.pressTwoMoreTimesText ? { 'data-i18n.press-two-more-times': p.pressTwoMoreTimesText } : {})}
      {...(p.pressOneMoreTimeText ? { 'data-i18n.press-one-more-time': p.pressOneMoreTimeText } : {})}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: without JavaScript it must be a link */}
      <a
        href={p.redirectUrl || exitAddress}
        role="button"
        draggable={false}
        class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        data-module="govuk-button"
        rel="nofollow noreferrer"
      >
        {p.text ?? (
          <>
            <span class="govuk-visually-hidden">{t('base.exit.emergency')}</span>
            {` ${t('base.exit.leave')}`}
          </>
        )}
      </a>
    </div>
  )
}
