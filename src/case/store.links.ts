import type { Id } from '../base/id.ts'
import { newId, openWith, sealWith, type Work } from '../platform/records.ts'
import { mirrored } from './rules.ts'
import { type CaseRow, type LinkBody, linkSchema, openLink } from './schema.ts'

export interface CaseLink {
  readonly id: Id
  readonly otherCase: Id
  readonly pair: Id
  /** Undefined where this session holds no summary key. */
  readonly body: LinkBody | undefined
  /** Number and person of the other side, only if this session may see that case: a link gives no access. */
  readonly other: { readonly number: string; readonly personId: Id } | undefined
}
/** Links of a case that stand. The other side is read through row-level security: whoever cannot open it learns only that there is one. */
export const linksOf = async (w: Work, caseId: Id): Promise<CaseLink[]> => {
  const { rows } = await w.tx.query<{ id: Id; other_case: Id; pair: Id; sealed: Buffer; number: string | null; person_id: Id | null }>(
    `select l.id, l.other_case, l.pair, l.sealed, c.number, c.person_id from app.case_link l left join app.case_record c on c.id = l.other_case
      where l.case_id = $1 and l.ended_at is null order by l.id`,
    [caseId],
  )
  if (rows.length === 0) return []
  const bodies = await openWith(
    w,
    caseId,
    'summary',
    rows.map(r => ({ table: 'case_link', row: r.id, sealed: r.sealed })),
  )
  return rows.map((r, i) => {
    const o = bodies[i]
    return {
      id: r.id,
      otherCase: r.other_case,
      pair: r.pair,
      body: o && openLink(o),
      other: r.number && r.person_id ? { number: r.number, personId: r.person_id } : undefined,
    }
  })
}

/** Writes both sides, each under its own case's summary key. Returns the two link ids. */
export const makeLink = async (w: Work, a: CaseRow, b: CaseRow, body: LinkBody): Promise<[Id, Id]> => {
  const pair = newId()
  const side = async (c: CaseRow, other: CaseRow, value: LinkBody): Promise<Id> => {
    const id = newId()
    const sealed = await sealWith(w, c.id, 'case', c.homeGroup, 'summary', { table: 'case_link', row: id }, { schema: linkSchema, value })
    await w.tx.query('insert into app.case_link (id, case_id, other_case, pair, home_group, sealed) values ($1, $2, $3, $4, $5, $6)', [
      id,
      c.id,
      other.id,
      pair,
      c.homeGroup,
      sealed,
    ])
    return id
  }
  return [await side(a, b, body), await side(b, a, mirrored(body))]
}
/** Ends both sides, as far as this session may write them. */
export const endLink = (w: Work, pair: Id): Promise<unknown> =>
  w.tx.query('update app.case_link set ended_at = now() where pair = $1 and ended_at is null', [pair])
