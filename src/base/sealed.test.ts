import { expect, test } from 'vitest'
import { z } from 'zod'
import { reader, SealError } from './sealed.ts'

const Third = z.strictObject({ text: z.string(), by: z.string(), tags: z.array(z.string()) })
const read = reader('note', 3, Third, [v => ({ ...(v as object), by: 'unknown' }), v => ({ ...(v as object), tags: [] })])
const codeOf = (schema: number, value: unknown) => {
  try {
    return read({ schema, value })
  } catch (e) {
    return e instanceof SealError ? [e.message, e.cause] : e
  }
}

test('each version takes the steps that it lacks', () => {
  expect(codeOf(1, { text: 'a' })).toEqual({ text: 'a', by: 'unknown', tags: [] })
  expect(codeOf(2, { text: 'a', by: 'b' })).toEqual({ text: 'a', by: 'b', tags: [] })
  expect(codeOf(3, { text: 'a', by: 'b', tags: ['c'] })).toEqual({ text: 'a', by: 'b', tags: ['c'] })
})
test('a later version is refused by its number, even where its value would fit; a broken one says nothing of what stands in it', () => {
  expect(codeOf(4, { text: 'a', by: 'b', tags: [] })).toEqual(['schema_newer', 'note'])
  for (const schema of [0, -1, 1.5, Number.NaN]) expect(codeOf(schema, { text: 'a' })).toEqual(['value_malformed', 'note'])
  expect(codeOf(3, { text: 'тайна', by: 1 })).toEqual(['value_malformed', 'note'])
  expect(codeOf(2, { text: 'a', by: 'b', more: 'тайна' })).toEqual(['value_malformed', 'note'])
})
test('a version without its step does not come to life', () => {
  expect(() => reader('note', 2, Third)).toThrow('needs 1 steps')
})
