import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intervals, type Suppressed, suppress, telling } from './suppression.ts'

/* The attacker here knows nothing of how the engine works: only the published table, that totals are sums, and that nothing is negative. */

const sum = (l: readonly number[]) => l.reduce((a, b) => a + b, 0)
const flat = (s: Suppressed) => [...s.cells.flat(), ...s.rowTotals, ...s.columnTotals, s.grand]
/** Every sum of the table, as places in `flat`: the parts, and what they add up to. */
const sums = (R: number, C: number) => {
  const cell = (i: number, j: number) => i * C + j
  const row = (i: number) => R * C + i
  const column = (j: number) => R * C + R + j
  const R_ = Array.from({ length: R }, (_, i) => i)
  const C_ = Array.from({ length: C }, (_, j) => j)
  const grand = R * C + R + C
  return [
    ...R_.map(i => ({ parts: C_.map(j => cell(i, j)), total: row(i) })),
    ...C_.map(j => ({ parts: R_.map(i => cell(i, j)), total: column(j) })),
    { parts: R_.map(row), total: grand },
    { parts: C_.map(column), total: grand },
  ]
}
/** Interval propagation over the sums until nothing moves. */
const propagate = (s: Suppressed) => {
  const known = flat(s)
  const least = known.map(x => x ?? 0)
  const most = known.map(x => x ?? 1e9)
  const all = sums(s.cells.length, s.cells[0]!.length)
  for (let moved = true; moved; ) {
    moved = false
    const tighten = (i: number, lo: number, hi: number) => {
      if (lo > least[i]!) [least[i], moved] = [lo, true]
      if (hi < most[i]!) [most[i], moved] = [hi, true]
    }
    for (const { parts, total } of all) {
      tighten(total, sum(parts.map(p => least[p]!)), sum(parts.map(p => most[p]!)))
      for (const p of parts) {
        const others = parts.filter(q => q !== p)
        tighten(p, least[total]! - sum(others.map(q => most[q]!)), most[total]! - sum(others.map(q => least[q]!)))
      }
    }
  }
  return known.flatMap((x, i) => (x === null ? [{ least: least[i]!, most: most[i]! }] : []))
}
/** Hidden numbers that the sums alone fix (Gauss): those whose unit vector lies in the span of the sums. */
const fixed = (s: Suppressed): number => {
  const hidden = flat(s).flatMap((x, i) => (x === null ? [i] : []))
  const rows = sums(s.cells.length, s.cells[0]!.length).map(({ parts, total }) =>
    hidden.map(h => (parts.includes(h) ? 1 : h === total ? -1 : 0) as number),
  )
  let at = 0
  for (let c = 0; c < hidden.length && at < rows.length; c++) {
    const p = rows.findIndex((r, i) => i >= at && Math.abs(r[c]!) > 1e-9)
    if (p < 0) continue
    ;[rows[at], rows[p]] = [rows[p]!, rows[at]!]
    const lead = rows[at]!.map(x => x / rows[at]![c]!)
    rows[at] = lead
    for (const [i, r] of rows.entries()) if (i !== at && Math.abs(r[c]!) > 1e-9) rows[i] = r.map((x, j) => x - r[c]! * lead[j]!)
    at++
  }
  return rows.filter(r => r.filter(x => Math.abs(x) > 1e-9).length === 1).length
}

const number = fc.oneof(
  { weight: 3, arbitrary: fc.nat(12) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(400) },
)
const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }))
  .chain(([r, c]) => fc.array(fc.array(number, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }))
const anyK = fc.integer({ min: 5, max: 15 })

test('nobody works a hidden number out again, nor pins it to fewer than k values', () => {
  fc.assert(
    fc.property(anyTable, anyK, (cells, k) => {
      const s = suppress({ cells }, k)
      expect(fixed(s)).toBe(0)
      for (const i of [...propagate(s), ...intervals({ cells }, s)]) expect(i.most - i.least).toBeGreaterThanOrEqual(k)
    }),
    { numRuns: 400 },
  )
})
test('no number from 1 to k-1 is shown anywhere, what is shown is true, nought is shown, and the published numbers agree', () => {
  fc.assert(
    fc.property(anyTable, anyK, (cells, k) => {
      const s = suppress({ cells }, k)
      const truth = [...cells.flat(), ...cells.map(sum), ...cells[0]!.map((_, j) => sum(cells.map(r => r[j]!))), sum(cells.flat())]
      for (const [i, x] of flat(s).entries()) {
        if (truth[i]! > 0 && truth[i]! < k) expect(x).toBeNull()
        if (x !== null) expect(x).toBe(truth[i])
        if (truth[i] === 0) expect(x).toBe(0)
      }
      // The truth itself lies in every interval: the published table is consistent.
      const hidden = truth.filter((_, i) => flat(s)[i] === null)
      for (const [i, { least, most }] of propagate(s).entries()) expect(least <= hidden[i]! && hidden[i]! <= most).toBe(true)
    }),
    { numRuns: 400 },
  )
})
test('a table of large numbers is left alone, one small number costs at least three more, and few children are not shown at all', () => {
  const large = [
    [40, 50],
    [60, 70],
  ]
  expect(suppress({ cells: large }).cells).toEqual(large)
  const one = suppress({
    cells: [
      [3, 50, 40],
      [60, 70, 80],
      [90, 95, 99],
    ],
  })
  expect(flat(one).filter(x => x === null).length).toBe(4)
  expect(one.grand).toBe(587)
  expect(suppress({ cells: [[4, 3]] }).grand).toBeNull()
  expect(telling({ cells: large }, suppress({ cells: large }))).toEqual({ shown: 4, hidden: 0 })
})
test('a bridge between two blocks of hidden numbers is seen, though no single sum gives it away', () => {
  // Rows and columns hang together by one hidden cell only: the sum of a block less the sum of its columns is that cell.
  const cells = [
    [3, 40, 50, 60],
    [4, 30, 50, 60],
    [70, 80, 5, 40],
    [70, 80, 6, 40],
  ]
  const s = suppress({ cells }, 10)
  expect(fixed(s)).toBe(0)
  for (const i of intervals({ cells }, s)) expect(i.most - i.least).toBeGreaterThanOrEqual(10)
})
test('k below five is refused', () => {
  expect(() => suppress({ cells: [[1]] }, 4)).toThrow()
})
