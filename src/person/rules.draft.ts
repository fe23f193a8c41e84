import type { Locale } from '../base/i18n.ts'
import { placeText } from './rules.places.ts'
import type { ClaimDraft, DocumentKind, Fact, FactClaim, NameClaim, PlaceClaim, Said } from './schema.ts'

type Of<W extends Fact, K extends keyof Extract<FactClaim, { what: W }>> = Extract<FactClaim, { what: W }>[K]
/** What a claim form says, whatever the kind. Each kind looks only at its own. */
export interface ClaimSaid extends Said {
  readonly what: 'name' | 'age' | Fact | 'place'
  readonly text?: string | undefined
  readonly family?: string | undefined
  readonly given?: string | undefined
  readonly patronymic?: string | undefined
  readonly latin?: string | undefined
  readonly order?: NameClaim['order'] | undefined
  readonly kind?: NameClaim['kind'] | undefined
  readonly reading?: string | undefined
  readonly sex?: 'female' | 'male' | 'other' | undefined
  readonly status?: Of<'citizenship', 'status'> | undefined
  readonly country?: string | undefined
  readonly region?: string | undefined
  readonly district?: string | undefined
  readonly village?: string | undefined
  readonly level?: Of<'language', 'level'> | undefined
  readonly kin?: Of<'relative', 'kin'> | undefined
  readonly contact?: Of<'relative', 'contact'> | undefined
  readonly network?: Of<'handle', 'network'> | undefined
  readonly document?: DocumentKind | undefined
  readonly state?: Of<'document', 'state'> | undefined
  readonly number?: string | undefined
  readonly holder?: string | undefined
  readonly next?: string | undefined
  readonly place?: PlaceClaim['place'] | undefined
}
/** Words for what was only chosen, in the language of the writer. */
export interface Words {
  readonly locale: Locale
  (key: string): string
}
/** What stands in the claim in words where only a list was used: whoever reads claims as text must find it there. */
const chosen = (v: ClaimSaid, t: Words): string => {
  if (v.what === 'sex') return v.sex ? t(`person.sex.${v.sex}`) : ''
  if (v.what === 'citizenship')
    return v.status && v.status !== 'named'
      ? t(`person.citizenship.${v.status}`)
      : placeText({ country: v.country ?? '', region: '' }, t.locale)
  if (v.what === 'origin' || v.what === 'place') return placeText({ country: '', region: '', ...defined(v) }, t.locale)
  if (v.what === 'relative') return v.kin ? t(`person.kin.${v.kin}`) : ''
  if (v.what === 'document') return v.document ? t(`person.document.${v.document}`) : ''
  return ''
}
const defined = (v: ClaimSaid) => ({
  ...(v.country && { country: v.country }),
  ...(v.region && { region: v.region }),
  ...(v.district && { district: v.district }),
  ...(v.village && { village: v.village }),
})
/** One form for every kind of claim. A name said in one breath stands in `other`; what was not asked is left out. */
export const draftOf = (v: ClaimSaid, t?: Words): ClaimDraft => {
  const said: Said = {
    source: v.source,
    confidence: v.confidence,
    whose: v.whose,
    method: v.method,
    language: v.language,
    saidOn: v.saidOn,
  }
  const typed = v.text ?? ''
  const text = (typed.trim() === '' && t ? chosen(v, t) : typed).slice(0, 200)
  switch (v.what) {
    case 'name':
      return {
        what: 'name',
        parts: { given: v.given ?? '', family: v.family ?? '', patronymic: v.patronymic ?? '', other: typed.slice(0, 200) },
        latin: v.latin ?? '',
        order: v.order ?? 'known',
        kind: v.kind ?? 'own',
        ...said,
      }
    case 'place':
      return {
        what: 'place',
        place: v.place ?? 'stays',
        text: typed.trim() === '' ? text : typed.slice(0, 500),
        country: v.country || (v.region ?? '').slice(0, 2),
        region: v.region ?? '',
        ...said,
      }
    case 'age':
      return { what: 'age', text, reading: v.reading, ...said }
    case 'citizenship':
      return { what: 'citizenship', text, status: v.status ?? 'named', country: v.country ?? '', ...said }
    case 'origin':
      return {
        what: 'origin',
        text,
        country: v.country || (v.region ?? '').slice(0, 2),
        region: v.region ?? '',
        district: v.district ?? '',
        village: v.village ?? '',
        ...said,
      }
    case 'language':
      return { what: 'language', text, level: v.level ?? 'not_asked', ...said }
    case 'relative':
      return { what: 'relative', text, kin: v.kin ?? 'other', contact: v.contact ?? 'not_asked', ...said }
    case 'handle':
      return { what: 'handle', text, network: v.network ?? 'other', ...said }
    case 'document':
      return {
        what: 'document',
        text,
        document: v.document ?? 'other',
        state: v.state ?? 'held',
        number: v.number ?? '',
        holder: v.holder ?? '',
        next: v.next ?? '',
        ...said,
      }
    default:
      return { what: v.what, text, ...said }
  }
}
