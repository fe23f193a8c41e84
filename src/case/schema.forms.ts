import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { compartments } from '../base/people.ts'
import { confidences, relations, sources } from '../person/schema.ts'
import { caseCompartments, dangerLevels, interpreterKinds, linkRelations, noteLanguages, togetherRules } from './schema.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const id = z.string().regex(idPattern)
const reason = z.string().max(2000)

/** One to ten children: six questions for one child. */
export const newCaseForm = defineForm({
  fields: {
    contact: { kind: 'hidden', schema: id, label: 'case.new.contact', optional: true },
    circumstances: {
      kind: 'textarea',
      schema: z.string().max(8000),
      label: 'case.new.circumstances',
      hint: 'case.new.circumstancesHint',
      rows: 4,
      optional: true,
    },
    transcript: {
      kind: 'checkboxes',
      schema: z.array(id).max(50),
      label: 'case.new.transcript',
      hint: 'case.new.transcriptHint',
      optional: true,
    },
    danger: {
      kind: 'radios',
      schema: z.enum(dangerLevels),
      label: 'case.new.danger',
      options: options('case.danger', dangerLevels),
      inline: true,
    },
    team: { kind: 'select', schema: id, label: 'case.new.team' },
  },
  groups: {
    children: {
      label: 'case.new.child',
      add: 'case.new.addChild',
      min: 1,
      max: 10,
      fields: {
        name: { kind: 'text', schema: z.string().max(200), label: 'case.new.name', hint: 'case.new.nameHint', optional: true },
        age: { kind: 'text', schema: z.string().max(100), label: 'case.new.age', hint: 'case.new.ageHint', optional: true, width: 20 },
        relation: { kind: 'select', schema: z.enum(relations), label: 'case.new.relation', options: options('person.relation', relations) },
        match: { kind: 'hidden', schema: z.union([z.literal('new'), id]), label: 'case.new.match', optional: true },
      },
    },
  },
})

/** On the case page: words and place only; all else is inherited or can be said on the long form. */
export const shortNoteForm = defineForm({
  fields: {
    text: { kind: 'textarea', schema: z.string().max(20_000), label: 'case.note.text', rows: 3 },
    compartment: {
      kind: 'radios',
      schema: z.enum(caseCompartments),
      label: 'case.note.compartment',
      options: options('base.compartment', caseCompartments),
      inline: true,
    },
  },
})
export const noteForm = defineForm({
  fields: {
    text: { ...shortNoteForm.fields.text, rows: 8 },
    compartment: shortNoteForm.fields.compartment,
    source: {
      kind: 'select',
      schema: z.enum(sources),
      label: 'case.note.source',
      options: options('person.source', sources),
      optional: true,
    },
    language: {
      kind: 'select',
      schema: z.enum(noteLanguages),
      label: 'case.note.language',
      options: options('case.language', noteLanguages),
      optional: true,
    },
    interpreter: {
      kind: 'select',
      schema: z.enum(interpreterKinds),
      label: 'case.note.interpreter',
      options: options('case.interpreter', interpreterKinds),
      optional: true,
    },
    confidence: {
      kind: 'select',
      schema: z.enum(confidences),
      label: 'case.note.confidence',
      options: options('person.confidence', confidences),
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

export const dangerForm = defineForm({
  fields: {
    danger: {
      kind: 'radios',
      schema: z.enum(dangerLevels),
      label: 'case.dangerForm.danger',
      options: options('case.danger', dangerLevels),
    },
    reason: { kind: 'textarea', schema: reason, label: 'case.dangerForm.reason', hint: 'case.dangerForm.reasonHint', rows: 3 },
  },
})
export const dueForm = defineForm({
  fields: {
    due: { kind: 'day', schema: z.string(), label: 'case.dueForm.due', optional: true, hint: 'case.dueForm.dueHint' },
    what: { kind: 'text', schema: z.string().max(300), label: 'case.dueForm.what', optional: true },
  },
})
export const assignForm = defineForm({
  fields: {
    assignee: { kind: 'select', schema: id, label: 'case.assignForm.assignee' },
    reason: { kind: 'text', schema: z.string().max(300), label: 'case.assignForm.reason', optional: true },
  },
})
export const acceptForm = defineForm({ fields: {} })

export const shareForm = defineForm({
  fields: {
    user: { kind: 'select', schema: id, label: 'case.share.user' },
    compartments: {
      kind: 'checkboxes',
      schema: z.array(z.enum(compartments)),
      label: 'case.share.compartments',
      hint: 'case.share.compartmentsHint',
      options: options('base.compartment', compartments),
    },
    right: {
      kind: 'radios',
      schema: z.enum(['read', 'write']),
      label: 'case.share.right',
      options: options('case.share', ['read', 'write']),
      inline: true,
    },
    why: { kind: 'text', schema: z.string().max(300), label: 'case.share.why' },
    until: { kind: 'day', schema: z.string(), label: 'case.share.until' },
  },
})
export const excludeForm = defineForm({
  fields: {
    who: { kind: 'select', schema: z.string().regex(/^(user|team|agency):[0-9a-f-]{36}$/), label: 'case.exclude.who' },
    reason: { kind: 'textarea', schema: reason, label: 'case.exclude.reason', hint: 'case.exclude.reasonHint', rows: 2 },
  },
})
export const linkForm = defineForm({
  fields: {
    number: { kind: 'text', schema: z.string().max(20), label: 'case.link.number', hint: 'case.link.numberHint', width: 10 },
    relation: {
      kind: 'radios',
      schema: z.enum(linkRelations),
      label: 'case.link.relation',
      options: options('case.linkRelation', linkRelations),
    },
    together: {
      kind: 'radios',
      schema: z.enum(togetherRules),
      label: 'case.link.together',
      options: options('case.together', togetherRules),
    },
    note: { kind: 'text', schema: z.string().max(2000), label: 'case.link.note', optional: true },
  },
})
export const reasonForm = defineForm({ fields: { reason: { kind: 'text', schema: reason, label: 'case.end.reason' } } })
