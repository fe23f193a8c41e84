import { underGlass } from '../access/screens.glass.tsx'
import { type Directory, directory } from '../access/store.directory.ts'
import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import type { FormDef } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type Compartment, compartments, type Role } from '../base/people.ts'
import { dayOf } from '../base/time.ts'
import { findContactFile } from '../contact/store.ts'
import { currentPlaces, displayAge, displayName } from '../person/rules.ts'
import { findPerson, identitiesOf } from '../person/store.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId, type SeenEvent } from '../platform/records.ts'
import { writableBy } from './policy.ts'
import type { CasePart } from './routes.parts.ts'
import { shortNoteForm } from './schema.forms.ts'
import type { CaseEvent, CaseRow } from './schema.ts'
import { type CaseView, caseScreen } from './screens.page.tsx'
import type { CaseLinkView, TimelineEntry } from './screens.timeline.tsx'
import { type CaseGrant, grantsOf, openLooks } from './store.access.ts'
import { type CaseLink, linksOf } from './store.links.ts'
import { caseJournal, findCase, openCaseEvent, siblingsOf } from './store.ts'

/** Compartments whose keys this person holds for a case: by team, or by a grant of their own. */
export const heldOn = (a: Asked, c: CaseRow, grants: readonly CaseGrant[]): Compartment[] =>
  compartments.filter(
    x =>
      // The night key opens the cards of a shelter, nothing of a case: it is never shared.
      x !== 'night' &&
      (a.vault.teamKey(c.homeGroup, x) !== undefined || grants.some(g => g.user === a.actor.id && g.compartments.includes(x))),
  )
/** Where this person may write a note on this case. */
export const writableOn = (a: Asked, grants: readonly CaseGrant[]) =>
  writableBy(
    a.actor.roles,
    grants.filter(g => g.user === a.actor.id && g.purpose !== 'intake' && g.rights.includes('write')).flatMap(g => g.compartments),
  )

const whoIn = (e: CaseEvent, d: Directory): string => {
  if (e.type === 'case_assigned' || e.type === 'case_accepted') return d.alias(e.assignee)
  if (e.type === 'access_shared' || e.type === 'access_ended') return d.alias(e.user)
  if (e.type === 'exclusion_made') return e.kind === 'user' ? d.alias(e.excluded) : e.kind === 'team' ? d.team(e.excluded) : ''
  return ''
}
const entryOf = (s: SeenEvent, d: Directory, storyHeld: boolean, parts: readonly CasePart[], t: T): TimelineEntry => {
  const opened = openCaseEvent(s)
  const of = opened ? undefined : parts.find(p => p.events && Object.hasOwn(p.events, s.type))
  const [compartment, part] = Object.entries(s.parts)[0] ?? []
  return {
    ...(of ? { title: t(`${of.name}.event.${s.type}`) } : {}),
    ...(of && part ? { content: of.events![s.type]!(part, t, d.alias) } : {}),
    seq: s.seq,
    type: s.type,
    by: d.alias(s.actor),
    recordedAt: s.recordedAt,
    event: opened?.event,
    compartment: of && part ? (compartment as Compartment) : (opened?.compartment ?? s.sealedParts[0]),
    closed: s.sealedParts,
    storyHeld,
    who: opened ? whoIn(opened.event, d) : '',
  }
}

const newest = <E>(
  list: readonly TimelineEntry[],
  pick: (e: CaseEvent) => E | undefined,
): { value: E; entry: TimelineEntry } | undefined => {
  for (const entry of list) {
    const value = entry.event && pick(entry.event)
    if (value !== undefined) return { value, entry }
  }
  return undefined
}
/** Danger as last judged. Where the newest judgement is sealed for this session nothing is said: an older reason beside the new level would mislead. */
const dangerOf = (list: readonly TimelineEntry[]) => {
  const entry = list.find(e => e.type === 'danger_set' || e.type === 'case_opened')
  const e = entry?.event
  return entry && (e?.type === 'danger_set' || e?.type === 'case_opened') && e.reason
    ? { reason: e.reason, by: entry.by, at: entry.recordedAt }
    : undefined
}
const notesOf = (list: readonly TimelineEntry[]): Pick<CaseView, 'last' | 'lastClosed'> => {
  const notes = list.filter(e => e.type === 'note_added')
  const open = notes.find(e => e.event !== undefined)
  const [newest] = notes
  return {
    last: open?.event?.type === 'note_added' ? { text: open.event.note.text, by: open.by, at: open.recordedAt } : undefined,
    lastClosed:
      newest && newest !== open ? { compartment: newest.compartment ?? 'story', by: newest.by, at: newest.recordedAt } : undefined,
  }
}

const oneTask: ReadonlySet<Role> = new Set(['follow_up_worker', 'shelter_carer'])
/** Whoever has one task in a case reads what they hold a key to; that something of another kind happened, and when, would tell the story without its words. */
const shownTo = (roles: readonly Role[], timeline: readonly TimelineEntry[], journal: readonly SeenEvent[]): readonly TimelineEntry[] => {
  if (!roles.every(r => oneTask.has(r))) return timeline
  const sealed = new Set(journal.filter(s => Object.keys(s.parts).length === 0 && s.sealedParts.length > 0).map(s => s.seq))
  return timeline.filter(e => !sealed.has(e.seq))
}

/** Why a story is opened: a closed list, since it stands in an address and in the audit. */
const purposes = ['work', 'danger', 'second_look'] as const

export const registerCasePage = (o: Office, parts: readonly CasePart[]): void => {
  const ordered = parts.toSorted((x, y) => x.order - y.order)
  o.get('/cases/:caseId', 'case:read', async a => {
    const id = a.params.caseId!
    const storyAsked = a.query.open === 'story'
    const wanted = compartments.filter(x => x !== 'story' || storyAsked)
    // First all that hangs on the case's id, then what hangs on the person and the contact: two round trips for the whole page.
    const [c, journal, grants, looks, links, same, d, glass, cards] = await Promise.all([
      findCase(a, id),
      caseJournal(a, id, wanted),
      grantsOf(a, id),
      openLooks(a, id),
      linksOf(a, id),
      siblingsOf(a, id),
      directory(a, o.deps.keys.service, a.lang),
      glassOn(a, id),
      Promise.all(ordered.map(p => p.card?.(a, id))),
    ])
    if (!c) return hidden
    const held = heldOn(a, c, grants)
    const storyOpen = storyAsked && held.includes('story')
    const others = links.flatMap(l => (l.other ? [l.other.personId] : []))
    const [person, contact, names] = await Promise.all([
      findPerson(a, c.personId),
      c.contactId && storyOpen ? findContactFile(a, c.contactId) : undefined,
      identitiesOf(a, [...others, ...same.map(s => s.personId)]),
    ])
    const timeline = journal.map(s => entryOf(s, d, held.includes('story'), parts, a.t)).reverse()
    const seen = shownTo(a.actor.roles, timeline, journal)
    const shown: Id[] = [c.id, c.personId, ...same.map(s => s.personId), ...others, ...(contact ? [contact.contact.id] : [])]
    const why = purposes.find(p => p === a.query.why) ?? 'work'
    a.saw(storyOpen ? 'case.story' : 'case.open', [...new Set(shown)], storyOpen ? why : '')
    const open = c.state !== 'closed'
    const readOnly = glassReadOnly(a, glass)
    const may = (p: string) => open && !readOnly && a.can(p)
    const writable = writableOn(a, grants)
    const linkView = (l: CaseLink): CaseLinkView => ({
      id: l.id,
      body: l.body,
      other: l.other && { id: l.otherCase, number: l.other.number, name: displayName(names.get(l.other.personId)) },
    })
    const view: CaseView = {
      case: c,
      today: dayOf(a.now, a.session.timeZone),
      timeZone: a.session.timeZone,
      name: displayName(person?.identity),
      age: displayAge(person?.identity, dayOf(a.now, a.session.timeZone)),
      identityOpen: person?.identity !== undefined,
      assignee: c.assignee ? d.alias(c.assignee) : '',
      team: d.team(c.homeGroup),
      stays: currentPlaces(person?.whereabouts)
        .filter(p => p.place !== 'seen')
        .slice(0, 2)
        .map(p => `${a.t(`person.place.${p.place}`)}: ${p.text}`),
      danger: dangerOf(timeline),
      dueWhat: newest(timeline, e => (e.type === 'due_set' ? e.what : undefined))?.value ?? '',
      ...notesOf(seen),
      looks: looks.map(l => ({ id: l.id, what: l.what, by: d.alias(l.by), at: l.at, own: l.by === a.actor.id, command: newId() })),
      sharedWith: grants.map(g => ({ alias: d.alias(g.user), until: g.until, purpose: g.purpose })),
      sameContact: same.map(s => ({ id: s.id, number: s.number, name: displayName(names.get(s.personId)) })),
      contactId: c.contactId,
      links: links.map(linkView),
      story: { open: storyOpen, holdsKey: held.includes('story'), circumstances: contact?.story?.circumstances ?? '' },
      timeline: seen,
      parts: ordered.flatMap(({ link: l }) =>
        l && a.can(l.permit) ? [{ href: a.to(`/cases/${c.id}/${l.path}`), text: a.t(l.words) }] : [],
      ),
      cards: cards.filter(x => x !== undefined),
      note:
        may('case:note') && writable.length > 0
          ? { form: shortNoteForm as unknown as FormDef, values: { compartment: writable[0]! }, command: newId(), compartments: writable }
          : undefined,
      accept: may('case:accept') && c.assignee === null && a.session.groups.includes(c.homeGroup) ? { command: newId() } : undefined,
      can: {
        danger: may('case:danger'),
        due: may('case:due'),
        assign: may('case:assign') && a.session.groups.includes(c.homeGroup),
        share: may('case:share') && a.session.groups.includes(c.homeGroup),
        exclude: may('case:exclude') && a.session.groups.includes(c.homeGroup),
        link: may('case:link'),
        close: may('case:close'),
        reopen: !open && !readOnly && a.can('case:reopen'),
        person: a.can('person:read'),
        contact: a.can('contact:read'),
        look: a.can('case:look'),
      },
      to: a.to,
    }
    return page({
      title: a.t('case.page.title', { number: c.number }),
      nav: 'cases',
      print: c.number,
      wide: true,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: underGlass({ lines: glass, alias: d.alias, timeZone: a.session.timeZone }, caseScreen(view, a.t), a.t),
    })
  })
}
