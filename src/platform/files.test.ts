import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { newKey, random } from './crypto.ts'
import { fileAt, filesOnDisk, openSealedFile, readStoredFile, removeStoredFile, sealFile, storeFile, sweepOrphans } from './files.ts'
import { newId } from './records.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'dv-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const why = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'opened'
  } catch (e) {
    return (e as Error).message
  }
}

test('neither another key, nor another id, nor a cut, nor a longer end opens a file', async () => {
  const [id, other] = [newId(), newId()]
  const plain = random(200_000)
  const { key, sealed } = sealFile(id, plain)
  const whole = Buffer.concat(sealed)
  expect(openSealedFile(id, key, whole).equals(plain)).toBe(true)
  expect(await why(() => openSealedFile(id, newKey(), whole))).toBe('file_altered')
  expect(await why(() => openSealedFile(other, key, whole))).toBe('file_altered')
  expect(await why(() => openSealedFile(id, key, Buffer.concat([whole, random(40)])))).toBe('file_altered')
  expect(await why(() => openSealedFile(id, key, Buffer.alloc(0)))).toBe('file_altered')
  // Cut at every chunk boundary, where each part by itself is whole.
  for (let at = 24; at < whole.length; at += 64 * 1024 + 17)
    expect(await why(() => openSealedFile(id, key, whole.subarray(0, at)))).toBe('file_altered')
  // Two chunks changed places.
  const [a, b] = [whole.subarray(24, 24 + 65_553), whole.subarray(24 + 65_553, 24 + 2 * 65_553)]
  expect(await why(() => openSealedFile(id, key, Buffer.concat([whole.subarray(0, 24), b, a, whole.subarray(24 + 2 * 65_553)])))).toBe(
    'file_altered',
  )
})

test('a hundred random corruptions are all noticed', async () => {
  const id = newId()
  const { key, sealed } = sealFile(id, random(150_000))
  const whole = Buffer.concat(sealed)
  let noticed = 0
  for (let i = 0; i < 100; i++) {
    const spoilt = Buffer.from(whole)
    const at = Math.floor(Math.random() * spoilt.length)
    spoilt[at] = spoilt[at]! ^ (1 << Math.floor(Math.random() * 8))
    if ((await why(() => openSealedFile(id, key, spoilt))) === 'file_altered') noticed += 1
  }
  expect(noticed).toBe(100)
})

test('what is stored is what is read, of any size, and the disk shows neither content nor exact size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300_000 }), async size => {
      const id = newId()
      const plain = Buffer.alloc(size, 'канарейка')
      const stored = await storeFile(id, plain, folder)
      expect((await readStoredFile(id, stored.key, folder)).equals(plain)).toBe(true)
      const file = fileAt(folder, id)
      expect(statSync(file).size).toBe(stored.bytes)
      expect(readFileSync(file).includes('канарейка')).toBe(false)
      expect(statSync(file).mode & 0o077).toBe(0)
      await removeStoredFile(id, folder)
      expect(await why(() => readStoredFile(id, stored.key, folder))).toBe('file_missing')
    }),
    { numRuns: 25 },
  )
  const sizes = new Set(await Promise.all([20_000, 20_100, 20_200].map(async n => (await storeFile(newId(), random(n), folder)).bytes)))
  expect(sizes.size).toBe(1)
  for (const ab of readdirSync(folder)) for (const name of readdirSync(path.join(folder, ab))) expect(name).toMatch(/^[0-9a-f-]{36}$/)
})

test('a path is made of an id and of nothing else', async () => {
  for (const bad of ['../../etc/passwd', '..', '', `${newId()}/x`, newId().toUpperCase()])
    expect(await why(() => readStoredFile(bad, newKey(), folder))).toBe('file_missing')
})

test('what no row speaks of goes after a day; what is young may be waiting for its row', async () => {
  const [kept, orphan, young] = [newId(), newId(), newId()]
  for (const id of [kept, orphan, young]) await storeFile(id, random(10), folder)
  const half = `${fileAt(folder, newId())}.1234abcd.part`
  await storeFile(path.basename(half).slice(0, 36), random(10), folder)
  writeFileSync(half, 'half')
  const old = new Date(Date.now() - 2 * 86_400_000)
  for (const f of [fileAt(folder, kept), fileAt(folder, orphan), half]) utimesSync(f, old, old)
  expect(await sweepOrphans(new Set([kept]), new Date(), folder)).toBe(2)
  const left = (await filesOnDisk(folder)).map(f => f.id)
  expect([left.includes(kept), left.includes(orphan), left.includes(young), left.includes(null)]).toEqual([true, false, true, false])
})
