import type { Circumstance } from './schema.ts'

/**
 * What children of the demonstration say: short, as told, nothing in detail. {place} and {n} are filled in. A real child's words are never put here, nor anything
 * that happened to one.
 */
export interface Stories {
  readonly places: readonly string[]
  readonly told: Readonly<Record<Circumstance, readonly string[]>>
  /** What they ask for; stands at the end. */
  readonly asks: readonly string[]
  /** A first message on the public site, and one that nobody has read yet. */
  readonly wrote: readonly string[]
  /** Answers to "how are you" months later. */
  readonly later: readonly string[]
}
