import { hashRaw } from '@node-rs/argon2'

/** Cost of one hash, as it is written beside the salt: `argon2id,m=65536,t=3,p=1` (m in KiB). */
export interface ArgonCost {
  readonly m: number
  readonly t: number
  readonly p: number
}
export const defaultCost: ArgonCost = { m: 65_536, t: 3, p: 1 }
export const costText = (c: ArgonCost): string => `argon2id,m=${c.m},t=${c.t},p=${c.p}`
/** Reads what costText wrote; undefined for anything else, and for costs that would let a stored value stop the process. */
export const parseCost = (text: string): ArgonCost | undefined => {
  const [, m, t, p] = /^argon2id,m=(\d{1,7}),t=(\d{1,2}),p=(\d)$/.exec(text) ?? []
  const c = { m: Number(m), t: Number(t), p: Number(p) }
  return m !== undefined && c.m >= 8 && c.m <= 1_048_576 && c.t >= 1 && c.p >= 1 ? c : undefined
}

export interface ArgonQueue {
  /** `first`: before all that wait and are not. 32 bytes of Argon2id, or 'busy' at once when too many wait: a flood must cost the flooder, not everybody's memory. */
  hash(secret: Uint8Array | string, salt: Uint8Array, cost?: ArgonCost, first?: boolean): Promise<Buffer | 'busy'>
  /** How many run or wait now. */
  load(): number
}

/** Algorithm.Argon2id; the package declares it as an ambient enum, which we cannot import. */
const argon2id = 2

/** One bounded queue for a process: each hash takes 64 MiB and a quarter of a second of a core. */
export const argonQueue = (concurrency = 2, length = 32): ArgonQueue => {
  let running = 0
  const waiting: (() => void)[] = []
  const firsts: (() => void)[] = []
  return {
    load: () => running + waiting.length + firsts.length,
    hash: async (secret, salt, cost = defaultCost, first = false) => {
      if (running >= concurrency) {
        if (waiting.length + firsts.length >= length) return 'busy'
        // Whoever ends hands over the place, so that `running` is never more than it says.
        await new Promise<void>(go => (first ? firsts : waiting).push(go))
      } else running++
      try {
        return await hashRaw(secret, {
          algorithm: argon2id,
          memoryCost: cost.m,
          timeCost: cost.t,
          parallelism: cost.p,
          outputLen: 32,
          salt,
        })
      } finally {
        const next = firsts.shift() ?? waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}

/** A share of a queue: at most `max` of this kind run or wait, so that a flood of one kind leaves places for the other. */
export const lane = (queue: ArgonQueue, max: number, first = false): ArgonQueue => {
  let mine = 0
  return {
    load: () => mine,
    hash: async (secret, salt, cost, sooner = first) => {
      if (mine >= max) return 'busy'
      mine++
      try {
        return await queue.hash(secret, salt, cost, sooner)
      } finally {
        mine--
      }
    },
  }
}
