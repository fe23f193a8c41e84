import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { buildOffice, officePermissions } from '../main.office.ts'
import { testOrigin } from '../platform/testing.session.ts'
import { wordsFor } from '../platform/words.ts'
import { tours } from './schema.tour.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld()
}, 120_000)
afterAll(() => w?.end())

const office = (demo: boolean) =>
  buildOffice({
    pool: w.pool,
    keys: { ...w.office.deps.keys },
    url: testOrigin,
    demo,
    trustProxy: false,
    log: () => undefined,
  } as Parameters<typeof buildOffice>[0])
const first = async (demo: boolean, query = '') => {
  const app = office(demo)
  await app.ready()
  const answer = await app.inject({
    method: 'GET',
    url: `/ru/worklist${query}`,
    headers: { cookie: w.people.worker.cookie, 'sec-fetch-site': 'same-origin' },
  })
  await app.close()
  expect(answer.statusCode).toBe(200)
  return answer.body
}
const title = wordsFor('ru')('demo.tour.title', { role: wordsFor('ru')('base.role.case_worker') })

describe('try this', () => {
  test('never stands on a page of a production folder, nor where only the program says that it is a demonstration', async () => {
    expect(await first(false)).not.toContain(title)
    await w.db.owner.query('update app.installation set demo = false')
    expect(await first(true)).not.toContain(title)
    expect(await first(true)).not.toContain('tour=off')
    await w.db.owner.query('update app.installation set demo = true')
  })

  test('stands on the first page of a demonstration, and is put away by a link', async () => {
    const page = await first(true)
    expect(page).toContain(title)
    for (const s of tours.case_worker ?? []) expect(page).toContain(`href="/ru${s.href.replaceAll('&', '&amp;')}"`)
    const away = await first(true, '?tour=off')
    expect(away).not.toContain(title)
    expect(away).toContain(wordsFor('ru')('demo.tour.show'))
  })

  test('every role that works here has four to eight steps, each with words and a permission that the role holds', () => {
    const permissions = officePermissions()
    for (const role of roles.filter(r => r !== 'partner')) {
      const steps = tours[role] ?? []
      expect([role, steps.length >= 4 && steps.length <= 8]).toEqual([role, true])
      for (const s of steps) {
        const rule = permissions[s.permit]
        expect([role, s.permit, rule === 'signed_in' || (typeof rule === 'object' && rule.roles.includes(role))]).toEqual([
          role,
          s.permit,
          true,
        ])
        for (const t of [wordsFor('ru'), wordsFor('en')])
          for (const part of ['do', 'see']) expect(t(`demo.tour.${role}.${s.key}.${part}`)).not.toBe('')
      }
    }
  })
})
