import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from './base/id.ts'
import { type Role, roles, type TeamFunction } from './base/people.ts'
import { cheapArgon } from './contact/public.testing.http.ts'
import { someReport } from './contact/public.testing.ts'
import { submitReport } from './contact/store.public.ts'
import { filled, formsIn, linksIn, type ReadForm } from './main.forms.testing.ts'
import { bodyOf, enc, jsonOf, type Plan, plan, sense, strange, types } from './main.fuzz.testing.ts'
import { capabilities, officePermissions } from './main.office.ts'
import { random } from './platform/crypto.ts'
import { newId } from './platform/records.ts'
import type { Ask } from './platform/site.ts'
import { officeWorld, type Person, testOrigin, type World } from './platform/testing.session.ts'
import { allPolicies } from './policies.ts'

/* Every form of the office, filled with nonsense by somebody who may do everything. Routes and forms come from the server itself: a new one is in without anybody remembering it. */

const long = process.env.DOVERIE_LONG === '1'
const budgetMs = long ? 600_000 : 27_000
const seed = Number(process.env.DOVERIE_SEED ?? Date.now() % 2 ** 31)

interface Route {
  readonly method: string
  readonly url: string
  readonly permit: string
}
const routes: Route[] = []
let w: World
let agency: Id
let teams: Id[]
let who: Person
/** Addresses of pages that were seen, by route. */
const pages = new Map<string, string[]>()
/** Addresses to which forms were seen to go, by route, with the page that shows them. */
const targets = new Map<string, { readonly action: string; readonly page: string }[]>()
const ids: Record<string, Id[]> = {}

const everything: readonly TeamFunction[] = ['desk', 'casework', 'supervision', 'health', 'legal', 'follow_up', 'shelter']
const somebody = async (as: readonly Role[] = roles): Promise<Person> => {
  const made = await w.person({ agency, roles: as, member: teams.flatMap(t => everything.map(f => [t, f] as const)), alias: 'Проверка' })
  // As after an invitation: a password that nobody knows.
  await w.db.owner.query('update app.account set pw_salt = $2, pw_bundle = $3, pw_verifier = $3 where id = $1', [
    made.id,
    Buffer.concat([Buffer.from([0]), random(16)]),
    random(32),
  ])
  await w.db.owner.query("update app.session set step_up_at = now() + interval '9 hours' where id = $1", [made.session])
  return made
}

const patternOf = (url: string) => new RegExp(`^${url.replace(/:[a-zA-Z]+/g, '[^/]+')}$`)
const routeOf = (method: string, address: string): Route | undefined => {
  const path = address.split('?')[0] ?? ''
  const all = routes.filter(r => r.method === method && patternOf(r.url).test(path))
  // Plain addresses win over those with a parameter, as in the server.
  return all.find(r => !r.url.replace('/:lang', '').includes(':')) ?? all[0]
}
const remember = <V>(map: Map<string, V[]>, key: string, value: V, most: number) => {
  const had = map.get(key) ?? []
  if (had.length < most) map.set(key, [...had, value])
}

/** Visits every link, and remembers the forms on the way. */
const crawl = async (most: number) => {
  // Every page that needs no record, then every page of the records known so far.
  const waiting = routes
    .filter(r => r.method === 'GET' && r.url.startsWith('/:lang'))
    .map(r => r.url.replace(/:([a-zA-Z]+)/g, (_m, n: string) => (n === 'lang' ? 'ru' : known(n, 0))))
    .sort((x, y) => x.length - y.length)
  const seen = new Set(waiting)
  const shown = new Map<string, number>()
  for (let at = waiting.shift(); at && seen.size < 2_000; at = waiting.shift()) {
    const route = routeOf('GET', at)
    if (!route || (shown.get(route.url) ?? 0) >= most) continue
    shown.set(route.url, (shown.get(route.url) ?? 0) + 1)
    const answer = await w.get(who, at)
    if (answer.statusCode !== 200) continue
    remember(pages, route.url, at, 6)
    for (const f of formsIn(answer.body)) {
      const to = f.method === 'post' ? routeOf('POST', f.action) : undefined
      if (to) remember(targets, to.url, { action: f.action, page: at }, 12)
    }
    for (const link of linksIn(answer.body)) {
      if (!link.startsWith('/ru/') || seen.has(link)) continue
      seen.add(link)
      waiting.push(link)
      for (const [, name, id] of link.matchAll(/\/(contacts|people|cases|users|teams)\/([0-9a-f-]{36})/g)) {
        const list = ids[name as string] ?? []
        if (!list.includes(id as Id)) ids[name as string] = [...list, id as Id]
      }
    }
  }
}

const formAt = async (page: string, action: string): Promise<ReadForm | undefined> =>
  formsIn((await w.get(who, page)).body).find(f => f.action === action && f.method === 'post')

/** Sends a form filled well, so that there is something on every page. */
const good = async (page: string, action: string, more: Record<string, string> = {}) => {
  const form = await formAt(page, action)
  return form && w.post(who, action, { ...filled(form, f => sense(f.name)), ...more })
}
/** Two reports from the public site, so that there is somebody to answer. */
const report = async () => {
  const pool = w.db.pool('public_in', 1)
  const ask: Ask = async <R>(fn: string, values: readonly unknown[]) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])).rows as R[]
  for (let i = 0; i < 2; i++) await submitReport(ask, cheapArgon(), someReport(), new Date().toISOString())
}

const harmful = /sign-out|\/lock$|sessions\/end|\/leave$|\/disable|close|merge|teams\/end/

beforeAll(async () => {
  w = await officeWorld(
    o => {
      o.app.addHook('onRoute', r => void routes.push({ method: String(r.method), url: r.url, permit: String(r.config?.permit) }))
      for (const register of capabilities) register(o)
    },
    [...allPolicies, { permissions: officePermissions(), tables: [] }],
  )
  agency = await w.agency()
  teams = [await w.team(agency, { intake: true, name: 'Севернее' }), await w.team(agency, { name: 'Южнее' })]
  who = await somebody()
  await somebody(['case_worker', 'duty_specialist'])
  await report()
  for (const door of ['walk-in', 'call', 'walk-in']) await good(`/ru/contacts/new/${door}`, `/ru/contacts/new/${door}`)
  await crawl(2)
  for (const contact of ids.contacts?.slice(0, 2) ?? [])
    await good(`/ru/cases/new?contact=${contact}`, '/ru/cases/new', { 'children[0][relation]': 'child', 'children[0][match]': 'new' })
  // A question of another team, and one of ours that the other side wants to talk about.
  await w.db.owner.query(
    "insert into app.match_notice (id, person_id, home_group, pair, asking_group, kept_out, key_version, sealed) select gen_random_uuid(), id, home_group, gen_random_uuid(), $1, false, 1, 'x' from app.person limit 3",
    [teams[1]],
  )
  await w.db.owner.query(
    "insert into app.match_ask (id, found_id, home_group, pair, state, key_version, sealed, reply_x) select gen_random_uuid(), id, home_group, gen_random_uuid(), 'invited', 1, 'x', $1 from app.person limit 3",
    [random(32)],
  )
  await crawl(3)
  for (const [url, seen] of targets) if (!harmful.test(url)) for (const { page, action } of seen.slice(0, 2)) await good(page, action)
  pages.clear()
  targets.clear()
  await crawl(4)
}, 240_000)
afterAll(() => w?.end())

const realIds = () => Object.values(ids).flat()
const known = (name: string, pick: number): string => {
  const kind = ({ contactId: 'contacts', personId: 'people', caseId: 'cases', userId: 'users', teamId: 'teams' } as Record<string, string>)[
    name
  ]
  const list = kind ? (ids[kind] ?? []) : realIds()
  return list[pick % (list.length || 1)] ?? newId()
}
test(
  'nonsense in any form is an answer, never a fault',
  async () => {
    const posts = routes.filter(r => r.method === 'POST')
    const gets = routes.filter(r => r.method === 'GET' && r.url.startsWith('/:lang'))
    const faults = new Map<string, string>()
    const statuses: Record<number, number> = {}
    const reached = new Map<string, number>()
    let count = 0
    const until = performance.now() + budgetMs
    const judge = (what: string, answer: Awaited<ReturnType<World['get']>>, sent: string) => {
      statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1
      const bad =
        answer.statusCode >= 500 && answer.statusCode !== 503
          ? `${answer.statusCode} ${JSON.stringify(w.logged.at(-1) ?? {})}`
          : answer.body.includes('<script>dv0')
            ? 'reflects a script'
            : /\n\s+at \S+ ?\(?[^\n]*:\d+:\d+/.test(answer.body) || answer.body.includes('node_modules')
              ? 'shows a stack'
              : undefined
      if (bad) faults.set(`${what}: ${bad}`, sent.slice(0, 600))
    }
    const one = async (p: Plan): Promise<void> => {
      count += 1
      if (p.chance === 0) {
        // The questions of a page: filters, pages, sorting.
        const r = gets[p.route % gets.length]!
        const at =
          (pages.get(r.url) ?? [])[p.pick % 4] ??
          r.url.replace(/:([a-zA-Z]+)/g, (_m, n: string) => (n === 'lang' ? 'ru' : known(n, p.pick)))
        const names = [
          'page',
          'sort',
          'state',
          'danger',
          'q',
          'team',
          'next',
          'contact',
          'from',
          'assignee',
          'note',
          'done',
          'urgency',
          'channel',
        ]
        const query = p.changes
          .map((c, i) => `${names[(p.pick + i) % names.length]}=${'text' in c ? (c.kind === 'raw' ? c.text : enc(c.text)) : '1'}`)
          .join('&')
        judge(`GET ${r.url}`, await w.get(who, `${at.split('?')[0]}?${query.slice(0, 6_000)}`), query)
        return
      }
      const r = posts[p.route % posts.length]!
      const seen = targets.get(r.url) ?? []
      const target = p.params === 'seen' ? seen[p.pick % (seen.length || 1)] : undefined
      const url =
        target?.action ??
        r.url.replace(/:([a-zA-Z]+)/g, (_m, n: string) =>
          n === 'lang' ? 'ru' : p.params === 'strange' ? strange[p.pick % strange.length]! : known(n, p.pick),
        )
      const form = target ? await formAt(target.page, target.action) : undefined
      const fields: Record<string, string> = form
        ? filled(form, () => 'Слово')
        : { command: newId(), version: '1', text: 'Слово', reason: 'Слово' }
      if (form?.buttons.length && p.pick % 3 === 0) fields[form.buttons[0]!.name] = form.buttons[0]!.value
      const payload = p.type === 'json' ? jsonOf(p, fields) : bodyOf(p, fields, form, realIds())
      const answer = await w.office.app.inject({
        method: 'POST',
        url,
        headers: {
          cookie: who.cookie,
          origin: testOrigin,
          'sec-fetch-site': 'same-origin',
          ...(p.type === 'none' ? {} : { 'content-type': types[p.type] }),
        },
        payload,
      })
      if (form) reached.set(r.url, (reached.get(r.url) ?? 0) + 1)
      judge(`POST ${r.url}`, answer, `${p.type} ${url} ${payload}`)
      // Signed out, locked or left: somebody new goes on.
      if (answer.statusCode === 303 && /\/(sign-in|unlock)/.test(String(answer.headers.location))) who = await somebody()
      if (count % 40 === 0 && (await w.get(who, '/ru/me')).statusCode !== 200) who = await somebody()
    }
    await fc.assert(
      fc.asyncProperty(plan, p => (performance.now() < until ? one(p) : Promise.resolve())),
      {
        seed,
        numRuns: long ? posts.length * 4_000 : 1_000_000,
        interruptAfterTimeLimit: budgetMs,
        markInterruptAsFailure: false,
        endOnFailure: true,
      },
    )
    const never = posts.filter(r => !reached.has(r.url)).map(r => r.url)
    console.log(
      `form fuzz: seed ${seed}, ${count} requests over ${posts.length} POST routes; answers ${JSON.stringify(statuses)}; without a form seen: ${never.join(' ')}`,
    )
    expect([...faults].map(([what, sent]) => `${what}\n    ${sent}`)).toEqual([])
    expect(count).toBeGreaterThan(long ? 10_000 : 300)
    expect(reached.size).toBeGreaterThan(posts.length / 2)
  },
  budgetMs + 60_000,
)
