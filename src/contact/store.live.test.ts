import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../platform/records.ts'
import { type Scratch, scratch } from '../platform/scratch.testing.ts'
import { type Live, listenLive, liveChannel, liveDigest, typingPayload } from './store.live.ts'

let db: Scratch
const lives: Live[] = []
beforeAll(async () => {
  db = await scratch()
}, 60_000)
afterAll(async () => {
  for (const l of lives) await l.close()
  await db?.end()
})

const until = async (what: () => boolean) => {
  for (let i = 0; i < 200 && !what(); i++) await sleep(25)
  expect(what()).toBe(true)
}
const contact = async () => {
  const id = newId()
  await db.owner.query(
    "insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $1, 'chat', '2024-01-01', 'yes', 'new')",
    [id],
  )
  return id
}
const say = (id: string, seq: number, direction = 'in') =>
  db.owner.query(
    "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) values ($1, $2, $2, $3, $4, '2024-01-01', '\\x00')",
    [newId(), id, seq, direction],
  )

test('two processes hear each message of their contact and no other, by a digest that does not name it, and go on after a restart of the database', async () => {
  // The office and the public site: neither role needs a right for it.
  const [office, site] = [listenLive(db.pool('staff_rw', 1)), listenLive(db.pool('public_in', 1))]
  lives.push(office, site)
  const [mine, other] = [await contact(), await contact()]
  const heard = { office: 0, site: 0, other: 0, all: [] as (string | null)[] }
  const stop = office.watch(mine, () => heard.office++)
  site.watch(mine, () => heard.site++)
  site.watch(other, () => heard.other++)
  office.watchAll(d => heard.all.push(d))
  // Both have said "listen" once they hear one.
  let seq = 0
  for (let i = 0; i < 100 && (heard.office === 0 || heard.site === 0); i++) {
    await say(mine, ++seq)
    await sleep(50)
  }
  await until(() => heard.office > 0 && heard.site > 0)
  Object.assign(heard, { office: 0, site: 0, other: 0, all: [] })
  await say(mine, ++seq)
  await say(mine, ++seq, 'out')
  await db.owner.query('update app.message set acknowledged = true where contact_id = $1 and seq = $2', [mine, seq])
  await until(() => heard.office === 3 && heard.site === 3)
  expect([heard.other, heard.all]).toEqual([0, Array(3).fill(liveDigest(mine))])
  expect(liveDigest(mine)).not.toContain(mine.slice(0, 8))
  stop()
  await db.restart('stop')
  await until(() => heard.other > 0)
  const before = heard.site
  await say(mine, ++seq)
  await until(() => heard.site > before)
  expect(heard.office).toBe(3)
}, 60_000)

test('that somebody writes reaches those who watch that side of that contact, and is no change to anybody', async () => {
  const live = listenLive(db.pool('staff_rw', 1))
  lives.push(live)
  const [mine, other] = [newId(), newId()]
  const heard = { changed: 0, all: 0, in: 0, out: 0, other: 0 }
  live.watch(mine, () => heard.changed++)
  live.watchAll(() => heard.all++)
  const stop = live.watchTyping(mine, 'in', () => heard.in++)
  live.watchTyping(mine, 'out', () => heard.out++)
  live.watchTyping(other, 'in', () => heard.other++)
  const say = (side: 'in' | 'out') => db.owner.query('select pg_notify($1, $2)', [liveChannel, typingPayload(mine, side)])
  for (let i = 0; i < 100 && heard.in === 0; i++) {
    await say('in')
    await sleep(50)
  }
  // Whoever begins to listen is told once that something may have been missed.
  Object.assign(heard, { changed: 0, all: 0, in: 0, out: 0 })
  await say('in')
  await say('out')
  await until(() => heard.in === 1 && heard.out === 1)
  stop()
  await say('in')
  await say('out')
  await until(() => heard.out === 2)
  expect(heard).toEqual({ changed: 0, all: 0, in: 1, out: 2, other: 0 })
}, 30_000)
