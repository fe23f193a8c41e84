import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { confidences, facts, nameKinds, placeKinds, relations, sources } from './schema.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const line = z.string().max(200)

export const searchForm = defineForm({
  fields: {
    q: { kind: 'text', schema: z.string().max(200), label: 'person.search.q', hint: 'person.search.hint', width: 30, optional: true },
  },
})
export const newPersonForm = defineForm({
  fields: {
    relation: { kind: 'radios', schema: z.enum(relations), label: 'person.new.relation', options: options('person.relation', relations) },
    name: { kind: 'text', schema: line, label: 'person.new.name', optional: true },
    age: { kind: 'text', schema: z.string().max(100), label: 'person.new.age', hint: 'person.new.ageHint', optional: true, width: 20 },
    team: { kind: 'select', schema: z.string().regex(idPattern), label: 'person.new.team' },
    match: { kind: 'hidden', schema: z.literal('new'), label: 'person.new.match', optional: true },
  },
})
export const claimKinds = ['name', 'age', ...facts, 'place'] as const

/** One claim of any kind; source and confidence are said once. */
export const claimForm = defineForm({
  fields: {
    what: {
      kind: 'radios',
      schema: z.enum(claimKinds),
      label: 'person.claim.what',
      options: options('person.what', claimKinds),
      inline: true,
    },
    family: { kind: 'text', schema: line, label: 'person.claim.family', optional: true },
    given: { kind: 'text', schema: line, label: 'person.claim.given', optional: true },
    patronymic: { kind: 'text', schema: line, label: 'person.claim.patronymic', optional: true },
    text: { kind: 'text', schema: z.string().max(500), label: 'person.claim.text', hint: 'person.claim.textHint', optional: true },
    kind: {
      kind: 'select',
      schema: z.enum(nameKinds),
      label: 'person.claim.kind',
      options: options('person.nameKind', nameKinds),
      optional: true,
    },
    place: {
      kind: 'select',
      schema: z.enum(placeKinds),
      label: 'person.claim.place',
      options: options('person.place', placeKinds),
      optional: true,
    },
    source: { kind: 'select', schema: z.enum(sources), label: 'person.claim.source', options: options('person.source', sources) },
    confidence: {
      kind: 'select',
      schema: z.enum(confidences),
      label: 'person.claim.confidence',
      options: options('person.confidence', confidences),
    },
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
