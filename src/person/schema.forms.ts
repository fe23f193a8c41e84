import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { relations } from './schema.ts'

export { claimKinds } from './schema.forms.claims.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const line = z.string().max(200)

const typed = (name: string, width: 2 | 3 | 20 | 30 = 30) =>
  ({ kind: 'text', schema: line, label: `person.search.${name}`, width, autocomplete: 'off', optional: true }) as const
/** By name first; the rest is folded away until somebody needs it. */
export const searchForm = defineForm({
  fields: {
    q: { kind: 'text', schema: line, label: 'person.search.q', hint: 'person.search.hint', width: 30, optional: true },
    ageFrom: { ...typed('ageFrom', 3), inputmode: 'numeric' },
    ageTo: { ...typed('ageTo', 3), inputmode: 'numeric' },
    sex: {
      kind: 'radios',
      schema: z.enum(['any', 'female', 'male']),
      label: 'person.search.sex',
      options: options('person.search.sexes', ['any', 'female', 'male']),
      inline: true,
      optional: true,
    },
    origin: { ...typed('origin', 20), hint: 'person.search.originHint' },
    phone: { ...typed('phone', 20), hint: 'person.search.phoneHint', inputmode: 'tel' },
    handle: { ...typed('handle', 20), hint: 'person.search.handleHint' },
    document: { ...typed('document', 20), hint: 'person.search.documentHint' },
  },
})
export const newPersonForm = defineForm({
  fields: {
    relation: { kind: 'radios', schema: z.enum(relations), label: 'person.new.relation', options: options('person.relation', relations) },
    name: { kind: 'text', schema: line, label: 'person.new.name', optional: true },
    age: { kind: 'text', schema: z.string().max(100), label: 'person.new.age', hint: 'person.new.ageHint', optional: true, width: 20 },
    team: { kind: 'select', schema: z.string().regex(idPattern), label: 'person.new.team' },
    /** Who was shown as maybe meant: "none of these" is said of them, and of nobody who was not shown. */
    match: { kind: 'hidden', schema: z.string().max(400), label: 'person.new.match', optional: true },
  },
})
export const judgeForm = defineForm({
  fields: {
    standing: {
      kind: 'radios',
      schema: z.enum(['confirmed', 'disputed', 'withdrawn']),
      label: 'person.judge.standing',
      options: options('person.judge', ['confirmed', 'disputed', 'withdrawn']),
    },
    reason: {
      kind: 'textarea',
      schema: z.string().max(2000),
      label: 'person.judge.reason',
      hint: 'person.judge.reasonHint',
      rows: 2,
      optional: true,
    },
  },
})
