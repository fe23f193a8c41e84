import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  boxOpen,
  boxPair,
  boxSeal,
  newKey,
  openBytes,
  openJson,
  paddedLength,
  SealError,
  sealBytes,
  sealJson,
  sign,
  signPair,
  verifySignature,
} from './crypto.ts'

const anyPlace = fc.record({
  table: fc.constantFrom('sealed', 'message', 'key_wrap'),
  row: fc.uuid(),
  compartment: fc.integer({ min: 1, max: 7 }),
})
const bytes = fc.uint8Array({ maxLength: 3000 }).map(b => Buffer.from(b))

test('another key opens nothing', () => {
  fc.assert(
    fc.property(bytes, anyPlace, (plain, place) => {
      expect(() => openBytes(newKey(), place, sealBytes(newKey(), place, 1, plain))).toThrow(SealError)
    }),
  )
})

test('a sealed value moved to another row, table or compartment does not open', () => {
  const key = newKey()
  fc.assert(
    fc.property(bytes, anyPlace, anyPlace, (plain, here, there) => {
      fc.pre(here.row !== there.row || here.table !== there.table || here.compartment !== there.compartment)
      expect(() => openBytes(key, there, sealBytes(key, here, 1, plain))).toThrow(SealError)
    }),
  )
})

test('every flipped bit is refused, the schema version and the suite included', () => {
  const key = newKey()
  const place = { table: 'sealed', row: 'r', compartment: 1 }
  const sealed = sealBytes(key, place, 3, Buffer.from('a child said something'))
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Buffer.from(sealed)
    altered[bit >> 3]! ^= 1 << (bit & 7)
    expect(() => openBytes(key, place, altered)).toThrow(SealError)
  }
})

test('what was sealed comes back, with its schema version', () => {
  const key = newKey()
  fc.assert(
    fc.property(fc.jsonValue(), anyPlace, fc.integer({ min: 1, max: 65535 }), (value, place, schema) => {
      expect(openJson(key, place, sealJson(key, place, schema, value))).toEqual({ schema, value: JSON.parse(JSON.stringify(value)) })
    }),
  )
})

test('the length of an envelope tells a bucket, not the length of a text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), n => {
      expect(paddedLength(n)).toBeGreaterThanOrEqual(n)
      expect(paddedLength(n)).toBeLessThanOrEqual(Math.max(64, n * 1.12 + 1))
    }),
  )
  const lengths = new Set(Array.from({ length: 1000 }, (_, n) => paddedLength(n)))
  expect(lengths.size).toBeLessThan(60)
})

test('a sealed box opens for its pair only', () => {
  const [a, b] = [boxPair(), boxPair()]
  const sealed = boxSeal(a.publicKey, Buffer.from('key'))
  expect(boxOpen(a, sealed).toString()).toBe('key')
  expect(() => boxOpen(b, sealed)).toThrow(SealError)
})

test('a signature holds for its text and key only', () => {
  const pair = signPair(newKey())
  const s = sign(pair, Buffer.from('head'))
  expect(verifySignature(pair.publicKey, Buffer.from('head'), s)).toBe(true)
  expect(verifySignature(pair.publicKey, Buffer.from('heat'), s)).toBe(false)
  expect(verifySignature(signPair(newKey()).publicKey, Buffer.from('head'), s)).toBe(false)
})
