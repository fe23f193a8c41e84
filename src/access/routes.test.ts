import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { random, sha256 } from '../platform/crypto.ts'
import { asSession } from '../platform/db.ts'
import { newTotpSecret, totpCode } from '../platform/onetime.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { newUserKeys, sealUserKeys, sessionKey } from '../platform/vault.ts'
import { type AccessWorld, accessWorld, tokenIn } from './access.testing.ts'
import { sealSetup } from './routes.invitation.ts'
import { delaySeconds } from './rules.ts'
import { addPerson, asOwner } from './store.init.ts'

let world: AccessWorld
beforeAll(async () => {
  world = await accessWorld()
}, 60_000)
afterAll(() => world?.end())
const q = (text: string, values: unknown[] = []) => world.db.owner.query(text, values)
beforeEach(async () => {
  await q('delete from app.login_delay')
  world.logged.length = 0
})

/** Which button of the sign-out form was pressed. */
const switching = Object.fromEntries([['then', 'switch']])
const password = 'четыре лампы под синим мостом'
/** Somebody with login, password, an app and a recovery code: through the invitation page. */
const enrolled = async (login: string, roles: readonly ('case_worker' | 'administrator' | 'auditor')[] = ['case_worker']) => {
  const { rows } = await q('select id from app.agency')
  const made = await asOwner(world.db.connection('postgres'), db =>
    addPerson(
      db,
      world.db.keys,
      rows[0].id,
      { login, roles, profile: { name: `Имя ${login}`, alias: login, language: 'ru' }, teams: [] },
      new Date(),
    ),
  )
  const url = `/ru/invitation?code=${made.invitation}`
  const first = await world.get(url)
  expect(first.statusCode).toBe(200)
  const secret = newTotpSecret()
  const fields = {
    ...hiddenOf(first.body, '/ru/invitation'),
    setup: sealSetup(world.deps, made.id, secret),
    password,
    again: password,
    second: 'app',
    code: code(secret),
  }
  const done = await world.post('/ru/invitation', fields)
  expect(done.statusCode, done.body.slice(0, 300)).toBe(200)
  const recovery = /dv-code--large">([0-9A-Z-]+)</.exec(done.body)?.[1] ?? ''
  expect(recovery).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/)
  return { id: made.id, secret, recovery, url, fields }
}
/** A code that was not used yet: each works once, and a test is faster than half a minute. */
const used = new Map<string, number>()
const code = (secret: string): string => {
  const now = Math.floor((Date.now() + world.clock.ahead) / 30_000)
  // The oldest code that still counts, unless the half-minute is about to turn between making it and sending it.
  const first = Math.floor((Date.now() + world.clock.ahead + 12_000) / 30_000) - 1
  const step = used.has(secret) ? Math.max(first, (used.get(secret) ?? 0) + 1) : first
  // Looked at only: counts as used when a sign-in took it.
  used.set(secret, step)
  if (step > now + 1) world.clock.ahead += (step - now) * 30_000
  return totpCode(secret, step)
}
const signIn = (fields: Record<string, string>) =>
  world.post('/ru/sign-in', { login: '', password: '', code: '', next: '/probe', assertion: '', prf: '', ...fields })

describe('who may not', () => {
  it('unknown login, wrong password and wrong code are one answer, byte for byte', async () => {
    const p = await enrolled('swallow-1')
    const same = (html: string) => html.replace(/data-options="[^"]*"/g, '').replace(/value="(swallow-1|nobody-1)"/g, '')
    const unknown = await signIn({ login: 'nobody-1', password, code: '123456' })
    const wrongPassword = await signIn({ login: 'swallow-1', password: 'xxxxxxxxxxxxxxxxxxxx', code: code(p.secret) })
    const wrongCode = await signIn({ login: 'swallow-1', password, code: '000000' })
    expect([unknown.statusCode, wrongPassword.statusCode, wrongCode.statusCode]).toEqual([422, 422, 422])
    expect(same(wrongPassword.body)).toBe(same(unknown.body))
    expect(same(wrongCode.body)).toBe(same(unknown.body))
    expect(tokenIn(wrongPassword)).toBeNull()
  })
  it('known and unknown logins wait alike, and nobody is locked out', async () => {
    const p = await enrolled('swallow-2')
    const waits = async (login: string) => {
      const out: boolean[] = []
      for (let i = 0; i < 6; i++) out.push(/секунд/.test((await signIn({ login, password: 'x'.repeat(20), code: '000000' })).body))
      return out
    }
    expect(await waits('swallow-2')).toEqual(await waits('nobody-2'))
    expect((await signIn({ login: 'swallow-2', password, code: code(p.secret) })).statusCode).toBe(422)
    await q("update app.login_delay set next_try = now() - interval '1 second'")
    expect(tokenIn(await signIn({ login: 'swallow-2', password, code: code(p.secret) }))).toMatch(/^[\w-]{43}$/)
    for (let n = 0; n < 20; n++) expect((await q('select app.delay_seconds($1) as s', [n])).rows[0].s).toBe(delaySeconds(n))
  })
  it('whoever can only send SQL makes no session, not even for a known account', async () => {
    const { rows } = await q("select id from app.account where state = 'active'")
    const token = random(32).toString('base64url')
    await q('update app.installation set demo = false')
    try {
      for (const { id } of rows) {
        for (const [method, factor] of [
          ['password', 'none'],
          ['code', 'none'],
          ['prf', 'none'],
          ['prf', 'passkey'],
          ['password', 'totp'],
        ] as const) {
          const made = await asSession(world.pool, null, tx =>
            tx.query('select app.session_create($1, $2, $3, $4, 99999999, null, null, $5, $6, $7, false, null) as ok', [
              id,
              method,
              Buffer.alloc(32),
              factor,
              newId(),
              sha256(token),
              sealUserKeys(sessionKey(token), id, newUserKeys()),
            ]),
          )
          expect(made.rows[0]?.ok).toBe(false)
        }
        await expect(
          asSession(world.pool, null, tx =>
            tx.query(
              "insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until) values ($1, $2, $3, '', now() + interval '1 day', now() + interval '1 day')",
              [newId(), id, sha256(token)],
            ),
          ),
        ).rejects.toMatchObject({ code: '42501' })
      }
      // Outside a demonstration one click opens nothing and nobody is listed.
      expect((await world.post('/ru/demo/sign-in', { person: rows[0].id, next: '/' })).statusCode).toBe(404)
      expect((await world.get('/ru/sign-in')).body).not.toContain('/ru/demo/sign-in')
    } finally {
      await q('update app.installation set demo = true')
    }
  })
  it('an invitation works once; a mistyped one says the same', async () => {
    const p = await enrolled('swallow-3')
    const again = await world.get(p.url)
    const wrong = await world.get('/ru/invitation?code=XXXX')
    expect([again.statusCode, wrong.statusCode]).toEqual([410, 410])
    expect(again.body.replace(/invitation\?[^"]*/g, '')).toBe(wrong.body.replace(/invitation\?[^"]*/g, ''))
    expect((await world.post('/ru/invitation', p.fields)).statusCode).toBe(410)
  })
  it('a weak or short password is refused, and a wrong first code', async () => {
    const { rows } = await q('select id from app.agency')
    const made = await asOwner(world.db.connection('postgres'), db =>
      addPerson(
        db,
        world.db.keys,
        rows[0].id,
        { login: 'swallow-4', roles: ['case_worker'], profile: { name: 'x', alias: 'swallow-4', language: 'ru' }, teams: [] },
        new Date(),
      ),
    )
    const secret = newTotpSecret()
    const base = {
      invitation: made.invitation,
      setup: sealSetup(world.deps, made.id, secret),
      second: 'app',
      code: totpCode(secret, Math.floor(Date.now() / 30_000)),
    }
    for (const [bad, words] of [
      ['short', 'короче 14'],
      ['11111111111111111', 'легко угадать'],
    ] as const) {
      const r = await world.post('/ru/invitation', { ...base, password: bad, again: bad })
      expect(r.statusCode).toBe(422)
      expect(r.body).toContain(words)
    }
    expect((await world.post('/ru/invitation', { ...base, code: '000000', password, again: password })).statusCode).toBe(422)
    expect((await world.post('/ru/invitation', { ...base, password, again: `${password}!` })).statusCode).toBe(422)
  })
  it('a request from another site signs nobody in', async () => {
    expect((await world.post('/ru/sign-in', { login: 'a', password: 'b' }, null, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await world.post('/ru/sign-in', { login: 'a', password: 'b' }, null, { origin: 'https://evil.example' })).statusCode).toBe(403)
  })
  it('without a session every page leads to sign-in; with a role that may not, to 404', async () => {
    for (const url of ['/ru/me', '/ru/keys', '/ru/held', '/ru/me/passkeys/new', '/ru/step-up', '/ru/probe']) {
      const r = await world.get(url)
      expect([r.statusCode, r.headers.location]).toEqual([303, `/ru/sign-in?next=${encodeURIComponent(url.slice(3))}`])
    }
    const token = await world.signIn('analyst')
    expect((await world.get('/ru/probe', token)).statusCode).toBe(404)
    expect((await world.post('/ru/keys/confirm', { user: newId(), team: newId(), fn: 'casework' }, token)).statusCode).toBe(404)
  })
})

describe('signing in', () => {
  it('password and code open a session with the strict cookie, and the code works once', async () => {
    const p = await enrolled('martin-1')
    const one = code(p.secret)
    const r = await signIn({ login: ' Martin-1 ', password, code: one })
    expect([r.statusCode, r.headers.location]).toEqual([303, '/ru/probe'])
    expect(String(r.headers['set-cookie'])).toMatch(/^__Host-office=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect((await signIn({ login: 'martin-1', password, code: one })).statusCode).toBe(422)
    expect((await world.get('/ru/probe', tokenIn(r))).body).toBe('seen')
    const { rows } = await q(
      'select extract(epoch from expires_at - created_at) / 3600 as h, extract(epoch from idle_until - now()) / 60 as i from app.session where token_hash = $1',
      [sha256(tokenIn(r) ?? '')],
    )
    expect(Math.round(rows[0].h)).toBe(26)
    expect(Math.round(rows[0].i)).toBe(15)
  })
  it('idle for 15 minutes ends it; ending another session works at once', async () => {
    const a = await world.signIn('case_worker')
    const b = await world.signIn('case_worker')
    const { rows } = await q('select id from app.session where token_hash = $1', [sha256(b)])
    expect((await world.post('/ru/me/sessions/end', { session: rows[0].id }, a)).statusCode).toBe(303)
    expect((await world.get('/ru/probe', b)).headers.location).toContain('/ru/sign-in')
    const other = await world.signIn('lawyer')
    const mine = await q('select id from app.session where token_hash = $1', [sha256(other)])
    await world.post('/ru/me/sessions/end', { session: mine.rows[0].id }, a)
    expect((await world.get('/ru/me', other)).statusCode).toBe(200)
    await q("update app.session set idle_until = now() - interval '1 second' where token_hash = $1", [sha256(a)])
    expect((await world.get('/ru/probe', a)).headers.location).toContain('/ru/sign-in')
  })
  it('changing the user is one click: the session and its keys are gone', async () => {
    const token = await world.signIn('case_worker')
    const r = await world.post('/ru/sign-out', switching, token)
    expect([r.statusCode, r.headers.location, r.cookies[0]?.value]).toEqual([303, '/ru/sign-in', ''])
    expect((await q('select from app.session where token_hash = $1', [sha256(token)])).rowCount).toBe(0)
  })
  it('who signed in, out, and with a right password but a wrong second step stands in the journal; a wrong password does not', async () => {
    const p = await enrolled('swallow-7')
    await signIn({ login: 'swallow-7', password: 'x'.repeat(20), code: code(p.secret) })
    await signIn({ login: 'swallow-7', password, code: '000000' })
    const token = tokenIn(await signIn({ login: 'swallow-7', password, code: code(p.secret) }))
    expect(token).not.toBeNull()
    await world.post('/ru/sign-out', switching, token)
    const { rows } = await q('select type, actor from app.journal where record = $1 order by seq', [p.id])
    expect(rows.map(r => [r.type, r.actor])).toEqual([
      ['server_account_added', null],
      ...['invitation_accepted', 'session_refused', 'session_opened', 'session_ended'].map(type => [type, p.id]),
    ])
    // Whoever can only send SQL writes it of nobody.
    await expect(
      asSession(world.pool, null, tx => tx.query("select app.account_event($1, 'session_refused', $1)", [p.id])),
    ).rejects.toMatchObject({ code: '42501' })
    await asSession(world.pool, null, tx => tx.query('select app.second_step_failed($1, $2)', [p.id, random(32)]))
    expect((await q('select from app.journal where record = $1', [p.id])).rowCount).toBe(5)
  })
  it('a demonstration signs in with one click', async () => {
    const r = await world.post('/ru/demo/sign-in', { person: await world.person('case_worker'), next: '/probe' })
    expect((await world.get('/ru/probe', tokenIn(r))).body).toBe('seen')
    expect((await world.get('/en/sign-in')).body).toContain('Ласточка (Swallow)')
  })
})

describe('locked', () => {
  it('refuses every request, keeps a form sealed and gives it back after the PIN', async () => {
    const token = await world.signIn('case_worker', true)
    expect((await world.post('/ru/me/pin', { pin: '1234' }, token)).statusCode).toBe(422)
    expect((await world.post('/ru/me/pin', { pin: '8341' }, token)).statusCode).toBe(303)
    await q("update app.session set idle_until = now() + interval '9 minutes' where token_hash = $1", [sha256(token)])
    const typed = 'девочка сказала: не звоните маме'
    const r = await world.post('/ru/probe', { command: newId(), text: typed, password: 'never kept' }, token)
    expect([r.statusCode, r.headers.location]).toEqual([303, '/ru/unlock?next=/held'])
    expect((await world.get('/ru/probe?q=1', token)).headers.location).toBe('/ru/unlock?next=%2Fprobe%3Fq%3D1')
    const stored = await q('select sealed from app.held_form')
    expect(stored.rows).toHaveLength(1)
    expect(stored.rows[0].sealed.includes(Buffer.from(typed))).toBe(false)
    expect((await asSession(world.pool, token, tx => tx.query('select app.uid() as u'))).rows[0]?.u).toBeNull()
    expect((await world.get('/ru/held', token)).statusCode).toBe(303)

    expect((await world.get('/ru/unlock?next=/held', token)).body).toContain('Ласточка')
    expect((await world.post('/ru/unlock', { pin: '8342', code: '', next: '/held', assertion: '', prf: '' }, token)).statusCode).toBe(422)
    const open = await world.post('/ru/unlock', { pin: '8341', code: '', next: '/held', assertion: '', prf: '' }, token)
    expect([open.statusCode, open.headers.location]).toEqual([303, '/ru/held'])
    const held = await world.get('/ru/held', token)
    expect(held.body).toContain(typed)
    expect(held.body).not.toContain('never kept')
    expect(held.body).not.toContain('>text<')
    expect(held.body).toContain('Продолжить писать')
    expect((await world.get('/ru/probe', token)).body).toBe('seen')
  })
  it('a form that waits comes back into its form, saves nothing by that, waits again if locked again, and is gone once it was sent', async () => {
    const token = await world.signIn('administrator')
    const lock = (next: string) =>
      world.post(
        '/ru/sign-out',
        Object.fromEntries([
          ['then', 'lock'],
          ['next', next],
        ]),
        token,
      )
    const open = async () => {
      const id = (await q('select user_id from app.session where token_hash = $1', [sha256(token)])).rows[0].user_id
      await q('update app.session set locked_at = null where user_id = $1', [id])
    }
    expect((await lock('/me')).headers.location).toBe('/ru/unlock?next=%2Fme')
    expect((await lock('//evil.example')).headers.location).toBe('/ru/unlock?next=%2F')
    const form = { command: newId(), ru: 'Маяк у моря', en: 'Lighthouse' }
    await world.post('/ru/teams/new', form, token)
    await world.post('/ru/teams/new', { ...form, ru: 'Маяк у реки' }, token)
    await open()
    const rows = () => q('select id from app.held_form where id = $1', [form.command])
    expect((await rows()).rowCount).toBe(1)
    expect((await world.get('/ru/held', token)).body).toContain('Маяк у реки')
    const names = async () => (await q('select from app.team')).rowCount
    const before = await names()
    const again = await world.post('/ru/teams/new', { ...form, resume: '1' }, token)
    expect([again.statusCode, await names()]).toEqual([200, before])
    expect(again.body).toContain('Маяк у моря')
    expect(again.body).toContain(form.command)
    // What has no form to show is not done either.
    const end = await world.post('/ru/me/sessions/end', { session: newId(), resume: '1' }, token)
    expect(end.headers.location).toBe('/ru/held')
    const sent = await world.post('/ru/teams/new', form, token)
    expect([sent.statusCode, await names()]).toEqual([303, before! + 1])
    expect((await rows()).rowCount).toBe(0)
    // The same form with other content: as a second act, after it was said.
    const clash = await world.post('/ru/teams/new', { ...form, ru: 'Другой маяк' }, token)
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Другой маяк')
    expect(clash.body).toContain('уже была сохранена')
    expect(clash.body).not.toContain(form.command)
  })
  it("one tells one's sessions apart: browser and system, kept sealed", async () => {
    const r = await world.office.app.inject({
      method: 'POST',
      url: '/ru/demo/sign-in',
      headers: {
        origin: world.deps.origin,
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      },
      payload: `person=${await world.person('case_worker')}`,
    })
    const token = tokenIn(r)!
    expect((await world.get('/ru/me', token)).body).toContain('Firefox, Windows, этот сеанс')
    const stored = await q('select device from app.session where token_hash = $1', [sha256(token)])
    expect(stored.rows[0].device.includes('Firefox')).toBe(false)
  })
  it('five wrong PINs end the session', async () => {
    const token = await world.signIn('case_worker')
    await world.post('/ru/me/pin', { pin: '8341' }, token)
    expect((await world.post('/ru/lock', {}, token)).headers.location).toBe('/ru/unlock')
    const codes: (string | undefined)[] = []
    for (let i = 0; i < 5; i++)
      codes.push((await world.post('/ru/unlock', { pin: '8349', code: '', next: '/', assertion: '', prf: '' }, token)).headers.location)
    expect(codes).toEqual([undefined, undefined, undefined, undefined, '/ru/sign-in?note=ended'])
    expect((await world.post('/ru/unlock', { pin: '8341', code: '', next: '/', assertion: '', prf: '' }, token)).headers.location).toBe(
      '/ru/sign-in?note=ended',
    )
  })
  it('a locked session can still be left, by one click', async () => {
    const token = await world.signIn('case_worker')
    await world.post('/ru/lock', {}, token)
    expect((await world.post('/ru/sign-out', switching, token)).headers.location).toBe('/ru/sign-in')
    expect((await q('select from app.session where token_hash = $1', [sha256(token)])).rowCount).toBe(0)
  })
})

describe('step-up, passwords, codes', () => {
  it('an old session must prove itself again, with password or code', async () => {
    const p = await enrolled('swift-1')
    const token = tokenIn(await signIn({ login: 'swift-1', password, code: code(p.secret) }))
    await q("update app.session set step_up_at = now() - interval '1 hour' where token_hash = $1", [sha256(token ?? '')])
    expect((await world.get('/ru/probe-step', token)).headers.location).toBe('/ru/step-up?next=%2Fprobe-step')
    expect((await asSession(world.pool, token, tx => tx.query("select app.totp_set('', 0) as ok"))).rows[0]?.ok).toBe(false)
    expect(
      (await world.post('/ru/step-up', { password: 'wrong wrong wrong', code: '', next: '/probe-step', assertion: '', prf: '' }, token))
        .statusCode,
    ).toBe(422)
    expect(
      (await world.post('/ru/step-up', { password, code: '', next: '/probe-step', assertion: '', prf: '' }, token)).headers.location,
    ).toBe('/ru/probe-step')
    expect((await world.get('/ru/probe-step', token)).body).toBe('seen')
  })
  it('a new password re-wraps one key and ends the other sessions', async () => {
    const p = await enrolled('swift-2')
    const token = tokenIn(await signIn({ login: 'swift-2', password, code: code(p.secret) }))
    const other = tokenIn(await signIn({ login: 'swift-2', password, code: code(p.secret) }))
    const next = 'семь серых котов на крыше'
    expect((await world.post('/ru/me/password', { old: 'не тот пароль совсем', password: next, again: next }, token)).statusCode).toBe(422)
    expect((await world.post('/ru/me/password', { old: password, password: next, again: next }, token)).headers.location).toBe(
      '/ru/me?done=saved',
    )
    expect((await world.get('/ru/me', token)).statusCode).toBe(200)
    expect((await world.get('/ru/me', other)).statusCode).toBe(303)
    expect((await signIn({ login: 'swift-2', password, code: code(p.secret) })).statusCode).toBe(422)
    expect(tokenIn(await signIn({ login: 'swift-2', password: next, code: code(p.secret) }))).not.toBeNull()
  })
  it('a lost password comes back with recovery code and one-time code, and not with one of them alone', async () => {
    const p = await enrolled('swift-3')
    const next = 'семь серых котов на крыше'
    const recover = (recovery: string, c: string) =>
      world.post('/ru/recover', { login: 'swift-3', recovery, code: c, password: next, again: next })
    expect((await recover(p.recovery, '000000')).statusCode).toBe(422)
    expect((await recover(p.recovery.replace(/^..../, 'AAAA'), code(p.secret))).statusCode).toBe(422)
    expect((await recover(p.recovery.toLowerCase().replaceAll('-', ' '), code(p.secret))).headers.location).toBe(
      '/ru/sign-in?note=recovered',
    )
    expect(tokenIn(await signIn({ login: 'swift-3', password: next, code: code(p.secret) }))).not.toBeNull()
  })
  it('printed codes sign in, each once', async () => {
    const p = await enrolled('swift-4')
    const token = tokenIn(await signIn({ login: 'swift-4', password, code: code(p.secret) }))
    const list = [...(await world.post('/ru/me/codes', {}, token)).body.matchAll(/<li>(\d{5}) (\d{5})<\/li>/g)].map(m => `${m[1]}${m[2]}`)
    expect(list).toHaveLength(10)
    expect(tokenIn(await signIn({ login: 'swift-4', password, code: list[3] ?? '' }))).not.toBeNull()
    expect((await signIn({ login: 'swift-4', password, code: list[3] ?? '' })).statusCode).toBe(422)
  })
  it('every page of the account opens in both languages without an error inside', async () => {
    const token = await world.signIn('supervisor')
    for (const lang of ['ru', 'en']) {
      for (const url of ['/me', '/me/password', '/me/app', '/me/codes', '/me/recovery', '/me/passkeys/new', '/keys', '/held', '/step-up'])
        expect((await world.get(`/${lang}${url}`, token)).statusCode, url).toBe(200)
      for (const url of ['/sign-in', '/recover']) expect((await world.get(`/${lang}${url}`)).statusCode, url).toBe(200)
    }
    expect(world.logged).toEqual([])
  })
})
