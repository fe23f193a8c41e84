/* What a report names that another report may name too: a handle, a telephone, a link, an address. Pure rules, generous on spelling, and never a person's name. */

export const alertDays = 14
export const alertAt = 3
export const alertWhys = ['acted', 'known', 'harmless', 'spam'] as const
export type AlertWhy = (typeof alertWhys)[number]

/** At most so many keys of one contact: a text full of numbers is no map. */
const mostKeys = 12

const latin: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
}
/** Letters that look alike are one letter: a handle written with a Cyrillic «о» is the same handle. */
const lookAlike = (s: string): string => [...s.toLowerCase()].map(c => latin[c] ?? c).join('')

const streets =
  /(?:^|[\s,.(])(?:ул(?:ица|ице|\.)?|проспект[а-я]*|пр-т|пер(?:еулок|\.)|шоссе|наб(?:ережная|\.)|рынок|рынке|стройк[аеи]|общежити[еи]|street|str\.|koʻcha\S*|ko'cha\S*)\s*[«"]?([\p{L}-]{3,30})[»"]?(?:[\s,]+(?:д(?:ом|\.)?\s*)?(\d{1,4}[а-яa-z]?))?/giu

/**
 * Keys of a text, each with its kind before it: `@` handle, `+` telephone, `/` link, `#` place. Adding other text never takes a key away, unless there are more than
 * a dozen; case and spacing change nothing.
 */
export const alertKeys = (text: string): string[] => {
  const keys = new Set<string>()
  const t = text.normalize('NFKC').slice(0, 20_000)
  for (const m of t.matchAll(/(?:https?:\/\/)?(?:t\.me|telegram\.me|vk\.com|vk\.ru|instagram\.com|tiktok\.com|wa\.me)\/@?([\w.]{3,40})/giu))
    keys.add(`@${lookAlike(m[1] ?? '').replace(/[._]+$/, '')}`)
  for (const m of t.matchAll(/(?:^|[^\p{L}\p{N}@/.])@([\p{L}\p{N}_.]{4,40})/giu))
    keys.add(`@${lookAlike(m[1] ?? '').replace(/[._]+$/, '')}`)
  for (const m of t.matchAll(/(?:https?:\/\/|www\.)([^\s<>"'»]{4,200})/giu)) {
    const link = (m[1] ?? '')
      .toLowerCase()
      .replace(/^www\./, '')
      .replace(/[?#].*$/, '')
      .replace(/[/.,;:!)\]]+$/, '')
    if (!/^(?:t\.me|telegram\.me|vk\.com|vk\.ru|instagram\.com|tiktok\.com|wa\.me)\b/.test(link)) keys.add(`/${link}`)
  }
  for (const m of t.matchAll(/(?<![\p{L}\p{N}])\+?\d[\d\s()-]{8,18}\d(?!\p{N})/gu)) {
    const digits = m[0].replace(/\D/g, '')
    if (digits.length >= 10 && digits.length <= 13) keys.add(`+${digits.slice(-10)}`)
  }
  for (const m of t.matchAll(streets)) {
    const name = (m[1] ?? '').toLowerCase().replace(/ё/g, 'е')
    keys.add(`#${name.length > 5 ? name.slice(0, -2) : name}${m[2] ? ` ${m[2].toLowerCase()}` : ''}`)
  }
  return [...keys].filter(k => k.length > 3).slice(0, mostKeys)
}

/** A text without what a copy changes: case, spacing, marks, figures. Two reports of one flood have the same. */
export const plainText = (text: string): string =>
  lookAlike(text.normalize('NFKC'))
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
