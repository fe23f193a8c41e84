import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { contactLanguages } from '../contact/schema.ts'
import { type Agreed, sendWays, weekdays } from './schema.ts'

const hour = z.string().regex(/^([01]?\d|2[0-3])[:.][0-5]\d$|^24[:.]00$/)
const day = (name: string) =>
  ({
    kind: 'day',
    schema: z.iso.date(),
    label: `safe-contact.form.${name}`,
    hint: `safe-contact.form.${name}Hint`,
    optional: true,
  }) as const
const line = (name: string, max: number) =>
  ({
    kind: 'text',
    schema: z.string().max(max),
    label: `safe-contact.form.${name}`,
    hint: `safe-contact.form.${name}Hint`,
    optional: true,
  }) as const

/** What is agreed with the child. */
export const planForm = defineForm({
  fields: {
    ways: {
      kind: 'checkboxes',
      schema: z.array(z.enum(sendWays)).min(1),
      label: 'safe-contact.form.ways',
      hint: 'safe-contact.form.waysHint',
      options: sendWays.map(value => ({ value, label: `safe-contact.way.${value}` })),
    },
    how: {
      kind: 'textarea',
      schema: z.string().max(1000),
      label: 'safe-contact.form.how',
      hint: 'safe-contact.form.howHint',
      rows: 2,
      optional: true,
    },
    days: {
      kind: 'checkboxes',
      schema: z.array(z.enum(weekdays)),
      label: 'safe-contact.form.days',
      hint: 'safe-contact.form.daysHint',
      options: weekdays.map(value => ({ value, label: `safe-contact.weekday.${value}` })),
      optional: true,
    },
    from: {
      kind: 'text',
      schema: hour,
      label: 'safe-contact.form.from',
      hint: 'safe-contact.form.fromHint',
      width: 5,
      inputmode: 'numeric',
      optional: true,
    },
    until: { kind: 'text', schema: hour, label: 'safe-contact.form.until', width: 5, inputmode: 'numeric', optional: true },
    answerers: {
      kind: 'checkboxes',
      schema: z.array(z.string().regex(idPattern)),
      label: 'safe-contact.form.answerers',
      hint: 'safe-contact.form.answerersHint',
      optional: true,
    },
    never: {
      kind: 'textarea',
      schema: z.string().max(1000),
      label: 'safe-contact.form.never',
      hint: 'safe-contact.form.neverHint',
      rows: 3,
      optional: true,
    },
    coverName: line('coverName', 100),
    language: {
      kind: 'select',
      schema: z.enum(contactLanguages),
      label: 'safe-contact.form.language',
      options: contactLanguages.map(value => ({ value, label: `contact.language.${value}` })),
    },
    next: day('next'),
    untilDay: day('untilDay'),
    note: { kind: 'textarea', schema: z.string().max(2000), label: 'safe-contact.form.note', rows: 2, optional: true },
  },
})
export const verifyForm = defineForm({
  fields: {
    how: { kind: 'textarea', schema: z.string().max(1000), label: 'safe-contact.verify.how', hint: 'safe-contact.verify.howHint', rows: 2 },
    next: day('next'),
    untilDay: day('untilDay'),
  },
})
export const endForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: z.string().max(1000), label: 'safe-contact.end.reason', rows: 2 } },
})
export const passHours = ['1', '4', '12'] as const
export const passForm = defineForm({
  fields: {
    reason: {
      kind: 'textarea',
      schema: z.string().max(1000),
      label: 'safe-contact.pass.reason',
      hint: 'safe-contact.pass.reasonHint',
      rows: 3,
    },
    hours: {
      kind: 'radios',
      schema: z.enum(passHours),
      label: 'safe-contact.pass.hours',
      options: passHours.map(value => ({ value, label: `safe-contact.pass.hour${value}` })),
      inline: true,
    },
  },
})

const minutes = (s: string | undefined, empty: number): number => {
  const [h = 0, m = 0] = s ? s.split(/[:.]/).map(Number) : []
  return s ? h * 60 + m : empty
}
/** A minute of the day as it is written. */
export const clockOf = (m: number): string => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
/** Words that must not appear: one a line, or between commas. */
const listOf = (s: string | undefined): string[] => [
  ...new Set(
    (s ?? '')
      .split(/[\n,;]/)
      .map(x => x.trim())
      .filter(x => x !== ''),
  ),
]

interface Typed {
  readonly ways: Agreed['ways']
  readonly how?: string | undefined
  readonly days: Agreed['days']
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly answerers: readonly string[]
  readonly never?: string | undefined
  readonly coverName?: string | undefined
  readonly language: Agreed['language']
  readonly note?: string | undefined
}
export const agreedFrom = (v: Typed): Agreed => ({
  ways: [...v.ways],
  days: [...v.days],
  from: minutes(v.from, 0),
  until: minutes(v.until, 1440),
  answerers: [...v.answerers],
  never: listOf(v.never),
  coverName: v.coverName?.trim() ?? '',
  language: v.language,
  how: v.how?.trim() ?? '',
  note: v.note?.trim() ?? '',
})
/** What was agreed, as the form begins with it. */
export const valuesOf = (g: Agreed): Record<string, string | string[]> => ({
  ways: [...g.ways],
  days: [...g.days],
  answerers: [...g.answerers],
  from: g.from === 0 && g.until === 1440 ? '' : clockOf(g.from),
  until: g.from === 0 && g.until === 1440 ? '' : clockOf(g.until),
  never: g.never.join('\n'),
  coverName: g.coverName,
  language: g.language,
  how: g.how,
  note: g.note,
})
