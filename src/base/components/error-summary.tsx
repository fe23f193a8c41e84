import { type Attrs, type Content, cx, useWords } from './common.tsx'

export interface ErrorSummaryItem {
  text?: Content
  href?: string | undefined
  attributes?: Attrs | undefined
}
export interface ErrorSummaryProps {
  titleText?: Content
  descriptionText?: Content
  errorList?: readonly ErrorSummaryItem[] | undefined
  disableAutoFocus?: boolean | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const ErrorSummary = (p: ErrorSummaryProps) => {
  const t = useWords()
  return (
    <div
      class={cx('govuk-error-summary', p.classes)}
      data-disable-auto-focus={p.disableAutoFocus === undefined ? undefined : String(p.disableAutoFocus)}
      {...p.attributes}
      data-module="govuk-error-summary"
    >
      {/* role="alert" stands on a child: on the element that takes focus, readers miss part of what is said */}
      <div role="alert">
        <h2 class="govuk-error-summary__title">{p.titleText ?? t('base.component.problem')}</h2>
        <div class="govuk-error-summary__body">
          {p.descriptionText ? <p>{p.descriptionText}</p> : null}
          {p.errorList?.length ? (
            <ul class="govuk-list govuk-error-summary__list">
              {p.errorList.map(item => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  )
}
