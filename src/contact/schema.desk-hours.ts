import { z } from 'zod'
import { defineForm, type ErrorRef, type FormValue, type Values } from '../base/form.ts'
import { clockText } from './rules.chat.ts'
import { type Hours, type Waiting, waitings } from './schema.chat.ts'

/* When the desk answers, as somebody types it: seven days, each from and to, or nobody that day. */

export interface DeskHours {
  readonly hours: Hours
  readonly waiting: Waiting
  /** 0: nobody has said anything yet, and the public site shows the default. */
  readonly version: number
}

export const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type WeekDay = (typeof weekDays)[number]

const clock = <D extends WeekDay, E extends 'From' | 'To'>(day: D, end: E) =>
  ({
    kind: 'text',
    schema: z.string().max(10),
    label: `contact.hours.${day}${end}`,
    width: 5,
    optional: true,
  }) as const
const closed = <D extends WeekDay>(day: D) =>
  ({
    kind: 'checkboxes',
    schema: z.array(z.literal('yes')),
    label: `contact.hours.${day}Closed`,
    options: [{ value: 'yes', label: 'contact.hours.closed' }],
    optional: true,
  }) as const
const dayFields = <D extends WeekDay>(d: D) =>
  ({ [`${d}From`]: clock(d, 'From'), [`${d}To`]: clock(d, 'To'), [`${d}Closed`]: closed(d) }) as {
    readonly [K in `${D}From` | `${D}To`]: ReturnType<typeof clock<D, 'From'>>
  } & { readonly [K in `${D}Closed`]: ReturnType<typeof closed<D>> }

/** Minutes of the day of `9`, `9:30`, `09.30`, `24:00`; undefined: no time of the day. */
export const minuteOf = (typed: string): number | undefined => {
  const m = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(typed.trim())
  if (!m) return undefined
  const [hour, minute] = [Number(m[1]), Number(m[2] ?? 0)]
  return minute < 60 && hour * 60 + minute <= 1440 ? hour * 60 + minute : undefined
}

const fields = {
  ...dayFields('mon'),
  ...dayFields('tue'),
  ...dayFields('wed'),
  ...dayFields('thu'),
  ...dayFields('fri'),
  ...dayFields('sat'),
  ...dayFields('sun'),
  waiting: {
    kind: 'select',
    schema: z.enum(waitings),
    label: 'contact.hours.waiting',
    hint: 'contact.hours.waitingHint',
    options: waitings.map(value => ({ value, label: `contact.hours.wait.${value}` })),
  },
} as const
// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
export type HoursValue = FormValue<typeof fields, {}>

/** What is wrong with one day, and at which end. */
const dayError = (v: HoursValue, d: WeekDay): { readonly at: 'From' | 'To'; readonly error: ErrorRef } | undefined => {
  if (v[`${d}Closed`].length > 0) return undefined
  const [from, to] = [v[`${d}From`], v[`${d}To`]]
  const [start, end] = [minuteOf(from ?? ''), minuteOf(to ?? '')]
  if (start === undefined) return { at: 'From', error: { key: from ? 'contact.error.no_clock' : 'contact.error.clock_missing' } }
  if (end === undefined) return { at: 'To', error: { key: to ? 'contact.error.no_clock' : 'contact.error.clock_missing' } }
  return start < end ? undefined : { at: 'To', error: { key: 'contact.error.clock_order' } }
}

export const hoursForm = defineForm({
  fields,
  refine: v => {
    const errors = weekDays.flatMap(d => {
      const e = dayError(v, d)
      return e ? [[`${d}${e.at}`, e.error] as const] : []
    })
    return errors.length > 0 ? Object.fromEntries(errors) : undefined
  },
})

/** What was typed, as it is kept. Only of a form that was found good. */
export const hoursOf = (v: HoursValue): Hours =>
  weekDays.map(d => (v[`${d}Closed`].length > 0 ? null : [minuteOf(v[`${d}From`] ?? '') ?? 0, minuteOf(v[`${d}To`] ?? '') ?? 0]))

/** What is kept, as the form shows it. */
export const typedHours = (hours: Hours, waiting: Waiting): Values => ({
  ...Object.fromEntries(
    weekDays.flatMap((d, i): [string, string | string[]][] => {
      const h = hours[i]
      return h
        ? [
            [`${d}From`, clockText(h[0])],
            [`${d}To`, clockText(h[1])],
          ]
        : [[`${d}Closed`, ['yes']]]
    }),
  ),
  waiting,
})
