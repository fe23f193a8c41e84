import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { root } from './config.ts'

interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly packed: Buffer | undefined
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
}

/** Every file of build/assets (by its hashed and its plain name) and of assets/, read once: a request never names a path on the disk. */
const readAssets = (): Map<string, Asset> => {
  const out = new Map<string, Asset>()
  const add = (name: string, file: string) => {
    const type = types[path.extname(name)]
    if (!type) return
    const plain = readFileSync(file)
    const text = /\.(css|js|svg)$/.test(name)
    out.set(name, { type, plain, packed: text ? gzipSync(plain, { level: 9 }) : undefined })
  }
  const built = path.join(root, 'build/assets')
  if (existsSync(built)) {
    for (const f of readdirSync(built)) add(f, path.join(built, f))
    const manifest = JSON.parse(readFileSync(path.join(root, 'build/assets.json'), 'utf8')) as Record<string, string>
    for (const [name, hashed] of Object.entries(manifest)) if (out.has(hashed)) out.set(name, out.get(hashed)!)
  }
  const own = path.join(root, 'assets')
  for (const f of existsSync(own) ? readdirSync(own) : []) add(f, path.join(own, f))
  return out
}

/** Serves style, script, font and picture files. They say nothing about anybody, so they alone may be cached. */
export const serveAssets = (app: FastifyInstance, permit: string): void => {
  const assets = readAssets()
  app.get('/assets/:name', { config: { permit } }, async (req, reply) => {
    const a = assets.get((req.params as { name: string }).name)
    if (!a) return reply.callNotFound()
    const packed = a.packed && /\bgzip\b/.test(req.headers['accept-encoding'] ?? '') ? a.packed : undefined
    reply.header('cache-control', 'public, max-age=3600').header('vary', 'accept-encoding').type(a.type)
    if (packed) reply.header('content-encoding', 'gzip')
    return reply.send(packed ?? a.plain)
  })
}
