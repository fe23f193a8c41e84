import type { Id } from '../base/id.ts'
import type { Work } from '../platform/records.ts'

/** Whom a case is about, with the team that holds the person; undefined where either is hidden. */
export const personOfCase = async (w: Work, caseId: Id): Promise<{ id: Id; homeGroup: Id } | undefined> =>
  (
    await w.tx.query<{ id: Id; homeGroup: Id }>(
      'select p.id, p.home_group as "homeGroup" from app.case_record c join app.person p on p.id = c.person_id where c.id = $1',
      [caseId],
    )
  ).rows[0]
