import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { callees, callOutcomes, dangers } from './schema.ts'

const text = (name: string, rows: number, max: number) =>
  ({
    kind: rows === 1 ? 'text' : 'textarea',
    schema: z.string().max(max),
    label: `emergency.field.${name}`,
    optional: true,
    ...(rows === 1 ? {} : { rows }),
  }) as const
/** One press on the card. */
export const kindForm = defineForm({
  fields: {
    danger: {
      kind: 'radios',
      schema: z.enum(dangers),
      label: 'emergency.field.danger',
      options: dangers.map(value => ({ value, label: `emergency.danger.${value}` })),
    },
  },
})
/** Where, what, since when: all of it may stay empty. */
export const tellForm = defineForm({
  fields: {
    where: { ...text('where', 2, 1000), hint: 'emergency.field.whereHint' },
    what: text('what', 2, 2000),
    since: text('since', 1, 200),
  },
})
export const calledForm = defineForm({
  fields: {
    whom: {
      kind: 'select',
      schema: z.enum(callees),
      label: 'emergency.field.whom',
      options: callees.map(value => ({ value, label: `emergency.callee.${value}` })),
    },
    outcome: {
      kind: 'radios',
      schema: z.enum(callOutcomes),
      label: 'emergency.field.outcome',
      options: callOutcomes.map(value => ({ value, label: `emergency.outcome.${value}` })),
    },
    note: { ...text('note', 2, 1000), hint: 'emergency.field.noteHint' },
  },
})
export const takeForm = defineForm({ fields: {} })
export const endForm = defineForm({
  fields: { became: { kind: 'textarea', schema: z.string().min(1).max(1000), label: 'emergency.field.became', rows: 2 } },
})
/** Every act on a card, by the last part of its address. */
export const cardForms = { kind: kindForm, tell: tellForm, called: calledForm, take: takeForm, end: endForm } as const
export type CardAct = keyof typeof cardForms
export const cardActs = Object.keys(cardForms) as readonly CardAct[]

export const pointForm = defineForm({
  fields: {
    mail: {
      kind: 'text',
      schema: z.email('emergency.point.mailInvalid').max(254),
      label: 'emergency.point.mail',
      hint: 'emergency.point.mailHint',
      inputmode: 'email',
      autocomplete: 'email',
      optional: true,
    },
    phone: {
      kind: 'text',
      schema: z.string().regex(/^\+?[0-9 ()-]{3,25}$/, 'emergency.point.phoneInvalid'),
      label: 'emergency.point.phone',
      hint: 'emergency.point.phoneHint',
      inputmode: 'tel',
      autocomplete: 'tel',
      width: 20,
      optional: true,
    },
    lang: {
      kind: 'radios',
      schema: z.enum(['ru', 'en']),
      label: 'emergency.point.lang',
      inline: true,
      options: [
        { value: 'ru', text: 'Русский' },
        { value: 'en', text: 'English' },
      ],
    },
  },
})
const hour = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, 'emergency.rota.timeInvalid')
export const rotaDays = ['always', '1', '2', '3', '4', '5', '6', '7'] as const
export const rotaForm = defineForm({
  fields: {
    member: { kind: 'select', schema: z.string().max(80), label: 'emergency.rota.who' },
    day: {
      kind: 'select',
      schema: z.enum(rotaDays),
      label: 'emergency.rota.day',
      options: rotaDays.map(value => ({ value, label: `emergency.rota.days.${value === 'always' ? value : `d${value}`}` })),
    },
    from: { kind: 'text', schema: hour, label: 'emergency.rota.from', hint: 'emergency.rota.timeHint', width: 5, optional: true },
    until: { kind: 'text', schema: hour, label: 'emergency.rota.until', hint: 'emergency.rota.untilHint', width: 5, optional: true },
  },
  refine: v =>
    v.day === 'always' || (v.from !== undefined && v.until !== undefined)
      ? undefined
      : { [v.from === undefined ? 'from' : 'until']: { key: 'emergency.rota.timeInvalid' } },
})
export const rotaMember = /^([0-9a-f-]{36}):([0-9a-f-]{36})$/
export const rotaEndForm = defineForm({
  fields: { id: { kind: 'hidden', schema: z.string().regex(idPattern), label: 'emergency.rota.end' } },
})
