import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day, Stamp } from '../base/time.ts'

export const interpreterKinds = ['professional', 'diaspora', 'volunteer', 'remote', 'worker', 'relative', 'other_child'] as const
export type InterpreterKind = (typeof interpreterKinds)[number]
/** What children who come to us speak, and what is found to interpret into; `other` is said in the dialect's field. */
export const spokenLanguages = [
  'ru',
  'en',
  'uz',
  'ky',
  'tg',
  'fr',
  'kk',
  'tk',
  'az',
  'hy',
  'ka',
  'uk',
  'ro',
  'rom',
  'prs',
  'ps',
  'ar',
  'tr',
  'zh',
  'vi',
  'hi',
  'bn',
  'sw',
  'ln',
  'ha',
  'yo',
  'ig',
  'sign',
  'other',
] as const
export type SpokenLanguage = (typeof spokenLanguages)[number]
export const directions = ['both', 'from', 'into'] as const
export const levels = ['native', 'good', 'some'] as const
export const sexes = ['female', 'male', 'not_asked'] as const
export const sexesWanted = ['any', 'female', 'male', 'not_asked'] as const
export const ways = ['in_person', 'video', 'telephone'] as const
export type Way = (typeof ways)[number]
export const decisions = ['book', 'anyway', 'refuse'] as const

const line = z.string().max(200)
const text = z.string().max(1000)
const day = z.iso.date()

export const Place = z.strictObject({ country: line, region: line, place: line })
export type Place = z.infer<typeof Place>
/** An entry of the register. Every field of ties may be empty: not asked yet is an answer, and it warns. */
export const Interpreter = z.strictObject({
  alias: line,
  kind: z.enum(interpreterKinds),
  languages: z.array(
    z.strictObject({ language: z.enum(spokenLanguages), dialect: line, direction: z.enum(directions), level: z.enum(levels) }),
  ),
  sex: z.enum(sexes),
  remote: z.boolean(),
  contact: text,
  places: z.array(Place),
  community: text,
  kin: text,
  employers: text,
  signed: day.nullable(),
  until: day.nullable(),
  note: text,
})
export type Interpreter = z.infer<typeof Interpreter>
export const interpreterSchema = 1
export const openInterpreter = reader('interpreter', interpreterSchema, Interpreter)
/** A row of the register, opened. */
export interface RegisterEntry extends Interpreter {
  readonly id: Id
  readonly account: Id | null
  readonly state: 'active' | 'paused'
  readonly version: number
}

export const warningCodes = [
  'kin_child',
  'kin_recruiter',
  'place_child',
  'place_recruiter',
  'community_child',
  'community_recruiter',
  'other_child',
  'relative',
  'no_undertaking',
  'ties_not_asked',
  'sex_not_wanted',
  'language_not_listed',
] as const
export type WarningCode = (typeof warningCodes)[number]
export const Warning = z.strictObject({ code: z.enum(warningCodes), words: z.array(z.string()) })
export type Warning = z.infer<typeof Warning>

/** What was decided of an interpreter for one session; sealed under the story of the case, because it says who knows whom. */
export const Booking = z.strictObject({
  interpreter: z.string(),
  alias: line,
  kind: z.enum(interpreterKinds),
  account: z.string().nullable(),
  day,
  time: z.string().max(5),
  language: z.enum(spokenLanguages),
  way: z.enum(ways),
  purpose: line,
  childAlias: line,
  childPlace: line,
  childCommunity: line,
  recruiterPlace: line,
  recruiterWords: line,
  sexWanted: z.enum(sexesWanted),
  warnings: z.array(Warning),
  reason: text,
})
export type Booking = z.infer<typeof Booking>
export const bookingSchema = 1
export const openBooking = reader('booking', bookingSchema, Booking)

/** What the interpreter sees of the session: nothing that leads to a child. Sealed under the room's own key. */
export const Room = z.strictObject({ language: z.enum(spokenLanguages), way: z.enum(ways), childAlias: line, day, time: z.string().max(5) })
export type Room = z.infer<typeof Room>
export const roomSchema = 1
export const openRoom = reader('session room', roomSchema, Room)
export const Turn = z.strictObject({ text: z.string().max(8000) })
export type Turn = z.infer<typeof Turn>
export const turnSchema = 1
export const openTurn = reader('session turn', turnSchema, Turn)
export const turnKinds = ['question', 'rendering'] as const
export interface TurnView {
  readonly id: Id
  readonly seq: number
  readonly kind: (typeof turnKinds)[number]
  readonly at: Stamp
  readonly checkWanted: boolean
  /** Undefined where it does not open. */
  readonly text: string | undefined
}

export const sessionStates = ['booked', 'live', 'closed', 'cancelled', 'refused'] as const
export type SessionState = (typeof sessionStates)[number]
/** A session in plain columns. */
export interface SessionRow {
  readonly id: Id
  readonly caseId: Id
  readonly homeGroup: Id
  readonly day: Day
  readonly state: SessionState
  readonly bookedBy: Id
  readonly warnings: number
  readonly version: number
}

const id = z.string()
/** Sealed under the story of the case. */
export const languageEventData = {
  interpreter_booked: z.strictObject({ sessionId: id, by: id, booking: Booking }),
  interpreter_refused: z.strictObject({ sessionId: id, by: id, booking: Booking }),
  interpreter_session_opened: z.strictObject({ sessionId: id, alias: line, until: z.string() }),
  interpreter_session_closed: z.strictObject({ sessionId: id, alias: line, turns: z.number().int(), checks: z.number().int() }),
  interpreter_session_cancelled: z.strictObject({ sessionId: id, reason: text }),
} as const
type Data = typeof languageEventData
export type LanguageEvent = { [K in keyof Data]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[keyof Data]
export const languageEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(languageEventData).map(([type, data]) => [type, reader(`language event ${type}`, languageEventSchema, data)]),
) as unknown as Readonly<Record<keyof Data, Reader<object>>>
export const isLanguageEvent = (type: string): type is keyof Data => Object.hasOwn(languageEventData, type)
/** An event of this capability from its type and its sealed part. */
export const openLanguageEvent = (type: string, o: Opened): LanguageEvent => {
  if (!isLanguageEvent(type)) throw new Error('not an event of language')
  return { type, ...readers[type](o) } as LanguageEvent
}

/** The case's note knows fewer kinds: a volunteer stands with the diaspora, the less trusted of the two; who they were is in the words of the note. */
export const noteKindOf = {
  professional: 'professional',
  remote: 'professional',
  diaspora: 'diaspora',
  volunteer: 'diaspora',
  worker: 'worker',
  relative: 'relative',
  other_child: 'other_child',
} as const satisfies Record<InterpreterKind, string>
export const noteLanguageOf = (l: SpokenLanguage): 'ru' | 'en' | 'uz' | 'ky' | 'tg' | 'fr' | 'other' =>
  l === 'ru' || l === 'en' || l === 'uz' || l === 'ky' || l === 'tg' || l === 'fr' ? l : 'other'
