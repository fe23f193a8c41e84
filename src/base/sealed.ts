import type { z } from 'zod'

/** A sealed value that cannot be opened, or may not be guessed at. The message is a code, `cause` at most the kind of value: never a content. */
export class SealError extends Error {
  override name = 'SealError'
}

/** A value as it was opened: its schema version beside it. */
export interface Opened {
  readonly schema: number
  readonly value: unknown
}
/** Reads one kind of sealed value in every version that was ever written. */
export interface Reader<T> {
  (o: Opened): T
  readonly kind: string
  /** The version that is written now. */
  readonly newest: number
}
/** From one version to the next; pure, and kept for ever: sealed values are never rewritten by a migration. */
export type Upcast = (older: unknown) => unknown

/**
 * `steps[0]` leads from version 1 to 2, `steps[1]` from 2 to 3, … Throws SealError: `schema_newer` for a value of a later program (half of it would mislead),
 * `value_malformed` for one that does not fit its own version.
 */
export const reader = <S extends z.ZodType>(
  kind: string,
  newest: number,
  schema: S,
  steps: readonly Upcast[] = [],
): Reader<z.output<S>> => {
  if (steps.length !== newest - 1) throw new Error(`${kind}: version ${newest} needs ${newest - 1} steps`)
  const read = (o: Opened): z.output<S> => {
    if (!Number.isInteger(o.schema) || o.schema < 1) throw new SealError('value_malformed', { cause: kind })
    if (o.schema > newest) throw new SealError('schema_newer', { cause: kind })
    const parsed = schema.safeParse(steps.slice(o.schema - 1).reduce((value, step) => step(value), o.value))
    // The library's own error quotes what stands in the value.
    if (!parsed.success) throw new SealError('value_malformed', { cause: kind })
    return parsed.data
  }
  return Object.assign(read, { kind, newest })
}
