import type pg from 'pg'
import { argonQueue } from '../platform/argon.ts'
import { serveAssets } from '../platform/assets.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { lessonPolicy } from './policy.lesson.ts'
import { registerLessons } from './routes.lesson.ts'
import { contentFolder } from './store.lesson.ts'

/** The lessons alone, with a database that fails the test when it is asked anything. */
export const lessonSite = (logged: unknown[], folder = contentFolder({}), clock = () => new Date()): Site => {
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
    clock,
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: lessonPolicy.permissions,
    log: e => logged.push(e),
  })
  serveAssets(site.app, 'site:asset')
  registerLessons(site, folder)
  return site
}
