import { directory } from '../access/store.directory.ts'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { crumbs } from './routes.command.ts'
import { comparedOfAsked } from './rules.elsewhere.ts'
import { comparedOf, weigh } from './rules.match.weigh.ts'
import { type Ask, agreeForm, elsewhereForm, keptOutForm, type Notice, noticeForm } from './schema.elsewhere.ts'
import { askElsewhereScreen, askPageScreen, asksScreen, noticeScreen, noticesScreen, type Said } from './screens.elsewhere.tsx'
import { agreeAsk, decideNotice, findAsk, findNotice, groupReasons, listAsks, listNotices, otherWords } from './store.elsewhere.talk.ts'
import { askElsewhere, askingTeam } from './store.elsewhere.ts'
import { modelOf } from './store.links.model.ts'
import { peopleOf } from './store.links.ts'
import { identitiesOf } from './store.ts'

const todayOf = (a: Asked) => dayOf(a.now, a.session.timeZone)
interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
const typedIn = (a: Asked): Values =>
  Object.fromEntries(
    Object.entries(a.body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command' && e[0] !== 'version'),
  )
const sent = (a: Asked) => (isId(a.body.command) ? { command: a.body.command } : {})

const askPage = (a: Asked, v: Shown & { said?: Said }): Answer =>
  page({
    title: a.t('elsewhere.ask.title'),
    nav: 'people',
    status: v.status ?? 200,
    breadcrumbs: crumbs(a),
    body: askElsewhereScreen(
      {
        form: {
          form: elsewhereForm,
          action: a.to('/matches/ask'),
          values: v.values ?? { sex: 'not_asked' },
          errors: v.errors,
          command: v.command ?? newId(),
        },
        said: v.said,
        asks: a.can('match:asks'),
        to: a.to,
      },
      a.t,
    ),
  })
const ask = async (a: Asked, o: Office): Promise<Answer> => {
  const parsed = parseForm(elsewhereForm, a.body)
  if (!parsed.ok) return askPage(a, { values: parsed.values, errors: parsed.errors, status: 422, ...sent(a) })
  const team = askingTeam(a)
  // Nobody would read the answer.
  if (!team) return askPage(a, { values: typedIn(a), errors: { '': { key: 'elsewhere.error.no_team' } }, status: 422, ...sent(a) })
  const { value } = parsed
  return once<Answer>(
    a,
    { command: parsed.command ?? newId(), content: value, record: team },
    {
      fresh: async () => {
        a.saw('match.elsewhere', [team])
        const asked = { name: value.name, age: value.age ?? '', sex: value.sex, origin: value.origin ?? '' }
        const said = await askElsewhere(a, [asked], { service: o.deps.keys.service, team, on: todayOf(a), reason: value.reason })
        return { saved: askPage(a, { values: typedIn(a), said }) }
      },
      again: () => redirect('/matches/ask'),
      clash: () => askPage(a, { values: typedIn(a), errors: savedOnce, status: 409 }),
    },
  )
}

const asksPage = async (a: Asked, o: Office): Promise<Answer> => {
  const [asks, d] = [await listAsks(a), await directory(a, o.deps.keys.service, a.lang)]
  const reasons = a.can('match:coordinate') ? await groupReasons(a) : []
  a.saw(
    'match.asks',
    asks.map(k => k.id),
  )
  return page({
    title: a.t('elsewhere.asks.title'),
    nav: 'people',
    wide: true,
    breadcrumbs: crumbs(a),
    body: asksScreen({ asks, reasons, alias: d.alias, timeZone: a.session.timeZone, to: a.to }, a.t),
  })
}
const oneAskPage = async (a: Asked, o: Office, k: Ask, v: Shown): Promise<Answer> => {
  const [other, d] = [await otherWords(a, k), await directory(a, o.deps.keys.service, a.lang)]
  a.saw('match.ask', [k.id])
  return page({
    title: a.t('elsewhere.askPage'),
    nav: 'people',
    wide: true,
    status: v.status ?? 200,
    breadcrumbs: [...crumbs(a), { text: a.t('elsewhere.asks.title'), href: '/matches/asks' }],
    body: askPageScreen(
      {
        ask: k,
        alias: d.alias,
        other,
        to: a.to,
        form:
          k.state === 'invited'
            ? {
                form: agreeForm,
                action: a.to(`/matches/asks/${k.id}`),
                values: v.values,
                errors: v.errors,
                command: v.command ?? newId(),
                version: k.version,
              }
            : undefined,
      },
      a.t,
    ),
  })
}

const noticesPage = async (a: Asked): Promise<Answer> => {
  const notices = await listNotices(a)
  const own = await identitiesOf(
    a,
    notices.map(n => n.personId),
  )
  a.saw(
    'match.notices',
    notices.map(n => n.personId),
  )
  return page({
    title: a.t('elsewhere.notices.title'),
    nav: 'people',
    wide: true,
    breadcrumbs: crumbs(a),
    body: noticesScreen({ rows: notices.map(notice => ({ notice, own: own.get(notice.personId) })), to: a.to }, a.t),
  })
}
const noticePage = async (a: Asked, o: Office, n: Notice, v: Shown): Promise<Answer> => {
  const [found, d, people, other] = [
    await identitiesOf(a, [n.personId]),
    await directory(a, o.deps.keys.service, a.lang),
    await peopleOf(a),
    await otherWords(a, n),
  ]
  const own = found.get(n.personId)
  a.saw('match.notice', [n.personId])
  const weighed = own && n.words && weigh(comparedOfAsked(n.words.asked, n.found), comparedOf(own), modelOf(a.session.id, people))
  return page({
    title: a.t('elsewhere.notice.title'),
    nav: 'people',
    wide: true,
    status: v.status ?? 200,
    breadcrumbs: [...crumbs(a), { text: a.t('elsewhere.notices.title'), href: '/matches/notices' }],
    body: noticeScreen(
      {
        notice: n,
        own,
        weighed,
        other,
        alias: d.alias,
        timeZone: a.session.timeZone,
        to: a.to,
        form:
          n.state === 'both'
            ? undefined
            : {
                form: n.keptOut ? keptOutForm : noticeForm,
                action: a.to(`/matches/notices/${n.id}`),
                values: v.values,
                errors: v.errors,
                command: v.command ?? newId(),
                version: n.version,
              },
      },
      a.t,
    ),
  })
}

/** One act on one side of a talk: load, once, let the database decide, show. */
const act = async <S extends Notice | Ask, V>(
  a: Asked,
  s: {
    readonly path: string
    readonly find: (id: Id) => Promise<S | undefined>
    readonly show: (side: S, v: Shown) => Promise<Answer>
    readonly parse: (side: S) => ReturnType<typeof parseForm<Record<never, never>, Record<never, never>>>
    readonly run: (side: S, value: V, version: number, command: Id) => Promise<string>
  },
  id: Id,
): Promise<Answer> => {
  const seen = await s.find(id)
  if (!seen) return hidden
  const parsed = s.parse(seen)
  if (!parsed.ok) return s.show(seen, { values: parsed.values, errors: parsed.errors, status: 422, ...sent(a) })
  const command = parsed.command ?? newId()
  const done = redirect(`${s.path}/${id}?done=saved`)
  const record = 'personId' in seen ? seen.personId : seen.homeGroup
  return once<Answer>(
    a,
    { command, content: { path: a.path, value: parsed.value }, record },
    {
      fresh: async () => {
        const refused = async (code: string, status: number) => ({
          refused: await s.show((await s.find(id)) ?? seen, {
            values: typedIn(a),
            errors: { '': { key: `elsewhere.error.${code}` } },
            status,
          }),
        })
        try {
          const said = await s.run(seen, parsed.value as V, parsed.version ?? 0, command)
          if (said === 'ok') return { saved: done }
          return said === 'hidden' ? { refused: hidden } : await refused(said, said === 'changed' ? 409 : 422)
        } catch (e) {
          if (e instanceof SealError && e.message === 'team_has_no_key') return await refused('no_key', 422)
          throw e
        }
      },
      again: () => done,
      clash: () => s.show(seen, { values: typedIn(a), errors: savedOnce, status: 409 }),
    },
  )
}

/** Asking other teams whether they know a child; the notice of it; and the talk that begins when both sides want it. */
export const registerElsewhere = (o: Office): void => {
  const { service } = o.deps.keys
  o.get('/matches/ask', 'match:elsewhere', async a => askPage(a, {}))
  o.post('/matches/ask', 'match:elsewhere', a => ask(a, o))
  o.get('/matches/asks', 'match:asks', a => asksPage(a, o))
  o.get('/matches/asks/:askId', 'match:asks', async a => {
    const k = isId(a.params.askId) ? await findAsk(a, a.params.askId) : undefined
    return k ? oneAskPage(a, o, k, {}) : hidden
  })
  o.post('/matches/asks/:askId', 'match:asks', a =>
    act<Ask, { message: string }>(
      a,
      {
        path: '/matches/asks',
        find: id => findAsk(a, id),
        show: (k, v) => oneAskPage(a, o, k, v),
        parse: () => parseForm(agreeForm, a.body) as never,
        run: (k, v, version, command) => agreeAsk(a, service, k, { message: v.message.trim(), version, command }),
      },
      a.params.askId ?? '',
    ),
  )
  o.get('/matches/notices', 'match:coordinate', noticesPage)
  o.get('/matches/notices/:noticeId', 'match:coordinate', async a => {
    const n = isId(a.params.noticeId) ? await findNotice(a, a.params.noticeId) : undefined
    return n ? noticePage(a, o, n, {}) : hidden
  })
  o.post('/matches/notices/:noticeId', 'match:coordinate', a =>
    act<Notice, { decision: 'talk' | 'different' | 'later'; message?: string }>(
      a,
      {
        path: '/matches/notices',
        find: id => findNotice(a, id),
        show: (n, v) => noticePage(a, o, n, v),
        parse: n => (n.keptOut ? parseForm(keptOutForm, a.body) : parseForm(noticeForm, a.body)) as never,
        run: (n, v, version, command) =>
          decideNotice(a, service, n, { decision: v.decision, message: (v.message ?? '').trim(), version, command }),
      },
      a.params.noticeId ?? '',
    ),
  )
}
