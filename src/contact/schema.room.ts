import { z } from 'zod'
import { defineForm, type ErrorRef } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'
import { contactLanguages, invitedAs } from './schema.ts'

/** What stands in the room: passed on from the sender (`in`) or from us (`out`), asked by the desk, and from the invited what it means or what to answer. */
export const turnKinds = ['in', 'out', 'ask', 'meaning', 'answer'] as const
export type TurnKind = (typeof turnKinds)[number]

/** What the invited may know of the conversation: its language, and what they are called in it. No name, no place, nothing from before. Schema 1, key of the room. */
export const ContactRoom = z.strictObject({ as: z.enum(invitedAs), alias: z.string(), language: z.enum(contactLanguages) })
export type ContactRoom = z.infer<typeof ContactRoom>
export const contactRoomSchema = 1
export const openContactRoom = reader('contact room', contactRoomSchema, ContactRoom)

/** `about`: the turn that a meaning belongs to. `message`: which message was passed on. Schema 1, key of the room. */
export const ContactTurn = z.strictObject({ text: z.string(), about: z.uuidv4().nullable(), message: z.uuidv4().nullable() })
export type ContactTurn = z.infer<typeof ContactTurn>
export const contactTurnSchema = 1
export const openContactTurn = reader('contact room turn', contactTurnSchema, ContactTurn)

export interface RoomTurn {
  readonly id: Id
  readonly seq: number
  readonly kind: TurnKind
  readonly at: Stamp
  /** Undefined where it does not open. */
  readonly said: ContactTurn | undefined
}
export interface RoomView {
  readonly id: Id
  readonly contactId: Id
  readonly homeGroup: Id
  readonly invited: Id
  readonly openedAt: Stamp
  readonly until: Stamp
  /** The number of the last message that was passed on. */
  readonly passedSeq: number
  readonly room: ContactRoom
}

/** Somebody of the register of interpreters who has an account, with what must be read before they are asked in. */
export interface InterpreterChoice {
  readonly account: Id
  readonly alias: string
  /** Sentences in the reader's language; empty where nothing speaks against it. */
  readonly warnings: readonly ErrorRef[]
}

/** What the contact's page shows of an invitation. */
export interface InvitationView {
  readonly room: RoomView | undefined
  readonly turns: readonly RoomTurn[]
  /** How many messages wait to be passed on. */
  readonly waiting: number
  readonly guests: readonly {
    readonly id: Id
    readonly as: (typeof invitedAs)[number]
    readonly alias: string
    readonly warnings: InterpreterChoice['warnings']
  }[]
  /** Commands of the two forms that are no act of the contact. */
  readonly commands: { readonly ask: Id; readonly pass: Id }
}

/** What the invited writes. */
export const roomSayForm = defineForm({
  fields: {
    use: {
      kind: 'radios',
      schema: z.enum(['meaning', 'answer']),
      label: 'contact-room.form.use',
      options: (['meaning', 'answer'] as const).map(value => ({ value, label: `contact-room.use.${value}` })),
    },
    about: { kind: 'select', schema: z.uuidv4(), label: 'contact-room.form.about', optional: true },
    text: { kind: 'textarea', schema: z.string().max(4000), label: 'contact-room.form.text', rows: 4 },
  },
})
/** What the desk asks the invited. */
export const roomAskForm = defineForm({
  fields: {
    ask: { kind: 'textarea', schema: z.string().max(4000), label: 'contact-room.form.ask', hint: 'contact-room.form.askHint', rows: 2 },
  },
})
export const roomPassForm = defineForm({ fields: {} })
