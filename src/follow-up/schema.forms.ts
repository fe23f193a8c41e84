import { z } from 'zod'
import { defineForm, type FieldDef, type Option } from '../base/form.ts'
import { locales } from '../base/i18n.ts'
import { idPattern } from '../base/id.ts'
import { type Answers, levels, type Question, questions, ways } from './schema.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const id = z.string().regex(idPattern)

export const answerValues = [...levels.map(String), 'skip'] as ['1', '2', '3', '4', '5', 'skip']
/** The answer to one question as a form gives it. */
export const levelOf = (v: string | undefined): number | null => (v === undefined || v === 'skip' ? null : Number(v))
export const answersFrom = (v: { readonly [Q in Question]?: string | undefined }): Answers =>
  Object.fromEntries(questions.map(q => [q, levelOf(v[q])])) as Answers

const level = (q: Question) =>
  ({
    kind: 'radios',
    schema: z.enum(answerValues),
    label: `follow-up.question.${q}`,
    options: [...levels]
      .reverse()
      .map(n => ({ value: String(n), label: `follow-up.level.${n}` }))
      .concat({ value: 'skip', label: 'follow-up.level.skip' }),
    optional: true,
    inline: true,
  }) as const satisfies FieldDef

/** A check-in that staff write down: by visit, call or message; what was not asked stays open. */
export const recordForm = defineForm({
  fields: {
    checkIn: { kind: 'select', schema: z.union([z.literal('between'), id]), label: 'follow-up.record.checkIn' },
    way: { kind: 'radios', schema: z.enum(ways), label: 'follow-up.record.way', options: options('follow-up.way', ways), inline: true },
    safe: level('safe'),
    slept: level('slept'),
    food: level('food'),
    school: level('school'),
    talk: level('talk'),
    words: {
      kind: 'textarea',
      schema: z.string().max(8000),
      label: 'follow-up.record.words',
      hint: 'follow-up.record.wordsHint',
      rows: 4,
      optional: true,
    },
    help: {
      kind: 'checkboxes',
      schema: z.array(z.literal('help')),
      label: 'follow-up.record.help',
      options: [{ value: 'help', label: 'follow-up.record.helpYes' }],
      optional: true,
    },
    happened: {
      kind: 'text',
      schema: z.string().max(200),
      label: 'case.note.happened',
      hint: 'case.note.happenedHint',
      optional: true,
      width: 30,
    },
    learned: { kind: 'day', schema: z.string(), label: 'case.note.learned', hint: 'case.note.learnedHint', optional: true },
    paperBy: {
      kind: 'text',
      schema: z.string().max(200),
      label: 'case.note.paperBy',
      hint: 'case.note.paperByHint',
      optional: true,
      width: 30,
    },
  },
})
export const readAnswerForm = defineForm({ fields: {} })

/** The word of the child's own choosing, in any language; three letters are enough, since eight words stand beside it. */
const word = z.string().trim().min(3, 'follow-up.code.wordShort').max(60)
export const codeForm = defineForm({
  fields: {
    language: {
      kind: 'select',
      schema: z.enum(locales),
      label: 'follow-up.code.language',
      options: options('follow-up.language', locales),
    },
    word: { kind: 'text', schema: word, label: 'follow-up.code.word', hint: 'follow-up.code.wordHint', autocomplete: 'off', width: 20 },
    danger: {
      kind: 'text',
      schema: word,
      label: 'follow-up.code.danger',
      hint: 'follow-up.code.dangerHint',
      autocomplete: 'off',
      width: 20,
      optional: true,
    },
    seed: { kind: 'hidden', schema: z.string().regex(/^[0-9a-f]{64}$/), label: 'follow-up.code.seed' },
  },
  refine: v =>
    v.danger !== undefined && v.danger.normalize('NFKC').toLowerCase() === v.word.normalize('NFKC').toLowerCase()
      ? { danger: { key: 'follow-up.code.sameWord' } }
      : undefined,
})
/** Who asks how things are. The same field stands in the form that closes a case, where it may stay empty. */
export const asksField = { kind: 'select', schema: id, label: 'follow-up.handOver.asks', hint: 'follow-up.handOver.asksHint' } as const
export const handOverForm = defineForm({ fields: { asks: asksField } })
export const endCodeForm = defineForm({
  fields: { reason: { kind: 'text', schema: z.string().max(300), label: 'follow-up.endCode.reason' } },
})
