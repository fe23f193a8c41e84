import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { roles } from '../base/people.ts'
import { reader } from '../base/sealed.ts'

const w = 'access-admin'
const short = z.string().max(100)
const roleOptions = roles.map(value => ({ value, label: `base.role.${value}` }))
const rolesField = {
  kind: 'checkboxes',
  schema: z.array(z.enum(roles)),
  label: `${w}.field.roles`,
  hint: `${w}.field.rolesHint`,
  options: roleOptions,
} as const
const id = z.uuid()

export const inviteForm = defineForm({
  fields: {
    login: { kind: 'text', schema: z.string().min(2).max(60), label: `${w}.field.login`, hint: `${w}.field.loginHint`, width: 20 },
    name: { kind: 'text', schema: short, label: `${w}.field.name`, hint: `${w}.field.nameHint`, width: 30 },
    alias: { kind: 'text', schema: z.string().max(40), label: `${w}.field.alias`, hint: `${w}.field.aliasHint`, width: 20 },
    language: {
      kind: 'radios',
      schema: z.enum(['ru', 'en']),
      label: `${w}.field.language`,
      inline: true,
      options: [
        { value: 'ru', text: 'Русский' },
        { value: 'en', text: 'English' },
      ],
    },
    roles: rolesField,
    teams: { kind: 'checkboxes', schema: z.array(id), optional: true, label: `${w}.field.teams`, hint: `${w}.field.teamsHint` },
  },
})

export const rolesForm = defineForm({ fields: { roles: rolesField } })
export const memberForm = defineForm({
  fields: {
    team: { kind: 'select', schema: id, label: `${w}.field.team` },
    fn: { kind: 'select', schema: z.string(), label: `${w}.field.function` },
  },
})
export const leaveForm = defineForm({
  fields: {
    how: {
      kind: 'radios',
      schema: z.enum(['empty', 'now']),
      label: `${w}.field.how`,
      options: [
        { value: 'empty', label: `${w}.leave.empty`, hint: `${w}.leave.emptyHint` },
        { value: 'now', label: `${w}.leave.now`, hint: `${w}.leave.nowHint` },
      ],
    },
  },
})
export const readmitForm = defineForm({
  fields: {
    sure: {
      kind: 'checkboxes',
      schema: z.array(z.enum(['yes'])),
      label: `${w}.readmit.sure`,
      options: [{ value: 'yes', label: `${w}.readmit.sureText` }],
    },
  },
})
export const teamForm = defineForm({
  fields: {
    ru: { kind: 'text', schema: short, label: `${w}.field.nameRu`, width: 30 },
    en: { kind: 'text', schema: short, label: `${w}.field.nameEn`, width: 30 },
    intake: {
      kind: 'checkboxes',
      schema: z.array(z.enum(['yes'])),
      optional: true,
      label: `${w}.field.intake`,
      options: [{ value: 'yes', label: `${w}.field.intakeText` }],
    },
  },
})
export const teamEndForm = defineForm({
  fields: {
    sure: {
      kind: 'checkboxes',
      schema: z.array(z.enum(['yes'])),
      label: `${w}.teamEnd.sure`,
      options: [{ value: 'yes', label: `${w}.teamEnd.sureText` }],
    },
  },
})
const day = z.iso.date()
export const absenceForm = defineForm({
  fields: {
    deputy: { kind: 'select', schema: id, label: `${w}.field.deputy`, hint: `${w}.field.deputyHint` },
    from: { kind: 'day', schema: day, label: `${w}.field.from` },
    until: { kind: 'day', schema: day, label: `${w}.field.until`, hint: `${w}.field.untilHint` },
  },
})
export const glassForm = defineForm({
  fields: {
    number: { kind: 'text', schema: z.string().max(20), label: `${w}.field.number`, hint: `${w}.field.numberHint`, width: 10 },
    reason: {
      kind: 'radios',
      schema: z.enum(['immediate_danger', 'outside_hours']),
      label: `${w}.field.reason`,
      options: [
        { value: 'immediate_danger', label: `${w}.reason.immediate_danger` },
        { value: 'outside_hours', label: `${w}.reason.outside_hours` },
      ],
    },
    text: { kind: 'textarea', schema: z.string().min(10).max(2000), label: `${w}.field.text`, hint: `${w}.field.textHint`, rows: 4 },
  },
})
/** The words of an emergency opening, sealed for the supervisors of the team. */
export const glassSchema = 1
const glassWords = z.object({ reason: z.enum(['immediate_danger', 'outside_hours']), text: z.string() })
export const openGlassWords = reader('emergency opening', glassSchema, glassWords)

const country = z.string().regex(/^[A-Z]{2}$/)
export const helplineForm = defineForm({
  fields: {
    country: { kind: 'text', schema: country, label: `${w}.field.country`, hint: `${w}.field.countryHint`, width: 2 },
    number: { kind: 'text', schema: z.string().regex(/^[+\d][\d\s()-]{1,29}$/), label: `${w}.field.phone`, inputmode: 'tel', width: 20 },
    ru: { kind: 'text', schema: short, label: `${w}.field.nameRu`, width: 30 },
    en: { kind: 'text', schema: short, label: `${w}.field.nameEn`, width: 30 },
  },
})
