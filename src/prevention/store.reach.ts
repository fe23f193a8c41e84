import { createHash } from 'node:crypto'
import type { Locale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { hmac, openJson, random, SealError, sealJson } from '../platform/crypto.ts'
import { append, type Work } from '../platform/records.ts'
import { type Cell, noisy } from './rules.reach.ts'
import { openPoster, type PosterCode, type PosterPlace, posterLetters, posterSchema } from './schema.reach.ts'

const place = (code: string) => ({ table: 'poster_code', row: code, compartment: 0 })
/** The id under which the journal knows a code: always the same for the same code. */
const recordOf = (code: string): Id => {
  const h = createHash('sha256').update(`doverie/poster/${code}`).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** The fixed chance of a cell, known only with the service key: whoever sees the table cannot tell how the noise fell. */
export const chanceOf =
  (service: Buffer, kind: string) =>
  (c: Omit<Cell, 'n'>): number =>
    hmac(service, `reach noise\0${kind}\0${c.week}\0${c.what}\0${c.lang}`).readUInt32BE(0) / 2 ** 32

/** Weeks that are over, as they may be shown. */
export const reachCells = async (w: Pick<Work, 'tx'>, service: Buffer, from: Day, before: Day): Promise<Cell[]> => {
  const { rows } = await w.tx.query<Cell>(
    `select date_trunc('week', day)::date::text as week, page as what, lang, sum(n)::int as n from app.public_reach where day >= $1 and day < $2
      group by 1, 2, 3 order by 1 desc, 2, 3`,
    [from, before],
  )
  return noisy(rows, chanceOf(service, 'page'))
}
/** The same of the agency's poster codes. */
export const posterCells = async (w: Pick<Work, 'tx'>, service: Buffer, from: Day, before: Day): Promise<Cell[]> => {
  const { rows } = await w.tx.query<Cell>(
    `select date_trunc('week', c.day)::date::text as week, c.code as what, p.lang, sum(c.n)::int as n from app.poster_count c join app.poster_code p using (code)
      where c.day >= $1 and c.day < $2 group by 1, 2, 3 order by 1 desc, 2`,
    [from, before],
  )
  return noisy(rows, chanceOf(service, 'code'))
}

interface Row {
  code: string
  agency_id: Id
  place: PosterPlace
  lang: Locale
  made: Day
  state: 'active' | 'ended'
  sealed: Buffer
}
/** Codes of the session's agency, newest first. One that does not open is left out: it must not hide the others. */
export const posterCodes = async (w: Pick<Work, 'tx'>, service: Buffer): Promise<PosterCode[]> => {
  const { rows } = await w.tx.query<Row>(
    'select code, agency_id, place, lang, made::text as made, state, sealed from app.poster_code order by made desc, code limit 500',
  )
  return rows.flatMap(r => {
    try {
      const { name } = openPoster(openJson(service, place(r.code), r.sealed))
      return [{ code: r.code, agencyId: r.agency_id, place: r.place, lang: r.lang, made: r.made, state: r.state, name }]
    } catch (e) {
      if (!(e instanceof SealError)) throw e
      return []
    }
  })
}
export const newCode = (): string => [...random(5)].map(b => posterLetters[b % posterLetters.length]).join('')
/** False: this code is taken, by whomever. */
export const addPosterCode = async (w: Work, service: Buffer, c: Omit<PosterCode, 'state'>, command: Id): Promise<boolean> => {
  const sealed = sealJson(service, place(c.code), posterSchema, { name: c.name })
  const { rowCount } = await w.tx.query(
    'insert into app.poster_code (code, agency_id, place, lang, made, sealed) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [c.code, c.agencyId, c.place, c.lang, c.made, sealed],
  )
  if (rowCount !== 1) return false
  await append(w, { record: recordOf(c.code), kind: 'account', homeGroup: c.agencyId, type: 'poster_code_made', command, parts: {} })
  return true
}
/** Ends a code: from now on its address leads to the first page and counts nothing. */
export const endPosterCode = async (w: Work, c: Pick<PosterCode, 'code' | 'agencyId'>, command: Id): Promise<void> => {
  await w.tx.query("update app.poster_code set state = 'ended' where code = $1", [c.code])
  await append(w, { record: recordOf(c.code), kind: 'account', homeGroup: c.agencyId, type: 'poster_code_ended', command, parts: {} })
}

/** Numbers for paper: those that always answer, and those that somebody verified within a year. */
export const paperNumbers = async (w: Pick<Work, 'tx'>) =>
  (
    await w.tx.query<{
      country: string
      number: string
      names: Record<string, string>
      hours: Record<string, string>
      always: boolean
    }>(
      `select country, number, names, hours, always from app.helpline
        where always or (verified_on is not null and verified_on > current_date - interval '12 months') order by always desc, sort, number`,
    )
  ).rows
