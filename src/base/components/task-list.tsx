import { type Attrs, type Content, cx } from './common.tsx'
import { Tag, type TagProps } from './tag.tsx'

export interface TaskItem {
  title: { text: Content; classes?: string | undefined }
  hint?: { text?: Content } | undefined
  status: { text?: Content; tag?: TagProps | undefined; classes?: string | undefined }
  href?: string | undefined
  classes?: string | undefined
}
export interface TaskListProps {
  items: readonly (TaskItem | null | undefined | false | '')[]
  idPrefix?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const TaskList = (p: TaskListProps) => (
  <ul class={cx('govuk-task-list', p.classes)} {...p.attributes}>
    {p.items.map((item, at) => {
      if (!item) return null
      const id = `${p.idPrefix || 'task-list'}-${at + 1}`
      return (
        <li class={cx('govuk-task-list__item', item.href && 'govuk-task-list__item--with-link', item.classes)}>
          <div class="govuk-task-list__name-and-hint">
            {item.href ? (
              <a
                class={cx('govuk-link govuk-task-list__link', item.title.classes)}
                href={item.href}
                aria-describedby={cx(item.hint && `${id}-hint`, `${id}-status`)}
              >
                {item.title.text}
              </a>
            ) : (
              <div class={item.title.classes || undefined}>{item.title.text}</div>
            )}
            {item.hint ? (
              <div id={`${id}-hint`} class="govuk-task-list__hint">
                {item.hint.text}
              </div>
            ) : null}
          </div>
          <div class={cx('govuk-task-list__status', item.status.classes)} id={`${id}-status`}>
            {item.status.tag ? <Tag {...item.status.tag} /> : item.status.text}
          </div>
        </li>
      )
    })}
  </ul>
)
