import { directory } from '../access/store.directory.ts'
import { codeOf, pageCodes } from '../base/codes.ts'
import { type Errors, parseForm, rowName, type Values, valuesOf } from '../base/form.ts'
import { formatStamp } from '../base/i18n.ts'
import { type Id, isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { findContact } from '../contact/store.ts'
import { askForNew } from '../person/routes.elsewhere.new.ts'
import { displayAge, displayName } from '../person/rules.ts'
import { foundFor, recordSearched } from '../person/store.asked.ts'
import { type Found, searchPeople } from '../person/store.search.ts'
import { findPerson } from '../person/store.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { typedIn } from './routes.command.ts'
import type { CasePart } from './routes.parts.ts'
import { dangerFrom, dangerSaid } from './rules.ts'
import { newCaseForm } from './schema.forms.ts'
import { type MatchView, matchScreen, newCaseScreen } from './screens.new.tsx'
import { openCases } from './store.open.ts'
import { personOfCase } from './store.person.ts'
import { noteTranscript, type Said as SaidInContact, saidIn } from './store.transcript.ts'
import { casesOfPerson } from './store.ts'

/** A row that names somebody is a child unless it says otherwise: the button that made it says "add a child". A row with nothing in it stays nobody. */
const withRelation = (body: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const said = { ...body }
  for (let at = 0; at < newCaseForm.groups.children.max; at += 1) {
    const of = (field: string) => body[rowName('children', at, field)]
    if ((of('name') || of('age')) && of('relation') === '') said[rowName('children', at, 'relation')] = 'child'
  }
  return said
}
const parse = (body: Readonly<Record<string, unknown>>) => parseForm(newCaseForm, withRelation(body))
type Said = Extract<ReturnType<typeof parse>, { ok: true }>['value']

/** Teams to choose from; the own one first, so that the usual case needs no thought. */
const teams = async (a: Asked, o: Office) => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  const mine = new Set(d.members.filter(m => m.userId === a.actor.id && m.confirmedBy).map(m => m.teamId))
  const active = d.teams.filter(t => t.state === 'active').sort((x, y) => Number(mine.has(y.id)) - Number(mine.has(x.id)))
  return active.map(t => ({ value: t.id, text: d.team(t.id) }))
}

/** Without a contact, or where its words are closed to this session, nobody is asked which of them to copy. */
const formFor = (said: readonly SaidInContact[], base: typeof newCaseForm): typeof newCaseForm => {
  if (said.length > 0) return base
  const { transcript: _none, ...fields } = base.fields
  return { ...base, fields: fields as typeof base.fields }
}
/** The same form, with the reason of its first answer beside the question. */
const explained = (said: NonNullable<ReturnType<typeof dangerSaid>>) => ({
  ...newCaseForm,
  fields: { ...newCaseForm.fields, danger: { ...newCaseForm.fields.danger, hint: `case.new.dangerSaid.${said}` } },
})
const form = async (
  a: Asked,
  o: Office,
  v: { values: Values; errors?: Errors; status?: number; contact: Id | null; command?: string | undefined },
): Promise<Answer> => {
  const contact = v.contact ? await findContact(a, v.contact) : undefined
  if (v.contact && !contact) return hidden
  if (contact) a.saw('case.new', [contact.id])
  const said = contact ? dangerSaid(contact) : null
  const [options, words] = await Promise.all([teams(a, o), contact ? saidIn(a, contact.id) : []])
  const person = v.values[rowName('children', 0, 'match')]
  const formCode = v.contact ? codeOf('K', v.contact, 1) : isId(person) ? codeOf('P', person, 3) : pageCodes['/cases/new']
  return page({
    title: a.t('case.new.title'),
    nav: 'cases',
    status: v.status ?? 200,
    print: formCode,
    breadcrumbs: [{ text: a.t('case.list.title'), href: '/cases' }],
    body: newCaseScreen(
      {
        form: formFor(words, said ? explained(said) : newCaseForm),
        action: a.to('/cases/new'),
        command: v.command ?? newId(),
        values: { team: options[0]?.value ?? '', danger: contact ? dangerFrom(contact) : 'not_assessed', ...v.values },
        errors: v.errors,
        options: {
          team: options,
          transcript: words.map(w => ({ value: w.id, text: w.text, hint: undefined })),
        },
        fromContact: v.contact !== null,
        formCode,
        back: a.to(v.contact ? `/contacts/${v.contact}` : '/cases'),
      },
      a.t,
    ),
  })
}
const contactIn = (v: unknown): Id | null => (isId(v) ? v : null)

/** Children for whom somebody is known by such a name, and nobody has decided yet. */
const undecided = async (a: Asked, children: Said['children']): Promise<{ index: number; found: Found[] }[]> => {
  const open = children
    .map((c, index) => ({ index, name: c.name ?? '', done: c.match !== undefined }))
    .filter(c => !c.done && c.name !== '')
  if (open.length === 0) return []
  const found = await searchPeople(
    a,
    open.map(c => c.name),
    5,
  )
  return open.map((c, i) => ({ index: c.index, found: found[i] ?? [] })).filter(c => c.found.length > 0)
}

const askMatch = async (a: Asked, value: Said, command: Id, list: readonly { index: number; found: Found[] }[]): Promise<Answer> => {
  const children: MatchView['children'][number][] = []
  for (const c of list) {
    const found = []
    for (const f of c.found) {
      const cases = await casesOfPerson(a, f.id)
      found.push({
        id: f.id,
        name: displayName(f.identity),
        age: displayAge(f.identity, dayOf(a.now, a.session.timeZone)),
        relation: f.identity.relation,
        cases: cases.map(x => x.number),
      })
    }
    children.push({ index: c.index, name: value.children[c.index]?.name ?? '', found })
  }
  a.saw(
    'person.search',
    list.flatMap(c => c.found.map(f => f.id)),
  )
  const asks = new Set(list.map(c => rowName('children', c.index, 'match')))
  const kept = Object.entries(valuesOf(value)).flatMap(([k, v]) =>
    k.endsWith('#') || asks.has(k) ? [] : (typeof v === 'string' ? [v] : v).map(one => [k, one] as const),
  )
  return page({
    title: a.t('case.match.title'),
    nav: 'cases',
    breadcrumbs: [{ text: a.t('case.list.title'), href: '/cases' }],
    body: matchScreen({ action: a.to('/cases/new'), command, kept, children, back: a.to('/cases') }, a.t),
  })
}

/** Registers "new case": one form, a look whether the child is known, one transaction. */
export const registerNewCase = (o: Office, parts: readonly CasePart[]): void => {
  o.get('/cases/new', 'case:open', async a => {
    const contact = contactIn(a.query.contact)
    const known = isId(a.query.person) ? await findPerson(a, a.query.person) : undefined
    if (a.query.person !== undefined && !known) return hidden
    if (known) a.saw('case.new', [known.id])
    const row = (field: string) => rowName('children', 0, field)
    const person = known
      ? { [row('match')]: known.id, [row('name')]: displayName(known.identity), [row('relation')]: known.identity?.relation ?? 'child' }
      : {}
    return form(a, o, {
      values: { [row('relation')]: 'child', ...(contact ? { contact } : {}), ...person },
      contact,
    })
  })
  o.post('/cases/new', 'case:open', async a => {
    const contact = contactIn(a.body.contact)
    const parsed = parse(a.body)
    if (!parsed.ok)
      return form(a, o, {
        values: parsed.values,
        errors: parsed.errors,
        status: Object.keys(parsed.errors).length > 0 ? 422 : 200,
        contact,
        command: isId(a.body.command) ? a.body.command : undefined,
      })
    const { value } = parsed
    const command = parsed.command ?? newId()
    const refuse = (field: string, code: string) =>
      form(a, o, { values: typedIn(a), errors: { [field]: { key: `case.error.${code}` } }, status: 422, contact, command })
    // The own team needs no look: the session has just said that it is ours.
    if (!a.session.groups.includes(value.team) && !(await teams(a, o)).some(t => t.value === value.team))
      return refuse('team', 'no_such_team')
    const caseIds = value.children.map(() => newId())
    return once<Answer>(
      a,
      { command, content: value, record: caseIds[0]! },
      {
        fresh: async () => {
          // Asked after the claim: sent twice, a form would otherwise find the child that its first sending had just recorded.
          const asked = await undecided(a, value.children)
          if (asked.length > 0) return { refused: await askMatch(a, value, command, asked) }
          const known = await foundFor(
            a,
            value.children.map(c => (c.match === undefined || c.match === 'new' ? (c.name ?? '') : '')),
          )
          // Read before the contact moves on to another team: after that its keys may be no longer here.
          const chosen = value.contact ? (await saidIn(a, value.contact)).filter(s => value.transcript.includes(s.id)) : []
          // Before anything is written: what is written now would be found itself.
          const done = await askForNew(
            a,
            o,
            value.team,
            value.children.filter(c => c.match === undefined || c.match === 'new').map(c => ({ name: c.name ?? '', age: c.age ?? '' })),
          )
          const opened = await openCases(a, {
            caseIds,
            contactId: value.contact ?? null,
            teamId: value.team,
            danger: value.danger,
            circumstances: value.circumstances ?? '',
            command,
            children: value.children.map(c => ({
              name: c.name ?? '',
              age: c.age ?? '',
              relation: c.relation,
              personId: c.match && c.match !== 'new' ? c.match : null,
            })),
          })
          if (opened === 'hidden') return { refused: hidden }
          if (opened.ok)
            for (const [i, c] of value.children.entries())
              if (c.match === undefined || c.match === 'new') {
                const person = await personOfCase(a, caseIds[i]!)
                if (person) await recordSearched(a, person, known[i] ?? [], command)
              }
          if (opened.ok)
            for (const c of opened.value) await noteTranscript(a, c, chosen, at => formatStamp(at, a.t.locale, a.session.timeZone), command)
          if (opened.ok && value.contact) for (const p of parts) await p.opened?.(a, opened.value, value.contact)
          return opened.ok ? { saved: redirect(`/cases/${caseIds[0]}?done=${done}`) } : { refused: await refuse('', opened.error) }
        },
        again: record => redirect(`/cases/${record}?done=saved`),
        clash: () => form(a, o, { values: typedIn(a), errors: savedOnce, status: 409, contact }),
      },
    )
  })
}
