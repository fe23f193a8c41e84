import { expect, test } from 'vitest'
import { SealError } from './base/sealed.ts'
import { testDb } from './platform/testing.ts'
import { addFixtures, type Kind, kinds, readFixtures, versionsIn, writeFixtures } from './versions.testing.ts'

/* Sealed values are never rewritten: what any version of this program has sealed, every later one must open. */

if (process.env.DOVERIE_NEW_FIXTURES === '1') writeFixtures(addFixtures(readFixtures(), kinds))
const fixtures = readFixtures()
const all = kinds.flatMap(k => Object.entries(fixtures[k.kind] ?? {}).map(([version, f]) => ({ k, version: Number(version), f })))

test('every kind has a fixture of every version from 1 to the one written now, and no fixture is of an unknown kind', () => {
  const want = kinds.flatMap(k => Array.from({ length: k.newest }, (_, i) => `${k.kind}/${i + 1}`))
  expect(Object.entries(fixtures).flatMap(([kind, v]) => Object.keys(v).map(n => `${kind}/${n}`))).toEqual(expect.arrayContaining(want))
  expect(Object.keys(fixtures).filter(kind => !kinds.some(k => k.kind === kind))).toEqual([])
  expect(new Set(kinds.map(k => k.kind)).size).toBe(kinds.length)
})
test.each(all.map(x => [`${x.k.kind}/${x.version}`, x] as const))('%s opens', (_name, { k, version, f }) => {
  const opened = k.open(Buffer.from(f.envelope, 'hex'))
  // An older version comes out in the shape of today; what that is, the test of its step says.
  if (version === k.newest) expect(opened).toEqual(f.value)
  else expect(opened).toBeDefined()
})
const codeOf = (read: () => unknown): string => {
  try {
    read()
    return 'opened'
  } catch (e) {
    return e instanceof SealError ? e.message : `not a refusal: ${String(e)}`
  }
}
test.each(kinds.map(k => [k.kind, k] as const))('%s of a later program is refused, not guessed', (_name, k: Kind) => {
  expect(codeOf(() => k.open(k.seal(k.newest + 1, k.sample)))).toBe('schema_newer')
})
test('the tool adds what is missing and never touches what is there', () => {
  const k = kinds[0]!
  const before = { [k.kind]: { 1: { value: 'as it was', envelope: 'ab' } } }
  const next = { ...k, newest: 2 }
  const after = addFixtures(before, [next, kinds[1]!])
  expect(after[k.kind]![1]).toEqual({ value: 'as it was', envelope: 'ab' })
  expect(after[k.kind]![2]!.value).toEqual(k.sample)
  expect(Object.keys(after)).toEqual([k.kind, kinds[1]!.kind])
  expect(addFixtures(after, [next])).toEqual(after)
})
test('every column of bytes is a kind with versions, or is known to be none', async () => {
  const db = await testDb()
  try {
    expect((await versionsIn(db.owner)).unknown).toEqual([])
  } finally {
    await db.close()
  }
})
