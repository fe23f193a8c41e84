import type { FastifyRequest } from 'fastify'
import { asSession } from './db.ts'
import { officeCookie, tokenPattern } from './office.answer.ts'
import { type Office, office, sameOrigin } from './office.ts'

/* The only place that takes a file from outside. It is loaded by the office alone, and only the routes registered through it understand such a body. */

/** The largest file, in bytes. */
export const uploadCap = 12 * 1024 * 1024
/** Files in memory at the same time in one process. */
const atOnce = 4
/** A body above this is not even read to its end. */
const bodyCap = 40 * 1024 * 1024

/** A file that was sent with a form: its bytes and the name it had on the sender's device, or why there is none. */
export type Upload = { readonly bytes: Buffer; readonly name: string } | { readonly problem: 'too_large' }
const sent = Symbol('a file that came with a form')
/** The file of a form, undefined where none was chosen. It is no field: nothing that lists, keeps or logs the fields of a form meets it. */
export const uploadOf = (body: Readonly<Record<string, unknown>>): Upload | undefined => (body as { [sent]?: Upload })[sent]

let inMemory = 0

const readParts = async (req: FastifyRequest): Promise<Record<string, unknown>> => {
  const body: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  const announced = Number(req.headers['content-length'])
  for await (const part of req.parts()) {
    if (part.type === 'field') {
      if (part.fieldnameTruncated || part.valueTruncated || typeof part.value !== 'string') continue
      const had = body[part.fieldname]
      body[part.fieldname] = had === undefined ? part.value : [...(Array.isArray(had) ? had : [had]), part.value]
      continue
    }
    // One place in memory where its size was announced: no second copy of somebody's passport.
    let bytes = Buffer.alloc(Math.min(Number.isFinite(announced) ? announced : 1024 * 1024, uploadCap))
    let length = 0
    for await (const piece of part.file as AsyncIterable<Buffer>) {
      if (length + piece.length > uploadCap) continue
      if (length + piece.length > bytes.length) {
        const larger = Buffer.alloc(Math.min(Math.max(bytes.length * 2, length + piece.length), uploadCap))
        bytes.copy(larger, 0, 0, length)
        bytes.fill(0)
        bytes = larger
      }
      piece.copy(bytes, length)
      length += piece.length
    }
    const found: Upload | undefined = part.file.truncated
      ? { problem: 'too_large' }
      : length > 0
        ? { bytes: bytes.subarray(0, length), name: (part.filename ?? '').slice(0, 200) }
        : undefined
    if (found) Object.defineProperty(body, sent, { value: found, configurable: true })
  }
  return { ...body, ...(uploadOf(body) ? { [sent]: uploadOf(body) } : {}) }
}

/** Is somebody behind this token? Asked before a body is read: whoever is not signed in fills no memory. */
const signedIn = async (o: Office, req: FastifyRequest): Promise<boolean> => {
  const token = req.cookies[officeCookie]
  if (!token || !tokenPattern.test(token) || !sameOrigin(req, o.deps.origin)) return false
  const { rows } = await asSession(o.deps.pool, token, tx => tx.query<{ s: unknown }>('select app.session_look() as s'))
  return rows[0]?.s !== null
}

/** Registers routes that take a file beside the fields of their form. */
export const withUploads = (o: Office, register: (o: Office) => void): void => {
  o.app.register(async scope => {
    const { default: multipart } = await import('@fastify/multipart')
    await scope.register(multipart, {
      limits: { fileSize: uploadCap, files: 2, fields: 40, fieldSize: 16 * 1024, fieldNameSize: 100, parts: 44, headerPairs: 20 },
      throwFileSizeLimit: false,
    })
    const counted = new WeakSet<FastifyRequest>()
    // A file stays in memory until its answer is sent.
    const done = async (req: FastifyRequest) => {
      if (counted.delete(req)) inMemory -= 1
    }
    scope.addHook('onResponse', done)
    scope.addHook('onRequestAbort', done)
    scope.addHook('preHandler', async req => {
      if (!req.isMultipart()) return
      if (!(await signedIn(o, req))) {
        // The route itself says no; nothing of the body was read.
        req.body = {}
        return
      }
      if (Number(req.headers['content-length'] ?? 0) > bodyCap) throw Object.assign(new Error('too large'), { statusCode: 413 })
      if (inMemory >= atOnce) throw Object.assign(new Error('too many files at once'), { statusCode: 503 })
      inMemory += 1
      counted.add(req)
      try {
        req.body = await readParts(req)
      } catch (e) {
        // Broken or too many parts: the sender's fault, whatever the parser calls it.
        const status = (e as { statusCode?: number }).statusCode
        throw Object.assign(new Error('body'), { statusCode: status && status >= 400 && status < 500 ? status : 400 })
      }
    })
    register(office(scope, o.deps))
  })
}
