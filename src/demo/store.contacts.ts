import type { Id } from '../base/id.ts'
import { addDays, type Stamp } from '../base/time.ts'
import { judge, receive } from '../contact/rules.ts'
import type { StaffChannel } from '../contact/schema.ts'
import { submitReport } from '../contact/store.public.ts'
import { convertContact, createContact, findContact, findContactFile, saveContact } from '../contact/store.ts'
import { saveLetterEvent } from '../doors/store.ts'
import type { ArgonQueue } from '../platform/argon.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { chance } from './rules.random.ts'
import { wrote } from './rules.told.ts'
import type { DemoArrival, Tongue } from './schema.ts'
import { type Hands, type Written, writeArrival } from './store.write.ts'

const channelOf = (door: DemoArrival['door']): StaffChannel => (door === 'letter' ? 'letter' : door === 'walk_in' ? 'walk_in' : 'call')

type Answers = Readonly<Record<string, string>>
/** What stands on the act of whoever was brought: the page of the contact has a sheet to print and sign. */
const broughtWith: Answers = {
  broughtBody: 'Отделение по делам несовершеннолетних',
  broughtNumber: '15/77',
  broughtAt: 'вечером, около девяти',
  broughtCondition: 'устал, замёрз; поел и согрелся',
  broughtBelongings: 'рюкзак, телефон без сети, тетрадь',
}

/** The desk writes down who came; a person judges how urgent it is. Returns the contact's id. */
const writeContact = async (
  h: Hands,
  c: Pick<DemoArrival, 'door' | 'safeNow' | 'urgency' | 'kind'> & {
    readonly text: string
    readonly language: Tongue
    readonly answers?: Answers
  },
  now: Stamp,
  id: Id = newId(),
): Promise<Id> => {
  const w = await h.as('duty', now)
  const e = receive(
    {
      channel: channelOf(c.door),
      from: c.kind === 'group' ? 'police' : 'child',
      cameWith: c.kind === 'group' ? 'сотрудник полиции, акт' : '',
      papers: 'not_asked',
      safeNow: c.safeNow,
      language: c.language,
      explained: true,
    },
    w.actor.id,
    now,
  )
  if (e.type !== 'contact_received') throw new Error('a contact begins with being received')
  const story = { ...e.data.story, answers: c.answers ?? e.data.story.answers }
  await createContact(w, id, h.team, { ...e, data: { ...e.data, story } }, newId(), {
    id: newId(),
    body: { text: c.text, language: c.language },
  })
  const file = await findContactFile(w, id, true)
  const judged = file && judge(file, c.urgency, c.text.split('. ')[0] ?? '')
  if (!file || !judged?.ok) throw new Error('the desk cannot read what it has just written')
  await saveContact(w, file, judged.value, newId())
  return id
}

/** Whoever came, and the cases that it became; in one transaction. */
export const writeArrivalWithContact = async (h: Hands, a: DemoArrival, ids: readonly Id[]): Promise<Written[]> => {
  const now = `${a.day}T06:15:00.000Z`
  const language = a.cases[0]?.person.tongue ?? 'ru'
  const contactId = await writeContact(h, { ...a, text: a.shared, language }, now < h.until ? now : h.until)
  const written = await writeArrival(h, a, ids, contactId)
  const w = await h.as('worker', h.until)
  const converted = await convertContact(w, { contact: { id: contactId }, command: newId(), caseIds: ids, circumstances: a.shared })
  if (!converted.ok) throw new Error(`the contact was not converted: ${converted.error}`)
  return written
}

/** What waits in the inbox: some that the desk has written down and nobody has taken further. `idOf`: the same ids at a second try, which adds nothing. */
export const writeInbox = async (h: Hands, seed: string, idOf: (n: number) => Id): Promise<number> => {
  const list: readonly (readonly [Tongue, DemoArrival['door'], DemoArrival['urgency'], string])[] = [
    ['ru', 'call', 'today', 'Звонила учительница: в классе мальчик третий день без обеда, приходит с чужим взрослым.'],
    ['uz', 'walk_in', 'now', wrote(chance('inbox', seed, 1), 'uz', 'female')],
    ['ky', 'letter', 'week', wrote(chance('inbox', seed, 2), 'ky', 'male')],
  ]
  for (const [i, [language, door, urgency, text]] of list.entries()) {
    const now = new Date(Date.parse(h.until) - (i + 1) * 5 * 3_600_000).toISOString()
    if (await findContact(await h.as('duty', now), idOf(i))) continue
    await writeContact(h, { door, urgency, kind: 'alone', safeNow: urgency === 'now' ? 'no' : 'unsure', text, language }, now, idOf(i))
  }
  return list.length + (await writeDoors(h, [idOf(list.length), idOf(list.length + 1)]))
}

/** A child who was brought with the data of an act, and a letter of another body that waits for our answer. */
const writeDoors = async (h: Hands, [brought, asked]: readonly [Id, Id]): Promise<number> => {
  const now = new Date(Date.parse(h.until) - 2 * 3_600_000).toISOString()
  const w = await h.as('duty', now)
  if (!(await findContact(w, brought))) {
    const text = 'Говорит, что не хочет в отделение и хочет позвонить сестре.'
    const told = { door: 'walk_in', urgency: 'today', kind: 'group', safeNow: 'yes', language: 'ru', text, answers: broughtWith } as const
    await writeContact(h, told, now, brought)
  }
  if (!(await findContact(w, asked))) {
    const text = 'Орган опеки спрашивает, обращалась ли к нам девочка и где она сейчас.'
    await writeContact(h, { door: 'letter', urgency: 'week', kind: 'alone', safeNow: 'unsure', language: 'ru', text }, now, asked)
    const noted = { body: 'Отдел опеки и попечительства', number: '12-34', dated: now.slice(0, 10), asks: 'где сейчас девочка' }
    const due = addDays(now.slice(0, 10), 7)
    const e = { type: 'letter_noted', letterId: newId(), due, ...noted } as const
    await saveLetterEvent(await h.as('duty', now), { id: asked, homeGroup: h.team }, undefined, e, newId())
  }
  return 2
}

/** Reports as they come from the public site: sealed by it, unread, each in its language. The same `secret` sends the same forms again, and they count once. */
export const writeReports = async (
  ask: Ask,
  argon: ArgonQueue,
  seed: string,
  secret: (n: number) => Buffer,
  now: Stamp,
): Promise<number> => {
  const tongues: readonly Tongue[] = ['ru', 'uz', 'tg', 'fr']
  const sent = await Promise.all(
    tongues.map((language, i) =>
      submitReport(
        ask,
        argon,
        {
          language,
          seed: secret(i).toString('hex'),
          submission: idFrom(secret(i + 100)),
          safeNow: i === 2 ? 'no' : 'unsure',
          who: 'me',
          where: '',
          text: wrote(chance('report', seed, i), language, i % 2 === 0 ? 'female' : 'male'),
        },
        now,
      ),
    ),
  )
  return sent.filter(s => s.kind === 'saved').length
}

/** An id of 32 secret bytes: the same every time, and like any other to whoever does not know them. */
export const idFrom = (bytes: Buffer): Id => {
  const h = bytes.toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
