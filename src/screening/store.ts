import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { keepOwnKey } from '../person/store.keys.ts'
import { loadDeks } from '../platform/records.keys.ts'
import { append, newId, openWith, readJournal, type SeenEvent, sealWith, type Work } from '../platform/records.ts'
import { apply, changesWords, codesOf, takeOver } from './rules.ts'
import {
  emptyScreening,
  emptyWords,
  eventCompartment,
  eventSchema,
  eventTypes,
  openSummary,
  openWords,
  type Screening,
  type ScreeningCodes,
  type ScreeningEvent,
  type ScreeningEventType,
  type ScreeningSummary,
  type ScreeningWords,
  summarySchema,
  wordsSchema,
} from './schema.ts'

/** What a screening hangs on: a contact before there is a case, then the case. */
export interface On {
  readonly record: Id
  readonly kind: 'contact' | 'case'
  readonly homeGroup: Id
}
export const onCase = (c: Pick<CaseRow, 'id' | 'homeGroup'>): On => ({ record: c.id, kind: 'case', homeGroup: c.homeGroup })
export const onContact = (c: { readonly id: Id; readonly homeGroup: Id }): On => ({ record: c.id, kind: 'contact', homeGroup: c.homeGroup })

/** A screening as this session can read it. */
export interface Found extends Pick<Screening, 'fact' | 'version'> {
  readonly id: Id
  /** Undefined without the summary key. */
  readonly summary: ScreeningSummary | undefined
  /** Undefined where they were not asked for, or without the story key. */
  readonly words: ScreeningWords | undefined
  readonly hasWords: boolean
}
interface Row {
  id: Id
  fact_learned: Date | null
  fact_life: boolean
  version: number
  sealed: Buffer
  words: Buffer | null
}
const columns = 'id, fact_learned, fact_life, version, sealed, words'

/** The screening of a record. Without `withWords` the story stays closed even to whoever holds its key. `lock` takes the row for a command. */
export const findScreening = async (w: Work, record: Id, withWords: boolean, lock = false): Promise<Found | undefined> => {
  const { rows } = await w.tx.query<Row>(`select ${columns} from app.screening where record = $1${lock ? ' for update' : ''}`, [record])
  const r = rows[0]
  if (!r) return undefined
  const place = { table: 'screening', row: r.id }
  const [[s], [story]] = await Promise.all([
    openWith(w, record, 'summary', [{ ...place, sealed: r.sealed }]),
    withWords && r.words ? openWith(w, record, 'story', [{ ...place, sealed: r.words }]) : [undefined],
  ])
  return {
    id: r.id,
    version: r.version,
    fact: r.fact_learned && { learned: r.fact_learned.toISOString(), life: r.fact_life },
    summary: s && openSummary(s),
    words: r.words ? story && openWords(story) : emptyWords,
    hasWords: r.words !== null,
  }
}

/** The state that rules judge; undefined where this session cannot open what the command needs. */
export const stateOf = (f: Found | undefined, needsWords: boolean): Screening | undefined => {
  if (!f) return emptyScreening
  if (!f.summary || (needsWords && !f.words)) return undefined
  return { summary: f.summary, words: f.words ?? emptyWords, fact: f.fact, version: f.version }
}

/** Saves what `apply` made of an event: the row, what of it is sealed, and the journal of the record, in this transaction. The record was locked by whoever decided. */
export const saveScreening = async (w: Work, on: On, before: Found | undefined, e: ScreeningEvent, command: Id): Promise<Screening> => {
  const state = stateOf(before, changesWords(e))
  if (!state) throw new Error('a screening that cannot be opened was decided on')
  const after = apply(state, e)
  const id = before?.id ?? newId()
  const place = { table: 'screening', row: id }
  const seal = (c: 'summary' | 'story', schema: number, value: unknown) =>
    sealWith(w, on.record, on.kind, on.homeGroup, c, place, { schema, value })
  const sealed = await seal('summary', summarySchema, after.summary)
  const words = changesWords(e) ? await seal('story', wordsSchema, after.words) : null
  const values = [id, after.fact?.learned ?? null, after.fact?.life ?? false, after.version, sealed, words]
  if (before)
    await w.tx.query(
      'update app.screening set fact_learned = $2, fact_life = $3, version = $4, sealed = $5, words = coalesce($6, words) where id = $1',
      values,
    )
  else
    await w.tx.query(`insert into app.screening (${columns}, record, kind, home_group) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [
      ...values,
      on.record,
      on.kind,
      on.homeGroup,
    ])
  const { type, ...value } = e
  const compartment = eventCompartment[type]
  await append(w, { ...on, type, command, parts: { [compartment]: { schema: eventSchema, value } } })
  // Where a grant alone brought somebody here, they keep a key to what they have just made.
  for (const c of words ? (['summary', 'story'] as const) : (['summary'] as const)) await keepOwnKey(w, on.record, on.homeGroup, c)
  return after
}

/** In the transaction that opened cases from a contact: each case gets the contact's screening, under its own keys. Nothing where there is none, or it cannot be opened. */
export const takeOverScreening = async (
  w: Work,
  contactId: Id,
  cases: readonly CaseRow[],
  siblings: number,
  command: () => Id,
): Promise<void> => {
  const state = stateOf(await findScreening(w, contactId, true), true)
  if (!state || state.version === 0) return
  for (const c of cases) await saveScreening(w, onCase(c), undefined, takeOver(state, contactId, siblings), command())
}
/** Has the contact of this case a screening that this session may see? */
export const beganOnContact = async (w: Work, caseId: Id): Promise<boolean> =>
  (await w.tx.query('select from app.screening s join app.case_record c on c.contact_id = s.record where c.id = $1', [caseId])).rowCount ===
  1

const isScreeningEvent = (type: string): type is ScreeningEventType => (eventTypes as readonly string[]).includes(type)
/** The course of a screening in the journal of its record, oldest first: who did what, and when. */
export const screeningJournal = async (
  w: Work,
  record: Id,
  withWords: boolean,
): Promise<(SeenEvent & { readonly type: ScreeningEventType })[]> =>
  (await readJournal(w, record, withWords ? ['summary', 'story'] : ['summary'])).flatMap(s =>
    isScreeningEvent(s.type) ? [{ ...s, type: s.type }] : [],
  )

/** Facts of abuse or exploitation known on a case, on plain columns: from `learned` runs the clock of the report, shorter on danger to life. Needs no key. */
export const exploitationFacts = async (
  w: Pick<Work, 'tx'>,
  caseId: Id,
): Promise<{ screeningId: Id; learned: Stamp; dangerToLife: boolean }[]> =>
  (
    await w.tx.query<{ id: Id; fact_learned: Date; fact_life: boolean }>(
      'select id, fact_learned, fact_life from app.screening where record = $1 and fact_learned is not null',
      [caseId],
    )
  ).rows.map(r => ({ screeningId: r.id, learned: r.fact_learned.toISOString(), dangerToLife: r.fact_life }))

/** The codes of many cases at once, in two round trips; cases without a screening, or whose summary this session cannot open, are absent. */
export const codesOfCases = async (w: Work, caseIds: readonly Id[]): Promise<Map<Id, ScreeningCodes>> => {
  const out = new Map<Id, ScreeningCodes>()
  if (caseIds.length === 0) return out
  const [{ rows }] = await Promise.all([
    w.tx.query<{ id: Id; record: Id; sealed: Buffer }>('select id, record, sealed from app.screening where record = any ($1::uuid[])', [
      caseIds,
    ]),
    loadDeks(w, caseIds, [compartmentNumber.summary]),
  ])
  for (const r of rows) {
    const [o] = await openWith(w, r.record, 'summary', [{ table: 'screening', row: r.id, sealed: r.sealed }])
    if (o) out.set(r.record, codesOf(openSummary(o)))
  }
  return out
}
/** The codes of one case for statistics; undefined without a screening or a key. */
export const codesForStatistics = async (w: Work, caseId: Id): Promise<ScreeningCodes | undefined> =>
  (await codesOfCases(w, [caseId])).get(caseId)
