import fc from 'fast-check'
import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, expect, test } from 'vitest'
import { MessageBody } from '../contact/schema.ts'
import { openOut, sealOut } from '../contact/store.out.ts'
import { argonQueue, costText, defaultCost } from '../platform/argon.ts'
import * as server from '../platform/crypto.ts'
import * as device from './chat.seal.ts'

/* What the device seals is what the server seals: both ways, against libsodium and node:crypto. */

beforeAll(() => sodium.ready)
const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max }).map(b => Uint8Array.from(b))
const place = { table: 'message', row: 'b2a1', compartment: 4 }
const runs = { numRuns: 60 }

test('a box of the device opens with libsodium for its receiver and for nobody else, and the other way round', async () => {
  const [mine, other] = [server.boxPair(), server.boxPair()]
  await fc.assert(
    fc.asyncProperty(bytes(0, 2000), async plain => {
      const sealed = await device.boxSeal(mine.publicKey, plain)
      expect(sealed.length).toBe(plain.length + sodium.crypto_box_SEALBYTES)
      expect(server.boxOpen(mine, sealed).equals(plain)).toBe(true)
      expect(() => server.boxOpen(other, sealed)).toThrow('box_not_for_us')
      expect(server.sameBytes(await device.boxOpen(mine, server.boxSeal(mine.publicKey, plain)), plain)).toBe(true)
      await expect(device.boxOpen(other, sealed)).rejects.toThrow()
    }),
    runs,
  )
})

test('a pair of the device is a pair of libsodium', () => {
  for (let i = 0; i < 20; i++) {
    const pair = device.boxPair()
    expect(Buffer.from(sodium.crypto_scalarmult_base(pair.secretKey)).equals(pair.publicKey)).toBe(true)
  }
})

test('an altered box or envelope does not open', async () => {
  const pair = server.boxPair()
  const key = device.random(32)
  const [box, envelope] = [await device.boxSeal(pair.publicKey, device.bytesOf('x')), await device.sealJson(key, place, 1, 'x')]
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const [b, e] = [box.slice(), envelope.slice()]
      b[at % b.length]! ^= by
      e[at % e.length]! ^= by
      expect(() => server.boxOpen(pair, b)).toThrow()
      expect(() => server.openJson(Buffer.from(key), place, e)).toThrow()
      await expect(device.boxOpen(pair, b)).rejects.toThrow()
    }),
    runs,
  )
})

test('an envelope of the device opens on the server in its place only, and the other way round; both are equally long', async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes(32),
      fc.string({ unit: 'grapheme', maxLength: 700 }),
      fc.integer({ min: 1, max: 400 }),
      async (k, text, schema) => {
        const key = Buffer.from(k)
        const sealed = await device.sealJson(k, place, schema, { text })
        expect(server.openJson(key, place, sealed)).toEqual({ schema, value: { text } })
        expect(() => server.openJson(key, { ...place, row: 'other' }, sealed)).toThrow('envelope_altered')
        expect(() => server.openJson(server.newKey(), place, sealed)).toThrow('wrong_key')
        const theirs = server.sealJson(key, place, schema, { text })
        expect(theirs.length).toBe(sealed.length)
        expect(JSON.parse(Buffer.from(await device.openBytes(k, place, Uint8Array.from(theirs))).toString())).toEqual({ text })
      },
    ),
    runs,
  )
})

test('a message in a box is read as an answer is, and its length comes in steps of 256', async () => {
  const pair = server.boxPair()
  const lengths = new Set<number>()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async text => {
      const body: MessageBody = { text, language: 'uz' }
      const sealed = Buffer.from(await device.boxJson(pair.publicKey, 1, body, 'here'))
      lengths.add(sealed.length)
      expect((sealed.length - 48) % 256).toBe(0)
      expect(openOut(pair, sealed)).toEqual(body)
      expect(MessageBody.parse(await device.openBoxJson(pair, sealOut(pair.publicKey, body)))).toEqual(body)
    }),
    runs,
  )
  expect(lengths.size).toBeLessThan(12)
})

test('words open the same proof and the same wrapping key on the device and on the server', async () => {
  const argon = argonQueue()
  for (const secret of ['w0123456789abcdef0', 'd012345678901234567890']) {
    const salt = device.random(16)
    const k = await argon.hash(secret, salt)
    if (k === 'busy') throw new Error('busy')
    const before = performance.now()
    const made = await device.keysOf(secret, salt, costText(defaultCost))
    console.log(
      `Argon2id on the device's program: ${Math.round(performance.now() - before)} ms; said beforehand: ${Math.round(await device.slowness())} ms`,
    )
    expect(server.hkdf(k, 'doverie/auth').equals(made.proof)).toBe(true)
    expect(server.hkdf(k, 'doverie/wrap').equals(made.wrap)).toBe(true)
  }
  expect(
    server
      .hmac(server.hkdf(Buffer.from('k'.repeat(32)), 'doverie/digest'), 'т')
      .equals(await device.digestOf(device.bytesOf('k'.repeat(32)), 'т')),
  ).toBe(true)
})
