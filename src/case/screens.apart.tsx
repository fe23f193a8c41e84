import { WarningText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { LinkBody } from './schema.ts'

/** A link that forbids: who it is about, where this session may see that. */
export interface Apart {
  readonly relation: LinkBody['relation']
  readonly together: 'keep_apart' | 'must_not_know'
  readonly who: string
}
export const isApart = (l: { readonly together: LinkBody['together'] }): l is { together: Apart['together'] } =>
  l.together === 'keep_apart' || l.together === 'must_not_know'
/** The whole sentence: a tag beside a relation has to be put together by the reader, who may be in a hurry. */
export const apartText = (l: Pick<Apart, 'relation' | 'together'>, t: T): string => t(`case.apart.${l.together}.${l.relation}`)

/** Before anything is said, shared or printed. The other's name stays on the screen: paper is seen by the child. */
export const ApartWarning = ({ links, t }: { links: readonly Apart[]; t: T }) => (
  <>
    {links.map(l => (
      <WarningText>
        {apartText(l, t)}
        <span class="dv-print-hide">: {l.who || t('case.link.elsewhere')}</span>
      </WarningText>
    ))}
  </>
)
