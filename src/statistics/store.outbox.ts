import type { Id } from '../base/id.ts'
import { sealJson } from '../platform/crypto.ts'
import { databaseAway } from '../platform/db.ts'
import { newId, type Touched, type Work } from '../platform/records.ts'
import { leftOf } from './rules.codes.ts'
import { leftSchema } from './schema.ts'
import { type CountedCase, countedColumns, factsOf, type ReadScreening } from './store.facts.ts'

/** Events after which a case may count otherwise. All others cost nothing here. */
const ofCases = /^(case_opened|case_closed|case_reopened|screening_[a-z_]+|check_in_recorded|check_in_read)$/
const ofPersons = /^(person_recorded|claim_added|claim_judged)$/
/** Screenings may hang on the person or on the contact of the case. */
const ofAny = /^screening_[a-z_]+$/

export const outboxPlace = (row: Id) => ({ table: 'statistics_outbox', row, compartment: 0 })

/**
 * What runs at the end of each request that wrote: leaves the codes of the cases it touched, sealed for the job, in the same transaction. A failure here must never
 * undo what was done for a child: it is told to `say` and the command stands.
 */
export const leaveCodes =
  (service: Buffer, screening: ReadScreening, say: (code: string) => void) =>
  async (w: Work & { session: { timeZone: string } }, touched: readonly Touched[]): Promise<void> => {
    const records = touched
      .filter(t => (t.kind === 'case' && ofCases.test(t.type)) || (t.kind === 'person' && ofPersons.test(t.type)) || ofAny.test(t.type))
      .map(t => t.record)
    if (records.length === 0) return
    const start = w.tx.query('savepoint statistics')
    start.catch(() => undefined)
    try {
      const { rows } = await w.tx.query<CountedCase>(
        `select ${countedColumns} from app.case_record c where c.id = any ($1::uuid[]) or c.person_id = any ($1::uuid[]) or c.contact_id = any ($1::uuid[])`,
        [[...new Set(records)]],
      )
      if (rows.length === 0) return
      const facts = await factsOf(w, rows, screening)
      const list = rows.map(c => ({ id: newId(), c, left: leftOf(facts.get(c.id)!, w.now) }))
      await w.tx.query(
        'insert into app.statistics_outbox (id, case_id, home_group, sealed) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[])',
        [
          list.map(x => x.id),
          list.map(x => x.c.id),
          list.map(x => x.c.homeGroup),
          list.map(x => sealJson(service, outboxPlace(x.id), leftSchema, x.left)),
        ],
      )
    } catch (e) {
      if (databaseAway(e)) throw e
      await w.tx.query('rollback to savepoint statistics')
      say('statistics_left_out')
    }
  }
