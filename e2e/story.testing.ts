import { readFileSync } from 'node:fs'
import path from 'node:path'
import { filled, formsIn, type ReadField } from '../src/main.forms.testing.ts'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import { type Caller, caller, demoSignIn, type Reply, requireId, summaryOf } from './house.testing.ts'
import { tellTheWay } from './story.way.testing.ts'

/* One whole story told through the forms of a running demonstration: every free field of every form is typed into, and every page afterwards has something on it. */

/** Words for one free field. */
export type Say = (field: ReadField) => string

export interface Story {
  readonly people: Readonly<Record<string, Caller>>
  readonly contactId: string
  readonly walkInId: string
  readonly caseId: string
  readonly secondCase: string
  /** Closed, with check-ins ahead. */
  readonly closedCase: string
  readonly personId: string
  /** Words of the public receipt. */
  readonly receipt: string
  /** Address of somebody's first visit, without site and language. */
  readonly invitation: string
}

/** Opens the form on a page, types into it, sends it. Throws with what the page says when it is not answered as hoped. */
export const sendForm = async (
  who: Caller,
  page: string,
  say: Say,
  fixed: Readonly<Record<string, string>> = {},
  action?: string,
): Promise<Reply> => {
  const form = await who.form(page, action)
  const answer = await who.post(form.action, { ...filled(form, say), ...fixed })
  if (answer.status !== 303 && answer.status !== 200) throw new Error(`${form.action} answers ${answer.status}: ${summaryOf(answer.body)}`)
  return answer
}

const days = (name: string, date: Date) => ({
  [`${name}-day`]: String(date.getUTCDate()),
  [`${name}-month`]: String(date.getUTCMonth() + 1),
  [`${name}-year`]: String(date.getUTCFullYear()),
})
const soon = () => new Date(Date.now() + 7 * 86_400_000)

/** A step-up with the password of the demonstration's person, as its file lists it. */
export const stepUp = async (house: Pick<RunningInstallation, 'folder'>, who: Caller, login: string): Promise<void> => {
  const line = readFileSync(path.join(house.folder, 'demo-people.txt'), 'utf8')
    .split('\n')
    .find(l => l.startsWith(`${login} `))
  const [, password = ''] = (line ?? '').split(/\s+/)
  const answer = await sendForm(who, '/en/step-up', () => '', { password, next: '/me' })
  if (answer.status !== 303) throw new Error(`${login} cannot step up: ${summaryOf(answer.body)}`)
}

const option = async (who: Caller, page: string, field: string, action?: string): Promise<string> =>
  (await who.form(page, action)).fields.find(f => f.name === field)?.options.find(o => o !== '') ?? ''

const signInAll = async (house: Pick<RunningInstallation, 'office'>) => {
  const signIn = await demoSignIn(house)
  const roles = [
    'duty specialist',
    'case worker',
    'supervisor',
    'psychologist',
    'lawyer',
    'follow-up worker',
    'administrator',
    'auditor',
    'content editor',
    'shelter carer',
    'interpreter',
    'analyst',
  ]
  const people: Record<string, Caller> = {}
  for (const role of roles) people[role] = await signIn(role)
  return people
}

/** Report, answer, addition, judgement, walk-in, call; returns the contact of the report. */
const atTheDoor = async (house: Pick<RunningInstallation, 'public'>, duty: Caller, say: Say) => {
  const child = caller(house.public)
  const sent = await sendForm(child, '/ru/write', say)
  const receipt = (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(sent.body)?.[1] ?? '')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
    .trim()
  if (!receipt) throw new Error(`no receipt: ${summaryOf(sent.body)}`)
  const talk = await child.post('/ru/back', { words: receipt })
  const add = formsIn(talk.body).find(f => f.action === '/ru/talk')
  if (!add) throw new Error(`no talk: ${summaryOf(talk.body)}`)
  await child.post('/ru/talk', filled(add, say))
  const inbox = await duty.get('/ru/contacts?channel=report&state=new')
  const contactId = requireId(inbox.body.slice(inbox.body.indexOf('<main')), 'contacts')
  const contact = `/ru/contacts/${contactId}`
  await sendForm(duty, contact, say, {}, `${contact}/read`).catch(() => undefined)
  await sendForm(duty, contact, say, {}, `${contact}/urgency`)
  await sendForm(duty, contact, say, {}, `${contact}/answer`)
  await sendForm(duty, '/ru/contacts/new/call', say)
  const walkIn = requireId((await sendForm(duty, '/ru/contacts/new/walk-in', say)).location, 'contacts')
  await sendForm(duty, `/ru/contacts/${walkIn}`, say, {}, `/ru/contacts/${walkIn}/note`)
  const closed = requireId((await sendForm(duty, '/ru/contacts/new/walk-in', say)).location, 'contacts')
  await sendForm(duty, `/ru/contacts/${closed}`, say, {}, `/ru/contacts/${closed}/close`)
  await sendForm(duty, `/ru/contacts/${closed}`, say, {}, `/ru/contacts/${closed}/reopen`)
  return { contactId, walkIn, receipt }
}

const notesBy = async (who: Caller, page: string, say: Say) => {
  const form = await who.form(page)
  for (const compartment of form.fields.find(f => f.name === 'compartment')?.options ?? [])
    await sendForm(who, page, say, { compartment, ...days('learned', new Date()) })
}

/** Everything that is written on a case. */
const onTheCase = async (p: Readonly<Record<string, Caller>>, contactId: string, say: Say) => {
  const [worker, boss] = [p['case worker']!, p.supervisor!]
  const child = { 'children[0][relation]': 'child', 'children[0][match]': 'new' }
  const opened = await sendForm(worker, `/ru/cases/new?contact=${contactId}`, say, child, '/ru/cases/new')
  const caseId = requireId(opened.location, 'cases')
  const other = requireId((await sendForm(p['duty specialist']!, '/ru/cases/new', say, child)).location, 'cases')
  const at = (name: string) => `/ru/cases/${caseId}/${name}`
  const page = await worker.get(`/ru/cases/${caseId}`)
  const personId = requireId(page.body, 'people')
  await sendForm(worker, at('accept'), say).catch(() => undefined)
  await sendForm(boss, `/ru/cases/${other}/assign`, say)
  await sendForm(worker, at('danger'), say, { danger: 'danger' })
  await sendForm(worker, at('due'), say, days('due', soon()))
  await notesBy(worker, at('notes/new'), say)
  const options = (await boss.form(at('share'))).fields.find(f => f.name === 'user')?.options.filter(o => o !== '') ?? []
  for (const user of options)
    for (const right of ['write', 'read'])
      if (
        await sendForm(boss, at('share'), say, {
          user,
          right,
          compartments: right === 'write' ? 'health' : 'summary',
          ...days('until', soon()),
        }).catch(() => undefined)
      )
        break
  for (const role of ['psychologist', 'lawyer', 'follow-up worker']) await notesBy(p[role]!, at('notes/new'), say).catch(() => undefined)
  const number = /<span class="dv-fact">(D-[0-9A-Z]{7})</.exec((await worker.get(`/ru/cases/${other}`)).body)?.[1] ?? ''
  await sendForm(worker, at('links/new'), say, { number })
  for (const what of ['name', 'age', 'place', 'appearance', 'citizenship'])
    await sendForm(worker, `/ru/people/${personId}/claims/new`, say, { what }).catch(() => undefined)
  const claim = new RegExp(`/ru/people/${personId}/claims/([0-9a-f-]{36})`).exec((await worker.get(`/ru/people/${personId}`)).body)?.[0]
  if (claim) await sendForm(worker, claim, say)
  await sendForm(worker, '/ru/people/new', say, { match: 'new' })
  await sendForm(worker, '/ru/people/search', say)
  await sendForm(boss, `/ru/cases/${other}/close`, say)
  await sendForm(boss, `/ru/cases/${other}/reopen`, say)
  const who = (await boss.form(`/ru/cases/${other}/exclude`)).fields.find(f => f.name === 'who')?.options.filter(o => o !== '') ?? []
  if (who.length > 0)
    await sendForm(boss, `/ru/cases/${other}/exclude`, say, { who: who.find(o => o.startsWith('user:')) ?? '' }).catch(() => undefined)
  return { caseId, other, personId, number }
}

/** People, teams, absence, emergency, numbers. */
const administered = async (house: Pick<RunningInstallation, 'folder'>, p: Readonly<Record<string, Caller>>, number: string, say: Say) => {
  const [admin, boss, duty] = [p.administrator!, p.supervisor!, p['duty specialist']!]
  await stepUp(house, admin, 'demo-admin')
  await stepUp(house, boss, 'demo-supervisor')
  await stepUp(house, duty, 'demo-duty')
  const text: Say = f => (f.name === 'login' ? `${say(f)}-${f.name}`.slice(0, 60) : say(f).slice(0, 38))
  const invited = await sendForm(admin, '/ru/users/new', text, { roles: 'analyst' })
  await sendForm(admin, '/ru/teams/new', text)
  await sendForm(admin, '/ru/helplines/new', text, {
    country: 'TJ',
    number: '+992 00 000-00-00',
    ru: 'Телефон для всех',
    en: 'A number for everybody',
  })
  await sendForm(boss, '/ru/me/absence/new', say, {
    deputy: await option(boss, '/ru/me/absence/new', 'deputy'),
    ...days('from', new Date()),
    ...days('until', soon()),
  })
  await sendForm(duty, '/ru/emergency/open', say, { number })
  return /invitation\?code=[0-9A-Z-]+/.exec(invited.body)?.[0] ?? ''
}

/** Tells it all. `say` gives the words of every free field. */
export const tellStory = async (house: Pick<RunningInstallation, 'office' | 'public' | 'folder'>, say: Say): Promise<Story> => {
  const people = await signInAll(house)
  const door = await atTheDoor(house, people['duty specialist']!, say)
  const told = await onTheCase(people, door.contactId, say)
  const way = { contactId: door.walkIn, caseId: told.caseId, other: told.other }
  const closedCase = await tellTheWay(house, people, way, say)
  const invitation = await administered(house, people, told.number, say)
  return {
    people,
    contactId: door.contactId,
    walkInId: door.walkIn,
    caseId: told.caseId,
    secondCase: told.other,
    closedCase,
    personId: told.personId,
    receipt: door.receipt,
    invitation,
  }
}
