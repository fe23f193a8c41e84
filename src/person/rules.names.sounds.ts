import { arabicSounds, cyrillicSounds, fleeting, near, readings } from './schema.names.sounds.ts'

/** Sounds by number; 0 stands for none. Letters of other scripts are folded into the last ones, so that they are compared too. */
const alphabet = ' aoueiAOUbvgdjzklmnNprstfhcCS'
export const soundCount = 48
const codeOf = (c: string): number => {
  const at = alphabet.indexOf(c)
  if (at > 0) return at
  return alphabet.length + ((c.codePointAt(0) ?? 0) % (soundCount - alphabet.length))
}
const at = (c: string) => alphabet.indexOf(c)
export const vowelCodes = 8
const isVowel = (c: number) => c > 0 && c <= vowelCodes

/** Two sounds in a row that are one: i before a vowel softens it, doubled letters are single. */
const merged = new Uint8Array(soundCount * soundCount)
for (let c = 1; c < soundCount; c += 1) merged[c * soundCount + c] = c
for (const pair of 'ia=A io=O iu=U ie=e iA=A iO=O iU=U ts=c tc=c dj=j tC=C tS=C SC=S sC=S ng=N nN=N ou=u Ou=U'.split(' '))
  merged[at(pair[0]!) * soundCount + at(pair[1]!)] = at(pair[3]!)

interface Reading {
  readonly groups: ReadonlyMap<string, Uint8Array>
  readonly longest: ReadonlyMap<string, number>
}
const readingOf = (letters: string): Reading => {
  const groups = new Map<string, Uint8Array>()
  const longest = new Map<string, number>()
  for (const p of letters.split(' ')) {
    const eq = p.indexOf('=')
    const from = p.slice(0, eq)
    groups.set(from, Uint8Array.from([...p.slice(eq + 1)], codeOf))
    longest.set(from[0]!, Math.max(longest.get(from[0]!) ?? 1, from.length))
  }
  return { groups, longest }
}
// Mixed words are read too: a Latin a in a Cyrillic name looks the same on the screen.
const cyrillic = readingOf(`${readings[0]!.letters} ${cyrillicSounds}`)
const arabic = readingOf(`${readings[0]!.letters} ${arabicSounds}`)
const latin = readings.map(r => readingOf(`${r.letters}`))
const known = new Set([...cyrillic.groups.keys(), ...arabic.groups.keys(), ...latin.flatMap(r => [...r.groups.keys()])])

const scratch = new Uint8Array(256)
const sounded = (word: string, r: Reading): Uint8Array => {
  let n = 0
  const push = (code: number) => {
    let c = code
    while (n > 0) {
      const one = merged[scratch[n - 1]! * soundCount + c]!
      if (one === 0) break
      c = one
      n -= 1
    }
    if (n < scratch.length) scratch[n++] = c
  }
  for (let i = 0; i < word.length; ) {
    const first = word[i]!
    let took = 0
    for (let len = Math.min(r.longest.get(first) ?? 1, word.length - i); len > 0 && took === 0; len -= 1) {
      const part = word.slice(i, i + len)
      // A group that ends in $ holds only where a word of some length ends: the mute e of Christelle.
      const codes = (i > 1 && i + len === word.length ? r.groups.get(`${part}$`) : undefined) ?? r.groups.get(part)
      if (codes === undefined) continue
      for (const c of codes) push(c)
      took = len
    }
    if (took === 0) {
      if (!marks.test(first)) push(codeOf(first))
      took = 1
    }
    i += took
  }
  return scratch.slice(0, n)
}
const marks = /[\p{M}\p{P}\p{S}\p{Lm}]/u

/** Lower case, composed; a mark that changes no sound falls away; ʼ and its kin become one sign, which keeps letters apart. */
export const normal = (text: string): string => {
  let out = ''
  for (const c of text.normalize('NFKC').toLowerCase().normalize('NFC')) {
    if (known.has(c)) out += c
    else if (/['ʻʼ‘’`´"”“ʹʺ·]/.test(c)) out += 'ʼ'
    else out += c.normalize('NFD').replace(/\p{M}/gu, '')
  }
  return out
}

/** The parts of a name in the order in which they stand. Hyphens join parts: `joined` says which part continues the one before it. */
export const partsOf = (text: string): { part: string; joined: boolean }[] => {
  const out: { part: string; joined: boolean }[] = []
  for (const m of normal(text).matchAll(/([^\p{L}\p{N}\p{M}ʼ]*)([\p{L}\p{N}\p{M}ʼ]+)/gu)) {
    const part = m[2]!.replace(/^ʼ+|ʼ+$/g, '')
    if (part !== '') out.push({ part: part.slice(0, 64), joined: out.length > 0 && /^[-‐‑–−]$/.test(m[1]!) })
  }
  return out
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((c, i) => c === b[i])
export interface Sounds {
  /** Every way in which a part may be read, the plainest first. */
  readonly forms: readonly Uint8Array[]
  /** Written without vowels: only consonants can be compared. */
  readonly skeletal: boolean
}
/** How a part of a name (as partsOf gives it) may sound. */
export const soundsOf = (part: string): Sounds => {
  const forms: Uint8Array[] = []
  const add = (f: Uint8Array) => {
    if (f.length > 0 && forms.length < 6 && !forms.some(g => same(f, g))) forms.push(f)
  }
  if (/[\u0400-\u052f]/.test(part)) {
    add(sounded(part, cyrillic))
    if (part.includes('ё')) add(sounded(part.replaceAll('ё', 'е'), cyrillic))
    // The French kind of passport writes щ and ш for what others hear as ч: that is read from the Latin side.
    return { forms, skeletal: false }
  }
  if (/[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff]/.test(part)) {
    const places = [...part].flatMap((c, i) => (c === 'و' ? [i] : [])).slice(0, 2)
    for (let mask = 0; mask < 1 << places.length; mask += 1)
      add(sounded([...part].map((c, i) => (mask & (1 << places.indexOf(i)) && places.includes(i) ? 'v' : c)).join(''), arabic))
    return { forms, skeletal: true }
  }
  for (const r of latin) add(sounded(part, r))
  return { forms, skeletal: false }
}

/** Consonants only, h at the end left out (Fatima, فاطمه); what Arabic script leaves us. */
export const skeletonOf = (form: Uint8Array): Uint8Array => {
  const out = form.filter(c => !isVowel(c))
  return out.length > 1 && out.at(-1) === at('h') ? out.slice(0, -1) : out
}

const spelled: Readonly<Record<string, string>> = { A: 'ia', O: 'io', U: 'iu', N: 'ng', c: 'ts', C: 'ch', S: 'sh' }
// Letters that fold to themselves and stand for all that share their number.
const others = soundCount - alphabet.length
const foreign = Math.ceil(0x4e00 / others) * others
const letterOf = (code: number): string => {
  const c = alphabet[code]
  return c === undefined ? String.fromCodePoint(foreign + code - alphabet.length) : (spelled[c] ?? c)
}
/** By pair: whether two sounds side by side would be read as something else, as s and h in Исҳоқ would be ш. */
const apart = new Map<number, boolean>()
const keptApart = (a: number, b: number): boolean => {
  const pair = a * soundCount + b
  const found = apart.get(pair)
  if (found !== undefined) return found
  const read = sounded(letterOf(a) + letterOf(b), latin[0]!)
  const made = !(read.length === 2 && read[0] === a && read[1] === b)
  apart.set(pair, made)
  return made
}
/** Sounds as letters that are read back as the same sounds. */
export const spell = (form: Uint8Array): string => {
  let out = ''
  form.forEach((code, i) => {
    out += (i > 0 && keptApart(form[i - 1]!, code) ? 'ʼ' : '') + letterOf(code)
  })
  return out
}

const cost = new Float32Array(soundCount * soundCount).fill(1)
const gap = new Float32Array(soundCount).fill(1)
for (let c = 0; c < soundCount; c += 1) cost[c * soundCount + c] = 0
for (const p of near.split(' ')) {
  const [a, b, v] = [at(p[0]!), at(p[1]!), Number(p.slice(3))]
  cost[a * soundCount + b] = Math.min(cost[a * soundCount + b]!, v)
  cost[b * soundCount + a] = cost[a * soundCount + b]!
}
for (let a = 1; a <= vowelCodes; a += 1)
  for (let b = 1; b <= vowelCodes; b += 1) if (a !== b) cost[a * soundCount + b] = Math.min(cost[a * soundCount + b]!, 0.65)
for (const p of fleeting.split(' ')) gap[at(p[0]!)] = Number(p.slice(2))

/** Nobody mistakes the first sound easily. */
const first = 0.3
const cheapest = 0.45
const width = 72
const rows = new Float32Array(3 * width)
/**
 * What it costs to turn one form into another: near sounds little, two that changed places less than two errors, the first sound more than the
 * others. Symmetric. Stops where it can only end above this share of the longer form, and says then at least that.
 */
export const distance = (a: Uint8Array, aFrom: number, aLen: number, b: Uint8Array, bFrom: number, bLen: number, share = 0.42): number => {
  const m = Math.min(aLen, width - 2)
  const n = Math.min(bLen, width - 2)
  const limit = share * Math.max(m, n)
  if (Math.abs(m - n) * cheapest > limit) return limit + 1
  let prev2 = 0
  let prev = width
  let cur = 2 * width
  let lastBest = 0
  rows[prev] = 0
  for (let j = 1; j <= n; j += 1) rows[prev + j] = rows[prev + j - 1]! + gap[b[bFrom + j - 1]!]! + (j === 1 ? first : 0)
  for (let i = 1; i <= m; i += 1) {
    const ca = a[aFrom + i - 1]!
    const ga = gap[ca]!
    let best = rows[prev]! + ga + (i === 1 ? first : 0)
    rows[cur] = best
    const line = ca * soundCount
    for (let j = 1; j <= n; j += 1) {
      const cb = b[bFrom + j - 1]!
      let v = rows[prev + j - 1]! + cost[line + cb]!
      if (i === 1 && j === 1 && v === 1) v += first
      const up = rows[prev + j]! + ga
      if (up < v) v = up
      const left = rows[cur + j - 1]! + gap[cb]!
      if (left < v) v = left
      if (i > 1 && j > 1 && ca === b[bFrom + j - 2]! && cb === a[aFrom + i - 2]!) {
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
