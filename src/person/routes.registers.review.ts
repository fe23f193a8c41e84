import { directory } from '../access/store.directory.ts'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { registerTake } from './routes.registers.claims.ts'
import { linkCrumbs } from './routes.registers.crumbs.ts'
import { countsOf, decisionsCsv } from './rules.registers.ts'
import { eraseForm, pairsAPage, type RegisterLink, verdictForm } from './schema.registers.ts'
import { eraseScreen, pairScreen, reviewScreen } from './screens.registers.review.tsx'
import { countDecisions, eraseLink, findLink, linkKey, parts, saveDecision } from './store.registers.ts'

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
interface Steps {
  readonly open: (a: Asked, l: RegisterLink, key: Buffer, v: object) => Promise<Answer>
  readonly erased: (a: Asked, l: RegisterLink) => Promise<Answer>
}
const nothing = { pairs: 0, more: 0, candidates: 0, possible: 0, compared: [] }

const reviewPage = async (a: Asked, l: RegisterLink, key: Buffer): Promise<Answer> => {
  const found = (await parts(a, l, key, 'found')).get(0) ?? nothing
  const last = Math.max(1, Math.ceil(found.pairs / pairsAPage))
  const at = Math.min(last, Math.max(1, /^\d{1,4}$/.test(a.query.page ?? '') ? Number(a.query.page) : 1))
  const pairs = (await parts(a, l, key, 'pairs', at - 1, at - 1)).get(at - 1) ?? []
  const decisions = await parts(a, l, key, 'decision', (at - 1) * pairsAPage, at * pairsAPage - 1)
  a.saw('register.open', [l.id])
  return page({
    title: a.t('register.review.title'),
    nav: 'registers',
    wide: true,
    breadcrumbs: linkCrumbs(a),
    body: reviewScreen({ link: l, found, page: at, pairs, decisions, decided: await countDecisions(a, l), to: a.to }, a.t),
  })
}

/** The comparison under review with its key; undefined where it is another's, not compared yet, or erased. */
const underReview = async (a: Asked, lock = false) => {
  const link = await findLink(a, a.params.registerId!, lock)
  const key = link?.state === 'review' ? await linkKey(a, link) : undefined
  return link && key ? { link, key } : undefined
}
type Under = NonNullable<Awaited<ReturnType<typeof underReview>>>
const pairAt = async (a: Asked, u: Under) => {
  const n = /^\d{1,5}$/.test(a.query.n ?? '') ? Number(a.query.n) - 1 : -1
  const at = Math.floor(n / pairsAPage)
  const pair = n < 0 ? undefined : (await parts(a, u.link, u.key, 'pairs', at, at)).get(at)?.[n % pairsAPage]
  const decision = pair && (await parts(a, u.link, u.key, 'decision', n, n)).get(n)
  return pair && { n, pair, decision }
}
const showPair = async (a: Asked, o: Office, u: Under, v: Shown): Promise<Answer> => {
  const x = await pairAt(a, u)
  if (!x) return hidden
  const d = await directory(a, o.deps.keys.service, a.lang)
  const pairs = (await parts(a, u.link, u.key, 'found')).get(0)?.pairs ?? 0
  a.saw('register.pair', [u.link.id, ...(u.link.way === 'ours' && isId(x.pair.rightId) ? [x.pair.rightId] : [])])
  return page({
    title: a.t('register.pair.of', { n: x.n + 1, pairs }),
    nav: 'registers',
    wide: true,
    status: v.status ?? 200,
    breadcrumbs: linkCrumbs(a, u.link),
    body: pairScreen(
      {
        link: u.link,
        ...x,
        pairs,
        alias: d.alias,
        timeZone: a.session.timeZone,
        to: a.to,
        form: {
          form: verdictForm,
          action: a.to(`/registers/${u.link.id}/pair?n=${x.n + 1}`),
          values: v.values ?? {},
          errors: v.errors,
          command: v.command ?? newId(),
          version: x.decision?.times ?? 0,
        },
      },
      a.t,
    ),
  })
}
const pairRoutes = (o: Office): void => {
  o.get('/registers/:registerId/pair', 'register:use', async a => {
    const u = await underReview(a)
    return u ? showPair(a, o, u, {}) : hidden
  })
  o.post('/registers/:registerId/pair', 'register:use', async a => {
    const seen = await underReview(a)
    const seenPair = seen && (await pairAt(a, seen))
    if (!seen || !seenPair) return hidden
    const parsed = parseForm(verdictForm, a.body)
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    if (!parsed.ok) return showPair(a, o, seen, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
    const { n } = seenPair
    const pairs = (await parts(a, seen.link, seen.key, 'found')).get(0)?.pairs ?? 0
    const next = redirect(n + 1 < pairs ? `/registers/${seen.link.id}/pair?n=${n + 2}&done=saved` : `/registers/${seen.link.id}?done=saved`)
    // One person, and it is one of ours: what the partner says of them is offered at once, while the row is still there.
    const done =
      seen.link.way === 'ours' && parsed.value.verdict === 'same' ? redirect(`/registers/${seen.link.id}/take?n=${n + 1}&done=saved`) : next
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { n, ...parsed.value }, record: seen.link.id },
      {
        fresh: async () => {
          const u = await underReview(a, true)
          const now = u && (await pairAt(a, u))
          if (!u || !now) return { refused: hidden }
          const times = now.decision?.times ?? 0
          if ((parsed.version ?? 0) !== times)
            return {
              refused: await showPair(a, o, u, {
                values: { ...parsed.value },
                errors: { '': { key: 'register.error.decided' } },
                status: 409,
              }),
            }
          await saveDecision(a, u.link, u.key, n, { ...parsed.value, by: a.actor.id, at: a.now, times: times + 1 })
          return { saved: done }
        },
        again: () => done,
        clash: () => showPair(a, o, seen, { values: { ...parsed.value }, errors: savedOnce, status: 409 }),
      },
    )
  })
}

const finishRoutes = (o: Office): void => {
  o.get('/registers/:registerId/decisions', 'register:use', async a => {
    const u = await underReview(a)
    if (!u) return hidden
    const d = await directory(a, o.deps.keys.service, a.lang)
    const [decisions, pages] = [await parts(a, u.link, u.key, 'decision'), await parts(a, u.link, u.key, 'pairs')]
    const rows = [...decisions].flatMap(([n, decision]) => {
      const pair = pages.get(Math.floor(n / pairsAPage))?.[n % pairsAPage]
      return pair ? [{ pair, decision }] : []
    })
    a.saw('register.decisions', [u.link.id])
    return { kind: 'bytes', type: 'text/csv; charset=utf-8', body: `\ufeff${decisionsCsv(rows, d.alias)}`, filename: 'decisions.csv' }
  })
  /** Open ones too: a wrong file must be able to go at once. */
  const standing = async (a: Asked, lock = false) => {
    const link = await findLink(a, a.params.registerId!, lock)
    return link && link.state !== 'erased' ? link : undefined
  }
  const stateOf = async (a: Asked, l: RegisterLink) => {
    const key = await linkKey(a, l)
    if (!key) return countsOf([], 0, [])
    const [files, found, decisions] = [
      await parts(a, l, key, 'columns'),
      await parts(a, l, key, 'found'),
      await parts(a, l, key, 'decision'),
    ]
    return countsOf(
      [...files.values()].map(f => f.rows),
      found.get(0)?.pairs ?? 0,
      [...decisions.values()],
    )
  }
  const show = async (a: Asked, l: RegisterLink, v: Shown): Promise<Answer> => {
    const c = await stateOf(a, l)
    a.saw('register.open', [l.id])
    return page({
      title: a.t('register.erase.title'),
      nav: 'registers',
      status: v.status ?? 200,
      breadcrumbs: linkCrumbs(a, l),
      body: eraseScreen(
        {
          link: l,
          open: c.pairs - c.same - c.different - c.unsure,
          form: {
            form: eraseForm,
            action: a.to(`/registers/${l.id}/erase`),
            values: v.values ?? {},
            errors: v.errors,
            command: v.command ?? newId(),
            version: l.version,
          },
        },
        a.t,
      ),
    })
  }
  o.get('/registers/:registerId/erase', 'register:use', async a => {
    const l = await standing(a)
    return l ? show(a, l, {}) : hidden
  })
  o.post('/registers/:registerId/erase', 'register:use', async a => {
    const seen = await findLink(a, a.params.registerId!)
    if (!seen) return hidden
    const parsed = parseForm(eraseForm, a.body)
    if (!parsed.ok) return seen.state === 'erased' ? hidden : show(a, seen, { values: parsed.values, errors: parsed.errors, status: 422 })
    const command = parsed.command ?? newId()
    const done = redirect(`/registers/${seen.id}?done=saved`)
    return once<Answer>(
      a,
      { command, content: { erase: seen.id }, record: seen.id },
      {
        fresh: async () => {
          const l = await standing(a, true)
          if (!l) return { refused: hidden }
          await eraseLink(a, l, await stateOf(a, l), command)
          return { saved: done }
        },
        again: () => done,
        clash: () => show(a, seen, { errors: savedOnce, status: 409 }),
      },
    )
  })
}

/** Looking at pairs, deciding, taking the decisions away, and erasing. */
export const registerReview = (o: Office, steps: Steps): void => {
  o.get('/registers/:registerId', 'register:use', async a => {
    const l = await findLink(a, a.params.registerId!)
    if (!l) return hidden
    if (l.state === 'erased') return steps.erased(a, l)
    const key = await linkKey(a, l)
    if (!key) return hidden
    return l.state === 'open' ? steps.open(a, l, key, {}) : reviewPage(a, l, key)
  })
  pairRoutes(o)
  registerTake(o)
  finishRoutes(o)
}
