import { type Attrs, type Content, cx, useWords } from './common.tsx'

export interface TabItem {
  label: Content
  id?: string | undefined
  attributes?: Attrs | undefined
  panel: { text?: Content; children?: Content; attributes?: Attrs | undefined }
}
export interface TabsProps {
  items?: readonly (TabItem | null | undefined | false | '')[] | undefined
  idPrefix?: string | undefined
  title?: Content
  id?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
/** Parts of one page; without JavaScript they stand one under the other. */
export const Tabs = (p: TabsProps) => {
  const t = useWords()
  const items = (p.items ?? []).map((item, at) => (item ? { ...item, id: item.id || `${p.idPrefix}-${at + 1}`, first: at === 0 } : null))
  return (
    <div id={p.id || undefined} class={cx('govuk-tabs', p.classes)} {...p.attributes} data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{p.title ?? t('base.component.contents')}</h2>
      {items.length > 0 ? (
        <ul class="govuk-tabs__list">
          {items.map(item =>
            item ? (
              <li class={cx('govuk-tabs__list-item', item.first && 'govuk-tabs__list-item--selected')}>
                <a class="govuk-tabs__tab" href={`#${item.id}`} {...item.attributes}>
                  {item.label}
                </a>
              </li>
            ) : null,
          )}
        </ul>
      ) : null}
      {items.map(item =>
        item ? (
          <div class={cx('govuk-tabs__panel', !item.first && 'govuk-tabs__panel--hidden')} id={item.id} {...item.panel.attributes}>
            {item.panel.children ?? (item.panel.text ? <p class="govuk-body">{item.panel.text}</p> : null)}
          </div>
        ) : null,
      )}
    </div>
  )
}
