import type { ErrorRef, Fields, FormDef, FormValue, Groups } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { err, type Result } from '../base/result.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import type { Loaded } from './routes.page.ts'
import { decideInvite, type Interpreters } from './routes.room-invite.ts'
import { endInvite } from './rules.room.ts'
import {
  answer,
  assign,
  block,
  type ContactError,
  type ContactFile,
  close,
  explain,
  judge,
  note,
  read,
  remark,
  reopen,
  unblock,
} from './rules.ts'
import {
  answerForm,
  assignForm,
  blockForm,
  closeForm,
  explainForm,
  inviteForm,
  judgeForm,
  noteForm,
  readForm,
  remarkForm,
  reopenForm,
  suggestedForm,
  unblockForm,
  uninviteForm,
} from './schema.forms.ts'
import type { Channel, ContactEvent, MessageBody, Teller } from './schema.ts'
import { scriptLocale, sentence } from './store.desk-phrases.ts'
import { contactColleagues } from './store.list.ts'
import { roomOfContact, roomTurns } from './store.room.ts'
import { type Conversation, findConversation } from './store.ts'

/** What the contact asks those further right, which it does not know. */
export interface ContactSeams {
  /** May these words be sent to whoever wrote? Undefined: yes; otherwise why not. */
  readonly mayAnswer?: (
    a: Asked,
    contact: { readonly id: Id; readonly channel: Channel; readonly from: Teller | undefined },
    text: string,
  ) => Promise<ErrorRef | undefined>
  /** Interpreters for a language, with what speaks against each in view of what was said. None where nobody keeps a register. */
  readonly interpreters?: Interpreters
}

interface Decision {
  readonly event: ContactEvent
  /** A second event of the same command: the note that goes with a hand-over. */
  readonly next?: (after: ContactFile) => Result<ContactEvent, ContactError>
  readonly message?: {
    readonly id: Id
    readonly direction: 'in' | 'out'
    readonly body: MessageBody
    readonly to: Conversation | undefined
  }
}
/** One act of a contact: its form, and what it decides. */
export interface Act<F extends Fields, G extends Groups> {
  readonly form: FormDef<F, G>
  /** Only somebody who can read the words may act on them; for others the address does not exist. */
  readonly needsWords: boolean
  readonly done: 'saved' | 'sent'
  readonly decide: (
    a: Asked,
    file: ContactFile,
    value: FormValue<F, G>,
    with_: { readonly o: Office; readonly seams: ContactSeams },
  ) => Promise<Result<Decision, ContactError>> | Result<Decision, ContactError>
  /** What stands now where the form writes, by field. */
  readonly stands: (l: Loaded, t: T) => Readonly<Record<string, string>>
}
const act = <F extends Fields, G extends Groups>(a: Act<F, G>): Act<F, G> => a
const alone = (r: Result<ContactEvent, ContactError>): Result<Decision, ContactError> =>
  r.ok ? { ok: true, value: { event: r.value } } : r
const last = (l: Loaded, direction: 'in' | 'out'): string => l.messages.findLast(m => m.direction === direction)?.body?.text ?? ''

/** What may be done with a contact, by the last part of its address. */
export const acts = {
  read: act({ form: readForm, needsWords: true, done: 'saved', decide: (_a, f) => alone(read(f.contact)), stands: () => ({}) }),
  urgency: act({
    form: judgeForm,
    needsWords: true,
    done: 'saved',
    decide: (_a, f, v) => alone(judge(f, v.urgency, v.why)),
    stands: (l, t) => ({
      urgency: l.file.contact.urgency ? t(`contact.urgency.${l.file.contact.urgency}`) : '',
      why: l.file.story?.urgencyReason ?? '',
    }),
  }),
  assign: act({
    form: assignForm,
    needsWords: false,
    done: 'saved',
    decide: async (a, f, v) => {
      // Supervision holds no story key: its note goes under the summary, with the assignment itself.
      const given = assign(f.contact, v.to, await contactColleagues(a, f.contact.homeGroup), f.story ? '' : v.word)
      if (!given.ok || !v.word || !f.story) return alone(given)
      const { word } = v
      return { ok: true, value: { event: given.value, next: after => remark(after, word) } }
    },
    stands: l => ({ to: l.colleagues.find(c => c.value === l.file.contact.assignee)?.text ?? '' }),
  }),
  answer: act({
    form: answerForm,
    needsWords: true,
    done: 'sent',
    decide: async (a, f, v) => {
      const to = await findConversation(a, f.contact.id)
      const id = newId()
      const locale = scriptLocale(f.story?.language)
      const decided = answer(
        f.contact,
        id,
        to !== undefined,
        v.sentences.includes('secret') ? { language: locale, by: a.actor.id, at: a.now } : null,
      )
      if (!decided.ok) return decided
      const text = [...v.sentences.map(s => sentence(s, locale)), ...(v.text ? [v.text] : [])].join('\n\n')
      return { ok: true, value: { event: decided.value, message: { id, direction: 'out', body: { text, language: locale }, to } } }
    },
    stands: l => ({ text: last(l, 'out') }),
  }),
  note: act({
    form: noteForm,
    needsWords: true,
    done: 'saved',
    decide: async (a, f, v) => {
      const id = newId()
      const decided = note(f.contact, id, (await findConversation(a, f.contact.id)) !== undefined)
      return decided.ok
        ? { ok: true, value: { event: decided.value, message: { id, direction: 'in', body: { text: v.more }, to: undefined } } }
        : decided
    },
    stands: l => ({ more: last(l, 'in') }),
  }),
  explained: act({
    form: explainForm,
    needsWords: true,
    done: 'saved',
    decide: (a, f, v) => alone(explain(f.contact, v.spoken, a.actor.id, a.now)),
    stands: (l, t) => ({ spoken: l.file.story?.explained.map(e => t(`contact.language.${e.language}`)).join(', ') ?? '' }),
  }),
  close: act({
    form: closeForm,
    needsWords: false,
    done: 'saved',
    decide: (a, f, v) => alone(close(f.contact, v.outcome, v.closing ?? '', a.now)),
    stands: (l, t) => ({
      outcome: l.file.course.closing ? t(`contact.reason.${l.file.course.closing.reason}`) : t(`contact.state.${l.file.contact.state}`),
      closing: l.file.course.closing?.note ?? '',
    }),
  }),
  remark: act({
    form: remarkForm,
    needsWords: true,
    done: 'saved',
    decide: (_a, f, v) => alone(remark(f, v.remark)),
    stands: () => ({}),
  }),
  block: act({
    form: blockForm,
    needsWords: false,
    done: 'saved',
    decide: (a, f, v) => alone(block(f.contact, Number(v.days), v.blockWhy, a.now)),
    stands: l => ({ days: l.file.contact.blockedUntil ?? '' }),
  }),
  unblock: act({ form: unblockForm, needsWords: false, done: 'saved', decide: (_a, f) => alone(unblock(f.contact)), stands: () => ({}) }),
  invite: act({
    form: inviteForm,
    needsWords: true,
    done: 'saved',
    decide: async (a, f, v, { o, seams }) => alone(await decideInvite(o, a, f, v, seams.interpreters)),
    stands: () => ({}),
  }),
  uninvite: act({
    form: uninviteForm,
    needsWords: false,
    done: 'saved',
    decide: async (a, f) => alone(endInvite((await roomOfContact(a, f.contact.id)) !== undefined)),
    stands: () => ({}),
  }),
  suggested: act({
    form: suggestedForm,
    needsWords: true,
    done: 'sent',
    decide: async (a, f, v) => {
      const [room, to] = await Promise.all([roomOfContact(a, f.contact.id), findConversation(a, f.contact.id)])
      if (!room) return err('no_room')
      const turn = (await roomTurns(a, room.id)).find(t => t.id === v.turn && t.kind === 'answer')
      if (!turn?.said) return err('no_turn')
      const id = newId()
      const decided = answer(f.contact, id, to !== undefined, null)
      if (!decided.ok) return decided
      const language = f.story?.language
      const body: MessageBody = {
        text: turn.said.text,
        ...(language && language !== 'not_asked' ? { language } : {}),
        ...(room.room.as === 'interpreter' ? { interpretedBy: room.room.alias } : {}),
      }
      return { ok: true, value: { event: decided.value, message: { id, direction: 'out', body, to } } }
    },
    stands: l => ({ turn: last(l, 'out') }),
  }),
  reopen: act({
    form: reopenForm,
    needsWords: false,
    done: 'saved',
    decide: (_a, f, v) => alone(reopen(f.contact, v.again)),
    stands: (l, t) => ({ again: t(`contact.state.${l.file.contact.state}`) }),
  }),
} as const
