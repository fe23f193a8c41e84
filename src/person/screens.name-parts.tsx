import type { T } from '../base/i18n.ts'
import { romanisations } from './rules.names.romanise.ts'
import { compareNames, type NamePair } from './rules.names.ts'
import { systems } from './schema.names.systems.ts'

const cyrillic = /[\u0400-\u052f]/
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '')
/** By which rules of romanisation the Latin spelling may have come of the Cyrillic one; empty where it is by none that we know. */
const writtenBy = ({ left, right }: Pick<NamePair, 'left' | 'right'>): string[] => {
  if (cyrillic.test(left) === cyrillic.test(right)) return []
  const [from, made] = cyrillic.test(left) ? [left, right] : [right, left]
  const ids = romanisations(from).flatMap(r => (plain(r.text) === plain(made) ? r.systems : []))
  return systems.flatMap(s => (ids.includes(s.id) ? [s.source] : []))
}

/** Two names part by part: which part answers which and by what rule, and what is left over on either side. */
export const NameParts = ({ left, right, t }: { left: string; right: string; t: T }) => {
  if (left.trim() === '' || right.trim() === '') return null
  const c = compareNames(left, right)
  return (
    <>
      <h2 class="govuk-heading-m">{t('match.names.title')}</h2>
      <p class="govuk-body">{t('match.names.compared', { left, right })}</p>
      <ul class="govuk-list govuk-list--bullet">
        {c.pairs.map(p => {
          const by = p.rule === 'same' ? [] : writtenBy(p)
          return (
            <li>
              <strong>
                {p.left} — {p.right}
              </strong>
              : {t(`match.names.rule.${p.rule}`)}
              {by.length > 0 ? (
                <>
                  <br />
                  <span class="govuk-hint">{t('match.names.by', { list: by.join('; ') })}</span>
                </>
              ) : null}
            </li>
          )
        })}
        {c.pairs.length === 0 ? <li>{t('match.names.none')}</li> : null}
        {c.left.length > 0 ? <li>{t('match.names.left', { name: left, list: c.left.join(', ') })}</li> : null}
        {c.right.length > 0 ? <li>{t('match.names.left', { name: right, list: c.right.join(', ') })}</li> : null}
      </ul>
    </>
  )
}
