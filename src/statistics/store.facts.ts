import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { SealError } from '../base/sealed.ts'
import { dayOf } from '../base/time.ts'
import { type Identity, openIdentity } from '../person/schema.ts'
import { openJson } from '../platform/crypto.ts'
import { deks, loadDeks, slot } from '../platform/records.keys.ts'
import { openSealed, partPlace, type Work } from '../platform/records.ts'
import type { CaseFacts } from './rules.codes.ts'

/** What is read of a case before its codes are made. */
export interface CountedCase {
  readonly id: Id
  readonly personId: Id
  readonly homeGroup: Id
  readonly opened: string
  readonly closed: string | null
}
export const countedColumns =
  'c.id, c.person_id as "personId", c.home_group as "homeGroup", c.opened::text as opened, c.closed::text as closed'

/** What the screening of cases says, for those whose screening this session can open; of the others nothing is known. */
export type ReadScreening = (
  w: Work,
  cases: readonly CountedCase[],
) => Promise<ReadonlyMap<Id, { readonly purposes: readonly string[]; readonly channel: string | null }>>
export const noScreening: ReadScreening = async () => new Map()

/** Events of the journal that count, by what they count as. */
const reopening = 'case_reopened'
const closing = 'case_closed'
const checkIns = ['check_in_recorded', 'check_in_read']

const unlessSealed = (e: unknown): undefined => {
  if (!(e instanceof SealError)) throw e
}

/** Cases whose last closing says that they were opened in error: they count nowhere. Only where the closing can be opened. */
const inError = async (w: Work, cases: readonly CountedCase[]): Promise<Set<Id>> => {
  const closed = cases.filter(c => c.closed !== null).map(c => c.id)
  const out = new Set<Id>()
  if (closed.length === 0) return out
  const [, { rows }] = await Promise.all([
    loadDeks(w, closed, [compartmentNumber.summary]),
    w.tx.query<{ record: Id; command: Id; compartment: number; sealed: Buffer }>(
      `select distinct on (j.record) j.record, j.command, p.compartment, p.sealed from app.journal j join app.journal_part p on p.record = j.record and p.seq = j.seq
       where j.record = any ($1::uuid[]) and j.type = $2 order by j.record, j.seq desc`,
      [closed, closing],
    ),
  ])
  for (const r of rows) {
    const dek = deks(w).get(slot(r.record, r.compartment))
    try {
      const said = dek && openJson(dek.key, partPlace(r.record, r.command, r.compartment), r.sealed).value
      if ((said as { reason?: unknown } | undefined)?.reason === 'opened_in_error') out.add(r.record)
    } catch (e) {
      unlessSealed(e)
    }
  }
  return out
}

/** The facts of many cases, in a few round trips whatever their number. */
export const factsOf = async (
  w: Work & { session: { timeZone: string } },
  cases: readonly CountedCase[],
  screening: ReadScreening,
): Promise<Map<Id, CaseFacts>> => {
  const ids = cases.map(c => c.id)
  const [opened, events, errors, screened] = await Promise.all([
    openSealed(w, [...new Set(cases.map(c => c.personId))], ['identity']),
    w.tx.query<{ record: Id; type: string; recorded_at: Date }>(
      'select record, type, recorded_at from app.journal where record = any ($1::uuid[]) and type = any ($2::text[])',
      [ids, [reopening, ...checkIns]],
    ),
    inError(w, cases),
    screening(w, cases),
  ])
  const identities = new Map<Id, Identity>()
  for (const [id, o] of opened)
    try {
      if (o.identity) identities.set(id, openIdentity(o.identity))
    } catch (e) {
      unlessSealed(e)
    }
  const days = new Map<string, string[]>()
  for (const e of events.rows) {
    const key = `${e.record} ${e.type === reopening}`
    days.set(key, [...(days.get(key) ?? []), dayOf(e.recorded_at.toISOString(), w.session.timeZone)])
  }
  return new Map(
    cases.map(c => [
      c.id,
      {
        personId: c.personId,
        opened: c.opened,
        closed: c.closed,
        reopened: days.get(`${c.id} true`) ?? [],
        checkedIn: days.get(`${c.id} false`) ?? [],
        openedInError: errors.has(c.id),
        identity: identities.get(c.personId),
        screening: screened.get(c.id),
      },
    ]),
  )
}
