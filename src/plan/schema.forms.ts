import { z } from 'zod'
import { defineForm, type Errors } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { answerWays, stepAnswers, stepDoers } from './schema.ts'

const id = z.string().regex(idPattern)
export const whenChoices = ['today', 'tomorrow', 'week', 'day'] as const
export type When = (typeof whenChoices)[number]
/** `me` is a colleague too: the choice that is made most often needs no second field. */
export const whoChoices = ['me', ...stepDoers] as const

const when = {
  when: {
    kind: 'radios',
    schema: z.enum(whenChoices),
    label: 'plan.form.when',
    options: whenChoices.map(value => ({ value, label: `plan.when.${value}`, ...(value === 'day' ? { reveals: 'due' } : {}) })),
    inline: false,
  },
  due: { kind: 'day', schema: z.iso.date(), label: 'plan.form.due', optional: true },
} as const
const step = {
  what: { kind: 'textarea', schema: z.string().max(2000), label: 'plan.form.what', hint: 'plan.form.whatHint', rows: 2 },
  ...when,
  who: {
    kind: 'radios',
    schema: z.enum(whoChoices),
    label: 'plan.form.who',
    options: whoChoices.map(value => ({
      value,
      label: `plan.who.${value}`,
      ...(value === 'colleague' ? { reveals: 'colleague' } : value === 'outside' ? { reveals: 'outside' } : {}),
    })),
  },
  colleague: { kind: 'select', schema: id, label: 'plan.form.colleague', optional: true },
  outside: { kind: 'text', schema: z.string().max(200), label: 'plan.form.outside', optional: true },
  done: { kind: 'text', schema: z.string().max(500), label: 'plan.form.done', hint: 'plan.form.doneHint', optional: true },
} as const

interface Said {
  readonly when?: When
  readonly due?: string | undefined
  readonly who?: string
  readonly colleague?: string | undefined
  readonly outside?: string | undefined
}
const missing = (v: Said): Errors | undefined => {
  const out: Record<string, { key: string }> = {}
  if (v.when === 'day' && !v.due) out.due = { key: 'plan.error.due_missing' }
  if (v.who === 'colleague' && !v.colleague) out.colleague = { key: 'plan.error.colleague_missing' }
  if (v.who === 'outside' && !v.outside?.trim()) out.outside = { key: 'plan.error.outside_missing' }
  return out
}

export const stepForm = defineForm({ fields: step, refine: missing })
/** The same step in the cases of brothers and sisters, or of children who came together. */
export const togetherForm = defineForm({
  fields: {
    ...step,
    also: { kind: 'checkboxes', schema: z.array(id).min(1).max(20), label: 'plan.form.also', hint: 'plan.form.alsoHint' },
  },
  refine: missing,
})
export const startersForm = defineForm({
  fields: { starters: { kind: 'checkboxes', schema: z.array(z.string().max(40)).min(1).max(20), label: 'plan.form.starters' } },
})
export const doneForm = defineForm({
  fields: {
    cameOf: {
      kind: 'textarea',
      schema: z.string().max(2000),
      label: 'plan.form.cameOf',
      hint: 'plan.form.cameOfHint',
      rows: 3,
      optional: true,
    },
  },
})
export const skipForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: z.string().max(2000), label: 'plan.form.whySkip', rows: 3 } },
})
/** What another body said by telephone or on paper. */
export const answerForm = defineForm({
  fields: {
    answer: {
      kind: 'radios',
      schema: z.enum(stepAnswers),
      label: 'plan.form.answer',
      options: stepAnswers.map(value => ({ value, label: `plan.answer.${value}` })),
    },
    way: {
      kind: 'radios',
      schema: z.enum(answerWays),
      label: 'plan.form.way',
      options: answerWays.map(value => ({ value, label: `plan.way.${value}` })),
    },
    by: { kind: 'text', schema: z.string().max(300), label: 'plan.form.by', hint: 'plan.form.byHint' },
    on: { kind: 'day', schema: z.iso.date(), label: 'plan.form.on', hint: 'plan.form.onHint', optional: true },
    words: {
      kind: 'textarea',
      schema: z.string().max(2000),
      label: 'plan.form.words',
      hint: 'plan.form.wordsHint',
      rows: 3,
      optional: true,
    },
    next: { kind: 'day', schema: z.iso.date(), label: 'plan.form.next', hint: 'plan.form.nextHint', optional: true },
  },
})
export const reopenStepForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: z.string().max(2000), label: 'plan.form.whyReopen', rows: 2 } },
})
export const postponeForm = defineForm({
  fields: {
    when: { ...when.when, options: when.when.options.filter(o => o.value !== 'today') },
    due: when.due,
    reason: { kind: 'text', schema: z.string().max(500), label: 'plan.form.whyLater' },
  },
  refine: missing,
})
