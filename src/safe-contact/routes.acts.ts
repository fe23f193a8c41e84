import { directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import { formatDay } from '../base/i18n.ts'
import { isId } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { caseCommand } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import { findPersonRow } from '../person/store.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { endPlan, holdsUntil, type SafeContactError, verifyPlan, writePlan } from './rules.ts'
import { agreedFrom, endForm, passForm, planForm, valuesOf, verifyForm } from './schema.forms.ts'
import type { PassEvent, Plan, SafeContactEvent } from './schema.ts'
import { passNow, personOfCase, planOf, savePass, savePlanEvent, writable } from './store.ts'

/** Whoever may answer a child of this case: who works on it, and the desks. */
const answerers = async (a: Asked, o: Office, c: CaseRow): Promise<Option[]> => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  const of = new Set(
    d.members
      .filter(
        m =>
          m.confirmedBy !== null && (m.fn === 'desk' || (m.teamId === c.homeGroup && ['casework', 'follow_up', 'health'].includes(m.fn))),
      )
      .map(m => m.userId),
  )
  return d.people
    .filter(p => p.state === 'active' && of.has(p.id))
    .map(p => ({ value: p.id, text: p.alias }))
    .toSorted((x, y) => x.text.localeCompare(y.text))
}

const own = { errors: 'safe-contact.error', to: (c: { id: string }) => `/cases/${c.id}/safe-contact?done=saved` } as const
const live = (p: Plan | undefined) => (p?.state === 'live' ? p : undefined)
/** The person must be seen, and a plan that stands must be one that this person can read. */
const readable = async (a: Asked, c: CaseRow): Promise<boolean> => {
  const s = await planOf(a, c.personId)
  return (await personOfCase(a, c.id)) !== undefined && (s === undefined || s.state === 'ended' || s.agreed !== undefined)
}
const ofPlan = {
  ...own,
  permit: 'safe-contact:write',
  versioned: true,
  current: async (a: Asked, c: CaseRow, lock: boolean) => {
    // The person is held: from two cases of one child, two plans would contradict each other.
    if (lock) await findPersonRow(a, c.personId, true)
    return live(writable(await planOf(a, c.personId, lock)))?.version ?? 0
  },
  save: async (a: Asked, c: CaseRow, e: SafeContactEvent, command: string) => {
    const person = await personOfCase(a, c.id)
    if (!person) throw new Error('a plan of nobody')
    await savePlanEvent(a, person, live(writable(await planOf(a, c.personId))), e, command)
  },
} as const
type Decided<E extends SafeContactEvent['type']> = Result<Extract<SafeContactEvent, { type: E }>, SafeContactError>

/** The forms of a plan: written, verified, ended, and what a supervisor lets pass. */
export const registerSafeContactActs = (o: Office): void => {
  caseCommand(o, {
    ...ofPlan,
    path: 'safe-contact/write',
    words: 'safe-contact.form',
    form: planForm,
    exists: readable,
    options: async (a, c) => ({ answerers: await answerers(a, o, c) }),
    initial: async (a, c) => {
      const s = writable(await planOf(a, c.personId))
      a.saw('safe-contact.open', [c.id, c.personId])
      return s ? valuesOf(s.agreed) : { language: 'not_asked' }
    },
    says: async (a, c) => {
      const s = writable(await planOf(a, c.personId))
      const g = s?.agreed
      if (!s || !g) return {}
      const list = await answerers(a, o, c)
      const { ways: _w, days: _d, answerers: _a, ...rest } = valuesOf(g)
      return {
        ...Object.fromEntries(Object.entries(rest).map(([k, x]) => [k, String(x)])),
        ways: g.ways.map(x => a.t(`safe-contact.way.${x}`)).join(', '),
        days: g.days.map(x => a.t(`safe-contact.weekday.${x}`)).join(', '),
        answerers: g.answerers.map(x => list.find(p => p.value === x)?.text ?? '').join(', '),
        language: a.t(`contact.language.${g.language}`),
        untilDay: formatDay(s.until, a.t.locale),
      }
    },
    decide: async (a, c, v, t): Promise<Decided<'safe_contact_planned'>> => {
      const offered = await answerers(a, o, c)
      // Whoever left keeps their place in what was agreed only until somebody writes it anew.
      const agreed = agreedFrom({ ...v, answerers: v.answerers.filter(x => isId(x) && offered.some(p => p.value === x)) })
      return writePlan(
        live(writable(await planOf(a, c.personId))),
        { planId: newId(), agreed, until: holdsUntil(t.today, v.next, v.untilDay) },
        t.today,
      )
    },
  })
  const isLive = async (a: Asked, c: CaseRow) => live(writable(await planOf(a, c.personId))) !== undefined
  caseCommand(o, {
    ...ofPlan,
    path: 'safe-contact/verify',
    words: 'safe-contact.verify',
    form: verifyForm,
    exists: isLive,
    decide: async (a, c, v, t): Promise<Decided<'safe_contact_verified'>> =>
      verifyPlan(writable(await planOf(a, c.personId)), v.how, holdsUntil(t.today, v.next, v.untilDay), t.today),
  })
  caseCommand(o, {
    ...ofPlan,
    path: 'safe-contact/end',
    words: 'safe-contact.end',
    form: endForm,
    exists: isLive,
    decide: async (a, c, v): Promise<Decided<'safe_contact_ended'>> => endPlan(writable(await planOf(a, c.personId)), v.reason),
  })
  caseCommand(o, {
    ...own,
    path: 'safe-contact/override',
    permit: 'safe-contact:pass',
    words: 'safe-contact.pass',
    form: passForm,
    versioned: false,
    // A supervisor cannot open the plan, and need not: that one stands is enough.
    exists: async (a, c) => (await planOf(a, c.personId))?.state === 'live',
    initial: () => ({ hours: '1' }),
    decide: async (a, c, v): Promise<Result<PassEvent, SafeContactError>> =>
      (await passNow(a, c.id))
        ? err('nothing_to_pass')
        : v.reason.trim() === ''
          ? err('reason_missing')
          : ok({ hours: Number(v.hours), reason: v.reason.trim() }),
    save: (a, c, e, command) => savePass(a, c, newId(), e, command),
  })
}
