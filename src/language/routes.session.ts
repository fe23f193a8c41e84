import { directory } from '../access/store.directory.ts'
import type { Values } from '../base/form.ts'
import { err, ok } from '../base/result.ts'
import { caseCommand } from '../case/routes.command.ts'
import { addNote } from '../case/rules.ts'
import type { CaseRow } from '../case/schema.ts'
import { findCase, saveCaseEvent } from '../case/store.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { cancelSession, closeSession, openSession, roomUntil } from './rules.ts'
import { cancelForm, closeForm, openForm, questionForm, takeForm } from './schema.forms.ts'
import { type LanguageEvent, noteKindOf, noteLanguageOf } from './schema.ts'
import { sessionScreen } from './screens.room.tsx'
import { beforeClosing, beforeOpening } from './screens.tsx'
import { addTurn, closeRoomOf, findRoom, openRoomOf, turnsOf } from './store.room.ts'
import { findSession, type Session, saveLanguageEvent } from './store.ts'

const at = 'sessions/:sessionId'
const own = { permit: 'language:book', errors: 'language.error', versioned: false } as const
/** The session of the address, on this case and open to this person; without the story there is nothing to work with. */
const session = (a: Asked, c: Pick<CaseRow, 'id'>, lock = false) => findSession(a, c.id, a.params.sessionId!, lock)
const exists = async (a: Asked, c: CaseRow) => (await session(a, c))?.booking !== undefined
const to = (c: CaseRow, a: Asked) => `/cases/${c.id}/sessions/${a.params.sessionId}?done=saved`
const locked = async (a: Asked, c: CaseRow): Promise<Session & { booking: NonNullable<Session['booking']> }> => {
  const s = await session(a, c, true)
  if (!s?.booking) throw new Error('the session was there a moment ago')
  return { ...s, booking: s.booking }
}

/** The worker's side of a session: opening the room, asking, taking over what was said, closing. */
export const registerSession = (o: Office): void => {
  o.get(`/cases/:caseId/${at}`, 'language:book', async a => {
    const id = a.params.caseId!
    const [c, s, room, turns] = await Promise.all([
      findCase(a, id),
      session(a, { id }),
      findRoom(a, a.params.sessionId!),
      turnsOf(a, a.params.sessionId!),
    ])
    if (!c || !s?.booking) return hidden
    a.saw('language.session', [c.id, s.id])
    return page({
      title: a.t('language.session.title'),
      nav: 'cases',
      // No number: the screen may be turned to whoever interprets.
      breadcrumbs: [{ text: a.t('language.sessions.title'), href: `/cases/${c.id}/interpreters` }],
      body: sessionScreen(
        {
          at: a.to(`/cases/${c.id}/sessions/${s.id}`),
          back: a.to(`/cases/${c.id}/interpreters`),
          session: s,
          booking: s.booking,
          room: s.state === 'live' ? room : undefined,
          over: room !== undefined && room.until <= a.now,
          turns,
          command: newId(),
          timeZone: a.session.timeZone,
        },
        a.t,
      ),
    })
  })
  caseCommand(o, {
    ...own,
    path: `${at}/open`,
    form: openForm,
    words: 'language.open',
    exists,
    above: async (a, c) => {
      const s = await session(a, c)
      return s?.booking ? beforeOpening({ booking: s.booking, account: s.booking.account !== null }, a.t) : null
    },
    decide: async (a, c) => {
      const s = await locked(a, c)
      const decided = openSession(c, s, s.booking.alias, a.now)
      if (!decided.ok) return decided
      const account = s.booking.account
      const who = account ? (await directory(a, o.deps.keys.service, a.lang)).people.find(p => p.id === account) : undefined
      if (account && !who?.publicX) return err('no_account')
      const { language, way, childAlias, day, time } = s.booking
      const opened = await openRoomOf(
        a,
        s,
        { language, way, childAlias, day, time },
        who?.publicX ? { user: who.id, publicX: who.publicX } : undefined,
        roomUntil(a.now),
      )
      return opened === 'ok' ? decided : err(opened)
    },
    save: async (a, c, e: LanguageEvent, command) => saveLanguageEvent(a, c, await locked(a, c), e, command),
    to,
  })
  caseCommand(o, {
    ...own,
    path: `${at}/cancel`,
    form: cancelForm,
    words: 'language.cancel',
    exists,
    decide: async (a, c, v) => cancelSession(await locked(a, c), v.reason),
    save: async (a, c, e: LanguageEvent, command) => saveLanguageEvent(a, c, await locked(a, c), e, command),
    to: c => `/cases/${c.id}/interpreters?done=saved`,
  })
  caseCommand(o, {
    ...own,
    path: `${at}/ask`,
    form: questionForm,
    words: 'language.ask',
    exists,
    decide: async (a, c, v) => {
      if (c.state === 'closed') return err('closed')
      if ((await locked(a, c)).state !== 'live') return err('not_live')
      const room = await findRoom(a, a.params.sessionId!)
      if (!room) return err('no_key')
      return room.until <= a.now ? err('room_over') : ok({ room, text: v.text })
    },
    save: (a, _, e) => addTurn(a, e.room, { kind: 'question', text: e.text, checkWanted: false }),
    to: (c, a) => `/cases/${c.id}/sessions/${a.params.sessionId}#ask`,
  })
  registerEnd(o)
}

/** The log as the worker takes it over: who interpreted is named by alias in the note itself. */
const asNote = async (a: Asked, s: Session): Promise<string> => {
  const turns = await turnsOf(a, s.id)
  const b = s.booking
  const head = b
    ? a.t('language.take.head', { alias: b.alias, kind: a.t(`language.kind.${b.kind}`), language: a.t(`language.spoken.${b.language}`) })
    : ''
  return [
    head,
    ...turns.map(t => `${a.t(`language.turn.${t.kind}`)}: ${t.text ?? '—'}${t.checkWanted ? ` [${a.t('language.turn.check')}]` : ''}`),
  ].join('\n')
}

const registerEnd = (o: Office): void => {
  caseCommand(o, {
    ...own,
    path: `${at}/take`,
    form: takeForm,
    words: 'language.take',
    exists,
    initial: async (a, c): Promise<Values> => {
      const s = await session(a, c)
      return s ? { text: await asNote(a, s) } : {}
    },
    decide: async (a, c, v, times) => {
      const s = await locked(a, c)
      if (s.state !== 'live') return err('not_live')
      return addNote(
        c,
        {
          text: v.text,
          source: 'child',
          language: noteLanguageOf(s.booking.language),
          interpreter: noteKindOf[s.booking.kind],
          confidence: 'not_assessed',
          happened: '',
          learned: times.today,
          paperBy: '',
        },
        times,
      )
    },
    save: (a, c, e, command) => saveCaseEvent(a, c, e, command, 'story'),
    to,
  })
  caseCommand(o, {
    ...own,
    path: `${at}/close`,
    form: closeForm,
    words: 'language.close',
    exists,
    above: async (a, c) => {
      const s = await session(a, c)
      return s ? beforeClosing({ turns: (await turnsOf(a, s.id)).length, take: a.to(`/cases/${c.id}/sessions/${s.id}/take`) }, a.t) : null
    },
    decide: async (a, c) => {
      const s = await locked(a, c)
      return closeSession(s, s.booking.alias, await turnsOf(a, s.id))
    },
    save: async (a, c, e: LanguageEvent, command) => {
      const s = await locked(a, c)
      await closeRoomOf(a, s.id)
      await saveLanguageEvent(a, c, s, e, command)
    },
    to,
  })
}
