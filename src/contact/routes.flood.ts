import { type ArgonQueue, lane } from '../platform/argon.ts'
import { hmac, sameBytes, sha256 } from '../platform/crypto.ts'
import { type Guest, type Site, type SiteAnswer, sitePage, urgentNumbers } from '../platform/site.ts'
import { began, bitsFor, inThisMinute, noTide, stampSeconds, startsWithZeros, waitersAMinute, waitSeconds } from './rules.flood.ts'
import type { PublicPage } from './schema.public.ts'
import { waitScreen } from './screens.flood.tsx'

export interface Gate {
  /** Hashes for those who are new: those who come back with their words keep the other twelve places, however many pour in. */
  readonly argon: ArgonQueue
  /** The page "one more minute" instead of a save, or undefined: go on. `body` is the form without what the gate added to it. */
  hold(g: Guest, to: PublicPage): SiteAnswer | undefined
  /** A conversation has begun. */
  begun(): void
  /** Zero bits that are asked for now. */
  bits(): number
  /** For the device that seals by itself: what its ticket asks for, and whether it was found. */
  deviceBits(): number
  worked(ticket: string, work: string | undefined): boolean
}

const deviceBits = 15
const gates = new WeakMap<Site, Gate>()
const own = ['stamp', 'work']
/** The fields of a form without those that the gate added. */
export const withoutGate = (body: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !own.includes(name)))

const found = (puzzle: string, work: string | undefined, bits: number): boolean =>
  work !== undefined && /^\d{1,12}$/.test(work) && startsWithZeros(sha256(Buffer.from(`${puzzle}:${work}`)), bits)

/** One gate for every door of a site, made at the first asking. It keeps counts by minute in memory, and nothing about anybody. */
export const gateOf = (site: Site): Gate => {
  const known = gates.get(site)
  if (known) return known
  const argon = lane(site.deps.argon, 22)
  let tide = noTide
  let waiters = noTide
  const ms = () => site.deps.clock().getTime()
  /** Bound to one form, so that it lets one conversation in; it says itself how much work it asks for. */
  const stampFor = (submission: string, seconds: number, bits: number): string =>
    `${seconds}.${bits}.${hmac(site.deps.keys.fakeSalt, `flood/${submission}/${seconds}/${bits}`).toString('hex').slice(0, 40)}`
  /** What our stamp for this very form says; undefined: none of ours, or too old. */
  const read = (stamp: string | undefined, submission: string): { passed: number; bits: number; stamp: string } | undefined => {
    const [, made, bits] = /^(\d{9,11})\.(\d{1,2})\.[0-9a-f]{40}$/.exec(stamp ?? '') ?? []
    if (!stamp || !made || !bits) return undefined
    const passed = ms() / 1000 - Number(made)
    const ours = sameBytes(Buffer.from(stamp), Buffer.from(stampFor(submission, Number(made), Number(bits))))
    return ours && passed >= -1 && passed < stampSeconds ? { passed, bits: Number(bits), stamp } : undefined
  }
  const bits = () => bitsFor(tide, argon.load(), ms())
  const gate: Gate = {
    argon,
    begun: () => {
      tide = began(tide, ms())
    },
    bits,
    deviceBits: () => (bits() === 0 ? 0 : deviceBits),
    worked: (ticket, work) => {
      return gate.bits() === 0 || found(ticket, work, deviceBits)
    },
    hold: (g, to) => {
      const asked = bits()
      if (asked === 0) return undefined
      const { work, submission = '' } = g.body
      const stamp = read(g.body.stamp, submission)
      if (stamp) {
        // What was asked when the page was shown is enough: the work of a slow phone is not thrown away because more have come since.
        if (found(stamp.stamp, work, stamp.bits)) return undefined
        if (stamp.passed >= waitSeconds && inThisMinute(waiters, ms()) < waitersAMinute) {
          waiters = began(waiters, ms())
          return undefined
        }
      }
      return sitePage({
        body: waitScreen(
          {
            to,
            fields: withoutGate(g.body),
            stamp: stamp?.stamp ?? stampFor(submission, Math.floor(ms() / 1000), asked),
            bits: stamp?.bits ?? asked,
            numbers: urgentNumbers,
          },
          g.t,
        ),
        status: 429,
        path: to === 'chat' ? '/chat' : to === 'concern' ? '/concern' : '/write',
        headers: { 'retry-after': String(waitSeconds) },
        scripts: ['puzzle.js'],
      })
    },
  }
  gates.set(site, gate)
  return gate
}
