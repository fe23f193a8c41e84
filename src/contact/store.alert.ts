import type { Id } from '../base/id.ts'
import { hkdf, hmac } from '../platform/crypto.ts'
import { newId, openSealed, type Work } from '../platform/records.ts'
import { type AlertWhy, alertAt, alertDays, alertKeys, plainText } from './rules.alert.ts'
import { inLists } from './rules.retention.ts'
import { openStory } from './schema.ts'
import { openBodies, type StoredMessage } from './store.prekeys.ts'

/** The key of a team's marks: only who holds its story key can make or recognise one. Undefined where this session does not. */
const markKey = (w: Work, team: Id): Buffer | undefined => {
  const held = w.vault.teamKeys().find(k => k.teamId === team && k.compartment === 'story' && k.current)
  return held && Buffer.from(hkdf(held.sym, 'doverie/place-marks'))
}
const macOf = (key: Buffer, text: string): Buffer => hmac(key, text).subarray(0, 16)

interface Said {
  readonly id: Id
  readonly homeGroup: Id
  readonly text: string
}
/** Answers that somebody typed; the others are codes of choices. */
const typed = ['where', 'platform', 'atRisk', 'by'] as const
/** What the senders of these contacts said, message by message and in their answers; contacts that this session cannot open are absent. */
export const saidIn = async (w: Work, contacts: readonly { readonly id: Id; readonly homeGroup: Id }[]): Promise<Said[]> => {
  const ids = contacts.map(c => c.id)
  const [{ rows }, stories] = await Promise.all([
    w.tx.query<StoredMessage & { contact_id: Id }>(
      "select id, contact_id, sealed, prekey_id from app.message where contact_id = any ($1::uuid[]) and direction = 'in' order by contact_id, seq",
      [ids],
    ),
    openSealed(w, ids, ['story'], 'absent'),
  ])
  const out: Said[] = []
  for (const c of contacts) {
    const own = rows.filter(r => r.contact_id === c.id)
    const bodies = await openBodies(w, c.id, own)
    const sealed = stories.get(c.id)?.story
    const given = sealed ? openStory(sealed).answers : {}
    const answers = typed.flatMap(k => given[k] ?? [])
    const words = bodies.flatMap(b => (b ? [b.text] : []))
    if (words.length > 0) out.push({ id: c.id, homeGroup: c.homeGroup, text: [...words, ...answers].join('\n') })
  }
  return out
}

/**
 * Notes what these contacts name, and raises one alert for each thing that at least three different contacts of two weeks name. Contacts that are in no list count
 * for nothing. Returns how many alerts were raised.
 */
export const markPlaces = async (w: Work, ids: readonly Id[]): Promise<number> => {
  if (ids.length === 0) return 0
  const { rows } = await w.tx.query<{ id: Id; homeGroup: Id }>(
    `select c.id, c.home_group as "homeGroup" from app.contact c where c.id = any ($1::uuid[]) and ${inLists}`,
    [ids],
  )
  let raised = 0
  for (const said of await saidIn(w, rows)) {
    const key = markKey(w, said.homeGroup)
    if (!key) continue
    const macs = alertKeys(said.text).map(k => macOf(key, k))
    if (macs.length === 0) continue
    // Two sessions that read at once: the second waits, and finds the alert raised.
    await w.tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7304))', [said.homeGroup])
    await w.tx.query(
      'insert into app.place_mark (contact_id, mac, home_group, day) select $1, m, $2, current_date from unnest($3::bytea[]) m on conflict do nothing',
      [said.id, said.homeGroup, macs],
    )
    const { rows: often } = await w.tx.query<{ mac: Buffer }>(
      `select m.mac from app.place_mark m join app.contact c on c.id = m.contact_id
        where m.home_group = $1 and m.mac = any ($2::bytea[]) and m.day > current_date - $3::int and ${inLists}
          and not exists (select from app.place_alert a where a.home_group = m.home_group and a.mac = m.mac and (a.done_on is null or a.done_on > current_date - $3::int))
        group by m.mac having count(distinct m.contact_id) >= $4`,
      [said.homeGroup, macs, alertDays, alertAt],
    )
    for (const { mac } of often) {
      const { rowCount } = await w.tx.query(
        'insert into app.place_alert (id, contact_id, home_group, mac, raised_on) values ($1, $2, $3, $4, current_date) on conflict do nothing',
        [newId(), said.id, said.homeGroup, mac],
      )
      raised += rowCount ?? 0
    }
  }
  return raised
}

export interface PlaceAlert {
  readonly id: Id
  /** What was named; undefined where this session cannot open any of the contacts. */
  readonly named: string | undefined
  readonly contacts: readonly Id[]
}
/** Open alerts of this person's desks, newest first, with the contacts that name the same. */
export const openAlerts = async (w: Work, limit = 10): Promise<PlaceAlert[]> => {
  const { rows } = await w.tx.query<{ id: Id; homeGroup: Id; mac: Buffer; contacts: Id[] }>(
    `select a.id, a.home_group as "homeGroup", a.mac,
            array(select m.contact_id from app.place_mark m join app.contact c on c.id = m.contact_id
                   where m.home_group = a.home_group and m.mac = a.mac and ${inLists} order by m.day desc, m.contact_id limit 25) as contacts
       from app.place_alert a where a.done_on is null order by a.raised_on desc, a.id limit $1`,
    [limit],
  )
  const out: PlaceAlert[] = []
  for (const r of rows) {
    const key = markKey(w, r.homeGroup)
    const first = r.contacts[0]
    const [said] = key && first ? await saidIn(w, [{ id: first, homeGroup: r.homeGroup }]) : []
    const named = key && said && alertKeys(said.text).find(k => macOf(key, k).equals(r.mac))
    // Put in no list since: there is nothing left to warn of.
    if (r.contacts.length > 0) out.push({ id: r.id, named: named?.replace(/^[#/]/, ''), contacts: r.contacts })
  }
  return out
}
export const countAlerts = async (w: Work): Promise<number> =>
  (await w.tx.query<{ n: number }>('select count(*)::int as n from app.place_alert where done_on is null')).rows[0]?.n ?? 0

/** Puts an alert aside; false where it is not there, or somebody was faster. */
export const endAlert = async (w: Work, id: Id, by: Id, why: AlertWhy): Promise<boolean> =>
  ((
    await w.tx.query('update app.place_alert set done_on = current_date, done_by = $2, why = $3 where id = $1 and done_on is null', [
      id,
      by,
      why,
    ])
  ).rowCount ?? 0) === 1

/** New contacts from outside that nobody has read and nobody called dangerous, with what they say: same texts stand together, the largest group first. */
export interface StormGroup {
  readonly text: string
  readonly contacts: readonly { readonly id: Id; readonly version: number }[]
}
export const stormGroups = async (w: Work, limit = 200): Promise<StormGroup[]> => {
  const { rows } = await w.tx.query<{ id: Id; homeGroup: Id; version: number }>(
    `select c.id, c.home_group as "homeGroup", c.version from app.contact c
      where c.unread and c.state = 'new' and not c.in_danger and c.safe_now <> 'unsure' and c.channel in ('report', 'chat', 'concern', 'telegram', 'vk')
      order by c.received desc, c.id limit $1`,
    [limit],
  )
  const versions = new Map(rows.map(r => [r.id, r.version]))
  const groups = new Map<string, { text: string; contacts: { id: Id; version: number }[] }>()
  for (const said of await saidIn(w, rows)) {
    const same = plainText(said.text)
    const g = groups.get(same) ?? { text: said.text, contacts: [] }
    g.contacts.push({ id: said.id, version: versions.get(said.id) ?? 0 })
    groups.set(same, g)
  }
  return [...groups.values()].sort((x, y) => y.contacts.length - x.contacts.length)
}
