import { directory } from '../access/store.directory.ts'
import { parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { assignCase, openCasesOf } from '../case/store.ts'
import { assign } from '../contact/rules.ts'
import { contactColleagues, waitingContacts } from '../contact/store.list.ts'
import { findContactFile, saveContact } from '../contact/store.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { type HandOverKind, handOverForms, handOverKinds } from './schema.ts'
import { type LeaverView, leaverScreen } from './screens.leaver.tsx'
import { leaverCounts } from './store.ts'

/** Open contacts of somebody, as far as the viewer sees them: what a converted one still needs is in its case. */
const contactsOf = async (a: Asked, user: Id) =>
  a.can('contact:list')
    ? (await waitingContacts(a, a.actor, { assignee: [user] }, 200)).filter(c => c.state === 'new' || c.state === 'open')
    : []
const casesOf = (a: Asked, user: Id) => (a.can('case:list') ? openCasesOf(a, user).then(rows => rows.slice(0, 200)) : Promise.resolve([]))

const show = async (
  o: Office,
  a: Asked,
  back?: { status: number; kind: HandOverKind; values: Values; errors: NonNullable<LeaverView['returned']>['errors'] },
): Promise<Answer> => {
  const user = a.params.userId as Id
  const counts = await leaverCounts(a, user)
  if (!counts) return hidden
  const [people, contacts, cases] = await Promise.all([directory(a, o.deps.keys.service, a.lang), contactsOf(a, user), casesOf(a, user)])
  const may = (teams: ReadonlySet<Id>, fns: readonly string[]) => {
    const ids = new Set(
      people.members
        .filter(m => teams.has(m.teamId) && fns.includes(m.fn) && m.confirmedBy && !m.forUser && m.userId !== user)
        .map(m => m.userId),
    )
    return people.people.filter(p => ids.has(p.id) && p.state === 'active').map(p => ({ value: p.id, text: p.alias }))
  }
  const view: LeaverView = {
    user,
    alias: people.alias(user),
    counts,
    contacts,
    cases,
    colleagues: {
      contacts: may(new Set(contacts.map(c => c.homeGroup)), ['desk', 'casework']),
      cases: may(new Set(cases.map(c => c.homeGroup)), ['casework']),
    },
    commands: { contacts: newId(), cases: newId() },
    timeZone: a.session.timeZone,
    can: { handOver: a.can('worklist:hand-over') },
    returned: back && { kind: back.kind, values: back.values, errors: back.errors },
  }
  a.saw('worklist.leaver', [...contacts.map(c => c.id), ...cases.map(c => c.id)])
  return page({
    title: a.t('worklist.leaver.title', { who: view.alias }),
    nav: 'worklist',
    breadcrumbs: [{ text: a.t('worklist.title'), href: '/worklist' }],
    body: leaverScreen(view, a.t),
    ...(back ? { status: back.status } : {}),
  })
}

/** Gives one contact on, if it is still this person's and the colleague may have it. */
const giveContact = async (a: Asked, id: Id, from: Id, to: Id, command: Id): Promise<boolean> => {
  const file = await findContactFile(a, id, true)
  if (!file || file.contact.assignee !== from) return false
  const decided = assign(file.contact, to, await contactColleagues(a, file.contact.homeGroup))
  if (!decided.ok) return false
  await saveContact(a, file, decided.value, command)
  return true
}

const parseHandOver = (kind: HandOverKind, body: Readonly<Record<string, unknown>>) => {
  if (kind === 'contacts') {
    const p = parseForm(handOverForms.contacts, body)
    return p.ok ? { ...p, items: p.value.contacts, to: p.value.contactsTo } : p
  }
  const p = parseForm(handOverForms.cases, body)
  return p.ok ? { ...p, items: p.value.cases, to: p.value.casesTo } : p
}

const handOver =
  (o: Office, kind: HandOverKind) =>
  async (a: Asked): Promise<Answer> => {
    const user = a.params.userId as Id
    if (!(await leaverCounts(a, user))) return hidden
    const parsed = parseHandOver(kind, a.body)
    if (!parsed.ok) return show(o, a, { status: 422, kind, values: parsed.values, errors: parsed.errors })
    const { items, to } = parsed
    const values = { [kind]: items, [`${kind}To`]: to }
    const { command } = parsed
    if (!command) return show(o, a, { status: 422, kind, values, errors: { '': { key: 'base.error.stale_form' } } })
    const back = redirect(`/worklist/leaver/${user}?done=saved`)
    return once(
      a,
      { command, content: { kind, user, items, to }, record: user },
      {
        again: () => back,
        clash: () => show(o, a, { status: 409, kind, values, errors: savedOnce }),
        fresh: async () => {
          let given = 0
          if (kind === 'contacts') for (const id of items) given += (await giveContact(a, id, user, to, command)) ? 1 : 0
          else {
            const [people, cases] = await Promise.all([directory(a, o.deps.keys.service, a.lang), casesOf(a, user)])
            for (const c of cases.filter(x => items.includes(x.id))) {
              const member = people.members.some(m => m.userId === to && m.teamId === c.homeGroup && m.fn === 'casework' && m.confirmedBy)
              if (member && (await assignCase(a, c.id, to, command))?.ok) given += 1
            }
          }
          // What was not given stays on the list, where it is seen; only when nothing could be given is there an error to tell.
          return given > 0
            ? { saved: back }
            : { refused: await show(o, a, { status: 422, kind, values, errors: { [`${kind}To`]: { key: 'worklist.leaver.nobody' } } }) }
        },
      },
    )
  }

/** The hand-over list of somebody who leaves: it must be empty before the account closes. */
export const registerLeaver = (o: Office): void => {
  o.get('/worklist/leaver/:userId', 'worklist:leaver', a => show(o, a))
  for (const kind of handOverKinds) {
    o.get(`/worklist/leaver/:userId/${kind}`, 'worklist:leaver', async a => redirect(`/worklist/leaver/${a.params.userId}`))
    o.post(`/worklist/leaver/:userId/${kind}`, 'worklist:hand-over', handOver(o, kind))
  }
}
