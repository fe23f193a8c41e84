import { directory } from '../access/store.directory.ts'
import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import { codeOf } from '../base/codes.ts'
import type { Fields } from '../base/form.ts'
import { err, ok } from '../base/result.ts'
import { apartOf } from '../case/routes.apart.ts'
import { caseCommand } from '../case/routes.command.ts'
import { heldOn } from '../case/routes.page.ts'
import type { CasePart, ReadEvent } from '../case/routes.parts.ts'
import type { CaseRow } from '../case/schema.ts'
import { askSecondLook, grantsOf } from '../case/store.access.ts'
import { findCase, siblingsOf } from '../case/store.ts'
import { findContactFile } from '../contact/store.ts'
import { SealError } from '../platform/crypto.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { contactOpen, registerContactSteps } from './routes.contact.ts'
import { allSteps, type Step } from './routes.steps.ts'
import { decisionAsksSecondLook } from './rules.ts'
import { emptyScreening, eventTypes, openEvent, type Recording, type ScreeningEvent } from './schema.ts'
import { eventContent, screeningCard } from './screens.card.tsx'
import type { ScreeningView } from './screens.parts.tsx'
import { StepAbove, screeningScreen } from './screens.tsx'
import { beganOnContact, type Found, findScreening, onCase, saveScreening, screeningJournal, stateOf, takeOverScreening } from './store.ts'

/** What a command decided, and on what. */
interface Judged {
  readonly event: ScreeningEvent
  readonly before: Found | undefined
}
const recording = (a: Asked, today: string): Recording => ({ by: a.actor.id, now: a.now, today, timeZone: a.session.timeZone })

const caseStep = (o: Office, s: Step<Fields>): void =>
  caseCommand<Fields, Judged>(o, {
    path: `screening/${s.path}`,
    permit: s.permit,
    form: s.form,
    words: s.words,
    errors: 'screening.error',
    versioned: s.versioned,
    current: async (a, c, lock) => (await findScreening(a, c.id, false, lock))?.version ?? 0,
    ...(s.exists
      ? { exists: async (a: Asked, c: CaseRow) => s.exists!(stateOf(await findScreening(a, c.id, true), true) ?? emptyScreening, a.params) }
      : {}),
    initial: async (a, c) => s.initial(stateOf(await findScreening(a, c.id, s.needsWords), s.needsWords) ?? emptyScreening),
    says: async (a, c) => s.says(stateOf(await findScreening(a, c.id, s.needsWords), s.needsWords) ?? emptyScreening, a.t),
    above: a => StepAbove({ text: s.above, t: a.t }),
    decide: async (a, c, v, times) => {
      if (c.state === 'closed') return err('closed')
      const before = await findScreening(a, c.id, s.needsWords, true)
      const state = stateOf(before, s.needsWords)
      if (!state) return err('no_key')
      const decided = s.decide(state, v, recording(a, times.today), a.params)
      return decided.ok ? ok({ event: decided.value, before }) : decided
    },
    save: async (a, c, { event, before }, command) => {
      await saveScreening(a, onCase(c), before, event, command)
      if (event.type === 'screening_decided' && decisionAsksSecondLook(c.danger === 'danger', event.decision.outcome, event.atRisk))
        await askSecondLook(a, c, event.decision.outcome === 'not_established' ? 'not_established' : 'no_risk')
    },
    to: c => `/cases/${c.id}/screening?done=saved`,
  })

const courseOf = (journal: Awaited<ReturnType<typeof screeningJournal>>, alias: ScreeningView['alias']): ScreeningView['course'] =>
  journal.map(e => ({ seq: e.seq, type: e.type, by: alias(e.actor), at: e.recordedAt })).reverse()

const viewOf = (found: Found | undefined, storyHeld: boolean, storyAsked: boolean) => {
  const words = found ? found.words : emptyScreening.words
  return {
    summary: found ? found.summary : emptyScreening.summary,
    words,
    canOpen: Boolean(found?.hasWords && storyHeld && !storyAsked),
    sealed: Boolean(found && (!found.summary || (found.hasWords && !storyHeld))),
    fact: found?.fact ?? null,
  }
}

const casePage = (o: Office) => async (a: Asked) => {
  const id = a.params.caseId!
  const asked = a.query.open === 'story'
  const [c, found, grants, d, apart, journal, began, glass] = await Promise.all([
    findCase(a, id),
    findScreening(a, id, asked),
    grantsOf(a, id),
    directory(a, o.deps.keys.service, a.lang),
    apartOf(a, { id }, 'screening.open'),
    screeningJournal(a, id, false),
    beganOnContact(a, id),
    glassOn(a, id),
  ])
  if (!c) return hidden
  const v = viewOf(found, heldOn(a, c, grants).includes('story'), asked)
  a.saw(asked && found?.hasWords && v.words ? 'screening.story' : 'screening.open', [c.id], asked ? 'work' : '')
  const open = c.state !== 'closed' && !glassReadOnly(a, glass)
  return page({
    title: a.t('screening.page.title'),
    nav: 'cases',
    wide: true,
    print: c.number,
    breadcrumbs: [
      { text: a.t('case.list.title'), href: '/cases' },
      { text: c.number, href: `/cases/${c.id}` },
    ],
    body: screeningScreen(
      {
        ...v,
        summary: v.summary ?? emptyScreening.summary,
        number: c.number,
        at: a.to(`/cases/${c.id}/screening`),
        course: courseOf(journal, d.alias),
        alias: d.alias,
        apart,
        other:
          began && a.can('contact:read')
            ? [{ href: a.to(`/contacts/${c.contactId}/screening`), text: a.t('screening.page.beganOnContact') }]
            : [],
        contactWaits: false,
        can: { write: open && a.can('screening:write'), decide: open && a.can('screening:decide') },
        timeZone: a.session.timeZone,
      },
      a.t,
    ),
  })
}

/** On a contact the words stand open, as the contact's own words do on its page. */
const contactPage = (o: Office) => async (a: Asked) => {
  const id = a.params.contactId!
  if (!a.can('contact:read')) return hidden
  const [file, found, d, journal] = await Promise.all([
    findContactFile(a, id),
    findScreening(a, id, true),
    directory(a, o.deps.keys.service, a.lang),
    screeningJournal(a, id, false),
  ])
  if (!file) return hidden
  a.saw('screening.open', [id])
  const open = contactOpen(file.contact)
  const code = codeOf('K', id)
  const v = viewOf(found, found?.words !== undefined, true)
  return page({
    title: a.t('screening.page.title'),
    nav: 'contacts',
    wide: true,
    print: code,
    breadcrumbs: [
      { text: a.t('contact.inbox.title'), href: '/contacts' },
      { text: code, href: `/contacts/${id}` },
    ],
    body: screeningScreen(
      {
        ...v,
        summary: v.summary ?? emptyScreening.summary,
        number: code,
        at: a.to(`/contacts/${id}/screening`),
        course: courseOf(journal, d.alias),
        alias: d.alias,
        apart: [],
        other: a.can('case:read')
          ? file.course.cases.map((c, i) => ({ href: a.to(`/cases/${c}/screening`), text: a.t('screening.page.goesOn', { n: i + 1 }) }))
          : [],
        contactWaits: open && v.fact !== null,
        can: { write: open && a.can('screening:write'), decide: open && a.can('screening:decide') },
        timeZone: a.session.timeZone,
      },
      a.t,
    ),
  })
}

/** Screening of contacts and of cases: a page for each, short forms for its parts. */
export const registerScreening = (o: Office): void => {
  o.get('/cases/:caseId/screening', 'screening:read', casePage(o))
  o.get('/contacts/:contactId/screening', 'screening:read', contactPage(o))
  for (const s of allSteps) caseStep(o, s)
  registerContactSteps(o)
}

const events: Record<string, ReadEvent> = Object.fromEntries(
  eventTypes.map(type => [type, ((opened, t) => eventContent(openEvent(type, opened), t)) satisfies ReadEvent]),
)

/** What screening adds to the page of a case. */
export const screeningPart: CasePart = {
  name: 'screening',
  order: 40,
  link: { path: 'screening', words: 'screening.page.link', permit: 'screening:read' },
  card: async (a, caseId) => {
    if (!a.can('screening:read')) return undefined
    const found = await findScreening(a, caseId, false)
    if (!found || (!found.summary && !found.fact)) return undefined
    return screeningCard(
      { summary: found.summary, fact: found.fact, href: a.to(`/cases/${caseId}/screening`), timeZone: a.session.timeZone },
      a.t,
    )
  },
  events,
  opened: async (a, cases, contactId) => {
    const [one] = cases
    if (!one) return
    const siblings = (await siblingsOf(a, one.id)).length + 1
    try {
      await takeOverScreening(a, contactId, cases, siblings, newId)
    } catch (e) {
      // Nobody of that team has a key to the story yet: the contact's screening stays, and the case's page leads to it.
      if (!(e instanceof SealError)) throw e
    }
  },
}
