import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { type BoxPair, boxOpen, boxSeal, newKey, SealError, streamOpener, streamSealer } from './crypto.ts'

/**
 * A backup file: `DVB1`, length and JSON of a header, then chunks (length, sealed bytes). The header is bound to the first chunk; the file key and the install
 * secret in it are sealed to the recovery kit. Inside: zstd of frames (type, length, bytes). Nothing readable ever touches the disk.
 */
const magic = Buffer.from('DVB1')
const chunkSize = 64 * 1024

export interface BackupHeader {
  readonly kind: 'content' | 'keys'
  readonly madeAt: string
  readonly version: string
  readonly kit: string
  readonly sealedKey: string
  readonly sealedSecret: string
  readonly stream: string
}
export interface Frame {
  readonly type: 'T' | 'D' | 'E' | 'M'
  readonly bytes: Buffer
}

const u32 = (n: number) => {
  const b = Buffer.alloc(4)
  b.writeUInt32BE(n)
  return b
}
export const jsonFrame = (type: Frame['type'], value: unknown): Frame => ({ type, bytes: Buffer.from(JSON.stringify(value)) })

async function* packed(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  for await (const f of frames) yield Buffer.concat([Buffer.from(f.type), u32(f.bytes.length), f.bytes])
}

async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest = Buffer.alloc(0)
  for await (const piece of source) {
    rest = Buffer.concat([rest, piece])
    while (rest.length >= 5) {
      const length = rest.readUInt32BE(1)
      if (length > 64 * 1024 * 1024) throw new SealError('backup_malformed')
      if (rest.length < 5 + length) break
      yield { type: rest.subarray(0, 1).toString() as Frame['type'], bytes: rest.subarray(5, 5 + length) }
      rest = rest.subarray(5 + length)
    }
  }
  if (rest.length > 0) throw new SealError('backup_cut')
}

/** Writes one sealed file; it appears under its name only when complete and on disk. */
export const writeBackupFile = async (
  file: string,
  about: Pick<BackupHeader, 'kind' | 'madeAt' | 'version' | 'kit'>,
  recoveryPublic: Uint8Array,
  installSecret: Uint8Array,
  frames: AsyncIterable<Frame>,
): Promise<void> => {
  const key = newKey()
  const sealer = streamSealer(key)
  const header: BackupHeader = {
    ...about,
    sealedKey: boxSeal(recoveryPublic, key).toString('base64'),
    sealedSecret: boxSeal(recoveryPublic, installSecret).toString('base64'),
    stream: sealer.header.toString('base64'),
  }
  const head = Buffer.from(JSON.stringify(header))
  const out = createWriteStream(`${file}.part`, { mode: 0o600 })
  const put = async (b: Buffer) => {
    if (!out.write(b)) await once(out, 'drain')
  }
  await put(Buffer.concat([magic, u32(head.length), head]))
  let first: Uint8Array | undefined = head
  const chunk = async (plain: Buffer, last: boolean) => {
    const sealed = sealer.push(plain, last, first)
    first = undefined
    await put(Buffer.concat([u32(sealed.length), sealed]))
  }
  await pipeline(packed(frames), createZstdCompress(), async (source: AsyncIterable<Buffer>) => {
    let waiting = Buffer.alloc(0)
    for await (const piece of source) {
      waiting = Buffer.concat([waiting, piece])
      while (waiting.length > chunkSize) {
        await chunk(waiting.subarray(0, chunkSize), false)
        waiting = waiting.subarray(chunkSize)
      }
    }
    await chunk(waiting, true)
  })
  key.fill(0)
  out.end()
  await once(out, 'close')
  for (const [name, from] of [[`${file}.part`, file]] as const) {
    const h = await open(name, 'r')
    await h.sync()
    await h.close()
    await rename(name, from)
  }
  const folder = await open(path.dirname(file), 'r')
  await folder.sync()
  await folder.close()
}

const readHeader = async (file: string): Promise<{ header: BackupHeader; raw: Buffer; start: number }> => {
  const h = await open(file, 'r')
  try {
    const start = Buffer.alloc(8)
    await h.read(start, 0, 8, 0)
    const length = start.readUInt32BE(4)
    if (!start.subarray(0, 4).equals(magic) || length > 65536) throw new SealError('not_a_backup')
    const raw = Buffer.alloc(length)
    await h.read(raw, 0, length, 8)
    return { header: JSON.parse(raw.toString('utf8')) as BackupHeader, raw, start: 8 + length }
  } catch (e) {
    throw e instanceof SealError ? e : new SealError('not_a_backup')
  } finally {
    await h.close()
  }
}

/** What a backup file says of itself, without any key. */
export const backupHeader = async (file: string): Promise<BackupHeader> => (await readHeader(file)).header

/** The install secret inside a backup, for somebody who joined the kit. */
export const installSecretOf = (header: BackupHeader, kit: BoxPair): Buffer => boxOpen(kit, Buffer.from(header.sealedSecret, 'base64'))

async function* opened(file: string, start: number, raw: Buffer, pull: ReturnType<typeof streamOpener>['pull']): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  let first: Buffer | undefined = raw
  let ended = false
  for await (const piece of createReadStream(file, { start })) {
    rest = Buffer.concat([rest, piece as Buffer])
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0)
      if (length > chunkSize + 1024) throw new SealError('stream_altered')
      if (rest.length < 4 + length) break
      if (ended) throw new SealError('stream_altered')
      const { plain, last } = pull(rest.subarray(4, 4 + length), first)
      first = undefined
      ended = last
      rest = rest.subarray(4 + length)
      if (plain.length > 0) yield plain
    }
  }
  if (!ended || rest.length > 0) throw new SealError('backup_cut')
}

/** The frames of a backup file; throws SealError('stream_altered' | 'backup_cut' | …) on any change. Read it to the end once before writing anything anywhere. */
export const readBackupFile = async (file: string, kit: BoxPair, each: (f: Frame) => Promise<void>): Promise<BackupHeader> => {
  const { header, raw, start } = await readHeader(file)
  const key = boxOpen(kit, Buffer.from(header.sealedKey, 'base64'))
  const opener = streamOpener(key, Buffer.from(header.stream, 'base64'))
  try {
    await pipeline(opened(file, start, raw, opener.pull), createZstdDecompress(), async (source: AsyncIterable<Buffer>) => {
      for await (const f of unpacked(source)) await each(f)
    })
  } catch (e) {
    throw e instanceof SealError ? e : new SealError('stream_altered')
  }
  return header
}
