import { describe, expect, it } from 'vitest'
import { childEnv, takeContext } from './launch.target.ts'
import { packSubkeys, passwordOf, processRoles, subkey, subkeyNames, subkeys, subkeysOf, takeSubkeys } from './subkeys.ts'

const isk = Buffer.alloc(32, 7)

describe('sub-keys', () => {
  it('differ from each other and from another install secret’s, and stay the same', () => {
    const all = subkeys(isk)
    expect(new Set(subkeyNames.map(n => all[n].toString('hex'))).size).toBe(subkeyNames.length)
    expect(subkey(isk, 'totp').equals(all.totp)).toBe(true)
    expect(subkey(Buffer.alloc(32, 8), 'totp').equals(all.totp)).toBe(false)
    // Pinned: another derivation would lock every installation out of its own data.
    expect(all.service.toString('hex')).toBe('87c864a31cda99d2182cac3144abc6cc6a37614d803c43f24a193ddfba9da6cb')
  })
  it('a secret of another length is refused', () => {
    expect(() => subkey(Buffer.alloc(31), 'totp')).toThrow('32 bytes')
  })
  it('the public process gets two, neither opens anything; no process gets the superuser or the secret', () => {
    expect(subkeysOf.public).toEqual(['db/public_in', 'fake_salt'])
    for (const role of processRoles) {
      expect(subkeysOf[role]).not.toContain('db/superuser')
      const packed = Buffer.from(packSubkeys(subkeys(isk), role), 'base64').toString()
      expect(Object.keys(JSON.parse(packed)).sort()).toEqual([...subkeysOf[role]].sort())
      expect(packed).not.toContain(isk.toString('base64'))
    }
  })
  it('the messenger process reaches the database as the public one and has one key more: none of a team, of staff or of the journal', () => {
    expect(subkeysOf.messenger).toEqual(['db/public_in', 'messenger'])
    for (const role of processRoles) expect(subkeysOf[role].includes('messenger')).toBe(role === 'messenger')
  })
  it('are taken once: nothing that is started later finds them in the environment', () => {
    const env: NodeJS.ProcessEnv = { DOVERIE_SUBKEYS: packSubkeys(subkeys(isk), 'public') }
    expect(Object.keys(takeSubkeys(env)).sort()).toEqual(['db/public_in', 'fake_salt'])
    expect(env.DOVERIE_SUBKEYS).toBeUndefined()
    expect(() => takeSubkeys(env)).toThrow('started by')
  })
  it('a password that was not handed over is an error, not an empty one', () => {
    expect(() => passwordOf({}, 'staff_rw')).toThrow('db/staff_rw')
  })
})

describe('what a child is told', () => {
  const env = {
    DATABASE_URL: 'postgres://mover:secret@db/x',
    DOVERIE_KEY_FILE: '/k',
    MAIL_URL: 'smtp://u:secret@m',
    TELEGRAM_TOKEN: '1:t',
    VK_TOKEN: 'vk',
    PATH: '/bin',
  }
  it('holds no password of the migrator and no way to the key; mail is the worker’s, the tokens of messengers are theirs', () => {
    for (const role of processRoles) {
      const given = childEnv(role, subkeys(isk), { url: env.DATABASE_URL }, false, '/data', env)
      expect(JSON.stringify(given).includes('mover') || JSON.stringify(given).includes('DOVERIE_KEY_FILE')).toBe(false)
      expect('MAIL_URL' in given).toBe(role === 'worker')
      expect(['TELEGRAM_TOKEN' in given, 'VK_TOKEN' in given]).toEqual(Array(2).fill(role === 'messenger'))
    }
  })
  it('is read back as it was', () => {
    const given = childEnv('public', subkeys(isk), { socket: '/s', database: 'd' }, true, '/data', env)
    expect(takeContext('public', given)).toMatchObject({
      role: 'public',
      target: { socket: '/s', database: 'd' },
      demo: true,
      folder: '/data',
    })
    expect(() => takeContext('janitor', given)).toThrow('name one of')
  })
})
