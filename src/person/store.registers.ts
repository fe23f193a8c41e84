import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { newKey, openBytes, type Place, sealBytes, sha256 } from '../platform/crypto.ts'
import { append, openSealed, openWith, saveSealed, sealWith, type Work } from '../platform/records.ts'
import { bestOf } from './rules.best.ts'
import type { Table } from './rules.linkage.columns.ts'
import { comparedOf } from './rules.match.weigh.ts'
import { displayName } from './rules.ts'
import type { LinkKind } from './schema.linkage.ts'
import {
  type Agreement,
  agreementSchema,
  type Counts,
  type Decision,
  type LinkRow,
  mostLinkRows,
  openAgreement,
  openRegisterKey,
  partReaders,
  partSchema,
  type RegisterEvent,
  type RegisterLink,
  registerEventSchema,
  registerKeySchema,
} from './schema.registers.ts'
import type { Identity } from './schema.ts'
import { identitiesOf } from './store.ts'

const columns =
  'id, home_group as "homeGroup", way, state, started::text as started, expires::text as expires, erased_why as "erasedWhy", version'
const eventOf = (l: Pick<LinkRow, 'id' | 'homeGroup'>, e: RegisterEvent, command: Id) => {
  const { type, ...value } = e
  return {
    record: l.id,
    kind: 'register' as const,
    homeGroup: l.homeGroup,
    type,
    command,
    parts: { identity: { schema: registerEventSchema, value } },
  }
}
export const createLink = async (
  w: Work,
  row: Omit<LinkRow, 'state' | 'version' | 'erasedWhy'>,
  agreement: Agreement,
  command: Id,
): Promise<void> => {
  await w.tx.query('insert into app.register_link (id, home_group, way, started, expires) values ($1, $2, $3, $4, $5)', [
    row.id,
    row.homeGroup,
    row.way,
    row.started,
    row.expires,
  ])
  await append(w, eventOf(row, { type: 'register_opened', agreement }, command), true)
  await saveSealed(w, row.id, 'register', row.homeGroup, { identity: { schema: agreementSchema, value: agreement } }, false)
  const key = newKey()
  const sealed = await sealWith(
    w,
    row.id,
    'register',
    row.homeGroup,
    'identity',
    { table: 'register_key', row: row.id },
    { schema: registerKeySchema, value: { key: key.toString('base64') } },
  )
  key.fill(0)
  await w.tx.query('insert into app.register_key (id, home_group, sealed) values ($1, $2, $3)', [row.id, row.homeGroup, sealed])
}
const opened = async (w: Work, rows: readonly LinkRow[]): Promise<RegisterLink[]> => {
  const found = await openSealed(
    w,
    rows.map(r => r.id),
    ['identity'],
  )
  return rows.flatMap(r => {
    const o = found.get(r.id)?.identity
    return o ? [{ ...r, agreement: openAgreement(o) }] : []
  })
}
export const findLink = async (w: Work, id: Id, lock = false): Promise<RegisterLink | undefined> =>
  (
    await opened(
      w,
      (
        await w.tx.query<LinkRow>(`select ${columns} from app.register_link where id = $1${lock ? ' for update' : ''}`, [id])
      ).rows,
    )
  )[0]
/** Comparisons of the session's teams: open ones first, then the newest. At most 100. */
export const listLinks = async (w: Work & { session: { groups: readonly Id[] } }): Promise<RegisterLink[]> =>
  opened(
    w,
    (
      await w.tx.query<LinkRow>(
        `select ${columns} from app.register_link where home_group = any ($1::uuid[]) order by (state = 'erased'), started desc, id limit 100`,
        [w.session.groups],
      )
    ).rows,
  )
/** Writes an event and raises the version; the caller holds the row. */
export const stepLink = async (w: Work, l: RegisterLink, e: RegisterEvent, command: Id): Promise<void> => {
  const state = e.type === 'register_compared' ? 'review' : e.type === 'register_erased' ? 'erased' : l.state
  const { rowCount } = await w.tx.query(
    'update app.register_link set state = $2, erased_why = $3, version = version + 1 where id = $1 and version = $4',
    [l.id, state, state === 'erased' ? 'decided' : null, l.version],
  )
  if (rowCount !== 1) throw new Error('comparison changed under its lock')
  await append(w, eventOf(l, e, command))
}
/** Takes away what the partner sent, what was found in it and what was decided, and the key of it all. What stays says how many. */
export const eraseLink = async (w: Work, l: RegisterLink, counts: Counts, command: Id): Promise<void> => {
  await w.tx.query('delete from app.register_key where id = $1', [l.id])
  await w.tx.query('delete from app.register_part where link_id = $1', [l.id])
  await stepLink(w, l, { type: 'register_erased', counts }, command)
}

/** The key of the content; undefined where it is gone or this session holds none. */
export const linkKey = async (w: Work, l: Pick<LinkRow, 'id'>): Promise<Buffer | undefined> => {
  const { rows } = await w.tx.query<{ sealed: Buffer }>('select sealed from app.register_key where id = $1', [l.id])
  const [o] = rows[0] ? await openWith(w, l.id, 'identity', [{ table: 'register_key', row: l.id, sealed: rows[0].sealed }]) : []
  return o && Buffer.from(openRegisterKey(o).key, 'base64')
}
type What = 'rows' | 'columns' | 'found' | 'pairs' | 'decision'
const place = (l: Pick<LinkRow, 'id'>, what: What, n: number): Place => ({
  table: 'register_part',
  row: `${l.id}/${what}/${n}`,
  compartment: compartmentNumber.identity,
})
const partId = (l: Pick<LinkRow, 'id'>, what: What, n: number): Id => {
  const h = sha256(`register_part ${l.id}/${what}/${n}`).toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
export const putPart = async (w: Work, l: LinkRow, key: Buffer, what: What, n: number, value: Uint8Array | object): Promise<void> => {
  const plain =
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.from(JSON.stringify(value))
  const sealed = sealBytes(key, place(l, what, n), partSchema, plain)
  await w.tx.query(
    `insert into app.register_part (id, link_id, home_group, what, n, sealed) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set sealed = excluded.sealed`,
    [partId(l, what, n), l.id, l.homeGroup, what, n, sealed],
  )
}
/** Parts from `from` to `to`, as bytes, by number. */
export const rawParts = async (w: Work, l: LinkRow, key: Buffer, what: What, from = 0, to = 100_000): Promise<Map<number, Buffer>> => {
  const { rows } = await w.tx.query<{ n: number; sealed: Buffer }>(
    'select n, sealed from app.register_part where link_id = $1 and what = $2 and n between $3 and $4 order by n',
    [l.id, what, from, to],
  )
  return new Map(rows.map(r => [r.n, openBytes(key, place(l, what, r.n), r.sealed).plain]))
}
type Read<W extends keyof typeof partReaders> = ReturnType<(typeof partReaders)[W]>
/** Parts of one kind, read. */
export const parts = async <W extends keyof typeof partReaders>(
  w: Work,
  l: LinkRow,
  key: Buffer,
  what: W,
  from = 0,
  to = 100_000,
): Promise<Map<number, Read<W>>> => {
  const raw = await rawParts(w, l, key, what, from, to)
  return new Map([...raw].map(([n, b]) => [n, partReaders[what]({ schema: partSchema, value: JSON.parse(b.toString('utf8')) }) as Read<W>]))
}
export const countDecisions = async (w: Work, l: LinkRow): Promise<number> =>
  (await w.tx.query<{ n: number }>("select count(*)::int as n from app.register_part where link_id = $1 and what = 'decision'", [l.id]))
    .rows[0]?.n ?? 0
export const saveDecision = (w: Work, l: LinkRow, key: Buffer, n: number, d: Decision): Promise<void> =>
  putPart(w, l, key, 'decision', n, d)

const ours: readonly (readonly [string, LinkKind, (i: Identity) => string])[] = [
  [
    'birth',
    'date',
    i => {
      const a = bestOf(i.ages).best
      if (!a?.min || !a.max) return ''
      return a.min === a.max ? a.min : a.minYear === a.maxYear ? String(a.minYear) : `${a.minYear}/${a.maxYear}`
    },
  ],
  ['sex', 'sex', i => comparedOf(i).sex ?? ''],
  ['origin', 'origin', i => comparedOf(i).origin ?? ''],
  ['phone', 'phone', i => comparedOf(i).phones[0] ?? ''],
  ['document', 'document', i => comparedOf(i).documents[0] ?? ''],
  ['relative', 'relative', i => comparedOf(i).relatives[0] ?? ''],
]
/** So many names of one person are compared; more is a spelling of a spelling. */
const mostNames = 6
/** Whole, not in parts: many are known by words that nobody has parted into given and family name. Every name and spelling has a row. */
const namesToCompare = (i: Identity): string[] => {
  const all = [...new Set([displayName(i), ...comparedOf(i).names].map(n => n.trim()).filter(Boolean))].slice(0, mostNames)
  return all.length > 0 ? all : ['']
}
/** The people whom this session may open, as a register: by every name, and the birth and numbers we go by for each. Undefined where they are too many for the office. */
export const ourPeople = async (
  w: Work & { session: { groups: readonly Id[]; direct: readonly Id[] } },
): Promise<{ table: Table; kinds: LinkKind[]; people: number } | undefined> => {
  const { rows } = await w.tx.query<{ id: Id }>(
    `select id from app.person where state = 'active' and (home_group = any ($1::uuid[]) or id = any ($2::uuid[])) order by id limit ${mostLinkRows + 1}`,
    [w.session.groups, w.session.direct],
  )
  if (rows.length > mostLinkRows) return undefined
  const out: string[][] = []
  for (let at = 0; at < rows.length; at += 250) {
    // In pieces, with a question to the database between them: others are answered meanwhile.
    const found = await identitiesOf(
      w,
      rows.slice(at, at + 250).map(r => r.id),
    )
    for (const [id, identity] of found) {
      const rest = ours.map(([, , of]) => of(identity))
      for (const name of namesToCompare(identity)) out.push([id, name, ...rest])
    }
  }
  return {
    table: { headings: ['id', 'name', ...ours.map(([h]) => h)], rows: out },
    kinds: ['record_id', 'full_name', ...ours.map(([, k]) => k)],
    people: rows.length,
  }
}
