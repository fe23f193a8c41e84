import { type Errors, type FormDef, parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { type RoomView, roomAskForm, roomPassForm, roomSayForm } from './schema.room.ts'
import { guestRoomScreen } from './screens.room.tsx'
import { addRoomTurn, passOn, roomOfContact, roomsOfMine, roomTurns } from './store.room.ts'
import { findContactFile } from './store.ts'

const typedIn = (a: Asked): Values =>
  Object.fromEntries(Object.entries(a.body).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))

/** The page of whoever was asked in: what was passed on and nothing else. No history, no name, no place, no other room, and nothing after the end. */
const registerGuest = (o: Office): void => {
  const url = '/rooms/contact/:roomId'
  const mine = async (a: Asked): Promise<RoomView | undefined> => (await roomsOfMine(a)).find(r => r.id === a.params.roomId)
  const show = async (a: Asked, room: RoomView, v: { values?: Values; errors?: Errors; status?: number } = {}): Promise<Answer> => {
    const turns = await roomTurns(a, room.id)
    a.saw('contact.room', [room.id])
    return page({
      title: a.t('contact-room.guest.title'),
      nav: room.room.as === 'interpreter' ? 'sessions' : 'contacts',
      status: v.status ?? 200,
      scripts: ['desk.js'],
      body: guestRoomScreen({ room, turns, command: newId(), values: v.values, errors: v.errors, timeZone: a.session.timeZone }, a.t),
    })
  }
  o.get(url, 'contact:room', async a => {
    const room = await mine(a)
    return room ? show(a, room) : hidden
  })
  o.post(url, 'contact:room', async a => {
    const room = await mine(a)
    if (!room) return hidden
    const parsed = parseForm(roomSayForm, a.body)
    if (!parsed.ok) return show(a, room, { values: parsed.values, errors: parsed.errors, status: 422 })
    if (!parsed.command) return show(a, room, { values: typedIn(a), errors: { '': { key: 'base.error.stale_form' } }, status: 422 })
    const back = redirect(`/rooms/contact/${room.id}?done=saved`)
    const { use, about, text } = parsed.value
    return once<Answer>(
      a,
      { command: parsed.command, content: { room: room.id, value: parsed.value }, record: room.id },
      {
        again: () => back,
        clash: () => show(a, room, { values: typedIn(a), errors: savedOnce, status: 409 }),
        fresh: async () => {
          // What it belongs to stands in this room, or it belongs to nothing.
          const to = (await roomTurns(a, room.id)).find(t => t.id === about)
          await addRoomTurn(a, room, { kind: use, said: { text, about: to?.id ?? null, message: to?.said?.message ?? null } })
          return { saved: back }
        },
      },
    )
  })
}

/** The desk's side: passing on what has come in, and asking whoever was asked in. Neither changes the contact. */
const registerPass = (o: Office): void => {
  const act = (name: 'pass-on' | 'ask', does: (a: Asked, room: RoomView, text: string) => Promise<unknown>, form: FormDef) => {
    const url = `/contacts/:contactId/${name}`
    o.get(url, 'contact:read', async a => redirect(`/contacts/${a.params.contactId}`))
    o.post(url, 'contact:write', async a => {
      const id = a.params.contactId as Id
      const back = redirect(`/contacts/${id}`)
      const file = await findContactFile(a, id, true)
      if (!file?.story) return hidden
      const parsed = parseForm(form, a.body)
      const room = await roomOfContact(a, id)
      // Nothing asked, or nobody there any more: the page says which.
      if (!parsed.ok || !parsed.command || !room) return back
      return once<Answer>(
        a,
        { command: parsed.command, content: { act: name, id, value: parsed.value }, record: id },
        {
          again: () => back,
          clash: () => back,
          fresh: async () => {
            await passOn(a, id)
            await does(a, room, 'ask' in parsed.value ? String(parsed.value.ask) : '')
            return { saved: back }
          },
        },
      )
    })
  }
  act('pass-on', async () => undefined, roomPassForm as unknown as FormDef)
  act(
    'ask',
    (a, room, text) => addRoomTurn(a, room, { kind: 'ask', said: { text, about: null, message: null } }),
    roomAskForm as unknown as FormDef,
  )
}

/** Rooms of whoever was asked into a conversation, on both sides. */
export const registerContactRoom = (o: Office): void => {
  registerGuest(o)
  registerPass(o)
}
