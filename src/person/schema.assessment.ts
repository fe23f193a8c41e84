import { z } from 'zod'
import { day, line } from './schema.claims.ts'

/*
 * Age assessment as a procedure (Parliamentary Assembly of the Council of Europe, doc. 14434 of 2017): only after serious doubt, with information in a language the child
 * understands, a guardian beside them, consent, and the lowest age that the result allows. Examination of sexual maturity is forbidden in every situation: it is on no list
 * here, and there is no field in which it could be noted.
 */
export const assessmentMethods = ['documents', 'conversation', 'family', 'school', 'social', 'psychologist', 'xray'] as const
export const consents = ['given', 'refused'] as const
export const appealStates = ['none', 'pending', 'upheld', 'changed'] as const

export const Assessment = z.strictObject({
  id: z.string(),
  grounds: z.string().max(2000),
  informedIn: line,
  guardian: line,
  consent: z.enum(consents),
  methods: z.array(z.enum(assessmentMethods)).max(assessmentMethods.length),
  /** Null where there was no assessment, because it was refused: that says nothing of an age. */
  resultMin: z.number().int().nullable(),
  resultMax: z.number().int().nullable(),
  /** Years by which the methods may be wrong. */
  margin: z.number().int(),
  decided: z.number().int().nullable(),
  decidedOn: day,
  decidedBy: line,
  appealUntil: z.union([day, z.literal('')]),
  appeal: z.enum(appealStates),
  appealNote: z.string().max(2000),
  /** The age claim that came of it. */
  claimId: z.string().nullable(),
  by: z.string(),
  recordedAt: z.string().max(40),
})
export type Assessment = z.infer<typeof Assessment>
