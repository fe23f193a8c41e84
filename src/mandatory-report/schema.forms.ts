import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { answers, codePattern, identityWays, letterFields, sentWays } from './schema.ts'

const w = 'mandatory-report'
const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${w}.${prefix}.${value}` }))
const text = (max: number) => z.string().max(max)
const code = z.string().regex(codePattern)

/** "Record a fact of abuse or exploitation": nothing but what happened and when it was learned is asked of whoever is in a hurry. */
export const factForm = defineForm({
  fields: {
    kind: { kind: 'select', schema: code, label: `${w}.fact.kind` },
    text: { kind: 'textarea', schema: text(8000), label: `${w}.fact.text`, hint: `${w}.fact.textHint`, rows: 5 },
    life: {
      kind: 'radios',
      schema: z.enum(['yes', 'no']),
      label: `${w}.fact.life`,
      hint: `${w}.fact.lifeHint`,
      options: options('yesNo', ['yes', 'no']),
      inline: true,
    },
    learned: { kind: 'day', schema: z.string(), label: `${w}.fact.learned`, hint: `${w}.fact.learnedHint`, optional: true },
    time: {
      kind: 'text',
      schema: z.string().regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, `${w}.fact.timeWrong`),
      label: `${w}.fact.time`,
      hint: `${w}.fact.timeHint`,
      optional: true,
      width: 5,
    },
    happened: { kind: 'text', schema: text(200), label: `${w}.fact.happened`, hint: `${w}.fact.happenedHint`, optional: true, width: 30 },
    paperBy: { kind: 'text', schema: text(200), label: `${w}.fact.paperBy`, hint: `${w}.fact.paperByHint`, optional: true, width: 30 },
  },
})
export const decideForm = defineForm({
  fields: {
    answer: {
      kind: 'radios',
      schema: z.enum(answers),
      label: `${w}.decide.answer`,
      options: [
        { value: 'now', label: `${w}.answer.now`, reveals: 'recipients' },
        { value: 'later', label: `${w}.answer.later`, reveals: 'until' },
        { value: 'no', label: `${w}.answer.no`, hint: `${w}.decide.noHint` },
      ],
    },
    recipients: {
      kind: 'checkboxes',
      schema: z.array(code),
      label: `${w}.decide.recipients`,
      hint: `${w}.decide.recipientsHint`,
      errors: { required: `${w}.error.no_recipient` },
    },
    until: {
      kind: 'day',
      schema: z.string(),
      label: `${w}.decide.until`,
      hint: `${w}.decide.untilHint`,
      errors: { required: `${w}.error.until_missing` },
    },
    reason: { kind: 'textarea', schema: text(4000), label: `${w}.decide.reason`, hint: `${w}.decide.reasonHint`, rows: 3 },
  },
})
export const letterForm = defineForm({
  fields: {
    facts: { kind: 'textarea', schema: text(8000), label: `${w}.letter.facts`, hint: `${w}.letter.factsHint`, rows: 6 },
    identity: {
      kind: 'radios',
      schema: z.enum(identityWays),
      label: `${w}.letter.identity`,
      hint: `${w}.letter.identityHint`,
      options: [
        { value: 'initials', label: `${w}.identity.initials` },
        { value: 'full', label: `${w}.identity.full`, reveals: 'why' },
      ],
    },
    why: { kind: 'text', schema: text(500), label: `${w}.letter.why`, errors: { required: `${w}.error.full_without_reason` } },
    about: {
      kind: 'checkboxes',
      schema: z.array(z.enum(letterFields)),
      label: `${w}.letter.about`,
      hint: `${w}.letter.aboutHint`,
      options: options('about', letterFields),
      optional: true,
    },
    where: { kind: 'text', schema: text(500), label: `${w}.letter.where`, hint: `${w}.letter.whereHint`, optional: true },
    measures: {
      kind: 'textarea',
      schema: text(4000),
      label: `${w}.letter.measures`,
      hint: `${w}.letter.measuresHint`,
      rows: 2,
      optional: true,
    },
    request: {
      kind: 'textarea',
      schema: text(4000),
      label: `${w}.letter.request`,
      hint: `${w}.letter.requestHint`,
      rows: 2,
      optional: true,
    },
  },
})
export const sentForm = defineForm({
  fields: {
    how: { kind: 'radios', schema: z.enum(sentWays), label: `${w}.sent.how`, options: options('way', sentWays) },
    sent: { kind: 'day', schema: z.string(), label: `${w}.sent.day`, hint: `${w}.sent.dayHint`, optional: true },
    by: { kind: 'text', schema: text(200), label: `${w}.sent.by`, hint: `${w}.sent.byHint`, optional: true, width: 30 },
  },
})
export const registeredForm = defineForm({
  fields: {
    number: { kind: 'text', schema: text(100), label: `${w}.registered.number`, hint: `${w}.registered.numberHint`, width: 20 },
    registered: { kind: 'day', schema: z.string(), label: `${w}.registered.day`, hint: `${w}.registered.dayHint`, optional: true },
  },
})
export const answeredForm = defineForm({
  fields: {
    answered: { kind: 'day', schema: z.string(), label: `${w}.answered.day`, hint: `${w}.registered.dayHint`, optional: true },
    answer: { kind: 'textarea', schema: text(4000), label: `${w}.answered.what`, hint: `${w}.answered.whatHint`, rows: 4 },
  },
})
export const stopForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: text(2000), label: `${w}.stop.reason`, hint: `${w}.stop.reasonHint`, rows: 3 } },
})
