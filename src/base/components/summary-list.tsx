import { type Attrs, type Content, cx } from './common.tsx'

export interface SummaryAction {
  href: string
  text?: Content
  visuallyHiddenText?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export interface SummaryRow {
  key: { text: Content; classes?: string | undefined }
  value: { text?: Content; classes?: string | undefined }
  actions?: { items?: readonly SummaryAction[] | undefined; classes?: string | undefined } | undefined
  classes?: string | undefined
}
export interface SummaryCard {
  title?: { text?: Content; headingLevel?: number | undefined; classes?: string | undefined } | undefined
  actions?: { items?: readonly SummaryAction[] | undefined; classes?: string | undefined } | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export interface SummaryListProps {
  rows: readonly (SummaryRow | null | undefined | false | '')[]
  card?: SummaryCard | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}

const Action = ({ action, title }: { action: SummaryAction; title?: Content }) => (
  <a class={cx('govuk-link', action.classes)} href={action.href} {...action.attributes}>
    {action.text}
    {action.visuallyHiddenText || title ? (
      <span class="govuk-visually-hidden">
        {action.visuallyHiddenText ? ` ${action.visuallyHiddenText}` : null}
        {title ? [' (', title, ')'] : null}
      </span>
    ) : null}
  </a>
)

const Card = ({ card, children }: { card: SummaryCard; children: Content }) => {
  const Heading = `h${card.title?.headingLevel || 2}` as 'h2'
  const actions = card.actions?.items ?? []
  const title = card.title?.text
  return (
    <div class={cx('govuk-summary-card', card.classes)} {...card.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {card.title ? <Heading class={cx('govuk-summary-card__title', card.title.classes)}>{title}</Heading> : null}
        {actions.length === 1 ? (
          <div class={cx('govuk-summary-card__actions', card.actions?.classes)}>
            <Action action={actions[0]!} title={title} />
          </div>
        ) : actions.length > 1 ? (
          <ul class={cx('govuk-summary-card__actions', card.actions?.classes)}>
            {actions.map(action => (
              <li class="govuk-summary-card__action">
                <Action action={action} title={title} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  )
}

export const SummaryList = (p: SummaryListProps) => {
  const anyActions = p.rows.some(row => (row ? row.actions?.items?.length : 0))
  const title = p.card?.title?.text
  const list = (
    <dl class={cx('govuk-summary-list', p.classes)} {...p.attributes}>
      {p.rows.map(row => {
        if (!row) return null
        const actions = row.actions?.items ?? []
        return (
          <div
            class={cx('govuk-summary-list__row', anyActions && !row.actions?.items && 'govuk-summary-list__row--no-actions', row.classes)}
          >
            <dt class={cx('govuk-summary-list__key', row.key.classes)}>{row.key.text}</dt>
            <dd class={cx('govuk-summary-list__value', row.value.classes)}>{row.value.text}</dd>
            {actions.length > 0 ? (
              <dd class={cx('govuk-summary-list__actions', row.actions?.classes)}>
                {actions.length === 1 ? (
                  <Action action={actions[0]!} title={title} />
                ) : (
                  <ul class="govuk-summary-list__actions-list">
                    {actions.map(action => (
                      <li class="govuk-summary-list__actions-list-item">
                        <Action action={action} title={title} />
                      </li>
                    ))}
                  </ul>
                )}
              </dd>
            ) : null}
          </div>
        )
      })}
    </dl>
  )
  return p.card ? <Card card={p.card}>{list}</Card> : list
}
