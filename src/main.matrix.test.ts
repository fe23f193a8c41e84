import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from './base/id.ts'
import { type Role, roles } from './base/people.ts'
import { capabilities, officePermissions } from './main.office.ts'
import { newId } from './platform/records.ts'
import { officeWorld, type Person, testOrigin, type World } from './platform/testing.session.ts'
import { allPolicies } from './policies.ts'

/* Every route of the real server × every role. The routes are those the server itself registered: a new one is in the matrix without anybody remembering it. */

interface Route {
  readonly method: string
  readonly url: string
  readonly permit: string
}
const routes: Route[] = []
let w: World
let agency: Id
const strangers = new Map<Role, Person>()
let contact: Id
let person: Id
let kase: Id

beforeAll(async () => {
  w = await officeWorld(
    o => {
      o.app.addHook('onRoute', r => void routes.push({ method: String(r.method), url: r.url, permit: String(r.config?.permit) }))
      for (const register of capabilities) register(o)
    },
    [...allPolicies, { permissions: officePermissions(), tables: [] }],
  )
  agency = await w.agency()
  const [home, elsewhere] = [await w.team(agency, { intake: true, name: 'Севернее' }), await w.team(agency, { name: 'Южнее' })]
  const owner = await w.person({
    agency,
    roles: ['case_worker', 'duty_specialist', 'supervisor'],
    member: [
      [home, 'casework'],
      [home, 'desk'],
      [home, 'supervision'],
    ],
  })
  contact = newId()
  await w.as(owner, work =>
    work.tx.query(
      "insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $2, 'call', now(), 'no', 'new')",
      [contact, home],
    ),
  )
  ;[person, kase] = [newId(), newId()]
  await w.db.owner.query('insert into app.person (id, home_group) values ($1, $2)', [person, home])
  await w.db.owner.query(
    "insert into app.case_record (id, home_group, number, person_id, contact_id, state, danger, opened) values ($1, $2, 'D-0000001', $3, $4, 'open', 'none', now())",
    [kase, home, person, contact],
  )
  for (const [id, kind] of [
    [contact, 'contact'],
    [person, 'person'],
    [kase, 'case'],
  ] as const)
    await w.db.owner.query("insert into app.record_head (record, kind, home_group, seq, hash) values ($1, $2, $3, 0, '')", [id, kind, home])
  const fn = {
    case_worker: 'casework',
    supervisor: 'supervision',
    psychologist: 'health',
    lawyer: 'legal',
    follow_up_worker: 'follow_up',
    shelter_carer: 'shelter',
  } as const
  for (const role of roles) {
    const member = role in fn ? [[elsewhere, fn[role as keyof typeof fn]] as const] : []
    strangers.set(role, await w.person({ agency, roles: [role], member, alias: role }))
  }
}, 240_000)
afterAll(() => w?.end())

const filled = (url: string, id: (name: string) => Id): string =>
  url.replace(/:([a-zA-Z]+)/g, (_m, name: string) => (name === 'lang' ? 'ru' : /id$/i.test(name) ? id(name) : 'x'))
const known = (name: string): Id => (name === 'contactId' ? contact : name === 'personId' ? person : name === 'caseId' ? kase : newId())
const ask = (r: Route, who: Person | undefined, url: string) =>
  r.method === 'POST' ? w.post(who, url, { command: newId(), version: '1' }) : w.get(who, url)

const recordRoute = (r: Route) => /:(contactId|personId|caseId)/.test(r.url)
const skipped = (r: Route) => r.method === 'HEAD' || ['healthz', 'office:asset', 'office:language'].includes(r.permit)

test('the matrix has rows: routes were enumerated from the server', () => {
  expect(routes.filter(r => !skipped(r)).length).toBeGreaterThan(40)
  expect(routes.filter(recordRoute).length).toBeGreaterThan(20)
})

test('a role that a permission does not name gets 404 on each of its routes, the same bytes as an address that does not exist', async () => {
  const permissions = officePermissions()
  const nothing = (await w.get(strangers.get('analyst'), '/ru/no-such-page')).body
  const wrong: string[] = []
  for (const r of routes.filter(x => !skipped(x))) {
    const rule = permissions[r.permit]
    if (typeof rule !== 'object') continue
    for (const role of roles) {
      if (rule.roles.includes(role)) continue
      const answer = await ask(r, strangers.get(role), filled(r.url, known))
      if (answer.statusCode !== 404 || answer.body !== nothing) wrong.push(`${role} ${r.method} ${r.url} → ${answer.statusCode}`)
    }
  }
  expect(wrong).toEqual([])
}, 240_000)

test('every role without a grant gets 404 for a record of another team, byte for byte what it gets for one that does not exist', async () => {
  const wrong: string[] = []
  for (const r of routes.filter(x => !skipped(x) && recordRoute(x))) {
    for (const role of roles) {
      const there = await ask(r, strangers.get(role), filled(r.url, known))
      const nowhere = await ask(
        r,
        strangers.get(role),
        filled(r.url, () => newId()),
      )
      // Addresses of forms that stand on the record's page lead there without looking; the page itself is in the matrix too.
      const leads = (a: typeof there) =>
        a.statusCode === 303 && /^\/ru\/(contacts|people|cases)\/[0-9a-f-]{36}$/.test(String(a.headers.location)) && a.body === ''
      if (r.method === 'GET' && leads(there) && leads(nowhere)) continue
      if (there.statusCode !== 404 || there.body !== nowhere.body || nowhere.statusCode !== 404)
        wrong.push(`${role} ${r.method} ${r.url} → ${there.statusCode} / ${nowhere.statusCode}`)
    }
  }
  expect(wrong).toEqual([])
}, 240_000)

test('nobody signed in reaches nothing but the doors', async () => {
  const permissions = officePermissions()
  const wrong: string[] = []
  for (const r of routes.filter(x => !skipped(x))) {
    if (permissions[r.permit] === 'anonymous') continue
    const answer = await ask(r, undefined, filled(r.url, known))
    if (answer.statusCode !== 303 || !/^\/ru\/sign-in/.test(String(answer.headers.location)))
      wrong.push(`${r.method} ${r.url} → ${answer.statusCode}`)
  }
  expect(wrong).toEqual([])
})

test('a request from another site acts nowhere', async () => {
  const wrong: string[] = []
  const who = strangers.get('case_worker')!
  for (const r of routes.filter(x => x.method === 'POST')) {
    const answer = await w.office.app.inject({
      method: 'POST',
      url: filled(r.url, known),
      headers: {
        cookie: who.cookie,
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: '',
    })
    if (answer.statusCode !== 403) wrong.push(`${r.url} → ${answer.statusCode}`)
  }
  expect(wrong).toEqual([])
  expect(testOrigin).toMatch(/^http/)
})

test('every route answers with the same protecting headers', async () => {
  const wrong: string[] = []
  for (const r of routes.filter(x => x.method !== 'HEAD' && x.permit !== 'office:asset')) {
    const h = (await ask(r, strangers.get('supervisor'), filled(r.url, known))).headers
    const shown = Object.fromEntries(
      [
        'content-security-policy',
        'x-content-type-options',
        'referrer-policy',
        'permissions-policy',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'x-frame-options',
        'x-robots-tag',
        'cache-control',
      ].map(k => [k, h[k]]),
    )
    try {
      expect(shown).toMatchInlineSnapshot(`
        {
          "cache-control": "no-store",
          "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
          "referrer-policy": "same-origin",
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "x-robots-tag": "noindex, nofollow",
        }
      `)
    } catch {
      wrong.push(`${r.method} ${r.url} ${JSON.stringify(shown)}`)
    }
  }
  expect(wrong).toEqual([])
})

test('no route of the matrix made a fault inside', () => {
  expect(w.logged).toEqual([])
})
