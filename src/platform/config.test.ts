import { describe, expect, it } from 'vitest'
import { isPlain, readConfig, settings } from './config.ts'

const problem = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env)
    return ''
  } catch (e) {
    expect(isPlain(e)).toBe(true)
    return (e as Error).message
  }
}

describe('settings', () => {
  it('need nothing to be set; an empty value is none', () => {
    const c = readConfig({ OFFICE_PORT: '', PUBLIC_URL: ' ' })
    expect(c.office).toEqual({ port: 4300, url: 'http://localhost:4300' })
    expect(c.public).toEqual({ port: 4301, url: 'http://localhost:4301' })
    expect(c).toMatchObject({ host: '127.0.0.1', trustProxy: false, databaseUrl: null, keyFile: null, logLevel: 'info', mail: null })
  })
  it('name what is wrong, all of it at once, and never repeat a value: it may hold a password', () => {
    const text = problem({ OFFICE_PORT: '70000', DATABASE_URL: 'mysql://u:geheim@h/d', LOG_LEVEL: 'loud', MAIL_URL: 'http://geheim' })
    for (const name of ['OFFICE_PORT', 'DATABASE_URL', 'LOG_LEVEL', 'MAIL_URL']) expect(text).toContain(`${name}: `)
    expect(text).not.toContain('geheim')
  })
  it.each([
    ['OFFICE_PORT', '0', '1–65535'],
    ['OFFICE_PORT', 'four', 'OFFICE_PORT'],
    ['OFFICE_URL', 'http://office.example', 'https'],
    ['OFFICE_URL', 'https://office.example/sub', 'without path'],
    ['OFFICE_URL', 'http://abc.onion', 'https'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: must be fatal, error, warn, info, debug or silent'],
    ['MAIL_FROM', 'nobody', 'must be an e-mail address'],
    ['OFFICE_PORT', 'four', 'OFFICE_PORT: a port is 1–65535'],
    ['HOST', 'my host', 'address to listen on'],
    ['TRUST_PROXY', 'yes please', 'number of proxies'],
    ['DATABASE_URL', 'localhost/db', 'postgres://'],
    ['MAIL_FROM', 'nobody', 'MAIL_FROM'],
  ])('%s=%s is refused', (name, value, said) => {
    expect(problem({ [name]: value })).toContain(said)
  })
  it('the two ports differ; mail is set whole or not at all', () => {
    expect(problem({ OFFICE_PORT: '5000', PUBLIC_PORT: '5000' })).toContain('must differ')
    expect(problem({ MAIL_URL: 'smtps://mail.example' })).toContain('both or neither')
  })
  it('messengers are off until a token is set, and set whole', () => {
    expect(readConfig({ VK_SECRET: 'long enough', VK_CONFIRMATION: 'abcd', MESSENGER_PORT: '5000' }).messenger).toBe(null)
    const token = '123456789:AAtest-token-of-nobody'
    expect(readConfig({ TELEGRAM_TOKEN: token }).messenger).toEqual({
      url: null,
      port: 4302,
      telegram: { token, api: 'https://api.telegram.org' },
      vk: null,
    })
    expect(readConfig({ VK_TOKEN: 'token of nobody', VK_GROUP: '42' }).messenger?.vk).toMatchObject({
      group: 42,
      api: 'https://api.vk.com',
    })
    expect(problem({ VK_TOKEN: 'geheim token' })).toContain('VK_GROUP: set it together')
    expect(problem({ VK_SECRET: 'geheim secret' })).toContain('VK_CONFIRMATION: set it together')
    expect(problem({ TELEGRAM_TOKEN: 'geheim' })).not.toContain('geheim')
    expect(problem({ TELEGRAM_TOKEN: token, TELEGRAM_API: 'http://api.example' })).toContain('https except on localhost')
    expect(problem({ TELEGRAM_TOKEN: token, MESSENGER_PORT: '4301' })).toContain('MESSENGER_PORT: must differ')
  })
  it('a proxy is believed only as said', () => {
    expect(readConfig({ TRUST_PROXY: '1' }).trustProxy).toBe(1)
    expect(readConfig({ TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustProxy).toEqual(['10.0.0.1', '10.1.0.0/16'])
    expect(readConfig({ TRUST_PROXY: 'no' }).trustProxy).toBe(false)
  })
  it('an onion address may be plain on the public site', () => {
    expect(readConfig({ PUBLIC_URL: 'http://abcdef.onion' }).public.url).toBe('http://abcdef.onion')
  })
  it('each is documented once', () => {
    expect(new Set(settings.map(([name]) => name)).size).toBe(settings.length)
    for (const [, , what] of settings) expect(what.length).toBeGreaterThan(10)
  })
})
