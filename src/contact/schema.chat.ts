import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { locales } from '../base/i18n.ts'
import { reader } from '../base/sealed.ts'
import { formId, formSeed, messageText, safeNow } from './schema.public.ts'

/* The help chat: what is asked before the first message. All of it may be skipped but the message. */

export const chatAges = ['to7', 'to11', 'to14', 'to17', 'adult', 'skip'] as const
export const chatAbouts = ['home', 'work', 'online', 'taken', 'other', 'skip'] as const
export const chatWith = ['woman', 'man', 'any'] as const
/** The questions of the chat as they stand in the story's answers, in the order in which staff read them. */
export const chatAnswers = ['age', 'about', 'talkTo'] as const
export type ChatAnswer = (typeof chatAnswers)[number]

const k = (key: string) => `chat.${key}`
const invalid = 'contact-public.error.choice'
const hidden = 'contact-public.error.formOld'
const options = (of: string, list: readonly string[]) => list.map(value => ({ value, label: k(`${of}.${value}`) }))

export const Chat = z.strictObject({
  safeNow: z.enum(safeNow, invalid).default('not_asked'),
  age: z.enum(chatAges, invalid).default('skip'),
  about: z.enum(chatAbouts, invalid).default('skip'),
  talkTo: z.enum(chatWith, invalid).default('any'),
  text: messageText,
  submission: formId,
  seed: formSeed,
  language: z.enum(locales, hidden),
})
export type Chat = z.infer<typeof Chat>
/** What goes into the story: what was skipped is not there. */
export const answersOf = (c: Pick<Chat, ChatAnswer>): Record<string, string> =>
  Object.fromEntries(chatAnswers.map(a => [a, c[a]] as const).filter(([, v]) => v !== 'skip' && v !== 'any'))

export const chatForm = defineForm({
  fields: {
    safeNow: {
      kind: 'radios',
      schema: z.enum(safeNow),
      label: 'contact-public.report.safeNow',
      hint: 'contact-public.report.safeNowHint',
      optional: true,
      inline: true,
      errors: { invalid },
      options: [
        { value: 'yes', label: 'contact-public.report.safeYes' },
        { value: 'no', label: 'contact-public.report.safeNo' },
        { value: 'unsure', label: 'contact-public.report.safeUnsure' },
        { value: 'not_asked', label: 'contact-public.report.skip' },
      ],
    },
    about: {
      kind: 'radios',
      schema: z.enum(chatAbouts),
      label: k('about.ask'),
      optional: true,
      errors: { invalid },
      options: options('about', chatAbouts),
    },
    age: {
      kind: 'radios',
      schema: z.enum(chatAges),
      label: k('age.ask'),
      optional: true,
      inline: true,
      errors: { invalid },
      options: options('age', chatAges),
    },
    talkTo: {
      kind: 'radios',
      schema: z.enum(chatWith),
      label: k('talkTo.ask'),
      optional: true,
      inline: true,
      errors: { invalid },
      options: options('talkTo', chatWith),
    },
    text: {
      kind: 'textarea',
      schema: messageText,
      label: k('first.ask'),
      hint: k('first.hint'),
      rows: 4,
      autocomplete: 'off',
      errors: { required: 'contact-public.error.textMissing' },
    },
    submission: { kind: 'hidden', schema: formId, label: hidden, errors: { required: hidden } },
    seed: { kind: 'hidden', schema: formSeed, label: hidden, errors: { required: hidden } },
    language: { kind: 'hidden', schema: z.enum(locales, hidden), label: hidden, errors: { required: hidden } },
  },
})

// ---------------------------------------------------------------- what a device sends
/** Bytes in base64; how many there are is looked at here, what they are by whoever opens them. */
const base64 = (min: number, max: number) =>
  z
    .string()
    .max(Math.ceil(max / 3) * 4 + 4)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
    .refine(s => {
      const n = (s.length / 4) * 3 - (s.endsWith('==') ? 2 : s.endsWith('=') ? 1 : 0)
      return n >= min && n <= max
    })
const id = formId
const locator = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
/** Sealed values of one message; 4,000 letters of four bytes, and the padding. */
const message = base64(48, 20_000)
const optionalId = z.union([z.literal('').transform(() => null), id])

/** Who speaks: a public number and what only the words make. */
const proven = { locator, proof: base64(32, 32) }
/** Every body that a device sends, by the last part of its address. Sealed values arrive sealed; nothing here can be read by us. */
export const deviceBodies = {
  start: z.strictObject({ list: z.enum(['words', 'digits']) }),
  open: z.strictObject({
    ticket: z.string().regex(/^[0-9a-f]{64}$/),
    /** The answer to the small sum that is asked while very many write. */
    work: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
    made: z.iso.datetime(),
    contact: id,
    submission: id,
    digest: base64(32, 32),
    team: id,
    keyVersion: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
    locator,
    salt: base64(16, 16),
    ckPublic: base64(32, 32),
    ckWrapped: base64(64, 512),
    proof: base64(32, 32),
    safeNow: z.enum(safeNow),
    message: id,
    sealed: message,
    prekey: optionalId,
    story: base64(48, 4000),
    part: base64(48, 4000),
    teamWrap: base64(80, 80),
    recoveryWrap: base64(80, 80),
  }),
  salt: z.strictObject({ locator }),
  take: z.strictObject(proven),
  stream: z.strictObject(proven),
  send: z.strictObject({ ...proven, message: id, digest: base64(32, 32), sealed: message, prekey: optionalId }),
  seen: z.strictObject({
    ...proven,
    command: id,
    messages: z
      .string()
      .max(37 * 300)
      .transform(s => s.split(' '))
      .refine(list => list.every(x => id.safeParse(x).success)),
  }),
  watched: z.strictObject({ ...proven, command: id, here: z.enum(['1', '0']).transform(v => v === '1') }),
} as const
export type DeviceStep = keyof typeof deviceBodies

// ---------------------------------------------------------------- hours of the desk
/** Seven days from Monday: when somebody answers, in minutes of the day; null: nobody that day. */
const minute = z.int().min(0).max(1440)
export const Hours = z
  .array(
    z
      .tuple([minute, minute])
      .refine(([from, to]) => from < to)
      .nullable(),
  )
  .length(7)
export type Hours = z.infer<typeof Hours>
/** How long one usually waits for an answer; `minutes` until a team says otherwise. */
export const waitings = ['minutes', 'half_hour', 'hours', 'day'] as const
export type Waiting = (typeof waitings)[number]
/** Until a team says otherwise: nine to nine, every day. */
export const defaultHours: Hours = Array.from({ length: 7 }, () => [540, 1260] as [number, number])

/** The private half of a key of a day, schema 1: 32 bytes in base64. */
export const PrekeySecret = z.strictObject({ secret: z.string().length(44) })
export const prekeySchema = 1
export const openPrekey = reader('prekey', prekeySchema, PrekeySecret)
