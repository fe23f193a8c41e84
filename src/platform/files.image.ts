import type { FileKind } from './files.kinds.ts'

/* Pictures are never kept as they came: they are decoded and written anew, so that no place, time, device, name or small second picture travels along. */

/** Width × height above which a picture is not decoded: a small file may claim to be as large as a house. */
export const pixelCap = 40_000_000

let loaded: Promise<typeof import('sharp')> | undefined
/** Loaded at the first picture: no other process has a decoder in memory, and this one only when it needs it. Everything but JPEG and PNG is switched off in it. */
const decoder = () =>
  (loaded ??= import('sharp').then(m => {
    m.default.cache(false)
    m.default.concurrency(1)
    m.default.block({ operation: ['VipsForeignLoad'] })
    m.default.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
    return m
  }))

export type ImageProblem = 'unreadable' | 'too_many_pixels'

/** Longest side, in pixels, of a paper (A4 at 300 dots an inch is 3508) and of a face. */
export const longestSide = { paper: 3600, photo: 1400 } as const

/** Decodes a picture and writes it anew, turned the way it was held, without anything that is not the picture. A photograph becomes a JPEG, a drawing stays a PNG. */
export const cleanImage = async (
  bytes: Buffer,
  kind: Extract<FileKind, 'jpeg' | 'png'>,
  use: keyof typeof longestSide,
): Promise<{ readonly bytes: Buffer; readonly kind: 'jpeg' | 'png' } | ImageProblem> => {
  const { default: sharp } = await decoder()
  try {
    const about = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (about.format !== kind) return 'unreadable'
    if (about.width * about.height > pixelCap) return 'too_many_pixels'
    const side = longestSide[use]
    const picture = sharp(bytes, { limitInputPixels: pixelCap, failOn: 'error', animated: false })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
    const out = use === 'paper' && kind === 'png' ? 'png' : 'jpeg'
    const made =
      out === 'png'
        ? picture.png({ compressionLevel: 9 })
        : picture.flatten({ background: '#ffffff' }).jpeg({ quality: 82, mozjpeg: false })
    return { bytes: await made.toBuffer(), kind: out }
  } catch {
    // What it says may quote the file: only that it cannot be read goes on.
    return 'unreadable'
  }
}
