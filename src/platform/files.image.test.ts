import sharp from 'sharp'
import { expect, test } from 'vitest'
import { random } from './crypto.ts'
import { cleanImage } from './files.image.ts'
import { kindOfFile } from './files.kinds.ts'

const canary = 'CanaryKanareika'
const sheet = (width = 640, height = 400) => sharp({ create: { width, height, channels: 3, background: { r: 240, g: 236, b: 228 } } })

/** A segment of a JPEG. */
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
/** A photograph as a phone makes it: place, device, time, name, a small second picture, comments, IPTC, and something behind the end. */
const loaded = async (): Promise<Buffer> => {
  const exif = {
    IFD0: { Make: canary, Model: `${canary} phone`, Artist: canary, ImageDescription: canary, Software: canary },
    IFD2: { UserComment: canary },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '59/1 56/1 19/1', GPSLongitudeRef: 'E', GPSLongitude: '30/1 18/1 50/1' },
  }
  const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${canary}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  const made = await sheet().withExif(exif).withXmp(xmp).withIccProfile('p3').jpeg().toBuffer()
  const thumbnail = await sheet(80, 50).jpeg().toBuffer()
  const iptc = Buffer.concat([
    Buffer.from('Photoshop 3.0\0' + '8BIM'),
    Buffer.from([4, 4, 0, 0, 0, 0, 0, 22, 0x1c, 2, 80, 0, 15]),
    Buffer.from(canary),
  ])
  return Buffer.concat([
    made.subarray(0, 2),
    segment(0xed, iptc),
    segment(0xfe, Buffer.from(canary)),
    segment(0xe2, Buffer.concat([Buffer.from('MPF\0'), thumbnail])),
    made.subarray(2),
    Buffer.from(canary),
    thumbnail,
  ])
}
/** The markers of a JPEG up to its picture data. */
const markers = (b: Buffer): number[] => {
  const out: number[] = []
  for (let at = 2; at < b.length && b[at] === 0xff; ) {
    const marker = b[at + 1]!
    out.push(marker)
    if (marker === 0xda) break
    at += 2 + b.readUInt16BE(at + 2)
  }
  return out
}

test('a lie about what a file is does not pass: neither the name nor the first bytes alone decide', async () => {
  const jpeg = await sheet().jpeg().toBuffer()
  expect(kindOfFile(jpeg)).toBe('jpeg')
  expect(kindOfFile(await sheet().png().toBuffer())).toBe('png')
  expect(kindOfFile(Buffer.from('%PDF-1.7\n%âãÏÓ\n'))).toBe('pdf')
  for (const b of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a..........',
    'MZ..............',
    '#!/bin/sh       ',
    'PK\x03\x04............',
    '<html><script>1</script>',
  ])
    expect(kindOfFile(Buffer.from(b, 'latin1'))).toBe('other')
  expect(kindOfFile(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), random(20)]))).toBe('heic')
  expect(kindOfFile(await sheet().webp().toBuffer())).toBe('other')
  expect(kindOfFile(Buffer.alloc(0))).toBe('other')
  // Begins as a JPEG and is none; begins as a PNG and is a JPEG; a script behind a good head.
  expect(await cleanImage(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), random(500)]), 'jpeg', 'paper')).toBe('unreadable')
  expect(await cleanImage(jpeg, 'png', 'paper')).toBe('unreadable')
  expect(await cleanImage(jpeg.subarray(0, jpeg.length / 2), 'jpeg', 'paper')).toBe('unreadable')
  // Formats that are not on the list are not even decoded.
  for (const other of [
    await sheet().webp().toBuffer(),
    await sheet().tiff().toBuffer(),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ])
    expect(await cleanImage(other, 'jpeg', 'paper')).toBe('unreadable')
})

test('a small file that claims forty million dots and more is not decoded', async () => {
  const huge = await sheet(8000, 5001).png({ compressionLevel: 9 }).toBuffer()
  expect(huge.length).toBeLessThan(1_000_000)
  const before = process.memoryUsage().rss
  expect(await cleanImage(huge, 'png', 'paper')).toBe('too_many_pixels')
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('place, time, device, names, comments and second pictures are gone', async () => {
  const input = await loaded()
  const before = await sharp(input).metadata()
  // The test can fail: they were there.
  expect([
    before.exif !== undefined,
    before.xmp !== undefined,
    before.iptc !== undefined,
    before.icc !== undefined,
    input.includes(canary),
  ]).toEqual(Array(5).fill(true))
  for (const use of ['paper', 'photo'] as const) {
    const clean = await cleanImage(input, 'jpeg', use)
    if (typeof clean === 'string') throw new Error(clean)
    const after = await sharp(clean.bytes).metadata()
    expect([after.exif, after.xmp, after.iptc, after.icc, after.comments]).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect([clean.bytes.includes(canary), clean.bytes.includes('Exif'), clean.bytes.includes('adobe')]).toEqual([false, false, false])
    // JFIF, tables, frame, scan: no other application segment, no comment, and nothing behind the end.
    expect(markers(clean.bytes).filter(m => ![0xe0, 0xdb, 0xc0, 0xc2, 0xc4, 0xdd, 0xda].includes(m))).toEqual([])
    expect([...clean.bytes.subarray(-2)]).toEqual([0xff, 0xd9])
    expect([after.width, after.height]).toEqual([640, 400])
  }
  const png = await sharp({ create: { width: 100, height: 100, channels: 4, background: '#fff8' } })
    .withExif({ IFD0: { Artist: canary } })
    .png()
    .toBuffer()
  expect(png.includes(canary)).toBe(true)
  const clean = await cleanImage(png, 'png', 'paper')
  if (typeof clean === 'string') throw new Error(clean)
  expect([clean.kind, clean.bytes.includes(canary), clean.bytes.includes('eXIf'), clean.bytes.includes('tEXt')]).toEqual([
    'png',
    false,
    false,
    false,
  ])
})

test('a picture taken sideways stands upright without saying how the phone was held; a large one is made smaller', async () => {
  const sideways = await sheet(600, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const clean = await cleanImage(sideways, 'jpeg', 'paper')
  if (typeof clean === 'string') throw new Error(clean)
  const about = await sharp(clean.bytes).metadata()
  expect([about.width, about.height, about.orientation]).toEqual([300, 600, undefined])
  const large = await cleanImage(await sheet(5000, 4000).jpeg().toBuffer(), 'jpeg', 'photo')
  if (typeof large === 'string') throw new Error(large)
  expect(Math.max((await sharp(large.bytes).metadata()).width, 0)).toBe(1400)
})

test('of many photographs with place, device, names and second pictures not one mark is left', async () => {
  const left: string[] = []
  const count = process.env.DOVERIE_LONG === '1' ? 500 : 25
  for (let i = 0; i < count; i++) {
    const made = await sharp({ create: { width: 40 + i, height: 30 + i, channels: 3, background: '#cab' } })
      .withExif({
        IFD0: { Make: canary, Model: `${canary}${i}`, DateTime: '2026:11:24 10:00:00' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: `${i % 90}/1 ${i % 60}/1 1/1`,
          GPSLongitudeRef: 'E',
          GPSLongitude: `${i % 180}/1 2/1 3/1`,
        },
      })
      .withMetadata({ orientation: 1 + (i % 8) })
      [i % 2 ? 'jpeg' : 'png']()
      .toBuffer()
    if (!made.includes(canary)) left.push('made without marks')
    const clean = await cleanImage(made, i % 2 ? 'jpeg' : 'png', 'paper')
    if (typeof clean === 'string') throw new Error(clean)
    const after = await sharp(clean.bytes).metadata()
    if (after.exif || after.xmp || after.iptc || after.icc || after.orientation || clean.bytes.includes(canary)) left.push(`${i}`)
  }
  expect(left).toEqual([])
})
