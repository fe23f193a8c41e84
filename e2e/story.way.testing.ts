import { filled as filledForm, formsIn } from '../src/main.forms.testing.ts'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import { type Caller, caller, requireId, summaryOf } from './house.testing.ts'
import { type Say, sendForm } from './story.testing.ts'

/* The rest of a child's way, told through its forms: screening, interpreters, reports, plan, night card, closing and what comes after. Something of each is left waiting. */

type People = Readonly<Record<string, Caller>>
/** What has a form of its own keeps it: times of day, and days as they stand. */
const inShape =
  (say: Say): Say =>
  f =>
    /-(day|month|year)$/.test(f.name) ? f.value : f.name === 'time' || f.name === 'clock' ? '10:00' : say(f)
const idsAfter = (html: string, before: string): string[] => [
  ...new Set([...html.matchAll(new RegExp(`${before}([0-9a-f-]{36})`, 'g'))].map(m => m[1] ?? '')),
]

const screened = async (worker: Caller, at: string, say: Say) => {
  const step = (name: string, fixed: Record<string, string> = {}) => sendForm(worker, `${at}/screening/${name}`, say, fixed)
  await step('circumstances')
  await step('facts', { acts: 'harbouring', purposes: 'forced_begging', life: 'no' })
  await step('known', { life: 'no' })
  await step('approach', { way: 'online', online: 'messenger' })
  await step('route')
  await step('decision', { outcome: 'confirmed' })
  const [fact] = idsAfter((await worker.get(`${at}/screening?open=story`)).body, '/facts/')
  if (!fact) throw new Error('no fact to withdraw')
  await step(`facts/${fact}/withdraw`)
}

const interpreted = async (worker: Caller, tongue: Caller, caseId: string, say: Say) => {
  const made = await sendForm(worker, '/ru/interpreters/new', say, { account: '', kind: 'diaspora' })
  const register = (await worker.get('/ru/interpreters')).body
  const risky = /interpreters\/([0-9a-f-]{36})/.exec(made.location)?.[1] ?? ''
  const own = /interpreters\/([0-9a-f-]{36})"[^>]*>Скворец/.exec(register)?.[1] ?? ''
  const at = `/ru/cases/${caseId}`
  const book = (interpreter: string, decision: string) =>
    sendForm(worker, `${at}/interpreters/book`, say, { interpreter, decision, language: 'tg' })
  await book(risky, 'refuse')
  for (let i = 0; i < 4; i++) await book(own, 'anyway')
  const [closed = '', live = '', cancelled = ''] = idsAfter((await worker.get(`${at}/interpreters`)).body, '/sessions/')
  const act = (session: string, name: string, fixed: Record<string, string> = {}) =>
    sendForm(worker, `${at}/sessions/${session}/${name}`, say, fixed)
  const talk = async (session: string) => {
    await act(session, 'open')
    await sendForm(worker, `${at}/sessions/${session}`, say, {}, `${at}/sessions/${session}/ask`)
    await sendForm(tongue, `/ru/sessions/${session}`, say, { check: 'yes' })
  }
  await talk(closed)
  await act(closed, 'take')
  await act(closed, 'close', { sure: 'yes' })
  await talk(live)
  await act(cancelled, 'cancel')
}

const reported = async (worker: Caller, caseId: string, say: Say) => {
  const at = `/ru/cases/${caseId}`
  for (let i = 0; i < 3; i++) await sendForm(worker, `${at}/reports/facts/new`, say, { life: 'no' })
  const facts = idsAfter((await worker.get(`${at}/reports`)).body, '/reports/').filter((_, i) => i < 2)
  for (const f of facts) {
    const form = await worker.form(`${at}/reports/${f}/decide`)
    const recipients = form.fields.find(x => x.name === 'recipients')?.options[0] ?? ''
    await sendForm(worker, `${at}/reports/${f}/decide`, say, {
      answer: 'now',
      recipients,
      'until-day': '',
      'until-month': '',
      'until-year': '',
    })
  }
  const [followed = '', waiting = ''] = idsAfter((await worker.get(`${at}/reports`)).body, '/letters/')
  const letter = (id: string, name: string, fixed: Record<string, string> = {}) =>
    sendForm(worker, `${at}/letters/${id}/${name}`, say, fixed)
  await letter(followed, 'write', { identity: 'full', about: 'age' })
  await letter(followed, 'sent', { how: 'post' })
  await letter(followed, 'registered')
  await letter(followed, 'answered')
  await letter(waiting, 'write', { identity: 'initials', why: '' })
}

const planned = async (worker: Caller, caseId: string, other: string, say: Say) => {
  const at = `/ru/cases/${caseId}/plan`
  await sendForm(worker, `${at}/first-hours`, say)
  const due = { when: 'today', 'due-day': '', 'due-month': '', 'due-year': '' }
  for (let i = 0; i < 4; i++) await sendForm(worker, `${at}/new`, say, { ...due, who: 'outside', colleague: '' })
  await sendForm(worker, `${at}/together`, say, { ...due, who: 'me', colleague: '', also: other })
  const [done, skipped, later, changed] = idsAfter((await worker.get(at)).body, `/plan/`)
  await sendForm(worker, `${at}/${done}/done`, say)
  await sendForm(worker, `${at}/${skipped}/skip`, say)
  await sendForm(worker, `${at}/${later}/later`, say, { ...due, when: 'tomorrow' })
  await sendForm(worker, `${at}/${changed}/change`, say, { ...due, who: 'outside', colleague: '' })
}

/** Closed with a step that goes on; a code is made, the child answers, staff write down a talk. */
const followed = async (p: People, site: string, say: Say): Promise<string> => {
  const worker = p['case worker']!
  const fixed = { 'children[0][relation]': 'child', 'children[0][match]': 'new' }
  const caseId = requireId((await sendForm(worker, '/ru/cases/new', say, fixed)).location, 'cases')
  const at = `/ru/cases/${caseId}`
  await sendForm(worker, `${at}/plan/first-hours`, say)
  await sendForm(worker, `${at}/night-card`, say)
  await sendForm(worker, `${at}/night-card/moved-out`, say)
  await sendForm(worker, `${at}/close`, say, { reason: 'goals_met' })
  const word = say({ name: 'word', type: 'text', value: '', options: [] })
  const shown = await sendForm(worker, `${at}/follow-up/code`, say, { language: 'ru', word, danger: `${word} 2`.slice(-60) })
  const words = (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(shown.body)?.[1] ?? '')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
    .trim()
  const child = caller(site)
  const day = await child.post('/ru/day', { words, word })
  const asked = formsIn(day.body).find(f => f.action === '/ru/day/next')
  if (!asked) throw new Error(`no questions: ${summaryOf(day.body)}`)
  // Which button was pressed: a property of that name would make the object look like a promise.
  const pressed = Object.fromEntries([...Object.entries(filledForm(asked, say)), ['then', 'help']])
  const sent = await child.post('/ru/day/next', pressed)
  if (sent.status !== 200) throw new Error(`the child's answer: ${sent.status} ${summaryOf(sent.body)}`)
  await sendForm(p['follow-up worker']!, `${at}/follow-up/record`, say, { checkIn: 'between' })
  return caseId
}

/** Tells it on a case and its linked one; returns the case that was closed. */
export const tellTheWay = async (
  house: Pick<RunningInstallation, 'public'>,
  people: People,
  of: { readonly contactId: string; readonly caseId: string; readonly other: string },
  words: Say,
): Promise<string> => {
  const say = inShape(words)
  const worker = people['case worker']!
  await screened(worker, `/ru/cases/${of.caseId}`, say)
  await screened(people['duty specialist']!, `/ru/contacts/${of.contactId}`, say)
  await interpreted(worker, people.interpreter!, of.caseId, say)
  await reported(worker, of.caseId, say)
  await planned(worker, of.caseId, of.other, say)
  await sendForm(worker, `/ru/cases/${of.caseId}/night-card`, say)
  const carer = people['shelter carer']!
  const night = formsIn((await carer.get('/ru/night')).body).find(f => f.action.startsWith('/ru/night/'))
  if (!night) throw new Error('the shelter sees no card')
  return followed(people, house.public, say)
}
