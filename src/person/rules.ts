import { err, ok, type Result } from '../base/result.ts'
import { type Day, dayOf } from '../base/time.ts'
import { type Reading, readAge, readingOf } from './rules.age-read.ts'
import { applyAssessment } from './rules.assessment.ts'
import type {
  AgeClaim,
  Claim,
  ClaimDraft,
  FactClaim,
  Identity,
  Person,
  PersonEvent,
  PersonRow,
  Recording,
  Relation,
  Script,
  Standing,
  Whereabouts,
} from './schema.ts'

export * from './rules.shown.ts'

export const personErrors = [
  'person_erased',
  'nothing_said',
  'claim_unknown',
  'claim_withdrawn',
  'reason_missing',
  'not_an_age',
  'days_upside_down',
  'day_ahead',
] as const
export type PersonError = (typeof personErrors)[number]

/** The script that most letters of a name are written in. */
export const scriptOf = (text: string): Script => {
  const count = (p: RegExp) => (text.match(p) ?? []).length
  const by: [Script, number][] = [
    ['cyrl', count(/\p{Script=Cyrillic}/gu)],
    ['latn', count(/\p{Script=Latin}/gu)],
    ['arab', count(/\p{Script=Arabic}/gu)],
  ]
  const best = by.reduce((a, b) => (b[1] > a[1] ? b : a))
  return best[1] > 0 ? best[0] : 'other'
}

const textOf = (d: ClaimDraft) => (d.what === 'name' ? [...Object.values(d.parts), d.latin ?? ''].join('') : d.text)

/** The years of birth beside the days, for whoever compares years. */
const read = (r: Reading | undefined): Pick<AgeClaim, 'edtf' | 'min' | 'max' | 'minYear' | 'maxYear'> =>
  r
    ? { edtf: r.edtf, min: r.min, max: r.max, minYear: Number(r.min.slice(0, 4)), maxYear: Number(r.max.slice(0, 4)) }
    : { edtf: '', min: null, max: null, minYear: null, maxYear: null }
/** What an age draft is read as: what somebody chose, else the only thing it can mean. */
const ageOf = (d: Extract<ClaimDraft, { what: 'age' }>, on: Day) => {
  if (d.reading) return read(readingOf(d.reading, on))
  const said = readAge(d.text, on)
  return read(said.kind === 'read' ? said.reading : undefined)
}
/** A draft becomes a claim of somebody, at a time. */
export const toClaim = (d: ClaimDraft, r: Recording): Claim => {
  const common = {
    id: r.id,
    source: d.source,
    whose: d.whose ?? '',
    method: d.method ?? ('not_said' as const),
    language: d.language ?? ('' as const),
    saidOn: d.saidOn ?? '',
    confidence: d.confidence,
    recordedAt: r.at,
    by: r.by,
    standing: 'stands' as const,
    reason: '',
  }
  switch (d.what) {
    case 'name':
      return {
        ...common,
        what: 'name',
        parts: d.parts,
        latin: d.latin ?? '',
        order: d.order ?? 'known',
        kind: d.kind,
        script: scriptOf(textOf(d)),
      }
    case 'age':
      return { ...common, what: 'age', text: d.text, ...ageOf(d, d.saidOn || dayOf(r.at)) }
    case 'place':
      return { ...common, what: 'place', place: d.place, text: d.text, country: d.country ?? '', region: d.region ?? '' }
    default:
      return { ...common, ...factOf(d) } as FactClaim
  }
}
/** The fields of a fact's own kind, with "not asked" where the draft leaves one out. */
const factOf = (d: Exclude<ClaimDraft, { what: 'name' | 'age' | 'place' }>) => {
  const { what, text } = d
  switch (what) {
    case 'citizenship':
      return { what, text, status: d.status ?? 'named', country: d.country ?? '' }
    case 'origin':
      return { what, text, country: d.country ?? '', region: d.region ?? '', district: d.district ?? '', village: d.village ?? '' }
    case 'language':
      return { what, text, level: d.level ?? 'not_asked' }
    case 'relative':
      return { what, text, kin: d.kin ?? 'other', contact: d.contact ?? 'not_asked' }
    case 'handle':
      return { what, text, network: d.network ?? 'other' }
    case 'document':
      return {
        what,
        text,
        document: d.document ?? 'other',
        state: d.state ?? 'held',
        number: d.number ?? '',
        holder: d.holder ?? '',
        next: d.next ?? '',
      }
    default:
      return { what, text }
  }
}

export const emptyWhereabouts: Whereabouts = { places: [] }
type Sealed = Pick<Person, 'identity' | 'whereabouts'>
const withClaim = ({ identity, whereabouts }: Sealed, c: Claim): Sealed => {
  if (c.what === 'place') return { identity, whereabouts: { places: [...whereabouts.places, c] } }
  if (c.what === 'name') return { whereabouts, identity: { ...identity, names: [...identity.names, c] } }
  if (c.what === 'age') return { whereabouts, identity: { ...identity, ages: [...identity.ages, c] } }
  return { whereabouts, identity: { ...identity, facts: [...identity.facts, c] } }
}

/** Every claim about a person, in the order in which they were recorded. */
export const claimsOf = (p: Pick<Person, 'identity' | 'whereabouts'>): Claim[] =>
  [...p.identity.names, ...p.identity.ages, ...p.identity.facts, ...p.whereabouts.places].sort((a, b) =>
    a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0,
  )

/** A new person. Nothing is required but who this is to us; blank drafts are left out. Places are added by `addClaim`, under a key of their own. */
export const recordPerson = (relation: Relation, drafts: readonly { draft: ClaimDraft; recording: Recording }[]): PersonEvent => {
  const said = drafts.filter(d => d.draft.what !== 'place' && textOf(d.draft).trim() !== '')
  const identity: Identity = { relation, names: [], ages: [], facts: [], assessments: [] }
  return {
    type: 'person_recorded',
    identity: said.reduce((p, d) => withClaim(p, toClaim(d.draft, d.recording)), { identity, whereabouts: emptyWhereabouts }).identity,
  }
}

export const addClaim = (p: Person, d: ClaimDraft, r: Recording): Result<PersonEvent, PersonError> => {
  if (p.state === 'erased') return err('person_erased')
  if (textOf(d).trim() === '') return err('nothing_said')
  if (d.saidOn && d.saidOn > dayOf(r.at)) return err('day_ahead')
  return ok({ type: 'claim_added', claim: toClaim(d, r) })
}

/** Confirm, dispute or withdraw. A withdrawn claim stays withdrawn: whoever thinks otherwise makes a new claim with a source. */
export const judgeClaim = (p: Person, cmd: { claimId: string; standing: Standing; reason: string }): Result<PersonEvent, PersonError> => {
  if (p.state === 'erased') return err('person_erased')
  const claim = claimsOf(p).find(c => c.id === cmd.claimId)
  if (!claim) return err('claim_unknown')
  if (claim.standing === 'withdrawn') return err('claim_withdrawn')
  if (cmd.reason.trim() === '' && cmd.standing !== 'confirmed') return err('reason_missing')
  return ok({
    type: 'claim_judged',
    claimId: cmd.claimId,
    standing: cmd.standing,
    reason: cmd.reason.trim(),
    place: claim.what === 'place',
  })
}

/** What an age means is understood otherwise than we read it; the words stay. */
export const rereadAge = (
  p: Person,
  cmd: { claimId: string; min: Day; max: Day; reason: string },
  today: Day,
): Result<PersonEvent, PersonError> => {
  if (p.state === 'erased') return err('person_erased')
  const claim = p.identity.ages.find(c => c.id === cmd.claimId)
  if (!claim) return err('not_an_age')
  if (claim.standing === 'withdrawn') return err('claim_withdrawn')
  if (cmd.min > cmd.max) return err('days_upside_down')
  if (cmd.max > today) return err('day_ahead')
  const edtf = cmd.min === cmd.max ? cmd.min : `${cmd.min}/${cmd.max}`
  return ok({ type: 'claim_reread', claimId: cmd.claimId, edtf, min: cmd.min, max: cmd.max, reason: cmd.reason.trim() })
}

const judged = <C extends Claim>(list: readonly C[], e: Extract<PersonEvent, { type: 'claim_judged' }>): C[] =>
  list.map(c => (c.id === e.claimId ? { ...c, standing: e.standing, reason: e.reason } : c))

/** The next state; version rises by one with every event. */
export const apply = (p: Person | undefined, row: Pick<PersonRow, 'id' | 'homeGroup'>, e: PersonEvent): Person => {
  if (e.type === 'person_recorded') return { ...row, state: 'active', version: 1, identity: e.identity, whereabouts: emptyWhereabouts }
  if (!p) throw new Error('an event before the person was recorded')
  const next = { ...p, version: p.version + 1 }
  switch (e.type) {
    case 'claim_added':
      return { ...next, ...withClaim(p, e.claim) }
    case 'claim_reread':
      return { ...next, identity: { ...p.identity, ages: p.identity.ages.map(c => (c.id === e.claimId ? { ...c, ...read(e) } : c)) } }
    case 'age_assessed':
    case 'age_appealed':
      return { ...next, identity: applyAssessment(p.identity, e) }
    default: {
      const { names, ages, facts } = p.identity
      return {
        ...next,
        identity: { ...p.identity, names: judged(names, e), ages: judged(ages, e), facts: judged(facts, e) },
        whereabouts: { places: judged(p.whereabouts.places, e) },
      }
    }
  }
}
