import type { FormDef, Option, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { ok } from '../base/result.ts'
import { type Day, dayOf } from '../base/time.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { type Decided, personCommand } from './routes.command.ts'
import { type Reading, readAge } from './rules.age-read.ts'
import { appealAge, assessAge } from './rules.assessment.ts'
import { type ClaimSaid, draftOf } from './rules.draft.ts'
import { countryList, regionList } from './rules.places.ts'
import { addClaim, claimsOf, judgeClaim, rereadAge } from './rules.ts'
import type { Assessment } from './schema.assessment.ts'
import { ageAskForm, appealForm, assessmentForm, chooseForm, claimForms, isClaimKind, rereadForm } from './schema.forms.claims.ts'
import { judgeForm } from './schema.forms.ts'
import { documents, type Person } from './schema.ts'
import { ageText, bornText } from './screens.claims.tsx'

export const todayOf = (a: Asked): Day => dayOf(a.now, a.session.timeZone)

/** What the claim is about: from the form that was sent, or from the address; undefined asks first. */
const kindOf = (a: Asked) => [a.body.what, a.query.what].find(isClaimKind)
const claimForm = (a: Asked): FormDef => {
  const kind = kindOf(a)
  if (!kind) return chooseForm as unknown as FormDef
  return (kind === 'age' && a.body.reading !== undefined ? ageAskForm : claimForms[kind]) as unknown as FormDef
}
/** Whose words, how and in which language: most often as with the last claim that the same person recorded here. */
const inherited = (a: Asked, p: Person): Values => {
  const last = claimsOf(p)
    .filter(c => c.by === a.actor.id && c.source !== 'assessment')
    .at(-1)
  if (!last) return { confidence: 'not_assessed' }
  const sameDay = dayOf(last.recordedAt, a.session.timeZone) === todayOf(a)
  return {
    source: last.source,
    confidence: last.confidence,
    whose: last.whose,
    method: last.method === 'not_said' ? '' : last.method,
    language: last.language,
    ...(sameDay && { saidOn: last.saidOn }),
  }
}
const initial = (a: Asked, p: Person): Values => {
  const what = kindOf(a)
  const document = documents.find(d => d === a.query.document)
  return {
    ...(what && { what }),
    ...inherited(a, p),
    ...(what === 'name' && { kind: 'own' }),
    ...(what === 'place' && { place: 'stays' }),
    ...(what === 'document' && document && { document }),
  }
}
const readings = (choices: readonly Reading[], a: Asked): Option[] => [
  ...choices.map(r => ({ value: r.edtf, text: `${bornText(r, a.t)}, ${ageText(r, todayOf(a), a.t)}` })),
  { value: 'words', label: 'person.reading.words' },
]
const places = (a: Asked) => ({ country: countryList(a.t.locale), region: regionList(a.t.locale) })

/** What may mean several things is asked about, once; an answer that no longer fits the words is asked about again. */
const decideClaim = (a: Asked, p: Person, v: ClaimSaid): Decided => {
  const on = v.saidOn ?? todayOf(a)
  if (v.what === 'age') {
    const read = readAge(v.text ?? '', on)
    const fits = v.reading === 'words' || (read.kind === 'ask' && read.choices.some(c => c.edtf === v.reading))
    if (read.kind === 'ask' && !fits)
      return {
        ok: false,
        ask: ageAskForm as unknown as FormDef,
        options: { reading: readings(read.choices, a) },
        note: a.t('person.reading.askNote'),
      }
    if (!fits) return decided(a, p, { ...v, reading: undefined })
  }
  return decided(a, p, v)
}
const decided = (a: Asked, p: Person, v: ClaimSaid): Decided => {
  const order = v.what === 'name' && v.text && !v.family && !v.given ? { order: 'unknown' as const } : {}
  return addClaim(p, draftOf({ ...v, ...order }, a.t as T), { id: newId(), by: a.actor.id, at: a.now })
}

interface AssessmentForm extends Omit<Parameters<typeof assessAge>[1], 'resultMin' | 'resultMax' | 'margin' | 'appealUntil'> {
  readonly resultMin: number | undefined
  readonly resultMax: number | undefined
  readonly margin: number | undefined
  readonly appealUntil: string | undefined
}
const assessment = (a: Asked, p: Person, v: AssessmentForm): Decided => {
  const recording = () => ({ id: newId(), by: a.actor.id, at: a.now })
  if (v.decidedOn > todayOf(a)) return { ok: false, error: 'day_ahead' }
  return assessAge(
    p,
    { ...v, resultMin: v.resultMin ?? null, resultMax: v.resultMax ?? null, margin: v.margin ?? 0, appealUntil: v.appealUntil ?? '' },
    { assessment: recording(), claim: recording() },
  )
}

/** Registers the forms on claims and on age assessments. */
export const registerClaims = (o: Office): void => {
  const claimOf = (p: Person, a: Asked) => claimsOf(p).find(c => c.id === a.params.claimId)
  personCommand(o, {
    path: 'claims/new',
    form: claimForm,
    words: a => (kindOf(a) ? 'person.claim' : 'person.choose'),
    about: a => {
      const kind = kindOf(a)
      return kind ? a.t(`person.choose.kind.${kind}`) : ''
    },
    // The first step sends only what the claim is about.
    step: a => isClaimKind(a.body.what) && a.body.source === undefined && a.body.text === undefined,
    initial,
    options: places,
    known: () => true,
    decide: decideClaim,
  })
  personCommand(o, {
    path: 'claims/:claimId',
    form: () => judgeForm as unknown as FormDef,
    words: () => 'person.judge',
    initial: () => ({}),
    known: (p, a) => claimOf(p, a) !== undefined,
    decide: (a, p, v: { standing: 'confirmed' | 'disputed' | 'withdrawn'; reason?: string }) =>
      judgeClaim(p, { claimId: a.params.claimId!, standing: v.standing, reason: v.reason ?? '' }),
  })
  personCommand(o, {
    path: 'claims/:claimId/reading',
    form: () => rereadForm as unknown as FormDef,
    words: () => 'person.reread',
    initial: (a, p) => {
      const c = claimOf(p, a)
      return c?.what === 'age' && c.min !== null && c.max !== null ? { min: c.min, max: c.max } : {}
    },
    known: (p, a) => claimOf(p, a)?.what === 'age',
    decide: (a, p, v: { min: Day; max: Day; reason?: string }) =>
      rereadAge(p, { claimId: a.params.claimId!, min: v.min, max: v.max, reason: v.reason ?? '' }, todayOf(a)),
  })
  personCommand(o, {
    path: 'assessments/new',
    form: () => assessmentForm as unknown as FormDef,
    words: () => 'person.assess',
    note: a => a.t('person.assess.rules'),
    initial: () => ({}),
    known: () => true,
    decide: assessment,
  })
  personCommand(o, {
    // The same name of the parameter as for claims: it is the id of something inside a person.
    path: 'assessments/:claimId',
    form: () => appealForm as unknown as FormDef,
    words: () => 'person.appeal',
    initial: () => ({}),
    known: (p, a) => p.identity.assessments.some(x => x.id === a.params.claimId),
    decide: (a, p, v: { appeal: Assessment['appeal']; note: string }) => {
      const e = appealAge(p, { assessmentId: a.params.claimId!, appeal: v.appeal, note: v.note })
      return e.ok ? ok(e.value) : e
    },
  })
}
