import { probabilityOf } from './rules.linkage.model.ts'
import type { LinkedPair } from './rules.linkage.ts'

/** A pair and its weight in bits. */
export interface Scored {
  readonly left: number
  readonly right: number
  readonly weight: number
}
export interface Grouping {
  readonly oneFile: boolean
  readonly leftRows: number
  readonly rightRows: number
  readonly threshold: number
  readonly weigh: (i: number, j: number) => number
}
/** Pairs at or above the threshold. */
export const consistent = (scored: readonly Scored[], g: Grouping): { pairs: LinkedPair[]; oneToOne: boolean } => {
  const pairs = scored
    .map(s => ({ ...s, probability: probabilityOf(s.weight), through: undefined }))
    .filter(s => s.probability >= g.threshold)
    .sort((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right)
  return { pairs, oneToOne: false }
}
