import { z } from 'zod'
import { defineForm, type FormDef, type Option } from '../base/form.ts'
import { assessmentMethods, consents } from './schema.assessment.ts'
import {
  citizenships,
  claimSources,
  confidences,
  contactRules,
  day,
  documentStates,
  documents,
  facts,
  kins,
  levels,
  line,
  methods,
  nameKinds,
  networks,
  placeKinds,
  saidLanguages,
} from './schema.claims.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
export const claimKinds = ['name', 'age', ...facts, 'place'] as const
export type ClaimKind = (typeof claimKinds)[number]
export const isClaimKind = (x: unknown): x is ClaimKind => claimKinds.includes(x as ClaimKind)

/** The first step: what the claim is about. Then only the fields of that are asked. */
export const chooseForm = defineForm({
  fields: {
    what: { kind: 'radios', schema: z.enum(claimKinds), label: 'person.claim.what', options: options('person.choose.kind', claimKinds) },
  },
})

const what = { kind: 'hidden', schema: z.enum(claimKinds), label: 'person.claim.what' } as const
const said = (label: string, hint?: string, inputmode?: 'tel') =>
  ({ kind: 'text', schema: z.string().max(500), label, optional: true, ...(hint && { hint }), ...(inputmode && { inputmode }) }) as const
const part = (label: string) => ({ kind: 'text', schema: line, label, optional: true }) as const
const choice = (label: string, prefix: string, values: readonly [string, ...string[]]) =>
  ({ kind: 'select', schema: z.enum(values), label, options: options(prefix, values), optional: true }) as const
/** Filled at run time with names in the language of the page. */
const place = (label: string, hint?: string) =>
  ({ kind: 'select', schema: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/), label, optional: true, ...(hint && { hint }) }) as const
/** Whose words, how and when: the same for every kind, and filled in as the writer last had it. */
const tail = {
  source: { kind: 'select', schema: z.enum(claimSources), label: 'person.claim.source', options: options('person.source', claimSources) },
  confidence: {
    kind: 'select',
    schema: z.enum(confidences),
    label: 'person.claim.confidence',
    options: options('person.confidence', confidences),
  },
  whose: { kind: 'text', schema: line, label: 'person.claim.whose', hint: 'person.claim.whoseHint', optional: true },
  method: choice('person.claim.method', 'person.method', methods),
  language: choice('person.claim.language', 'person.saidLanguage', saidLanguages.filter(l => l !== '') as [string, ...string[]]),
  saidOn: { kind: 'day', schema: day, label: 'person.claim.saidOn', hint: 'person.claim.saidOnHint', optional: true },
} as const

const ageText = said('person.claim.ageText', 'person.claim.ageHint')
export const claimForms = {
  name: defineForm({
    fields: {
      what,
      given: part('person.claim.given'),
      family: part('person.claim.family'),
      patronymic: part('person.claim.patronymic'),
      text: said('person.claim.otherName', 'person.claim.otherNameHint'),
      latin: { ...part('person.claim.latin'), hint: 'person.claim.latinHint' },
      kind: choice('person.claim.kind', 'person.nameKind', nameKinds),
      ...tail,
    },
  }),
  age: defineForm({ fields: { what, text: ageText, ...tail } }),
  sex: defineForm({
    fields: {
      what,
      sex: {
        kind: 'radios',
        schema: z.enum(['female', 'male', 'other']),
        label: 'person.claim.sex',
        options: options('person.sex', ['female', 'male', 'other']),
        optional: true,
        inline: true,
      },
      text: said('person.claim.text'),
      ...tail,
    },
  }),
  citizenship: defineForm({
    fields: {
      what,
      status: {
        kind: 'radios',
        schema: z.enum(citizenships),
        label: 'person.claim.citizenship',
        options: citizenships.map(value => ({
          value,
          label: `person.citizenship.${value}`,
          ...(value === 'named' && { reveals: 'country' }),
        })),
        optional: true,
      },
      country: place('person.claim.country'),
      text: said('person.claim.text'),
      ...tail,
    },
  }),
  origin: defineForm({
    fields: {
      what,
      region: place('person.claim.region', 'person.claim.regionHint'),
      country: place('person.claim.country', 'person.claim.countryHint'),
      district: part('person.claim.district'),
      village: part('person.claim.village'),
      text: said('person.claim.text'),
      ...tail,
    },
  }),
  language: defineForm({
    fields: { what, text: said('person.claim.spoken'), level: choice('person.claim.level', 'person.level', levels), ...tail },
  }),
  religion: defineForm({ fields: { what, text: said('person.claim.religion', 'person.claim.religionHint'), ...tail } }),
  relative: defineForm({
    fields: {
      what,
      kin: choice('person.claim.kin', 'person.kin', kins),
      text: said('person.claim.relativeName'),
      contact: choice('person.claim.contact', 'person.contact', contactRules),
      ...tail,
    },
  }),
  document: defineForm({
    fields: {
      what,
      document: choice('person.claim.document', 'person.document', documents),
      state: choice('person.claim.state', 'person.documentState', documentStates),
      number: part('person.claim.number'),
      holder: { ...part('person.claim.holder'), hint: 'person.claim.holderHint' },
      next: { kind: 'text', schema: z.string().max(500), label: 'person.claim.next', hint: 'person.claim.nextHint', optional: true },
      text: said('person.claim.documentText'),
      ...tail,
    },
  }),
  phone: defineForm({ fields: { what, text: said('person.claim.phone', 'person.claim.phoneHint', 'tel'), ...tail } }),
  handle: defineForm({
    fields: { what, network: choice('person.claim.network', 'person.network', networks), text: said('person.claim.handle'), ...tail },
  }),
  place: defineForm({
    fields: {
      what,
      place: choice('person.claim.place', 'person.place', placeKinds),
      text: said('person.claim.placeText'),
      region: place('person.claim.region', 'person.claim.regionHint'),
      country: place('person.claim.country', 'person.claim.countryHint'),
      ...tail,
    },
  }),
  // biome-ignore lint/suspicious/noExplicitAny: forms of twelve kinds; each value is read by draftOf
} satisfies Record<ClaimKind, FormDef<any, any>>
/** The age form once more, when what was said may mean several things. */
export const ageAskForm = defineForm({
  fields: {
    what,
    text: ageText,
    reading: { kind: 'radios', schema: z.string().max(60), label: 'person.reading.ask' },
    ...tail,
  },
})
/** What we understood, put right. */
export const rereadForm = defineForm({
  fields: {
    min: { kind: 'day', schema: day, label: 'person.reread.min' },
    max: { kind: 'day', schema: day, label: 'person.reread.max' },
    reason: { kind: 'text', schema: z.string().max(500), label: 'person.reread.reason', optional: true },
  },
})

const years = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number)
const age = (label: string, hint?: string) =>
  ({ kind: 'text', schema: years, label, optional: true, inputmode: 'numeric', width: 2, ...(hint && { hint }) }) as const
const text = (label: string, hint?: string) => ({ kind: 'text', schema: line, label, ...(hint && { hint }) }) as const
export const assessmentForm = defineForm({
  fields: {
    grounds: {
      kind: 'textarea',
      schema: z.string().max(2000),
      label: 'person.assess.grounds',
      hint: 'person.assess.groundsHint',
      rows: 2,
    },
    informedIn: text('person.assess.informedIn', 'person.assess.informedInHint'),
    guardian: text('person.assess.guardian', 'person.assess.guardianHint'),
    consent: {
      kind: 'radios',
      schema: z.enum(consents),
      label: 'person.assess.consent',
      options: options('person.consent', consents),
    },
    methods: {
      kind: 'checkboxes',
      schema: z.array(z.enum(assessmentMethods)),
      label: 'person.assess.methods',
      hint: 'person.assess.methodsHint',
      options: options('person.assessMethod', assessmentMethods),
      optional: true,
    },
    resultMin: age('person.assess.resultMin'),
    resultMax: age('person.assess.resultMax'),
    margin: age('person.assess.margin', 'person.assess.marginHint'),
    decidedOn: { kind: 'day', schema: day, label: 'person.assess.decidedOn' },
    decidedBy: text('person.assess.decidedBy'),
    appealUntil: { kind: 'day', schema: day, label: 'person.assess.appealUntil', optional: true },
  },
})
export const appealForm = defineForm({
  fields: {
    appeal: {
      kind: 'radios',
      schema: z.enum(['pending', 'upheld', 'changed']),
      label: 'person.appeal.appeal',
      options: options('person.appealState', ['pending', 'upheld', 'changed']),
    },
    note: { kind: 'textarea', schema: z.string().max(2000), label: 'person.appeal.note', rows: 2 },
  },
})
