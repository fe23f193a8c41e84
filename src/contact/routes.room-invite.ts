import { directory } from '../access/store.directory.ts'
import type { Id } from '../base/id.ts'
import { err, type Result } from '../base/result.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { invite } from './rules.room.ts'
import type { ContactError, ContactFile } from './rules.ts'
import type { InterpreterChoice, InvitationView } from './schema.room.ts'
import type { ContactEvent, ContactLanguage, Message } from './schema.ts'
import { contactColleagues } from './store.list.ts'
import { openRoomFor, roomOfContact, roomTurns } from './store.room.ts'
import { contactMessages, findConversation } from './store.ts'

/** The register of interpreters lies further right: what it says of those who may be asked into a conversation in this language, where these words were said. */
export type Interpreters = (
  a: Asked,
  contact: { readonly language: ContactLanguage; readonly where: string; readonly words: string },
) => Promise<InterpreterChoice[]>

/** Somebody who may be asked in. */
export interface Guest {
  readonly id: Id
  readonly as: 'colleague' | 'interpreter'
  readonly alias: string
  readonly publicX: Buffer
  readonly warnings: InterpreterChoice['warnings']
}
const guestsOf = async (
  o: Office,
  a: Asked,
  f: ContactFile,
  messages: readonly Message[],
  interpreters: Interpreters | undefined,
): Promise<Guest[]> => {
  const [people, reads, listed] = await Promise.all([
    directory(a, o.deps.keys.service, a.lang),
    contactColleagues(a, f.contact.homeGroup),
    interpreters?.(a, {
      language: f.story?.language ?? 'not_asked',
      where: f.story?.answers.where ?? '',
      words: messages.map(m => m.body?.text ?? '').join('\n'),
    }) ?? [],
  ])
  const able = people.people.filter(p => p.state === 'active' && p.publicX && p.id !== a.actor.id && !reads.includes(p.id))
  const known = new Map(able.map(p => [p.id, p]))
  return [
    ...listed.flatMap((i): Guest[] => {
      const p = known.get(i.account)
      return p?.publicX && p.roles.includes('interpreter')
        ? [{ id: p.id, as: 'interpreter', alias: i.alias, publicX: p.publicX, warnings: i.warnings }]
        : []
    }),
    ...able.flatMap((p): Guest[] =>
      p.publicX && p.roles.some(r => r === 'duty_specialist' || r === 'case_worker')
        ? [{ id: p.id, as: 'colleague', alias: p.alias, publicX: p.publicX, warnings: [] }]
        : [],
    ),
  ]
}

/** What the contact's page shows of an invitation; undefined where nobody can be asked in by this session. */
export const invitationView = async (
  o: Office,
  a: Asked,
  v: { readonly file: ContactFile; readonly messages: readonly Message[]; readonly conversation: boolean },
  interpreters: Interpreters | undefined,
): Promise<InvitationView | undefined> => {
  if (!v.file.story || !v.conversation || v.file.contact.state === 'closed' || !a.can('contact:write')) return undefined
  const room = await roomOfContact(a, v.file.contact.id)
  const turns = room ? await roomTurns(a, room.id) : []
  return {
    room,
    turns,
    waiting: room ? v.messages.filter(m => m.seq > room.passedSeq && m.body).length : 0,
    guests: room ? [] : await guestsOf(o, a, v.file, v.messages, interpreters),
    commands: { ask: newId(), pass: newId() },
  }
}

/** Decides and opens the room, in the transaction of the act: where it is refused, everything is taken back. */
export const decideInvite = async (
  o: Office,
  a: Asked,
  f: ContactFile,
  v: { readonly who: string; readonly inviteWhy?: string | undefined },
  interpreters: Interpreters | undefined,
): Promise<Result<ContactEvent, ContactError>> => {
  const [messages, conversation] = await Promise.all([contactMessages(a, f.contact.id), findConversation(a, f.contact.id)])
  const who = (await guestsOf(o, a, f, messages, interpreters)).find(g => g.id === v.who)
  const room = newId()
  const decided = invite(
    f.contact,
    {
      room,
      who: who && { id: who.id, as: who.as, alias: who.alias, warnings: who.warnings.length },
      hasConversation: conversation !== undefined,
      reason: v.inviteWhy ?? '',
    },
    a.now,
  )
  if (!decided.ok || !who || decided.value.type !== 'contact_invited') return decided
  const opened = await openRoomFor(a, {
    id: room,
    contact: f.contact.id,
    homeGroup: f.contact.homeGroup,
    to: { user: who.id, publicX: who.publicX },
    until: decided.value.data.until,
    room: { as: who.as, alias: who.alias, language: f.story?.language ?? 'not_asked' },
  })
  return opened === 'ok' ? decided : err(opened)
}
