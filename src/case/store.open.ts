import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber } from '../base/people.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, dayOf, type Stamp } from '../base/time.ts'
import { convertContact, findContact } from '../contact/store.ts'
import { recordPerson } from '../person/rules.ts'
import type { Confidence, Relation, Source } from '../person/schema.ts'
import { createPerson, findPersonRow } from '../person/store.ts'
import { SealError } from '../platform/crypto.ts'
import type { Asked } from '../platform/office.ts'
import { newId, shareKeys } from '../platform/records.ts'
import { openCase, siblingPairs } from './rules.ts'
import type { CaseRow, Danger } from './schema.ts'
import { askSecondLook } from './store.access.ts'
import { makeLink } from './store.links.ts'
import { actCompartment, createCase, saveCaseEvent } from './store.ts'

export interface ChildSaid {
  readonly name: string
  readonly age: string
  readonly relation: Relation
  /** An existing person, or null for a new one. */
  readonly personId: Id | null
}
export interface OpenCases {
  /** One id for each child, made before. */
  readonly caseIds: readonly Id[]
  readonly children: readonly ChildSaid[]
  readonly circumstances: string
  readonly teamId: Id
  readonly danger: Danger
  readonly contactId: Id | null
  readonly command: Id
}
export const openErrors = ['contact_closed', 'person_hidden', 'team_has_no_key', 'no_key'] as const
export type OpenError = (typeof openErrors)[number]
/** Who opened a case for another team keeps it at most so long; usually it ends when a case worker accepts. */
const intakeDays = 30
const own = {
  person: ['identity', 'whereabouts'],
  case: ['summary', 'story'],
  contact: ['story', 'summary'],
} as const satisfies Record<string, readonly Compartment[]>

/** What was said first is the contact's word; without a contact, the worker's. */
const saidBy = (contactId: Id | null): { source: Source; confidence: Confidence } => ({
  source: contactId ? 'unknown' : 'worker',
  confidence: 'not_assessed',
})

const intakeGrant = (a: Asked, record: Id, kind: keyof typeof own, team: Id, until: Stamp) =>
  a.tx.query('select app.intake_open($1, $2, $3, $4, $5::smallint[], $6)', [
    newId(),
    record,
    kind,
    team,
    own[kind].map(c => compartmentNumber[c]),
    until,
  ])

/** Keys for myself where I hold no team key: a sealed box to me, until the grant ends. */
const keepKeys = async (a: Asked, record: Id, kind: keyof typeof own, team: Id, until: Stamp) => {
  const without = own[kind].filter(c => !a.vault.teamKey(team, c))
  if (without.length > 0) await shareKeys(a, record, without, { user: a.actor.id, publicX: a.vault.keys.box.publicKey }, until)
}

const openOne = async (a: Asked, v: OpenCases, child: ChildSaid, id: Id): Promise<Result<CaseRow, OpenError>> => {
  const existing = child.personId ? await findPersonRow(a, child.personId) : undefined
  if (child.personId && !existing) return err('person_hidden')
  // A person belongs to one team, and the case goes where the person is: another team could not read who it is about.
  const team = existing?.homeGroup ?? v.teamId
  const mine = a.session.groups.includes(team)
  const personId = existing?.id ?? newId()
  const until = new Date(Date.parse(a.now) + intakeDays * 86_400_000).toISOString()
  if (!mine)
    await Promise.all([existing ? undefined : intakeGrant(a, personId, 'person', team, until), intakeGrant(a, id, 'case', team, until)])
  let person: Promise<unknown> = Promise.resolve()
  if (!existing) {
    const said = saidBy(v.contactId)
    const drafts = [
      {
        draft: {
          what: 'name' as const,
          parts: { given: '', family: '', patronymic: '', other: child.name },
          kind: 'own' as const,
          ...said,
        },
        recording: { id: newId(), by: a.actor.id, at: a.now },
      },
      { draft: { what: 'age' as const, text: child.age, ...said }, recording: { id: newId(), by: a.actor.id, at: a.now } },
    ]
    person = createPerson(a, { id: personId, homeGroup: team }, recordPerson(child.relation, drafts), v.command)
  }
  const assignee = a.actor.roles.includes('case_worker') && mine ? a.actor.id : null
  const times = { now: a.now, today: dayOf(a.now, a.session.timeZone) }
  const said = { nameAsSaid: child.name, ageAsSaid: child.age, why: '' }
  const opening = createCase(
    a,
    { id, homeGroup: team },
    number => openCase({ number, personId, contactId: v.contactId, assignee, danger: v.danger, reason: '' }, times),
    said,
    v.command,
  )
  // Person and case travel together. Both must have come to rest before a failure is told: a statement sent later would outlive the rollback of this command.
  const [recorded, made] = await Promise.allSettled([person, opening])
  if (recorded.status === 'rejected') throw recorded.reason
  if (made.status === 'rejected') throw made.reason
  const c = made.value
  if (!mine && !existing) await keepKeys(a, personId, 'person', team, until)
  // Without a contact there is no place that the children share: the circumstances become the first note of each story.
  if (v.circumstances && !v.contactId) {
    const note = {
      text: v.circumstances,
      ...saidBy(null),
      language: 'ru' as const,
      interpreter: 'none' as const,
      happened: '',
      learned: times.today,
      paperBy: '',
    }
    await saveCaseEvent(a, c, { type: 'note_added', note }, v.command, 'story')
  }
  if (!mine) await keepKeys(a, id, 'case', team, until)
  if (v.danger === 'danger') await askSecondLook(a, c, 'danger_set')
  return ok(c)
}

/**
 * Opens one case for each child, with a new or a known person, in this transaction; a contact is converted and goes with its children to their team.
 * Error codes are for the form; `hidden` where the contact is not the session's to see.
 */
export const openCases = async (a: Asked, v: OpenCases): Promise<Result<CaseRow[], OpenError> | 'hidden'> => {
  const contact = v.contactId ? await findContact(a, v.contactId) : undefined
  if (v.contactId && !contact) return 'hidden'
  if (contact?.state === 'closed') return err('contact_closed')
  const opened: CaseRow[] = []
  try {
    for (const [i, child] of v.children.entries()) {
      const one = await openOne(a, v, child, v.caseIds[i]!)
      if (!one.ok) return one
      opened.push(one.value)
    }
    for (const [x, y] of siblingPairs(v.children.map(c => c.relation))) {
      const [one, other] = [opened[x]!, opened[y]!]
      const links = await makeLink(a, one, other, { relation: 'sibling', together: 'none', note: '' })
      const part = actCompartment(a.actor.roles)
      await saveCaseEvent(a, one, { type: 'link_made', linkId: links[0] }, v.command, part)
      await saveCaseEvent(a, other, { type: 'link_made', linkId: links[1] }, v.command, part)
    }
    if (contact) {
      const converted = await convertContact(a, {
        contact,
        command: v.command,
        caseIds: opened.map(c => c.id),
        circumstances: v.circumstances || undefined,
      })
      if (!converted.ok) return converted.error === 'not_found' ? 'hidden' : err('contact_closed')
      await moveContact(a, contact.id, contact.homeGroup, v.teamId)
    }
  } catch (e) {
    const code = e instanceof SealError ? openErrors.find(x => x === e.message) : undefined
    if (code) return err(code)
    throw e
  }
  return ok(opened)
}

/** The contact goes where its case went, with its keys; whoever answered it so far goes on until the case is accepted. */
const moveContact = async (a: Asked, id: Id, from: Id, to: Id) => {
  if (from === to || !(a.session.groups.includes(from) || a.session.desk.includes(from))) return
  await shareKeys(a, id, own.contact, { team: to })
  if (!a.session.groups.includes(to)) {
    const until = `${addDays(a.now.slice(0, 10), intakeDays)}T00:00:00.000Z`
    await intakeGrant(a, id, 'contact', to, until)
    await keepKeys(a, id, 'contact', to, until)
  }
  await a.tx.query('select app.move_home_group($1, $2)', [id, to])
}
