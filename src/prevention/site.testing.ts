import type pg from 'pg'
import { argonQueue } from '../platform/argon.ts'
import { serveAssets } from '../platform/assets.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { preventionPolicy } from './policy.ts'
import { registerCheckPage } from './routes.public.ts'

/** The page alone, with a database that fails the test when it is asked anything. */
export const checkSite = (logged: unknown[]): Site => {
  const pool = {
    waitingCount: 0,
    query: () => {
      logged.push('the database was asked')
      throw new Error('the database was asked')
    },
  } as unknown as pg.Pool
  const site = buildSite({
    pool,
    keys: { fakeSalt: Buffer.alloc(32) },
    argon: argonQueue(),
    words: wordsFor,
    clock: () => new Date(),
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: preventionPolicy.permissions,
    log: e => logged.push(e),
  })
  serveAssets(site.app, 'site:asset')
  registerCheckPage(site)
  return site
}
