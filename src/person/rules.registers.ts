import { pairColumns, suggestColumns, type Table } from './rules.linkage.columns.ts'
import { csvLine } from './rules.linkage.csv.ts'
import { linkRows, type Step } from './rules.linkage.ts'
import { type LinkKind, linkKinds } from './schema.linkage.ts'
import { type Columns, type Counts, type Decision, type Found, type FoundPair, mostLinkPairs, pairsAPage } from './schema.registers.ts'

/* A comparison of registers as pages and lists need it: columns, pages of pairs, counts, the list to take away. */

/** The columns of a file with what they seem to hold, and three rows by which a person sees whether that is so. */
export const columnsOfTable = (table: Table): Columns => {
  const suggested = suggestColumns(table)
  return {
    headings: [...table.headings],
    kinds: table.headings.map(h => suggested.get(h) ?? 'ignore'),
    rows: table.rows.length,
    sample: table.rows.slice(0, 3).map(r => [...r]),
  }
}
const isKind = (x: unknown): x is LinkKind => linkKinds.some(k => k === x)
/** What was chosen for each column; where nothing sensible came, what was suggested. */
export const chosenKinds = (n: number, c: Columns, body: Readonly<Record<string, unknown>>): Columns => ({
  ...c,
  kinds: c.kinds.map((k, i) => {
    const chosen = body[`kind-${n}-${i}`]
    return isKind(chosen) ? chosen : k
  }),
})

const nameKinds: readonly string[] = ['surname', 'given_name', 'patronymic', 'full_name']
const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text)
const mapOf = (t: Table, kinds: readonly LinkKind[]) => new Map(t.headings.map((h, i) => [h, kinds[i] ?? 'ignore'] as const))
/** A person looks at every pair: what is only possible is shown too, after what is likely. */
const worthLooking = 0.1
/** A partner sends a list because children are thought to be known on both sides. */
const expected = 0.5
export interface Linked {
  readonly found: Found
  readonly pages: readonly (readonly FoundPair[])[]
}
/** Compares; undefined where no column can be compared. The likeliest pairs first, at most as many as one team can look at. */
export const linkTables = (
  left: Table,
  leftKinds: readonly LinkKind[],
  right: Table | undefined,
  rightKinds: readonly LinkKind[],
): Linked | undefined => {
  const paired = pairColumns(left, mapOf(left, leftKinds), right, right ? mapOf(right, rightKinds) : undefined)
  if (paired.attributes.length === 0) return undefined
  const linkage = linkRows(
    { attributes: paired.attributes, left: paired.left, right: paired.right },
    { threshold: worthLooking, assume: expected },
  )
  const named = paired.attributes.flatMap((x, i) => (nameKinds.includes(x.kind) ? [i] : []))
  const nameOf = (side: readonly (readonly string[])[], row: number, id: string) =>
    cut(
      named
        .map(i => side[i]![row]?.trim())
        .filter(Boolean)
        .join(' ') || id,
    )
  const [rightSide, rightIds] = [paired.right ?? paired.left, paired.rightIds]
  const kindOf = new Map(paired.attributes.map(x => [x.name, x.kind] as const))
  // One of ours may stand in several rows, one for each name: the likeliest is shown.
  const once = new Set<string>()
  const all = [...linkage.pairs]
    .sort((a, b) => b.probability - a.probability || b.weight - a.weight)
    .filter(p => {
      const key = `${p.left}\n${rightIds[p.right]}`
      return !once.has(key) && once.add(key)
    })
  const kept = all.slice(0, mostLinkPairs)
  const pairs = kept.map(p => ({
    leftId: cut(paired.leftIds[p.left]!),
    rightId: cut(rightIds[p.right]!),
    probability: p.probability,
    weight: p.weight,
    name: nameOf(paired.left, p.left, paired.leftIds[p.left]!),
    other: nameOf(rightSide, p.right, rightIds[p.right]!),
    steps: linkage.waterfall(p.left, p.right).map((s: Step) => ({
      attribute: cut(s.attribute),
      ...(kindOf.has(s.attribute) ? { kind: kindOf.get(s.attribute)! } : {}),
      level: s.level,
      weight: s.weight,
      left: cut(s.left),
      right: cut(s.right),
    })),
  }))
  const pages: FoundPair[][] = []
  for (let at = 0; at < pairs.length; at += pairsAPage) pages.push(pairs.slice(at, at + pairsAPage))
  return {
    found: {
      pairs: pairs.length,
      more: all.length - pairs.length,
      candidates: linkage.space.candidates,
      possible: linkage.space.possible,
      compared: paired.attributes.map(x => x.name),
    },
    pages,
  }
}

/** Of all pairs: how many were found to be what. */
export const countsOf = (rows: readonly number[], pairs: number, decisions: readonly Pick<Decision, 'verdict'>[]): Counts => {
  const of = (v: string) => decisions.filter(d => d.verdict === v).length
  return { rows: [...rows], pairs, same: of('same'), different: of('different'), unsure: of('unsure') }
}
/** The list to take away: decided pairs only, by the numbers of the rows, without a value of the files. */
export const decisionsCsv = (
  pairs: readonly { readonly pair: FoundPair; readonly decision: Decision }[],
  by: (id: string) => string,
): string =>
  [
    csvLine(['left_id', 'right_id', 'probability', 'decision', 'reason', 'decided_by', 'decided_at']),
    ...pairs.map(({ pair: p, decision: d }) =>
      csvLine([p.leftId, p.rightId, p.probability.toFixed(4), d.verdict, d.reason.replace(/\s+/gu, ' '), by(d.by), d.at.slice(0, 16)]),
    ),
  ].join('')
