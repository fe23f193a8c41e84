/** What a file is by its first bytes, whatever its name or its sender say. */
export type FileKind = 'pdf' | 'jpeg' | 'png' | 'heic' | 'other'

const starts = (b: Uint8Array, ...bytes: readonly number[]) => bytes.every((x, i) => b[i] === x)
const text = (b: Uint8Array, from: number, to: number) => Buffer.from(b.subarray(from, to)).toString('latin1')
/** Names under which phones keep pictures that no browser here shows. */
const heicBrands = /^(heic|heix|heim|heis|hevc|hevx|hevm|hevs|mif1|msf1|avif|avis)$/

/** Looks at the first bytes only; whether the rest keeps what they promise is found out by decoding it. */
export const kindOfFile = (b: Uint8Array): FileKind => {
  if (b.length < 12) return 'other'
  if (starts(b, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(b, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (/^%PDF-[12]\.\d/.test(text(b, 0, 8))) return 'pdf'
  if (text(b, 4, 8) === 'ftyp' && heicBrands.test(text(b, 8, 12))) return 'heic'
  return 'other'
}
