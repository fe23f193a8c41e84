import { formatDay, formatDayShort, type T } from '../base/i18n.ts'
import type { Day } from '../base/time.ts'
import { possibleDefault, yearsLived } from './rules.edtf.ts'
import { sexOf } from './rules.match.facts.ts'
import { countryName, placeText } from './rules.places.ts'
import { joined } from './rules.shown.ts'
import type { Claim } from './schema.ts'

/** A claim in words; a name in its parts. */
export const claimText = (c: Claim): string =>
  c.what === 'name'
    ? [joined(c), c.latin && c.latin !== joined(c) ? `(${c.latin})` : ''].filter(Boolean).join(' ')
    : c.what === 'document'
      ? [c.text, c.number].filter(Boolean).join(' ')
      : c.text

/** Days of birth in words: one day, or the first and the last that it may be. */
export const bornText = (d: { min: Day; max: Day }, t: T): string =>
  d.min === d.max
    ? t('person.reading.day', { day: formatDay(d.min, t.locale) })
    : t('person.reading.between', { from: formatDayShort(d.min, t.locale), to: formatDayShort(d.max, t.locale) })
export const ageText = (d: { min: Day; max: Day }, today: Day, t: T): string => {
  const [min, max] = [yearsLived(d.max, today), yearsLived(d.min, today)]
  return t('person.reading.now', { age: min === max ? String(min) : `${min}–${max}` })
}

/** What belongs to the kind of a claim, beside its words. */
export const moreOf = (c: Claim, v: { readonly today: Day }, t: T): string[] => {
  switch (c.what) {
    case 'name':
      return [
        ...(c.kind === 'own' ? [] : [t(`person.nameKind.${c.kind}`)]),
        ...(c.order === 'unknown' ? [t('person.page.orderUnknown')] : []),
      ]
    case 'age':
      return c.min !== null && c.max !== null
        ? [
            `${t('person.reading.understood')} ${bornText({ min: c.min, max: c.max }, t)}, ${ageText({ min: c.min, max: c.max }, v.today, t)}`,
            ...(possibleDefault(c) ? [t('person.reading.default')] : []),
          ]
        : [t('person.reading.none')]
    case 'origin':
    case 'place': {
      const place = placeText(c, t.locale)
      return place && !c.text.includes(place) ? [place] : []
    }
    // Written down in the language of whoever wrote it; whoever reads in another one reads it there.
    case 'citizenship': {
      const words = c.status === 'named' ? countryName(c.country, t.locale) : t(`person.citizenship.${c.status}`)
      return words && !c.text.includes(words) ? [words] : []
    }
    case 'sex': {
      const sex = sexOf(c.text)
      const words = sex ? t(`person.sex.${sex}`) : ''
      return words && c.text.toLowerCase() !== words.toLowerCase() ? [words] : []
    }
    case 'language':
      return c.level === 'not_asked' ? [] : [t(`person.level.${c.level}`)]
    case 'relative':
      return [t(`person.kin.${c.kin}`), t(`person.contact.${c.contact}`)].filter(x => x !== c.text)
    case 'handle':
      return [t(`person.network.${c.network}`)]
    case 'document':
      return [
        ...(c.text === t(`person.document.${c.document}`) ? [] : [t(`person.document.${c.document}`)]),
        t(`person.documentState.${c.state}`),
        ...(c.holder ? [t('person.page.holder', { who: c.holder })] : []),
      ]
    default:
      return []
  }
}
