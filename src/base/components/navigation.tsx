import { type Attrs, type Content, cx, useWords } from './common.tsx'

export interface Crumb {
  text?: Content
  href?: string | undefined
  attributes?: Attrs | undefined
}
export interface BreadcrumbsProps {
  items: readonly Crumb[]
  collapseOnMobile?: boolean | undefined
  labelText?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const Breadcrumbs = (p: BreadcrumbsProps) => {
  const t = useWords()
  return (
    <nav
      class={cx('govuk-breadcrumbs', p.classes, p.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')}
      {...p.attributes}
      aria-label={p.labelText ?? t('base.component.breadcrumb')}
    >
      <ol class="govuk-breadcrumbs__list">
        {p.items.map(item =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}

export interface SkipLinkProps {
  text?: Content
  href?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const SkipLink = (p: SkipLinkProps) => {
  const t = useWords()
  return (
    <a href={p.href || '#content'} class={cx('govuk-skip-link', p.classes)} {...p.attributes} data-module="govuk-skip-link">
      {p.text ?? t('base.component.skip')}
    </a>
  )
}

export const BackLink = (p: SkipLinkProps) => {
  const t = useWords()
  return (
    <a href={p.href || '#'} class={cx('govuk-back-link', p.classes)} {...p.attributes}>
      {p.text || t('base.component.back')}
    </a>
  )
}

export interface PageItem {
  number?: number | string | undefined
  href?: string | undefined
  current?: boolean | undefined
  ellipsis?: boolean | undefined
  visuallyHiddenText?: string | undefined
  attributes?: Attrs | undefined
}
export interface PageLink {
  href: string
  text?: Content
  labelText?: string | undefined
  attributes?: Attrs | undefined
}
export interface PaginationProps {
  items?: readonly (PageItem | null)[] | undefined
  previous?: PageLink | undefined
  next?: PageLink | undefined
  landmarkLabel?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
}
const Arrow = ({ type }: { type: 'prev' | 'next' }) => (
  <svg
    class={`govuk-pagination__icon govuk-pagination__icon--${type}`}
    xmlns="http://www.w3.org/2000/svg"
    height="13"
    width="15"
    aria-hidden="true"
    focusable="false"
    viewBox="0 0 15 13"
  >
    <path d={arrows[type]} />
  </svg>
)

const ArrowLink = ({ link, type, block }: { link: PageLink; type: 'prev' | 'next'; block: boolean }) => {
  const t = useWords()
  return (
    <div class={`govuk-pagination__${type}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={type} {...link.attributes}>
        {block || type === 'prev' ? <Arrow type={type} /> : null}
        <span class={cx('govuk-pagination__link-title', block && !link.labelText && 'govuk-pagination__link-title--decorated')}>
          {link.text || (
            <>
              {t(`base.component.${type}`)}
              <span class="govuk-visually-hidden"> {t('base.component.pageWord')}</span>
            </>
          )}
        </span>
        {link.labelText && block ? (
          <>
            <span class="govuk-visually-hidden">:</span>
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        ) : null}
        {!block && type === 'next' ? <Arrow type={type} /> : null}
      </a>
    </div>
  )
}

export const Pagination = (p: PaginationProps) => {
  const t = useWords()
  const block = !p.items && Boolean(p.next || p.previous)
  return (
    <nav
      class={cx('govuk-pagination', block && 'govuk-pagination--block', p.classes)}
      aria-label={p.landmarkLabel || t('base.component.pagination')}
      {...p.attributes}
    >
      {p.previous?.href ? <ArrowLink link={p.previous} type="prev" block={block} /> : null}
      {p.items ? (
        <ul class="govuk-pagination__list">
          {p.items.map(item =>
            item === null || (item.number === undefined && !item.ellipsis) ? null : (
              <li
                class={cx(
                  'govuk-pagination__item',
                  item.current && 'govuk-pagination__item--current',
                  item.ellipsis && 'govuk-pagination__item--ellipsis',
                )}
              >
                {item.ellipsis ? (
                  '⋯'
                ) : (
                  <a
                    class="govuk-link govuk-pagination__link"
                    href={item.href ?? ''}
                    aria-label={item.visuallyHiddenText ?? t('base.component.page', { number: item.number ?? '' })}
                    aria-current={item.current ? 'page' : undefined}
                    {...item.attributes}
                  >
                    {item.number}
                  </a>
                )}
              </li>
            ),
          )}
        </ul>
      ) : null}
      {p.next?.href ? <ArrowLink link={p.next} type="next" block={block} /> : null}
    </nav>
  )
}

/** Page numbers 1 … around the current … last, for `Pagination`. `last` is the last known page. */
export const pageItems = (current: number, last: number, href: (page: number) => string): PageItem[] => {
  const shown = [...new Set([1, current - 1, current, current + 1, last])].filter(n => n >= 1 && n <= last).sort((a, b) => a - b)
  return shown.flatMap((n, at): PageItem[] => {
    const item: PageItem = { number: n, href: href(n), current: n === current }
    return at > 0 && n - shown[at - 1]! > 1 ? [{ ellipsis: true }, item] : [item]
  })
}

export interface SubNavigationItem {
  text: Content
  href: string
  active?: boolean | undefined
}
/** The parts of one record, as addresses of their own. */
export const SubNavigation = (p: { label: string; items: readonly SubNavigationItem[] }) => (
  <nav class="moj-sub-navigation" aria-label={p.label}>
    <ul class="moj-sub-navigation__list">
      {p.items.map(item => (
        <li class="moj-sub-navigation__item">
          <a class="moj-sub-navigation__link" aria-current={item.active ? 'page' : undefined} href={item.href}>
            {item.text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
