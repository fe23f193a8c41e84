import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { SealError } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { appendToCase, caseJournal } from '../case/store.ts'
import { boxOpen, boxSeal, newKey, openJson, openPlain, type Place, sealBytes, sealJson } from '../platform/crypto.ts'
import { openWith, sealWith, type Work } from '../platform/records.ts'
import { currentEpoch, wrapTeamKeyFor } from '../platform/vault.ts'
import { applyNight } from './rules.ts'
import {
  type CardRow,
  isNightEvent,
  type NightCard,
  type NightEvent,
  nightCardSchema,
  nightEventSchema,
  openNightCard,
  openNightEvent,
} from './schema.ts'

/* The card in the case under its story key, and the shelter's sheet under a key of its own that changes with every version. */

export type SeenCard = CardRow<NightCard | undefined>
const night = compartmentNumber.night
const sheetPlace = (id: Id): Place => ({ table: 'night_sheet', row: id, compartment: night })
const wrapPlace = (id: Id): Place => ({ table: 'key_wrap', row: `${id}/1`, compartment: night })

/** The last card of a case, ended or not. */
export const lastCard = async (w: Work, caseId: Id, lock = false): Promise<SeenCard | undefined> => {
  const { rows } = await w.tx.query<Omit<CardRow, 'card'> & { sealed: Buffer }>(
    `select n.id, n.case_id as "caseId", n.home_group as "homeGroup", n.shelter_id as "shelterId", n.code, n.state, n.since::text as since, n.version, n.sealed
       from app.night_card n where n.case_id = $1 order by n.state = 'here' desc, n.since desc, n.id limit 1${lock ? ' for update' : ''}`,
    [caseId],
  )
  const r = rows[0]
  if (!r) return undefined
  const [o] = await openWith(w, caseId, 'story', [{ table: 'night_card', row: r.id, sealed: r.sealed }])
  const { sealed: _, ...row } = r
  return { ...row, card: o && openNightCard(o) }
}
/** Who of the shift has read it, newest first. */
export const readersOf = async (w: Work, cardId: Id): Promise<{ reader: Id; version: number; at: Stamp }[]> =>
  (
    await w.tx.query<{ reader: Id; version: number; at: Date }>(
      'select reader, version, at from app.night_seen where card_id = $1 order by at desc limit 20',
      [cardId],
    )
  ).rows.map(r => ({ ...r, at: r.at.toISOString() }))

/** Seals the shelter's copy to the public half of its night key: the writer cannot open it again. */
const putSheet = async (w: Work, card: CardRow): Promise<void> => {
  const { rows } = await w.tx.query<{ version: number; public_x: Buffer }>(
    'select version, public_x from app.team_key where team_id = $1 and compartment = $2 and retired_at is null',
    [card.shelterId, night],
  )
  const team = rows[0]
  // Nobody of the shift has signed in yet: a card that nobody there can open would be trusted in vain.
  if (!team) throw new SealError('team_has_no_key')
  const key = newKey()
  const epoch = currentEpoch()
  await w.tx.query('select app.night_put($1, $2, $3, $4, $5, $6)', [
    card.id,
    team.version,
    epoch.id,
    boxSeal(team.public_x, key),
    sealBytes(epoch.key, wrapPlace(card.id), 1, key),
    sealJson(key, sheetPlace(card.id), nightCardSchema, card.card),
  ])
}

/** Writes an event: the card of the case, the journal, and the shelter's copy, in one transaction. */
export const saveNightEvent = async (w: Work, c: CaseRow, before: CardRow | undefined, e: NightEvent, command: Id): Promise<void> => {
  const card = applyNight(before, { caseId: c.id, homeGroup: c.homeGroup }, e)
  if (!card) throw new Error('an event without a card')
  if (e.type === 'night_card_ended')
    await w.tx.query("update app.night_card set state = 'ended', version = $2 where id = $1", [card.id, card.version])
  else {
    const place = { table: 'night_card', row: card.id }
    const sealed = await sealWith(w, c.id, 'case', c.homeGroup, 'story', place, { schema: nightCardSchema, value: card.card })
    await w.tx.query(
      before?.id === card.id
        ? 'update app.night_card set shelter_id = $2, since = $3, version = $4, sealed = $5 where id = $1'
        : `insert into app.night_card (id, shelter_id, since, version, sealed, code, case_id, home_group) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [card.id, card.shelterId, card.since, card.version, sealed, ...(before?.id === card.id ? [] : [card.code, c.id, c.homeGroup])],
    )
    await putSheet(w, card)
  }
  const { type, ...value } = e
  await appendToCase(w, c, { type, command, compartment: 'story', schema: nightEventSchema, value })
}
export const nightJournal = async (w: Work, caseId: Id): Promise<NightEvent[]> =>
  (await caseJournal(w, caseId, ['story'], 2000)).flatMap(s =>
    isNightEvent(s.type) && s.parts.story ? [openNightEvent(s.type, s.parts.story)] : [],
  )

/** A card as the shift sees it. */
export interface Sheet {
  readonly id: Id
  readonly shelterId: Id
  readonly code: string
  readonly since: string
  readonly version: number
  readonly hasRead: boolean
  /** Undefined where this person does not hold the shelter's key yet. */
  readonly card: NightCard | undefined
}
/** The cards of the children who sleep where this person works: row-level security and the shelter's key choose. */
export const sheets = async (w: Work): Promise<Sheet[]> => {
  const [rows, wraps] = await Promise.all([
    w.tx.query<{ id: Id; home_group: Id; code: string; since: string; version: number; sealed: Buffer }>(
      'select id, home_group, code, since::text as since, version, sealed from app.night_sheet order by since desc, id',
    ),
    w.tx.query<{ card: Id; holder_version: number; form: number; wrapped: Buffer; has_read: boolean }>('select * from app.night_wraps()'),
  ])
  const wrapOf = new Map(wraps.rows.map(r => [r.card, r]))
  return rows.rows.map(r => {
    const wrap = wrapOf.get(r.id)
    return {
      id: r.id,
      shelterId: r.home_group,
      code: r.code,
      since: r.since,
      version: r.version,
      hasRead: wrap?.has_read ?? false,
      card: wrap && opened(w, r.id, r.home_group, wrap, r.sealed),
    }
  })
}
const opened = (w: Work, id: Id, shelter: Id, wrap: { holder_version: number; form: number; wrapped: Buffer }, sealed: Buffer) => {
  const t = w.vault.teamKey(shelter, 'night', wrap.holder_version)
  if (!t) return undefined
  // One that does not open stays closed, and the others are read.
  try {
    const key = wrap.form === 1 ? openPlain(t.sym, wrapPlace(id), wrap.wrapped) : boxOpen(t.box, wrap.wrapped)
    return openNightCard(openJson(key, sheetPlace(id), sealed))
  } catch (e) {
    if (e instanceof SealError) return undefined
    throw e
  }
}
/** Says that this person has read the version they saw; false where the card is gone or has changed. */
export const markRead = async (w: Work, card: Id, version: number): Promise<boolean> =>
  (await w.tx.query<{ ok: boolean }>('select app.night_read($1, $2) as ok', [card, version])).rows[0]?.ok ?? false

/**
 * Hands the night keys that this person holds to colleagues of the shift who were confirmed before the key existed. Done by whoever opens the list first.
 */
export const handOnNightKeys = async (w: Work): Promise<void> => {
  const held = w.vault.teamKeys().filter(k => k.compartment === 'night')
  if (held.length === 0) return
  const { rows } = await w.tx.query<{ user_id: Id; team_id: Id; public_x: Buffer }>(
    `select m.user_id, m.team_id, a.public_x from app.member m join app.account a on a.id = m.user_id
      where m.function = 'shelter' and m.confirmed_by is not null and now() < m.until and m.user_id <> $1 and a.public_x is not null and a.state = 'active' and m.team_id = any ($2::uuid[])
        and not exists (select from app.team_key_wrap x where x.user_id = m.user_id and x.team_id = m.team_id and x.compartment = $3)`,
    [w.vault.userId, held.map(k => k.teamId), night],
  )
  for (const r of rows) {
    const give = held.filter(k => k.teamId === r.team_id)
    await w.tx.query('select app.member_seal($1, $2, $3, $4::smallint[], $5::int[], $6::bytea[])', [
      r.user_id,
      r.team_id,
      'shelter',
      give.map(() => night),
      give.map(k => k.version),
      give.map(k => wrapTeamKeyFor(r.public_x, k)),
    ])
  }
}
