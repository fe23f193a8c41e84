/** A random UUID v4 made by the application: a time-ordered id would tell when a child first wrote. */
export type Id = string

export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** True for a lower-case UUID v4. */
export const isId = (value: unknown): value is Id => typeof value === 'string' && idPattern.test(value)
