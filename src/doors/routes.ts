import { directory } from '../access/store.directory.ts'
import { codeOf } from '../base/codes.ts'
import { type Id, isId } from '../base/id.ts'
import { err, type Result } from '../base/result.ts'
import { dayOf } from '../base/time.ts'
import { fileErrorsOf, receiveFile, sentCommand } from '../person/routes.files.acts.ts'
import { once } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { uploadOf, withUploads } from '../platform/files.upload.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { contactOf, crumbs, doorForm, type OfContact } from './routes.form.ts'
import { needsNone, noteLetter, replyLetter, takeAway } from './rules.ts'
import { type DoorEvent, type LetterRow, letterForm, mostActFiles, noneForm, replyForm, takeForm } from './schema.ts'
import { AttachForm, actScreen, letterScreen, lettersScreen } from './screens.tsx'
import { actContent, actFiles, attachAct, letterOf, type SeenLetter, saveLetterEvent, takeActAway, waitingLetters } from './store.ts'

const writable = (l: SeenLetter | undefined): LetterRow | undefined => (l?.letter ? { ...l, letter: l.letter } : undefined)
const today = (a: Asked) => dayOf(a.now, a.session.timeZone)

/** The act of handover of somebody who was brought: printed for two signatures, photographed, attached. */
const brought = async (a: Asked, lock = false): Promise<OfContact | undefined> => {
  const c = await contactOf(a, lock)
  return c?.contact.channel === 'walk_in' ? c : undefined
}
const registerAct = (o: Office): void => {
  const show = async (a: Asked, c: OfContact, error?: string): Promise<Answer> => {
    const [d, files] = await Promise.all([directory(a, o.deps.keys.service, a.lang), actFiles(a, c.contact.id)])
    a.saw('door.act', [c.contact.id])
    const at = (p: string) => a.to(`/contacts/${c.contact.id}/${p}`)
    return page({
      title: a.t('doors.act.title'),
      nav: 'contacts',
      status: error ? 422 : 200,
      breadcrumbs: crumbs(a, c.contact.id),
      print: codeOf('K', c.contact.id),
      body: actScreen(
        {
          code: codeOf('K', c.contact.id),
          came: c.contact.received,
          timeZone: a.session.timeZone,
          cameWith: c.story.cameWith,
          answers: c.story.answers,
          team: d.team(c.contact.homeGroup),
          files: files.map(f => ({
            href: at(`act/${f.id}`),
            take: c.contact.state === 'converted' || c.contact.state === 'closed' ? undefined : at(`act/${f.id}/away`),
            type: f.type,
            at: f.at,
            by: d.alias(f.by),
          })),
          attach: AttachForm({ action: at('act'), command: newId(), error, t: a.t }),
          back: a.to(`/contacts/${c.contact.id}`),
        },
        a.t,
      ),
    })
  }
  o.get('/contacts/:contactId/act', 'door:use', async a => {
    const c = await brought(a)
    return c ? show(a, c) : hidden
  })
  o.get('/contacts/:contactId/act/:fileId', 'door:use', async a => {
    const c = await brought(a)
    const file = c && isId(a.params.fileId) ? (await actFiles(a, c.contact.id)).find(f => f.id === a.params.fileId) : undefined
    if (!c || !file) return hidden
    try {
      const body = await actContent(a, c.contact.id, file.id)
      a.saw('door.act', [c.contact.id])
      const type = file.type === 'pdf' ? 'application/pdf' : `image/${file.type}`
      // A PDF is as its maker made it, so it is never shown in a page of ours.
      return { kind: 'bytes', type, body, ...(file.type === 'pdf' ? { filename: 'act.pdf' } : {}) }
    } catch (e) {
      if (e instanceof SealError) return hidden
      throw e
    }
  })
  doorForm(o, {
    path: 'act/:fileId/away',
    form: takeForm,
    words: 'doors.away',
    // Gone, or of a contact that is a case by now: no such page. A file has no versions.
    version: async (a, c) => {
      const files = c.contact.channel === 'walk_in' ? await actFiles(a, c.contact.id) : []
      return takeAway(c.contact, files, { fileId: a.params.fileId as Id, reason: 'x' }).ok ? 1 : undefined
    },
    decide: async (a, c, v) => takeAway(c.contact, await actFiles(a, c.contact.id), { fileId: a.params.fileId as Id, reason: v.reason }),
    save: (a, c, e, command) => takeActAway(a, c.contact, e, command),
    to: id => `/contacts/${id}/act?done=saved`,
  })
  withUploads(o, inner => {
    inner.post('/contacts/:contactId/act', 'door:use', async a => {
      const c = await brought(a)
      if (!c) return hidden
      const sent = await receiveFile(uploadOf(a.body), 'paper')
      if (!sent.ok) return show(a, c, Object.values(fileErrorsOf(sent.error))[0]!.key)
      const { bytes, type, digest } = sent.value
      const command = (sentCommand(a).command as Id | undefined) ?? newId()
      const done = redirect(`/contacts/${c.contact.id}/act?done=saved`)
      return once<Answer>(
        a,
        { command, content: { at: 'act', id: c.contact.id, digest }, record: c.contact.id },
        {
          again: () => done,
          clash: () => show(a, c, 'base.error.stale_form'),
          fresh: async () => {
            const now = await brought(a, true)
            if (!now) return { refused: hidden }
            if ((await actFiles(a, now.contact.id)).length >= mostActFiles) return { refused: await show(a, now, 'doors.error.too_many') }
            await attachAct(a, now.contact, { id: newId(), type, size: bytes.length, by: a.actor.id, at: a.now }, bytes, command)
            bytes.fill(0)
            return { saved: done }
          },
        },
      )
    })
  })
}

/** What another body sent or asked: written down, answered, and found by its day. */
const registerLetters = (o: Office): void => {
  const letter = async (a: Asked, c: OfContact, lock = false) => writable(await letterOf(a, c.contact.id, lock))
  const save = async (a: Asked, c: OfContact, e: DoorEvent, command: Id) => saveLetterEvent(a, c.contact, await letter(a, c), e, command)
  const onPaper = (c: OfContact) => c.contact.channel === 'letter' || c.contact.channel === 'call'
  const common = { save, to: (id: Id) => `/contacts/${id}/letter?done=saved` }
  const waits = async (a: Asked, c: OfContact, lock: boolean) => {
    const l = await letter(a, c, lock)
    return l?.state === 'waiting' ? l.version : undefined
  }
  doorForm(o, {
    ...common,
    path: 'letter/note',
    form: letterForm,
    words: 'doors.note',
    version: async (a, c, lock) => {
      const l = await letterOf(a, c.contact.id, lock)
      return !onPaper(c) || (l && (l.state !== 'waiting' || !l.letter)) ? undefined : (l?.version ?? 0)
    },
    initial: async (a, c) => {
      const l = await letter(a, c)
      return l ? { body: l.letter.body, number: l.letter.number, dated: l.letter.dated, asks: l.letter.asks, due: l.due ?? '' } : {}
    },
    decide: async (a, c, v) =>
      noteLetter(await letter(a, c), {
        letterId: newId(),
        body: v.body,
        number: v.number ?? '',
        dated: v.dated ?? '',
        asks: v.asks ?? '',
        due: v.due ?? null,
      }),
  })
  doorForm(o, {
    ...common,
    path: 'letter/answer',
    form: replyForm,
    words: 'doors.answer',
    version: waits,
    decide: async (a, c, v) =>
      replyLetter(await letter(a, c), { ours: v.ours ?? '', sent: v.sent ?? today(a), way: v.way, text: v.text }, today(a)),
  })
  doorForm(o, {
    ...common,
    path: 'letter/none',
    form: noneForm,
    words: 'doors.none',
    version: waits,
    decide: async (a, c, v): Promise<Result<DoorEvent, string>> =>
      v.reason.trim() ? needsNone(await letter(a, c), v.reason.trim()) : err('no_reason'),
  })
  o.get('/contacts/:contactId/letter', 'door:use', async a => {
    const c = await contactOf(a)
    if (!c || !onPaper(c)) return hidden
    const row = await letterOf(a, c.contact.id)
    if (!row) return redirect(`/contacts/${c.contact.id}/letter/note`)
    const d = await directory(a, o.deps.keys.service, a.lang)
    a.saw('door.letter', [c.contact.id])
    return page({
      title: a.t('doors.letter.title'),
      nav: 'contacts',
      breadcrumbs: crumbs(a, c.contact.id),
      print: codeOf('K', c.contact.id),
      body: letterScreen(
        {
          row,
          team: d.team(c.contact.homeGroup),
          code: codeOf('K', c.contact.id),
          at: p => a.to(`/contacts/${c.contact.id}/letter/${p}`),
          back: a.to(`/contacts/${c.contact.id}`),
        },
        a.t,
      ),
    })
  })
  o.get('/letters', 'letter:list', async a => {
    const groups = [...new Set([...a.actor.groups, ...a.actor.desk])]
    const { rows } = await waitingLetters(a, { groups, direct: a.actor.direct })
    a.saw(
      'door.letters',
      rows.map(r => r.contactId),
    )
    return page({
      title: a.t('doors.list.title'),
      nav: 'contacts',
      breadcrumbs: [{ text: a.t('contact.inbox.title'), href: '/contacts' }],
      wide: true,
      body: lettersScreen({ rows, today: today(a), to: a.to }, a.t),
    })
  })
}

/** Doors on paper: the act of handover, and letters and calls of other bodies. */
export const registerDoors = (o: Office): void => {
  registerAct(o)
  registerLetters(o)
}
