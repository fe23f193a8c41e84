import { type Attrs, type Content, cx, useWords } from './common.tsx'
import { Tag, type TagProps } from './tag.tsx'

export interface NotificationProps {
  type?: 'success' | undefined
  titleText?: Content
  titleId?: string | undefined
  titleHeadingLevel?: number | undefined
  /** One line in the heading style; `children` stand as they are. */
  text?: Content
  children?: Content
  role?: 'alert' | 'region' | (string & {}) | undefined
  disableAutoFocus?: boolean | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const Notification = (p: NotificationProps) => {
  const t = useWords()
  const Heading = `h${p.titleHeadingLevel || 2}` as 'h2'
  const id = p.titleId || 'govuk-notification-banner-title'
  const success = p.type === 'success'
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is always set, region or alert
    <div
      class={cx('govuk-notification-banner', success && 'govuk-notification-banner--success', p.classes)}
      // biome-ignore lint/suspicious/noExplicitAny: the caller names any role
      role={(p.role || (success ? 'alert' : 'region')) as any}
      aria-labelledby={id}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={p.disableAutoFocus === undefined ? undefined : String(p.disableAutoFocus)}
      {...p.attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={id}>
          {p.titleText || t(success ? 'base.component.success' : 'base.component.important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {p.children ?? (p.text ? <p class="govuk-notification-banner__heading">{p.text}</p> : null)}
      </div>
    </div>
  )
}

export interface NoteProps {
  text?: Content
  children?: Content
  id?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const WarningText = (p: NoteProps & { iconFallbackText?: string | undefined }) => {
  const t = useWords()
  return (
    <div class={cx('govuk-warning-text', p.classes)} {...p.attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{p.iconFallbackText || t('base.component.warning')}</span> {p.text ?? p.children}
      </strong>
    </div>
  )
}

export const InsetText = (p: NoteProps) => (
  <div id={p.id || undefined} class={cx('govuk-inset-text', p.classes)} {...p.attributes}>
    {p.text ?? p.children}
  </div>
)

export const Details = (p: NoteProps & { summaryText: Content; open?: boolean | undefined }) => (
  <details id={p.id || undefined} class={cx('govuk-details', p.classes)} {...p.attributes} open={p.open || undefined}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{p.summaryText}</span>
    </summary>
    <div class="govuk-details__text">{p.text ?? p.children}</div>
  </details>
)

/** The green "it is done" panel. The interruption variant is not built. */
export const Panel = (p: NoteProps & { titleText: Content; headingLevel?: number | undefined }) => {
  const Heading = `h${p.headingLevel || 1}` as 'h1'
  const body = p.text ?? p.children
  return (
    <div class={cx('govuk-panel govuk-panel--confirmation', p.classes)} {...p.attributes}>
      <Heading class="govuk-panel__title">{p.titleText}</Heading>
      {body ? <div class="govuk-panel__body">{body}</div> : null}
    </div>
  )
}

export const PhaseBanner = (p: NoteProps & { tag?: TagProps | undefined }) => (
  <div class={cx('govuk-phase-banner govuk-width-container', p.classes)} {...p.attributes}>
    <p class="govuk-phase-banner__content">
      <Tag text={p.tag?.text} classes={cx('govuk-phase-banner__content__tag', p.tag?.classes)} />
      <span class="govuk-phase-banner__text">{p.text ?? p.children}</span>
    </p>
  </div>
)

/** On every page of a demonstration: nobody may take invented children for real ones, or write about a real one here. */
export const DemoBanner = () => {
  const t = useWords()
  return (
    <aside class="dv-demo" aria-label={t('base.demo.label')}>
      <PhaseBanner tag={{ text: t('base.demo.label') }} text={t('base.demo.text')} />
    </aside>
  )
}

/** What a list, search or page shows when there is nothing: why, and what to do next. */
export const EmptyState = (p: { title: string; text?: Content; action?: { text: string; href: string } | undefined }) => (
  <div class="dv-empty">
    <h2 class="govuk-heading-m">{p.title}</h2>
    {p.text ? <p class="govuk-body">{p.text}</p> : null}
    {p.action ? (
      <p class="govuk-body">
        <a class="govuk-link" href={p.action.href}>
          {p.action.text}
        </a>
      </p>
    ) : null}
  </div>
)

/** Shown in the place of a part that is being made (a picture, an index after unlocking); the page is complete without it. */
export const Loading = ({ text }: { text?: string | undefined }) => {
  const t = useWords()
  return (
    <p class="govuk-body dv-loading" role="status">
      {text ?? t('base.state.loading')}
    </p>
  )
}
