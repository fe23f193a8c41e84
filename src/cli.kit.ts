import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import pg from 'pg'
import { plainError } from './platform/config.ts'
import type { BoxPair } from './platform/crypto.ts'
import { decodePaper, joinKit, type KitError } from './platform/kit.ts'

const why: Record<KitError, (position?: number) => string> = {
  share_mistyped: p => `Page ${p ?? ''} is mistyped: a character is wrong or missing.`,
  shares_of_two_kits: p => `Page ${p ?? ''} belongs to another recovery kit than page 1.`,
  share_twice: p => `Page ${p ?? ''} was entered twice. Pages of different holders are needed.`,
  kit_of_another_installation: () => 'These pages belong to another installation.',
  too_few_shares: () => 'These are fewer pages than the kit needs.',
}

/** Asks for the pages of the recovery kit (from a file with one page a line, or typed one by one) and joins them. */
export const askForKit = async (pagesFile: string | undefined, recoveryPublic?: Uint8Array): Promise<BoxPair> => {
  let pages: string[] = []
  if (pagesFile)
    pages = readFileSync(pagesFile, 'utf8')
      .split('\n')
      .map(l => l.trim())
      .filter(l => l !== '')
  else {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    for (;;) {
      const line = (await lines.question(`Page ${pages.length + 1} (empty line when all are entered): `)).trim()
      if (line === '') break
      // Said at once: typing all pages again for one slip would be the moment to give up.
      if (decodePaper(line)) pages.push(line)
      else process.stderr.write(`${why.share_mistyped(pages.length + 1)} Type it again.\n`)
    }
    lines.close()
  }
  const joined = await joinKit(pages, recoveryPublic)
  if (!joined.ok) throw plainError(why[joined.error](joined.position))
  return joined
}

/** Refuses what row policies would quietly make incomplete: with an external database the migrator is usually no superuser, and sees no row of anybody. */
export const requireSuperuser = async (connection: pg.ClientConfig, what: string): Promise<void> => {
  const db = new pg.Client(connection)
  await db.connect()
  try {
    const { rows } = await db.query<{ ok: boolean }>('select rolsuper as ok from pg_roles where rolname = current_user')
    if (!rows[0]?.ok)
      throw plainError(
        `${what} needs a superuser of the external PostgreSQL: it works past the row policies. Put one into DATABASE_URL for this command only. Nothing was changed.`,
      )
  } finally {
    await db.end()
  }
}
