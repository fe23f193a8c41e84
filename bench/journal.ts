// Appends a second with 1 and with 8 writers, each on records of its own, with the disk really waited for; and whether anybody waited for a lock.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { appendTo, newWriter } from '../src/platform/ledger.testing.ts'
import { newId } from '../src/platform/records.ts'
import { scratch } from '../src/platform/scratch.testing.ts'

const seconds = Number(process.argv[2] ?? 6)
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
const one = await run(1)
const eight = await run(8)
const ratio = eight.rate / one.rate
const bar = sync >= 2 ? 4 : 1.3
console.log(`fsync: ${sync.toFixed(2)} ms (median of 200)`)
console.log(
  `1 writer: ${one.rate.toFixed(0)} appends/s; 8 writers: ${eight.rate.toFixed(0)} appends/s; ratio ${ratio.toFixed(2)} (bar for this disk: ${bar})`,
)
console.log(`waits on a lock of another writer: ${one.waits + eight.waits} in ${one.looks + eight.looks} looks`)
console.log(
  `what 8 writers waited for: ${
    [...eight.kinds]
      .toSorted((a, b) => b[1] - a[1])
      .map(([k, n]) => `${k} ${n}`)
      .join(', ') || 'nothing'
  }`,
)
await db.end()
