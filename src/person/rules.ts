import { err, ok, type Result } from '../base/result.ts'
import type {
  Claim,
  ClaimDraft,
  Identity,
  NameClaim,
  Person,
  PersonEvent,
  PersonRow,
  Recording,
  Relation,
  Script,
  Standing,
  Whereabouts,
} from './schema.ts'

export const personErrors = ['person_erased', 'nothing_said', 'claim_unknown', 'claim_withdrawn', 'reason_missing'] as const
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

/**
 * Years of birth that a spoken age or date may mean: "12" or "12-13" in 2026 is 2012–2014 (the birthday may be ahead), "2013" is 2013.
 * Both null where no number is said: a guess would harden into a fact.
 */
export const yearsOf = (text: string, year: number): { minYear: number | null; maxYear: number | null } => {
  const four = [...text.matchAll(/(?<!\d)(19|20)\d{2}(?!\d)/g)].map(m => Number(m[0])).filter(y => y <= year)
  if (four.length > 0) return { minYear: Math.min(...four), maxYear: Math.max(...four) }
  const ages = [...text.matchAll(/(?<!\d)\d{1,2}(?!\d)/g)].map(m => Number(m[0])).filter(a => a <= 99)
  if (ages.length === 0 || /\d\s*[./]\s*\d/.test(text)) return { minYear: null, maxYear: null }
  return { minYear: year - Math.max(...ages) - 1, maxYear: year - Math.min(...ages) }
}

const textOf = (d: ClaimDraft) => (d.what === 'name' ? Object.values(d.parts).join('') : d.text)

/** A draft becomes a claim of somebody, at a time. */
export const toClaim = (d: ClaimDraft, r: Recording): Claim => {
  const common = {
    id: r.id,
    source: d.source,
    confidence: d.confidence,
    recordedAt: r.at,
    by: r.by,
    standing: 'stands' as const,
    reason: '',
  }
  if (d.what === 'name') return { ...common, what: 'name', parts: d.parts, kind: d.kind, script: scriptOf(textOf(d)) }
  if (d.what === 'age') return { ...common, what: 'age', text: d.text, ...yearsOf(d.text, Number(r.at.slice(0, 4))) }
  if (d.what === 'place') return { ...common, what: 'place', place: d.place, text: d.text }
  return { ...common, what: d.what, text: d.text }
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
  const identity: Identity = { relation, names: [], ages: [], facts: [] }
  return {
    type: 'person_recorded',
    identity: said.reduce((p, d) => withClaim(p, toClaim(d.draft, d.recording)), { identity, whereabouts: emptyWhereabouts }).identity,
  }
}

export const addClaim = (p: Person, d: ClaimDraft, r: Recording): Result<PersonEvent, PersonError> => {
  if (p.state === 'erased') return err('person_erased')
  if (textOf(d).trim() === '') return err('nothing_said')
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

const judged = <C extends Claim>(list: readonly C[], e: Extract<PersonEvent, { type: 'claim_judged' }>): C[] =>
  list.map(c => (c.id === e.claimId ? { ...c, standing: e.standing, reason: e.reason } : c))

/** The next state; version rises by one with every event. */
export const apply = (p: Person | undefined, row: Pick<PersonRow, 'id' | 'homeGroup'>, e: PersonEvent): Person => {
  if (e.type === 'person_recorded') return { ...row, state: 'active', version: 1, identity: e.identity, whereabouts: emptyWhereabouts }
  if (!p) throw new Error('an event before the person was recorded')
  const next = { ...p, version: p.version + 1 }
  if (e.type === 'claim_added') return { ...next, ...withClaim(p, e.claim) }
  return {
    ...next,
    identity: { ...p.identity, names: judged(p.identity.names, e), ages: judged(p.identity.ages, e), facts: judged(p.identity.facts, e) },
    whereabouts: { places: judged(p.whereabouts.places, e) },
  }
}

const joined = (n: NameClaim) =>
  [n.parts.family, n.parts.given, n.parts.patronymic, n.parts.other]
    .map(s => s.trim())
    .filter(Boolean)
    .join(' ')
const rank: Record<Standing, number> = { confirmed: 0, stands: 1, disputed: 2, withdrawn: 3 }
/** The name to call the record by: confirmed before stated, own before nickname; empty where none is known. A withdrawn name is never shown as the name. */
export const displayName = (identity: Identity | undefined): string => {
  const usable = (identity?.names ?? []).filter(n => n.standing !== 'withdrawn')
  const kinds = { own: 0, nickname: 1, cover: 2 }
  const best = [...usable].sort((a, b) => rank[a.standing] - rank[b.standing] || kinds[a.kind] - kinds[b.kind])[0]
  return best ? joined(best) : ''
}
/** All names that may find this person; withdrawn ones too, since a child may give an old name again. */
export const namesOf = (identity: Identity): string[] => identity.names.map(joined)
/** The age claim that counts at present, as it was said; empty where none stands. */
export const displayAge = (identity: Identity | undefined): string =>
  [...(identity?.ages ?? [])].filter(a => a.standing !== 'withdrawn').sort((a, b) => rank[a.standing] - rank[b.standing])[0]?.text ?? ''
/** What is said at present of where the child stays and with whom, newest first. */
export const currentPlaces = (w: Whereabouts | undefined) => [...(w?.places ?? [])].filter(c => c.standing !== 'withdrawn').reverse()

/** What was said differently and still stands, each as it was said. Several languages, names and places are no disagreement: a child may have them all. */
export interface Disagreement {
  readonly what: 'age' | 'sex' | 'citizenship' | 'origin'
  readonly said: readonly string[]
}
const distinct = (texts: readonly string[]) => [...new Map(texts.map(t => [t.normalize('NFC').trim().toLowerCase(), t.trim()])).values()]
export const disagreements = (identity: Identity): Disagreement[] => {
  const stand = <C extends Claim>(list: readonly C[]) => list.filter(c => c.standing !== 'withdrawn')
  const ages = stand(identity.ages)
  // Years that overlap may all be true: "12" and "12–13" are one child.
  const apart = ages.some(a => ages.some(b => a.minYear !== null && b.maxYear !== null && a.minYear > b.maxYear))
  const facts = (['sex', 'citizenship', 'origin'] as const).map(what => ({
    what,
    said: distinct(stand(identity.facts).flatMap(c => (c.what === what ? [c.text] : []))),
  }))
  return [...(apart ? [{ what: 'age' as const, said: distinct(ages.map(a => a.text)) }] : []), ...facts.filter(f => f.said.length > 1)]
}
