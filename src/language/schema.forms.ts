import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { decisions, directions, interpreterKinds, levels, sexes, sexesWanted, spokenLanguages, ways } from './schema.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const id = z.string().regex(idPattern)
const line = z.string().max(200)
const text = z.string().max(1000)
const day = z.string()

export const interpreterForm = defineForm({
  fields: {
    alias: { kind: 'text', schema: line, label: 'language.form.alias', hint: 'language.form.aliasHint', width: 20 },
    kind: {
      kind: 'select',
      schema: z.enum(interpreterKinds),
      label: 'language.form.kind',
      options: options('language.kind', interpreterKinds),
    },
    contact: { kind: 'text', schema: text, label: 'language.form.contact', optional: true },
    remote: {
      kind: 'checkboxes',
      schema: z.array(z.literal('yes')),
      label: 'language.form.remote',
      options: [{ value: 'yes', label: 'language.form.remoteYes' }],
      optional: true,
    },
    sex: { kind: 'radios', schema: z.enum(sexes), label: 'language.form.sex', options: options('language.sex', sexes), inline: true },
    signed: { kind: 'day', schema: day, label: 'language.form.signed', hint: 'language.form.signedHint', optional: true },
    until: { kind: 'day', schema: day, label: 'language.form.until', optional: true },
    community: { kind: 'text', schema: text, label: 'language.form.community', hint: 'language.form.communityHint', optional: true },
    kin: { kind: 'text', schema: text, label: 'language.form.kin', hint: 'language.form.kinHint', optional: true },
    employers: { kind: 'text', schema: text, label: 'language.form.employers', optional: true },
    note: { kind: 'textarea', schema: text, label: 'language.form.note', rows: 2, optional: true },
    account: { kind: 'select', schema: id, label: 'language.form.account', hint: 'language.form.accountHint', optional: true },
    state: {
      kind: 'radios',
      schema: z.enum(['active', 'paused']),
      label: 'language.form.state',
      options: options('language.state', ['active', 'paused']),
      inline: true,
    },
  },
  groups: {
    languages: {
      label: 'language.form.languageN',
      add: 'language.form.addLanguage',
      min: 1,
      max: 8,
      fields: {
        language: {
          kind: 'select',
          schema: z.enum(spokenLanguages),
          label: 'language.form.language',
          options: options('language.spoken', spokenLanguages),
        },
        dialect: { kind: 'text', schema: line, label: 'language.form.dialect', optional: true, width: 20 },
        direction: {
          kind: 'select',
          schema: z.enum(directions),
          label: 'language.form.direction',
          options: options('language.direction', directions),
        },
        level: { kind: 'select', schema: z.enum(levels), label: 'language.form.level', options: options('language.level', levels) },
      },
    },
    places: {
      label: 'language.form.placeN',
      add: 'language.form.addPlace',
      max: 6,
      fields: {
        country: { kind: 'text', schema: line, label: 'language.form.country', optional: true, width: 20 },
        region: { kind: 'text', schema: line, label: 'language.form.region', optional: true, width: 20 },
        place: { kind: 'text', schema: line, label: 'language.form.place', optional: true, width: 20 },
      },
    },
  },
})

export const bookForm = defineForm({
  fields: {
    interpreter: { kind: 'select', schema: id, label: 'language.book.interpreter' },
    language: {
      kind: 'select',
      schema: z.enum(spokenLanguages),
      label: 'language.book.language',
      options: options('language.spoken', spokenLanguages),
    },
    day: { kind: 'day', schema: day, label: 'language.book.day' },
    time: {
      kind: 'text',
      schema: z.string().regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, 'language.error.time'),
      label: 'language.book.time',
      hint: 'language.book.timeHint',
      width: 5,
    },
    way: { kind: 'radios', schema: z.enum(ways), label: 'language.book.way', options: options('language.way', ways), inline: true },
    purpose: { kind: 'text', schema: line, label: 'language.book.purpose', optional: true },
    childAlias: { kind: 'text', schema: line, label: 'language.book.childAlias', hint: 'language.book.childAliasHint', width: 20 },
    childPlace: { kind: 'text', schema: line, label: 'language.book.childPlace', hint: 'language.book.childPlaceHint', optional: true },
    childCommunity: { kind: 'text', schema: line, label: 'language.book.childCommunity', optional: true },
    recruiterPlace: { kind: 'text', schema: line, label: 'language.book.recruiterPlace', optional: true },
    recruiterWords: {
      kind: 'text',
      schema: line,
      label: 'language.book.recruiterWords',
      hint: 'language.book.recruiterWordsHint',
      optional: true,
    },
    sexWanted: {
      kind: 'radios',
      schema: z.enum(sexesWanted),
      label: 'language.book.sexWanted',
      options: options('language.sexWanted', sexesWanted),
      inline: true,
    },
    decision: {
      kind: 'radios',
      schema: z.enum(decisions),
      label: 'language.book.decision',
      options: options('language.decision', decisions),
    },
    reason: { kind: 'textarea', schema: text, label: 'language.book.reason', hint: 'language.book.reasonHint', rows: 2, optional: true },
  },
})

export const openForm = defineForm({ fields: {} })
export const cancelForm = defineForm({ fields: { reason: { kind: 'text', schema: text, label: 'language.cancel.reason' } } })
const words = z.string().max(8000)
export const questionForm = defineForm({ fields: { text: { kind: 'textarea', schema: words, label: 'language.ask.text', rows: 3 } } })
export const takeForm = defineForm({
  fields: {
    text: { kind: 'textarea', schema: z.string().max(20_000), label: 'language.take.text', hint: 'language.take.textHint', rows: 14 },
  },
})
export const closeForm = defineForm({
  fields: {
    sure: {
      kind: 'checkboxes',
      schema: z.array(z.literal('yes')),
      label: 'language.close.sure',
      options: [{ value: 'yes', label: 'language.close.sureYes' }],
    },
  },
})
export const renderingForm = defineForm({
  fields: {
    text: { kind: 'textarea', schema: words, label: 'language.room.text', rows: 4 },
    check: {
      kind: 'checkboxes',
      schema: z.array(z.literal('yes')),
      label: 'language.room.check',
      options: [{ value: 'yes', label: 'language.room.checkYes' }],
      optional: true,
    },
  },
})
