/**
 * Small numbers in a table with totals are hidden, and as many others as it takes that nobody can work a hidden one out again.
 *
 * A table with row, column and grand totals is a network: every number stands in exactly two sums. What an attacker can learn of a hidden number from the
 * published ones, knowing that no number is negative, is how far it can be raised and lowered by pushing flow around the other hidden numbers. That is exact
 * (no looser than solving the sums as linear programs), so "safe" is a proof for the table itself: every hidden number could be any of at least k values.
 * Not covered: what somebody knows from elsewhere, and other tables of the same children.
 */
export interface Counts {
  /** One row of numbers for each row of the table, all of one length. */
  readonly cells: readonly (readonly number[])[]
}
/** The table as it may be shown: null is hidden. `rowTotals` has one number a row, `columnTotals` one a column. */
export interface Suppressed {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly grand: number | null
}

/** k where nobody chose another, and the least that may be chosen. */
export const defaultK = 10
export const leastK = 5

/** One number of the table as an arc of the network. */
interface Arc {
  readonly from: number
  readonly to: number
  readonly value: number
  hidden: boolean
  /** A total says more than a cell: it is hidden last. */
  readonly total: boolean
  /** Flow pushed through while bounds are computed. */
  flow: number
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const far = Number.MAX_SAFE_INTEGER

/** Nodes: rows 0…R-1, columns R…R+C-1, the column of totals R+C, the row of totals R+C+1. */
const network = ({ cells }: Counts): Arc[] => {
  const R = cells.length
  const C = cells[0]?.length ?? 0
  const arc = (from: number, to: number, value: number, total: boolean): Arc => ({ from, to, value, total, hidden: false, flow: 0 })
  return [
    ...cells.flatMap((row, i) => row.map((value, j) => arc(i, R + j, value, false))),
    ...cells.map((row, i) => arc(R + C, i, sum(row), true)),
    ...Array.from({ length: C }, (_, j) =>
      arc(
        R + j,
        R + C + 1,
        cells.reduce((n, row) => n + row[j]!, 0),
        true,
      ),
    ),
    arc(R + C + 1, R + C, sum(cells.flat()), true),
  ]
}

interface Step {
  readonly arc: number
  readonly back: boolean
}
/** Raising a number has no end; lowering it ends at nothing. */
const room = (a: Arc, back: boolean) => (back ? a.value + a.flow : far)

/** The cheapest way from one node to another around `without`; arcs that are still shown cost what hiding them would lose. Undefined where there is none. */
const way = (arcs: readonly Arc[], nodes: number, from: number, to: number, without: number, opening: boolean): Step[] | undefined => {
  const cost = Array<number>(nodes).fill(Number.POSITIVE_INFINITY)
  const by = Array<Step | undefined>(nodes).fill(undefined)
  const done = Array<boolean>(nodes).fill(false)
  cost[from] = 0
  for (;;) {
    let at = -1
    for (let n = 0; n < nodes; n++) if (!done[n] && cost[n]! < (at < 0 ? Number.POSITIVE_INFINITY : cost[at]!)) at = n
    if (at < 0 || at === to) break
    done[at] = true
    for (const [i, a] of arcs.entries()) {
      if (i === without || (!a.hidden && !(opening && a.value > 0))) continue
      const back = a.to === at
      if (!back && a.from !== at) continue
      if (room(a, back) <= 0) continue
      const next = back ? a.from : a.to
      const price = cost[at]! + 1 + (a.hidden ? 0 : a.value * (a.total ? 8 : 1) + 10)
      if (price < cost[next]!) {
        cost[next] = price
        by[next] = { arc: i, back }
      }
    }
  }
  if (cost[to] === Number.POSITIVE_INFINITY) return undefined
  const out: Step[] = []
  for (let n = to; n !== from; ) {
    const s = by[n]!
    out.push(s)
    n = s.back ? arcs[s.arc]!.to : arcs[s.arc]!.from
  }
  return out
}

/** How far a hidden number can move one way, up to `wanted`. Leaves the flow in place. */
const reach = (arcs: readonly Arc[], nodes: number, i: number, up: boolean, wanted: number): number => {
  for (const a of arcs) a.flow = 0
  const a = arcs[i]!
  const [from, to] = up ? [a.to, a.from] : [a.from, a.to]
  const most = up ? wanted : Math.min(wanted, a.value)
  let moved = 0
  while (moved < most) {
    const steps = way(arcs, nodes, from, to, i, false)
    if (!steps) break
    const push = Math.min(most - moved, ...steps.map(s => room(arcs[s.arc]!, s.back)))
    for (const s of steps) arcs[s.arc]!.flow += s.back ? -push : push
    moved += push
  }
  return moved
}

/** What an attacker can say of the hidden number at `i`: it lies between these, each counted no further than `wanted` from the truth. */
const boundsAt = (arcs: readonly Arc[], nodes: number, i: number, wanted: number) => ({
  down: reach(arcs, nodes, i, false, wanted),
  up: reach(arcs, nodes, i, true, wanted),
})

const shown = (c: Counts, arcs: readonly Arc[]): Suppressed => {
  const R = c.cells.length
  const C = c.cells[0]?.length ?? 0
  const list = arcs.map(a => (a.hidden ? null : a.value))
  return {
    cells: c.cells.map((_, i) => list.slice(i * C, (i + 1) * C)),
    rowTotals: list.slice(R * C, R * C + R),
    columnTotals: list.slice(R * C + R, R * C + R + C),
    grand: list.at(-1) ?? null,
  }
}

/** Hides every number from 1 to k-1, totals too, and what else would give one of them away. Nought is shown: it tells of nobody. */
export const suppress = (c: Counts, k = defaultK): Suppressed => {
  if (!Number.isInteger(k) || k < leastK) throw new Error(`k below ${leastK}`)
  if (c.cells.length === 0 || c.cells[0]?.length === 0) return { cells: c.cells.map(() => []), rowTotals: [], columnTotals: [], grand: 0 }
  const arcs = network(c)
  const nodes = c.cells.length + c.cells[0]!.length + 2
  for (const a of arcs) a.hidden = a.value > 0 && a.value < k
  const safe = new Set<number>()
  for (;;) {
    // What is hidden more can only widen what is known of the others, so whatever is safe stays safe.
    const weak = arcs.findIndex((a, i) => a.hidden && !safe.has(i))
    if (weak < 0) return shown(c, arcs)
    const down = reach(arcs, nodes, weak, false, k)
    const up = reach(arcs, nodes, weak, true, k - down)
    if (down + up >= k) {
      safe.add(weak)
      continue
    }
    // The flow of the last search stands: a way around through numbers that are still shown, at the least loss.
    const a = arcs[weak]!
    const more =
      way(arcs, nodes, a.to, a.from, weak, true) ??
      (reach(arcs, nodes, weak, false, k) < a.value ? way(arcs, nodes, a.from, a.to, weak, true) : undefined)
    const opened = more?.filter(s => !arcs[s.arc]!.hidden) ?? []
    for (const s of opened) arcs[s.arc]!.hidden = true
    if (opened.length === 0) {
      for (const x of arcs) if (x.value > 0) x.hidden = true
      return shown(c, arcs)
    }
  }
}

/** What an attacker can say of each hidden number of a table: its interval, each side counted no further than `wanted`. For tests and for whoever doubts. */
export const intervals = (c: Counts, s: Suppressed, wanted = 1_000): { readonly least: number; readonly most: number }[] => {
  const arcs = network(c)
  const nodes = c.cells.length + (c.cells[0]?.length ?? 0) + 2
  const flat = [...s.cells.flat(), ...s.rowTotals, ...s.columnTotals, s.grand]
  for (const [i, a] of arcs.entries()) a.hidden = flat[i] === null
  return arcs.flatMap((a, i) => {
    if (!a.hidden) return []
    const { down, up } = boundsAt(arcs, nodes, i, wanted)
    return [{ least: a.value - down, most: a.value + up }]
  })
}

/** How many numbers of the table (without totals) say something: shown of all that are not nought. */
export const telling = (c: Counts, s: Suppressed): { readonly shown: number; readonly hidden: number } => {
  const flat = c.cells.flatMap((row, i) => row.map((n, j) => [n, s.cells[i]![j]] as const)).filter(([n]) => n > 0)
  return { shown: flat.filter(([, x]) => x !== null).length, hidden: flat.filter(([, x]) => x === null).length }
}
