import { directory } from '../access/store.directory.ts'
import { parseForm, type Values } from '../base/form.ts'
import { dayOf } from '../base/time.ts'
import { caseCommand } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import { exclusionsOf } from '../case/store.access.ts'
import { findCase } from '../case/store.ts'
import { namesOf } from '../person/rules.ts'
import { findPerson } from '../person/store.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { decideBooking } from './rules.ts'
import { aliasTells, notCompared, warningsOf } from './rules.warnings.ts'
import { bookForm } from './schema.forms.ts'
import type { Booking, LanguageEvent, RegisterEntry } from './schema.ts'
import { bookIntro, sessionsScreen } from './screens.tsx'
import { register } from './store.register.ts'
import { saveLanguageEvent, sessionsOf } from './store.ts'

type Typed = Omit<Booking, 'alias' | 'kind' | 'account' | 'warnings'>

/** Registers the sessions of a case and the booking of one. */
export const registerBooking = (o: Office): void => {
  const service = o.deps.keys.service
  o.get('/cases/:caseId/interpreters', 'language:read', async a => {
    const id = a.params.caseId!
    const [c, sessions, d] = await Promise.all([findCase(a, id), sessionsOf(a, id), directory(a, service, a.lang)])
    if (!c) return hidden
    a.saw('language.sessions', [c.id])
    return page({
      title: a.t('language.sessions.title'),
      nav: 'cases',
      wide: true,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: sessionsScreen(
        {
          caseId: c.id,
          number: c.number,
          sessions,
          alias: d.alias,
          book: a.can('language:book') && c.state !== 'closed',
          act: a.can('language:book'),
          register: a.can('language:register'),
          to: a.to,
        },
        a.t,
      ),
    })
  })

  /** The warnings for what is typed: names of the child are compared where they can be read, and never shown here. */
  const judge = async (a: Asked, c: CaseRow, v: Typed, entry: RegisterEntry) => {
    const person = await findPerson(a, c.personId)
    const risk = { ...v, childNames: person?.identity ? namesOf(person.identity) : [] }
    return { warnings: warningsOf(entry, risk), notCompared: notCompared(risk), tells: aliasTells(v.childAlias, risk.childNames) }
  }
  const valueFrom = (v: {
    readonly interpreter: string
    readonly day: string
    readonly time: string
    readonly language: Booking['language']
    readonly way: Booking['way']
    readonly purpose?: string | undefined
    readonly childAlias: string
    readonly childPlace?: string | undefined
    readonly childCommunity?: string | undefined
    readonly recruiterPlace?: string | undefined
    readonly recruiterWords?: string | undefined
    readonly sexWanted: Booking['sexWanted']
    readonly reason?: string | undefined
  }): Typed => ({
    interpreter: v.interpreter,
    day: v.day,
    time: v.time.replace('.', ':').padStart(5, '0'),
    language: v.language,
    way: v.way,
    purpose: v.purpose ?? '',
    childAlias: v.childAlias,
    childPlace: v.childPlace ?? '',
    childCommunity: v.childCommunity ?? '',
    recruiterPlace: v.recruiterPlace ?? '',
    recruiterWords: v.recruiterWords ?? '',
    sexWanted: v.sexWanted,
    reason: v.reason ?? '',
  })
  /** What the last booking on this case said of the child is not asked again. */
  const initial = async (a: Asked, c: CaseRow): Promise<Values> => {
    const last = (await sessionsOf(a, c.id)).find(s => s.booking)?.booking
    const person = last ? undefined : await findPerson(a, c.personId)
    const fact = (what: string) => person?.identity?.facts.filter(f => f.what === what && f.standing !== 'withdrawn').at(-1)?.text ?? ''
    const today = dayOf(a.now, a.session.timeZone)
    const base = { day: today, way: 'telephone', sexWanted: 'not_asked', decision: 'book' }
    return last
      ? {
          ...base,
          language: last.language,
          childAlias: last.childAlias,
          childPlace: last.childPlace,
          childCommunity: last.childCommunity,
          recruiterPlace: last.recruiterPlace,
          recruiterWords: last.recruiterWords,
          sexWanted: last.sexWanted,
          way: last.way,
          purpose: last.purpose,
        }
      : { ...base, childPlace: fact('origin') }
  }
  caseCommand(o, {
    path: 'interpreters/book',
    permit: 'language:book',
    form: bookForm,
    words: 'language.book',
    errors: 'language.error',
    versioned: false,
    options: async a => ({
      // «Despite the warnings» is offered once there are warnings to read.
      ...('interpreter' in a.body ? {} : { decision: bookForm.fields.decision.options.filter(x => x.value !== 'anyway') }),
      interpreter: (await register(a, service))
        .filter(e => e.state === 'active')
        .map(e => ({ value: e.id, text: `${e.alias}: ${e.languages.map(l => a.t(`language.spoken.${l.language}`)).join(', ')}` })),
    }),
    initial,
    above: async (a, c) => {
      const parsed = 'interpreter' in a.body ? parseForm(bookForm, a.body) : undefined
      const value = parsed?.ok ? valueFrom(parsed.value) : undefined
      const entry = value && (await register(a, service)).find(e => e.id === value.interpreter)
      if (!value || !entry) return bookIntro({ judged: undefined }, a.t)
      a.saw('language.interpreter', [entry.id])
      return bookIntro({ judged: { alias: entry.alias, ...(await judge(a, c, value, entry)) } }, a.t)
    },
    decide: async (a, c, v, times) => {
      const value = valueFrom(v)
      const entry = (await register(a, service)).find(e => e.id === v.interpreter)
      const excluded = entry?.account
        ? (await exclusionsOf(a, c.id)).some(
            x => (x.kind === 'user' && x.excluded === entry.account) || (x.kind === 'agency' && x.excluded === a.session.agencyId),
          )
        : false
      const { warnings, tells } = entry ? await judge(a, c, value, entry) : { warnings: [], tells: false }
      const booking: Booking = {
        ...value,
        alias: entry?.alias ?? '',
        kind: entry?.kind ?? 'volunteer',
        account: entry?.account ?? null,
        warnings,
      }
      return decideBooking(c, { sessionId: newId(), by: a.actor.id, decision: v.decision, entry, excluded, tells, booking }, times.today)
    },
    save: (a, c, e: LanguageEvent, command) => saveLanguageEvent(a, c, undefined, e, command),
    to: c => `/cases/${c.id}/interpreters?done=saved`,
  })
}
