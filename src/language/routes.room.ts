import { type Errors, parseForm, type Values } from '../base/form.ts'
import type { Locale } from '../base/i18n.ts'
import { typedIn } from '../case/routes.command.ts'
import { roomsOfMine } from '../contact/store.room.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { wordsFor } from '../platform/words.ts'
import { renderingForm } from './schema.forms.ts'
import type { SpokenLanguage } from './schema.ts'
import { noRoomScreen, roomScreen } from './screens.room.tsx'
import { addTurn, type RoomView, roomsFor, turnsOf } from './store.room.ts'

/** The interpreter's own language beside the office's, where we have words in it. */
const secondLanguage = (l: SpokenLanguage): Locale | undefined => (l === 'uz' || l === 'ky' || l === 'tg' || l === 'fr' ? l : undefined)

/** The interpreter's side: the one session that is open now. No case, no name, no place, no earlier session, and nothing after it closes. */
export const registerRoom = (o: Office): void => {
  const mine = async (a: Asked): Promise<RoomView | undefined> =>
    // By the office's clock too: the database refuses by its own.
    (await roomsFor(a, a.session.direct)).find(r => r.id === a.params.sessionId && r.until > a.now)
  const show = async (
    a: Asked,
    room: RoomView,
    v: { values?: Values; errors?: Errors; status?: number; command?: string },
  ): Promise<Answer> => {
    const turns = await turnsOf(a, room.id)
    a.saw('language.room', [room.id])
    const second = secondLanguage(room.room.language)
    return page({
      title: a.t('language.room.title'),
      nav: 'sessions',
      status: v.status ?? 200,
      body: roomScreen(
        {
          room,
          turns,
          at: a.to(`/sessions/${room.id}`),
          command: v.command ?? newId(),
          values: v.values,
          errors: v.errors,
          timeZone: a.session.timeZone,
          second: second && wordsFor(second),
        },
        a.t,
      ),
    })
  }
  o.get('/sessions', 'language:room', async a => {
    const [room] = (await roomsFor(a, a.session.direct)).filter(r => r.until > a.now)
    // Asked into a conversation of the duty desk: its page is elsewhere, and there is never a second room.
    const [asked] = room ? [] : await roomsOfMine(a)
    if (asked) return redirect(`/rooms/contact/${asked.id}`)
    return room
      ? redirect(`/sessions/${room.id}`)
      : page({ title: a.t('language.room.none'), nav: 'sessions', body: noRoomScreen(a.to('/sessions'), a.t) })
  })
  o.get('/sessions/:sessionId', 'language:room', async a => {
    const room = await mine(a)
    return room ? show(a, room, {}) : hidden
  })
  o.post('/sessions/:sessionId', 'language:room', async a => {
    const room = await mine(a)
    if (!room) return hidden
    const parsed = parseForm(renderingForm, a.body)
    if (!parsed.ok) return show(a, room, { values: parsed.values, errors: parsed.errors, status: 422 })
    const back = redirect(`/sessions/${room.id}#log`)
    return once<Answer>(
      a,
      { command: parsed.command ?? newId(), content: { at: room.id, value: parsed.value }, record: room.id },
      {
        fresh: async () => {
          await addTurn(a, room, { kind: 'rendering', text: parsed.value.text, checkWanted: parsed.value.check.length > 0 })
          return { saved: back }
        },
        again: () => back,
        clash: () => show(a, room, { values: typedIn(a), errors: savedOnce, status: 409 }),
      },
    )
  })
}
