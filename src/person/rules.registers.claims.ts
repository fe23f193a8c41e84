import { originOf, sexOf } from './rules.match.facts.ts'
import type { LinkKind } from './schema.linkage.ts'
import type { FoundPair } from './schema.registers.ts'
import type { ClaimDraft, Said } from './schema.ts'

/* What a row of a partner's register says, as claims: in their words, under their name, confirmed by nobody yet. */

export interface Offer {
  /** Number of the step of the pair. */
  readonly n: number
  readonly kind: LinkKind
  readonly text: string
  /** We say the same already. */
  readonly known: boolean
}
const takeable: readonly LinkKind[] = [
  'full_name',
  'surname',
  'given_name',
  'patronymic',
  'date',
  'age',
  'sex',
  'origin',
  'relative',
  'phone',
  'email',
  'document',
]
const nameKinds: readonly LinkKind[] = ['full_name', 'surname', 'given_name', 'patronymic']
/** What can be taken over, in the order of the columns. */
export const offersOf = (pair: FoundPair): Offer[] =>
  pair.steps.flatMap((s, n) =>
    s.kind && takeable.includes(s.kind) && s.left.trim() !== ''
      ? [{ n, kind: s.kind, text: s.left.trim(), known: s.level === 'same' }]
      : [],
  )
const cut = (t: string) => t.slice(0, 200)
/** Claims of what was chosen; parts of one name are one claim. */
export const draftsOf = (offers: readonly Offer[], from: string): ClaimDraft[] => {
  const said: Said = { source: 'register', method: 'register', confidence: 'not_assessed', whose: cut(from) }
  const names = offers.filter(o => nameKinds.includes(o.kind))
  const part = (k: LinkKind) => cut(names.find(o => o.kind === k)?.text ?? '')
  const name: ClaimDraft[] =
    names.length === 0
      ? []
      : [
          {
            what: 'name',
            parts: { given: part('given_name'), family: part('surname'), patronymic: part('patronymic'), other: part('full_name') },
            kind: 'own',
            ...(part('full_name') !== '' ? { order: 'unknown' as const } : {}),
            ...said,
          },
        ]
  return [
    ...name,
    ...offers.flatMap((o): ClaimDraft[] => {
      const text = cut(o.text)
      switch (o.kind) {
        case 'date':
        case 'age':
          return [{ what: 'age', text, ...said }]
        case 'sex':
          return sexOf(text) ? [{ what: 'sex', text, ...said }] : []
        case 'origin':
          return [{ what: 'origin', text, country: originOf(text) ?? '', ...said }]
        case 'relative':
        case 'phone':
          return [{ what: o.kind, text, ...said }]
        case 'email':
          return [{ what: 'handle', text, network: 'email', ...said }]
        case 'document':
          return [{ what: 'document', text, number: text, ...said }]
        default:
          return []
      }
    }),
  ]
}
