import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { type Day, dayOf, type Stamp } from '../base/time.ts'
import { accept, addNote, asksSecondLook, closeCase, openCase, reopenCase, setDanger, setDue } from '../case/rules.ts'
import type { CaseEvent, CaseRow, CloseReason, Times } from '../case/schema.ts'
import { askSecondLook, shareCase } from '../case/store.access.ts'
import { makeLink } from '../case/store.links.ts'
import { createCase, saveCaseEvent } from '../case/store.ts'
import { asksUntil, decideRecord, scheduleAfter } from '../follow-up/rules.ts'
import { handedOver } from '../follow-up/store.hand-over.ts'
import { checkInsOf, endCheckIns, planCheckIns, saveRecorded, writeHandedOver } from '../follow-up/store.ts'
import { addClaim, recordPerson } from '../person/rules.ts'
import type { ClaimDraft, Person } from '../person/schema.ts'
import { createPerson, savePersonEvent } from '../person/store.ts'
import { newId, type Work } from '../platform/records.ts'
import { chance } from './rules.random.ts'
import type { DemoArrival, DemoCase, DemoName, DemoNote } from './schema.ts'

/* Turns a description into what the house's own rules decide and its stores write: the same for the real way, one command after the other, and for the batch. */

export type Part = 'duty' | 'worker' | 'supervisor' | 'psychologist' | 'lawyer' | 'follow_up'
export interface Hand extends Work {
  readonly actor: { readonly id: Id }
}
/** Who does it, at a time. One transaction for all of them. */
export interface Hands {
  readonly team: Id
  /** Nothing is told of after this. */
  readonly until: Stamp
  /** Everything of the description; otherwise three notes at most and no answered check-ins, for measuring with many. */
  readonly whole: boolean
  /** Who is there at all: a small agency has no lawyer, and its desk may be another team. */
  has(who: Part): boolean
  /** The same hand for the same person as long as the transaction lasts. */
  as(who: Part, now: Stamp): Promise<Hand>
}

/** A told day at an hour of work; each further act comes at least a quarter of an hour later, and the last ones at `until`. */
const clockOf = (n: number, until: Stamp) => {
  let last: Stamp = ''
  const c = chance('hour', n)
  return (day: Day): Stamp => {
    const wanted = `${day}T${String(c.int(7, 12)).padStart(2, '0')}:${String(c.int(0, 59)).padStart(2, '0')}:00.000Z`
    const later = wanted > last ? wanted : new Date(Date.parse(last) + 15 * 60_000).toISOString()
    last = later < until ? later : last < until ? until : new Date(Date.parse(last) + 1000).toISOString()
    return last
  }
}
const timesOf = (now: Stamp): Times => ({ now, today: dayOf(now) })
const authorOf: Record<DemoNote['compartment'], Part> = {
  summary: 'worker',
  story: 'worker',
  health: 'psychologist',
  legal: 'lawyer',
  follow_up: 'follow_up',
}
const decided = (r: { ok: true; value: CaseEvent } | { ok: false; error: string }): CaseEvent => {
  if (!r.ok) throw new Error(`the rules refuse what the demonstration invented: ${r.error}`)
  return r.value
}

const nameDraft = (n: DemoName, source: ClaimDraft['source']): ClaimDraft => ({
  what: 'name',
  kind: 'own',
  parts: { given: n.given, family: n.family, patronymic: n.patronymic, other: '' },
  source,
  confidence: source === 'document' ? 'high' : 'medium',
})
const said = { source: 'child' as const, confidence: 'medium' as const }
const claimsOf = (x: DemoCase): ClaimDraft[] => {
  const p = x.person
  const russian = p.names.find(n => n.style === 'russian' || n.style === 'plain')
  return [
    nameDraft(p.names[0]!, 'child'),
    ...(russian && chance('paper', p.n).is(0.5) ? [nameDraft(russian, 'document')] : []),
    { what: 'age', text: p.ageSaid, ...said },
    { what: 'sex', text: p.sex === 'female' ? 'женский' : 'мужской', source: 'worker', confidence: 'high' },
    { what: 'citizenship', text: x.circumstance === 'no_papers' ? `${p.from.country}, со слов` : p.from.country, ...said },
    { what: 'origin', text: `${p.from.country}, ${p.from.region}, ${p.from.district}`, ...said },
    ...p.languages.map(text => ({ what: 'language' as const, text, ...said })),
  ]
}

export interface Written {
  readonly row: CaseRow
  readonly person: Person
  readonly told: DemoCase
}
interface Opened extends Written {
  readonly at: (day: Day) => Stamp
}

/** One case with who it is about. */
const openOne = async (h: Hands, a: DemoArrival, x: DemoCase, id: Id, contactId: Id | null): Promise<Opened> => {
  const at = clockOf(x.n, h.until)
  const began = at(x.opened)
  const w = await h.as('worker', began)
  const command = newId()
  const recording = () => ({ id: newId(), by: w.actor.id, at: began })
  let person = await createPerson(
    w,
    { id: newId(), homeGroup: h.team },
    recordPerson(
      'child',
      claimsOf(x).map(draft => ({ draft, recording: recording() })),
    ),
    command,
  )
  const name = person.identity.names[0]
  // Some were opened by whoever took the call, and wait for somebody to take them.
  const assignee = x.standing === 'new' || x.n % 3 === 0 ? null : w.actor.id
  let row = await createCase(
    w,
    { id, homeGroup: h.team },
    number => openCase({ number, personId: person.id, contactId, assignee, danger: 'not_assessed', reason: '' }, timesOf(began)),
    { nameAsSaid: name ? [name.parts.given, name.parts.family].join(' ') : '', ageAsSaid: x.person.ageSaid, why: '' },
    command,
  )
  // Without a contact there is no place that the children share.
  if (!contactId) row = await note(h, row, { ...sharedNote, day: x.opened, text: a.shared }, began, 'worker')
  const place = addClaim(person, { what: 'place', place: 'stays', text: x.stays, ...said }, recording())
  if (place.ok) person = await savePersonEvent(w, person, place.value, newId())
  return { row, person, told: x, at }
}

/** What happened to a case between its opening and today. */
const goOn = async (h: Hands, o: Opened): Promise<Written> => {
  const { told: x, at } = o
  let row = o.row
  const act = async (day: Day, decide: (w: Hand, t: Times) => Parameters<typeof decided>[0]) => {
    const now = at(day)
    const w = await h.as('worker', now)
    row = await saveCaseEvent(w, row, decided(decide(w, timesOf(now))), newId(), 'summary')
    return w
  }
  if (x.accepted && row.assignee === null) await act(x.accepted, w => accept(row, w.actor.id))
  const judge = async (day: Day) => {
    const before = row.danger
    const w = await act(day, (_, t) => setDanger(row, { danger: x.danger, reason: x.dangerWhy }, t))
    // What is dangerous still asks for a second person.
    if (asksSecondLook(before, row.danger) && x.standing !== 'closed') await askSecondLook(w, row, 'danger_set')
  }
  let judged = x.danger === 'not_assessed'
  const invited = new Set<Part>()
  for (const n of h.whole ? x.notes : x.notes.slice(0, 3)) {
    if (!judged) await judge(n.day)
    judged = true
    const author = authorOf[n.compartment]
    if (!h.has(author) || (author !== 'worker' && (x.standing === 'new' || x.closed))) continue
    const now = at(n.day)
    if (author !== 'worker' && !invited.has(author)) {
      invited.add(author)
      await invite(h, row, author, n.compartment, now)
    }
    row = await note(h, row, n, now, author)
  }
  if (!judged) await judge(x.opened)
  if (x.closed) {
    const w = await act(x.closed, (_, t) => closeCase(row, { reason: x.closeReason, note: x.closeNote }, t))
    if (row.closed) await planCheckIns(w, row, row.closed, x.closeReason)
    if (h.whole && !x.reopened) await handOver(h, row, x.closeReason, at(x.closed))
    if (h.whole) await checkIns(h, row, x, at)
  }
  if (x.reopened) {
    const w = await act(x.reopened, (_, t) => reopenCase(row, { reason: x.reopenWhy }, t))
    await endCheckIns(w, row.id)
  }
  if (x.due) await act(x.dueSaid, (_, t) => setDue(row, { due: x.due, what: x.dueWhat }, t))
  return { row, person: o.person, told: x }
}
const sharedNote = {
  compartment: 'story' as const,
  language: 'ru' as const,
  source: 'worker' as const,
  interpreter: 'none' as const,
  happened: '',
  paperBy: '',
}

/** Those that were answered; the others were missed, or are still to come. */
const checkIns = async (h: Hands, row: CaseRow, x: DemoCase, at: (day: Day) => Stamp): Promise<void> => {
  const level = { yes: 5, unsure: 3, no: 2 } as const
  for (const k of x.checkIns) {
    if (!k.answered || (x.reopened && k.answered > x.reopened)) continue
    const now = at(k.answered)
    const w = await h.as('worker', now)
    const list = await checkInsOf(w, row.id)
    const planned = list.find(c => c.due === k.due && c.state === 'planned')
    if (!planned) continue
    const c = chance('check-in', x.n, k.due)
    const answers = { safe: level[k.safe], slept: c.int(2, 5), food: c.int(3, 5), school: c.int(1, 5), talk: c.int(2, 5) }
    const body = {
      way: c.one(['call', 'call', 'visit', 'message'] as const),
      answers,
      words: k.words,
      happened: '',
      learned: k.answered,
      paperBy: '',
    }
    const e = decideRecord(row, list, { id: newId(), due: k.due, help: false, body }, dayOf(now))
    if (e.ok) await saveRecorded(w, row, e.value, planned, k.answered, newId())
  }
}

/** Whoever asks after the child sees the case from its closing on, as long as there is something to ask. */
const handOver = async (h: Hands, row: CaseRow, reason: CloseReason, now: Stamp): Promise<void> => {
  const until = row.closed && asksUntil(scheduleAfter(row.closed, reason), row.closed)
  if (!until || until <= dayOf(h.until) || !h.has('follow_up')) return
  const [w, asker] = [await h.as('worker', now), await h.as('follow_up', now)]
  const user = asker.actor.id
  const grantId = newId()
  await writeHandedOver(w, row, { type: 'follow_up_handed_over', grantId, user, until }, newId())
  await shareCase(w, row, {
    grantId,
    user,
    publicX: asker.vault.keys.box.publicKey,
    compartments: handedOver,
    write: true,
    until: `${until}T20:59:59.000Z`,
    by: w.actor.id,
  })
}

/** A psychologist or a lawyer sees a case when it was shared with them. */
const invite = async (h: Hands, row: CaseRow, who: Part, compartment: Compartment, now: Stamp): Promise<void> => {
  const w = await h.as('worker', now)
  const guest = await h.as(who, now)
  const e = {
    type: 'access_shared' as const,
    grantId: newId(),
    user: guest.actor.id,
    compartments: ['summary' as const, compartment],
    why: who === 'lawyer' ? 'документы' : 'встречи по средам',
    until: new Date(Date.parse(h.until) + 180 * 86_400_000).toISOString(),
  }
  await saveCaseEvent(w, row, e, newId(), 'summary')
  const to = { user: e.user, publicX: guest.vault.keys.box.publicKey }
  await shareCase(w, row, { ...to, grantId: e.grantId, compartments: e.compartments, write: true, until: e.until, by: w.actor.id })
}

const note = async (h: Hands, row: CaseRow, n: DemoNote, now: Stamp, who: Part): Promise<CaseRow> => {
  const w = await h.as(who, now)
  const value = {
    text: n.text,
    source: n.source,
    language: n.language,
    interpreter: n.interpreter,
    confidence: n.source === 'child' ? ('medium' as const) : ('high' as const),
    happened: n.happened,
    learned: n.day,
    paperBy: n.paperBy,
  }
  return saveCaseEvent(w, row, decided(addNote(row, value, timesOf(now))), newId(), n.compartment satisfies Compartment)
}

/** Brothers and sisters stay together; boys of one flat travelled together. All are linked to the first, from whom the others are found. */
const link = async (h: Hands, a: DemoArrival, one: Opened, other: Opened): Promise<void> => {
  const w = await h.as('worker', other.at(a.day))
  const command = newId()
  const links = await makeLink(w, one.row, other.row, {
    relation: a.kind === 'siblings' ? 'sibling' : 'travelled_together',
    together: a.kind === 'siblings' ? 'keep_together' : 'none',
    note: '',
  })
  await saveCaseEvent(w, one.row, { type: 'link_made', linkId: links[0] }, command, 'summary')
  await saveCaseEvent(w, other.row, { type: 'link_made', linkId: links[1] }, command, 'summary')
}

/** Writes everybody who came together. `ids`: one id for each case, made before. `contactId`: where a contact turned into these cases; it is converted by the caller. */
export const writeArrival = async (h: Hands, a: DemoArrival, ids: readonly Id[], contactId: Id | null = null): Promise<Written[]> => {
  const opened: Opened[] = []
  for (const [i, x] of a.cases.entries()) opened.push(await openOne(h, a, x, ids[i]!, contactId))
  if (a.kind !== 'alone') for (const other of opened.slice(1)) await link(h, a, opened[0]!, other)
  const out: Written[] = []
  for (const o of opened) out.push(await goOn(h, o))
  return out
}
