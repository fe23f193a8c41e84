import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { boxPair, SealError } from '../platform/crypto.ts'
import type { Asked } from '../platform/office.ts'
import type { Work } from '../platform/records.ts'
import type { ElsewhereError } from './rules.elsewhere.ts'
import {
  type AnswerWords,
  type Ask,
  type AskState,
  type Notice,
  type NoticeDecision,
  type NoticeState,
  type OtherWords,
  openAnswerWords,
  openAskWords,
  openGroupReason,
  openNoticeWords,
  openOtherWords,
} from './schema.elsewhere.ts'
import { boxFor, boxPlace, openBox, openFor, publicKeys, speakerOf } from './store.elsewhere.ts'

/* Notices on the side that holds a record, questions on the side that asked, and the words that pass between them once both agreed. */

interface Row {
  id: Id
  home_group: Id
  pair: Id
  found: string
  version: number
  key_version: number
  sealed: Buffer
  answer_version: number | null
  answer: Buffer | null
}
const sideOf = (w: Work, table: string, r: Row) => ({
  id: r.id,
  homeGroup: r.home_group,
  pair: r.pair,
  found: r.found,
  version: r.version,
  answer: openFor(w, r.home_group, r.answer_version, boxPlace(table, `${r.id}/answer`), r.answer, openAnswerWords),
})
type NoticeRow = Row & { person_id: Id; asking_group: Id; kept_out: boolean; state: NoticeState }
const noticeColumns =
  'id, pair, person_id, home_group, asking_group, kept_out, state, found::text as found, version, key_version, sealed, answer_version, answer'
const noticeOf = (w: Work, r: NoticeRow): Notice => ({
  ...sideOf(w, 'match_notice', r),
  state: r.state,
  personId: r.person_id,
  askingGroup: r.asking_group,
  keptOut: r.kept_out,
  words: openFor(w, r.home_group, r.key_version, boxPlace('match_notice', r.id), r.sealed, openNoticeWords),
})
type AskRow = Row & { state: AskState; reply_x: Buffer | null }
const askColumns = 'id, pair, home_group, state, found::text as found, version, key_version, sealed, answer_version, answer, reply_x'
const askOf = (w: Work, r: AskRow): Ask => ({
  ...sideOf(w, 'match_ask', r),
  state: r.state,
  replyTo: r.reply_x,
  words: openFor(w, r.home_group, r.key_version, boxPlace('match_ask', r.id), r.sealed, openAskWords),
})
interface Scoped extends Work {
  readonly session: { readonly groups: readonly Id[] }
}
/** Notices of this session's teams: what nobody has looked at first, newest first. At most 200. */
export const listNotices = async (w: Scoped): Promise<Notice[]> =>
  (
    await w.tx.query<NoticeRow>(
      `select ${noticeColumns} from app.match_notice where home_group = any ($1::uuid[]) order by (state <> 'new'), found desc, id limit 200`,
      [w.session.groups],
    )
  ).rows.map(r => noticeOf(w, r))
export const findNotice = async (w: Scoped, id: Id): Promise<Notice | undefined> =>
  (await w.tx.query<NoticeRow>(`select ${noticeColumns} from app.match_notice where id = $1`, [id])).rows.map(r => noticeOf(w, r))[0]
/** Questions that this session's teams put to others: where the other side asks to talk first, newest first. At most 200. */
export const listAsks = async (w: Scoped): Promise<Ask[]> =>
  (
    await w.tx.query<AskRow>(
      `select ${askColumns} from app.match_ask where home_group = any ($1::uuid[]) order by (state <> 'invited'), found desc, id limit 200`,
      [w.session.groups],
    )
  ).rows.map(r => askOf(w, r))
export const findAsk = async (w: Scoped, id: Id): Promise<Ask | undefined> =>
  (await w.tx.query<AskRow>(`select ${askColumns} from app.match_ask where id = $1`, [id])).rows.map(r => askOf(w, r))[0]
/** Group intakes for which this session's teams asked more than usual, newest first. At most 50. */
export const groupReasons = async (w: Scoped): Promise<{ by: Id; at: Stamp; reason: string }[]> =>
  (
    await w.tx.query<{ id: Id; user_id: Id; home_group: Id; at: Date; key_version: number; sealed: Buffer }>(
      "select id, user_id, home_group, at, key_version, sealed from app.match_query where way = 'group' and home_group = any ($1::uuid[]) order by at desc, id limit 50",
      [w.session.groups],
    )
  ).rows.map(r => ({
    by: r.user_id,
    at: r.at.toISOString(),
    reason: openFor(w, r.home_group, r.key_version, boxPlace('match_query', r.id), r.sealed, openGroupReason)?.reason ?? '',
  }))

/** For the first page, by plain columns: notices that nobody has looked at, and talks that wait for this side's yes. Exact to 1,000. */
export const waitingNotices = async (w: Scoped, can: { readonly coordinate: boolean; readonly asks: boolean }) => {
  const n = async (may: boolean, sql: string) =>
    may
      ? Number((await w.tx.query<{ n: string }>(`select count(*) as n from (${sql} limit 1001) x`, [w.session.groups])).rows[0]?.n ?? 0)
      : 0
  const [notices, invited] = await Promise.all([
    n(can.coordinate, "select from app.match_notice where state = 'new' and home_group = any ($1::uuid[])"),
    n(can.asks, "select from app.match_ask where state = 'invited' and home_group = any ($1::uuid[])"),
  ])
  return { notices, invited }
}

type Outcome = 'ok' | Exclude<ElsewhereError, 'too_little' | 'message_missing'>
const outcome = async (a: Asked, sql: string, values: readonly unknown[]): Promise<Outcome> =>
  (await a.tx.query<{ x: Outcome }>(`select ${sql} as x`, [...values])).rows[0]!.x
/** The coordinator's decision. With "talk" go the words for the other side, and a key for its answer that is of this talk alone. */
export const decideNotice = async (
  a: Asked,
  service: Buffer,
  n: Notice,
  d: { readonly decision: NoticeDecision | 'new'; readonly message: string; readonly version: number; readonly command: Id },
): Promise<Outcome> => {
  const call = (v: readonly unknown[]) =>
    outcome(a, 'app.match_decide($1, $2, $3, $4, $5, $6, $7, $8, $9)', [n.id, d.version, d.decision, ...v, d.command])
  if (d.decision !== 'talk') return call([null, null, null, null, null])
  const keys = await publicKeys(a, [n.homeGroup, n.askingGroup])
  const [own, other] = [keys.get(n.homeGroup), keys.get(n.askingGroup)]
  if (!own || !other) throw new SealError('team_has_no_key')
  const reply = boxPair()
  const answer: AnswerWords = { message: d.message, by: a.actor.id, at: a.now, reply: reply.secretKey.toString('base64') }
  const words: OtherWords = { message: d.message, from: await speakerOf(a, service, n.homeGroup) }
  return call([
    own.version,
    boxFor(own.publicX, boxPlace('match_notice', `${n.id}/answer`), answer),
    other.version,
    boxFor(other.publicX, boxPlace('match_word', `${n.pair}/holder`), words),
    reply.publicKey,
  ])
}
/** The side that asked agrees to talk. */
export const agreeAsk = async (
  a: Asked,
  service: Buffer,
  k: Ask,
  d: { readonly message: string; readonly version: number; readonly command: Id },
): Promise<Outcome> => {
  const own = (await publicKeys(a, [k.homeGroup])).get(k.homeGroup)
  if (!own) throw new SealError('team_has_no_key')
  if (!k.replyTo) return 'not_invited'
  const answer: AnswerWords = { message: d.message, by: a.actor.id, at: a.now, reply: '' }
  const words: OtherWords = { message: d.message, from: await speakerOf(a, service, k.homeGroup) }
  return outcome(a, 'app.match_agree($1, $2, $3, $4, $5, $6)', [
    k.id,
    d.version,
    own.version,
    boxFor(own.publicX, boxPlace('match_ask', `${k.id}/answer`), answer),
    boxFor(k.replyTo, boxPlace('match_word', `${k.pair}/asker`), words),
    d.command,
  ])
}
/** What the other side said; undefined before both agreed, and where it lies under a key this session does not hold. */
export const otherWords = async (w: Work, side: Notice | Ask): Promise<OtherWords | undefined> => {
  const r = (await w.tx.query<{ key_version: number; sealed: Buffer }>('select * from app.match_words($1)', [side.id])).rows[0]
  if (!r) return undefined
  if (!('personId' in side))
    return openFor(w, side.homeGroup, r.key_version, boxPlace('match_word', `${side.pair}/holder`), r.sealed, openOtherWords)
  if (!side.answer?.reply) return undefined
  try {
    return openOtherWords(
      openBox(boxPair(Buffer.from(side.answer.reply, 'base64')), boxPlace('match_word', `${side.pair}/asker`), r.sealed),
    )
  } catch (e) {
    if (!(e instanceof SealError)) throw e
    return undefined
  }
}
