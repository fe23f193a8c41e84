/* Errors of the hand, in one script: ЙЦУКЕН and QWERTY as every office has them. */

const keyboards = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Letters of both keyboards by a small number; 0: on neither. */
const place = new Uint8Array(0x500)
const keys = keyboards.join('')
for (let i = 0; i < keys.length; i += 1) place[keys.charCodeAt(i)] = i + 1
const side = keys.length + 1
const beside = new Uint8Array(side * side)
const mark = (a: string | undefined, b: string | undefined) => {
  if (a === undefined || b === undefined) return
  const [x, y] = [place[a.charCodeAt(0)]!, place[b.charCodeAt(0)]!]
  beside[x * side + y] = 1
  beside[y * side + x] = 1
}
keyboards.forEach((row, r) => {
  const below = r % 3 < 2 ? keyboards[r + 1]! : ''
  for (let i = 0; i < row.length; i += 1) for (const other of [row[i + 1], below[i], below[i - 1]]) mark(row[i], other)
})

const width = 72
const rows = new Float32Array(3 * width)
/** Errors of typing between two spellings in one script: a letter dropped, doubled, swapped, or its neighbour on the keyboard struck. Symmetric. */
export const typingDistance = (
  a: Uint16Array,
  aFrom: number,
  aLen: number,
  b: Uint16Array,
  bFrom: number,
  bLen: number,
  share = 0.42,
): number => {
  const m = Math.min(aLen, width - 2)
  const n = Math.min(bLen, width - 2)
  const limit = share * Math.max(m, n)
  if (Math.abs(m - n) * 0.4 > limit) return limit + 1
  let prev2 = 0
  let prev = width
  let cur = 2 * width
  let lastBest = 0
  for (let j = 0; j <= n; j += 1) rows[prev + j] = j
  for (let i = 1; i <= m; i += 1) {
    let best = i
    rows[cur] = i
    const ca = a[aFrom + i - 1]!
    const line = (ca < 0x500 ? place[ca]! : 0) * side
    const gapA = i > 1 && a[aFrom + i - 2] === ca ? 0.4 : 0.95
    for (let j = 1; j <= n; j += 1) {
      const cb = b[bFrom + j - 1]!
      let v = rows[prev + j - 1]!
      if (ca !== cb) v += cb < 0x500 && beside[line + place[cb]!] === 1 ? 0.8 : i === 1 && j === 1 ? 1.3 : 1
      const up = rows[prev + j]! + gapA
      if (up < v) v = up
      const left = rows[cur + j - 1]! + (j > 1 && b[bFrom + j - 2] === cb ? 0.4 : 0.95)
      if (left < v) v = left
      if (i > 1 && j > 1 && ca === b[bFrom + j - 2] && cb === a[aFrom + i - 2]) {
        const swapped = rows[prev2 + j - 2]! + 0.8
        if (swapped < v) v = swapped
      }
      rows[cur + j] = v
      if (v < best) best = v
    }
    // A swap reaches two rows back: one row above the limit is not enough to know.
    if (best > limit && lastBest > limit) return limit + 1
    lastBest = best
    const t = prev2
    prev2 = prev
    prev = cur
    cur = t
  }
  return rows[prev + n]!
}
