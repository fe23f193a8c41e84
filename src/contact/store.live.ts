import pg from 'pg'
import type { Id } from '../base/id.ts'
import { sha256 } from '../platform/crypto.ts'

/*
 * Threads that move while somebody looks at them, across processes. The database tells on the channel below, by triggers (0072_live.sql): on every new message in
 * either direction, when the sender has marked an answer as read, and when the sender says that somebody is there. The payload is a digest of the contact's id and
 * nothing else; whoever hears it reads what changed as somebody, under row-level security.
 *
 * Office: `const live = listenLive(pool)` once a process; `const stop = live.watch(contactId, () => …)` for each open page; `stop()` when it goes.
 */

/** The channel of NOTIFY. Its payload is `liveDigest(contact)`. */
export const liveChannel = 'contact_live'
/** What the payload says of a contact: 32 hexadecimal characters. */
export const liveDigest = (contact: Id): string => sha256(contact).toString('hex').slice(0, 32)
/** Who writes just now: the sender, or the desk. */
export type Writes = 'in' | 'out'
/** What the payload says while somebody writes: nothing has changed, so nobody reads anew. */
export const typingPayload = (contact: Id, side: Writes): string => `${liveDigest(contact)}:${side}`

export interface Live {
  /** Calls `changed` on every change of the contact, and once after the connection was lost for a while: something may have been missed. Returns how to stop. */
  watch(contact: Id, changed: () => void): () => void
  /** Calls `writes` each time that side says it is writing; what was missed is missed. */
  watchTyping(contact: Id, side: Writes, writes: () => void): () => void
  /** Calls `changed` on any change at all (an inbox): with the digest of the contact, or null after the connection was lost. */
  watchAll(changed: (digest: string | null) => void): () => void
  /** How many watch now. */
  watching(): number
  close(): Promise<void>
}

/** Waits between tries, in ms: the database may be away for minutes, and must not be asked by a storm when it comes back. */
const waits = [100, 500, 2000, 5000] as const

/** Listens on a connection of its own (it never goes back to the pool), reconnects by itself. One for each process: it is cheap to watch many contacts on it. */
export const listenLive = (pool: Pick<pg.Pool, 'options'>): Live => {
  const watchers = new Map<string, Set<() => void>>()
  const writers = new Map<string, Set<() => void>>()
  const all = new Set<(digest: string | null) => void>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let tries = 0

  const tellAll = () => {
    for (const set of [...watchers.values()]) for (const f of [...set]) f()
    for (const f of [...all]) f(null)
  }
  const again = () => {
    client = undefined
    if (closed || timer) return
    timer = setTimeout(
      () => {
        timer = undefined
        void open()
      },
      waits[Math.min(tries++, waits.length - 1)],
    )
    timer.unref()
  }
  const open = async (): Promise<void> => {
    // The password of a pool is hidden from spreading.
    const c = new pg.Client({ ...pool.options, password: pool.options.password, keepAlive: true } as pg.ClientConfig)
    let gone = false
    const lost = () => {
      if (gone) return
      gone = true
      c.end().catch(() => undefined)
      again()
    }
    c.on('error', lost)
    c.on('end', lost)
    c.on('notification', n => {
      if (n.payload?.includes(':')) {
        for (const f of [...(writers.get(n.payload) ?? [])]) f()
        return
      }
      for (const f of [...(watchers.get(n.payload ?? '') ?? [])]) f()
      for (const f of [...all]) f(n.payload ?? null)
    })
    try {
      await c.connect()
      await c.query(`listen ${liveChannel}`)
      if (closed) return void (await c.end())
      client = c
      // Anybody who came before this moment, or during a break, may have missed something.
      if (watchers.size + all.size > 0) tellAll()
      tries = 0
    } catch {
      lost()
    }
  }
  // Not before somebody looks: a process whose database is away starts all the same.
  let begun = false
  const begin = () => {
    if (begun || closed) return
    begun = true
    void open()
  }

  const put = (map: Map<string, Set<() => void>>, key: string, does: () => void) => {
    begin()
    const set = map.get(key) ?? new Set()
    // Wrapped, so that one function given twice is two watchers.
    const mine = () => does()
    set.add(mine)
    map.set(key, set)
    return () => {
      set.delete(mine)
      if (set.size === 0) map.delete(key)
    }
  }

  return {
    watch: (contact, changed) => put(watchers, liveDigest(contact), changed),
    watchTyping: (contact, side, writes) => put(writers, typingPayload(contact, side), writes),
    watchAll: changed => {
      begin()
      const mine = (d: string | null) => changed(d)
      all.add(mine)
      return () => void all.delete(mine)
    },
    watching: () => [...watchers.values()].reduce((n, s) => n + s.size, 0) + all.size,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
