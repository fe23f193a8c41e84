import { err, ok, type Result } from '../base/result.ts'
import type { Day } from '../base/time.ts'
import { bornFor } from './rules.edtf.ts'
import type { Assessment } from './schema.assessment.ts'
import type { AgeClaim, Person, PersonEvent, Recording } from './schema.ts'

export const assessmentErrors = [
  'assessment_needs_grounds',
  'assessment_needs_language',
  'assessment_needs_guardian',
  'assessment_needs_consent',
  'assessment_needs_method',
  'assessment_needs_result',
  'assessment_upside_down',
  'assessment_unknown',
  'appeal_needs_reason',
] as const
export type AssessmentError = (typeof assessmentErrors)[number] | 'person_erased'

export type AssessmentSaid = Pick<
  Assessment,
  | 'grounds'
  | 'informedIn'
  | 'guardian'
  | 'consent'
  | 'methods'
  | 'resultMin'
  | 'resultMax'
  | 'margin'
  | 'decidedOn'
  | 'decidedBy'
  | 'appealUntil'
>
/** The lowest age that the result and its margin allow: every doubt speaks for the child. */
export const lowestAge = (resultMin: number, margin: number): number => Math.max(0, resultMin - Math.max(0, margin))

const blank = (s: string) => s.trim() === ''
/**
 * Records an age assessment. What was done without grounds, information, guardian or consent was no assessment in this sense and is refused: an age that somebody set without
 * them is a claim of whoever set it. A refusal is recorded without a result, and says nothing of an age.
 */
export const assessAge = (
  p: Person,
  said: AssessmentSaid,
  r: { readonly assessment: Recording; readonly claim: Recording },
): Result<PersonEvent, AssessmentError> => {
  if (p.state === 'erased') return err('person_erased')
  if (blank(said.grounds)) return err('assessment_needs_grounds')
  if (blank(said.informedIn)) return err('assessment_needs_language')
  if (blank(said.guardian)) return err('assessment_needs_guardian')
  const { resultMin: min, resultMax: max } = said
  const head = { ...said, id: r.assessment.id, by: r.assessment.by, recordedAt: r.assessment.at, appeal: 'none' as const, appealNote: '' }
  if (said.consent === 'refused') {
    if (min !== null || max !== null || said.methods.length > 0) return err('assessment_needs_consent')
    return ok({ type: 'age_assessed', assessment: { ...head, decided: null, claimId: null }, claim: null })
  }
  if (said.methods.length === 0) return err('assessment_needs_method')
  if (min === null || max === null) return err('assessment_needs_result')
  if (min > max) return err('assessment_upside_down')
  const decided = lowestAge(min, said.margin)
  const claim = ageClaim(decided, said.decidedOn, said.decidedBy, r.claim)
  return ok({ type: 'age_assessed', assessment: { ...head, decided, claimId: claim.id }, claim })
}
const ageClaim = (decided: number, on: Day, by: string, r: Recording): AgeClaim => {
  const days = bornFor(decided, decided, on)
  return {
    id: r.id,
    by: r.by,
    recordedAt: r.at,
    what: 'age',
    source: 'assessment',
    whose: by.slice(0, 200),
    method: 'not_said',
    language: '',
    saidOn: on,
    confidence: 'not_assessed',
    standing: 'stands',
    reason: '',
    text: String(decided),
    edtf: `${days.min}/${days.max}`,
    ...days,
    minYear: Number(days.min.slice(0, 4)),
    maxYear: Number(days.max.slice(0, 4)),
  }
}
/** An appeal, and what came of it. While it is open the decided age is disputed; when it is changed, the age is withdrawn. */
export const appealAge = (
  p: Person,
  cmd: { assessmentId: string; appeal: Assessment['appeal']; note: string },
): Result<PersonEvent, AssessmentError> => {
  if (p.state === 'erased') return err('person_erased')
  const a = p.identity.assessments.find(x => x.id === cmd.assessmentId)
  if (!a || cmd.appeal === 'none') return err('assessment_unknown')
  if (blank(cmd.note)) return err('appeal_needs_reason')
  return ok({ type: 'age_appealed', assessmentId: a.id, appeal: cmd.appeal, note: cmd.note.trim() })
}
const standingOf = { pending: 'disputed', changed: 'withdrawn', upheld: 'stands', none: 'stands' } as const
type AssessmentEvent = Extract<PersonEvent, { type: 'age_assessed' | 'age_appealed' }>
/** What an assessment and an appeal do to an identity. A claim that somebody withdrew for another reason stays withdrawn. */
export const applyAssessment = (identity: Person['identity'], e: AssessmentEvent): Person['identity'] => {
  if (e.type === 'age_assessed')
    return {
      ...identity,
      assessments: [...identity.assessments, e.assessment],
      ages: e.claim ? [...identity.ages, e.claim] : identity.ages,
    }
  const claimId = identity.assessments.find(a => a.id === e.assessmentId)?.claimId
  return {
    ...identity,
    assessments: identity.assessments.map(a => (a.id === e.assessmentId ? { ...a, appeal: e.appeal, appealNote: e.note } : a)),
    ages: identity.ages.map(c =>
      c.id === claimId && c.standing !== 'withdrawn' ? { ...c, standing: standingOf[e.appeal], reason: e.note } : c,
    ),
  }
}
