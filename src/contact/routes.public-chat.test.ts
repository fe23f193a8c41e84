import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boxOpen, boxPair } from '../platform/crypto.ts'
import { openSealed } from '../platform/records.ts'
import type { Site } from '../platform/site.ts'
import { deviceOf } from './chat.testing.ts'
import { sweepPrekeys } from './jobs.prekeys.ts'
import { cheapArgon, getOf, hidden, newestIn, postOf, publicSite, receiptIn } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'
import { openMessage, openStory } from './schema.ts'
import { sealOut } from './store.out.ts'
import { ensurePrekeys, openBodies, resealBoxes } from './store.prekeys.ts'

let w: PublicWorld
let site: Site
let device: ReturnType<typeof deviceOf>
const logged: unknown[] = []
beforeAll(async () => {
  w = await publicWorld()
  site = publicSite(w, cheapArgon(), logged)
  await site.app.ready()
  device = deviceOf(site)
}, 60_000)
afterAll(async () => {
  await site?.app.close()
  await w?.end()
})
const rowsOf = async (contact: string) =>
  (
    await w.owner.query<{ id: string; sealed: Buffer; prekey_id: string | null }>(
      "select id, sealed, prekey_id from app.message where contact_id = $1 and direction = 'in' order by seq",
      [contact],
    )
  ).rows
const read = async (contact: string) => (await openBodies(w.work(), contact, await rowsOf(contact))).map(b => b?.text)
const begun = async (change = {}, list: 'ru' | 'en' | 'digits' = 'ru') => {
  const done = await device.begin(device.first(change), list)
  if (done.kind !== 'open') throw new Error(done.kind)
  return done
}

test('before there are keys of the day the message lies under the contact’s own key; the story is what staff read', async () => {
  const { held } = await begun()
  const rows = await rowsOf(held.contact)
  expect(rows.map(r => r.prekey_id)).toEqual([null])
  expect(await read(held.contact)).toEqual(['Меня не отпускают со склада'])
  const story = openStory((await openSealed(w.work(), [held.contact], ['story'])).get(held.contact)!.story!)
  expect(story).toMatchObject({ language: 'ru', from: 'child', answers: { age: 'to14', about: 'taken', talkTo: 'woman' } })
  const { rows: c } = await w.owner.query(
    'select channel, safe_now, sealed_by, watched from app.contact c join app.conversation v on v.contact_id = c.id where c.id = $1',
    [held.contact],
  )
  expect(c).toEqual([{ channel: 'chat', safe_now: 'unsure', sealed_by: 'device', watched: false }])
})

test('keys are made ahead once, whoever comes first; a message in a box is opened by the desk and by no other pair, and re-sealed with the first act', async () => {
  expect(await ensurePrekeys(w.work())).toBe(14)
  expect(await ensurePrekeys(w.work())).toBe(0)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), async text => {
      const { held } = await begun({ text })
      const before = await rowsOf(held.contact)
      expect(before[0]!.prekey_id).not.toBeNull()
      expect(() => boxOpen(boxPair(), before[0]!.sealed)).toThrow('box_not_for_us')
      // Not with the words of the sender either: what they wrote is not given back to them.
      expect(() =>
        boxOpen({ publicKey: Buffer.from(held.pair.publicKey), secretKey: Buffer.from(held.pair.secretKey) }, before[0]!.sealed),
      ).toThrow()
      expect(await read(held.contact)).toEqual([text])
      expect((await rowsOf(held.contact))[0]!.sealed.equals(before[0]!.sealed)).toBe(true)
      expect(await resealBoxes(w.work(), held.contact, w.team)).toBe(1)
      expect((await rowsOf(held.contact))[0]!.prekey_id).toBeNull()
      expect(await read(held.contact)).toEqual([text])
    }),
    { numRuns: 8 },
  )
})

test('a further message arrives once however often it is sent, in order; an answer comes back to the words and is given out until it was seen', async () => {
  const { held, receipt } = await begun()
  const id = '7f3f6c52-5c3e-4f57-9d0f-3f2a4a3f9a10'
  expect(await device.send(held, 'второе', id)).toBe(true)
  expect(await device.send(held, 'второе', id)).toBe(true)
  expect(await device.send(held, 'третье')).toBe(true)
  expect(await read(held.contact)).toEqual(['Меня не отпускают со склада', 'второе', 'третье'])
  const { ck_public } = await newestIn(w)
  const body = { text: 'Мы здесь. Ты не один.', language: 'ru' as const }
  await w.owner.query(
    "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, sealed_out) values (gen_random_uuid(), $1, $2, 4, 'out', now(), '\\x00', $3)",
    [held.contact, w.team, sealOut(ck_public, body)],
  )
  const back = await device.comeBack(receipt)
  if (!back || back === 'away') throw new Error('did not come back')
  expect(back.held).toMatchObject({ contact: held.contact })
  expect([Buffer.from(back.held.dek).equals(held.dek), back.messages.length]).toEqual([true, 1])
  // The same words without scripts: the server opens it.
  const page = await postOf(site)('/ru/back', { words: receipt.parts.join(' ') })
  expect(page.statusCode, page.body.slice(0, 300)).toBe(422) // cheap hashes here, dear ones on the device
  const full = publicSite(w, w.argon)
  const real = await postOf(full)('/ru/back', { words: receipt.parts.join(' ') })
  expect(real.body).toContain('Мы здесь. Ты не один.')
  expect(real.body).not.toContain('второе')
  await full.app.close()
})

test('a conversation takes 120 messages in a quarter of an hour, and goes on in the next', async () => {
  const { held } = await begun()
  await w.owner.query(
    `insert into app.message (id, contact_id, home_group, seq, direction, at, sealed)
       select gen_random_uuid(), $1, $2, n, 'in', app.quarter(), '\\x00' from generate_series(2, 120) n`,
    [held.contact, w.team],
  )
  expect(await device.send(held, 'Слишком много')).toBe(false)
  await w.owner.query("update app.message set at = at - interval '15 minutes' where contact_id = $1", [held.contact])
  expect(await device.send(held, 'Ещё')).toBe(true)
})

test('an unknown number and a wrong secret are one answer, byte for byte; a made-up salt never changes', async () => {
  const { held } = await begun()
  const post = (step: string, f: Record<string, string>) => postOf(site)(`/chat/${step}`, f)
  const proof = Buffer.alloc(32, 7).toString('base64')
  const free = String((held.locator + 1) % 2 ** 22)
  const id = crypto.randomUUID()
  const more: Record<string, Record<string, string>> = {
    send: { message: id, digest: proof, sealed: Buffer.alloc(304, 1).toString('base64'), prekey: '' },
    seen: { command: id, messages: id },
    watched: { command: id, here: '1' },
  }
  for (const step of ['take', 'stream', 'send', 'seen', 'watched']) {
    const [wrong, none] = [
      await post(step, { locator: String(held.locator), proof, ...more[step] }),
      await post(step, { locator: free, proof, ...more[step] }),
    ]
    const { date: _then, ...headers } = wrong.headers
    const { date: _now, ...others } = none.headers
    expect([wrong.statusCode, wrong.body, headers], step).toEqual([none.statusCode, none.body, others])
    expect(JSON.parse(wrong.body)).toMatchObject({ status: 'unknown' })
  }
  const salts = [
    await post('salt', { locator: free }),
    await post('salt', { locator: free }),
    await post('salt', { locator: String(held.locator) }),
  ]
  expect(salts[0]!.body).toBe(salts[1]!.body)
  expect(salts[0]!.body).not.toBe(salts[2]!.body)
  expect(salts[0]!.body.length).toBe(salts[2]!.body.length)
})

test('the time of an answer does not tell an unknown number from a known one', async () => {
  const { held } = await begun()
  const free = String((held.locator + 1) % 2 ** 22)
  const proof = Buffer.alloc(32, 9).toString('base64')
  const times = async (step: string) => {
    const taken: [number[], number[]] = [[], []]
    for (let i = 0; i < 120; i++) {
      // In turn, and beginning with either: what else the machine does meets both alike.
      for (const which of i % 2 ? [0, 1] : [1, 0]) {
        const began = performance.now()
        await postOf(site)(`/chat/${step}`, { locator: which ? free : String(held.locator), ...(step === 'salt' ? {} : { proof }) })
        taken[which]!.push(performance.now() - began)
      }
    }
    return taken.map(t => t.toSorted((a, b) => a - b)[t.length >> 1]!) as [number, number]
  }
  for (const step of ['salt', 'take', 'stream']) {
    const [known, unknown] = await times(step)
    console.log(`${step}: known ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms (medians of 120)`)
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(0.4 * known, 0.6))
  }
})

test('a device cannot choose a number or an id: a ticket that is not ours, too old or for another begins nothing', async () => {
  const { held } = await begun()
  const open = device.sent.findLast(s => s.url === '/chat/open')!
  const fields = Object.fromEntries(new URLSearchParams(open.body))
  const post = async (change: Record<string, string>) => (await postOf(site)('/chat/open', { ...fields, ...change })).body
  expect(await post({})).toBe('{"status":"same"}')
  const taken = { locator: String(held.locator), submission: '0f3f6c52-5c3e-4f57-9d0f-3f2a4a3f9a10' }
  expect(await post({ ...taken, locator: String(held.locator + 1) })).toBe('{"status":"old"}')
  expect(await post({ ...taken, contact: '0f3f6c52-5c3e-4f57-9d0f-3f2a4a3f9a11' })).toBe('{"status":"old"}')
  expect(await post({ ...taken, made: '2020-01-01T00:00:00.000Z' })).toBe('{"status":"old"}')
  expect(await post(taken)).toBe('{"status":"refused"}')
})

test('"somebody is here" is a mark on the conversation until the sender is back', async () => {
  const { held } = await begun()
  const who = { locator: String(held.locator), proof: held.proof }
  const watched = async () =>
    (await w.owner.query('select watched from app.conversation where contact_id = $1', [held.contact])).rows[0].watched
  const say = (here: string) => postOf(site)('/chat/watched', { ...who, here, command: crypto.randomUUID() })
  expect((await say('1')).body).toBe('{"status":"noted"}')
  expect(await watched()).toBe(true)
  await say('1')
  await say('0')
  expect(await watched()).toBe(false)
  const { rows } = await w.owner.query('select type from app.journal where record = $1 order by seq', [held.contact])
  expect(rows.map(r => r.type)).toEqual(['contact_received', 'sender_watched', 'sender_alone'])
  // Without end it would fill what nobody can shorten: the switch goes on working, and is written down no more.
  await w.owner.query(
    "insert into app.journal select record, seq + n, kind, 'sender_watched', null, recorded_at, command, digests, prev, hash, home_group from app.journal, generate_series(10, 207) n where record = $1 and seq = 1",
    [held.contact],
  )
  await say('1')
  expect(await watched()).toBe(true)
  expect((await w.owner.query('select seq from app.record_head where record = $1', [held.contact])).rows).toEqual([{ seq: 3 }])
})

test('a stolen box sent again from a conversation of the thief gives the thief nothing', async () => {
  const [child, thief] = [await begun({ text: 'слово-ребёнка' }), await begun({ text: 'это я' })]
  const { toBase64, random } = await import('../browser/chat.seal.ts')
  const box = (await rowsOf(child.held.contact))[0]!
  const send = (message: string) =>
    postOf(site)('/chat/send', {
      locator: String(thief.held.locator),
      proof: thief.held.proof,
      message,
      digest: toBase64(random(32)),
      sealed: box.sealed.toString('base64'),
      prekey: box.prekey_id!,
    })
  expect((await send(crypto.randomUUID())).body).toContain('saved')
  expect((await send(box.id)).body).toContain('refused')
  expect(await read(thief.held.contact)).toEqual(['это я', '\ufffd'])
  await resealBoxes(w.work(), thief.held.contact, w.team)
  expect(await read(thief.held.contact)).toEqual(['это я', '\ufffd'])
  expect(await read(child.held.contact)).toEqual(['слово-ребёнка'])
})

test('a key of a day goes after a month, and never while a message waits for it', async () => {
  const { held } = await begun()
  const prekey_id = (await rowsOf(held.contact))[0]!.prekey_id
  await w.owner.query('update app.prekey set day = day - 60 where id = $1', [prekey_id])
  await w.owner.query(
    "insert into app.prekey (id, home_group, day, public_x, sealed) values (gen_random_uuid(), $1, '2024-01-01', decode(repeat('00', 32), 'hex'), '\\x00')",
    [w.team],
  )
  const job = { pool: w.jobs, clock: () => new Date() }
  expect(await sweepPrekeys(job)).toEqual({ removed: 1 })
  expect(await read(held.contact)).toEqual(['Меня не отпускают со склада'])
  await expect(w.owner.query('delete from app.prekey where id = $1', [prekey_id])).rejects.toThrow(/foreign key/)
  await resealBoxes(w.work(), held.contact, w.team)
  // Others of that day wait too: only when the last has been read does it go.
  const { rows } = await w.owner.query<{ contact_id: string }>('select distinct contact_id from app.message where prekey_id = $1', [
    prekey_id,
  ])
  for (const r of rows) await resealBoxes(w.work(), r.contact_id, w.team)
  expect(await sweepPrekeys(job)).toEqual({ removed: 1 })
})

test('without scripts our server seals: the same door, marked so; whatever a device sends, nothing breaks', async () => {
  const form = hidden((await getOf(site)('/uz/chat')).body, '/uz/chat')
  const r = await postOf(site)('/uz/chat', {
    ...form,
    text: 'Salom, qo‘rqyapman',
    age: 'to11',
    about: 'home',
    safeNow: 'no',
    talkTo: 'any',
  })
  expect(r.statusCode, r.body).toBe(200)
  expect(receiptIn(r.body)).toMatch(/^\d{4}( \d{4}){6}$/)
  const { contact_id } = await newestIn(w)
  const { rows } = await w.owner.query(
    'select channel, safe_now, sealed_by from app.contact c join app.conversation v on v.contact_id = c.id where c.id = $1',
    [contact_id],
  )
  expect(rows).toEqual([{ channel: 'chat', safe_now: 'no', sealed_by: 'server' }])
  expect(openStory((await openSealed(w.work(), [contact_id], ['story'])).get(contact_id)!.story!).answers).toEqual({
    age: 'to11',
    about: 'home',
  })

  const { held } = await begun()
  const [open, send] = ['/chat/open', '/chat/send'].map(u =>
    Object.fromEntries(new URLSearchParams(device.sent.findLast(s => s.url === u)?.body ?? '')),
  )
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '1', 'AAAA', 'a'.repeat(44), Buffer.alloc(80, 1).toString('base64'), '99999999', '-1'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('start', 'open', 'salt', 'take', 'stream', 'send', 'seen', 'watched'),
      fc.dictionary(
        fc.constantFrom(...Object.keys(open!), ...Object.keys(send!), 'here', 'command', 'messages', 'list', '__proto__'),
        junk,
      ),
      async (step, change) => {
        const base = step === 'open' ? open! : step === 'send' ? send! : { locator: String(held.locator) }
        const answer = await postOf(site)(`/chat/${step}`, { ...base, ...change })
        expect(answer.statusCode, `${step} ${JSON.stringify(change)}`).toBeLessThan(500)
      },
    ),
    { numRuns: 150 },
  )
  expect(logged).toEqual([])
})

test('a device that sends rubbish under its own key spoils its own contact only', async () => {
  const { sealJson, toBase64, random } = await import('../browser/chat.seal.ts')
  const { held } = await begun()
  const dek = held.dek
  await w.owner.query('update app.sealed set value = $2 where record = $1', [
    held.contact,
    Buffer.from(await sealJson(dek, { table: 'sealed', row: held.contact }, 1, { language: 'x' })),
  ])
  expect(openStory((await openSealed(w.work(), [held.contact], ['story'])).get(held.contact)!.story!).answers).toEqual({
    unreadable: 'yes',
  })
  const body = { locator: String(held.locator), proof: held.proof, message: crypto.randomUUID(), digest: toBase64(random(32)) }
  expect((await postOf(site)('/chat/send', { ...body, sealed: toBase64(random(120)), prekey: '' })).body).toContain('saved')
  const value = await sealJson(dek, { table: 'message', row: crypto.randomUUID() }, 1, { nothing: 1 })
  expect((await postOf(site)('/chat/send', { ...body, message: crypto.randomUUID(), sealed: toBase64(value), prekey: '' })).body).toContain(
    'saved',
  )
  expect(await read(held.contact)).toEqual(['Меня не отпускают со склада', undefined, undefined])
  void openMessage
})

test('no table, and nothing that travelled, holds a word of the chat', async () => {
  const canary = 'Зимородок-на-складе'
  const { held } = await begun({ text: canary })
  await device.send(held, `${canary} ещё`)
  const { rows: tables } = await w.owner.query<{ t: string }>(
    "select format('%I.%I', table_schema, table_name) as t from information_schema.tables where table_schema in ('app', 'pgboss', 'app_meta') and table_type = 'BASE TABLE'",
  )
  const rows: { x: string }[] = [{ x: '' }]
  for (const { t } of tables)
    rows[0]!.x += (await w.owner.query(`select coalesce(string_agg(x::text, ' '), '') as x from ${t} x`)).rows[0].x
  expect(rows[0]!.x.length).toBeGreaterThan(10_000)
  for (const form of [canary, Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('base64').slice(0, 20)]) {
    expect(rows[0]!.x.includes(form)).toBe(false)
    expect(device.sent.some(s => decodeURIComponent(s.body.replace(/\+/g, ' ')).includes(form))).toBe(false)
  }
})
