import { type Attrs, type Content, cx } from './common.tsx'

export interface TableCell {
  text?: Content
  format?: 'numeric' | (string & {}) | undefined
  /** Of a heading that is not plain text: what stands before the cell on a phone. */
  label?: string | undefined
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
  /** On a phone each row becomes a card with its headings. */
  stack?: boolean | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}

const labelOf = (head: TableCell | undefined): string | undefined => head?.label ?? (typeof head?.text === 'string' ? head.text : undefined)

/* Cells shown as blocks lose their meaning for a screen reader unless the roles are written out. */
const role = <R extends string>(stack: boolean | undefined, name: R): R | undefined => (stack ? name : undefined)

const Cell = ({ p, cell, at }: { p: TableProps; cell: TableCell; at: number }) => {
  const common = {
    colspan: cell.colspan || undefined,
    rowspan: cell.rowspan || undefined,
    'data-label': p.stack ? labelOf(p.head?.[at]) : undefined,
    ...cell.attributes,
  }
  return at === 0 && p.firstCellIsHeader ? (
    <th scope="row" role={role(p.stack, 'rowheader')} class={cx('govuk-table__header', cell.classes)} {...common}>
      {cell.text}
    </th>
  ) : (
    <td
      role={role(p.stack, 'cell')}
      class={cx('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
      {...common}
    >
      {cell.text}
    </td>
  )
}

export const Table = (p: TableProps) => (
  <table class={cx('govuk-table', p.stack && 'dv-stack', p.classes)} role={role(p.stack, 'table')} {...p.attributes}>
    {p.caption ? <caption class={cx('govuk-table__caption', p.captionClasses)}>{p.caption}</caption> : null}
    {p.head ? (
      <thead class="govuk-table__head" role={role(p.stack, 'rowgroup')}>
        <tr class="govuk-table__row" role={role(p.stack, 'row')}>
          {p.head.map(cell => (
            <th
              scope="col"
              role={role(p.stack, 'columnheader')}
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
    <tbody class="govuk-table__body" role={role(p.stack, 'rowgroup')}>
      {p.rows.map(row =>
        row ? (
          <tr class="govuk-table__row" role={role(p.stack, 'row')}>
            {row.map((cell, at) => (
              <Cell p={p} cell={cell} at={at} />
            ))}
          </tr>
        ) : null,
      )}
    </tbody>
  </table>
)

/** A list: rows become cards on a phone, and between phone and desk the table scrolls inside its own frame, which takes the keyboard. `label` names the frame. */
export const ScrollTable = (p: TableProps & { label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll the frame
  <section class="dv-scroll" aria-label={p.label} tabIndex={0}>
    <Table stack {...p} />
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
  label: h.text,
  format: h.format,
  attributes: { 'aria-sort': h.sorted ?? 'none' },
})
