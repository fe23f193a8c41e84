import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxOpen, boxSeal } from './crypto.ts'
import { decodePaper, encodePaper, joinKit, makeKit } from './kit.ts'

test('one page alone opens nothing', async () => {
  const kit = await makeKit(3, 2)
  expect(await joinKit([kit.shares[0]!.text])).toEqual({ ok: false, error: 'too_few_shares' })
})

test('two pages of a three-page kit are too few when three are needed', async () => {
  const kit = await makeKit(4, 3)
  expect(await joinKit([kit.shares[0]!.text, kit.shares[3]!.text])).toEqual({ ok: false, error: 'too_few_shares' })
})

test('any two of three pages open what was sealed to the kit', async () => {
  const kit = await makeKit(3, 2)
  const sealed = boxSeal(kit.recoveryPublic, Buffer.from('epoch'))
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const joined = await joinKit([kit.shares[a]!.text, kit.shares[b]!.text], kit.recoveryPublic)
    if (!joined.ok) throw new Error(joined.error)
    expect(boxOpen(joined, sealed).toString()).toBe('epoch')
  }
})

test('pages of two kits, the same page twice and a mistyped page are named', async () => {
  const [a, b] = [await makeKit(3, 2), await makeKit(3, 2)]
  const [one, two] = [a.shares[0]!.text, a.shares[1]!.text]
  expect(await joinKit([one, b.shares[1]!.text])).toEqual({ ok: false, error: 'shares_of_two_kits', position: 2 })
  expect(await joinKit([one, one])).toEqual({ ok: false, error: 'share_twice', position: 2 })
  const wrong = two.slice(0, -1) + (two.endsWith('7') ? '8' : '7')
  expect(await joinKit([one, wrong])).toMatchObject({ ok: false, position: 2 })
  expect(await joinKit([one, two], b.recoveryPublic)).toEqual({ ok: false, error: 'kit_of_another_installation' })
})

test('paper survives handwriting: case, spaces, O for zero, I and L for one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), bytes => {
      const text = encodePaper(bytes).toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l').replace(/-/g, ' ')
      expect(decodePaper(text)).toEqual(Buffer.from(bytes))
    }),
  )
})
