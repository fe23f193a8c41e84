import { agencyName, directory } from '../access/store.directory.ts'
import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import type { Day } from '../base/time.ts'
import { boxOpen, boxSeal, newKey, openJson, type Place, SealError, sealJson } from '../platform/crypto.ts'
import type { Asked } from '../platform/office.ts'
import { newId, type Opened } from '../platform/records.ts'
import { questionOf } from './rules.elsewhere.ts'
import { type AskedElsewhere, type AskWords, elsewhereSchema, type NoticeWords, type Speaker } from './schema.elsewhere.ts'
import { type Elsewhere, notYetSearchable, searchBeyond } from './store.search.ts'

/* Asking other teams: claim a place under the limit, search, tell those who hold a record. Whoever asks gets one word back. */

/** A box for whoever holds a team's identity key: a key of its own sealed to it, the value under that key, bound to its row. */
const boxLength = 32 + 48
export const boxPlace = (table: string, row: Id): Place => ({ table, row, compartment: compartmentNumber.identity })
export const boxFor = (publicX: Uint8Array, place: Place, value: unknown, schema = elsewhereSchema): Buffer => {
  const once = newKey()
  return Buffer.concat([boxSeal(publicX, once), sealJson(once, place, schema, value)])
}
export const openBox = (pair: Parameters<typeof boxOpen>[0], place: Place, sealed: Buffer): Opened =>
  openJson(boxOpen(pair, sealed.subarray(0, boxLength)), place, sealed.subarray(boxLength))
/** What lies boxed to a team of this session; undefined where it holds no such key, or it does not open. */
export const openFor = <V>(
  w: Pick<Asked, 'vault'>,
  team: Id,
  version: number | null,
  place: Place,
  sealed: Buffer | null,
  read: (o: Opened) => V,
): V | undefined => {
  const key = version === null || !sealed ? undefined : w.vault.teamKey(team, 'identity', version)
  if (!key || !sealed) return undefined
  try {
    return read(openBox(key.box, place, sealed))
  } catch (e) {
    if (!(e instanceof SealError)) throw e
    return undefined
  }
}
export interface PublicKey {
  readonly version: number
  readonly publicX: Buffer
}
export const publicKeys = async (w: Pick<Asked, 'tx'>, teams: readonly Id[]): Promise<Map<Id, PublicKey>> => {
  const { rows } = await w.tx.query<{ team_id: Id; version: number; public_x: Buffer }>(
    'select team_id, version, public_x from app.team_key where compartment = 1 and retired_at is null and team_id = any ($1::uuid[])',
    [teams],
  )
  return new Map(rows.map(r => [r.team_id, { version: r.version, publicX: r.public_x }]))
}

type Service = Buffer
/** How this session is named to another team. */
export const speakerOf = async (a: Asked, service: Service, team: Id): Promise<Speaker> => {
  const [d, agency] = [await directory(a, service, a.lang), await agencyName(a, service, a.session.agencyId)]
  return {
    alias: d.alias(a.actor.id),
    team: d.teams.find(t => t.id === team)?.name ?? { ru: '—', en: '—' },
    agency: { ru: agency.ru, en: agency.en },
  }
}
/** For which team this session asks: the one chosen where it is its own, else the first of its own. */
export const askingTeam = (a: Pick<Asked, 'session'>, chosen?: Id): Id | undefined => {
  const mine = [...a.session.groups, ...a.session.desk]
  return chosen && mine.includes(chosen) ? chosen : mine[0]
}

/** `told`: a coordinator was told; `nobody`: nobody was found, or nobody whom this session may hear of; `limit`, `too_little`, `no_key`: nothing was asked. */
export type Told = 'told' | 'nobody' | 'limit' | 'too_little' | 'no_key'
/** Whether somebody was found takes the same time to see: the same work is done, and the answer waits for this long. */
const atLeast = 150
const each = 20
const mostHits = 3
const nearly = 0.86

export interface Asking {
  readonly service: Buffer
  readonly team: Id
  readonly on: Day
  /** Why a whole group is taken in: more questions an hour. */
  readonly reason?: string | undefined
}
/**
 * Asks other teams about each of these children; one answer for all of them. What was too little to ask about takes no place under the limit. Never says who, where, how
 * many; nor, to somebody who is kept from a record, that there is one.
 */
export const askElsewhere = async (a: Asked, children: readonly AskedElsewhere[], o: Asking): Promise<Told> => {
  const questions = children.flatMap(asked => {
    const question = questionOf(asked, o.on)
    return question ? [{ id: newId(), asked, question }] : []
  })
  if (questions.length === 0) return 'too_little'
  const started = performance.now()
  const own = (await publicKeys(a, [o.team])).get(o.team)
  // A team whose keys nobody has made yet could read nothing back.
  if (!own) return 'no_key'
  const reason = o.reason ? boxFor(own.publicX, boxPlace('match_query', questions[0]!.id), { reason: o.reason }) : null
  const { rows } = await a.tx.query<{ id: Id }>('select match_claim as id from app.match_claim($1::uuid[], $2, $3, $4)', [
    questions.map(q => q.id),
    o.team,
    own.version,
    reason,
  ])
  const taken = new Set(rows.map(r => r.id))
  const from = await speakerOf(a, o.service, o.team)
  let told = false
  for (const q of questions)
    if (taken.has(q.id)) {
      const hits = (await searchBeyond(a, q.question, mostHits)).filter(h => h.score >= nearly)
      told = (await tell(a, { ...o, own, id: q.id, asked: q.asked, from }, hits)) || told
    }
  await new Promise(go => setTimeout(go, Math.max(0, (taken.size > 0 ? atLeast : 0) + each * taken.size - (performance.now() - started))))
  if (notYetSearchable(a.session.id) === undefined && taken.size > 0) return 'no_key'
  return told ? 'told' : taken.size < questions.length ? 'limit' : 'nobody'
}
const tell = async (
  a: Asked,
  q: Asking & { readonly own: PublicKey; readonly id: Id; readonly asked: AskedElsewhere; readonly from: Speaker },
  hits: readonly Elsewhere[],
): Promise<boolean> => {
  const keys = await publicKeys(
    a,
    hits.map(h => h.homeGroup),
  )
  // Always as many, so that nothing found and something found is the same work.
  const lines = Array.from({ length: mostHits }, (_, i) => {
    const [hit, notice, ask] = [hits[i], newId(), newId()]
    const key = hit ? keys.get(hit.homeGroup) : q.own
    const words: NoticeWords = { asked: q.asked, from: q.from, reason: q.reason ?? '' }
    const mine: AskWords = { asked: q.asked, by: a.actor.id }
    return {
      found: hit?.id ?? newId(),
      notice,
      pair: newId(),
      version: key?.version ?? 0,
      box: key ? boxFor(key.publicX, boxPlace('match_notice', notice), words) : null,
      ask,
      own: boxFor(q.own.publicX, boxPlace('match_ask', ask), mine),
    }
  })
  const { rows } = await a.tx.query<{ told: boolean }>(
    'select app.match_tell($1, $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::bytea[], $7::uuid[], $8, $9::bytea[]) as told',
    [
      q.id,
      lines.map(l => l.found),
      lines.map(l => l.notice),
      lines.map(l => l.pair),
      lines.map(l => l.version),
      lines.map(l => l.box),
      lines.map(l => l.ask),
      q.own.version,
      lines.map(l => l.own),
    ],
  )
  return rows[0]?.told ?? false
}
