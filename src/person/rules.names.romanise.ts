import { plainRow, russified, type System, systems } from './schema.names.systems.ts'

interface Table {
  readonly letters: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
  readonly before: ReadonlyMap<string, string>
  readonly ending: ReadonlyMap<string, string>
}
const pairs = (...texts: (string | undefined)[]): Map<string, string> =>
  new Map(
    texts
      .filter(t => t !== undefined)
      .flatMap(t => t.split(' '))
      .map(p => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)]),
  )
const tables = new Map<string, Table>()
const tableOf = (s: System): Table => {
  const known = tables.get(s.id)
  if (known) return known
  const made = { letters: pairs(plainRow, s.letters), after: pairs(s.after), before: pairs(s.before), ending: pairs(s.ending) }
  tables.set(s.id, made)
  return made
}
const cased = (model: string, made: string) => (model === model.toLowerCase() ? made : made.charAt(0).toUpperCase() + made.slice(1))

const word = (t: Table, source: string): string => {
  const chars = [...source]
  const lower = chars.map(c => c.toLowerCase())
  const tail = lower.slice(-2).join('')
  const ending = chars.length > 2 ? t.ending.get(tail) : undefined
  const upTo = ending === undefined ? chars.length : chars.length - 2
  let out = ''
  for (let i = 0; i < upTo; i += 1) {
    const c = lower[i]!
    const made = t.after.get((i === 0 ? '^' : lower[i - 1]!) + c) ?? t.before.get(c + (lower[i + 1] ?? '')) ?? t.letters.get(c)
    out += made === undefined ? chars[i]! : cased(chars[i]!, made)
  }
  return out + (ending ?? '')
}

/** A text as one system writes it in Latin letters; letters that the system does not know stay. */
export const romanise = (text: string, system: System): string => {
  const t = tableOf(system)
  return text.normalize('NFC').replace(/[\p{L}\p{M}]+/gu, w => word(t, w))
}
/** The systems that know every Cyrillic letter of a text: Kyrgyz letters have no Russian spelling. */
export const systemsFor = (text: string): readonly System[] => {
  const letters =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{Script=Cyrillic}/gu) ?? []
  return systems.filter(s => letters.every(c => tableOf(s).letters.has(c)))
}
const plain = pairs(russified)
/** How an office without the letters of Uzbek, Kyrgyz and Tajik types a name. */
export const russify = (text: string): string =>
  [...text.normalize('NFC')].map(c => (plain.has(c.toLowerCase()) ? cased(c, plain.get(c.toLowerCase())!) : c)).join('')

/** Every Latin spelling that some document may carry, by system; the same spelling stands once. */
export const romanisations = (text: string): { readonly text: string; readonly systems: readonly string[] }[] => {
  const by = new Map<string, string[]>()
  for (const form of new Set([text, russify(text)]))
    for (const s of systemsFor(form)) {
      const made = romanise(form, s)
      by.set(made, [...(by.get(made) ?? []), s.id])
    }
  return [...by].map(([made, ids]) => ({ text: made, systems: [...new Set(ids)] }))
}
