import { directory } from '../access/store.directory.ts'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { once, savedOnce } from '../platform/command.ts'
import { recall } from '../platform/office.known.ts'
import { type Answer, type Asked, hidden, type Office, officeCookie, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { crumbs } from './routes.command.ts'
import { listPage, personPage, todayOf } from './routes.links.pages.ts'
import { type Deciding, decidePair, type LinkError, newPair, type PairNow, unlinkPair } from './rules.links.ts'
import { comparedOf } from './rules.match.weigh.ts'
import { displayName } from './rules.ts'
import { type Decided, decideForm, type Pair, unlinkForm } from './schema.links.ts'
import type { Identity } from './schema.ts'
import { compareScreen, unlinkScreen } from './screens.links.compare.tsx'
import { compareOnEntering, forgetWithKeys } from './store.links.later.ts'
import { modelOf } from './store.links.model.ts'
import { comparePair, digestOf, endLinks, ensurePair, findPair, lockPairs, makeLink, peopleOf, savePair } from './store.links.ts'
import { findPerson, type SeenPerson } from './store.ts'

type Both = { readonly left: SeenPerson & { identity: Identity }; readonly right: SeenPerson & { identity: Identity } }
/** Both records, open; undefined where either is hidden or closed to this session: nobody judges what they cannot read. */
const both = async (a: Asked, lock = false): Promise<Both | undefined> => {
  const [x, y] = [a.params.personId!, a.params.otherId!]
  if (x === y) return undefined
  // In one order, so that two people deciding from either side wait for each other instead of for ever.
  const [first, second] = x < y ? [x, y] : [y, x]
  const [p, q] = [await findPerson(a, first, lock), await findPerson(a, second, lock)]
  if (!p?.identity || !q?.identity || p.state !== 'active' || q.state !== 'active') return undefined
  const [left, right] = (p.id === x ? [p, q] : [q, p]) as [Both['left'], Both['right']]
  return { left, right }
}
interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
const comparePage = async (a: Asked, o: Office, b: Both, v: Shown): Promise<Answer> => {
  const [pair, d, weighed] = [
    await findPair(a, b.left.id, b.right.id),
    await directory(a, o.deps.keys.service, a.lang),
    await comparePair(a, b.left.identity, b.right.identity),
  ]
  a.saw('match.compare', [b.left.id, b.right.id])
  return page({
    title: a.t('match.compare.title'),
    nav: 'people',
    wide: true,
    status: v.status ?? 200,
    breadcrumbs: [...crumbs(a, b.left.id), { text: a.t('match.person.title'), href: `/people/${b.left.id}/matches` }],
    body: compareScreen(
      {
        id: b.left.id,
        otherId: b.right.id,
        left: b.left.identity,
        right: b.right.identity,
        teams: [d.team(b.left.homeGroup), d.team(b.right.homeGroup)],
        weighed,
        model: modelOf(a.session.id, await peopleOf(a)),
        state: pair?.state ?? 'open',
        history: pair?.words?.history ?? [],
        alias: d.alias,
        timeZone: a.session.timeZone,
        to: a.to,
        canUnlink: a.can('match:decide'),
        form: a.can('match:decide')
          ? {
              form: decideForm,
              action: a.to(`/people/${b.left.id}/matches/${b.right.id}`),
              values: v.values,
              errors: v.errors,
              command: v.command ?? newId(),
              version: pair?.version ?? 0,
            }
          : undefined,
      },
      a.t,
    ),
  })
}
const unlinkPage = async (a: Asked, b: Both, v: Shown): Promise<Answer> => {
  const pair = await findPair(a, b.left.id, b.right.id)
  if (pair?.state !== 'same') return hidden
  a.saw('match.unlink', [b.left.id, b.right.id])
  return page({
    title: a.t('match.unlink.title'),
    nav: 'people',
    status: v.status ?? 200,
    breadcrumbs: crumbs(a, b.left.id),
    body: unlinkScreen(
      {
        names: [displayName(b.left.identity), displayName(b.right.identity)],
        form: {
          form: unlinkForm,
          action: a.to(`/people/${b.left.id}/matches/${b.right.id}/unlink`),
          values: v.values,
          errors: v.errors,
          command: v.command ?? newId(),
          version: pair.version,
        },
      },
      a.t,
    ),
  })
}

/** One act on a pair: both open and locked, once, stale, decide, save on both sides, show. */
const act = async (
  a: Asked,
  form: typeof decideForm | typeof unlinkForm,
  show: (b: Both, v: Shown) => Promise<Answer>,
  decide: (now: PairNow, v: never, d: Deciding) => Result<Decided, LinkError>,
): Promise<Answer> => {
  const seen = await both(a)
  if (!seen) return hidden
  const parsed = parseForm(form as typeof unlinkForm, a.body)
  const typed = Object.fromEntries(
    Object.entries(a.body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command' && e[0] !== 'version'),
  )
  if (!parsed.ok)
    return show(seen, {
      values: parsed.values,
      errors: parsed.errors,
      status: 422,
      ...(isId(a.body.command) ? { command: a.body.command } : {}),
    })
  const command = parsed.command ?? newId()
  const done = redirect(`/people/${seen.left.id}/matches/${seen.right.id}?done=saved`)
  return once<Answer>(
    a,
    { command, content: { path: a.path, value: parsed.value }, record: seen.left.id },
    {
      fresh: async () => {
        const b = await both(a, true)
        if (!b) return { refused: hidden }
        await ensurePair(a, b.left, b.right, todayOf(a))
        const pair = await findPair(a, b.left.id, b.right.id)
        await lockPairs(a, pair ? [pair.pair] : [])
        const [mine, theirs] = [await findPair(a, b.left.id, b.right.id, true), await findPair(a, b.right.id, b.left.id, true)]
        if (!mine?.words || !theirs?.words) return { refused: hidden }
        const now = (p: Pair): PairNow => ({ state: p.state, words: p.words ?? newPair.words })
        // 0: the form stood there before the pair was noticed by anybody.
        if (parsed.version !== mine.version && !(parsed.version === 0 && mine.version === 1))
          return { refused: await show(b, { values: typed, errors: { '': { key: 'match.error.changed' } }, status: 409 }) }
        const weighed = await comparePair(a, b.left.identity, b.right.identity)
        const d: Deciding = { by: a.actor.id, at: a.now, bits: weighed.bits, basis: '' }
        const decided = decide(now(mine), parsed.value as never, d)
        if (!decided.ok)
          return {
            refused: await show(b, { values: typed, errors: { '': { key: `match.error.${decided.error}` } }, status: 422, command }),
          }
        const side = (p: Both['left'], pair: Pair) => ({ row: p, pair, now: now(pair), basis: digestOf(comparedOf(p.identity)) })
        await savePair(a, [side(b.left, mine), side(b.right, theirs)], decided.value, command)
        if (decided.value.decision === 'same') await makeLink(a, b.left, b.right, mine.pair, d)
        if (decided.value.decision === 'unlinked') await endLinks(a, mine.pair)
        return { saved: done }
      },
      again: () => done,
      clash: () => show(seen, { values: typed, errors: savedOnce, status: 409 }),
    },
  )
}

/** Records that may be one child: the list, one person's, two side by side, the decision, and parting again. */
export const registerMatches = (o: Office): void => {
  forgetWithKeys()
  const rule = o.deps.permissions['match:read']
  o.app.addHook('onResponse', async (req, reply) => {
    const token = req.method === 'GET' && reply.statusCode === 200 ? req.cookies[officeCookie] : undefined
    const session = token && recall(token)?.session
    if (token && session)
      compareOnEntering(o.deps, token, session, typeof rule === 'object' && session.roles.some(r => rule.roles.includes(r)))
  })
  o.get('/people/matches', 'match:read', listPage)
  o.get('/people/:personId/matches', 'match:read', a => personPage(a, o))
  const compare = (a: Asked) => (b: Both, v: Shown) => comparePage(a, o, b, v)
  o.get('/people/:personId/matches/:otherId', 'match:read', async a => {
    const b = await both(a)
    return b ? comparePage(a, o, b, {}) : hidden
  })
  o.post('/people/:personId/matches/:otherId', 'match:decide', a =>
    act(a, decideForm, compare(a), (now, v: { decision: 'same' | 'different' | 'unsure'; reason: string }, d) => decidePair(now, v, d)),
  )
  o.get('/people/:personId/matches/:otherId/unlink', 'match:decide', async a => {
    const b = await both(a)
    return b ? unlinkPage(a, b, {}) : hidden
  })
  o.post('/people/:personId/matches/:otherId/unlink', 'match:decide', a =>
    act(
      a,
      unlinkForm,
      (b, v) => unlinkPage(a, b, v),
      (now, v: { reason: string }, d) => unlinkPair(now, v.reason, d),
    ),
  )
}
