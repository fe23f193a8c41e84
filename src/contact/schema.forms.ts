import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { phraseIds } from './schema.desk-phrases.ts'
import { closeReasons, contactLanguages, paperAnswers, safeNows, tellers, urgencies } from './schema.ts'

const options = (group: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `contact.${group}.${value}` }))
const words = z.string().max(4000)
const short = z.string().max(500)

/** "I have read this": nothing to fill in, but a command all the same. */
export const readForm = defineForm({ fields: {} })

export const judgeForm = defineForm({
  fields: {
    urgency: {
      kind: 'radios',
      schema: z.enum(urgencies),
      label: 'contact.form.urgency',
      options: options('urgency', urgencies),
      inline: true,
    },
    why: { kind: 'textarea', schema: z.string().max(1000), label: 'contact.form.why', hint: 'contact.form.whyHint', rows: 3 },
  },
})

export const assignForm = defineForm({
  fields: {
    to: { kind: 'select', schema: z.uuidv4(), label: 'contact.form.to' },
    word: {
      kind: 'textarea',
      schema: z.string().max(1000),
      label: 'contact.form.word',
      hint: 'contact.form.wordHint',
      rows: 3,
      optional: true,
    },
  },
})

export const answerForm = defineForm({
  fields: {
    sentences: {
      kind: 'checkboxes',
      schema: z.array(z.enum(phraseIds)),
      label: 'contact.form.sentences',
      hint: 'contact.form.sentencesHint',
      optional: true,
    },
    text: { kind: 'textarea', schema: words, label: 'contact.form.answer', hint: 'contact.form.answerHint', rows: 3, optional: true },
  },
  refine: v => (v.sentences.length === 0 && !v.text ? { text: { key: 'contact.error.empty_answer' } } : undefined),
})

export const noteForm = defineForm({
  fields: { more: { kind: 'textarea', schema: words, label: 'contact.form.more', hint: 'contact.form.moreHint', rows: 5 } },
})

export const explainForm = defineForm({
  fields: {
    spoken: {
      kind: 'select',
      schema: z.enum(contactLanguages),
      label: 'contact.form.spoken',
      options: options('language', contactLanguages),
    },
  },
})

export const closeForm = defineForm({
  fields: {
    outcome: { kind: 'radios', schema: z.enum(closeReasons), label: 'contact.form.outcome', options: options('reason', closeReasons) },
    closing: { kind: 'textarea', schema: short, label: 'contact.form.closing', hint: 'contact.form.closingHint', rows: 3, optional: true },
  },
  refine: v => (v.outcome === 'other' && !v.closing ? { closing: { key: 'contact.error.say_why' } } : undefined),
})

export const reopenForm = defineForm({ fields: { again: { kind: 'textarea', schema: short, label: 'contact.form.again', rows: 2 } } })

/** For colleagues only; the sender never sees it. */
export const remarkForm = defineForm({
  fields: { remark: { kind: 'textarea', schema: words, label: 'contact.form.remark', hint: 'contact.form.remarkHint', rows: 3 } },
})

/** A block ends by itself: nobody is shut out because somebody forgot. */
export const blockDays = ['1', '3', '7', '30'] as const
export const blockForm = defineForm({
  fields: {
    days: { kind: 'radios', schema: z.enum(blockDays), label: 'contact.form.days', options: options('days', blockDays), inline: true },
    blockWhy: { kind: 'textarea', schema: short, label: 'contact.form.blockWhy', hint: 'contact.form.blockHint', rows: 2 },
  },
})
export const unblockForm = defineForm({ fields: {} })

/** Asks a colleague or an interpreter in; they read what is said from then on. */
export const inviteForm = defineForm({
  fields: {
    who: { kind: 'select', schema: z.uuidv4(), label: 'contact-room.form.who', hint: 'contact-room.form.whoHint' },
    inviteWhy: {
      kind: 'textarea',
      schema: short,
      label: 'contact-room.form.why',
      hint: 'contact-room.form.whyHint',
      rows: 2,
      optional: true,
    },
  },
})
export const uninviteForm = defineForm({ fields: {} })
/** Sends to the child what the invited wrote for them. */
export const suggestedForm = defineForm({ fields: { turn: { kind: 'hidden', schema: z.uuidv4(), label: 'contact-room.form.turn' } } })

/** A day that is other than the week says. */
export const calendarForm = defineForm({
  fields: {
    day: { kind: 'day', schema: z.iso.date(), label: 'contact.calendar.day' },
    kind: {
      kind: 'radios',
      schema: z.enum(['free', 'worked']),
      label: 'contact.calendar.kind',
      options: options('calendar', ['free', 'worked']),
      inline: true,
    },
  },
})

const from = { kind: 'select', schema: z.enum(tellers), label: 'contact.form.from', options: options('from', tellers) } as const
const said = { kind: 'textarea', schema: words, label: 'contact.form.said', hint: 'contact.form.saidHint', rows: 8 } as const
const safeNow = {
  kind: 'radios',
  schema: z.enum(safeNows),
  label: 'contact.form.safeNow',
  options: options('safeNow', safeNows),
  inline: true,
} as const
const language = {
  kind: 'select',
  schema: z.enum(contactLanguages),
  label: 'contact.form.language',
  options: options('language', contactLanguages),
} as const
const explained = {
  kind: 'checkboxes',
  schema: z.array(z.literal('yes')),
  label: 'contact.form.explained',
  hint: 'contact.form.explainedHint',
  options: [{ value: 'yes', label: 'contact.form.explainedYes' }],
  optional: true,
} as const

const optionalText = (name: string) => ({ kind: 'text', schema: short, label: `contact.form.${name}`, optional: true }) as const
/** Whoever is brought comes with a body, a paper and what they wear. Empty is a good answer: it can be written on the act. */
export const brought = {
  broughtBody: { ...optionalText('broughtBody'), hint: 'contact.form.broughtBodyHint' },
  broughtNumber: optionalText('broughtNumber'),
  broughtAt: { ...optionalText('broughtAt'), hint: 'contact.form.broughtAtHint' },
  broughtCondition: {
    kind: 'textarea',
    schema: words,
    label: 'contact.form.broughtCondition',
    hint: 'contact.form.broughtConditionHint',
    rows: 2,
    optional: true,
  },
  broughtBelongings: {
    kind: 'textarea',
    schema: words,
    label: 'contact.form.broughtBelongings',
    hint: 'contact.form.broughtBelongingsHint',
    rows: 2,
    optional: true,
  },
} as const
export const broughtKeys = Object.keys(brought) as readonly (keyof typeof brought)[]

/** Somebody was brought or walked in. Six fields and one tick: it is written while they stand at the door. */
export const walkInForm = defineForm({
  fields: {
    safeNow,
    from,
    cameWith: { kind: 'text', schema: short, label: 'contact.form.cameWith', hint: 'contact.form.cameWithHint', optional: true },
    papers: {
      kind: 'radios',
      schema: z.enum(paperAnswers),
      label: 'contact.form.papers',
      options: options('papers', paperAnswers),
      inline: true,
    },
    ...brought,
    said,
    language,
    explained,
  },
})
/** Who is on the line, as they said it, and whether the number could be seen. It stands among the answers of the contact, under its own keys. */
const caller = { ...optionalText('caller'), hint: 'contact.form.callerHint' } as const
const withheld = {
  kind: 'checkboxes',
  schema: z.array(z.literal('yes')),
  label: 'contact.form.withheld',
  options: [{ value: 'yes', label: 'contact.form.withheldYes' }],
  optional: true,
} as const
/** A call or a letter: the same without papers and company. */
export const callForm = defineForm({
  fields: {
    how: {
      kind: 'radios',
      schema: z.enum(['call', 'letter']),
      label: 'contact.form.how',
      options: options('channel', ['call', 'letter']),
      inline: true,
    },
    caller,
    withheld,
    safeNow,
    from,
    said,
    language,
    explained,
  },
})
/** What a form begins with: not asked yet is a good answer, and nobody has to press it. */
export const newValues = { safeNow: 'not_asked', from: 'not_asked', papers: 'not_asked', language: 'not_asked', how: 'call' } as const

export const contactForms = {
  read: readForm,
  urgency: judgeForm,
  assign: assignForm,
  answer: answerForm,
  note: noteForm,
  explained: explainForm,
  close: closeForm,
  reopen: reopenForm,
  remark: remarkForm,
  block: blockForm,
  unblock: unblockForm,
  invite: inviteForm,
  uninvite: uninviteForm,
  suggested: suggestedForm,
} as const
export type ContactAct = keyof typeof contactForms
export const contactActs = Object.keys(contactForms) as readonly ContactAct[]
