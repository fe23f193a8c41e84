import { directory } from '../access/store.directory.ts'
import { type Errors, type FormDef, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { registerAsks } from './routes.asks.ts'
import { answerTrace, checkTrace, comparedOfTrace, lookAtTrace, repeatsOf, type TraceError } from './rules.trace.ts'
import { answerForm, checkForm, lookForm, type Trace, type TraceEvent } from './schema.trace.ts'
import { traceFormScreen, traceListScreen, traceScreen } from './screens.trace.tsx'
import { candidatesFor } from './store.links.ts'
import { findTrace, listTraces, saveTrace, traceJournal } from './store.trace.ts'

const compared = (t: Trace) => comparedOfTrace(t.file.asked, t.received)
const crumbs = (a: Asked, t?: Trace) => [
  { text: a.t('trace.list.title'), href: '/traces' },
  ...(t ? [{ text: t.file.asked.childName || a.t('trace.noName'), href: `/traces/${t.id}` }] : []),
]

const listPage = async (a: Asked): Promise<Answer> => {
  const traces = await listTraces(a)
  const rows = []
  for (const trace of traces.slice(0, 50)) {
    // Compared anew at each look, so that a child recorded after the question is found, and one whose record changed too.
    const found = trace.state === 'closed' ? [] : await candidatesFor(a, compared(trace))
    a.saw('trace.list', [trace.id, ...found.map(f => f.id)])
    const repeats = traces.filter(x => x.id !== trace.id && repeatsOf(trace.file.asked, x.file.asked).length > 0).length
    rows.push({ trace, matches: found.length, repeats })
  }
  return page({ title: a.t('trace.list.title'), nav: 'traces', wide: true, body: traceListScreen({ rows, to: a.to }, a.t) })
}

const tracePage = async (a: Asked, o: Office): Promise<Answer> => {
  const trace = await findTrace(a, a.params.traceId!)
  if (!trace) return hidden
  const [matches, all, d, history] = [
    await candidatesFor(a, compared(trace)),
    await listTraces(a),
    await directory(a, o.deps.keys.service, a.lang),
    await traceJournal(a, trace.id),
  ]
  const repeats = all.flatMap(x => {
    const by = x.id === trace.id ? [] : repeatsOf(trace.file.asked, x.file.asked)
    return by.length > 0 ? [{ trace: x, by }] : []
  })
  a.saw('trace.open', [trace.id, ...matches.map(m => m.id), ...repeats.map(r => r.trace.id)])
  return page({
    title: a.t('trace.page.title'),
    nav: 'traces',
    wide: true,
    breadcrumbs: crumbs(a),
    body: traceScreen(
      {
        trace,
        matches,
        repeats,
        history: history.map(h => ({ type: h.type, by: d.alias(h.actor), at: h.at })),
        alias: d.alias,
        timeZone: a.session.timeZone,
        me: a.actor.id,
        to: a.to,
      },
      a.t,
    ),
  })
}

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
/** One act on one asking: load, once, stale, decide, save, show. */
const act = <V>(
  o: Office,
  words: 'check' | 'answer' | 'look',
  // biome-ignore lint/suspicious/noExplicitAny: the value is typed where it is decided
  form: FormDef<any, any>,
  initial: Values,
  decide: (t: Trace, v: V, who: { by: string; at: string }) => Result<TraceEvent, TraceError>,
): void => {
  const path = `/traces/:traceId/${words}`
  const show = (a: Asked, t: Trace, v: Shown): Answer => {
    a.saw('trace.form', [t.id])
    return page({
      title: a.t(`trace.${words}.title`),
      nav: 'traces',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a, t),
      body: traceFormScreen(
        {
          words,
          caption: t.file.asked.childName || a.t('trace.noName'),
          form: {
            form,
            action: a.to(`/traces/${t.id}/${words}`),
            values: v.values ?? initial,
            errors: v.errors,
            command: v.command ?? newId(),
            version: t.version,
          },
        },
        a.t,
      ),
    })
  }
  o.get(path, 'trace:answer', async a => {
    const t = await findTrace(a, a.params.traceId!)
    return t ? show(a, t, {}) : hidden
  })
  o.post(path, 'trace:answer', async a => {
    const seen = await findTrace(a, a.params.traceId!)
    if (!seen) return hidden
    const parsed = parseForm(form, a.body)
    if (!parsed.ok)
      return show(a, seen, {
        values: parsed.values,
        errors: parsed.errors,
        status: 422,
        ...(isId(a.body.command) ? { command: a.body.command } : {}),
      })
    const command = parsed.command ?? newId()
    const typed = Object.fromEntries(
      Object.entries(a.body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command' && e[0] !== 'version'),
    )
    const done = redirect(`/traces/${seen.id}?done=saved`)
    return once<Answer>(
      a,
      { command, content: { path: a.path, value: parsed.value }, record: seen.id },
      {
        fresh: async () => {
          const t = await findTrace(a, seen.id, true)
          if (!t) return { refused: hidden }
          if (parsed.version !== t.version)
            return { refused: show(a, t, { values: typed, errors: { '': { key: 'trace.error.changed' } }, status: 409 }) }
          const decided = decide(t, parsed.value as V, { by: a.actor.id, at: a.now })
          if (!decided.ok)
            return { refused: show(a, t, { values: typed, errors: { '': { key: `trace.error.${decided.error}` } }, status: 422, command }) }
          await saveTrace(a, t, decided.value, command)
          return { saved: done }
        },
        again: () => done,
        clash: () => show(a, seen, { values: typed, errors: savedOnce, status: 409 }),
      },
    )
  })
}

/** Those who ask about a child: written down by anybody who takes the call, read and answered by the coordinator, looked at by a second one. */
export const registerTraces = (o: Office): void => {
  registerAsks(o)
  o.get('/traces', 'trace:read', listPage)
  o.get('/traces/:traceId', 'trace:read', a => tracePage(a, o))
  act(o, 'check', checkForm, {}, (t, v: { danger: 'no_sign'; knows?: string; callBack: 'confirmed'; note?: string }, who) =>
    checkTrace(t, { danger: v.danger, knows: v.knows ?? '', callBack: v.callBack, note: v.note ?? '' }, who),
  )
  act(o, 'answer', answerForm, {}, (t, v: { answer: 'neither'; to?: string; said: string }, who) =>
    answerTrace(t, { answer: v.answer, to: v.to ?? '', said: v.said }, who),
  )
  act(o, 'look', lookForm, {}, (t, v: { note?: string }, who) => lookAtTrace(t, v.note ?? '', who))
}
