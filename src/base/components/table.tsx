import { type Attrs, type Content, cx } from './common.tsx'

export interface TableCell {
  text?: Content
  format?: 'numeric' | (string & {}) | undefined
  classes?: string | undefined
  colspan?: number | undefined
  rowspan?: number | undefined
  attributes?: Attrs | undefined
}
export interface TableProps {
  caption?: Content
  captionClasses?: string | undefined
  head?: readonly TableCell[] | undefined
  rows: readonly (readonly TableCell[] | null | undefined | false)[]
  firstCellIsHeader?: boolean | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}

export const Table = (p: TableProps) => (
  <table class={cx('govuk-table', p.classes)} {...p.attributes}>
    {p.caption ? <caption class={cx('govuk-table__caption', p.captionClasses)}>{p.caption}</caption> : null}
    {p.head ? (
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {p.head.map(cell => (
            <th
              scope="col"
              class={cx('govuk-table__header', cell.format && `govuk-table__header--${cell.format}`, cell.classes)}
              colspan={cell.colspan || undefined}
              rowspan={cell.rowspan || undefined}
              {...cell.attributes}
            >
              {cell.text}
            </th>
          ))}
        </tr>
      </thead>
    ) : null}
    <tbody class="govuk-table__body">
      {p.rows.map(row =>
        row ? (
          <tr class="govuk-table__row">
            {row.map((cell, at) =>
              at === 0 && p.firstCellIsHeader ? (
                <th
                  scope="row"
                  class={cx('govuk-table__header', cell.classes)}
                  colspan={cell.colspan || undefined}
                  rowspan={cell.rowspan || undefined}
                  {...cell.attributes}
                >
                  {cell.text}
                </th>
              ) : (
                <td
                  class={cx('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
                  colspan={cell.colspan || undefined}
                  rowspan={cell.rowspan || undefined}
                  {...cell.attributes}
                >
                  {cell.text}
                </td>
              ),
            )}
          </tr>
        ) : null,
      )}
    </tbody>
  </table>
)

/** A table that scrolls inside its own frame on a phone; the page itself never scrolls sideways. `label` names the frame, which takes the keyboard. */
export const ScrollTable = (p: TableProps & { label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll the frame
  <section class="dv-scroll" aria-label={p.label} tabIndex={0}>
    <Table {...p} />
  </section>
)

export interface SortHeading {
  text: string
  href: string
  /** How the list is sorted by this column now. */
  sorted?: 'ascending' | 'descending' | undefined
  format?: 'numeric' | undefined
}
/** A heading that sorts the list by address, so that it works without JavaScript and can be sent to a colleague. */
export const sortHeading = (h: SortHeading): TableCell => ({
  text: (
    <a class="dv-sort" href={h.href}>
      {h.text}
      {h.sorted ? <span aria-hidden="true">{h.sorted === 'ascending' ? ' ↑' : ' ↓'}</span> : null}
    </a>
  ),
  format: h.format,
  attributes: { 'aria-sort': h.sorted ?? 'none' },
})
