import { type ArgonQueue, argonQueue } from '../platform/argon.ts'
import { serveAssets } from '../platform/assets.ts'
import { openWith } from '../platform/records.ts'
import { buildSite, type Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { publicPolicy } from './policy.public.ts'
import type { PublicWorld } from './public.testing.ts'
import { registerPublicSite } from './routes.public.ts'
import { openMessage } from './schema.ts'

/** Cheap hashes, where their cost is not what is tested. */
export const cheapArgon = (): ArgonQueue => {
  const q = argonQueue()
  return { ...q, hash: (secret, salt) => q.hash(secret, salt, { m: 64, t: 1, p: 1 }) }
}

/** The public site on a world's database, as the public process builds it. `logged` gets what a 500 would write. */
export const publicSite = (w: PublicWorld, argon: ArgonQueue, logged: unknown[] = []): Site => {
  const s = buildSite({
    pool: w.pool,
    keys: { fakeSalt: w.keys.fake_salt },
    argon,
    words: wordsFor,
    clock: () => new Date(),
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: publicPolicy.permissions,
    log: e => logged.push(e),
  })
  serveAssets(s.app, 'site:asset')
  registerPublicSite(s)
  return s
}

export const getOf = (site: Site) => (url: string) => site.app.inject({ method: 'GET', url })
export const postOf = (site: Site) => (url: string, fields: Readonly<Record<string, string>>) =>
  site.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

const entities: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&#39;': "'", '&amp;': '&' }
/** What a browser makes of the escapes in an attribute or a textarea. */
export const plain = (s: string): string => s.replace(/&(?:quot|lt|gt|#39|amp);/g, e => entities[e] ?? e)
/** The hidden fields of the first form that goes to `action`. */
export const hidden = (html: string, action: string): Record<string, string> => {
  const form =
    html
      .split('<form')
      .slice(1)
      .find(f => f.includes(`action="${action}"`)) ?? ''
  return Object.fromEntries(
    [...form.split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(m => [m[1]!, plain(m[2]!)]),
  )
}
/** The words or digits of a receipt page. */
export const receiptIn = (html: string): string =>
  (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(html)?.[1] ?? '')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
    .trim()

export const contactsIn = async (w: PublicWorld): Promise<number> =>
  Number((await w.owner.query<{ n: string }>('select count(*) as n from app.contact')).rows[0]!.n)
export const newestIn = async (w: PublicWorld): Promise<{ contact_id: string; ck_public: Buffer }> =>
  (
    await w.owner.query<{ contact_id: string; ck_public: Buffer }>(
      'select contact_id, ck_public from app.conversation order by (select min(recorded_at) from app.journal j where j.record = contact_id) desc limit 1',
    )
  ).rows[0]!
/** What the desk reads of what the sender wrote. */
export const readByDesk = async (w: PublicWorld, contact: string): Promise<string[]> => {
  const { rows } = await w.owner.query<{ id: string; sealed: Buffer }>(
    "select id, sealed from app.message where contact_id = $1 and direction = 'in' order by seq",
    [contact],
  )
  return (
    await openWith(
      w.work(),
      contact,
      'story',
      rows.map(r => ({ table: 'message', row: r.id, sealed: r.sealed })),
    )
  ).map(o => openMessage(o!).text)
}
