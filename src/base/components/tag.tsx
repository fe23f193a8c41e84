import { type Attrs, type Content, cx, useWords } from './common.tsx'

export interface TagProps {
  text?: Content
  /** `govuk-tag--red` … ; colour never says anything alone, so the text must. */
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const Tag = (p: TagProps) => (
  <strong class={cx('govuk-tag', p.classes)} {...p.attributes}>
    {p.text}
  </strong>
)

/** How dangerous it is for the child: always in words; red only for danger now. */
export const dangerLevels = ['none', 'watch', 'serious', 'now', 'unknown'] as const
export type DangerLevel = (typeof dangerLevels)[number]
export const DangerTag = ({ level }: { level: DangerLevel }) => {
  const t = useWords()
  return <strong class={`govuk-tag dv-danger dv-danger--${level}`}>{t(`base.danger.${level}`)}</strong>
}

/** What is due: amber with words; a late thing is said, not shouted. */
export const DueTag = ({ text, late }: { text: string; late?: boolean | undefined }) => (
  <strong class={cx('govuk-tag dv-due', late && 'dv-due--late')}>{text}</strong>
)

/** A small framed word beside a heading. */
export const Badge = (p: TagProps) => (
  <span class={cx('moj-badge', p.classes)} {...p.attributes}>
    {p.text}
  </span>
)

/** A count beside a word, with a word for who listens. Nothing at zero. */
export const CountBadge = ({ count, label }: { count: number; label: string }) =>
  count > 0 ? (
    <span class="dv-count">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="govuk-visually-hidden">{` (${count} ${label})`}</span>
    </span>
  ) : null
