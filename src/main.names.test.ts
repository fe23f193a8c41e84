import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from './base/id.ts'
import { compartmentNumber, functionOfRole, type Role, roles } from './base/people.ts'
import { type CaseWorld, caseWorld } from './case/world.testing.ts'
import { linksIn } from './main.forms.testing.ts'
import { capabilities, caseParts } from './main.office.ts'
import { addClaim } from './person/rules.ts'
import { comparedAll } from './person/store.links.later.ts'
import { lockPerson, savePersonEvent } from './person/store.ts'
import type { Office } from './platform/office.ts'
import { newId } from './platform/records.ts'
import type { Person } from './platform/testing.session.ts'
import { forgetVault } from './platform/vault.ts'
import { allPolicies } from './policies.ts'

/*
 * Whoever holds no key to identity sees the number of a case and no name, on every page of the office. Routes come from the server itself, and every link that a page
 * shows is followed: a new page is in without anybody remembering it.
 */

/** Children and relatives of the world, in two scripts. Their parts stand in no word of the office. */
const canaries = ['Жаворонкина', 'Цаплевна', 'Zhavoronkin', 'Кукушкинзода', 'Выпьевский', '9217776655']
let w: CaseWorld
const urls: string[] = []
const whom = new Map<string, Person>()
let ids: Record<string, Id>

beforeAll(async () => {
  w = await caseWorld(
    o => {
      // What caseWorld has registered already is left as it is; its addresses are kept with the others.
      const once =
        (method: 'GET' | 'POST', add: Office['get']): Office['get'] =>
        (url, permit, handler) => {
          if (method === 'GET') urls.push(`/:lang${url}`)
          if (!o.app.hasRoute({ method, url: `/:lang${url}` })) add(url, permit, handler)
        }
      for (const register of capabilities) register({ ...o, get: once('GET', o.get), post: once('POST', o.post) })
    },
    allPolicies,
    caseParts,
  )
  const { worker, boss } = w.people
  const contact = await w.contact('слова без имени')
  const kase = await w.open(worker, { name: 'Жаворонкина Цаплевна', circumstances: 'без имени' })
  const other = await w.open(worker, { name: 'Zhavoronkina Tsaplevna' })
  const person = (await w.db.owner.query('select person_id from app.case_record where id = $1', [kase])).rows[0].person_id as Id
  await w.as(worker, async a => {
    const said = { source: 'child', confidence: 'low' } as const
    let p = (await lockPerson(a, person))!
    for (const draft of [
      { what: 'relative' as const, text: 'Кукушкинзода', ...said },
      { what: 'phone' as const, text: '+7 921 777-66-55', ...said },
      { what: 'name' as const, parts: { given: '', family: '', patronymic: '', other: 'Выпьевский' }, kind: 'nickname' as const, ...said },
    ]) {
      const e = addClaim(p, draft, { id: newId(), by: worker.id, at: a.now })
      if (e.ok) p = await savePersonEvent(a, p, e.value, newId())
    }
  })
  await w.get(worker, '/ru/people/matches')
  expect((await w.get(worker, `/ru/people/${person}/matches`)).body).toContain('Zhavoronkina')
  ids = {
    contactId: contact,
    personId: person,
    caseId: kase,
    otherId: (await w.db.owner.query('select person_id from app.case_record where id = $1', [other])).rows[0].person_id,
  }
  expect((await w.get(boss, `/ru/cases/${kase}`)).statusCode).toBe(200)
  for (const role of roles) {
    const fn = functionOfRole[role]
    const member = fn ? [[fn === 'desk' ? w.desk : w.teamA, fn] as const] : []
    const who = await w.person({ agency: w.agencyId, roles: [role], member, alias: `Без ключа ${role}` })
    // Of the team, and without the key: the row is theirs to see, the name is not.
    await w.db.owner.query('delete from app.team_key_wrap where user_id = $1 and compartment = $2', [who.id, compartmentNumber.identity])
    await w.db.owner.query("update app.session set step_up_at = now() + interval '9 hours' where id = $1", [who.session])
    forgetVault(who.session)
    whom.set(role, who)
  }
}, 120_000)
afterAll(async () => {
  await comparedAll()
  await w?.end()
})

const most = 220
/** Every page that somebody comes to: by its address, and by following what pages show. */
const walk = async (who: Person, look: (url: string, body: string) => void): Promise<number> => {
  const filled = urls.map(u => u.replace(/:([a-zA-Z]+)/g, (_m, k: string) => (k === 'lang' ? 'ru' : (ids[k] ?? newId()))))
  const queue = [...new Set(filled.filter(u => u.startsWith('/ru')))]
  const seen = new Set(queue.map(u => u.split('?')[0]))
  let shown = 0
  for (let at = 0; at < queue.length && at < most + filled.length; at += 1) {
    const answer = await w.get(who, queue[at]!)
    if (answer.statusCode !== 200) continue
    shown += 1
    look(queue[at]!, answer.body)
    if (!String(answer.headers['content-type']).includes('html')) continue
    for (const l of linksIn(answer.body)) {
      const path = l.split('?')[0]!
      if (!path.startsWith('/ru/') || seen.has(path) || /sign-out|lock/.test(path)) continue
      seen.add(path)
      queue.push(l)
    }
  }
  return shown
}

test('the walk finds the names where somebody holds the key', async () => {
  const found = new Set<string>()
  const shown = await walk(w.people.worker, (_u, body) => {
    for (const c of canaries) if (body.includes(c)) found.add(c)
  })
  expect(shown).toBeGreaterThan(40)
  expect([...found].sort()).toEqual(canaries.filter(c => c !== '9217776655').sort())
}, 120_000)

test.each(roles.map(r => [r] as [Role]))(
  '%s without the key to identity sees no name of a child or relative on any page',
  async role => {
    const told: string[] = []
    const shown = await walk(whom.get(role)!, (url, body) => {
      const text = body.replace(/\D/g, '').includes('9217776655') ? `${body} 9217776655` : body
      for (const c of canaries) if (text.includes(c)) told.push(`${role} ${url}: ${c}`)
    })
    expect(shown).toBeGreaterThan(0)
    expect(told).toEqual([])
  },
  120_000,
)

test('a case without a name to show goes by its number', async () => {
  const number = (await w.db.owner.query('select number from app.case_record where id = $1', [ids.caseId])).rows[0].number as string
  const body = (await w.get(whom.get('supervisor'), '/ru/cases')).body
  expect(body).toContain(number)
  expect(body).not.toContain('Жаворонкина')
})
