/** A stream of chance that is the same for the same seed and labels: one stream for each person, so that more people do not change the first ones. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number
  one<T>(list: readonly T[]): T
  /** True with probability p. */
  is(p: number): boolean
  /** By weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
}

const hash = (text: string): [number, number, number, number] => {
  const h: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let i = 0; i < text.length; i += 1) {
    const k = text.charCodeAt(i)
    h[0] = h[1] ^ Math.imul(h[0] ^ k, 597399067)
    h[1] = h[2] ^ Math.imul(h[1] ^ k, 2869860233)
    h[2] = h[3] ^ Math.imul(h[2] ^ k, 951274213)
    h[3] = h[0] ^ Math.imul(h[3] ^ k, 2716044179)
  }
  return h
}

/** Deterministic and quick; never for a key, a code or a number that anybody must not guess. */
export const chance = (...labels: readonly (string | number)[]): Chance => {
  let [a, b, c, d] = hash(labels.join('\u0000'))
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i += 1) next()
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    one: list => list[int(0, list.length - 1)]!,
    is: p => next() < p,
    weighted: list => {
      let left = next() * list.reduce((sum, [, w]) => sum + w, 0)
      for (const [value, w] of list) {
        left -= w
        if (left < 0) return value
      }
      return list.at(-1)![0]
    },
  }
}
