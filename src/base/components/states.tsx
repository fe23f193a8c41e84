import type { T } from '../i18n.ts'

/** Statuses with words of their own; every other is told as 500 (ours) or 400 (theirs). */
export const errorStatuses = [400, 403, 404, 409, 413, 422, 429, 500, 503] as const
export type ErrorStatus = (typeof errorStatuses)[number]
export const knownStatus = (status: number): ErrorStatus => errorStatuses.find(s => s === status) ?? (status >= 500 ? 500 : 400)

/** What went wrong and what to do now, for inside a shell. The words for 404 are one for "hidden" and "absent": a difference would tell. */
export const errorScreen = (view: { status: number; public?: boolean | undefined }, t: T) => {
  const status = knownStatus(view.status)
  const key = `base.errorPage.s${status}`
  return (
    <>
      <h1 class="govuk-heading-l">{t(`${key}.title`)}</h1>
      <p class="govuk-body">{t(`${key}.text`)}</p>
      <p class="govuk-body">{t(view.public ? `${key}.doPublic` : `${key}.do`)}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/${t.locale}/`}>
          {t('base.errorPage.home')}
        </a>
      </p>
    </>
  )
}
