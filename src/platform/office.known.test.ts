import { h } from 'preact'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recall } from './office.known.ts'
import { page } from './office.ts'
import { officeWorld, type Person, type World } from './testing.session.ts'
import { sweepVaults } from './vault.ts'

let w: World
let who: Person
beforeAll(async () => {
  w = await officeWorld(
    o => o.get('/here', 'here', async () => page({ title: 'тайное-слово', body: h('p', {}) })),
    [{ permissions: { here: { roles: ['case_worker'] } }, tables: [] }],
  )
  who = await w.person({ agency: await w.agency(), roles: ['case_worker'] })
}, 180_000)
afterAll(() => w.end())

test('a session that was ended elsewhere shows nothing, and its keys leave the memory at the next request', async () => {
  expect((await w.get(who, '/ru/here')).statusCode).toBe(200)
  expect((await w.get(who, '/ru/here')).body).toContain('тайное-слово')
  expect(recall(who.token)).toBeDefined()
  expect(sweepVaults(Date.now())).toBe(1)
  await w.db.owner.query('update app.session set revoked_at = now() where id = $1', [who.session])
  const after = await w.get(who, '/ru/here')
  expect([after.statusCode, after.body.includes('тайное-слово')]).toEqual([303, false])
  expect([recall(who.token), sweepVaults(Date.now())]).toEqual([undefined, 0])
})

test('two hundred races of an end and a page: whoever asks afterwards sees nothing', async () => {
  const set = (v: string) => w.db.owner.query(`update app.session set revoked_at = ${v} where id = $1`, [who.session])
  let late = 0
  for (let i = 0; i < 200; i += 1) {
    await set('null')
    await w.get(who, '/ru/here')
    let over = Number.POSITIVE_INFINITY
    const ends = set('now()').then(() => {
      over = performance.now()
    })
    const asks = [0, 1].map(async () => {
      await new Promise(r => setTimeout(r, (i * 7) % 5))
      const from = performance.now()
      if ((await w.get(who, '/ru/here')).statusCode === 200 && from > over) late += 1
    })
    await Promise.all([ends, ...asks])
  }
  expect(late).toBe(0)
  expect(w.logged).toEqual([])
})
