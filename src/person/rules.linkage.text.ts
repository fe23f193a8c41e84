/* Plain distances of text in one script. */

const width = 65
const cells = new Uint16Array(3 * width)
/** Letters dropped, added, replaced, or swapped with the next one. Long texts are compared by their beginning. Symmetric. */
export const editDistance = (a: string, b: string, limit = 99): number => {
  const m = Math.min(a.length, width - 1)
  const n = Math.min(b.length, width - 1)
  if (Math.abs(m - n) > limit) return limit + 1
  let [two, one, now] = [0, width, 2 * width]
  for (let j = 0; j <= n; j += 1) cells[one + j] = j
  for (let i = 1; i <= m; i += 1) {
    cells[now] = i
    let best = i
    const ca = a.charCodeAt(i - 1)
    for (let j = 1; j <= n; j += 1) {
      const cb = b.charCodeAt(j - 1)
      let v = cells[one + j - 1]! + (ca === cb ? 0 : 1)
      v = Math.min(v, cells[one + j]! + 1, cells[now + j - 1]! + 1)
      if (i > 1 && j > 1 && ca === b.charCodeAt(j - 2) && cb === a.charCodeAt(i - 2)) v = Math.min(v, cells[two + j - 2]! + 1)
      cells[now + j] = v
      if (v < best) best = v
    }
    if (best > limit + 1) return limit + 1
    const t = two
    two = one
    one = now
    now = t
  }
  return cells[one + n]!
}

const takenA = new Uint8Array(256)
const takenB = new Uint8Array(256)
/** Jaro's likeness with Winkler's favour for the same beginning; 0 to 1, symmetric. */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return a === '' ? 0 : 1
  const m = Math.min(a.length, 256)
  const n = Math.min(b.length, 256)
  if (m === 0 || n === 0) return 0
  const reach = Math.max(0, (Math.max(m, n) >> 1) - 1)
  takenA.fill(0, 0, m)
  takenB.fill(0, 0, n)
  let common = 0
  for (let i = 0; i < m; i += 1) {
    const c = a.charCodeAt(i)
    const to = Math.min(n - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= to; j += 1)
      if (takenB[j] === 0 && b.charCodeAt(j) === c) {
        takenA[i] = 1
        takenB[j] = 1
        common += 1
        break
      }
  }
  if (common === 0) return 0
  let crossed = 0
  for (let i = 0, j = 0; i < m; i += 1) {
    if (takenA[i] === 0) continue
    while (takenB[j] === 0) j += 1
    if (a.charCodeAt(i) !== b.charCodeAt(j)) crossed += 1
    j += 1
  }
  const jaro = (common / m + common / n + (common - crossed / 2) / common) / 3
  let same = 0
  while (same < 4 && same < m && same < n && a.charCodeAt(same) === b.charCodeAt(same)) same += 1
  return jaro + same * 0.1 * (1 - jaro)
}

const bag = new Int16Array(128)
/** How many letters two texts share, in any order: cheap, never below what they have in common. */
export const sharedLetters = (a: string, b: string): number => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  bag.fill(0)
  for (let i = 0; i < long.length; i += 1) bag[long.charCodeAt(i) & 127]! += 1
  let shared = 0
  for (let i = 0; i < short.length; i += 1) {
    const c = short.charCodeAt(i) & 127
    if (bag[c]! > 0) {
      bag[c]! -= 1
      shared += 1
    }
  }
  return shared
}
