/* When very many write at once: what is asked of somebody new, and what never is. Coming back with one's words, and the numbers to call, are never asked anything. */

/** New conversations in ten minutes beyond which the next ones do a little work first; no desk has as many on an ordinary day. */
export const calmIn10Minutes = 60
/** Hashes of newcomers that run or wait, beyond which it is asked of the next ones at once. */
export const calmHashes = 4
/** Seconds to wait where no script solves the puzzle, and how long a stamp is good. */
export const waitSeconds = 20
export const stampSeconds = 15 * 60
/** Those who waited instead of working, at most so many a minute: waiting costs a flood nothing. */
export const waitersAMinute = 60

/** Begun conversations of the last ten minutes, kept as minutes: nothing here says who or when exactly. */
export interface Tide {
  readonly minutes: ReadonlyMap<number, number>
}
const minuteOf = (ms: number): number => Math.floor(ms / 60_000)
export const noTide: Tide = { minutes: new Map() }
export const began = (t: Tide, ms: number): Tide => {
  const now = minuteOf(ms)
  const kept = [...t.minutes].filter(([m]) => m > now - 10 && m <= now)
  return { minutes: new Map([...kept, [now, (t.minutes.get(now) ?? 0) + 1]]) }
}
export const inTenMinutes = (t: Tide, ms: number): number => {
  const now = minuteOf(ms)
  return [...t.minutes].reduce((n, [m, count]) => n + (m > now - 10 && m <= now ? count : 0), 0)
}
export const inThisMinute = (t: Tide, ms: number): number => t.minutes.get(minuteOf(ms)) ?? 0

/** Leading zero bits that the next newcomer has to find; 0: nothing is asked. More only while many who do the work still come. */
export const bitsFor = (t: Tide, hashes: number, ms: number): number => {
  if (inTenMinutes(t, ms) <= calmIn10Minutes && hashes < calmHashes) return 0
  const minute = inThisMinute(t, ms)
  return minute > 240 ? 19 : minute > 120 ? 17 : 15
}

/** Does a digest begin with so many zero bits? */
export const startsWithZeros = (digest: Uint8Array, bits: number): boolean => {
  for (let i = 0; i < bits; i++) if (((digest[i >> 3] ?? 0xff) >> (7 - (i & 7))) & 1) return false
  return true
}
