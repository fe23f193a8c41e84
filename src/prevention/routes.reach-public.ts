import { isLocale, type Locale, pickLocale, publicLocales } from '../base/i18n.ts'
import type { Site } from '../platform/site.ts'
import { reachPageOf } from './rules.reach.ts'
import { posterCodeOf } from './schema.reach.ts'

/**
 * Counts pages that were shown: kind of page, language, day. Registered before every page. It looks at the pattern of the route and at the language, never at the
 * address, the headers or the form; a count is never waited for and never worth an error.
 */
export const registerReach = (site: Site): void => {
  site.app.addHook('onResponse', async (req, reply) => {
    if (req.method !== 'GET' || reply.statusCode !== 200) return
    const page = reachPageOf(req.routeOptions.url ?? '')
    const lang = (req.params as { lang?: unknown } | undefined)?.lang
    if (page && isLocale(lang)) void site.ask('public_reach', [page, lang]).catch(() => undefined)
  })
}

/**
 * The short address on a poster. The code is counted and gone: what opens is the home page, with nothing of the code in its address. A code that is not ours, has ended,
 * or cannot be counted now leads to the same page.
 */
export const registerPosterAddress = (site: Site): void => {
  const langOf = async (typed: string | undefined): Promise<Locale | undefined> => {
    const code = posterCodeOf(typed)
    if (!code) return undefined
    const [hit] = await site.ask<{ lang: string }>('public_poster', [code]).catch(() => [])
    return hit && isLocale(hit.lang) ? hit.lang : undefined
  }
  site.app.get('/p/:code', { config: { permit: 'public:poster' } }, async (req, reply) => {
    const lang = (await langOf((req.params as { code?: string }).code)) ?? pickLocale(req.headers['accept-language'], publicLocales)
    return reply.code(303).header('vary', 'accept-language').header('location', `/${lang}/`).send()
  })
  site.get('/p/:code', 'public:poster', async g => {
    await langOf(g.params.code)
    return { kind: 'redirect', to: '/' }
  })
}
