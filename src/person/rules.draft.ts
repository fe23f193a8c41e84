import type { ClaimDraft, Confidence, FactClaim, NameClaim, PlaceClaim, Source } from './schema.ts'

/** What the claim form says, whatever the kind. */
export interface ClaimSaid {
  readonly what: 'name' | 'age' | FactClaim['what'] | 'place'
  readonly family?: string | undefined
  readonly given?: string | undefined
  readonly patronymic?: string | undefined
  readonly text?: string | undefined
  readonly kind?: NameClaim['kind'] | undefined
  readonly place?: PlaceClaim['place'] | undefined
  readonly source: Source
  readonly confidence: Confidence
}
/** One form, six kinds of claim. A name said in one breath stands in `other`; for everything else only the text counts. */
export const draftOf = (v: ClaimSaid): ClaimDraft => {
  const said = { source: v.source, confidence: v.confidence }
  const text = v.text ?? ''
  if (v.what === 'name') {
    return {
      what: 'name',
      parts: { given: v.given ?? '', family: v.family ?? '', patronymic: v.patronymic ?? '', other: text.slice(0, 200) },
      kind: v.kind ?? 'own',
      ...said,
    }
  }
  if (v.what === 'place') return { what: 'place', place: v.place ?? 'stays', text, ...said }
  return { what: v.what, text: text.slice(0, 200), ...said }
}
