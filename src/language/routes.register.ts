import { directory } from '../access/store.directory.ts'
import type { RunOptions } from '../base/components/index.tsx'
import { type Errors, type FormValue, parseForm, type Values, valuesOf } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { typedIn } from '../case/routes.command.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { judgeInterpreter } from './rules.ts'
import { undertakingHolds } from './rules.warnings.ts'
import { interpreterForm } from './schema.forms.ts'
import type { Interpreter, RegisterEntry } from './schema.ts'
import { entryScreen, interpreterFormScreen, registerScreen } from './screens.register.tsx'
import { findInterpreter, historyOf, register, saveInterpreter } from './store.register.ts'

type Value = FormValue<typeof interpreterForm.fields, typeof interpreterForm.groups>
const valueFrom = (v: Value): Interpreter => ({
  alias: v.alias,
  kind: v.kind,
  languages: v.languages.map(l => ({ language: l.language, dialect: l.dialect ?? '', direction: l.direction, level: l.level })),
  sex: v.sex,
  remote: v.remote.length > 0,
  contact: v.contact ?? '',
  places: v.places.map(p => ({ country: p.country ?? '', region: p.region ?? '', place: p.place ?? '' })),
  community: v.community ?? '',
  kin: v.kin ?? '',
  employers: v.employers ?? '',
  signed: v.signed ?? null,
  until: v.until ?? null,
  note: v.note ?? '',
})
const typedOf = (i: RegisterEntry): Values => {
  const { id: _i, version: _v, remote, ...rest } = i
  return { ...valuesOf(rest), remote: remote ? ['yes'] : [] }
}

/** Language, direction, level and sex of a new entry stand as they mostly are; everything else is asked. */
const fresh: Values = { sex: 'not_asked', state: 'active', 'languages[0][direction]': 'both', 'languages[0][level]': 'good' }

/** The register of interpreters: list, entry with its history, new, change. */
export const registerRegister = (o: Office): void => {
  const service = o.deps.keys.service
  const crumbs = (a: Asked) => [{ text: a.t('language.register.title'), href: '/interpreters' }]
  const accounts = async (a: Asked): Promise<RunOptions> => ({
    account: (await directory(a, service, a.lang)).people
      .filter(p => p.roles.includes('interpreter') && p.state !== 'disabled')
      .map(p => ({ value: p.id, text: p.alias })),
  })
  o.get('/interpreters', 'language:register', async a => {
    const entries = await register(a, service)
    const today = dayOf(a.now, a.session.timeZone)
    a.saw(
      'language.register',
      entries.map(e => e.id),
    )
    return page({
      title: a.t('language.register.title'),
      nav: 'interpreters',
      wide: true,
      body: registerScreen(
        { rows: entries.map(e => ({ entry: e, holds: undertakingHolds(e, today) })), edit: a.can('language:edit'), to: a.to },
        a.t,
      ),
    })
  })

  const show = async (
    a: Asked,
    entry: RegisterEntry | undefined,
    v: { values?: Values; errors?: Errors; status?: number; command?: Id },
  ): Promise<Answer> =>
    page({
      title: a.t(entry ? 'language.form.change' : 'language.form.new'),
      nav: 'interpreters',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a),
      body: interpreterFormScreen(
        {
          form: interpreterForm,
          action: a.to(entry ? `/interpreters/${entry.id}/edit` : '/interpreters/new'),
          back: a.to(entry ? `/interpreters/${entry.id}` : '/interpreters'),
          command: v.command ?? newId(),
          version: entry?.version,
          values: v.values ?? (entry ? typedOf(entry) : fresh),
          errors: v.errors,
          options: await accounts(a),
          title: a.t(entry ? 'language.form.change' : 'language.form.new'),
        },
        a.t,
      ),
    })
  /** Parse, claim, judge, save, show: the same for a new entry and a change of one. */
  const save = async (a: Asked, id: Id, before: RegisterEntry | undefined): Promise<Answer> => {
    const parsed = parseForm(interpreterForm, a.body)
    if (!parsed.ok)
      return show(a, before, { values: parsed.values, errors: parsed.errors, status: Object.keys(parsed.errors).length > 0 ? 422 : 200 })
    const command = parsed.command ?? newId()
    const typed = typedIn(a)
    const back = redirect(`/interpreters/${id}?done=saved`)
    return once<Answer>(
      a,
      { command, content: { at: before ? id : 'new', value: parsed.value }, record: id },
      {
        fresh: async () => {
          const now = before && (await findInterpreter(a, service, id, true))
          const refuse = async (key: string, status = 422) => ({
            refused: await show(a, now, { values: typed, errors: { '': { key: `language.error.${key}` } }, status, command }),
          })
          if (now && parsed.version !== now.version) return refuse('changed', 409)
          const judged = judgeInterpreter(valueFrom(parsed.value))
          if (!judged.ok) return refuse(judged.error)
          const account = parsed.value.account ?? null
          if (account && !(await accounts(a)).account?.some(x => x.value === account)) return refuse('no_account')
          if (account && (await register(a, service)).some(e => e.account === account && e.id !== id)) return refuse('account_taken')
          const version = (now?.version ?? 0) + 1
          await saveInterpreter(
            a,
            service,
            { id, agencyId: a.session.agencyId, account, state: parsed.value.state, version, by: a.actor.id, value: judged.value },
            command,
          )
          return { saved: back }
        },
        again: record => redirect(`/interpreters/${record}?done=saved`),
        clash: () => show(a, before, { values: typed, errors: savedOnce, status: 409 }),
      },
    )
  }
  o.get('/interpreters/new', 'language:edit', a => show(a, undefined, {}))
  o.post('/interpreters/new', 'language:edit', a => save(a, newId(), undefined))
  o.get('/interpreters/:interpreterId', 'language:register', async a => {
    const entry = await findInterpreter(a, service, a.params.interpreterId!)
    if (!entry) return hidden
    const [history, d] = await Promise.all([historyOf(a, service, entry.id), directory(a, service, a.lang)])
    a.saw('language.interpreter', [entry.id])
    return page({
      title: entry.alias,
      nav: 'interpreters',
      breadcrumbs: crumbs(a),
      body: entryScreen(
        {
          entry,
          account: entry.account ? d.alias(entry.account) : '',
          holds: undertakingHolds(entry, dayOf(a.now, a.session.timeZone)),
          history: history.map(h => ({ ...h, who: d.alias(h.by) })),
          timeZone: a.session.timeZone,
          edit: a.can('language:edit'),
          to: a.to,
        },
        a.t,
      ),
    })
  })
  o.get('/interpreters/:interpreterId/edit', 'language:edit', async a => {
    const entry = await findInterpreter(a, service, a.params.interpreterId!)
    if (!entry) return hidden
    a.saw('language.interpreter', [entry.id])
    return show(a, entry, {})
  })
  o.post('/interpreters/:interpreterId/edit', 'language:edit', async a => {
    const entry = await findInterpreter(a, service, a.params.interpreterId!)
    return entry ? save(a, entry.id, entry) : hidden
  })
}
