import { describe, expect, it } from 'vitest'
import { argonQueue } from './argon.ts'
import { random } from './crypto.ts'
import {
  matchTotp,
  newPrintedCodes,
  newRecoveryCode,
  newTotpSecret,
  openTotp,
  printedSecret,
  recoveryKeys,
  sealTotp,
  totpCode,
} from './onetime.ts'
import { BusyError, passwordScore, passwords } from './password.ts'

const pepper = random(32)

describe('passwords', () => {
  it('refuses with 503 when too many wait, and goes on afterwards', async () => {
    const p = passwords(pepper, 0, argonQueue(2, 32))
    const salt = p.newSalt()
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => p.keys('x', salt)))
    const refused = all.filter(r => r.status === 'rejected')
    expect(refused).toHaveLength(6)
    expect(refused[0]?.reason).toBeInstanceOf(BusyError)
    expect(refused[0]?.reason.statusCode).toBe(503)
    await expect(p.keys('x', salt)).resolves.toBeDefined()
  })
  it('password, salt and install secret all count; wrap and verify tell nothing of each other', async () => {
    const p = passwords(pepper, 0)
    const salt = p.newSalt()
    const one = await p.keys('один', salt)
    expect((await p.keys('один', salt)).wrap).toEqual(one.wrap)
    expect(one.verify).not.toEqual(one.wrap)
    for (const other of [await p.keys('два', salt), await p.keys('один', p.newSalt()), await passwords(random(32), 0).keys('один', salt)])
      expect(other.verify).not.toEqual(one.verify)
    // The same word typed on two keyboards: й as one character or as two.
    expect((await p.keys('и\u0306', salt)).verify).toEqual((await p.keys('й', salt)).verify)
  })
  it('an unknown login has a salt of the same shape, the same at every try', () => {
    const p = passwords(pepper)
    expect(p.fakeSalt('x')).toEqual(p.fakeSalt('x'))
    expect(p.fakeSalt('x')).not.toEqual(p.fakeSalt('y'))
    expect(p.fakeSalt('x').length).toBe(p.newSalt().length)
    expect(p.fakeSalt('x')[0]).toBe(p.newSalt()[0])
  })
  it('knows easy passwords, whatever they are made of', () => {
    for (const easy of ['aaaaaaaaaaaaaaa', '12345678901234567', 'qwertyuiopasdfgh']) expect(passwordScore(easy, [])).toBeLessThan(3)
    expect(passwordScore('лампа мост шапка верблюд', [])).toBeGreaterThanOrEqual(3)
    const started = performance.now()
    passwordScore('лампа '.repeat(5000), [])
    // Minutes, if length were not capped first; a busy machine must not fail here.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('one-time codes', () => {
  it('an app code belongs to its step', () => {
    const s = newTotpSecret()
    expect(matchTotp(s, totpCode(s, 100), [100, 99, 101])).toBe(100)
    expect(matchTotp(s, totpCode(s, 98), [100, 99, 101])).toBeUndefined()
    expect(matchTotp(s, '12345', [100])).toBeUndefined()
  })
  it('its secret opens for its person only', () => {
    const key = random(32)
    expect(openTotp(key, 'a', sealTotp(key, 'a', 'S'))).toBe('S')
    expect(() => openTotp(key, 'b', sealTotp(key, 'a', 'S'))).toThrow()
  })
  it('a recovery code survives lower case, spaces and look-alike letters, and not a wrong character', () => {
    const code = newRecoveryCode()
    expect(recoveryKeys(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(recoveryKeys(code))
    expect(recoveryKeys((code.startsWith('A') ? 'B' : 'A') + code.slice(1))).toBeUndefined()
  })
  it('printed codes are ten times ten digits, and another person cannot use them', () => {
    const codes = newPrintedCodes()
    expect(codes).toHaveLength(10)
    for (const c of codes) expect(c).toMatch(/^\d{10}$/)
    expect(printedSecret(pepper, 'a', codes[0] ?? '')).not.toEqual(printedSecret(pepper, 'b', codes[0] ?? ''))
  })
})
