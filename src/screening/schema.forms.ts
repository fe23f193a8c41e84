import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import { confidences, sources } from '../person/schema.ts'
import { acts, answers, controls, offlineChannels, onlineChannels, onlineTimes, outcomes, purposes, recruiters, ways } from './schema.ts'

const options = (prefix: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `${prefix}.${value}` }))
const line = z.string().max(300)
const words = z.string().max(8000)
const answer = (label: string, hint?: string) =>
  ({
    kind: 'radios',
    schema: z.enum(answers),
    label,
    ...(hint ? { hint } : {}),
    options: options('screening.answer', answers),
    inline: true,
  }) as const
/** Said once for the whole form: whose words, how sure, and the times. */
const said = {
  source: {
    kind: 'select',
    schema: z.enum(sources),
    label: 'screening.said.source',
    options: options('person.source', sources),
    optional: true,
  },
  confidence: {
    kind: 'select',
    schema: z.enum(confidences),
    label: 'screening.said.confidence',
    options: options('person.confidence', confidences),
    optional: true,
  },
  happened: {
    kind: 'text',
    schema: line,
    label: 'screening.said.happened',
    hint: 'screening.said.happenedHint',
    optional: true,
    width: 30,
  },
  learned: { kind: 'day', schema: z.string(), label: 'screening.said.learned', hint: 'screening.said.learnedHint', optional: true },
  paperBy: { kind: 'text', schema: line, label: 'screening.said.paperBy', optional: true, width: 30 },
} as const

export const circumstancesForm = defineForm({
  fields: {
    left_home: answer('screening.circumstance.left_home'),
    unaccompanied: answer('screening.circumstance.unaccompanied'),
    no_school_or_clinic: answer('screening.circumstance.no_school_or_clinic'),
    undocumented: answer('screening.circumstance.undocumented'),
    migrant_family: answer('screening.circumstance.migrant_family'),
    about: { kind: 'textarea', schema: words, label: 'screening.circumstances.about', rows: 3, optional: true },
    ...said,
  },
})
/** When exactly it was learned: the clock of the report runs from it. */
const clock = {
  kind: 'text',
  schema: z.string().regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, 'screening.error.clock'),
  label: 'screening.facts.clock',
  hint: 'screening.facts.clockHint',
  optional: true,
  width: 5,
} as const
const { source, confidence, happened, learned, paperBy } = said
const saidAt = { source, confidence, happened, learned, clock, paperBy } as const

export const factsForm = defineForm({
  fields: {
    acts: {
      kind: 'checkboxes',
      schema: z.array(z.enum(acts)),
      label: 'screening.facts.acts',
      options: options('screening.act', acts),
      optional: true,
    },
    purposes: {
      kind: 'checkboxes',
      schema: z.array(z.enum(purposes)),
      label: 'screening.facts.purposes',
      options: options('screening.purpose', purposes),
      optional: true,
    },
    text: { kind: 'textarea', schema: words, label: 'screening.facts.text', hint: 'screening.facts.textHint', rows: 3 },
    life: answer('screening.facts.life', 'screening.facts.lifeHint'),
    ...saidAt,
  },
})
export const knownForm = defineForm({
  fields: {
    text: { ...factsForm.fields.text, label: 'screening.known.text', hint: 'screening.known.textHint' },
    life: factsForm.fields.life,
    ...saidAt,
  },
})
export const approachForm = defineForm({
  fields: {
    way: {
      kind: 'radios',
      schema: z.enum(ways),
      label: 'screening.approach.way',
      options: [
        { value: 'offline', label: 'screening.way.offline', reveals: 'offline' },
        { value: 'online', label: 'screening.way.online', reveals: 'online' },
        { value: 'not_asked', label: 'screening.way.not_asked' },
      ],
    },
    offline: {
      kind: 'select',
      schema: z.enum(offlineChannels),
      label: 'screening.approach.offline',
      options: options('screening.channel', offlineChannels),
      optional: true,
    },
    online: {
      kind: 'select',
      schema: z.enum(onlineChannels),
      label: 'screening.approach.online',
      options: options('screening.channel', onlineChannels),
      optional: true,
    },
    platform: {
      kind: 'text',
      schema: line,
      label: 'screening.approach.platform',
      hint: 'screening.approach.platformHint',
      optional: true,
      width: 20,
    },
    handle: {
      kind: 'text',
      schema: line,
      label: 'screening.approach.handle',
      hint: 'screening.approach.handleHint',
      optional: true,
      width: 20,
    },
    recruiter: {
      kind: 'select',
      schema: z.enum(recruiters),
      label: 'screening.approach.recruiter',
      hint: 'screening.approach.recruiterHint',
      options: options('screening.recruiter', recruiters),
    },
    time: {
      kind: 'radios',
      schema: z.enum(onlineTimes),
      label: 'screening.approach.time',
      options: options('screening.time', onlineTimes),
      inline: true,
    },
    control: {
      kind: 'radios',
      schema: z.enum(controls),
      label: 'screening.approach.control',
      options: options('screening.control', controls),
      inline: true,
    },
    text: { kind: 'textarea', schema: words, label: 'screening.approach.text', rows: 3, optional: true },
    ...said,
  },
})
export const routeForm = defineForm({
  fields: {
    origin: { kind: 'text', schema: line, label: 'screening.route.origin', optional: true, width: 30 },
    transit: { kind: 'text', schema: line, label: 'screening.route.transit', optional: true, width: 30 },
    destination: { kind: 'text', schema: line, label: 'screening.route.destination', optional: true, width: 30 },
    ...said,
  },
})
export const decisionForm = defineForm({
  fields: {
    outcome: {
      kind: 'radios',
      schema: z.enum(outcomes),
      label: 'screening.decision.outcome',
      hint: 'screening.decision.outcomeHint',
      options: outcomes.map(value => ({
        value,
        label: `screening.outcome.${value}`,
        hint: `screening.outcomeHint.${value}`,
        ...(value === 'confirmed' ? { reveals: 'body' } : {}),
      })),
    },
    body: { kind: 'text', schema: line, label: 'screening.decision.body', hint: 'screening.decision.bodyHint', optional: true, width: 30 },
    reason: { kind: 'textarea', schema: words, label: 'screening.decision.reason', hint: 'screening.decision.reasonHint', rows: 4 },
    atRisk: answer('screening.decision.atRisk', 'screening.decision.atRiskHint'),
    learned: { ...said.learned, label: 'screening.decision.learned' },
  },
})
export const withdrawForm = defineForm({
  fields: {
    reason: { kind: 'textarea', schema: words, label: 'screening.withdraw.reason', hint: 'screening.withdraw.reasonHint', rows: 3 },
  },
})
