import { directory } from '../access/store.directory.ts'
import { type Errors, type FormDef, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { byMonth, judgeDay, waysIn } from './rules.outreach.ts'
import { type Outreach, type OutreachKind, type OutreachLang, outreachForms, outreachKinds } from './schema.outreach.ts'
import { outreachFormScreen, outreachListScreen, outreachScreen } from './screens.outreach.tsx'
import { findOutreach, outreachHistory, outreachList, saveOutreach } from './store.outreach.ts'

/** What both forms give; a post has no audience and no number reached, an event no platform's hours. */
interface Value {
  readonly day: string
  readonly place: string
  readonly lang: OutreachLang
  readonly community?: string
  readonly text?: string
  readonly hours?: string
  readonly contacts?: string
  readonly audience?: string
  readonly reached?: string
  readonly note?: string | undefined
  readonly sure?: readonly string[]
}
const numberOf = (s: string | undefined) => (s === undefined ? null : Number(s.replace(',', '.')))
const valuesOf = (o: Outreach): Values => {
  const [year = '', month = '', day = ''] = o.day.split('-')
  const text = (n: number | null) => (n === null ? '' : String(n))
  return {
    'day-day': String(Number(day)),
    'day-month': String(Number(month)),
    'day-year': year,
    place: o.place,
    lang: o.lang,
    community: o.community,
    text: o.text,
    note: o.note,
    hours: text(o.hours),
    contacts: text(o.contacts),
    reached: text(o.reached),
    audience: o.audience ?? '',
  }
}
const typedIn = (a: Asked): Values =>
  Object.fromEntries(
    Object.entries(a.body).flatMap(([k, v]) =>
      k === 'command' || k === 'version' ? [] : typeof v === 'string' ? [[k, k === 'rule' || k === 'sure' ? [v] : v]] : [],
    ),
  )

/** Outreach diary and events: list, new, correct. */
export const registerOutreach = (o: Office): void => {
  const service = o.deps.keys.service
  const crumbs = (a: Asked) => [{ text: a.t('outreach.list.title'), href: '/outreach' }]
  const idOf = (a: Asked) => (isId(a.params.outreachId) ? a.params.outreachId : undefined)

  o.get('/outreach', 'outreach:use', async a => {
    const entries = await outreachList(a, service)
    a.saw('outreach.list', [])
    return page({
      title: a.t('outreach.list.title'),
      nav: 'outreach',
      wide: true,
      body: outreachListScreen({ entries, months: byMonth(entries), to: a.to }, a.t),
    })
  })

  interface Shown {
    readonly values?: Values
    readonly errors?: Errors
    readonly status?: number
    readonly command?: string
    readonly found?: readonly string[]
  }
  const show = (a: Asked, kind: OutreachKind, was: Outreach | undefined, v: Shown): Answer => {
    a.saw('outreach.form', [])
    return page({
      title: a.t(was ? 'outreach.change.title' : `outreach.new.${kind}`),
      nav: 'outreach',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a),
      body: outreachFormScreen(
        {
          kind,
          title: a.t(was ? 'outreach.change.title' : `outreach.new.${kind}`),
          found: v.found ?? [],
          form: {
            form: outreachForms[kind][v.found?.length ? 'again' : 'first'] as FormDef,
            action: a.to(was ? `/outreach/${was.id}/edit` : `/outreach/new/${kind}`),
            command: v.command ?? newId(),
            version: was?.version,
            values: v.values ?? (was ? valuesOf(was) : {}),
            errors: v.errors,
          },
        },
        a.t,
      ),
    })
  }
  const save = async (a: Asked, kind: OutreachKind, was: Outreach | undefined): Promise<Answer> => {
    const parsed = parseForm(outreachForms[kind].again as FormDef, a.body)
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    if (!parsed.ok) return show(a, kind, was, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
    const v = parsed.value as unknown as Value
    const refuse = (more: Shown) => show(a, kind, was, { values: typedIn(a), status: 422, ...sent, ...more })
    const wrongDay = judgeDay(v.day, dayOf(a.now, a.session.timeZone))
    if (wrongDay) return refuse({ errors: { day: { key: `outreach.error.${wrongDay}` } } })
    const found = waysIn(v.community ?? '', v.text ?? '', v.note ?? '')
    if (found.length > 0 && !v.sure?.length) return refuse({ found, errors: { sure: { key: 'outreach.error.sure' } } })
    const command = parsed.command ?? newId()
    const id = was?.id ?? newId()
    const done = redirect(`/outreach/${id}?done=saved`)
    return once<Answer>(
      a,
      { command, content: { path: a.path, value: parsed.value }, record: id },
      {
        fresh: async () => {
          const now = was ? await findOutreach(a, service, was.id, true) : undefined
          if (was && !now) return { refused: hidden }
          if (now && parsed.version !== now.version)
            return { refused: show(a, kind, now, { values: typedIn(a), errors: { '': { key: 'outreach.error.changed' } }, status: 409 }) }
          const next: Outreach = {
            id,
            agencyId: a.session.agencyId,
            kind,
            day: v.day,
            lang: v.lang,
            place: v.place,
            audience: v.audience ?? null,
            hours: numberOf(v.hours),
            contacts: numberOf(v.contacts),
            reached: numberOf(v.reached),
            by: now?.by ?? a.actor.id,
            version: (now?.version ?? 0) + 1,
            community: v.community ?? '',
            text: v.text ?? '',
            note: v.note ?? '',
          }
          await saveOutreach(a, service, next, a.actor.id, command)
          return { saved: done }
        },
        again: record => redirect(`/outreach/${record}`),
        clash: () => show(a, kind, was, { values: typedIn(a), errors: savedOnce, status: 409 }),
      },
    )
  }
  for (const kind of outreachKinds) {
    o.get(`/outreach/new/${kind}`, 'outreach:use', async a => show(a, kind, undefined, {}))
    o.post(`/outreach/new/${kind}`, 'outreach:use', a => save(a, kind, undefined))
  }
  const found = async (a: Asked) => {
    const id = idOf(a)
    return id ? findOutreach(a, service, id) : undefined
  }
  o.get('/outreach/:outreachId', 'outreach:use', async a => {
    const entry = await found(a)
    if (!entry) return hidden
    const [d, history] = await Promise.all([directory(a, service, a.lang), outreachHistory(a, entry.id)])
    a.saw('outreach.open', [entry.id])
    return page({
      title: a.t(`outreach.kind.${entry.kind}`),
      nav: 'outreach',
      breadcrumbs: crumbs(a),
      body: outreachScreen(
        { entry, history: history.map(h => ({ ...h, by: d.alias(h.by) })), timeZone: a.session.timeZone, to: a.to },
        a.t,
      ),
    })
  })
  o.get('/outreach/:outreachId/edit', 'outreach:use', async a => {
    const entry = await found(a)
    return entry ? show(a, entry.kind, entry, {}) : hidden
  })
  o.post('/outreach/:outreachId/edit', 'outreach:use', async a => {
    const entry = await found(a)
    return entry ? save(a, entry.kind, entry) : hidden
  })
}
