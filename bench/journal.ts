// Appends a second with 1 and with 8 writers, each on records of its own, with the disk really waited for; and whether anybody waited for a lock.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { appendTo, newWriter } from '../src/platform/ledger.testing.ts'
import { newId } from '../src/platform/records.ts'
import { scratch } from '../src/platform/scratch.testing.ts'

/** Rounds of one second with 1 and with 8 writers in turn, so that a busy machine is busy for both alike. */
const rounds = Number(process.argv[2] ?? 7)
const seconds = 1
const db = await scratch({ durable: true })

/** Median time of one fdatasync of 8 kB on the disk under the database, in ms. */
const fsyncTime = () => {
  const fd = openSync(path.join(db.folder, 'probe'), 'w')
  const times: number[] = []
  for (let i = 0; i < 200; i++) {
    writeSync(fd, Buffer.alloc(8192, i))
    const start = performance.now()
    fdatasyncSync(fd)
    times.push(performance.now() - start)
  }
  closeSync(fd)
  return times.toSorted((a, b) => a - b)[100] as number
}

const pool = db.pool('staff_rw', 8)
const writer = await newWriter(db, pool)
/** Waits on a lock that one writer holds and another wants. WAL writing (LWLock, IO) is shared by nature and is not one. */
const watch = async (until: () => boolean) => {
  let looks = 0
  let waits = 0
  const kinds = new Map<string, number>()
  while (!until()) {
    const { rows } = await db.owner.query<{ what: string; n: number }>(
      "select wait_event_type || ' ' || wait_event as what, count(*)::int as n from pg_stat_activity where usename = 'staff_rw' and state = 'active' and wait_event is not null group by 1",
    )
    looks++
    for (const r of rows) {
      kinds.set(r.what, (kinds.get(r.what) ?? 0) + r.n)
      if (r.what.startsWith('Lock ')) waits += r.n
    }
    await sleep(5)
  }
  return { looks, waits, kinds }
}

const run = async (writers: number) => {
  const records = Array.from({ length: writers * 20 }, newId)
  await Promise.all(Array.from({ length: writers }, (_, k) => appendTo(writer, records[k] as string, 'case', [4])))
  const end = performance.now() + seconds * 1000
  let done = 0
  const work = Promise.all(
    Array.from({ length: writers }, async (_, k) => {
      for (let i = 0; performance.now() < end; i++) {
        await appendTo(writer, records[k * 20 + (i % 20)] as string, 'case', [4])
        done++
      }
    }),
  )
  const seen = await watch(() => performance.now() >= end)
  await work
  return { rate: done / seconds, ...seen }
}

const sync = fsyncTime()
await run(1)
await run(8)
const ones: Awaited<ReturnType<typeof run>>[] = []
const eights: Awaited<ReturnType<typeof run>>[] = []
for (let i = 0; i < rounds; i++) {
  ones.push(await run(1))
  eights.push(await run(8))
}
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number
const sum = (list: { readonly waits: number; readonly looks: number }[], what: 'waits' | 'looks') => list.reduce((n, r) => n + r[what], 0)
const [one, eight] = [median(ones.map(r => r.rate)), median(eights.map(r => r.rate))]
const bar = sync >= 2 ? 4 : 1.3
console.log(`fsync: ${sync.toFixed(2)} ms before, ${fsyncTime().toFixed(2)} ms after (medians of 200)`)
console.log(
  `1 writer: ${one.toFixed(0)} appends/s; 8 writers: ${eight.toFixed(0)} appends/s; ratio ${(eight / one).toFixed(2)} (bar for this disk: ${bar}); medians of ${rounds} rounds`,
)
console.log(
  `waits on a lock of another writer: ${sum(ones, 'waits') + sum(eights, 'waits')} in ${sum(ones, 'looks') + sum(eights, 'looks')} looks`,
)
const kinds = new Map<string, number>()
for (const r of eights) for (const [k, n] of r.kinds) kinds.set(k, (kinds.get(k) ?? 0) + n)
console.log(
  `what 8 writers waited for: ${
    [...kinds]
      .toSorted((a, b) => b[1] - a[1])
      .map(([k, n]) => `${k} ${n}`)
      .join(', ') || 'nothing'
  }`,
)
await db.end()
